/* Lines of text are appended as they come; blocks (paragraphs, tables, ends of pages) and cells say which
 * lines are theirs. A table that is open keeps its cells apart until it ends, for it may still turn out to be
 * no table.
 *
 * "STT | Trường" over "1 | Mầm non Hoa Mai": columns as wide as their longest lines, three characters between
 * them, a line between blocks:
 *
 *     0      6
 *     STT    Trường                 row 1: lines 0
 *     1      Mầm non Hoa Mai        row 2: line 1
 */
#include "stage/load_flow.h"

#include "base/viet.h"
#include "stage/load_charset.h"
#include "stage/load_private.h"

#include <string.h>

enum {
    MOST_COLUMNS = 256, /* of a table; what lies beyond is put into the last */
    MOST_SPAN = 4096,   /* rows that a cell may reach down */
    MOST_NESTED = 12,   /* tables inside tables; deeper ones are text */
    PAGE_LINES = 2000,  /* after which a page ends between two blocks */
    PAGE_ROWS = 400,    /* of one table, after which a page ends where no cell reaches across */
    COLUMN_GAP = 3,     /* characters */
    JUDGED = 32 * 1024, /* bytes of text that are judged for old fonts */
};

typedef enum FlowKind { FLOW_PARA, FLOW_TABLE, FLOW_PAGE } FlowKind;

typedef struct FlowBlock {
    FlowKind kind;
    int first, n;   /* PARA: lines; TABLE: cells */
    int rows, cols; /* TABLE */
    int column;     /* PARA: as Block.column; those of one row of columns have the same `side` */
    int side;       /* 0: alone */
} FlowBlock;

typedef struct FlowCell {
    int row, col, rowspan, colspan;
    int first_line, lines;
} FlowCell;

typedef VEC(FlowCell) FlowCells;

typedef struct OpenTable {
    FlowCells cells;
    int row, col; /* of the next cell; row -1 before the first */
    bool in_cell;
    bool dissolved;         /* it is no table: text goes to paragraphs */
    int busy[MOST_COLUMNS]; /* rows, from 0, before which a cell above reaches into the column */
} OpenTable;

struct Flow {
    Arena arena;
    VEC(const char *) lines;
    VEC(FlowBlock) blocks;
    FlowCells cells;
    OpenTable *open[MOST_NESTED];
    int depth;       /* tables open */
    int ignored;     /* tables open below MOST_NESTED */
    Buf line;        /* begun */
    int para_line;   /* first line of the paragraph */
    Charset charset; /* of the font of what comes */
    bool capitals;   /* and it shows small letters as capitals */
    int sides;       /* rows of columns so far */
    VEC(int) pages;  /* first block of each */
    Charset old;     /* met in the document */
    const char *what;
};

Flow *flow_new(void)
{
    return xalloc(sizeof(Flow));
}

void flow_free(Flow *f)
{
    if (!f) return;
    for (int i = 0; i < f->depth; i++) {
        vec_release(&f->open[i]->cells);
        free(f->open[i]);
    }
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
    if (f->charset == CHARSET_UTF8 || viet_has_own_letter(utf8, n)) {
        buf_addn(&f->line, utf8, n);
        return;
    }
    Buf b = {0};
    f->old = f->charset;
    charset_decode_misread(f->charset, utf8, n, &b);
    buf_add(&f->line, f->capitals ? viet_upper_str(&f->arena, buf_str(&b)) : buf_str(&b));
    buf_release(&b);
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
    if (!is_blank(&f->line)) *vec_push(&f->lines) = arena_strn(&f->arena, f->line.s, f->line.len);
    buf_clear(&f->line);
}

static void add_para(Flow *f, int first, int n, int column, int side)
{
    if (n)
        *vec_push(&f->blocks) =
            (FlowBlock){.kind = FLOW_PARA, .first = first, .n = n, .column = column, .side = side};
}

void flow_para(Flow *f)
{
    OpenTable *t = top(f);
    flow_line(f);
    if (!t || t->dissolved || !t->in_cell) add_para(f, f->para_line, (int)f->lines.n - f->para_line, 0, 0);
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
    if (t && t->in_cell && !t->dissolved && t->cells.n) {
        FlowCell *c = &t->cells.v[t->cells.n - 1];
        c->lines = (int)f->lines.n - c->first_line;
    }
    if (t) t->in_cell = false;
}

/* What its cells hold becomes paragraphs, each row's side by side when the row is all there is. */
static void dissolve(Flow *f, OpenTable *t, bool columns)
{
    int side = columns ? ++f->sides : 0;
    for (size_t i = 0; i < t->cells.n; i++)
        add_para(f, t->cells.v[i].first_line, t->cells.v[i].lines, columns ? t->cells.v[i].col + 1 : 0, side);
    vec_clear(&t->cells);
    t->dissolved = true;
}

void flow_table(Flow *f)
{
    OpenTable *outer = top(f);
    if (f->depth == MOST_NESTED) {
        f->ignored++;
        return;
    }
    if (outer) end_cell(f);
    flow_para(f);
    if (outer && !outer->dissolved) dissolve(f, outer, false);
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
    if (t->dissolved || t->col >= MOST_COLUMNS) return;
    FlowCell c = {
        .row = t->row, .col = t->col, .rowspan = at_most(rowspan, MOST_SPAN), .first_line = (int)f->lines.n};
    while (c.colspan < at_most(colspan, MOST_COLUMNS) && t->col < MOST_COLUMNS && t->busy[t->col] <= t->row) {
        t->busy[t->col++] = c.row + c.rowspan;
        c.colspan++;
    }
    *vec_push(&t->cells) = c;
}

void flow_cell_up(Flow *f, int colspan)
{
    OpenTable *t = f->ignored ? NULL : top(f);
    FlowCell *above = NULL;
    if (!t) return;
    end_cell(f);
    for (size_t i = t->cells.n; i-- > 0 && !above && t->cells.v[i].row + t->cells.v[i].rowspan >= t->row;)
        if (t->cells.v[i].col == t->col && t->cells.v[i].row + t->cells.v[i].rowspan == t->row)
            above = &t->cells.v[i];
    if (!above) {
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
    if (b.n) *vec_push(&f->blocks) = b;
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

/* A span that reaches where no other cell begins says nothing: rows and columns end with the last cell's. */
static void finish_table(Flow *f, OpenTable *t)
{
    int rows = t->row + 1, cols = 0;
    for (size_t i = 0; i < t->cells.n; i++)
        if (t->cells.v[i].col + 1 > cols) cols = t->cells.v[i].col + 1;
    for (size_t i = 0; i < t->cells.n; i++) {
        FlowCell *c = &t->cells.v[i];
        if (c->row + c->rowspan > rows) c->rowspan = rows - c->row;
        if (c->col + c->colspan > cols) c->colspan = cols - c->col;
    }
    if (rows <= 1 || cols <= 1)
        dissolve(f, t, cols > 1);
    else
        add_tables(f, t, rows, cols);
}

void flow_table_end(Flow *f)
{
    if (f->ignored) {
        f->ignored--;
        return;
    }
    OpenTable *t = top(f);
    if (!t) return;
    end_cell(f);
    f->depth--;
    if (!t->dissolved) finish_table(f, t);
    vec_release(&t->cells);
    free(t);
    f->para_line = (int)f->lines.n;
    if (top(f)) top(f)->in_cell = true; /* the rest of the cell the table stood in */
}

/* ---- the end ---- */

static bool is_old(const char *line)
{
    size_t n = strlen(line);
    return !utf8_is_ascii(line, n) && !viet_has_own_letter(line, n);
}

/* Lines whose font was not named, in letters from before Unicode. */
static void convert_old(Flow *f, const Fluent *fluent)
{
    Buf sample = {0};
    for (size_t i = 0; i < f->lines.n && sample.len < JUDGED; i++)
        if (is_old(f->lines.v[i])) buf_addf(&sample, "%s\n", f->lines.v[i]);
    Charset old = sample.len ? encoding_of_font_text(fluent, sample.s, sample.len) : CHARSET_UTF8;
    for (size_t i = 0; old && i < f->lines.n; i++) {
        if (!is_old(f->lines.v[i])) continue;
        buf_clear(&sample);
        charset_decode_misread(old, f->lines.v[i], strlen(f->lines.v[i]), &sample);
        f->lines.v[i] = arena_strn(&f->arena, buf_str(&sample), sample.len);
        f->old = old;
    }
    buf_release(&sample);
}

static int lines_of(const FlowBlock *b)
{
    return b->kind == FLOW_TABLE ? b->rows : b->n;
}

static void cut_pages(Flow *f)
{
    int lines = 0;
    *vec_push(&f->pages) = 0;
    for (int i = 0; i < (int)f->blocks.n; i++) {
        const FlowBlock *b = &f->blocks.v[i];
        bool together = b->side && i && f->blocks.v[i - 1].side == b->side;
        bool full = lines && lines + lines_of(b) > PAGE_LINES && !together;
        if (lines && (full || b->kind == FLOW_PAGE)) {
            *vec_push(&f->pages) = i;
            lines = 0;
        }
        lines += lines_of(b);
    }
    if (f->pages.n > 1 && !lines) f->pages.n--; /* nothing follows the last break */
}

void flow_end(Flow *f, const char *what, const Fluent *fluent)
{
    f->ignored = 0;
    while (f->depth) flow_table_end(f);
    flow_para(f);
    f->what = what;
    convert_old(f, fluent);
    cut_pages(f);
}

int flow_pages(const Flow *f)
{
    return (int)f->pages.n;
}

/* ---- pages ---- */

static int add_lines(const Flow *f, Page *page, int first, int n, int x, int y)
{
    int width = 0;
    for (int i = 0; i < n; i++) {
        const char *line = f->lines.v[first + i];
        int w = load_add_line(page, x, y + i, line, strlen(line));
        if (w > width) width = w;
    }
    return width;
}

static void fill_para(const Flow *f, const FlowBlock *b, Page *page, int x, int y)
{
    Block *block = vec_push(&page->blocks);
    *block = (Block){.kind = BLOCK_TEXT,
                     .column = b->column,
                     .first_line = (int)page->lines.n,
                     .lines = b->n,
                     .table = -1};
    int width = add_lines(f, page, b->first, b->n, x, y);
    block->at = block->box = (Rect){x, y, width, b->n};
}

static int line_width(const char *line)
{
    return (int)utf8_length(line);
}

/* Where each column begins and each row; `cols` + 1 and `rows` + 1 numbers. A cell over several counts for
 * none, but where it is the only one. */
static void measure(const Flow *f, const FlowBlock *b, int *x, int *y)
{
    for (int k = 0; k < b->n; k++) {
        const FlowCell *c = &f->cells.v[b->first + k];
        int *row = &y[c->row + c->rowspan], *col = &x[c->col + c->colspan];
        if (c->rowspan == 1 && c->lines > *row) *row = c->lines;
        for (int i = 0; c->colspan == 1 && i < c->lines; i++) {
            int w = line_width(f->lines.v[c->first_line + i]);
            if (w > *col) *col = w;
        }
    }
    for (int i = 1; i <= b->cols; i++) x[i] = x[i - 1] + x[i] + COLUMN_GAP;
    for (int i = 1; i <= b->rows; i++) y[i] = y[i - 1] + (y[i] > 0 ? y[i] : 1);
    for (int k = 0; k < b->n; k++) { /* room below for what a tall cell holds */
        const FlowCell *c = &f->cells.v[b->first + k];
        int missing = c->lines - (y[c->row + c->rowspan] - y[c->row]);
        for (int i = c->row + c->rowspan; missing > 0 && i <= b->rows; i++) y[i] += missing;
    }
}

static int fill_table(const Flow *f, const FlowBlock *b, Page *page, int y0)
{
    int *x = xalloc(((size_t)b->cols + 1) * sizeof *x), *y = xalloc(((size_t)b->rows + 1) * sizeof *y);
    measure(f, b, x, y);
    Table *t = vec_push(&page->tables);
    *t = (Table){.kind = TABLE_RULED,
                 .rows = b->rows,
                 .cols = b->cols,
                 .first_cell = (int)page->cells.n,
                 .cells = b->n};
    t->at = t->box = (Rect){0, y0, x[b->cols], y[b->rows]};
    for (int k = 0; k < b->n; k++) {
        const FlowCell *c = &f->cells.v[b->first + k];
        Rect at = {x[c->col], y0 + y[c->row], x[c->col + c->colspan] - x[c->col],
                   y[c->row + c->rowspan] - y[c->row]};
        *vec_push(&page->cells) = (Cell){.box = at,
                                         .at = at,
                                         .row = c->row,
                                         .col = c->col,
                                         .rowspan = c->rowspan,
                                         .colspan = c->colspan,
                                         .blank = !c->lines,
                                         .first_line = (int)page->lines.n,
                                         .lines = c->lines};
        add_lines(f, page, c->first_line, c->lines, at.x, at.y);
    }
    *vec_push(&page->blocks) =
        (Block){.kind = BLOCK_TABLE, .box = t->box, .at = t->at, .table = (int)page->tables.n - 1};
    free(x);
    free(y);
    return t->at.h;
}

/* Paragraphs side by side: each column as wide as its lines, the next one beside it. Returns the first block
 * after them, and their height. */
static int fill_side(const Flow *f, int i, int end, Page *page, int y, int *height)
{
    int side = f->blocks.v[i].side, x = 0;
    for (*height = 0; i < end && f->blocks.v[i].side == side; i++) {
        fill_para(f, &f->blocks.v[i], page, x, y);
        Rect at = page->blocks.v[page->blocks.n - 1].at;
        x += at.w + COLUMN_GAP;
        if (at.h > *height) *height = at.h;
    }
    return i;
}

static bool reads_well(const Page *page, const Fluent *fluent)
{
    Buf b = {0};
    for (size_t i = 0; i < page->words.n && b.len < JUDGED; i++)
        buf_add(&b, page->words.v[i].raw), buf_addc(&b, ' ');
    bool well = fluency_is_written(fluent_read(fluent, buf_str(&b), b.len));
    buf_release(&b);
    return well;
}

void flow_fill(const Flow *f, int n, Page *page, const Fluent *fluent)
{
    int i = f->pages.v[n - 1], end = n < (int)f->pages.n ? f->pages.v[n] : (int)f->blocks.n, y = 0,
        height = 0;
    page->unit = UNIT_CHARACTER;
    page->via =
        f->old ? arena_printf(&page->arena, "%s: with text that was in %s", f->what, charset_name(f->old))
               : f->what;
    while (i < end) {
        const FlowBlock *b = &f->blocks.v[i];
        if (b->kind == FLOW_PAGE) {
            i++;
            continue;
        }
        if (b->side)
            i = fill_side(f, i, end, page, y, &height);
        else if (b->kind == FLOW_PARA)
            fill_para(f, b, page, 0, y), height = b->n, i++;
        else
            height = fill_table(f, b, page, y), i++;
        y += height + 1;
    }
    for (size_t k = 0; k < page->blocks.n; k++)
        if (rect_right(page->blocks.v[k].at) > page->width) page->width = rect_right(page->blocks.v[k].at);
    page->height = y > 0 ? y - 1 : 0;
    page->upright_width = page->width, page->upright_height = page->height;
    page->settled = reads_well(page, fluent);
}

/* ---- as a reader's state ---- */

typedef struct FlowDoc {
    Flow *flow;
    Fluent *fluent;
} FlowDoc;

bool load_take_flow(Load *doc, Flow *flow, bool ok, Err *err)
{
    FlowDoc *state = xalloc(sizeof *state);
    doc->state = state;
    state->flow = flow;
    if (!ok || !(state->fluent = fluent_open(err))) return false;
    flow_end(flow, file_kind_name(doc->kind), state->fluent);
    doc->pages = flow_pages(flow);
    return true;
}

bool load_flow_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    const FlowDoc *state = doc->state;
    (void)raster, (void)err;
    flow_fill(state->flow, n, page, state->fluent);
    return true;
}

void load_flow_close(Load *doc)
{
    FlowDoc *state = doc->state;
    flow_free(state->flow);
    fluent_close(state->fluent);
    free(state);
}
