/* XLSX (ECMA-376, SpreadsheetML): xl/worksheets/sheet1.xml has rows of cells. Each cell has the column it stands in ("C7")
 * and a value, or the index of a text. Excel and LibreOffice keep all texts in xl/sharedStrings.xml:
 *
 *     <row r="7"><c r="A7" t="s"><v>12</v></c><c r="C7"><v>25</v></c></row>      ->      Hoa Mai,,25
 */
#include "load/packed.h"

#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_UNPACKED = 256 << 20, MOST_COLUMNS = 128, MOST_TEXTS = 10000000, TYPE = 16 };

typedef struct Book {
    Arena arena;
    VEC(const char *) texts; /* the shared ones */
    Buf text;                /* of the text or value in hand */
    bool in_text, in_value, in_reading;
    /* of the sheet */
    Buf *csv;
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

static void begin_row(Book *b)
{
    memset(b->cell, 0, sizeof b->cell);
    b->column = -1, b->columns = 0;
}

static void end_row(Book *b)
{
    for (int c = 0; c < b->columns; c++) {
        if (c) buf_addc(b->csv, ',');
        buf_add_csv(b->csv, b->cell[c] ? b->cell[c] : "");
    }
    buf_add(b->csv, "\r\n");
}

static void begin_sheet(void *data, const char *name, xmlTextReader *at)
{
    Book *b = data;
    if (is(name, "row")) begin_row(b);
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

/* ---- */

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
