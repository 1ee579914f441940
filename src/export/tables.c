/* Page 1 ends in a table, and page 2 begins with one:
 *
 *     | STT | Trường     |                | STT | Trường     |      is a header printed again,
 *     | 1   | MN Hoa Mai |                | 2   | MN Sao Mai |      so row 2 of the first table
 *
 * A page's number or running head may stand between: a block of one short line.
 */
#include "export/tables.h"

#include "base/json.h"
#include "base/vec.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_LINE = 12 }; /* bytes of "Trang 2/14", at most */

typedef struct OutCell {
    int row, col, rowspan, colspan;
    int page;
    Rect box;
    const char *text;
    double prob; /* that all of the text is right */
} OutCell;

typedef struct OutTable {
    TableKind kind;
    int first_page, last_page, rows, cols;
    Unit unit;
    size_t first_cell, cells;
} OutTable;

struct TableSet {
    Arena arena;
    VEC(OutTable) tables;
    VEC(OutCell) cells;
    bool open; /* the last page ended in the last table */
    int page;  /* the last one */
};

TableSet *tables_new(void)
{
    return xalloc(sizeof(TableSet));
}

void tables_free(TableSet *set)
{
    if (!set) return;
    vec_release(&set->tables);
    vec_release(&set->cells);
    arena_release(&set->arena);
    free(set);
}

int tables_count(const TableSet *set)
{
    return (int)set->tables.n;
}

/* ---- in ---- */

static double prob_of(const Page *p, const Cell *c)
{
    int words, first = page_lines_first_word(p, c->first_line, c->lines, &words);
    double prob = 1;
    for (int i = first; i < first + words; i++) prob *= p->words.v[i].prob;
    return prob;
}

/* Whether it says nothing that parts two tables. */
static bool is_small(const Page *p, const Block *b)
{
    Arena a = {0};
    bool small = b->kind == BLOCK_PICTURE || !b->lines;
    if (b->kind == BLOCK_TEXT && b->lines == 1)
        small = strlen(page_line_text(p, &a, &p->lines.v[b->first_line], TEXT_RESTORED)) <= SHORT_LINE;
    arena_release(&a);
    return small;
}

/* The first table of the page, where nothing stands above it, or the last one, where nothing stands below; -1. */
static int table_at_edge(const Page *p, bool bottom)
{
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *b = &p->blocks.v[bottom ? p->blocks.n - 1 - i : i];
        if (b->kind == BLOCK_TABLE) return b->table;
        if (!is_small(p, b)) return -1;
    }
    return -1;
}

static OutCell cell_out(TableSet *set, const Page *p, const Cell *c)
{
    return (OutCell){.row = c->row,
                     .col = c->col,
                     .rowspan = c->rowspan,
                     .colspan = c->colspan,
                     .page = p->number,
                     .box = c->box,
                     .text = page_cell_text(p, &set->arena, c, TEXT_RESTORED),
                     .prob = prob_of(p, c)};
}

/* How many rows at the top of t repeat those of the table `on`: the header, printed again. */
static int repeated_rows(TableSet *set, const OutTable *on, const Page *p, const Table *t)
{
    int rows = 0;
    for (int i = 0; i < t->cells && (size_t)i < on->cells; i++) {
        const Cell *c = &p->cells.v[t->first_cell + i];
        const OutCell *o = &set->cells.v[on->first_cell + (size_t)i];
        if (c->row != o->row || c->col != o->col || c->rowspan != o->rowspan || c->colspan != o->colspan)
            break;
        if (c->row > rows) rows = c->row; /* all of the rows above are the same */
        if (strcmp(page_cell_text(p, &set->arena, c, TEXT_RESTORED), o->text) != 0) break;
        if (i + 1 == t->cells) return 0; /* the whole table again: no header */
    }
    return rows;
}

static void add_table(TableSet *set, const Page *p, const Table *t, bool goes_on)
{
    OutTable *on = goes_on ? &set->tables.v[set->tables.n - 1] : NULL;
    int skip = on ? repeated_rows(set, on, p, t) : 0;
    if (!on) {
        on = vec_push(&set->tables);
        *on = (OutTable){.kind = t->kind,
                         .first_page = p->number,
                         .cols = t->cols,
                         .unit = p->unit,
                         .first_cell = set->cells.n};
    }
    for (int i = 0; i < t->cells; i++) {
        OutCell c = cell_out(set, p, &p->cells.v[t->first_cell + i]);
        if (c.row < skip) continue;
        c.row += on->rows - skip;
        *vec_push(&set->cells) = c;
        on->cells++;
    }
    on->last_page = p->number;
    on->rows += t->rows - skip;
}

void tables_add(TableSet *set, const Page *page)
{
    int first = table_at_edge(page, false), last = table_at_edge(page, true);
    for (size_t i = 0; i < page->blocks.n; i++) {
        int n = page->blocks.v[i].table;
        if (page->blocks.v[i].kind != BLOCK_TABLE) continue;
        const Table *t = &page->tables.v[n];
        const OutTable *before = set->tables.n ? &set->tables.v[set->tables.n - 1] : NULL;
        bool goes_on = n == first && set->open && before && set->page + 1 == page->number &&
                       before->cols == t->cols && before->unit == page->unit;
        add_table(set, page, t, goes_on);
    }
    set->open = last >= 0;
    set->page = page->number;
}

/* ---- out ---- */

static void json_cell(Buf *b, const OutCell *c)
{
    json_open(b, '{');
    json_int(b, "row", c->row);
    json_int(b, "col", c->col);
    json_int(b, "rowspan", c->rowspan);
    json_int(b, "colspan", c->colspan);
    json_text(b, "text", c->text);
    json_number(b, "prob", c->prob, 3);
    json_int(b, "page", c->page);
    json_key(b, "box"), json_open(b, '[');
    json_int(b, NULL, c->box.x), json_int(b, NULL, c->box.y), json_int(b, NULL, c->box.w),
        json_int(b, NULL, c->box.h);
    json_close(b, ']');
    json_close(b, '}');
}

static void write_json(Buf *b, const char *file, const TableSet *set)
{
    static const char *const kinds[] = {"ruled", "partly-ruled", "unruled"};
    static const char *const units[] = {"pixel", "character"};
    static_assert(sizeof kinds / sizeof *kinds == TABLE_KINDS && sizeof units / sizeof *units == UNITS,
                  "a name for each");
    for (size_t i = 0; i < set->tables.n; i++) {
        const OutTable *t = &set->tables.v[i];
        json_open(b, '{');
        json_text(b, "file", file);
        json_int(b, "table", (int64_t)i + 1);
        json_key(b, "pages"), json_open(b, '[');
        for (int n = t->first_page; n <= t->last_page; n++) json_int(b, NULL, n);
        json_close(b, ']');
        json_text(b, "kind", kinds[t->kind]);
        json_text(b, "unit", units[t->unit]);
        json_int(b, "rows", t->rows);
        json_int(b, "cols", t->cols);
        json_key(b, "cells"), json_open(b, '[');
        for (size_t k = 0; k < t->cells; k++) json_cell(b, &set->cells.v[t->first_cell + k]);
        json_close(b, ']');
        json_close(b, '}');
        buf_addc(b, '\n');
    }
}

static void csv_table(Buf *b, const TableSet *set, const OutTable *t)
{
    const OutCell *c = &set->cells.v[t->first_cell], *end = c + t->cells;
    for (int row = 0; row < t->rows; row++) {
        for (int col = 0; col < t->cols; col++) {
            while (c < end && (c->row < row || (c->row == row && c->col < col))) c++;
            if (col) buf_addc(b, ',');
            if (c < end && c->row == row && c->col == col) buf_add_csv(b, c->text);
        }
        buf_add(b, "\r\n");
    }
}

static void write_csv(Buf *b, const char *file, const TableSet *set)
{
    (void)file;
    for (size_t i = 0; i < set->tables.n; i++) {
        if (i) buf_add(b, "\r\n");
        if (set->tables.v[i].cells) csv_table(b, set, &set->tables.v[i]);
    }
}

static void html_table(Buf *b, const TableSet *set, const OutTable *t)
{
    int row = -1;
    buf_addf(b, "<table data-pages=\"%d-%d\">\n", t->first_page, t->last_page);
    for (size_t k = 0; k < t->cells; k++) {
        const OutCell *c = &set->cells.v[t->first_cell + k];
        if (c->row > row) buf_add(b, row < 0 ? "<tr>" : "</tr>\n<tr>");
        for (row = row < 0 ? 0 : row; row < c->row; row++)
            if (row + 1 < c->row) buf_add(b, "</tr>\n<tr>"); /* all of it merged with the row above */
        buf_add(b, "<td");
        if (c->rowspan > 1) buf_addf(b, " rowspan=\"%d\"", c->rowspan);
        if (c->colspan > 1) buf_addf(b, " colspan=\"%d\"", c->colspan);
        buf_addf(b, " data-prob=\"%.3f\">", c->prob);
        buf_add_xml(b, c->text);
        buf_add(b, "</td>");
    }
    buf_add(b, t->cells ? "</tr>\n</table>\n" : "</table>\n");
}

static void write_html(Buf *b, const char *file, const TableSet *set)
{
    buf_add(b, "<!DOCTYPE html>\n<html lang=\"vi\">\n<head><meta charset=\"utf-8\"><title>");
    buf_add_xml(b, file);
    buf_add(b, "</title></head>\n<body>\n");
    for (size_t i = 0; i < set->tables.n; i++) html_table(b, set, &set->tables.v[i]);
    buf_add(b, "</body>\n</html>\n");
}

const TablesForm *tables_form(const char *name)
{
    static const TablesForm forms[] = {{"json", write_json}, {"csv", write_csv}, {"html", write_html}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0) return &forms[i];
    return NULL;
}
