/* A header of two levels:
 *
 *     TT | Đơn vị hỗ trợ      | Đơn vị được hỗ trợ
 *        | Tên trường | Quận  | Tên trường | Huyện
 *
 * The path of the fourth column is "Đơn vị được hỗ trợ", "Tên trường". The lowest cell says that it holds schools, the
 * one above it that they are the partners. */
#include "extract/table/table.h"

#include "base/viet.h"

#include <string.h>

/* "(1)", "(2)", "(3)": columns that are counted, under the header. */
static bool counts_columns(const Grid *g, int row)
{
    int expected = 1;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row) continue;
        int no = 0;
        for (int i = 0; i < cell->run.n && !no; i++) no = ordinal_read(&cell->run.v[i], expected);
        if (no != expected++) return false;
    }
    return expected > 3;
}

const XCell *header_title(const Grid *g, int row)
{
    const XCell *only = NULL;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row || !cell->run.n) continue;
        if (only) return NULL;
        only = cell;
    }
    return only;
}

/* "MẦM NON" over three columns is a header's, in a row beside others. */
static bool is_header_cell(Doc *doc, const XCell *c)
{
    Header h = header_read(&doc->a, doc->names, c->run);
    return h.kind || h.side || h.district || (h.level && c->colspan > 1) ||
           evidence_is(evidence_read(c->run));
}

static bool is_in_capitals(const char *s)
{
    for (int32_t c; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        if (viet_is_letter(c) && !viet_is_upper(c)) return false;
    }
    return true;
}

/* "Trường Tuổi Thơ" is a name; "TRƯỜNG THUẬN LỢI", where all is in capitals, may be a header. */
static bool is_led_name(Doc *doc, Run r)
{
    if (cell_kind(r) != CELL_SCHOOL || !tok_word(&r.v[0], WORD_LEAD)) return false;
    Header h = header_read(&doc->a, doc->names, r);
    return !h.side && !h.district && !is_in_capitals(r.v[0].text);
}

static bool is_header_row(Doc *doc, const Grid *g, int row, bool below)
{
    int texts = 0, known = 0, levels = 0, alone = 0;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row || !cell->run.n) continue;
        CellKind kind = cell_kind(cell->run);
        if (kind == CELL_NUMBER || run_is_school(cell->run) || is_led_name(doc, cell->run)) return false;
        texts++;
        bool said = is_header_cell(doc, cell);
        known += said;
        levels += !said && kind == CELL_LEVEL;
        alone += said && header_read(&doc->a, doc->names, cell->run).kind == HEADER_NONE;
    }
    if (below && texts > 1 && known + levels == texts) return true; /* one level alone is a heading of rows */
    return known > 1 && 2 * known >= texts && (known > alone || texts == known);
}

bool header_begins(Doc *doc, const Grid *g, int row)
{
    return is_header_row(doc, g, row, false);
}

/* Header rows from the top; above them may be a title over the whole width. */
HeaderRows header_rows(Doc *doc, const Grid *g)
{
    enum { TITLES = 2 };
    HeaderRows h = {0};
    for (; h.first < TITLES && h.first < g->t->rows && header_title(g, h.first); h.first++)
        evidence_add(&h.evidence, evidence_read(header_title(g, h.first)->run));
    if (h.first >= g->t->rows || !is_header_row(doc, g, h.first, false)) {
        h.first = 0;
        if (!g->t->rows || !is_header_row(doc, g, 0, false)) return h;
    }
    int end = h.first;
    for (int r = h.first; r <= end && r < g->t->rows; r++)
        for (int c = 0; c < g->t->cols; c++) {
            const XCell *cell = cell_at(g, r, c);
            bool tall =
                cell && r == h.first && cell->run.n; /* an empty one, between two lists, says nothing */
            if (tall && cell->row + cell->rowspan - 1 > end) end = cell->row + cell->rowspan - 1;
        }
    while (end + 1 < g->t->rows && end - h.first + 1 < MOST_HEADER_ROWS &&
           is_header_row(doc, g, end + 1, true))
        end++;
    h.n = end - h.first + 1;
    for (int i = 0; i < g->t->cells; i++)
        if (g->t->cell[i].row >= h.first && g->t->cell[i].row <= end)
            evidence_add(&h.evidence, evidence_read(g->t->cell[i].run));
    if (end + 1 < g->t->rows && counts_columns(g, end + 1)) h.n++;
    return h;
}

HeaderPath header_path(Doc *doc, const Grid *g, const HeaderRows *h, int col)
{
    HeaderPath p = {0};
    const XCell *below = NULL;
    for (int r = h->first + h->n - 1; r >= h->first; r--) {
        const XCell *c = cell_at(g, r, col);
        if (!c || c == below || !c->run.n || counts_columns(g, r)) continue;
        Header said = header_read(&doc->a, doc->names, c->run);
        if (!p.text) p.shared = c->colspan > 1;
        p.text = true;
        if (!p.said.kind) p.said.kind = said.kind;
        if (!p.said.side) p.said.side = said.side;
        if (!p.said.level) p.said.level = said.level;
        if (!p.said.district) p.said.district = said.district;
        p.said.schools |= said.schools;
        p.said.known |= said.known;
        below = c;
    }
    return p;
}
