/* XLSX (ECMA-376, SpreadsheetML): xl/worksheets/sheet1.xml has rows of cells. Each cell has the column it stands in ("C7")
 * and a value, or the index of a text. Excel and LibreOffice keep all texts in xl/sharedStrings.xml:
 *
 *     <row r="7"><c r="A7" t="s"><v>12</v></c><c r="C7"><v>25</v></c></row>      ->      Hoa Mai,,25
 */
#include "load/grid.h"
#include "load/packed.h"

#include "base/vec.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_UNPACKED = 256 << 20, MOST_COLUMNS = 128, MOST_TEXTS = 10000000, TYPE = 16 };

typedef struct Book {
    Arena arena;
    VEC(const char *) texts; /* the shared ones */
    Buf text;                /* of the text or value in hand */
    bool in_text, in_value, in_reading;
    /* of the sheet */
    Buf *csv; /* where its rows go, or NULL: */
    SheetGrid grid;
    int row; /* in hand */
    const char *cell[MOST_COLUMNS];
    int column, columns; /* the cell in hand; how many the row has */
    char type[TYPE];     /* of the cell in hand */
} Book;

static bool is(const char *name, const char *other)
{
    return strcmp(name, other) == 0;
}

static void take_text(void *data, const char *utf8, size_t n)
{
    Book *b = data;
    if ((b->in_text || b->in_value) && !b->in_reading) buf_addn(&b->text, utf8, n);
}

static const char *kept(Book *b)
{
    return arena_strn(&b->arena, buf_str(&b->text), b->text.len);
}

/* ---- the shared texts ---- */

static void begin_shared(void *data, const char *name, xmlTextReader *at)
{
    Book *b = data;
    (void)at;
    if (is(name, "si")) buf_clear(&b->text);
    if (is(name, "t")) b->in_text = true;
    if (is(name, "rPh")) b->in_reading = true; /* how it is spoken, in Japanese sheets */
}

static void end_shared(void *data, const char *name)
{
    Book *b = data;
    if (is(name, "t")) b->in_text = false;
    if (is(name, "rPh")) b->in_reading = false;
    if (is(name, "si") && b->texts.n < MOST_TEXTS) *vec_push(&b->texts) = kept(b);
}

/* ---- the sheet ---- */

/* "C7" is 2. */
static int column_of(const char *place)
{
    int c = 0;
    for (; *place >= 'A' && *place <= 'Z' && c < MOST_COLUMNS * 26; place++) c = c * 26 + (*place - 'A' + 1);
    return c - 1;
}

static void begin_cell(Book *b, xmlTextReader *at)
{
    char place[TYPE];
    b->column = walk_attr(at, "r", place, sizeof place) ? column_of(place) : b->column + 1;
    if (!walk_attr(at, "t", b->type, sizeof b->type)) b->type[0] = '\0';
    buf_clear(&b->text);
}

static void end_cell(Book *b)
{
    if (b->column < 0 || b->column >= MOST_COLUMNS) return;
    const char *value = kept(b);
    if (is(b->type, "s")) {
        size_t i = strtoul(value, NULL, 10);
        value = *value && i < b->texts.n ? b->texts.v[i] : "";
    }
    b->cell[b->column] = value;
    if (b->column >= b->columns) b->columns = b->column + 1;
}

static void begin_row(Book *b, xmlTextReader *at)
{
    memset(b->cell, 0, sizeof b->cell);
    b->row = walk_number(at, "r", b->row + 2) - 1;
    b->column = -1, b->columns = 0;
}

static void end_row(Book *b)
{
    for (int c = 0; !b->csv && c < b->columns; c++)
        if (b->cell[c]) grid_put(&b->grid, b->row, c, b->cell[c]);
    if (!b->csv) return;
    for (int c = 0; c < b->columns; c++) {
        if (c) buf_addc(b->csv, ',');
        buf_add_csv(b->csv, b->cell[c] ? b->cell[c] : "");
    }
    buf_add(b->csv, "\r\n");
}

/* "C7" or "C7:E9": the row from 0; *rest is what follows. */
static int row_of(const char *place, const char **rest)
{
    char *end;
    long row = strtol(place + strspn(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"), &end, 10);
    *rest = end;
    return row > GRID_ROWS ? GRID_ROWS : (int)row - 1;
}

static void begin_merge(Book *b, xmlTextReader *at)
{
    char ref[4 * TYPE];
    const char *rest;
    if (!walk_attr(at, "ref", ref, sizeof ref)) return;
    int col = column_of(ref), row = row_of(ref, &rest);
    if (*rest != ':') return;
    const char *last = rest + 1;
    grid_merge(&b->grid, row, col, row_of(last, &rest) - row + 1, column_of(last) - col + 1);
}

static void begin_sheet(void *data, const char *name, xmlTextReader *at)
{
    Book *b = data;
    if (is(name, "row")) begin_row(b, at);
    if (is(name, "mergeCell") && !b->csv) begin_merge(b, at);
    if (is(name, "c")) begin_cell(b, at);
    if (is(name, "v")) b->in_value = true;
    if (is(name, "t")) b->in_text = true;
    if (is(name, "rPh")) b->in_reading = true;
}

static void end_sheet(void *data, const char *name)
{
    Book *b = data;
    if (is(name, "v")) b->in_value = false;
    if (is(name, "t")) b->in_text = false;
    if (is(name, "rPh")) b->in_reading = false;
    if (is(name, "c")) end_cell(b);
    if (is(name, "row")) end_row(b);
}

/* ---- the first sheet as CSV ---- */

bool load_is_book(const char *bytes, size_t n)
{
    return n > 4 && memcmp(bytes, "PK\3\4", 4) == 0;
}

bool load_book(const char *name, const char *bytes, size_t n, Buf *csv, Err *err)
{
    static const char shared[] = "xl/sharedStrings.xml", sheet[] = "xl/worksheets/sheet1.xml";
    char path[4096];
    snprintf(path, sizeof path, "%s", name);
    Load doc = {.path = path, .data = bytes, .size = n, .options.most_unpacked = MOST_UNPACKED};
    Book b = {.csv = csv};
    Buf xml = {0};
    bool found;
    const Walker texts = {&b, begin_shared, end_shared, take_text},
                 cells = {&b, begin_sheet, end_sheet, take_text};
    if (packed_read(&doc, shared, &xml, &found, err) && found) packed_walk(&doc, shared, &xml, &texts, err);
    buf_clear(&xml);
    if (packed_read(&doc, sheet, &xml, &found, err) && !found)
        err_set(err, DAU_BAD_INPUT, "'%s' is no workbook (XLSX); save it as one, or as CSV", name);
    if (!err_is(err)) packed_walk(&doc, sheet, &xml, &cells, err);
    buf_release(&xml);
    buf_release(&b.text);
    vec_release(&b.texts);
    arena_release(&b.arena);
    return !err_is(err);
}

/* ---- all sheets as pages ---- */

typedef struct Tab {
    char name[96], part[128]; /* "TH", "xl/worksheets/sheet2.xml" */
    char id[32];              /* by which xl/_rels/workbook.xml.rels knows the part */
    bool hidden;
} Tab;

typedef struct Tabs {
    VEC(Tab) v;
} Tabs;

static void workbook_begin(void *data, const char *name, xmlTextReader *at)
{
    enum { MOST_TABS = 1000 };
    Tabs *tabs = data;
    char state[TYPE] = "";
    if (!is(name, "sheet") || tabs->v.n >= MOST_TABS) return;
    Tab *tab = vec_push(&tabs->v);
    *tab = (Tab){0};
    walk_attr(at, "name", tab->name, sizeof tab->name);
    walk_attr(at, "id", tab->id, sizeof tab->id);
    tab->hidden = walk_attr(at, "state", state, sizeof state) && !is(state, "visible");
}

static void relations_begin(void *data, const char *name, xmlTextReader *at)
{
    Tabs *tabs = data;
    char id[32] = "", target[100] = "", type[160] = "";
    if (!is(name, "Relationship") || !walk_attr(at, "Id", id, sizeof id) ||
        !walk_attr(at, "Target", target, sizeof target))
        return;
    walk_attr(at, "Type", type, sizeof type);
    const char *end = strrchr(type, '/');
    for (size_t i = 0; end && is(end, "/worksheet") && i < tabs->v.n; i++)
        if (is(tabs->v.v[i].id, id))
            snprintf(tabs->v.v[i].part, sizeof tabs->v.v[i].part, "%s%s", *target == '/' ? "" : "xl/",
                     target + (*target == '/'));
}

static void no_end(void *data, const char *name)
{
    (void)data, (void)name;
}

static void no_text(void *data, const char *utf8, size_t n)
{
    (void)data, (void)utf8, (void)n;
}

/* Nothing, without an error, where there is no such part. */
static bool walk_part(const Load *doc, const char *part, const Walker *walker, Err *err)
{
    Buf xml = {0};
    bool found;
    bool ok =
        packed_read(doc, part, &xml, &found, err) && (!found || packed_walk(doc, part, &xml, walker, err));
    buf_release(&xml);
    return ok;
}

static bool read_tabs(const Load *doc, Tabs *tabs, Err *err)
{
    const Walker book = {tabs, workbook_begin, no_end, no_text},
                 parts = {tabs, relations_begin, no_end, no_text};
    return walk_part(doc, "xl/workbook.xml", &book, err) &&
           walk_part(doc, "xl/_rels/workbook.xml.rels", &parts, err);
}

/* A sheet's name may be the level of its schools. */
static bool read_tab(const Load *doc, const Tab *tab, bool named, Book *b, Flow *flow, Err *err)
{
    const Walker cells = {b, begin_sheet, end_sheet, take_text};
    b->row = -1;
    bool ok = walk_part(doc, tab->part, &cells, err);
    if (ok && b->grid.cells.n) {
        if (named) flow_text(flow, tab->name, strlen(tab->name)), flow_para(flow);
        grid_give(&b->grid, flow);
        flow_page(flow);
    }
    grid_release(&b->grid);
    return ok;
}

static bool read_all_tabs(const Load *doc, const Tabs *tabs, Book *b, Flow *flow, Err *err)
{
    int hidden = 0, shown = 0;
    for (size_t i = 0; i < tabs->v.n; i++)
        if (*tabs->v.v[i].part) hidden += tabs->v.v[i].hidden, shown += !tabs->v.v[i].hidden;
    for (size_t i = 0; i < tabs->v.n; i++)
        if (*tabs->v.v[i].part && !tabs->v.v[i].hidden &&
            !read_tab(doc, &tabs->v.v[i], shown > 1, b, flow, err))
            return false;
    if (hidden) flow_left_out(flow, "hidden sheets", hidden);
    return true;
}

static bool xlsx_open(Load *doc, Err *err)
{
    Flow *flow = flow_new();
    Book b = {0};
    Tabs tabs = {0};
    const Walker texts = {&b, begin_shared, end_shared, take_text};
    bool ok = read_tabs(doc, &tabs, err) && walk_part(doc, "xl/sharedStrings.xml", &texts, err) &&
              read_all_tabs(doc, &tabs, &b, flow, err);
    buf_release(&b.text);
    vec_release(&b.texts);
    vec_release(&tabs.v);
    arena_release(&b.arena);
    return load_take_flow(doc, flow, ok, err);
}

const Reader load_xlsx = {xlsx_open, load_flow_page, load_flow_close};
