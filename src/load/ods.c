/* ODS (OASIS OpenDocument 1.2): content.xml has tables of rows of cells, and each cell paragraphs. Runs of equal cells and
 * rows stand once, with how often; most such runs are empty and reach to the sheet's end.
 *
 *     <table:table-cell table:number-columns-repeated="2"/><table:table-cell><text:p>Hoa Mai</text:p></table:table-cell>
 *
 * is "Hoa Mai" in the third column. A sheet is a page.
 */
#include "load/grid.h"
#include "load/packed.h"

#include <string.h>

enum { MOST_REPEATED = 64 }; /* copies of a row or cell that has text */

typedef struct Ods {
    Flow *flow;
    SheetGrid grid;
    int tables;    /* of the document */
    char name[96]; /* of the sheet */
    Buf text;      /* of the cell in hand */
    int row, col;  /* of the next cell */
    int row_times, times;
    int rows, cols; /* that the cell covers */
    int skip;       /* elements open that are not shown */
    bool in_cell, in_para;
} Ods;

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static void begin_cell(Ods *d, xmlTextReader *at)
{
    d->times = walk_number(at, "number-columns-repeated", 1);
    d->rows = walk_number(at, "number-rows-spanned", 1),
    d->cols = walk_number(at, "number-columns-spanned", 1);
    d->in_cell = true;
    buf_clear(&d->text);
}

static void end_cell(Ods *d)
{
    for (int i = 0; d->text.len && i < d->times && i < MOST_REPEATED; i++) {
        grid_put(&d->grid, d->row, d->col + i, d->text.s);
        grid_merge(&d->grid, d->row, d->col + i, d->rows, d->cols);
    }
    if (d->times > 0)
        d->col = d->col < GRID_COLUMNS && d->times < GRID_COLUMNS ? d->col + d->times : GRID_COLUMNS;
    d->in_cell = false;
}

static void begin_row(Ods *d, xmlTextReader *at)
{
    d->row_times = walk_number(at, "number-rows-repeated", 1);
    d->col = 0;
}

static void end_row(Ods *d)
{
    size_t n = d->grid.cells.n, first = n;
    while (first && d->grid.cells.v[first - 1].row == d->row) first--;
    for (int i = 1; i < d->row_times && i < MOST_REPEATED; i++)
        for (size_t k = first; k < n; k++)
            grid_put(&d->grid, d->row + i, d->grid.cells.v[k].col, d->grid.cells.v[k].text);
    if (d->row_times > 0)
        d->row = d->row_times < GRID_ROWS && d->row < GRID_ROWS ? d->row + d->row_times : GRID_ROWS;
}

static void begin_table(Ods *d, xmlTextReader *at)
{
    d->row = d->col = 0;
    if (!walk_attr(at, "name", d->name, sizeof d->name)) d->name[0] = 0;
}

/* A sheet's name may be the level of its schools; that of the only one says nothing. */
static void end_table(Ods *d)
{
    if (d->tables > 1 && d->grid.cells.n) flow_text(d->flow, d->name, strlen(d->name)), flow_para(d->flow);
    grid_give(&d->grid, d->flow);
    flow_page(d->flow);
    grid_release(&d->grid);
}

static void ods_begin(void *data, const char *name, xmlTextReader *at)
{
    Ods *d = data;
    if (d->skip || is(name, "annotation") || is(name, "shapes") || is(name, "tracked-changes"))
        d->skip++;
    else if (is(name, "table"))
        begin_table(d, at);
    else if (is(name, "table-row"))
        begin_row(d, at);
    else if (is(name, "table-cell") || is(name, "covered-table-cell"))
        begin_cell(d, at);
    else if (is(name, "p") && d->in_cell)
        d->in_para = true;
    else if (is(name, "s") && d->in_para)
        buf_addc(&d->text, ' ');
    else if (is(name, "line-break") && d->in_para)
        buf_addc(&d->text, '\n');
}

static void ods_end(void *data, const char *name)
{
    Ods *d = data;
    if (d->skip) {
        d->skip--;
    } else if (is(name, "p") && d->in_para) {
        d->in_para = false;
        buf_addc(&d->text, '\n');
    } else if (is(name, "table-cell") || is(name, "covered-table-cell")) {
        end_cell(d);
    } else if (is(name, "table-row")) {
        end_row(d);
    } else if (is(name, "table")) {
        end_table(d);
    }
}

static void ods_text(void *data, const char *utf8, size_t n)
{
    Ods *d = data;
    if (d->in_para && !d->skip) buf_addn(&d->text, utf8, n);
}

static void count_table(void *data, const char *name, xmlTextReader *at)
{
    Ods *d = data;
    (void)at;
    d->tables += is(name, "table");
}

static void no_end(void *data, const char *name)
{
    (void)data, (void)name;
}

static void no_text(void *data, const char *utf8, size_t n)
{
    (void)data, (void)utf8, (void)n;
}

static bool ods_open(Load *doc, Err *err)
{
    Ods d = {.flow = flow_new()};
    Buf xml = {0};
    bool found;
    const Walker counter = {&d, count_table, no_end, no_text}, walker = {&d, ods_begin, ods_end, ods_text};
    bool ok = packed_open_document(doc, err) && packed_read(doc, "content.xml", &xml, &found, err);
    if (ok && !found)
        ok = err_set(err, DAU_BAD_INPUT, "'%s' is no spreadsheet: it has no content.xml", doc->path);
    ok = ok && packed_walk(doc, "content.xml", &xml, &counter, err) &&
         packed_walk(doc, "content.xml", &xml, &walker, err);
    buf_release(&xml);
    buf_release(&d.text);
    grid_release(&d.grid);
    return load_take_flow(doc, d.flow, ok, err);
}

const Reader load_ods = {ods_open, load_flow_page, load_flow_close};
