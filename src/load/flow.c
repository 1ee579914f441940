/* Lines of text are appended as they come. Blocks (paragraphs, tables, ends of pages) and cells say which lines are
 * theirs. An open table keeps its cells and its blocks separately until it ends, because it may still turn out not to be a
 * table.
 *
 * Example: "menu | article" over "address | imprint" round a whole web page is there for the looks, so its blocks count.
 * In "4 | Trần Phú | (a table of two names)" below twenty such rows its cells count, and the table inside becomes lines of
 * its cell. */
#include "load/flow_private.h"

#include "base/viet.h"
#include "load/charset.h"

#include <string.h>

enum {
    MOST_SPAN = 4096, /* rows that a cell may reach down */
    PAGE_ROWS = 400,  /* of one table, after which a page ends where no cell reaches across */
    LONG_CELL = 20,   /* lines; a cell that holds more round a table is a part of the page */
};

Flow *flow_new(void)
{
    return xalloc(sizeof(Flow));
}

static void free_table(OpenTable *t)
{
    vec_release(&t->cells);
    vec_release(&t->blocks);
    free(t);
}

void flow_free(Flow *f)
{
    if (!f) return;
    for (int i = 0; i < f->depth; i++) {
        free_table(f->open[i]);
    }
    vec_release(&f->runs);
    vec_release(&f->lines);
    vec_release(&f->blocks);
    vec_release(&f->cells);
    vec_release(&f->pages);
    buf_release(&f->line);
    arena_release(&f->arena);
    free(f);
}

static OpenTable *top(const Flow *f)
{
    return f->depth ? f->open[f->depth - 1] : NULL;
}

bool flow_in_table(const Flow *f)
{
    return f->depth > 0;
}

/* ---- text ---- */

void flow_font(Flow *f, const char *name)
{
    f->capitals = false;
    f->charset = name ? charset_of_font(name, &f->capitals) : CHARSET_UTF8;
}

void flow_text(Flow *f, const char *utf8, size_t n)
{
    size_t from = f->line.len;
    buf_addn(&f->line, utf8, n);
    if (f->charset == CHARSET_UTF8 || !n) return;
    FlowRun *last = f->runs.n ? &f->runs.v[f->runs.n - 1] : NULL;
    if (last && last->line == (int)f->lines.n && last->to == from && last->charset == f->charset &&
        last->capitals == f->capitals)
        last->to = f->line.len;
    else
        *vec_push(&f->runs) = (FlowRun){.line = (int)f->lines.n,
                                        .from = from,
                                        .to = f->line.len,
                                        .charset = f->charset,
                                        .capitals = f->capitals};
}

void flow_tab(Flow *f)
{
    static const char wide[] = "   "; /* white space wider than between words parts columns */
    buf_addn(&f->line, wide, sizeof wide - 1);
}

static bool is_blank(const Buf *b)
{
    int32_t c;
    for (size_t i = 0; i < b->len;) {
        i += utf8_decode(b->s + i, b->len - i, &c);
        if (!viet_is_space(c)) return false;
    }
    return true;
}

void flow_line(Flow *f)
{
    if (!is_blank(&f->line))
        *vec_push(&f->lines) = arena_strn(&f->arena, f->line.s, f->line.len);
    else
        while (f->runs.n && f->runs.v[f->runs.n - 1].line == (int)f->lines.n) f->runs.n--;
    buf_clear(&f->line);
}

/* Where blocks go that are not in the `depth`-th open table and those below it. */
static FlowBlocks *blocks_at(Flow *f, int depth)
{
    return depth > 0 ? &f->open[depth - 1]->blocks : &f->blocks;
}

static void add_para(FlowBlocks *to, int first, int n, int column, int side)
{
    if (n)
        *vec_push(to) =
            (FlowBlock){.kind = FLOW_PARA, .first = first, .n = n, .column = column, .side = side};
}

void flow_para(Flow *f)
{
    OpenTable *t = top(f);
    flow_line(f);
    add_para(blocks_at(f, t && !t->in_cell ? f->depth - 1 : f->depth), f->para_line,
             (int)f->lines.n - f->para_line, 0, 0);
    f->para_line = (int)f->lines.n;
}

void flow_page(Flow *f)
{
    flow_para(f);
    if (!f->depth) *vec_push(&f->blocks) = (FlowBlock){.kind = FLOW_PAGE};
}

static void add_letters(Buf *b, int n, char first)
{
    if (n > 26) add_letters(b, (n - 1) / 26, first);
    buf_addc(b, (char)(first + (n - 1) % 26));
}

static void add_roman(Buf *b, int n, bool upper)
{
    static const struct {
        int value;
        const char *sign;
    } signs[] = {{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"},
                 {40, "xl"},  {10, "x"},   {9, "ix"},  {5, "v"},    {4, "iv"},  {1, "i"}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].value; n -= signs[i].value)
            for (const char *s = signs[i].sign; *s; s++) buf_addc(b, upper ? (char)(*s - 0x20) : *s);
}

void flow_number(Flow *f, char format, int n)
{
    enum { MOST_ROMAN = 3999 };
    bool roman = (format == 'i' || format == 'I') && n <= MOST_ROMAN;
    if (n < 1 && format != '1')
        buf_addc(&f->line, '-');
    else if (roman)
        add_roman(&f->line, n, format == 'I');
    else if (format == 'a' || format == 'A')
        add_letters(&f->line, n, format);
    else if (format == '1' || format == 'i' || format == 'I')
        buf_addf(&f->line, "%d", n);
    else
        buf_addc(&f->line, '-');
}

/* ---- tables ---- */

static void end_cell(Flow *f)
{
    OpenTable *t = top(f);
    flow_para(f);
    if (t && t->in_cell && t->cells.n) {
        FlowCell *c = &t->cells.v[t->cells.n - 1];
        c->lines = (int)f->lines.n - c->first_line;
    }
    if (t) t->in_cell = false;
}

/* What the cells hold becomes paragraphs, side by side when the table is one row. Tables inside stay what they were found
 * to be. */
static void dissolve(Flow *f, const OpenTable *t, bool columns)
{
    FlowBlocks *to = blocks_at(f, f->depth);
    int side = columns && !t->inner ? ++f->sides : 0;
    for (size_t i = 0; t->inner && i < t->blocks.n; i++) *vec_push(to) = t->blocks.v[i];
    for (size_t i = 0; !t->inner && i < t->cells.n; i++)
        add_para(to, t->cells.v[i].first_line, t->cells.v[i].lines, side ? t->cells.v[i].col + 1 : 0, side);
}

void flow_table(Flow *f)
{
    if (f->depth == MOST_NESTED) {
        f->ignored++;
        return;
    }
    flow_para(f);
    f->open[f->depth] = xalloc(sizeof(OpenTable));
    f->open[f->depth++]->row = -1;
}

void flow_row(Flow *f)
{
    OpenTable *t = f->ignored ? NULL : top(f);
    if (!t) return;
    end_cell(f);
    t->row++;
    t->col = 0;
}

static int at_most(int n, int most)
{
    return n < 1 ? 1 : n > most ? most : n;
}

static void step_over_busy(OpenTable *t)
{
    while (t->col < MOST_COLUMNS && t->busy[t->col] > t->row) t->col++;
}

void flow_skip(Flow *f, int columns)
{
    OpenTable *t = f->ignored ? NULL : top(f);
    if (t && columns > 0) t->col += at_most(columns, MOST_COLUMNS);
}

/* A cell beyond the last column goes on with the text of the one before. */
void flow_cell(Flow *f, int colspan, int rowspan)
{
    OpenTable *t = f->ignored ? NULL : top(f);
    if (!t) return;
    if (t->row < 0) flow_row(f);
    end_cell(f);
    step_over_busy(t);
    t->in_cell = true;
    if (t->col >= MOST_COLUMNS) return;
    FlowCell c = {
        .row = t->row, .col = t->col, .rowspan = at_most(rowspan, MOST_SPAN), .first_line = (int)f->lines.n};
    while (c.colspan < at_most(colspan, MOST_COLUMNS) && t->col < MOST_COLUMNS && t->busy[t->col] <= t->row) {
        t->busy[t->col++] = c.row + c.rowspan;
        c.colspan++;
    }
    t->cell_of[c.col] = (int)t->cells.n + 1;
    *vec_push(&t->cells) = c;
}

void flow_cell_up(Flow *f, int colspan)
{
    OpenTable *t = f->ignored ? NULL : top(f);
    FlowCell *above = NULL;
    if (!t) return;
    end_cell(f);
    if (t->col < MOST_COLUMNS && t->cell_of[t->col]) above = &t->cells.v[t->cell_of[t->col] - 1];
    if (!above || above->row + above->rowspan != t->row) {
        flow_cell(f, colspan, 1);
        return;
    }
    above->rowspan++;
    t->col += at_most(colspan, MOST_COLUMNS);
}

/* Rows first .. end - 1 as a table of their own. */
static void add_table(Flow *f, const FlowCells *cells, int first, int end, int cols)
{
    FlowBlock b = {.kind = FLOW_TABLE, .first = (int)f->cells.n, .rows = end - first, .cols = cols};
    for (size_t i = 0; i < cells->n; i++) {
        FlowCell c = cells->v[i];
        if (c.row < first || c.row >= end) continue;
        c.row -= first;
        *vec_push(&f->cells) = c;
    }
    b.n = (int)f->cells.n - b.first;
    if (b.n) *vec_push(blocks_at(f, f->depth)) = b;
}

/* A long table is cut into pages between rows that no cell joins. */
static void add_tables(Flow *f, const OpenTable *t, int rows, int cols)
{
    int first = 0, reach = 0;
    size_t cell = 0;
    FlowCells part = {0};
    for (int row = 0; row < rows; row++) {
        if (row - first >= PAGE_ROWS && reach <= row) {
            add_table(f, &part, first, row, cols);
            if (!f->depth) *vec_push(&f->blocks) = (FlowBlock){.kind = FLOW_PAGE};
            vec_clear(&part);
            first = row;
        }
        for (; cell < t->cells.n && t->cells.v[cell].row == row; cell++) {
            FlowCell c = t->cells.v[cell];
            if (c.row + c.rowspan > reach) reach = c.row + c.rowspan;
            *vec_push(&part) = c;
        }
    }
    add_table(f, &part, first, rows, cols);
    vec_release(&part);
}

/* Most rows of a table of data have two or more cells with text and without a table in them. Of a table round a whole page
 * few rows have. */
static bool holds_data(const OpenTable *t, int rows)
{
    int plain = 0, filled = 0;
    for (size_t i = 0; i < t->cells.n; i++) {
        const FlowCell *c = &t->cells.v[i];
        bool first = !i || c->row != t->cells.v[i - 1].row, last = i + 1 == t->cells.n || c[1].row != c->row;
        if (c->lines > LONG_CELL) return false;
        if (first) filled = 0;
        filled += c->lines > 0;
        if (c->grid) filled -= MOST_COLUMNS;
        plain += last && filled >= 2;
    }
    return 2 * plain > rows;
}

/* Whether it is a table of rows and columns. A span to where no other cell begins says nothing: rows and columns end with
 * the last cell's. */
static bool finish_table(Flow *f, OpenTable *t)
{
    int rows = t->row + 1, cols = 0;
    for (size_t i = 0; i < t->cells.n; i++)
        if (t->cells.v[i].col + 1 > cols) cols = t->cells.v[i].col + 1;
    for (size_t i = 0; i < t->cells.n; i++) {
        FlowCell *c = &t->cells.v[i];
        if (c->row + c->rowspan > rows) c->rowspan = rows - c->row;
        if (c->col + c->colspan > cols) c->colspan = cols - c->col;
    }
    bool grid = rows > 1 && cols > 1 && (!t->inner || holds_data(t, rows));
    if (grid)
        add_tables(f, t, rows, cols);
    else
        dissolve(f, t, cols > 1);
    return grid;
}

void flow_table_end(Flow *f)
{
    if (f->ignored) {
        f->ignored--;
        return;
    }
    OpenTable *t = top(f), *outer;
    if (!t) return;
    end_cell(f);
    f->depth--;
    bool grid = finish_table(f, t);
    free_table(t);
    f->para_line = (int)f->lines.n;
    if (!(outer = top(f))) return;
    outer->inner++;
    if (outer->in_cell && outer->cells.n && grid) outer->cells.v[outer->cells.n - 1].grid = true;
}
