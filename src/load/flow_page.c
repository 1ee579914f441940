/* "STT | Trường" over "1 | Mầm non Hoa Mai": columns are as wide as their longest lines, with three characters between
 * them and a line between blocks:
 *
 *     0      6
 *     STT    Trường                 row 1: lines 0
 *     1      Mầm non Hoa Mai        row 2: line 1
 */
#include "load/flow_private.h"

#include "base/viet.h"
#include "load/charset.h"
#include "load/private.h"

#include <string.h>

enum {
    PAGE_LINES = 2000,  /* after which a page ends between two blocks */
    COLUMN_GAP = 3,     /* characters */
    JUDGED = 32 * 1024, /* bytes of text that are judged for old fonts */
};

/* ---- the end ---- */

static bool is_old(const char *line)
{
    size_t n = strlen(line);
    return !utf8_is_ascii(line, n) && !viet_has_own_letter(line, n);
}

static const char *text_of(const Flow *f, const FlowRun *r)
{
    return f->lines.v[r->line] + r->from;
}

/* Whether the runs in fonts of that charset are in it. A run with a letter that Latin-1 lacks is Unicode, and no witness. */
static bool is_in(const Flow *f, Charset charset, const Fluent *fluent)
{
    Buf sample = {0};
    for (size_t i = 0; i < f->runs.n && sample.len < JUDGED; i++) {
        const FlowRun *r = &f->runs.v[i];
        size_t n = r->to - r->from;
        if (r->charset != charset || utf8_is_ascii(text_of(f, r), n) || viet_has_own_letter(text_of(f, r), n))
            continue;
        buf_addn(&sample, text_of(f, r), n);
        buf_addc(&sample, '\n');
    }
    bool is = sample.len && encoding_is_font_text(fluent, charset, sample.s, sample.len);
    buf_release(&sample);
    return is;
}

static void add_run(Flow *f, const FlowRun *r, Buf *out)
{
    const char *s = text_of(f, r);
    size_t n = r->to - r->from;
    Buf b = {0};
    if (viet_has_own_letter(s, n)) {
        buf_addn(out, s, n);
        return;
    }
    charset_decode_misread(r->charset, s, n, &b);
    buf_add(out, r->capitals ? viet_upper_str(&f->arena, buf_str(&b)) : buf_str(&b));
    buf_release(&b);
    f->old = r->charset;
}

/* "1. " and "Tr­êng" in .VnTime behind it: what stands in the font is converted, the rest of the line stays. */
static void convert_runs(Flow *f, const Fluent *fluent)
{
    bool old[CHARSETS] = {false};
    Buf b = {0};
    old[CHARSET_TCVN3] = is_in(f, CHARSET_TCVN3, fluent), old[CHARSET_VNI] = is_in(f, CHARSET_VNI, fluent);
    for (size_t i = 0; i < f->runs.n;) {
        int line = f->runs.v[i].line;
        const char *s = f->lines.v[line];
        size_t done = 0;
        buf_clear(&b);
        for (; i < f->runs.n && f->runs.v[i].line == line; i++) {
            const FlowRun *r = &f->runs.v[i];
            if (!old[r->charset]) continue;
            buf_addn(&b, s + done, r->from - done);
            add_run(f, r, &b);
            done = r->to;
        }
        if (!done) continue;
        buf_add(&b, s + done);
        f->lines.v[line] = arena_strn(&f->arena, buf_str(&b), b.len);
    }
    buf_release(&b);
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
    convert_runs(f, fluent);
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

/* Where each column and each row begins; `cols` + 1 and `rows` + 1 numbers. A cell over several does not count, unless it
 * is the only one. */
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

/* "docx", "xlsx: with text that was in VNI; hidden sheets left out: 2" */
static const char *via_of(const Flow *f, Arena *a)
{
    const char *via = f->what;
    if (f->old) via = arena_printf(a, "%s: with text that was in %s", via, charset_name(f->old));
    if (f->left) via = arena_printf(a, "%s%s %s left out: %d", via, f->old ? ";" : ":", f->left_out, f->left);
    return via;
}

void flow_left_out(Flow *f, const char *what, int n)
{
    f->left_out = what, f->left = n;
}

void flow_fill(const Flow *f, int n, Page *page, const Fluent *fluent)
{
    int i = f->pages.v[n - 1], end = n < (int)f->pages.n ? f->pages.v[n] : (int)f->blocks.n, y = 0,
        height = 0;
    page->unit = UNIT_CHARACTER;
    page->via = via_of(f, &page->arena);
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
