/* From rules to cells.
 *
 *   1. rules that meet belong to one table; a worn rule may end a little before it meets the other
 *   2. the middles of its rules, gathered, are the lines of its grid; where a table is open at a side, the ends of the
 *      crossing rules are
 *   3. each piece of a grid line between two crossings is looked up in the pixels of rules: drawn or not
 *   4. neighbours with no rule between them are one cell, widened to a rectangle
 *
 * Example: the level column of a plan has one cell "Mầm non" over nine rows. The pieces of the eight grid lines inside it
 * are not drawn, so its nine squares become one cell with rowspan 9.
 */
#include "layout/private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double MEET = 1.0 / 10; /* inches between the end of a rule and the rule it meets */
static const double SAME_LINE =
    1.0 / 14;                     /* inches between rules of one grid line; rows are 1/6 inch and more */
static const double DRAWN = 0.20; /* share of a piece that must be rule; a badly worn one keeps a third */
static const double LEAST_PARTING =
    0.4; /* share of the table's height that a worn rule between two columns has */
static const double OVERHANG =
    1.0 / 7; /* inches a rule goes on past the last line for one more row to be there */
static const double LETTER = 1.0 / 20; /* inches: the height of the smallest letter or digit that counts */
static const double BAND = 1.0 / 40;   /* inches beside a grid line where its pixels may lie */
static const double WHOLE =
    0.9; /* share of a piece that is drawn, nothing bridged, of a rule that is not worn */
static const double WHOLE_HIGH =
    0.25; /* inches that it is whole for, in rows that follow each other: a stem ends in its row */
static const double STEM = 0.8; /* share of its row that a stem takes at most */
enum { MOST_LINES = 2000 };     /* of a grid, each way; more is a pattern, not a table */

typedef VEC(double) Stops;

typedef struct RuleGrid {
    const RuleMap *map;
    const int *across, *down; /* which rules of the map are its own */
    int n_across, n_down;
    Stops xs, ys;      /* grid lines */
    bool *drawn_above; /* [row 0..rows][col]: the piece above that square */
    bool *drawn_left;  /* [row][col 0..cols] */
    int rows, cols, dpi;
    bool open_top, open_bottom;
} RuleGrid;

/* ---- 1: which rules belong together ---- */

static int find_root(int *parent, int i)
{
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
}

static bool meet(const Rule *across, const Rule *down, double tolerance)
{
    double x = rule_at(down, (across->at_from + across->at_to) / 2), y = rule_at(across, x);
    return x >= across->from - tolerance && x <= across->to + tolerance && y >= down->from - tolerance &&
           y <= down->to + tolerance;
}

int *rules_join(const RuleMap *map, int dpi)
{
    int na = (int)map->across.n, nd = (int)map->down.n;
    int *parent = xalloc(sizeof *parent * (size_t)(na + nd + 1));
    for (int i = 0; i < na + nd; i++) parent[i] = i;
    for (int a = 0; a < na; a++)
        for (int d = 0; d < nd; d++)
            if (map->across.v[a].part == map->down.v[d].part &&
                meet(&map->across.v[a], &map->down.v[d], MEET * dpi))
                parent[find_root(parent, a)] = find_root(parent, na + d);
    for (int i = 0; i < na + nd; i++) parent[i] = find_root(parent, i);
    return parent;
}

/* ---- 2: grid lines ---- */

static int by_value(const void *a, const void *b)
{
    double p = *(const double *)a, q = *(const double *)b;
    return p < q ? -1 : p > q;
}

/* Gathers stops nearer than `near` into their mean. */
static void gather(Stops *s, double near)
{
    if (!s->n) return;
    qsort(s->v, s->n, sizeof *s->v, by_value);
    size_t out = 0;
    for (size_t i = 0; i < s->n;) {
        double sum = s->v[i], last = s->v[i];
        size_t n = 1;
        while (i + n < s->n && s->v[i + n] - last < near) last = s->v[i + n], sum += last, n++;
        s->v[out++] = sum / (double)n;
        i += n;
    }
    s->n = out;
}

/* Ends of the crossing rules, where they hang over the first or last stop. */
static void add_open_sides(Stops *stops, double first, double last, double overhang, bool *before,
                           bool *after)
{
    *before = stops->n && first < stops->v[0] - overhang;
    *after = stops->n && last > stops->v[stops->n - 1] + overhang;
    if (*before) *vec_push(stops) = first;
    if (*after) *vec_push(stops) = last;
    if (*before || *after) qsort(stops->v, stops->n, sizeof *stops->v, by_value);
}

/* How far the rules go to the left or up, or with `far` to the right or down (as a negative number): so far as two of
 * them do. The fold of a page that hangs over at both sides is one, as is a rule down that a letter of the caption
 * below makes longer. */
static double end_of_two(const Rules *rules, const int *own, int n, double near, bool far)
{
    double first = INFINITY, second = INFINITY, first_at = 0;
    for (int i = 0; i < n; i++) {
        const Rule *r = &rules->v[own[i]];
        double end = far ? -r->to : r->from, at = (r->at_from + r->at_to) / 2;
        if (end < first) {
            if (fabs(at - first_at) > near) second = first;
            first = end, first_at = at;
        } else if (end < second && fabs(at - first_at) > near) {
            second = end;
        }
    }
    return second == INFINITY ? first : second;
}

static void find_lines(RuleGrid *g)
{
    const Rules *across = &g->map->across, *down = &g->map->down;
    double near = SAME_LINE * g->dpi, left = end_of_two(across, g->across, g->n_across, near, false),
           right = -end_of_two(across, g->across, g->n_across, near, true),
           top = end_of_two(down, g->down, g->n_down, near, false),
           bottom = -end_of_two(down, g->down, g->n_down, near, true);
    bool unused;
    for (int i = 0; i < g->n_across; i++) {
        const Rule *r = &g->map->across.v[g->across[i]];
        *vec_push(&g->ys) = (r->at_from + r->at_to) / 2;
    }
    for (int i = 0; i < g->n_down; i++) {
        const Rule *r = &g->map->down.v[g->down[i]];
        *vec_push(&g->xs) = (r->at_from + r->at_to) / 2;
    }
    gather(&g->ys, near);
    gather(&g->xs, near);
    add_open_sides(&g->xs, left, right, OVERHANG * g->dpi, &unused, &unused);
    add_open_sides(&g->ys, top, bottom, OVERHANG * g->dpi, &g->open_top, &g->open_bottom);
    g->cols = (int)g->xs.n - 1;
    g->rows = (int)g->ys.n - 1;
}

/* ---- 3: what is drawn ---- */

/* Where the grid line near `stop` runs at the place `along`: the nearest rule's own course there. */
static double line_at(const Rules *rules, const int *own, int n, double stop, double along, double near)
{
    double best = stop, off = near;
    for (int i = 0; i < n; i++) {
        const Rule *r = &rules->v[own[i]];
        if (along < r->from - near || along > r->to + near) continue;
        double at = rule_at(r, along);
        if (fabs(at - stop) < off) best = at, off = fabs(at - stop);
    }
    return best;
}

static double y_at(const RuleGrid *g, int line, double x)
{
    return line_at(&g->map->across, g->across, g->n_across, g->ys.v[line], x, SAME_LINE * g->dpi);
}

static double x_at(const RuleGrid *g, int line, double y)
{
    return line_at(&g->map->down, g->down, g->n_down, g->xs.v[line], y, SAME_LINE * g->dpi);
}

static bool bit(PIX *pix, int x, int y)
{
    if (x < 0 || y < 0 || x >= pixGetWidth(pix) || y >= pixGetHeight(pix)) return false;
    return GET_DATA_BIT(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), x);
}

static bool ink_beside(PIX *pix, int x, int y, int reach, bool down)
{
    for (int i = -reach; i <= reach; i++)
        if (down ? bit(pix, x + i, y) : bit(pix, x, y + i)) return true;
    return false;
}

static bool is_drawn_above(const RuleGrid *g, int row, int col)
{
    int from = (int)g->xs.v[col], to = (int)g->xs.v[col + 1], hit = 0, reach = (int)(BAND * g->dpi) + 1;
    for (int x = from; x < to; x++)
        hit += ink_beside(g->map->across_ink, x, (int)y_at(g, row, x), reach, false);
    return hit >= DRAWN * (to - from);
}

/* Of the piece's length, the share that is drawn. */
static double share_left(const RuleGrid *g, int row, int col)
{
    int from = (int)g->ys.v[row], to = (int)g->ys.v[row + 1], hit = 0, reach = (int)(BAND * g->dpi) + 1;
    for (int y = from; y < to; y++) hit += ink_beside(g->map->down_ink, (int)x_at(g, col, y), y, reach, true);
    return to > from ? (double)hit / (to - from) : 1;
}

#define ABOVE(g, r, c) (g)->drawn_above[(r) * (g)->cols + (c)]
#define LEFT(g, r, c)  (g)->drawn_left[(r) * ((g)->cols + 1) + (c)]

/* The same from `from` to `to`, nothing bridged: 1 is a line without a gap. */
static double share_solid(const RuleGrid *g, int col, int from, int to)
{
    int hit = 0, reach = (int)(BAND * g->dpi / 2) + 1;
    for (int y = from; y < to; y++)
        hit += ink_beside(g->map->down_solid, (int)x_at(g, col, y), y, reach, true);
    return to > from ? (double)hit / (to - from) : 1;
}

/* In a low row the stem of a letter was bridged to the rules above and below. The white that was bridged tells. */
static bool is_stem(const RuleGrid *g, int row, int col)
{
    enum { PART = 8 }; /* of the row's height, where a stem has white */
    int edge = (int)(BAND * g->dpi / 2), from = (int)g->ys.v[row] + edge, to = (int)g->ys.v[row + 1] - edge,
        part = (to - from) / PART + 1;
    return to - from > 2 * part && share_solid(g, col, from, to) < STEM &&
           share_solid(g, col, from, from + part) == 0 && share_solid(g, col, to - part, to) == 0;
}

static void look_up_pieces(RuleGrid *g)
{
    g->drawn_above = xalloc((size_t)(g->rows + 1) * (size_t)g->cols * sizeof(bool));
    g->drawn_left = xalloc((size_t)g->rows * (size_t)(g->cols + 1) * sizeof(bool));
    for (int r = 0; r <= g->rows; r++)
        for (int c = 0; c < g->cols; c++)
            ABOVE(g, r, c) =
                (r == 0 && g->open_top) || (r == g->rows && g->open_bottom) || is_drawn_above(g, r, c);
    for (int r = 0; r < g->rows; r++)
        for (int c = 0; c <= g->cols; c++)
            LEFT(g, r, c) = c == 0 || c == g->cols || (share_left(g, r, c) >= DRAWN && !is_stem(g, r, c));
}

static void drop_stop(Stops *s, int i)
{
    for (size_t k = (size_t)i + 1; k < s->n; k++) s->v[k - 1] = s->v[k];
    s->n--;
}

static bool any_above(const RuleGrid *g, int row)
{
    for (int c = 0; c < g->cols; c++)
        if (ABOVE(g, row, c)) return true;
    return false;
}

/* Whether the line is whole in some rows that follow each other, as in a list that takes part of a table. */
static bool is_whole_somewhere(const RuleGrid *g, int col)
{
    double high = 0, least = WHOLE_HIGH * g->dpi;
    for (int r = 0; r < g->rows && high < least; r++) {
        double top = g->ys.v[r], bottom = g->ys.v[r + 1];
        high =
            LEFT(g, r, col) && share_solid(g, col, (int)top, (int)bottom) >= WHOLE ? high + bottom - top : 0;
    }
    return high >= least;
}

/* Whether a rule of some length parts the columns here. In a low row the stem and the dots of an ị between two rules look
 * like a piece of a rule. Several such words may stand below each other. */
static bool parts_columns(const RuleGrid *g, int col)
{
    double drawn = 0, height = g->ys.v[g->rows] - g->ys.v[0];
    for (int r = 0; r < g->rows; r++)
        if (LEFT(g, r, col)) drawn += g->ys.v[r + 1] - g->ys.v[r];
    return drawn > 0 && (drawn >= LEAST_PARTING * height || g->rows <= 3 || is_whole_somewhere(g, col));
}

/* A grid line that is nowhere drawn came from a stray stroke. True when one went. */
static bool drop_undrawn(RuleGrid *g)
{
    for (int r = 1; r < g->rows; r++)
        if (!any_above(g, r)) {
            drop_stop(&g->ys, r);
            g->rows--;
            return true;
        }
    for (int c = 1; c < g->cols; c++)
        if (!parts_columns(g, c)) {
            drop_stop(&g->xs, c);
            g->cols--;
            return true;
        }
    return false;
}

static void find_pieces(RuleGrid *g)
{
    look_up_pieces(g);
    while (drop_undrawn(g)) {
        free(g->drawn_above);
        free(g->drawn_left);
        look_up_pieces(g);
    }
}

/* ---- 4: cells ---- */

typedef struct Span {
    int row, col, end_row, end_col; /* ends are past the last */
} Span;

/* Joins squares with no rule between; each root keeps the rectangle round its squares. */
static void join_squares(const RuleGrid *g, int *parent, Span *span)
{
    int n = g->rows * g->cols;
    for (int i = 0; i < n; i++) {
        parent[i] = i;
        span[i] = (Span){i / g->cols, i % g->cols, i / g->cols + 1, i % g->cols + 1};
    }
    for (int i = 0; i < n; i++) {
        int r = i / g->cols, c = i % g->cols;
        if (r > 0 && !ABOVE(g, r, c)) parent[find_root(parent, i)] = find_root(parent, i - g->cols);
        if (c > 0 && !LEFT(g, r, c)) parent[find_root(parent, i)] = find_root(parent, i - 1);
    }
}

static void widen(Span *a, const Span *b)
{
    if (b->row < a->row) a->row = b->row;
    if (b->col < a->col) a->col = b->col;
    if (b->end_row > a->end_row) a->end_row = b->end_row;
    if (b->end_col > a->end_col) a->end_col = b->end_col;
}

/* Takes in whatever lies inside a cell's rectangle until nothing changes: an L is not a cell. */
static void make_rectangles(const RuleGrid *g, int *parent, Span *span)
{
    bool changed = true;
    for (int i = 0; i < g->rows * g->cols; i++) widen(&span[find_root(parent, i)], &span[i]);
    while (changed) {
        changed = false;
        for (int i = 0; i < g->rows * g->cols; i++) {
            if (find_root(parent, i) != i) continue;
            Span s = span[i];
            for (int r = s.row; r < s.end_row; r++)
                for (int c = s.col; c < s.end_col; c++) {
                    int root = find_root(parent, r * g->cols + c), mine = find_root(parent, i);
                    if (root == mine) continue;
                    parent[root] = mine;
                    widen(&span[mine], &span[root]);
                    changed = true;
                }
        }
    }
}

/* The inside of a span: the grid lines' own course at its middle. */
static Rect span_rect(const RuleGrid *g, const Span *s, const Page *page)
{
    double mid_x = (g->xs.v[s->col] + g->xs.v[s->end_col]) / 2,
           mid_y = (g->ys.v[s->row] + g->ys.v[s->end_row]) / 2;
    int x = (int)lround(x_at(g, s->col, mid_y)), y = (int)lround(y_at(g, s->row, mid_x));
    int right = (int)lround(x_at(g, s->end_col, mid_y)), bottom = (int)lround(y_at(g, s->end_row, mid_x));
    return rect_clip((Rect){x, y, right - x, bottom - y}, page->upright_width, page->upright_height);
}

static void add_cells(const RuleGrid *g, Page *page, Table *table)
{
    size_t n = (size_t)g->rows * (size_t)g->cols;
    int *parent = xalloc(n * sizeof *parent);
    Span *span = xalloc(n * sizeof *span);
    join_squares(g, parent, span);
    make_rectangles(g, parent, span);
    for (int i = 0; i < (int)n; i++) {
        const Span *s = &span[find_root(parent, i)];
        if (s->row != i / g->cols || s->col != i % g->cols) continue;
        Cell *cell = vec_push(&page->cells);
        cell->row = s->row, cell->col = s->col;
        cell->rowspan = s->end_row - s->row, cell->colspan = s->end_col - s->col;
        cell->at = span_rect(g, s, page);
        table->at = rect_union(table->at, cell->at);
        table->cells++;
    }
    free(parent);
    free(span);
}

static void mark_strays(const Rules *rules, const int *own, int n, const Stops *stops, double near)
{
    for (int i = 0; i < n; i++) {
        Rule *r = &rules->v[own[i]];
        double middle = (r->at_from + r->at_to) / 2, off = INFINITY;
        for (size_t k = 0; k < stops->n; k++) off = fmin(off, fabs(stops->v[k] - middle));
        r->stray = off > near;
    }
}

/* A frame of one cell is not a table. */
static void add_table(RuleGrid *g, Page *page)
{
    find_lines(g);
    if (g->rows < 1 || g->cols < 1 || g->rows * g->cols < 2 || g->rows > MOST_LINES || g->cols > MOST_LINES)
        return;
    find_pieces(g);
    Table table = {.kind = TABLE_RULED, .rows = g->rows, .cols = g->cols, .first_cell = (int)page->cells.n};
    table.open_top = g->open_top, table.open_bottom = g->open_bottom;
    add_cells(g, page, &table);
    if (table.cells < 2) {
        page->cells.n = (size_t)table.first_cell;
        return;
    }
    mark_strays(&g->map->across, g->across, g->n_across, &g->ys, SAME_LINE * g->dpi);
    mark_strays(&g->map->down, g->down, g->n_down, &g->xs, SAME_LINE * g->dpi);
    *vec_push(&page->tables) = table;
}

static void add_group(const RuleMap *map, int *parent, int root, Page *page)
{
    int na = (int)map->across.n, nd = (int)map->down.n;
    int *across = xalloc(sizeof *across * (size_t)(na + 1)), *down = xalloc(sizeof *down * (size_t)(nd + 1));
    RuleGrid g = {.map = map, .across = across, .down = down, .dpi = page->dpi};
    for (int i = 0; i < na; i++)
        if (find_root(parent, i) == root) across[g.n_across++] = i;
    for (int i = 0; i < nd; i++)
        if (find_root(parent, na + i) == root) down[g.n_down++] = i;
    if (g.n_across >= 2 && g.n_down >= 1) add_table(&g, page);
    vec_release(&g.xs);
    vec_release(&g.ys);
    free(g.drawn_above);
    free(g.drawn_left);
    free(across);
    free(down);
}

/* The group of rules that begins highest of those that begin below `top`, or at it after the group `last`; -1:
 * none is left. */
static int next_group(const RuleMap *map, const int *root, const double *tops, double top, int last)
{
    int next = -1, n = (int)(map->across.n + map->down.n);
    for (int i = 0; i < n; i++)
        if (root[i] == i && (tops[i] > top || (tops[i] == top && i > last)) &&
            (next < 0 || tops[i] < tops[next]))
            next = i;
    return next;
}

void grid_find(const RuleMap *map, Page *page)
{
    int n = (int)(map->across.n + map->down.n), *root = rules_join(map, page->dpi);
    double *tops = xalloc(sizeof *tops * (size_t)(n + 1));
    for (int i = 0; i < n; i++) tops[i] = INFINITY;
    for (size_t i = 0; i < map->across.n; i++)
        tops[root[i]] = fmin(tops[root[i]], (map->across.v[i].at_from + map->across.v[i].at_to) / 2);
    for (int i = next_group(map, root, tops, -INFINITY, -1); i >= 0 && tops[i] < INFINITY;
         i = next_group(map, root, tops, tops[i], i))
        add_group(map, root, i, page);
    free(tops);
    free(root);
}

/* ---- blank cells ---- */

bool ink_has_text(PIX *ink, Rect r, int dpi)
{
    if (rect_empty(r)) return false;
    BOX *box = boxCreate(r.x, r.y, r.w, r.h);
    PIX *part = pixClipRectangle(ink, box, NULL);
    boxDestroy(&box);
    if (!part) return false;
    bool found = false;
    Bits bits = bits_of(part);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n && !found; i++) found = pieces.v.v[i].h >= LETTER * dpi;
    pieces_release(&pieces);
    pixDestroy(&part);
    return found;
}

static bool mark_table(PIX *ink, Page *page, const Table *t)
{
    bool any = false;
    for (int i = 0; i < t->cells; i++) {
        Cell *cell = &page->cells.v[t->first_cell + i];
        cell->blank = !ink_has_text(ink, rect_grow(cell->at, -2), page->dpi);
        any = any || !cell->blank;
    }
    return any;
}

void grid_keep(Page *page, const bool *keep)
{
    size_t cells = 0, kept = 0;
    page->blocks.n = 0;
    for (size_t i = 0; i < page->tables.n; i++) {
        Table t = page->tables.v[i];
        if (!keep[i]) continue;
        for (int k = 0; k < t.cells; k++) page->cells.v[cells + (size_t)k] = page->cells.v[t.first_cell + k];
        t.first_cell = (int)cells;
        cells += (size_t)t.cells;
        *vec_push(&page->blocks) = (Block){.kind = BLOCK_TABLE, .at = t.at, .table = (int)kept};
        page->tables.v[kept++] = t;
    }
    page->cells.n = cells;
    page->tables.n = kept;
}

void grid_mark_blank(PIX *ink, Page *page)
{
    bool *keep = xalloc((page->tables.n + 1) * sizeof *keep);
    for (size_t i = 0; i < page->tables.n; i++) keep[i] = mark_table(ink, page, &page->tables.v[i]);
    grid_keep(page, keep);
    free(keep);
}
