/* Tables that have no rules: columns are what white parts.
 *
 *     TT   Trường              Trường kết nghĩa       Ghi chú
 *     1    Mầm non Hoa Mai     Mầm non Cao Viên       tin học
 *     2    Mầm non Sao Sáng    Mẫu giáo Thanh         mới
 *                              Xuân Bắc
 *
 *   1. pieces: the words of a line in one column, joined over the blanks between words
 *   2. strips: pieces whose letters stand beside each other; a row has one or more
 *   3. of all ranges of strips the one through which the most white runs down: each strip that a corridor parts
 *      speaks for it, each that covers it, as a line of prose does, twice against it. A header or heading may
 *      cover some, as long as the strips below have them all again
 *   4. a strip becomes a row of cells; below a header over several columns those under it are a row of their own
 *
 * Which strips are one row of the list is told by the words too, so that is left to who reads the table.
 */
#include "layout/private.h"

#include <stdlib.h>
#include <string.h>

static const double BLANK =
    1.0 / 10; /* inches: closed between the words of a line; two columns are farther apart */
static const double SMALLEST = 1.0 / 40; /* inches: lower or narrower pieces are dirt */
static const double LOWEST = 1.0 / 30;   /* inches: of a letter; signs over letters are lower */
static const double HIGHEST = 0.55;      /* inches: a seal or a signature, not a line */
static const double FAR = 0.4;           /* inches of white that end a table */
static const double NEAR = 1.0 / 20;     /* inches to a strip that still belongs to it */
static const double SPACE =
    1.0 / 12;          /* inches more than twice the usual white: what is below is another thing */
enum { STEP = 50 };    /* to an inch: places at which white is looked for */
enum { CORRIDOR = 5 }; /* places: the narrowest corridor */
enum { MOST_CORRIDORS = 24, LEAST_COLUMNS = 3 };
enum { STRONG = 4, FAIR = 3 }; /* strips that speak for a corridor: of three columns, of more */

typedef struct Strip {
    int first, n;    /* pieces, from left to right */
    int top, bottom; /* of the letters without what stands out above and below */
    Rect at;
    uint8_t *ink;  /* by place */
    uint8_t *near; /* the same with the strips above and below: cells of a row need not stand at one height */
} Strip;
typedef VEC(Strip) Strips;

typedef struct Corridor {
    int from, to;        /* places */
    int parted, covered; /* strips */
} Corridor;

typedef struct Whites {
    Corridor v[MOST_CORRIDORS];
    int n;
} Whites;

typedef struct Range {
    int from, to; /* strips, to not among them */
    int score;
    Whites whites;
} Range;

typedef struct Search {
    Rects pieces;
    Strips strips;
    int places;
    int dpi;
    uint8_t *ink;
} Search;

/* ---- 1: pieces ---- */

static int by_number(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* A seal, a signature: higher than letters are, and mostly white unless it is very high. */
static bool is_picture(const InkPiece *p, int dpi)
{
    enum { SPARSE = 8 };
    bool high = p->h > HIGHEST * dpi ||
                (p->h > HIGHEST * dpi / 2 && (int64_t)p->area * SPARSE < (int64_t)p->w * p->h);
    return high && p->w > HIGHEST * dpi / 2;
}

/* Wipes pictures, and finds the height of a line with its signs and tails by that of its letters: most have none. Lines cannot
 * be measured, for many touch. */
static int look_at_ink(Search *s, Bits ink)
{
    static const double of_letter = 2.2;
    VEC(int) heights = {0};
    Pieces letters = {0};
    pieces_find(&letters, &ink);
    for (size_t i = 0; i < letters.v.n; i++) {
        const InkPiece *p = &letters.v.v[i];
        if (is_picture(p, s->dpi)) pieces_wipe(&letters, i, &ink);
        if (p->h > LOWEST * s->dpi && p->h < HIGHEST * s->dpi / 2) *vec_push(&heights) = p->h;
    }
    if (heights.n) qsort(heights.v, heights.n, sizeof *heights.v, by_number);
    int height = heights.n ? (int)(of_letter * heights.v[heights.n / 2]) : s->dpi / 6;
    vec_release(&heights);
    pieces_release(&letters);
    return height;
}

static int ink_in_row(Bits ink, Rect r, int y)
{
    const uint32_t *row = ink.word + (size_t)y * (size_t)ink.words;
    int n = 0, right = rect_right(r);
    for (int x = bits_next(row, r.x, right, true), end; x < right; x = bits_next(row, end, right, true)) {
        end = bits_next(row, x, right, false);
        n += end - x;
    }
    return n;
}

/* Lines that touch: the row with the least ink near where one ends. */
static int thinnest(Bits ink, Rect r, int at, int reach)
{
    int best = at, least = INT32_MAX;
    for (int y = at - reach; y <= at + reach; y++) {
        int n = y > r.y && y < rect_bottom(r) ? ink_in_row(ink, r, y) : INT32_MAX;
        if (n < least) least = n, best = y;
    }
    return best;
}

/* Between lines of text little ink is left; not between the letters of a seal. */
static bool is_thin(Bits ink, Rect r, int at)
{
    int64_t all = 0;
    for (int y = r.y; y < rect_bottom(r); y++) all += ink_in_row(ink, r, y);
    return 2 * (int64_t)ink_in_row(ink, r, at) * r.h <= all;
}

/* The lines that a piece holds; one that is not text holds none. */
static void add_lines(Search *s, Bits ink, Rect r, int height)
{
    int n = r.h < height * 3 / 2 ? 1 : (r.h + height / 3) / height, top = r.y;
    size_t before = s->pieces.n;
    for (int i = 1; i <= n; i++) {
        int end = i == n ? rect_bottom(r) : thinnest(ink, r, r.y + r.h * i / n, height / 3);
        if (i < n && !is_thin(ink, r, end)) {
            s->pieces.n = before;
            return;
        }
        Rect line = {r.x, top, r.w, end - top};
        if (end > top) *vec_push(&s->pieces) = line;
        top = end > top ? end : top;
    }
}

/* `ink` is changed. */
static void find_pieces(Search *s, PIX *ink)
{
    Bits letters = bits_of(ink);
    int height = look_at_ink(s, letters), least = (int)(SMALLEST * s->dpi);
    PIX *closed = close_across(ink, (int)(BLANK * s->dpi));
    Bits bits = bits_of(closed);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        bool mark = p.h * 3 < height || p.w < least; /* the sign over a letter */
        if (!mark && (p.h <= HIGHEST * s->dpi || p.w > p.h))
            add_lines(s, letters, (Rect){p.x, p.y, p.w, p.h}, height);
    }
    pieces_release(&pieces);
    pixDestroy(&closed);
}

/* ---- 2: strips ---- */

static int core_top(Rect r)
{
    return r.y + r.h / 4;
}

static int core_bottom(Rect r)
{
    return rect_bottom(r) - r.h / 4;
}

static int by_core(const void *a, const void *b)
{
    int p = core_top(*(const Rect *)a), q = core_top(*(const Rect *)b);
    return p < q ? -1 : p > q;
}

static int by_left(const void *a, const void *b)
{
    const Rect *p = a, *q = b;
    return p->x < q->x ? -1 : p->x > q->x;
}

static void mark_ink(Search *s, Strip *strip)
{
    for (int i = strip->first; i < strip->first + strip->n; i++) {
        Rect r = s->pieces.v[i];
        int from = r.x * STEP / s->dpi, to = (rect_right(r) - 1) * STEP / s->dpi;
        for (int x = from < 0 ? 0 : from; x <= to && x < s->places; x++) strip->ink[x] = 1;
    }
}

static void find_strips(Search *s)
{
    if (s->pieces.n) qsort(s->pieces.v, s->pieces.n, sizeof *s->pieces.v, by_core);
    for (size_t i = 0; i < s->pieces.n; i++) {
        Rect r = s->pieces.v[i];
        Strip *last = s->strips.n ? &s->strips.v[s->strips.n - 1] : NULL;
        if (!last || core_top(r) >= last->bottom) {
            last = vec_push(&s->strips);
            *last = (Strip){.first = (int)i, .top = core_top(r), .bottom = core_bottom(r)};
        }
        if (core_bottom(r) > last->bottom) last->bottom = core_bottom(r);
        last->at = rect_union(last->at, r);
        last->n++;
    }
    size_t n = s->strips.n, places = (size_t)s->places;
    s->ink = xalloc(2 * (n + 1) * places);
    memset(s->ink, 0, 2 * (n + 1) * places);
    for (size_t i = 0; i < n; i++) {
        Strip *strip = &s->strips.v[i];
        strip->ink = s->ink + 2 * i * places, strip->near = strip->ink + places;
        qsort(s->pieces.v + strip->first, (size_t)strip->n, sizeof *s->pieces.v, by_left);
        mark_ink(s, strip);
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i ? i - 1 : 0; k < n && k <= i + 1; k++)
            for (size_t x = 0; x < places; x++) s->strips.v[i].near[x] |= s->strips.v[k].ink[x];
}

/* ---- 3: ranges ---- */

static bool any_ink(const uint8_t *ink, int from, int to)
{
    return to > from && memchr(ink + from, 1, (size_t)(to - from)) != NULL;
}

/* What the strip says of the corridor: 1 parted by it, -1 covers it, 0 neither. */
static int verdict(const Search *s, const Strip *strip, const Corridor *c)
{
    if (any_ink(strip->ink, c->from, c->to)) return -1;
    bool left = any_ink(strip->ink, 0, c->from), right = any_ink(strip->ink, c->to, s->places);
    return (left || any_ink(strip->near, 0, c->from)) && (right || any_ink(strip->near, c->to, s->places));
}

static bool holds_one(const Whites *w, int from, int to)
{
    for (int i = 0; i < w->n; i++)
        if (w->v[i].from >= from && w->v[i].to <= to) return true;
    return false;
}

/* Corridors that at most `most` strips cover. Where fewer do a part of one, that part is it. */
static void find_whites(const Search *s, const uint16_t *cover, int most, Whites *out)
{
    out->n = 0;
    for (int level = 0; level <= most; level++)
        for (int x = 0, end; x < s->places; x = end) {
            for (end = x + 1; end < s->places && (cover[end] <= level) == (cover[x] <= level);) end++;
            if (cover[x] > level || end - x < CORRIDOR || x == 0 || end == s->places) continue;
            if (!holds_one(out, x, end) && out->n < MOST_CORRIDORS)
                out->v[out->n++] = (Corridor){.from = x, .to = end};
        }
}

static int worth_of(const Corridor *c)
{
    return c->parted - 2 * c->covered;
}

static Rect range_rect(const Search *s, const Range *r)
{
    Rect at = {0};
    for (int i = r->from; i < r->to; i++) at = rect_union(at, s->strips.v[i].at);
    return at;
}

/* False: they are not the columns of a table. */
static bool judge(const Search *s, Range *r)
{
    int strong = 0, fair = 0, kept = 0;
    Rect at = range_rect(s, r);
    r->score = 0;
    for (int i = 0; i < r->whites.n; i++) {
        Corridor c = r->whites.v[i];
        if (c.to * s->dpi / STEP <= at.x || c.from * s->dpi / STEP >= rect_right(at)) continue;
        for (int k = r->from; k < r->to; k++) {
            int said = verdict(s, &s->strips.v[k], &c);
            c.parted += said > 0, c.covered += said < 0;
        }
        if (worth_of(&c) <= 0) continue;
        strong += worth_of(&c) >= STRONG, fair += worth_of(&c) >= FAIR;
        r->score += worth_of(&c);
        r->whites.v[kept++] = c;
    }
    r->whites.n = kept;
    return strong >= LEAST_COLUMNS - 1 || fair >= LEAST_COLUMNS;
}

static int most_covering(int strips)
{
    enum { SHARE = 10 };
    return 1 + strips / SHARE;
}

static bool is_ruled_between(const Page *page, const Strip *a, const Strip *b)
{
    for (size_t i = 0; i < page->tables.n; i++) {
        Rect t = page->tables.v[i].at;
        if (t.y >= a->at.y && t.y < b->at.y) return true;
    }
    return false;
}

static int white_above(const Search *s, int k)
{
    return s->strips.v[k].at.y - rect_bottom(s->strips.v[k - 1].at);
}

static bool is_apart(const Search *s, const Page *page, int k)
{
    const Strip *a = &s->strips.v[k - 1], *b = &s->strips.v[k];
    return white_above(s, k) > FAR * s->dpi || is_ruled_between(page, a, b);
}

/* The best range of strips from..to-1. */
static Range best_range(const Search *s, const Page *page, int from, int to)
{
    Range best = {0};
    uint16_t *cover = xalloc((size_t)s->places * sizeof *cover);
    for (int a = from; a < to; a++) {
        if (s->strips.v[a].n < 2) continue;
        memset(cover, 0, (size_t)s->places * sizeof *cover);
        for (int b = a; b < to && (b == a || !is_apart(s, page, b)); b++) {
            for (int x = 0; x < s->places; x++) cover[x] = (uint16_t)(cover[x] + s->strips.v[b].ink[x]);
            Range r = {.from = a, .to = b + 1};
            if (b - a + 1 < FAIR) continue;
            find_whites(s, cover, most_covering(b - a + 1), &r.whites);
            if (r.whites.n >= LEAST_COLUMNS - 1 && judge(s, &r) && r.score > best.score) best = r;
        }
    }
    free(cover);
    return best;
}

/* White above a strip that is far more than between most of the others: what follows is not of the table. */
static int widest_usual(const Search *s, const Range *r)
{
    enum { SHARE = 8, OF = 10 };
    VEC(int) gaps = {0};
    for (int k = r->from + 1; k < r->to; k++) *vec_push(&gaps) = white_above(s, k);
    if (gaps.n) qsort(gaps.v, gaps.n, sizeof *gaps.v, by_number);
    int usual = gaps.n ? gaps.v[gaps.n * SHARE / OF] : 0;
    vec_release(&gaps);
    return 2 * (usual > 0 ? usual : 0) + (int)(SPACE * s->dpi);
}

/* The longest part of the range without such white. */
static Range without_gaps(const Search *s, Range r)
{
    int most = widest_usual(s, &r);
    Range best = r, part = r;
    best.to = best.from;
    for (int k = r.from + 1; k <= r.to; k++)
        if (k == r.to || white_above(s, k) > most) {
            part.to = k;
            if (part.to - part.from > best.to - best.from) best = part;
            part.from = k;
        }
    return best;
}

/* How many corridors the strip covers, and is parted by, itself. */
static int covers(const Search *s, const Range *r, const Strip *strip, int *parted)
{
    int covered = 0;
    *parted = 0;
    for (int i = 0; i < r->whites.n; i++) {
        const Corridor *c = &r->whites.v[i];
        covered += any_ink(strip->ink, c->from, c->to);
        *parted += any_ink(strip->ink, 0, c->from) && any_ink(strip->ink, c->to, s->places) &&
                   !any_ink(strip->ink, c->from, c->to);
    }
    return covered;
}

/* The rest of a cell below, the upper line of a header above: close, within the table's sides, over its columns. */
static bool belongs(const Search *s, const Page *page, const Range *r, int k, bool above)
{
    const Strip *strip = &s->strips.v[k];
    Rect at = range_rect(s, r);
    int white = above ? at.y - rect_bottom(strip->at) : strip->at.y - rect_bottom(at), parted;
    int most = (int)(NEAR * s->dpi), slack = s->dpi / STEP;
    if (white > most || is_apart(s, page, above ? k + 1 : k)) return false;
    if (strip->at.x < at.x - slack || rect_right(strip->at) > rect_right(at) + slack) return false;
    int covered = covers(s, r, strip, &parted);
    return !covered || (above && parted);
}

static void widen(const Search *s, const Page *page, Range *r, int from, int to)
{
    while (r->to < to && belongs(s, page, r, r->to, false)) r->to++;
    while (r->from > from && belongs(s, page, r, r->from - 1, true)) r->from--;
}

/* ---- 4: cells ---- */

/* Left sides of the columns in pixels, and the right side of the last. */
typedef struct Borders {
    int at[MOST_CORRIDORS + 2];
    int cols;
} Borders;

static int by_from(const void *a, const void *b)
{
    return ((const Corridor *)a)->from - ((const Corridor *)b)->from;
}

static Borders borders_of(const Search *s, Range *r)
{
    Rect at = range_rect(s, r);
    Borders borders = {.cols = r->whites.n + 1};
    qsort(r->whites.v, (size_t)r->whites.n, sizeof *r->whites.v, by_from);
    borders.at[0] = at.x;
    for (int i = 0; i < r->whites.n; i++)
        borders.at[i + 1] = (r->whites.v[i].from + r->whites.v[i].to) * s->dpi / (2 * STEP);
    borders.at[borders.cols] = rect_right(at);
    return borders;
}

static int column_at(const Borders *borders, int x)
{
    int col = 0;
    while (col + 1 < borders->cols && x >= borders->at[col + 1]) col++;
    return col;
}

static bool spans(const Borders *borders, Rect r)
{
    return column_at(borders, r.x) != column_at(borders, rect_right(r) - 1);
}

/* Where in its strip a piece stands: 0 above the pieces over several columns, 1 with them, 2 below them. */
static int level_in(const Rect *v, int n, const Borders *borders, Rect r)
{
    int middle = r.y + r.h / 2, top = INT32_MAX, bottom = 0;
    for (int i = 0; i < n; i++)
        if (spans(borders, v[i])) {
            if (v[i].y < top) top = v[i].y;
            if (rect_bottom(v[i]) > bottom) bottom = rect_bottom(v[i]);
        }
    return top == INT32_MAX || (middle >= top && middle < bottom) ? 1 : middle < top ? 0 : 2;
}

/* The box of a cell from column `col` to `end`: the row's height, and all of its own pieces with their signs. Beside them
 * letters of other columns may stand half a line higher or lower. */
static Rect cell_rect(const Page *page, const Borders *borders, const Rect *v, int n, int col, int end,
                      Rect row)
{
    Rect at = {borders->at[col], row.y, borders->at[end + 1] - borders->at[col], row.h};
    int sign = page->dpi / STEP;
    for (int k = 0; k < n; k++) {
        int first = column_at(borders, v[k].x);
        if (first >= col && first <= end)
            at = rect_union(at, (Rect){at.x, v[k].y - sign, at.w, v[k].h + sign});
    }
    return rect_clip(at, page->upright_width, page->upright_height);
}

/* Cells of one row: of the pieces, those that share a column. */
static void add_row(Page *page, Table *t, const Borders *borders, const Rect *v, int n, Rect row)
{
    for (int col = 0; col < borders->cols;) {
        int end = col;
        bool any = false;
        for (int k = 0; k < n; k++) {
            int first = column_at(borders, v[k].x), last = column_at(borders, rect_right(v[k]) - 1);
            if (first <= end && last >= col) any = true, end = last > end ? last : end;
        }
        *vec_push(&page->cells) = (Cell){.row = t->rows,
                                         .col = col,
                                         .rowspan = 1,
                                         .colspan = end - col + 1,
                                         .blank = !any,
                                         .at = cell_rect(page, borders, v, n, col, end, row)};
        t->cells++;
        col = end + 1;
    }
    t->rows++;
}

/* The strip from `top` to `bottom`: as many rows as it has levels. */
static void add_strip(const Search *s, const Strip *strip, const Borders *borders, int top, int bottom,
                      Page *page, Table *t)
{
    const Rect *all = s->pieces.v + strip->first;
    Rect *part = xalloc((size_t)strip->n * sizeof *part);
    for (int level = 0; level < 3; level++) {
        int n = 0, ends = 0;
        for (int i = 0; i < strip->n; i++) {
            int is = level_in(all, strip->n, borders, all[i]);
            if (is == level) part[n++] = all[i];
            if (is <= level && core_bottom(all[i]) + all[i].h / 4 > ends)
                ends = core_bottom(all[i]) + all[i].h / 4;
        }
        if (!n) continue;
        bool last = true;
        for (int i = 0; i < strip->n; i++) last = last && level_in(all, strip->n, borders, all[i]) <= level;
        int end = last ? bottom : ends < bottom ? ends : bottom;
        add_row(page, t, borders, part, n, (Rect){borders->at[0], top, 1, end - top});
        top = end;
    }
    free(part);
}

static void add_table(const Search *s, Range *r, Page *page)
{
    Borders borders = borders_of(s, r);
    Rect all =
        rect_clip(rect_grow(range_rect(s, r), s->dpi / 60 + 1), page->upright_width, page->upright_height);
    Table t = {.kind = TABLE_UNRULED, .at = all, .cols = borders.cols, .first_cell = (int)page->cells.n};
    borders.at[0] = all.x, borders.at[borders.cols] = rect_right(all);
    int top = all.y;
    for (int k = r->from; k < r->to; k++) {
        const Strip *strip = &s->strips.v[k];
        int bottom = k + 1 < r->to ? (strip->bottom + strip[1].top) / 2 : rect_bottom(all);
        add_strip(s, strip, &borders, top, bottom, page, &t);
        top = bottom;
    }
    *vec_push(&page->tables) = t;
    *vec_push(&page->blocks) = (Block){.kind = BLOCK_TABLE, .at = all, .table = (int)page->tables.n - 1};
}

/* ---- columns that are none ---- */

/* How many of the places stand at the middle one of them. */
static int at_one_place(int *v, size_t n, int slack)
{
    int same = 0;
    qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n; i++) same += abs(v[i] - v[n / 2]) <= slack;
    return same;
}

/* Pieces of one column. */
typedef struct ColumnShape {
    int pieces;
    bool aligned; /* most begin, or have their middle, at one place */
    bool words;   /* most are wider than high, as words are and strokes of a seal are not */
} ColumnShape;

static ColumnShape shape_of(const Search *s, const Range *r, const Borders *borders, int col)
{
    enum { SHARE = 6, OF = 10, LONG = 2 };
    VEC(int) lefts = {0};
    VEC(int) middles = {0};
    int wide = 0;
    for (int k = r->from; k < r->to; k++)
        for (int i = s->strips.v[k].first; i < s->strips.v[k].first + s->strips.v[k].n; i++) {
            Rect p = s->pieces.v[i];
            if (spans(borders, p) || column_at(borders, p.x) != col) continue;
            *vec_push(&lefts) = p.x, *vec_push(&middles) = p.x + p.w / 2;
            wide += p.w > LONG * p.h;
        }
    int slack = s->dpi / 16, n = (int)lefts.n;
    ColumnShape shape = {.pieces = n, .words = 2 * wide > n};
    shape.aligned = n && (at_one_place(lefts.v, lefts.n, slack) * OF >= n * SHARE ||
                          at_one_place(middles.v, middles.n, slack) * OF >= n * SHARE);
    vec_release(&lefts);
    vec_release(&middles);
    return shape;
}

/* A corridor that a piece covers and that has one piece at most on one of its sides parts a header from what is below it.
 * False: there is none. */
static bool drop_false(const Search *s, Range *r)
{
    Borders borders = borders_of(s, r);
    for (int i = 0; i < r->whites.n; i++) {
        if (!r->whites.v[i].covered) continue;
        if (shape_of(s, r, &borders, i).pieces > 1 && shape_of(s, r, &borders, i + 1).pieces > 1) continue;
        memmove(r->whites.v + i, r->whites.v + i + 1, (size_t)(r->whites.n - i - 1) * sizeof *r->whites.v);
        r->whites.n--;
        return true;
    }
    return false;
}

/* Two columns of words, and one more that does not stand to the right of both: numbers, districts. What stands in a signature's
 * block, beside "Nơi nhận" and in its seal, does not stand so. */
static bool are_columns(const Search *s, Range *r)
{
    Borders borders = borders_of(s, r);
    int aligned = 0, words = 0, up_to_words = 0;
    for (int col = 0; col < borders.cols; col++) {
        ColumnShape shape = shape_of(s, r, &borders, col);
        if (!shape.aligned || shape.pieces < 2) continue;
        aligned++;
        if (shape.words && shape.pieces >= FAIR) words++, up_to_words = aligned;
    }
    return up_to_words >= LEAST_COLUMNS && words >= LEAST_COLUMNS - 1;
}

/* ---- all of a page ---- */

static void find_between(const Search *s, int from, int to, Page *page)
{
    if (to - from < FAIR) return;
    Range r = best_range(s, page, from, to);
    if (!r.score) return;
    r = without_gaps(s, r);
    bool is = judge(s, &r);
    while (is && drop_false(s, &r)) continue;
    is = is && are_columns(s, &r);
    if (is) widen(s, page, &r, from, to);
    find_between(s, from, r.from, page);
    if (is) add_table(s, &r, page);
    find_between(s, r.to, to, page);
}

void unruled_find(PIX *ink, Page *page)
{
    Search s = {.dpi = page->dpi, .places = page->upright_width * STEP / page->dpi + 2};
    PIX *rest = without_tables(ink, page);
    find_pieces(&s, rest);
    pixDestroy(&rest);
    find_strips(&s);
    find_between(&s, 0, (int)s.strips.n, page);
    vec_release(&s.pieces);
    vec_release(&s.strips);
    free(s.ink);
}
