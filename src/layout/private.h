/* layout/private: what the files of layout share. Private to layout*.c.
 *
 * All coordinates are upright pixels. Lengths that depend on the print, not on the picture, are fractions of
 * an inch times dpi.
 */
#ifndef DAU_LAYOUT_PRIVATE_H
#define DAU_LAYOUT_PRIVATE_H

#include "base/bits.h"
#include "base/vec.h"
#include "doc/page.h"
#include "doc/raster.h"

#include <leptonica/allheaders.h>

/* A straight piece of a rule: along x (across) or along y (down). */
typedef struct Rule {
    double from, to;       /* along the rule */
    double at_from, at_to; /* across it: where its middle runs at both ends */
    double thick;          /* pixels */
    bool stray; /* grid: met the rules of a table, but is not a line of its grid: the stem of a letter */
} Rule;

typedef VEC(Rule) Rules;
typedef VEC(Rect) Rects;

/* The rules of a page and their pixels. */
typedef struct RuleMap {
    Rules across, down;
    PIX *across_ink, *down_ink; /* 1 bit: what of the ink is rule, gaps up to the width of a dash bridged */
} RuleMap;

/* What the ink alone says of rules one way, 1 bit each. */
typedef struct Side {
    PIX *ink;    /* of the page, for rules that go down with x and y changed */
    PIX *dashes; /* rows of dashes, joined */
    PIX *runs;   /* long and thin runs, among them bars of letters */
} Side;

typedef struct RuleInk {
    Side across, down;
} RuleInk;

static inline Bits bits_of(PIX *pix)
{
    return (Bits){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
}

/* Runs of ink along x that are at least `size` long; and: gaps along x shorter than `size` filled. What
 * pixOpenBrick() and pixCloseSafeBrick() make with a brick of size x 1, for a page's worth in no time. 1 bit;
 * yours to destroy, and so are the others. */
PIX *open_across(PIX *bits, int size);
PIX *close_across(PIX *bits, int size);
/* Runs along y that are at least `size` long; pixOpenBrick() with 1 x size. */
PIX *open_down(PIX *bits, int size);
/* pixCloseSafeBrick() with across x down. */
PIX *close_brick(PIX *bits, int across, int down);
/* Each run made longer by so much at both ends; each pixel thicker by so much above and below. */
PIX *grow_across(PIX *bits, int left, int right);
PIX *grow_down(PIX *bits, int by);
/* Grey: the brightest, or darkest, of the pixels up to `reach` above and below. */
PIX *brightest_down(PIX *grey, int reach);
PIX *darkest_down(PIX *grey, int reach);
/* The picture, of 1 or 8 bits, with x and y changed. */
PIX *transposed(PIX *pix);
/* The pieces that are wanted; see bits_keep(). */
PIX *keep_pieces(PIX *bits, bool (*wanted)(const InkPiece *piece, const int *limit), const int *limit);

/* Where the middle of the rule runs at a place along it (also past its ends). */
double rule_at(const Rule *r, double along);

/* The same for all drafts of a page: to be found once. */
void rule_ink_find(PIX *ink, int dpi, RuleInk *both);
void rule_ink_release(RuleInk *both);
/* `grey` is the same page, where rules that left little ink are looked for too; else NULL. */
void rules_find(const RuleInk *ink, PIX *grey, int dpi, RuleMap *map);
/* The share of their length along which the rules have ink. */
double rules_cover(const RuleMap *map);
void rules_release(RuleMap *map);
/* White over every pixel of a rule in `grey` and none in `ink` (both changed), but not over what crosses it:
 * where the stroke is thicker than the rule, a letter or a stamp stands on it. Stray rules are left. */
void rules_erase(const RuleMap *map, PIX *ink, PIX *grey, int dpi);

/* Runs along x that the grey picture shows, pale, thin or dotted as they may be; 1 bit, as large as `ink`.
 * What it looks at is `small`, made of the page by faint_picture(), which may then be transposed. */
PIX *faint_picture(PIX *grey, int dpi);
PIX *faint_runs(PIX *ink, PIX *small, int dpi);

/* Tables of the rules, with their cells, appended to the page; rules that are none of theirs are marked
 * stray. */
void grid_find(const RuleMap *map, Page *page);
/* Keeps those tables, of all that were found, for which keep[] is true, makes a block of each, and lets the
 * cells of the others go. */
void grid_keep(Page *page, const bool *keep);
/* Marks the cells without text, `ink` being without rules; drops tables that have no other. */
void grid_mark_blank(PIX *ink, Page *page);

/* How well the text bears out the tables of rules. */
typedef struct GridFit {
    int broken; /* tables that the text contradicts: white runs down through the cells of a column, rows go on
                   beside the table, or cells hold several rows */
    int rows;   /* of the tables that stay */
    int worth;  /* their filled cells, less what their sides cut */
} GridFit;

/* Tables that lack whole rows or columns go when `drop` says so. */
GridFit grid_fit(PIX *ink, Page *page, bool drop);

/* Blocks of text outside the tables, tables without rules, and the reading order of all blocks. */
void text_find(PIX *ink, Page *page);

#endif
