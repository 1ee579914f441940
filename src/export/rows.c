/* A row becomes text. The table, 80 wide, of two pairings of one file:
 *
 *     plan.pdf
 *     id       page  no  level  school       partner         prob  flags
 *     3fa9-12     4  25  TH     Nguyễn Du    Phú Lãm         0.97
 *     3fa9-13     4  27  TH     Kim Đồng     Lê Quý Đôn      0.81  gap
 *
 * Each column is as wide as its widest field. While the whole is too wide, the widest of the columns that may shrink
 * (names, flags) gives up one character. Of an id only so many digits are shown as tell the documents apart. A Vietnamese
 * letter in NFC is one code point and one column.
 */
#include "export/json.h"

#include "base/arena.h"
#include "base/viet.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    LEAST_ID = 4,       /* digits of an abbreviated id: short enough to type, long enough to look like one */
    LEAST_COLUMN = 6,   /* characters a column is never cut below */
    DEFAULT_WIDTH = 80, /* where there is no terminal */
};

static const struct {
    const char *name;
    Format format;
} formats[] = {{"csv", FORMAT_CSV}, {"json", FORMAT_JSON}, {"jsonl", FORMAT_JSONL}, {"table", FORMAT_TABLE}};

bool format_from_name(const char *name, Format *format)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(name, formats[i].name) == 0) {
            *format = formats[i].format;
            return true;
        }
    return false;
}

/* ---- JSON ---- */

void json_add_prob(Buf *b, float prob)
{
    json_number(b, "prob", (double)prob, SHARE_DIGITS);
}

void json_add_place(Buf *b, const Place *place)
{
    json_int(b, "page", place->page);
    json_rect(b, "box", place->box);
}

/* [["school", "..."], ["level", "..."]] */
static void add_why(Buf *b, const char *why)
{
    Arena tmp = {0};
    json_key(b, "why"), json_open(b, '[');
    for (const char *p = why; *p;) {
        size_t topic = strcspn(p, "\t"), line = strcspn(p, "\n");
        json_open(b, '[');
        json_text(b, NULL, arena_strn(&tmp, p, topic));
        json_text(b, NULL, topic < line ? arena_strn(&tmp, p + topic + 1, line - topic - 1) : "");
        json_close(b, ']');
        p += line + (p[line] == '\n');
    }
    json_close(b, ']');
    arena_release(&tmp);
}

/* "base=1 sure=3.2" -> {"base":1,"sure":3.2} */
static void add_factors(Buf *b, const char *factors)
{
    json_key(b, "factors"), json_open(b, '{');
    for (const char *p = factors; *p;) {
        char name[80];
        size_t n = strcspn(p, "="), end = strcspn(p, " ");
        snprintf(name, sizeof name, "%.*s", (int)n, p);
        json_key(b, name);
        buf_addf(b, "%.*s", (int)(end - n - 1), p + n + 1);
        p += end + (p[end] == ' ');
    }
    json_close(b, '}');
}

void json_add_row(Buf *b, const Row *row)
{
    const Pairing *p = &row->pairing;
    const RowField *of[ROW_FIELDS];
    int n = row_fields(FORM_JSON, of);
    json_open(b, '{');
    for (int i = 0; i < n; i++)
        if (of[i] != row_field(ROW_ID) || row->id) row_json(b, of[i], row);
    if (p->why) add_why(b, p->why);
    if (p->factors) add_factors(b, p->factors);
    json_close(b, '}');
}

void export_row_json(Buf *b, const Row *row)
{
    json_add_row(b, row);
    buf_addc(b, '\n');
}

void export_pairing_json(Buf *b, const char *file, const Pairing *p)
{
    export_row_json(b, &(Row){.file = file, .pairing = *p});
}

static void add_json_array(Buf *b, const Row *rows, size_t n)
{
    buf_add(b, "[");
    for (size_t i = 0; i < n; i++) {
        buf_add(b, i ? ",\n" : "\n"); /* a row a line: behind a line feed the writer adds no comma */
        json_add_row(b, &rows[i]);
    }
    buf_add(b, n ? "\n]\n" : "]\n");
}

/* ---- CSV ---- */

static void add_csv_file(Buf *b, const Row *rows, size_t n)
{
    const RowField *of[ROW_FIELDS];
    int fields = row_fields(FORM_CSV, of);
    for (int f = 0; f < fields; f++) buf_addf(b, "%s%s", f ? "," : "", of[f]->name);
    buf_add(b, "\r\n");
    for (size_t i = 0; i < n; i++) {
        Arena tmp = {0};
        for (int f = 0; f < fields; f++) {
            if (f) buf_addc(b, ',');
            buf_add_csv_text(b, row_text(of[f], &rows[i], &tmp));
        }
        buf_add(b, "\r\n");
        arena_release(&tmp);
    }
}

/* ---- the table ---- */

enum { COL_ID, COL_PAGE, COL_NO, COL_LEVEL, COL_SCHOOL, COL_PARTNER, COL_PROB, COL_FLAGS, COLS };

static const struct {
    const char *name;
    bool right;  /* numbers stand at the right */
    bool shrink; /* may be cut */
} columns[] = {
    {"id", false, false},    {"page", true, false},    {"no", true, false},   {"level", false, false},
    {"school", false, true}, {"partner", false, true}, {"prob", true, false}, {"flags", false, true},
};
static_assert(sizeof columns / sizeof *columns == COLS, "a title for each column");

static const char *plain(Arena *a, const char *s)
{
    char *copy = arena_str(a, s ? s : "");
    str_plain(copy, "");
    return copy;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static size_t same_start(const char *a, const char *b)
{
    size_t n = 0;
    while (a[n] && a[n] == b[n] && a[n] != '-') n++;
    return n;
}

/* How many digits of the ids tell the documents apart: one id a document, sorted, neighbours compared. */
static size_t id_digits(const Row *rows, size_t n)
{
    const char **ids = xalloc((n + 1) * sizeof *ids);
    size_t docs = 0, digits = LEAST_ID;
    for (size_t i = 0; i < n; i++)
        if (rows[i].id && (i == 0 || strcmp(rows[i].file, rows[i - 1].file) != 0)) ids[docs++] = rows[i].id;
    qsort(ids, docs, sizeof *ids, by_bytes);
    for (size_t i = 1; i < docs; i++) {
        size_t same = same_start(ids[i - 1], ids[i]);
        if (ids[i][same] != '-' && same + 1 > digits) digits = same + 1;
    }
    free(ids);
    return digits;
}

static const char *short_id(Arena *a, const char *id, size_t digits)
{
    const char *dash = id ? strrchr(id, '-') : NULL;
    if (!dash) return id ? id : "";
    size_t n = (size_t)(dash - id);
    return arena_printf(a, "%.*s%s", (int)(n < digits ? n : digits), id, dash);
}

typedef const char *Fields[COLS];

static void fill_fields(Arena *a, const Row *row, size_t digits, Fields f)
{
    const Pairing *p = &row->pairing;
    f[COL_ID] = short_id(a, row->id, digits);
    f[COL_PAGE] = p->place.page ? arena_printf(a, "%d", p->place.page) : "";
    f[COL_NO] = plain(a, p->no);
    f[COL_LEVEL] = level_code(p->level);
    f[COL_SCHOOL] = plain(a, p->school.name);
    f[COL_PARTNER] = plain(a, p->partner.name);
    f[COL_PROB] = arena_printf(a, "%.2f", (double)p->prob);
    f[COL_FLAGS] = plain(a, p->flags);
}

static int total_width(const int *width)
{
    int total = 0;
    for (int c = 0; c < COLS; c++)
        if (width[c]) total += width[c] + 2;
    return total - 2;
}

/* Cuts the widest column that may shrink until all fit. */
static void fit_width(int *width, int most)
{
    while (total_width(width) > most) {
        int widest = -1;
        for (int c = 0; c < COLS; c++)
            if (columns[c].shrink && width[c] > LEAST_COLUMN && (widest < 0 || width[c] > width[widest]))
                widest = c;
        if (widest < 0) break;
        width[widest]--;
    }
}

static void measure(const Fields *fields, size_t n, int *width)
{
    for (int c = 0; c < COLS; c++) {
        width[c] = 0;
        for (size_t i = 0; i < n; i++) {
            int w = (int)utf8_length(fields[i][c]);
            if (w > width[c]) width[c] = w;
        }
        int head = (int)strlen(columns[c].name);
        if (width[c] && width[c] < head) width[c] = head; /* a column without a value is not shown */
    }
}

static void pad(Buf *b, int n)
{
    for (int i = 0; i < n; i++) buf_addc(b, ' ');
}

static void add_cell(Buf *b, const char *s, int width, bool right)
{
    int length = (int)utf8_length(s);
    if (right) pad(b, width - length);
    if (length > width) {
        buf_addn(b, s, utf8_offset(s, (size_t)width - 1));
        buf_add(b, "…");
    } else {
        buf_add(b, s);
    }
    if (!right) pad(b, width - length);
}

static void add_table_line(Buf *b, const char *const *fields, const int *width)
{
    bool first = true;
    for (int c = 0; c < COLS; c++) {
        if (!width[c]) continue;
        if (!first) pad(b, 2);
        first = false;
        add_cell(b, fields[c], width[c], columns[c].right);
    }
    while (b->len && b->s[b->len - 1] == ' ') b->s[--b->len] = '\0';
    buf_addc(b, '\n');
}

static void add_file_head(Buf *b, Arena *a, const char *file, const int *width, bool first, int most)
{
    Fields head;
    if (!first) buf_addc(b, '\n');
    add_cell(b, plain(a, file), (int)utf8_length(file) < most ? (int)utf8_length(file) : most, false);
    buf_addc(b, '\n');
    for (int c = 0; c < COLS; c++) head[c] = columns[c].name;
    add_table_line(b, head, width);
}

static void add_table(Buf *b, const Row *rows, size_t n, int most)
{
    Arena a = {0};
    int width[COLS];
    Fields *fields = arena_new(&a, Fields, n + 1);
    size_t digits = id_digits(rows, n);
    if (most < 1) most = DEFAULT_WIDTH;
    for (size_t i = 0; i < n; i++) fill_fields(&a, &rows[i], digits, fields[i]);
    measure((const Fields *)fields, n, width);
    fit_width(width, most);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || strcmp(rows[i].file, rows[i - 1].file) != 0)
            add_file_head(b, &a, rows[i].file, width, i == 0, most);
        add_table_line(b, fields[i], width);
    }
    arena_release(&a);
}

void export_format(Buf *b, Format format, const Row *rows, size_t n, int width)
{
    switch (format) {
    case FORMAT_CSV: add_csv_file(b, rows, n); break;
    case FORMAT_JSON: add_json_array(b, rows, n); break;
    case FORMAT_JSONL:
        for (size_t i = 0; i < n; i++) export_row_json(b, &rows[i]);
        break;
    case FORMAT_TABLE: add_table(b, rows, n, width); break;
    }
}
