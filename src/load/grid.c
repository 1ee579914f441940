/* The body begins with the first row that has nearly as many cells as the fullest one. The rows right above it that have
 * two cells or more are its header:
 *
 *     UBND QUẬN HÀ ĐÔNG |             | CỘNG HÒA ...           two columns of text
 *     DANH SÁCH TRƯỜNG KẾT NGHĨA                               paragraph
 *     STT | Trường      | Kết nghĩa (2 columns)                header
 *         |             | Trường      | Huyện                  body: three of four cells
 *     1   | MN Hoa Mai  | MN Sơn Đồng | Hoài Đức
 */
#include "load/grid.h"

#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

static const double NEARLY_ALL = 0.7; /* share of the fullest row's cells that the first row of a body has */

/* The rows that have text: cells first..first + n - 1. */
typedef struct GridRow {
    int row, first, n;
} GridRow;

typedef VEC(GridRow) GridRows;

static bool is_blank(const char *s)
{
    int32_t c;
    for (size_t n = strlen(s), i = 0; i < n;) {
        i += utf8_decode(s + i, n - i, &c);
        if (!viet_is_space(c)) return false;
    }
    return true;
}

void grid_put(SheetGrid *g, int row, int col, const char *text)
{
    const GridCell *last = g->cells.n ? &g->cells.v[g->cells.n - 1] : NULL;
    if (row < 0 || row >= GRID_ROWS || col < 0 || col >= GRID_COLUMNS || is_blank(text)) return;
    if (last && (last->row > row || (last->row == row && last->col >= col))) return;
    *vec_push(&g->cells) =
        (GridCell){.row = row, .col = col, .rows = 1, .cols = 1, .text = arena_str(&g->arena, text)};
}

static int by_place(const void *a, const void *b)
{
    const GridCell *x = a, *y = b;
    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->col > y->col) - (x->col < y->col);
}

void grid_merge(SheetGrid *g, int row, int col, int rows, int cols)
{
    GridCell key = {.row = row, .col = col};
    GridCell *c = g->cells.n ? bsearch(&key, g->cells.v, g->cells.n, sizeof key, by_place) : NULL;
    if (!c) return;
    c->rows = rows < 1 ? 1 : rows > GRID_ROWS ? GRID_ROWS : rows;
    c->cols = cols < 1 ? 1 : cols > GRID_COLUMNS - col ? GRID_COLUMNS - col : cols;
}

static void find_rows(const SheetGrid *g, GridRows *rows)
{
    for (int i = 0; i < (int)g->cells.n; i++) {
        if (!rows->n || rows->v[rows->n - 1].row != g->cells.v[i].row)
            *vec_push(rows) = (GridRow){.row = g->cells.v[i].row, .first = i};
        rows->v[rows->n - 1].n++;
    }
}

static bool follows(const GridRows *rows, int i)
{
    return i > 0 && rows->v[i].row == rows->v[i - 1].row + 1;
}

/* The table is rows *from..*to - 1; none where no row has two cells. */
static void find_table(const GridRows *rows, int *from, int *to)
{
    int most = 0, n = (int)rows->n;
    for (int i = 0; i < n; i++)
        if (rows->v[i].n > most) most = rows->v[i].n;
    int need = most * NEARLY_ALL > 2 ? (int)(most * NEARLY_ALL + 0.999) : 2;
    *from = 0, *to = n;
    while (*from < n && rows->v[*from].n < need) ++*from;
    while (*from < n && follows(rows, *from) && rows->v[*from - 1].n > 1) --*from;
    for (int i = n - 1; i > *from && rows->v[i].n < need; i--)
        if (!follows(rows, i)) *to = i;
}

/* Lines of a cell end with "\n". */
static void give_text(const char *s, Flow *f)
{
    for (size_t n; *s; s += n + (s[n] == '\n')) {
        n = strcspn(s, "\n");
        flow_text(f, s, n);
        flow_line(f);
    }
}

/* "UBND QUẬN | CỘNG HÒA" over "PHÒNG GD | Độc lập" are two columns of text, which to a flow is a table of one row. */
static void give_columns(const SheetGrid *g, const GridRows *rows, int from, int to, Flow *f)
{
    const GridCell *first = &g->cells.v[rows->v[from].first],
                   *end = &g->cells.v[rows->v[to - 1].first + rows->v[to - 1].n];
    flow_table(f);
    flow_row(f);
    for (int col = 0; col < GRID_COLUMNS; col++) {
        bool begun = false;
        for (const GridCell *c = first; c < end; c++) {
            if (c->col != col) continue;
            if (!begun) flow_cell(f, 1, 1), begun = true;
            give_text(c->text, f);
            flow_para(f);
        }
    }
    flow_table_end(f);
}

/* What stands round the table: rows of one cell are paragraphs. */
static void give_text_rows(const SheetGrid *g, const GridRows *rows, int from, int to, Flow *f)
{
    for (int i = from, next; i < to; i = next) {
        for (next = i + 1; next < to && rows->v[i].n > 1 && rows->v[next].n > 1;) next++;
        if (rows->v[i].n > 1) {
            give_columns(g, rows, i, next, f);
        } else {
            give_text(g->cells.v[rows->v[i].first].text, f);
            flow_para(f);
        }
    }
}

/* How many of the rows from i on the cell reaches into; those without text do not count. */
static int reach(const GridRows *rows, int i, int to, int last)
{
    int n = 1;
    while (i + n < to && rows->v[i + n].row <= last) n++;
    return n;
}

static void give_table(const SheetGrid *g, const GridRows *rows, int from, int to, Flow *f)
{
    int busy[GRID_COLUMNS] = {0}; /* the row before which a cell above reaches into the column */
    bool used[GRID_COLUMNS] = {false};
    for (int i = rows->v[from].first; i < rows->v[to - 1].first + rows->v[to - 1].n; i++)
        used[g->cells.v[i].col] = true;
    flow_table(f);
    for (int i = from; i < to; i++) {
        const GridCell *cell = &g->cells.v[rows->v[i].first], *end = cell + rows->v[i].n;
        flow_row(f);
        for (int col = 0; col < GRID_COLUMNS; col++) {
            if (!used[col] || busy[col] > i) continue;
            while (cell < end && cell->col < col) cell++;
            int span = 0, down = 1, here = cell < end && cell->col == col;
            if (here) down = reach(rows, i, to, cell->row + cell->rows - 1);
            for (int k = col; k < col + (here ? cell->cols : 1); k++)
                if (used[k]) span++, busy[k] = i + down;
            flow_cell(f, span, down);
            if (here) give_text(cell->text, f);
        }
    }
    flow_table_end(f);
}

void grid_give(const SheetGrid *g, Flow *f)
{
    GridRows rows = {0};
    int from, to;
    find_rows(g, &rows);
    find_table(&rows, &from, &to);
    if (from > (int)rows.n) from = (int)rows.n;
    give_text_rows(g, &rows, 0, from, f);
    if (from < to) give_table(g, &rows, from, to, f);
    give_text_rows(g, &rows, to > from ? to : from, (int)rows.n, f);
    vec_release(&rows);
}

void grid_release(SheetGrid *g)
{
    vec_release(&g->cells);
    arena_release(&g->arena);
    *g = (SheetGrid){0};
}
