/* Fields by forms: each form is really made of one row, and every field of the table is looked up in its bytes.
 * A form lacks a field only where the table says why. */
#include "base/csv.h"
#include "base/file.h"
#include "doc/fields.h"
#include "export/package.h"
#include "export/rows.h"
#include "export/sheet.h"
#include "export/xlsx.h"
#include "lib/dau.h"
#include "review/review.h"
#include "tests/plan_store.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

/* No two values are alike, so that no field can stand for another. */
static Place elsewhere = {7, {71, 72, 73, 74}, 0, 0};
static Pairing sample(void)
{
    return (Pairing){.no = "25",
                     .level = LEVEL_TH,
                     .kind = PAIR_UNION,
                     .school = {"Nguyễn Du", "Nguyén Du", "Hà Đông", NULL, 0.75f, {1, {1, 2, 3, 4}, 0, 0}},
                     .partner = {"Phú Lãm", "Phu Lam", "Ba Vì", NULL, 0.625f, {1, {5, 6, 7, 8}, 0, 0}},
                     .prob = 0.5f,
                     .place = {4, {212, 804, 1210, 60}, 0, 0},
                     .rule = "table 1 row 27",
                     .flags = "gap mended",
                     .since = "2023-06",
                     .until = "2025-12",
                     .mention = &elsewhere,
                     .mentions = 1};
}

static Store *store;
static Arena arena;
static Rows rows;

static void fill_store(void)
{
    Err err = {0};
    Pairings found = {0};
    store = store_open(in_folder("fields.db"), STORE_WRITE, &err);
    int64_t doc = store_add_document(store, sha, 100, &err);
    store_put_file(store, "plan.pdf", "/x/plan.pdf", &(FileSeen){.document = doc}, &err);
    store_set_pages(store, doc, "pdf", 7, &err);
    *vec_push(&found.v) = sample();
    read_document(store, doc, &found, &err);
    pairings_release(&found);
    CHECK(store_load_rows(store, &arena, &rows, &err));
    CHECK_INT(rows.n, 1);
}

static const char *text_of(const RowField *f)
{
    return row_text(f, &rows.v[0], &arena);
}

/* Where the form carries the field, it is there; where it does not, the table says why. */
static void check_field(RowForm form, const RowField *f, bool there)
{
    bool carried = !f->absent[form];
    if (carried && !there) printf("    form %d has no '%s' (%s)\n", form, f->name, text_of(f));
    if (!carried && there) printf("    form %d has '%s', and the table says it has not\n", form, f->name);
    CHECK(there == carried);
    if (!carried) CHECK(strlen(f->absent[form]) > 5);
}

TEST(no_two_values_are_alike)
{
    for (int i = 0; i < ROW_FIELDS; i++) {
        const char *text = text_of(row_field((RowFieldId)i));
        CHECK(*text && !str_eq(text, "0"));
        for (int k = 0; k < i; k++) CHECK(!str_eq(text, text_of(row_field((RowFieldId)k))));
    }
}

/* ---- the database ---- */

TEST(database)
{
    Row want = {rows.v[0].id, "plan.pdf", sample()};
    CHECK_STR(rows.v[0].id, ID(1));
    for (int i = 0; i < ROW_FIELDS; i++) {
        const RowField *f = row_field((RowFieldId)i);
        bool same = str_eq(row_text(f, &want, &arena), text_of(f));
        CHECK(same);
        if (!f->absent[FORM_DATABASE]) check_field(FORM_DATABASE, f, same);
    }
}

/* ---- tables as CSV ---- */

/* The cell under the column; NULL: there is none. */
static const char *csv_cell(const Buf *b, const char *column)
{
    Csv t;
    int at = -1;
    const char *cell = NULL;
    csv_init(&t, b->s, b->len);
    csv_next(&t);
    for (int i = 0; i < t.fields; i++)
        if (str_eq(t.field[i], column)) at = i;
    if (csv_next(&t) && at >= 0) cell = arena_str(&arena, t.field[at]);
    csv_release(&t);
    return cell;
}

static void check_table(RowForm form, const Buf *b, const char *(*called)(const RowField *))
{
    for (int i = 0; i < ROW_FIELDS; i++) {
        const RowField *f = row_field((RowFieldId)i);
        const char *cell = csv_cell(b, called ? called(f) : f->name);
        check_field(form, f, cell != NULL);
        bool number = f->type == VALUE_SHARE;
        if (cell && form != FORM_PACKAGE)
            CHECK(number ? fabs(atof(cell) - atof(text_of(f))) < 0.006 : str_eq(cell, text_of(f)));
    }
}

TEST(csv)
{
    Buf b = {0};
    export_format(&b, FORMAT_CSV, rows.v, 1, 0);
    check_table(FORM_CSV, &b, NULL);
    buf_release(&b);
}

static const char *in_sheet(const RowField *f)
{
    if (str_eq(f->name, "school_raw")) return "school_read";
    return str_eq(f->name, "partner_raw") ? "partner_read" : f->name;
}

TEST(sheet_and_back)
{
    Buf b = {0};
    Err err = {0};
    Review r;
    SheetTally tally;
    CHECK(review_load(store, &arena, rows.v[0].id, &r, &err));
    sheet_add_header(&b);
    sheet_add(&b, &r);
    check_table(FORM_SHEET, &b, in_sheet);
    CHECK(sheet_take(store, &(Pen){"lan", NULL}, b.s, b.len, true, NULL, NULL, &tally, &err));
    CHECK_INT(tally.rows, 1);
    CHECK_INT(tally.strange + tally.cells + tally.conflicts, 0); /* every column is known on the way back */
    buf_release(&b);
}

static const char *in_package(const RowField *f)
{
    return str_eq(f->name, "file") ? "document" : f->name;
}

TEST(package)
{
    Buf b = {0};
    Err err = {0};
    Listing documents = {0};
    CHECK(store_list_documents(store, &arena, &documents, &err));
    CHECK(export_package(folder, &rows, &documents, "1", &err));
    CHECK(file_read(in_folder("pairings.csv"), 1 << 20, &b, &err));
    check_table(FORM_PACKAGE, &b, in_package);
    CHECK_STR(csv_cell(&b, "school_prob"), "0.75");
    CHECK_STR(csv_cell(&b, "mentions"), "7 71 72 73 74");
    json_t *root = json_load_file(in_folder("datapackage.json"), 0, NULL), *member;
    json_t *members = json_object_get(
        json_object_get(json_array_get(json_object_get(root, "resources"), 2), "schema"), "fields");
    size_t at;
    json_array_foreach(members, at, member)
        CHECK(csv_cell(&b, json_string_value(json_object_get(member, "name"))));
    int columns = 0;
    for (int i = 0; i < ROW_FIELDS; i++) columns += !row_field((RowFieldId)i)->absent[FORM_PACKAGE];
    CHECK_INT(json_array_size(members), columns);
    json_decref(root);
    vec_release(&documents);
    buf_release(&b);
}

/* ---- JSON ---- */

static bool json_says(const json_t *value, const RowField *f)
{
    if (!value) return false;
    char *dump = json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT);
    bool text = json_is_string(value), says;
    if (text)
        says = str_eq(json_string_value(value), text_of(f));
    else if (f->type == VALUE_SHARE)
        says = fabs(json_number_value(value) - atof(text_of(f))) < 1e-4;
    else if (f->type == VALUE_WORDS)
        says = str_eq(dump, "[\"gap\",\"mended\"]");
    else if (f->type == VALUE_BOX)
        says = str_eq(dump, "[212,804,1210,60]");
    else if (f->type == VALUE_PLACES)
        says = str_eq(dump, "[{\"page\":7,\"box\":[71,72,73,74]}]");
    else
        says = str_eq(dump, text_of(f));
    if (!says) printf("    '%s' is %s\n", f->name, dump);
    free(dump);
    return says;
}

static void check_object(RowForm form, const json_t *row)
{
    CHECK(json_is_object(row));
    for (int i = 0; i < ROW_FIELDS; i++) {
        const RowField *f = row_field((RowFieldId)i);
        const json_t *value = json_object_get(row, f->name);
        if (json_is_object(value)) continue; /* the review page's school is an object, see review() */
        check_field(form, f, value != NULL);
        if (value) CHECK(json_says(value, f));
    }
}

TEST(json)
{
    Buf b = {0};
    export_format(&b, FORMAT_JSON, rows.v, 1, 0);
    json_t *array = json_loads(b.s, 0, NULL);
    check_object(FORM_JSON, json_array_get(array, 0));
    json_decref(array);
    buf_clear(&b);
    export_format(&b, FORMAT_JSONL, rows.v, 1, 0);
    json_t *line = json_loads(b.s, 0, NULL);
    check_object(FORM_JSON, line);
    json_decref(line);
    buf_release(&b);
}

/* Fields that the table says are in the object of their school are there. */
static void check_school(const json_t *row, const char *object, RowFieldId name, RowFieldId raw,
                         RowFieldId district, RowFieldId prob)
{
    const json_t *school = json_object_get(row, object);
    CHECK(json_says(json_object_get(school, "name"), row_field(name)));
    CHECK(json_says(json_object_get(school, "raw"), row_field(raw)));
    CHECK(json_says(json_object_get(school, "district"), row_field(district)));
    CHECK(json_says(json_object_get(school, "prob"), row_field(prob)));
}

TEST(review)
{
    static const char *const hosts[] = {"127.0.0.1:8000", NULL};
    Desk desk = {.who = "lan", .token = "0123456789abcdef", .hosts = hosts, .store = store};
    Response res = {0};
    char query[80];
    snprintf(query, sizeof query, "id=%s", rows.v[0].id);
    desk_answer(
        &desk, &(Request){.method = "GET", .path = "/0123456789abcdef/row", .query = query, .host = hosts[0]},
        &res);
    json_t *root = json_loads(buf_str(&res.body), 0, NULL);
    const json_t *row = json_object_get(root, "row");
    check_object(FORM_REVIEW, row);
    check_school(row, "school", ROW_SCHOOL, ROW_SCHOOL_RAW, ROW_DISTRICT, ROW_SCHOOL_PROB);
    check_school(row, "partner", ROW_PARTNER, ROW_PARTNER_RAW, ROW_PARTNER_DISTRICT, ROW_PARTNER_PROB);
    json_decref(root);
    response_release(&res);
}

/* ---- the workbook ---- */

static void unzip(const char *path, const char *member, Buf *b)
{
    char command[300], part[4096];
    snprintf(command, sizeof command, "unzip -p %s %s", path, member);
    FILE *pipe = popen(command, "r");
    for (size_t n; pipe && (n = fread(part, 1, sizeof part, pipe)) > 0;) buf_addn(b, part, n);
    CHECK(pipe && pclose(pipe) == 0);
}

static bool holds(const Buf *b, const char *before, const char *text)
{
    return strstr(b->s, arena_printf(&arena, "%s%s</", before, text)) != NULL;
}

TEST(xlsx)
{
    Buf strings = {0}, sheet = {0};
    Err err = {0};
    FileOut *out = file_create(in_folder("rows.xlsx"), &err);
    CHECK(export_xlsx(out, &rows, 1, NULL, NULL, &err) && file_commit(out, &err));
    unzip(in_folder("rows.xlsx"), "xl/sharedStrings.xml", &strings);
    unzip(in_folder("rows.xlsx"), "xl/worksheets/sheet1.xml", &sheet);
    for (int i = 0; i < ROW_FIELDS; i++) {
        const RowField *f = row_field((RowFieldId)i);
        bool head = holds(&strings, "<t>", f->name);
        check_field(FORM_XLSX, f, head);
        if (head) CHECK(holds(&strings, "<t>", text_of(f)) || holds(&sheet, "<v>", text_of(f)));
    }
    buf_release(&strings);
    buf_release(&sheet);
}

/* ---- dau.h ---- */

typedef struct Member {
    const char *name;
    size_t at;
    char type; /* s: string, d: double, i: int, m: the mentions */
} Member;

#define MEMBER(name, type)                      \
    {                                           \
#name, offsetof(DauPairing, name), type \
    }
static const Member members[] = {
    MEMBER(page, 'i'),
    MEMBER(no, 's'),
    MEMBER(level, 's'),
    MEMBER(school, 's'),
    MEMBER(partner, 's'),
    MEMBER(district, 's'),
    MEMBER(partner_district, 's'),
    MEMBER(school_raw, 's'),
    MEMBER(partner_raw, 's'),
    MEMBER(prob, 'd'),
    MEMBER(x, 'i'),
    MEMBER(y, 'i'),
    MEMBER(w, 'i'),
    MEMBER(h, 'i'),
    MEMBER(rule, 's'),
    MEMBER(flags, 's'),
    MEMBER(since, 's'),
    MEMBER(until, 's'),
    MEMBER(mentions, 'm'),
    MEMBER(school_prob, 'd'),
    MEMBER(partner_prob, 'd'),
    MEMBER(kind, 's'),
};
enum { MEMBERS = sizeof members / sizeof *members };

static const Member *member_of(const char *name)
{
    for (int i = 0; i < MEMBERS; i++)
        if (str_eq(members[i].name, name)) return &members[i];
    return NULL;
}

static const char plan[] = "Năm học 2023-2024 đến hết năm học 2024-2025, Trường Tiểu học Nguyễn Du, quận Hà "
                           "Đông kết nghĩa với Trường Tiểu "
                           "học Phú Lãm, huyện Ba Vì.\n";

/* libdau makes DauPairings of a text; what it gives is what the same Pairing says elsewhere. */
TEST(library)
{
    Err err = {0};
    DauError error = {0};
    CHECK(file_write(in_folder("plan.txt"), plan, sizeof plan - 1, &err));
    DauReader *reader = dau_reader_open(NULL, &error);
    DauPairings *found = dau_extract(reader, in_folder("plan.txt"), &error);
    CHECK_STR(error.text, "");
    const DauPairing *p = found ? dau_pairings_next(found) : NULL;
    CHECK(p != NULL);
    for (int i = 0; i < ROW_FIELDS; i++) {
        const RowField *f = row_field((RowFieldId)i);
        const Member *m = member_of(f->name);
        check_field(FORM_LIBRARY, f, m != NULL);
        if (!m || !p) continue;
        const void *at = (const char *)p + m->at;
        if (m->type == 's') CHECK(*(const char *const *)at != NULL);
        if (m->type == 'd') CHECK(*(const double *)at > 0 && *(const double *)at <= 1);
    }
    if (p) {
        CHECK_STR(p->school, "Nguyễn Du");
        CHECK_STR(p->partner, "Phú Lãm");
        CHECK_STR(p->level, "TH");
        CHECK_INT(p->page, 1);
        CHECK(!p->mention_count == !p->mentions);
    }
    dau_pairings_free(found);
    dau_reader_close(reader);
}

int main(void)
{
    if (!mkdtemp(folder)) return 1;
    fill_store();
    RUN(no_two_values_are_alike);
    RUN(database);
    RUN(csv);
    RUN(sheet_and_back);
    RUN(package);
    RUN(json);
    RUN(review);
    RUN(xlsx);
    RUN(library);
    store_close(store);
    vec_release(&rows);
    arena_release(&arena);
    folder_remove(folder);
    return TEST_DONE();
}
