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

/* "(1)", "(2)", "(3)": columns that are counted, under the header; anew in each list of several side by side. */
static bool counts_columns(const Grid *g, int row)
{
    int expected = 1, all = 0;
    bool bracket = false;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row) continue;
        int no = 0;
        for (int i = 0; i < cell->run.n && !no && run_words(cell->run) == 1; i++)
            no = ordinal_read(&cell->run.v[i], expected);
        if (no != expected && no != 1) return false;
        bracket |= cell->run.v[0].mark == '(' || cell->run.v[0].mark == '|'; /* "(1)", "[1]" */
        expected = no + 1, all++;
    }
    return all > 2 || (all == 2 && bracket && expected > 2);
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
static HeaderLike like_header(Doc *doc, const XCell *c)
{
    Header h = header_read(&doc->a, doc->names, c->run);
    int unit;
    if (h.kind) return (HeaderLike)(LIKE_KIND + (int)h.kind);
    if (h.side) return LIKE_SIDE;
    if (h.district && unit_word(c->run, &unit)) return LIKE_DISTRICT; /* not "Hòa Châu - huyện Hòa Vang" */
    if (h.level && c->colspan > 1) return LIKE_LEVEL;
    return evidence_is(evidence_read(c->run)) ? LIKE_EVIDENCE : LIKE_NONE;
}

/* Counts the cells of the row, each in its column, by what makes them look like a header's. */
static void count_row(Doc *doc, const Grid *g, int row)
{
    for (int col = 0; col < g->t->cols; col++) {
        const XCell *c = cell_at(g, row, col);
        if (!c || c->row != row || c->col != col || !c->run.n) continue;
        int *n = g->like_header + (size_t)col * (HEADER_LIKES + 1);
        CellKind kind = cell_kind(c->run);
        bool name = kind == CELL_SCHOOL || kind == CELL_NAME;
        n[name ? LIKE_NONE : like_header(doc, c)]++, n[HEADER_LIKES]++;
    }
}

/* Of a column's cells; behind these counts stands that of all. A header that comes again and again counts once. */
static const int *count_likes(Doc *doc, const Grid *g, int col)
{
    const int *n = g->like_header + (size_t)col * (HEADER_LIKES + 1);
    if (n[HEADER_LIKES]) return n;
    Map seen = {0};
    memset(g->like_header, 0, (size_t)g->t->cols * (HEADER_LIKES + 1) * sizeof *g->like_header);
    for (int r = 0; r < g->t->rows; r++)
        if (!(*map_at(&seen, row_letters(g, r)))++) count_row(doc, g, r);
    map_release(&seen);
    return n;
}

/* A header is unlike what stands below it: "quận 3" in a column of districts is none, nor "Giao lưu" among notes. */
static bool is_header_cell(Doc *doc, const Grid *g, const XCell *c)
{
    enum {
        FEW = 3,
        SHARE = 30,
        MORE = 6,
        ANY_SHARE = 40
    }; /* other cells; per cent of them that are like it */
    HeaderLike like = like_header(doc, c);
    if (!like) return false;
    const int *n = count_likes(doc, g, c->col);
    int alike = n[like] - 1, all = n[HEADER_LIKES] - 1, any = all - n[LIKE_NONE];
    if (all < FEW || like == LIKE_KIND + HEADER_SCHOOL) return true; /* as many names begin with "trường" */
    return alike * 100 <= all * SHARE && (all < MORE || any * 100 <= all * ANY_SHARE);
}

static bool is_in_capitals(const char *s)
{
    for (int32_t c; *s;) {
        s += utf8_decode(s, strlen(s), &c);
        if (viet_is_letter(c) && !viet_is_upper(c)) return false;
    }
    return true;
}

/* What stands before a bracket, a dash, a comma or the next line. */
static Run main_part(Run r)
{
    int n = 0;
    while (n < r.n && !(n && (r.v[n].mark == '(' || r.v[n].mark == ',' || r.v[n].mark == '-' || r.v[n].hard)))
        n++;
    return run_part(r, 0, n);
}

/* "Trường Tuổi Thơ" is a name, and so is "TRƯỜNG PHÚ HẢI (TH)"; "TRƯỜNG VỆ TINH", where all is in capitals and nothing
 * stands behind, may be a header. */
static bool is_led_name(Doc *doc, Run r)
{
    Run name = main_part(r);
    if (!tok_word(&r.v[0], WORD_LEAD) || !header_names_school(name)) return false;
    Header h = header_read(&doc->a, doc->names, name);
    bool behind = name.n < r.n && (level_mentioned(r) || district_mentioned(&doc->a, doc->names, r));
    return !h.side && ((!h.district && !is_in_capitals(r.v[0].text)) || behind);
}

bool header_is_name(Doc *doc, Run r)
{
    return run_is_school(r) || is_led_name(doc, r);
}

static bool has_contact(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (r.v[i].sense & SENSE_CONTACT) return true;
    return false;
}

/* What the cells of a row are that begin in it. */
typedef struct HeaderCells {
    int texts, known, levels;
    int alone;   /* known, but not for what the column holds */
    int sides;   /* which say a side of the pairing */
    int schools; /* which could be schools' names */
    bool data;   /* a number or a telephone: it is not a header */
} HeaderCells;

static HeaderCells header_cells(Doc *doc, const Grid *g, int row)
{
    HeaderCells k = {0};
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row || !cell->run.n) continue;
        CellKind kind = cell_kind(cell->run);
        k.data |= kind == CELL_NUMBER || has_contact(cell->run);
        k.schools += header_is_name(doc, cell->run);
        Header h = header_read(&doc->a, doc->names, cell->run);
        bool said = is_header_cell(doc, g, cell);
        k.texts++, k.known += said, k.sides += h.side != HEADER_NO_SIDE;
        k.levels += !said && kind == CELL_LEVEL;
        k.alone += said && h.kind == HEADER_NONE;
    }
    return k;
}

static bool is_header_row(Doc *doc, const Grid *g, int row, bool below)
{
    HeaderCells k = header_cells(doc, g, row);
    int texts = k.texts, known = k.known, levels = k.levels, alone = k.alone;
    if (k.data || k.schools > 1) return false;
    if (k.schools)
        return !below && k.sides && known > 1; /* "Trường MN của thành phố Huế", beside other words */
    if (below && texts > 1 && known + levels == texts) return true; /* one level alone is a heading of rows */
    return known > 1 && 2 * known >= texts && (known > alone || texts == known);
}

bool header_begins(Doc *doc, const Grid *g, int row)
{
    return is_header_row(doc, g, row, false);
}

/* "TT | Phân công cụ thể" over "Trường | Đơn vị phối hợp": the upper of two, whose words alone say little. */
static bool is_upper_row(Doc *doc, const Grid *g, int row)
{
    if (row + 1 >= g->t->rows) return false;
    bool spans = false;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        spans |= cell && cell->row == row && cell->run.n && cell->colspan > 1;
    }
    HeaderCells k = header_cells(doc, g, row);
    return spans && k.texts > 1 && !k.data && !k.schools && is_header_row(doc, g, row + 1, true);
}

static bool begins_header(Doc *doc, const Grid *g, int row)
{
    return row < g->t->rows && (is_header_row(doc, g, row, false) || is_upper_row(doc, g, row));
}

/* Header rows from the top; above them may be a title over the whole width. */
HeaderRows header_rows(Doc *doc, const Grid *g)
{
    enum { TITLES = 2, ALL_HEADER = 3 }; /* rows of a header that is cut off from its list, at most */
    HeaderRows h = {0};
    for (; h.first < TITLES && h.first < g->t->rows && header_title(g, h.first); h.first++)
        evidence_add(&h.evidence, evidence_read(header_title(g, h.first)->run));
    if (!begins_header(doc, g, h.first)) {
        h.first = 0;
        if (!begins_header(doc, g, 0)) return h;
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
    if (end + 1 == g->t->rows && end - h.first >= ALL_HEADER) end = h.first; /* rows that look like it */
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
        if (!p.text) p.shared = c->colspan > 1, p.lowest = c;
        p.text = true;
        if (!p.said.kind) p.said.kind = said.kind;
        if (!p.said.count) p.said.count = said.count;
        if (!p.said.side && said.side) p.said.side = said.side, p.side = c;
        if (!p.said.level) p.said.level = said.level;
        if (!p.said.district) p.said.district = said.district;
        p.said.schools |= said.schools;
        p.said.known |= said.known;
        below = c;
    }
    return p;
}
