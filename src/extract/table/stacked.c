/* A page may hold several tables that the grid took for one:
 *
 *     TT | Họ và tên       | Chức vụ             | Nhiệm vụ
 *     1  | Lê Thị Hoa      | Trưởng phòng        | Trưởng ban
 *     DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA
 *     TT | Trường quận ... | Trường huyện ...    | Thời gian        another header: another table begins
 *
 * The same header once more is the same table, which goes on. A title over the whole width goes with the header below. */
#include "extract/table/table.h"

#include <string.h>

static bool same_header(const char *a, const char *b)
{
    int n = (int)strlen(a), m = (int)strlen(b), most = n / 5;
    return n >= DISTANCE_MOST || m >= DISTANCE_MOST ? strcmp(a, b) == 0
                                                    : edit_distance(a, n, b, m, most) <= most;
}

/* Titles over the header: one text over most of the width. */
static int with_titles(const Grid *g, int row, int least)
{
    enum { MOST = 3 };
    for (int i = 0; i < MOST && row > least; i++) {
        const XCell *title = header_title(g, row - 1);
        Level level;
        if (!title || title->colspan + 1 < g->t->cols || section_level(title->run, &level)) break;
        row--;
    }
    return row;
}

/* The kind that most cells of a column are of. */
static CellKind common_kind(const Grid *g, int col)
{
    int n[CELL_KINDS] = {0}, best = CELL_EMPTY;
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (c && c->row == r && c->col == col && c->run.n) n[cell_kind(c->run)]++;
    }
    for (int i = 0; i < CELL_KINDS; i++)
        if (n[i] > n[best]) best = i;
    return (CellKind)best;
}

/* Is each cell of the row what most of its column are? "Trường Thạnh | quận 3 | Long Hòa | huyện Hóc Môn" goes on with the
 * list, however much "Trường" and "huyện" are words of headers. */
static bool goes_on(const Grid *g, int row, const CellKind *common)
{
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row || !cell->run.n) continue;
        CellKind kind = cell_kind(cell->run);
        bool names = (kind == CELL_SCHOOL || kind == CELL_NAME) &&
                     (common[c] == CELL_SCHOOL || common[c] == CELL_NAME);
        if (kind != common[c] && !names) return false;
    }
    return true;
}

int table_stacked(Doc *doc, const XTable *t, int from[MOST_STACKED + 1])
{
    Grid g = grid_of(&doc->a, t);
    HeaderRows h = header_rows(doc, &g);
    int n = 1, first = h.first + h.n;
    const char *last = h.n ? row_letters(&g, h.first) : "";
    CellKind *common = arena_new(&doc->a, CellKind, (size_t)t->cols + 1);
    for (int c = 0; c < t->cols; c++) common[c] = common_kind(&g, c);
    from[0] = 0;
    for (int r = first > 1 ? first : 1; r < t->rows && n < MOST_STACKED; r++) {
        if (!header_begins(doc, &g, r) || goes_on(&g, r, common)) continue;
        const char *here = row_letters(&g, r);
        if (!same_header(last, here)) {
            from[n] = with_titles(&g, r, from[n - 1] + 1);
            n++, last = here;
        }
        while (r + 1 < t->rows && header_begins(doc, &g, r + 1)) r++;
    }
    from[n] = t->rows;
    return n;
}

const XTable *table_rows(Arena *a, const XTable *t, int from, int to)
{
    XTable *part = arena_dup(a, t, sizeof *t);
    part->rows = to - from, part->cells = 0, part->above = t->above + from;
    part->cell = arena_new(a, XCell, (size_t)t->cells + 1);
    for (int i = 0; i < t->cells; i++) {
        XCell c = t->cell[i];
        int top = c.row > from ? c.row : from, end = c.row + c.rowspan < to ? c.row + c.rowspan : to;
        if (top >= end) continue;
        if (c.row < from) c.run = (Run){0};
        c.row = top - from, c.rowspan = end - top;
        part->cell[part->cells++] = c;
    }
    part->open_top = t->open_top && from == 0, part->open_bottom = t->open_bottom && to == t->rows;
    return part;
}
