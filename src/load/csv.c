/* CSV (RFC 4180), as sheets and programs write it, with commas, semicolons or tabs:
 *
 *     TT;Trường;Trường kết nghĩa;Ghi chú
 *     1;MN Hoa Mai;"MN Sơn Ca                 a field in quotes may hold line ends,
 *     MN Họa Mi";                             and a pair of quotes for one
 *
 * Each line of a machine has as many marks, empty fields and all. Sentences have not, and a blank behind each comma. */
#include "load/grid.h"
#include "load/private.h"

#include "load/charset.h"

#include "base/str.h"

#include <string.h>

enum { MOST_FIELDS = GRID_COLUMNS, LOOKED_AT = 1 << 16 /* bytes that tell whether it is CSV */ };

/* A field and how it ended. */
typedef struct CsvField {
    Buf text;
    bool quoted;
    bool last;   /* of its record */
    bool broken; /* a quote without its end */
} CsvField;

/* Reads the field at p into *f; returns what is behind it and its mark. */
static const char *read_field(const char *p, const char *end, char mark, CsvField *f)
{
    buf_clear(&f->text);
    f->quoted = p < end && *p == '"', f->broken = false;
    for (p += f->quoted; f->quoted; p++) {
        if (p == end) return f->broken = f->last = true, p;
        if (*p == '"' && ++p < end && *p != '"') break;
        if (p == end) break;
        if (*p != '\r') buf_addc(&f->text, *p);
    }
    for (; p < end && *p != mark && *p != '\n' && *p != '\r'; p++) buf_addc(&f->text, *p);
    f->last = p >= end || *p != mark;
    if (p < end && *p == '\r') p++;
    return p + (p < end && (*p == '\n' || *p == mark));
}

/* How the records of a text look when cut at a mark. */
typedef struct CsvLook {
    int records, single;       /* all with text; of one field */
    int of[MOST_FIELDS + 1];   /* by how many fields they have */
    int full[MOST_FIELDS + 1]; /* of these, those with two fields and more that are not empty to their end */
    int marks, blanks;         /* marks outside quotes; those with a blank behind */
    bool broken;
} CsvLook;

static CsvLook look_at(const char *p, const char *end, char mark)
{
    CsvLook l = {0};
    CsvField f = {0};
    int fields = 0, text = 0; /* of the record; the last of them with text */
    while (p < end && !l.broken) {
        const char *begin = p;
        p = read_field(p, end, mark, &f);
        fields++;
        if (f.text.len) text = fields;
        l.marks += !f.last, l.blanks += !f.last && p < end && *p == ' ';
        l.broken = f.broken || fields > MOST_FIELDS || p == begin;
        if (!f.last || l.broken) continue;
        if (text) l.records++, l.single += fields == 1, l.of[fields]++, l.full[fields] += text > 1;
        fields = text = 0;
    }
    buf_release(&f.text);
    return l;
}

/* Do nearly all records have as many fields, and most of these more than one with text? */
static bool fits(const CsvLook *l)
{
    enum { LEAST = 2, LEAST_OF_PAIRS = 3 };
    int n = 2;
    for (int i = 3; i <= MOST_FIELDS; i++)
        if (l->of[i] > l->of[n]) n = i;
    int many = l->records - l->single;
    if (l->broken || l->full[n] < (n == 2 ? LEAST_OF_PAIRS : LEAST)) return false;
    bool even = l->of[n] * 10 >= many * 8 && l->full[n] * 2 >= l->of[n] && l->of[n] >= l->single;
    return even && (n == 2 ? l->blanks == 0 : l->blanks * 4 <= l->marks);
}

char csv_mark(const char *data, size_t n)
{
    static const char marks[] = ";\t,";
    const char *end = data + n;
    if (n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0) data += 3;
    if (n > LOOKED_AT) { /* to the end of a line */
        for (end = data + LOOKED_AT; end > data && end[-1] != '\n';) end--;
    }
    for (const char *mark = marks; *mark; mark++) {
        CsvLook l = look_at(data, end, *mark);
        if (fits(&l)) return *mark;
    }
    return 0;
}

static void give_records(const char *p, const char *end, char mark, Flow *flow)
{
    SheetGrid grid = {0};
    CsvField f = {0};
    for (int row = 0, col = 0; p < end;) {
        p = read_field(p, end, mark, &f);
        grid_put(&grid, row, col, buf_str(&f.text));
        col = f.last ? 0 : col + 1, row += f.last;
    }
    grid_give(&grid, flow);
    buf_release(&f.text);
    grid_release(&grid);
}

static bool csv_open(Load *doc, Err *err)
{
    Flow *flow = flow_new();
    Buf utf8 = {0};
    Encoding e;
    bool ok = encoding_find(doc->data, doc->size, &e, err);
    if (ok) {
        encoding_decode(e, doc->data, doc->size, &utf8);
        const char *p = buf_str(&utf8), *end = p + utf8.len;
        if (utf8.len >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
        give_records(p, end, csv_mark(p, (size_t)(end - p)), flow);
    }
    buf_release(&utf8);
    return load_take_flow(doc, flow, ok, err);
}

const Reader load_csv = {csv_open, load_flow_page, load_flow_close};
