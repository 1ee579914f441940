/* The two schools of a pair may stand one below the other, and share a number:
 *
 *     Cặp | Trường   | Địa chỉ           Cặp | Trường  | Địa chỉ | Trường  | Địa chỉ
 *     1   | MN Bưởi  | P. Bưởi     ──►   1   | MN Bưởi | P. Bưởi | MN Yên Bài | X. Yên Bài
 *         | MN Yên Bài | X. Yên Bài
 *
 * Where every number of a table with one column of schools counts two rows, the second row is put beside the first. */
#include "extract/table/table.h"

#include "base/str.h"

/* A row as it begins: with a number, without one, or a heading over all. */
typedef enum CoupleRow { COUPLE_FIRST, COUPLE_SECOND, COUPLE_HEADING, COUPLE_NEITHER } CoupleRow;

/* The only column that may hold schools; -1: there is none, or there are several. */
static int school_column(Doc *doc, const Grid *g, const HeaderRows *h)
{
    int found = -1;
    for (int c = 0; c < g->t->cols; c++) {
        Profile is = column_profile(doc, g, h->first + h->n, c);
        HeaderKind kind = h->n ? header_path(doc, g, h, c).said.kind : HEADER_NONE;
        if (profile_names(&is) <= 0.5 || (kind != HEADER_NONE && kind != HEADER_SCHOOL)) continue;
        if (found >= 0) return -1;
        found = c;
    }
    return found;
}

static CoupleRow row_kind(const Grid *g, int row, int school)
{
    const XCell *no = cell_at(g, row, 0), *name = cell_at(g, row, school),
                *above = row ? cell_at(g, row - 1, 0) : NULL;
    const XCell *title = header_title(g, row);
    if (title && (title->colspan > 1 || title != name)) return COUPLE_HEADING;
    if (!name || name->row != row || name->colspan > 1 || !name->run.n) return COUPLE_NEITHER;
    bool number = no && no->run.n && cell_kind(no->run) == CELL_NUMBER;
    if (!number) return no && no->run.n ? COUPLE_NEITHER : COUPLE_SECOND;
    bool same = above && above->run.n && str_eq(above->run.v[0].text, no->run.v[0].text);
    return no->row < row || same ? COUPLE_SECOND : COUPLE_FIRST;
}

/* Do numbered rows and rows without a number take turns, twice at least? */
static bool are_couples(const Grid *g, int from, int school)
{
    int couples = 0;
    CoupleRow last = COUPLE_HEADING;
    for (int r = from; r < g->t->rows; r++) {
        CoupleRow kind = row_kind(g, r, school);
        if (kind == COUPLE_NEITHER || (last == COUPLE_FIRST) != (kind == COUPLE_SECOND)) return false;
        couples += kind == COUPLE_SECOND;
        last = kind;
    }
    return last != COUPLE_FIRST && couples > 1;
}

/* Copies the cells of a row to the row `to` of `out`, those behind the number `shift` columns further right. */
static void copy_row(XTable *out, const Grid *g, int row, int to, int shift)
{
    for (int c = shift ? 1 : 0; c < g->t->cols; c++) {
        const XCell *from = cell_at(g, row, c);
        if (!from || from->row != row || from->col != c) continue;
        XCell *cell = &out->cell[out->cells++];
        *cell = *from, cell->row = to, cell->col = c + shift, cell->rowspan = 1;
        if (from->colspan == g->t->cols) cell->colspan = out->cols;
    }
}

const XTable *table_of_couples(Doc *doc, const XTable *t, const Carry *carry)
{
    Grid g = grid_of(&doc->a, t);
    HeaderRows h = header_rows(doc, &g);
    int first = h.first + h.n;
    if (t->cols < 2 || t->cols > MOST_COLS / 2 || !evidence_for_twins(doc, h.evidence, carry->heading))
        return t;
    int school = school_column(doc, &g, &h);
    if (school < 1 || !are_couples(&g, first, school)) return t;
    XTable *out = arena_dup(&doc->a, t, sizeof *t);
    out->cols = 2 * t->cols - 1, out->cells = 0, out->rows = 0;
    out->cell = arena_new(&doc->a, XCell, 2 * (size_t)t->cells + 1);
    for (int r = 0; r < t->rows; r++) {
        bool second = r >= first && row_kind(&g, r, school) == COUPLE_SECOND;
        if (second) out->rows--;
        copy_row(out, &g, r, out->rows, second ? t->cols - 1 : 0);
        if (r < first && !header_title(&g, r)) copy_row(out, &g, r, out->rows, t->cols - 1);
        out->rows++;
    }
    return out;
}
