/* Tables that stand one below the other, parted where they were taken for one.
 *
 * A worn rule lacks pieces, so rules bridges what lacks; the rules of two tables in one frame of page stand
 * in line too, and are bridged over the white between. What tells them apart is that a rule breaks anywhere,
 * but a table ends for all its columns at once:
 *
 *   1. rules that meet are one group; its rules across, gathered, are levels
 *   2. a band between two levels is the white between two tables where none of the rules down is drawn in it,
 *      the level above closes a table and the level below begins one: each goes from the first of the
 *      rules down that are drawn there to the last
 *   3. words that stand in the columns as those of a row do make the band a row whose rules were lost; a
 *      heading crosses the rules, or stands by itself
 *   4. the rules are cut there, and both tables are parts of their own
 *
 * Example: "TT | Họ và tên | Chức vụ", six rows, white with the heading "PHỤ LỤC 2: DANH SÁCH CÁC TRƯỜNG KẾT
 * NGHĨA", then "TT | Trường quận Ninh Kiều | Trường huyện Vĩnh Thạnh": one group, since TT is as wide in both
 * and its rules were bridged. No rule down is drawn between the sixth row and the second TT.
 */
#include "layout/private.h"

#include <math.h>
#include <stdlib.h>

static const double SAME_LEVEL = 1.0 / 14; /* inches between rules across of one level */
static const double REACH = 1.2;    /* inches above and below the white where rules down are looked for */
static const double GONE = 0.2;     /* share of the white's height, in the mean; less is not rules down */
static const double GONE_ONE = 0.5; /* the same of one rule: a letter's stem or a speck on its course */
static const double THERE = 0.15;   /* inches that are drawn of a rule down there */
static const double CLOSED = 0.85;  /* share of the table's width that its last rule has at least */
static const double OPEN_SIDE = 1.0 / 7; /* inches that rules across go on past the last rule down */
static const double NO_ROW = 0.8;        /* inches: white higher than this is not one lost row */
static const double BESIDE = 1.0 / 25;   /* inches beside a rule down where a row has no words */
static const double BAND = 1.0 / 40;     /* inches beside a rule where its pixels may lie */

typedef VEC(double) Places;

typedef struct RuleGroup {
    RuleMap *map;
    PIX *ink; /* of the page, rules and all */
    int dpi;
    const int *root;      /* of each rule: those down after those across */
    int id;               /* the root of its own */
    double middle, slope; /* of its rules across */
    Places levels;        /* at the middle, from above */
    Places cuts;          /* step 4: the levels above the white, then below, two a cut */
} RuleGroup;

static bool owns_across(const RuleGroup *g, size_t i)
{
    return g->root[i] == g->id;
}

static bool owns_down(const RuleGroup *g, size_t i)
{
    return g->root[g->map->across.n + i] == g->id;
}

/* ---- 1: levels ---- */

static double level_of(const RuleGroup *g, const Rule *across)
{
    double x = (across->from + across->to) / 2, y = (across->at_from + across->at_to) / 2;
    return y + g->slope * (g->middle - x);
}

static double y_of(const RuleGroup *g, double level, double x)
{
    return level + g->slope * (x - g->middle);
}

/* The mean slope, by length, and the middle. */
static void find_slope(RuleGroup *g)
{
    double fall = 0, length = 0, left = INFINITY, right = -INFINITY;
    for (size_t i = 0; i < g->map->across.n; i++) {
        const Rule *r = &g->map->across.v[i];
        if (!owns_across(g, i)) continue;
        fall += r->at_to - r->at_from, length += r->to - r->from;
        left = fmin(left, r->from), right = fmax(right, r->to);
    }
    g->slope = length > 0 ? fall / length : 0;
    g->middle = (left + right) / 2;
}

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

static void find_levels(RuleGroup *g)
{
    Places *all = &g->levels;
    for (size_t i = 0; i < g->map->across.n; i++)
        if (owns_across(g, i)) *vec_push(all) = level_of(g, &g->map->across.v[i]);
    if (all->n) qsort(all->v, all->n, sizeof *all->v, by_value);
    size_t n = 0;
    for (size_t i = 0; i < all->n; i++)
        if (!n || all->v[i] - all->v[n - 1] > SAME_LEVEL * g->dpi) all->v[n++] = all->v[i];
    all->n = n;
}

/* ---- 2: white between tables ---- */

/* Whether there is ink in the row beside x. */
static bool ink_beside(const Bits *bits, int x, int y, int reach)
{
    if (y < 0 || y >= bits->h) return false;
    int from = x - reach < 0 ? 0 : x - reach, to = x + reach + 1 > bits->w ? bits->w : x + reach + 1;
    return from < to && bits_next(bits->word + (size_t)y * (size_t)bits->words, from, to, true) < to;
}

/* Of the way from one level down to another, the share along which the rule down has ink. */
static double share_drawn(const RuleGroup *g, const Rule *down, double from, double to)
{
    int hit = 0, reach = (int)(BAND * g->dpi) + 1;
    Bits bits = bits_of(g->map->down_ink);
    double x = rule_at(down, (from + to) / 2);
    int top = (int)ceil(y_of(g, from, x)), bottom = (int)floor(y_of(g, to, x));
    for (int y = top; y < bottom; y++)
        if (y >= down->from && y <= down->to) hit += ink_beside(&bits, (int)rule_at(down, y), y, reach);
    return bottom > top ? (double)hit / (bottom - top) : 0;
}

/* The part of the rule's own thickness that lies beside a level is not counted. */
static bool is_gone(const RuleGroup *g, double above, double below)
{
    double edge = BAND * g->dpi, sum = 0;
    int n = 0;
    for (size_t i = 0; i < g->map->down.n; i++) {
        if (!owns_down(g, i)) continue;
        double share = share_drawn(g, &g->map->down.v[i], above + edge, below - edge);
        if (share >= GONE_ONE) return false;
        sum += share, n++;
    }
    return sum < GONE * n;
}

/* Where, at the level, the rules down are that are drawn between the two places. */
static void drawn_between(const RuleGroup *g, double from, double to, double level, Places *xs)
{
    xs->n = 0;
    for (size_t i = 0; i < g->map->down.n; i++) {
        const Rule *r = &g->map->down.v[i];
        if (owns_down(g, i) && share_drawn(g, r, from, to) * (to - from) >= THERE * g->dpi)
            *vec_push(xs) = rule_at(r, level);
    }
    if (xs->n) qsort(xs->v, xs->n, sizeof *xs->v, by_value);
}

typedef enum Border {
    NO_BORDER,
    OPEN_BORDER, /* rules across go on past the first of the rules down, or past the last */
    CLOSED_BORDER
} Border;

/* What the rules of the level are to the table that has those rules down. */
static Border border_of(const RuleGroup *g, double level, const Places *xs)
{
    if (xs->n < 2) return NO_BORDER;
    double left = xs->v[0], right = xs->v[xs->n - 1], covered = 0, over = 0;
    for (size_t i = 0; i < g->map->across.n; i++) {
        const Rule *r = &g->map->across.v[i];
        if (!owns_across(g, i) || fabs(level_of(g, r) - level) > SAME_LEVEL * g->dpi) continue;
        covered += fmax(0, fmin(right, r->to) - fmax(left, r->from));
        over = fmax(over, fmax(left - r->from, r->to - right));
    }
    if (covered < CLOSED * (right - left)) return NO_BORDER;
    return over < OPEN_SIDE * g->dpi ? CLOSED_BORDER : OPEN_BORDER;
}

/* ---- 3: words of a row ---- */

static bool has_words(const RuleGroup *g, double left, double right, double top, double bottom)
{
    Rect r = {(int)left, (int)top, (int)(right - left), (int)(bottom - top)};
    return ink_has_text(g->ink, r, g->dpi);
}

/* Whether words stand in two columns at least, and beside no rule that was drawn above. */
static bool has_row(const RuleGroup *g, double above, double below, const Places *xs)
{
    int filled = 0;
    double edge = BAND * g->dpi, near = BESIDE * g->dpi;
    if (below - above > NO_ROW * g->dpi) return false;
    for (size_t i = 0; i + 1 < xs->n; i++) {
        double left = xs->v[i], right = xs->v[i + 1], tilt = fabs(g->slope) * (right - left) / 2,
               y = y_of(g, 0, (left + right) / 2);
        double top = y + above + edge + tilt, bottom = y + below - edge - tilt;
        if (i && has_words(g, left - near, left + near, top, bottom)) return false;
        filled += right - left > 4 * near && has_words(g, left + near, right - near, top, bottom);
    }
    return filled >= 2;
}

/* A worn table may lack the last piece of a side; where both are open, tables have no rules at their sides,
 * and the band is a row of one cell. */
static bool are_borders(Border above, Border below)
{
    return above && below && (above == CLOSED_BORDER || below == CLOSED_BORDER);
}

static bool parts_tables(const RuleGroup *g, double above, double below)
{
    Places upper = {0}, lower = {0};
    double reach = REACH * g->dpi, edge = BAND * g->dpi;
    bool parts = is_gone(g, above, below);
    if (parts) {
        drawn_between(g, above - reach, above - edge, above, &upper);
        drawn_between(g, below + edge, below + reach, below, &lower);
        parts = are_borders(border_of(g, above, &upper), border_of(g, below, &lower)) &&
                !has_row(g, above, below, &upper);
    }
    vec_release(&upper);
    vec_release(&lower);
    return parts;
}

static void find_cuts(RuleGroup *g)
{
    for (size_t i = 1; i + 2 < g->levels.n; i++) {
        double above = g->levels.v[i], below = g->levels.v[i + 1];
        if (!parts_tables(g, above, below)) continue;
        *vec_push(&g->cuts) = above;
        *vec_push(&g->cuts) = below;
    }
}

/* ---- 4: the cuts ---- */

static int part_of(const RuleGroup *g, double level)
{
    int part = 0;
    for (size_t i = 0; i < g->cuts.n; i += 2) part += level > (g->cuts.v[i] + g->cuts.v[i + 1]) / 2;
    return part;
}

/* What of the rule lies in a part; false when nothing of it is drawn there. */
static bool piece_in(const RuleGroup *g, const Rule *down, int part, Rule *piece)
{
    double x = rule_at(down, (down->from + down->to) / 2), from = down->from, to = down->to;
    if (part) from = fmax(from, y_of(g, g->cuts.v[2 * part - 1], x));
    if (2 * (size_t)part < g->cuts.n) to = fmin(to, y_of(g, g->cuts.v[2 * part], x));
    if (to - from < SAME_LEVEL * g->dpi) return false;
    *piece = (Rule){from, to, rule_at(down, from), rule_at(down, to), down->thick, .part = part};
    double level = y_of(g, 0, x);
    return share_drawn(g, piece, from - level, to - level) >= GONE;
}

static void cut_down(const RuleGroup *g, size_t i, Rules *out)
{
    Rule piece, whole = g->map->down.v[i];
    for (int part = 0; part <= (int)g->cuts.n / 2; part++)
        if (piece_in(g, &whole, part, &piece)) *vec_push(out) = piece;
}

/* The rules down of the group go to `out`, cut where it was parted. */
static void cut(RuleGroup *g, Rules *out)
{
    for (size_t i = 0; i < g->map->across.n; i++) {
        Rule *r = &g->map->across.v[i];
        if (owns_across(g, i)) r->part = part_of(g, level_of(g, r));
    }
    for (size_t i = 0; i < g->map->down.n; i++)
        if (!owns_down(g, i))
            continue;
        else if (g->cuts.n)
            cut_down(g, i, out);
        else
            *vec_push(out) = g->map->down.v[i];
}

static void part_group(RuleGroup *g, Rules *out)
{
    find_slope(g);
    find_levels(g);
    find_cuts(g);
    cut(g, out);
    vec_release(&g->levels);
    vec_release(&g->cuts);
}

void rules_part(RuleMap *map, PIX *ink, int dpi)
{
    Rules out = {0};
    int n = (int)(map->across.n + map->down.n), *root = rules_join(map, dpi);
    for (int i = 0; i < n; i++) {
        RuleGroup g = {.map = map, .ink = ink, .dpi = dpi, .root = root, .id = i};
        if (root[i] == i) part_group(&g, &out);
    }
    vec_release(&map->down);
    map->down = out;
    free(root);
}
