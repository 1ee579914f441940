/* Rules of both directions, by the same steps. Those that go down are found in the transposed picture.
 *
 *   1. the ink is grown by a pixel across the rule, because a worn rule a pixel thick steps from row to row; gaps as wide
 *      as those of a dotted rule are closed, along the rule only
 *   2. what then is shorter than a wide letter is dropped
 *   3. what is thicker than a rule is dropped: seals, shaded heads
 *   4. runs along a line of text are dropped ("HỘI CHỦ NGHĨA" has bars enough to make one). They have strokes right above
 *      or below them all along, where a rule has white
 *   5. pieces on one line are joined
 *   6. a rule ends at another rule, or is long: what ends nowhere is a stroke of a letter or of a pen
 */
#include "layout/private.h"

#include <limits.h>
#include <math.h>

enum { JITTER = 1 };                       /* pixels that a worn rule steps up and down by */
static const double DASH_GAP = 1.0 / 25;   /* inches: the white in a dotted or worn rule */
static const double DASH = 1.0 / 25;       /* inches: the shortest dash; the marks of letters are shorter */
static const double DASH_THICK = 1.0 / 40; /* inches */
static const double DASHES = 0.4;          /* inches: the shortest row of dashes */
static const double DASH_APART = 1.0 / 9;  /* inches between dashes */
static const double SHORTEST = 1.0 / 5;    /* inches: a piece shorter than this is a bar of a letter */
static const double THICKEST = 1.0 / 22;   /* inches: 3.3 pt */
static const double FLANK = 1.0 / 60;      /* inches beside the rule where strokes betray text */
static const double FLANK_INK =
    0.22; /* share of a run's length; stems fill a quarter to a third of a line of text */
static const double SURE_LENGTH = 1.2;   /* inches: no run along a line of text is as long */
static const double JOIN_GAP = 0.6;      /* inches: pieces of a broken rule */
static const double JOIN_GAP_LONG = 2.0; /* inches: long pieces of it */
static const double LONG_PIECE = 0.6;    /* inches */
static const double JOIN_OFF = 1.0 / 45; /* inches: they run on by */

static int pixels(double inches, int dpi)
{
    int n = (int)lround(inches * dpi);
    return n < 1 ? 1 : n;
}

double rule_at(const Rule *r, double along)
{
    if (r->to <= r->from) return r->at_from;
    return r->at_from + (along - r->from) / (r->to - r->from) * (r->at_to - r->at_from);
}

static bool is_dash(const InkPiece *p, const int *limit)
{
    return p->w >= limit[0] && p->h <= limit[1];
}

static bool is_long(const InkPiece *p, const int *least)
{
    return p->w >= *least;
}

/* Joins dashes that are too far apart for step 1. A dash is a piece of ink by itself, flat and long, as nothing in a line
 * of text is. */
static PIX *joined_dashes(PIX *ink, int dpi)
{
    PIX *dashes = keep_pieces(ink, is_dash, (int[]){pixels(DASH, dpi), pixels(DASH_THICK, dpi)});
    PIX *grown = grow_down(dashes, 1);
    PIX *closed = close_across(grown, pixels(DASH_APART, dpi));
    pixDestroy(&dashes);
    pixDestroy(&grown);
    return closed;
}

/* Steps 1 to 3. */
static PIX *long_runs(PIX *ink, PIX *dashes, int dpi)
{
    PIX *dashed = open_across(dashes, pixels(DASHES, dpi));
    PIX *grown = grow_down(ink, JITTER);
    PIX *closed = close_across(grown, pixels(DASH_GAP, dpi));
    PIX *runs = open_across(closed, pixels(SHORTEST, dpi));
    PIX *thick = open_down(runs, pixels(THICKEST, dpi) + 1 + 2 * JITTER);
    PIX *seed = pixDilateBrick(NULL, thick, 3, 3);
    pixSubtract(runs, runs, seed);
    pixOr(runs, runs, dashed);
    pixDestroy(&dashed);
    pixDestroy(&grown);
    pixDestroy(&closed);
    pixDestroy(&thick);
    pixDestroy(&seed);
    return runs;
}

/* Whether letters stand on, or hang from, the run `piece` at (left, top). They do where too many of its columns have
 * strokes: ink close above or below that is not a run itself, or more ink than a rule is thick. (The bars along the tops and the
 * feet of a line of letters are joined somewhere.) One pixel is left out, because the edge of a rule is ragged. */
static bool is_text(PIX *piece, int left, int top, PIX *rest, int flank, int thickest)
{
    int w = pixGetWidth(piece), h = pixGetHeight(piece), above = 0, below = 0, tall = 0;
    Bits own = bits_of(piece), others = bits_of(rest);
    for (int x = 0; x < w; x++) {
        int first = 0, last = h - 1;
        while (first < h && !bits_in_column(&own, x, first, first + 1)) first++;
        while (last > first && !bits_in_column(&own, x, last, last + 1)) last--;
        tall += last - first >= thickest;
        above += bits_in_column(&others, left + x, top + first - 1 - flank, top + first - 1);
        below += bits_in_column(&others, left + x, top + last + 2, top + last + 2 + flank);
    }
    int most = (int)(FLANK_INK * w);
    return above > most || below > most || tall > most;
}

/* Mean row of the ink of one component in columns from..to. */
static double mean_row(PIX *piece, int from, int to)
{
    long sum = 0, n = 0;
    int h = pixGetHeight(piece), wpl = pixGetWpl(piece);
    const l_uint32 *data = pixGetData(piece);
    for (int y = 0; y < h; y++)
        for (int x = from; x < to; x++)
            if (GET_DATA_BIT(data + (size_t)y * (size_t)wpl, x)) sum += y, n++;
    return n ? (double)sum / (double)n : h / 2.0;
}

static Rule rule_of(PIX *piece, int x, int y)
{
    int w = pixGetWidth(piece), end = w / 8 < 4 ? (w < 4 ? w : 4) : w / 8;
    l_int32 area = 0;
    pixCountPixels(piece, &area, NULL);
    return (Rule){
        .from = x,
        .to = x + w,
        .at_from = y + 0.5 + mean_row(piece, 0, end),
        .at_to = y + 0.5 + mean_row(piece, w - end, w),
        .thick = area > w * (1 + 2 * JITTER) ? (double)area / w - 2 * JITTER : 1,
    };
}

/* Step 4 for the runs of `least` to below `most` pixels. What is not text becomes a rule and leaves `rest`; what is text
 * leaves `runs`. */
static void take_runs(PIX *runs, PIX *rest, int least, int most, int dpi, Rules *rules)
{
    Bits all = bits_of(runs), others = bits_of(rest);
    Pieces pieces = {0};
    pieces_find(&pieces, &all);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        if (p.w < least || p.w >= most) continue;
        PIX *piece = pixCreate(p.w, p.h, 1);
        Bits own = bits_of(piece);
        pieces_draw(&pieces, i, &own, p.x, p.y);
        bool text = is_text(piece, p.x, p.y, rest, pixels(FLANK, dpi), pixels(THICKEST, dpi) + 2 * JITTER);
        if (!text) *vec_push(rules) = rule_of(piece, p.x, p.y);
        pieces_wipe(&pieces, i, text ? &all : &others);
        pixDestroy(&piece);
    }
    pieces_release(&pieces);
}

/* The long runs are judged first, without regard to other runs: a double rule is not text. Short runs then count the
 * other short runs: the bars along the tops and along the feet of one word give each other away. */
static void take_rules(PIX *ink, PIX *runs, int dpi, Rules *rules)
{
    int sure = pixels(SURE_LENGTH, dpi);
    PIX *rest = pixSubtract(NULL, ink, runs);
    take_runs(runs, rest, sure, INT_MAX, dpi, rules);
    pixDestroy(&rest);
    rest = pixCopy(NULL, ink);
    PIX *sure_runs = keep_pieces(runs, is_long, &sure);
    pixSubtract(rest, rest, sure_runs);
    take_runs(runs, rest, pixels(SHORTEST, dpi) / 2, sure, dpi, rules);
    pixDestroy(&sure_runs);
    pixDestroy(&rest);
}

static int by_from(const void *a, const void *b)
{
    const Rule *p = a, *q = b;
    return p->from < q->from ? -1 : p->from > q->from;
}

static double length(const Rule *r)
{
    return r->to - r->from;
}

/* A worn rule lacks pieces. Between long pieces exactly in line the gap may be longer than between short ones. */
static bool runs_on(const Rule *a, const Rule *b, int dpi)
{
    double gap = b->from - a->to, middle = (a->to + b->from) / 2, off = JOIN_OFF * dpi;
    bool a_short = length(a) < dpi, b_short = length(b) < dpi; /* too short to tell their slope */
    double pa = a_short ? (a->at_from + a->at_to) / 2 : rule_at(a, middle);
    double pb = b_short ? (b->at_from + b->at_to) / 2 : rule_at(b, middle);
    if (gap <= JOIN_GAP * dpi) return fabs(pa - pb) <= off;
    return fmin(length(a), length(b)) >= LONG_PIECE * dpi && fabs(pa - pb) <= off / 2;
}

static void join(Rule *a, const Rule *b)
{
    double la = a->to - a->from, lb = b->to - b->from;
    a->thick = (a->thick * la + b->thick * lb) / (la + lb);
    if (b->to <= a->to) return; /* beside it: a double rule */
    a->to = b->to;
    a->at_to = b->at_to;
}

/* Step 5. */
static void join_pieces(Rules *rules, int dpi)
{
    if (rules->n) qsort(rules->v, rules->n, sizeof *rules->v, by_from);
    for (size_t i = 0; i < rules->n; i++)
        for (size_t k = i + 1; k < rules->n && rules->v[k].from - rules->v[i].to <= JOIN_GAP_LONG * dpi;) {
            if (!runs_on(&rules->v[i], &rules->v[k], dpi)) {
                k++;
                continue;
            }
            join(&rules->v[i], &rules->v[k]);
            for (size_t m = k + 1; m < rules->n; m++) rules->v[m - 1] = rules->v[m];
            rules->n--;
        }
}

static void side_find(Side *s, PIX *ink, int dpi)
{
    s->ink = ink;
    s->dashes = joined_dashes(ink, dpi);
    s->runs = long_runs(ink, s->dashes, dpi);
}

static void side_release(Side *s)
{
    pixDestroy(&s->ink);
    pixDestroy(&s->dashes);
    pixDestroy(&s->runs);
}

void rule_ink_find(PIX *ink, int dpi, RuleInk *both)
{
    side_find(&both->across, pixClone(ink), dpi);
    side_find(&both->down, transposed(ink), dpi);
}

void rule_ink_release(RuleInk *both)
{
    side_release(&both->across);
    side_release(&both->down);
}

/* What of the runs is ink, or was seen in the grey picture. */
static PIX *not_bridged(PIX *runs, PIX *ink, PIX *faint)
{
    PIX *solid = pixAnd(NULL, runs, ink);
    if (faint) {
        PIX *seen = pixAnd(NULL, runs, faint);
        pixOr(solid, solid, seen);
        pixDestroy(&seen);
    }
    return solid;
}

/* *solid: the same without what was bridged; may be NULL. */
static PIX *find_across(const Side *side, PIX *small, int dpi, Rules *rules, PIX **solid)
{
    PIX *runs = pixCopy(NULL, side->runs), *faint = small ? faint_runs(side->ink, small, dpi) : NULL;
    if (faint) pixOr(runs, runs, faint);
    take_rules(side->ink, runs, dpi, rules);
    join_pieces(rules, dpi);
    PIX *few = open_across(side->dashes, pixels(SHORTEST, dpi));
    pixOr(runs, runs, few); /* two dashes between two columns are not a row of dashes, but drawn they are */
    if (solid) *solid = not_bridged(runs, side->ink, faint);
    pixDestroy(&few);
    pixDestroy(&faint);
    return runs;
}

/* Step 6. */
static const double ENDS_AT = 1.0 / 8;  /* inches between the end of a rule and the one it meets */
static const double STANDS_ALONE = 2.5; /* inches: a rule of this length needs no other to end at */

static bool is_anchored(const Rule *r, double end, const Rules *others, double near)
{
    for (size_t i = 0; i < others->n; i++) {
        const Rule *o = &others->v[i];
        double along = rule_at(r, end);
        if (along >= o->from - near && along <= o->to + near && fabs(rule_at(o, along) - end) <= near)
            return true;
    }
    return false;
}

/* True when a rule went. */
static bool drop_loose(Rules *rules, const Rules *others, int dpi)
{
    double near = ENDS_AT * dpi;
    size_t kept = 0, n = rules->n;
    for (size_t i = 0; i < n; i++) {
        const Rule *r = &rules->v[i];
        int ends = is_anchored(r, r->from, others, near) + is_anchored(r, r->to, others, near);
        if (ends == 2 || r->to - r->from >= STANDS_ALONE * dpi) rules->v[kept++] = *r;
    }
    rules->n = kept;
    return kept < n;
}

void rules_find(const RuleInk *ink, PIX *grey, int dpi, RuleMap *map)
{
    PIX *small = grey ? faint_picture(grey, dpi) : NULL, *small_down = grey ? transposed(small) : NULL;
    map->across_ink = find_across(&ink->across, small, dpi, &map->across, NULL);
    PIX *solid, *down = find_across(&ink->down, small_down, dpi, &map->down, &solid);
    map->down_ink = transposed(down), map->down_solid = transposed(solid);
    while (drop_loose(&map->across, &map->down, dpi) || drop_loose(&map->down, &map->across, dpi)) continue;
    pixDestroy(&small);
    pixDestroy(&small_down);
    pixDestroy(&down);
    pixDestroy(&solid);
}

/* Of the places along the rules, how many have ink of the mask on the rule or a pixel beside it. */
static void count_cover(const Rules *rules, PIX *mask, bool down, long *all, long *covered)
{
    for (size_t i = 0; i < rules->n; i++) {
        const Rule *r = &rules->v[i];
        for (int along = (int)r->from; along < (int)r->to && !r->stray; along++) {
            int middle = (int)floor(rule_at(r, along + 0.5));
            bool any = false;
            for (int off = -1 - JITTER; off <= 1 + JITTER && !any; off++) {
                int x = down ? middle + off : along, y = down ? along : middle + off;
                l_uint32 bit = 0;
                any = pixGetPixel(mask, x, y, &bit) == 0 && bit;
            }
            *all += 1, *covered += any;
        }
    }
}

double rules_cover(const RuleMap *map)
{
    long all = 0, covered = 0;
    count_cover(&map->across, map->across_ink, false, &all, &covered);
    count_cover(&map->down, map->down_ink, true, &all, &covered);
    return all ? (double)covered / (double)all : 1;
}

void rules_release(RuleMap *map)
{
    vec_release(&map->across);
    vec_release(&map->down);
    pixDestroy(&map->across_ink);
    pixDestroy(&map->down_ink);
    pixDestroy(&map->down_solid);
}

/* ---- erasing ---- */

typedef struct Eraser {
    PIX *ink, *grey;
    PIX *mask;
    int dpi, margin; /* margin: grey halo of a rule, pixels */
    bool down;
} Eraser;

static bool ink_at(const Eraser *e, PIX *pix, int along, int across)
{
    int x = e->down ? across : along, y = e->down ? along : across;
    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix)) return false;
    const l_uint32 *data = pixGetData(pix);
    return GET_DATA_BIT(data + (size_t)y * (size_t)pixGetWpl(pix), x);
}

static void whiten(Eraser *e, int along, int from, int to)
{
    for (int i = from - e->margin; i <= to + e->margin; i++) {
        int x = e->down ? i : along, y = e->down ? along : i;
        pixSetPixel(e->ink, x, y, 0);
        pixSetPixel(e->grey, x, y, 255);
    }
}

/* The run of ink through the mask at one place along the rule: erased when it is no thicker than the rule. */
static void erase_at(Eraser *e, const Rule *r, int along)
{
    int middle = (int)floor(rule_at(r, along + 0.5)), reach = pixels(JOIN_OFF, e->dpi), on = middle;
    bool found = false;
    for (int off = 0; off <= reach && !found; off++)
        for (int sign = -1; sign <= 1 && !found; sign += 2)
            if (ink_at(e, e->mask, along, middle + sign * off)) on = middle + sign * off, found = true;
    if (!found || !ink_at(e, e->ink, along, on)) return;
    int from = on, to = on, most = (int)ceil(r->thick * 1.6) + 2;
    while (from > on - most - 1 && ink_at(e, e->ink, along, from - 1)) from--;
    while (to < on + most + 1 && ink_at(e, e->ink, along, to + 1)) to++;
    if (to - from + 1 <= most) whiten(e, along, from, to);
}

static void erase(Eraser *e, const Rules *rules)
{
    for (size_t i = 0; i < rules->n; i++) {
        const Rule *r = &rules->v[i];
        for (int along = (int)r->from; along <= (int)r->to && !r->stray; along++) erase_at(e, r, along);
    }
}

void rules_erase(const RuleMap *map, PIX *ink, PIX *grey, int dpi)
{
    Eraser e = {
        .ink = ink, .grey = grey, .mask = map->across_ink, .dpi = dpi, .margin = pixels(1.0 / 150, dpi)};
    erase(&e, &map->across);
    e.mask = map->down_ink;
    e.down = true;
    erase(&e, &map->down);
}
