/* A list may lie on its side, the schools along the top:
 *
 *     STT              | 1           | 2           | 3
 *     Trường thứ nhất  | TH Kim Liên | TH Minh Khai | TH Phú Định
 *     Trường thứ hai   | TH Bắc Lý   | TH Lê Lợi   | TH Ba Vì
 *
 * Where the first column holds headers and the first row does not, rows become columns. */
#include "extract/table/table.h"

static bool is_header_here(Doc *doc, const XCell *c)
{
    return header_read(&doc->a, doc->names, c->run).known && !header_is_name(doc, c->run);
}

/* Of the cells that begin in the first column, or in the first row, without the corner: how many are headers. */
static int headers_along(Doc *doc, const Grid *g, bool down, int *all, int *schools)
{
    int known = 0, n = down ? g->t->rows : g->t->cols;
    *all = *schools = 0;
    for (int i = down ? 0 : 1; i < n; i++) {
        const XCell *c = down ? cell_at(g, i, 0) : cell_at(g, 0, i);
        if (!c || !c->run.n || (down ? c->row != i : c->col != i)) continue;
        Header h = header_read(&doc->a, doc->names, c->run);
        ++*all, known += is_header_here(doc, c), *schools += h.kind == HEADER_SCHOOL || h.side;
    }
    return known;
}

static bool is_turned(Doc *doc, const Grid *g)
{
    enum { MOST_ROWS = 16, MOST_SCHOOLS = 5 }; /* rows of schools: one and its partners */
    int all, schools, across, other;
    if (g->t->cols < 2 || g->t->rows < 2 || g->t->rows > MOST_ROWS || g->t->cols > MOST_COLS) return false;
    int down = headers_along(doc, g, true, &all, &schools);
    if (schools < 2 || schools > MOST_SCHOOLS || down * 3 < all * 2) return false;
    return headers_along(doc, g, false, &across, &other) * 2 < across || across < 2;
}

const XTable *table_upright(Doc *doc, const XTable *t)
{
    Grid g = grid_of(&doc->a, t);
    if (!is_turned(doc, &g)) return t;
    XTable *out = arena_dup(&doc->a, t, sizeof *t);
    out->rows = t->cols, out->cols = t->rows;
    out->cell = arena_dup(&doc->a, t->cell, (size_t)t->cells * sizeof *t->cell);
    for (int i = 0; i < t->cells; i++) {
        XCell *c = &out->cell[i];
        c->row = t->cell[i].col, c->col = t->cell[i].row;
        c->rowspan = t->cell[i].colspan, c->colspan = t->cell[i].rowspan;
    }
    return out;
}
