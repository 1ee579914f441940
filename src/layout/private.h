/* layout/private: what the files of layout share. Private to src/layout/.
 *
 * All coordinates are upright pixels. Lengths that depend on the print, not on the picture, are fractions of an inch
 * times dpi. The caller destroys every PIX that a function returns. `ink` has 1 bit and `grey` 8 bits a pixel.
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
    double at_from, at_to; /* across it: where its middle lies at either end */
    double thick;          /* pixels */
    int part;   /* part: 0, 1.. from above, of the tables that its group of rules was parted into */
    bool stray; /* grid: it meets a table's rules, but is the stem of a letter */
} Rule;

typedef VEC(Rule) Rules;
typedef VEC(Rect) Rects;

/* The rules of a page and their pixels. */
typedef struct RuleMap {
    Rules across, down;
    PIX *across_ink, *down_ink; /* 1 bit: what of the ink is rule, gaps up to the width of a dash bridged */
    PIX *down_solid;            /* 1 bit: down_ink with nothing bridged */
} RuleMap;

/* What the ink alone tells of the rules of one direction; 1 bit each. */
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

/* open_across() keeps the runs of ink along x that are at least `size` long. close_across() fills the gaps along x that
 * are shorter than `size`. They give what pixOpenBrick() and pixCloseSafeBrick() give with a brick of size x 1, but fast
 * enough for whole pages. 1 bit. */
PIX *open_across(PIX *bits, int size);
PIX *close_across(PIX *bits, int size);
/* The same down the page: keeps the runs along y that are at least `size` long, as pixOpenBrick() with 1 x size. */
PIX *open_down(PIX *bits, int size);
/* As pixCloseSafeBrick() with a brick of across x down. */
PIX *close_brick(PIX *bits, int across, int down);
/* Makes each run longer by `left` and `right`; each pixel thicker by `by` above and below. */
PIX *grow_across(PIX *bits, int left, int right);
PIX *grow_down(PIX *bits, int by);
/* Each pixel becomes the brightest, or the darkest, of those up to `reach` above and below it. */
PIX *brightest_down(PIX *grey, int reach);
PIX *darkest_down(PIX *grey, int reach);
/* The picture, of 1 or 8 bits, with x and y exchanged. */
PIX *transposed(PIX *pix);
/* Only the pieces that are wanted(); see bits_keep(). */
PIX *keep_pieces(PIX *bits, bool (*wanted)(const InkPiece *piece, const int *limit), const int *limit);

/* Where the middle of the rule lies across it, at a place along it; also beyond its ends. */
double rule_at(const Rule *r, double along);

/* What the ink tells of rules. It is the same for all drafts of a page, so it is found once. */
void rule_ink_find(PIX *ink, int dpi, RuleInk *both);
void rule_ink_release(RuleInk *both);
/* Finds the rules. Unless `grey` is NULL, rules that left little ink are looked for in it, too. rules_release() frees the
 * map. */
void rules_find(const RuleInk *ink, PIX *grey, int dpi, RuleMap *map);
/* The share of the rules' length that has ink, 0..1. */
double rules_cover(const RuleMap *map);
void rules_release(RuleMap *map);
/* Makes every pixel of a rule white in `grey` and empty in `ink`; both change. What crosses a rule stays: where the stroke
 * is thicker than the rule, a letter or a stamp stands on it. Stray rules stay, too. */
void rules_erase(const RuleMap *map, PIX *ink, PIX *grey, int dpi);

/* Which rules meet, through others too, as rules of one table do: of each rule, those down after those across,
 * the root of its group; a root is its own. Rules of unlike parts do not meet. Yours to free. */
int *rules_join(const RuleMap *map, int dpi);
/* Cuts the rules down where tables stand one below the other, and numbers the parts; `ink` has the rules in. */
void rules_part(RuleMap *map, PIX *ink, int dpi);

/* Runs along x that the grey picture shows, pale, thin or dotted as they may be; 1 bit, as large as `ink`. faint_picture()
 * makes `small`, at a lower resolution, from the grey page. For rules that go down, both are transposed. */
PIX *faint_picture(PIX *grey, int dpi);
PIX *faint_runs(PIX *ink, PIX *small, int dpi);

/* Appends to the page the tables that the rules make, with their cells. Rules that belong to none of them are marked
 * stray. */
void grid_find(const RuleMap *map, Page *page);
/* Keeps the tables for which keep[] is true and makes a block of each. The other tables and their cells are dropped. */
void grid_keep(Page *page, const bool *keep);
/* True when the ink under r holds at least one thing as high as a letter. */
bool ink_has_text(PIX *ink, Rect r, int dpi);
/* Marks the cells without text, in `ink` without rules. Tables with no other cells are dropped. */
void grid_mark_blank(PIX *ink, Page *page);

/* How well the text agrees with the tables of rules. */
typedef struct GridFit {
    int broken; /* tables that the text contradicts: a white corridor runs down through the cells of a
                   column, rows go on beside the table, or cells hold several rows */
    int rows;   /* of the tables that stay */
    int worth;  /* their filled cells, less two for each word that a side of its cell cuts */
} GridFit;

/* Compares the tables with the text. With `drop`, tables that lack whole rows or columns are dropped. */
GridFit grid_fit(PIX *ink, Page *page, bool drop);

/* A copy of the ink without what stands in tables; the caller destroys it. */
PIX *without_tables(PIX *ink, const Page *page);
/* Appends tables without rules: three columns and more with white between them, outside the tables that the page has. */
void unruled_find(PIX *ink, Page *page);

/* Appends the blocks of text outside the tables, and tables without rules, and puts all blocks in reading order. */
void text_find(PIX *ink, Page *page);

#endif
