/* One table of fields describes each CSV and its part of datapackage.json. Schools are numbered as they first occur:
 * "Nguyễn Du", TH, Hà Đông is school 1 in row 25 and keeps the number in row 40. */
#include "export/package.h"

#include "base/file.h"
#include "base/map.h"
#include "base/viet.h"
#include "doc/fields.h"

#include <string.h>

typedef struct PackageField {
    const char *name, *type, *about; /* Table Schema's types */
} PackageField;

typedef struct Key {
    const char *field, *resource;
} Key;

typedef struct Resource {
    const char *name, *title;
    const PackageField *fields; /* ends with name NULL; the first is the key. NULL: those of a row */
    Key key[4];                 /* foreign keys, to `id` there; ends with field NULL */
} Resource;

static const PackageField document_fields[] = {{"id", "string", "first 12 digits of sha256"},
                                               {"file", "string", "the first name it was found by"},
                                               {"sha256", "string", "of its bytes"},
                                               {"pages", "integer", "that were read"},
                                               {0}};

static const PackageField school_fields[] = {{"id", "integer", "in this package"},
                                             {"level", "string", "MN, TH, THCS, THPT ..."},
                                             {"name", "string", "without the words of its level"},
                                             {"district", "string", "where something says"},
                                             {"key", "string", "the name without marks, lower case"},
                                             {0}};

/* The fields of a row; in place of file and names stand numbers of the other two tables. */
static const struct {
    RowFieldId id;
    PackageField field;
} linked[] = {{ROW_FILE, {"document", "string", NULL}},
              {ROW_SCHOOL, {"school", "integer", NULL}},
              {ROW_PARTNER, {"partner", "integer", NULL}}};

static const char *const types[] = {
    [VALUE_TEXT] = "string", [VALUE_COUNT] = "integer", [VALUE_SHARE] = "number", [VALUE_LEVEL] = "string",
    [VALUE_BOX] = "string",  [VALUE_WORDS] = "string",  [VALUE_PLACES] = "string"};

static PackageField pairing_field(const RowField *f)
{
    for (size_t i = 0; i < sizeof linked / sizeof *linked; i++)
        if (linked[i].id == row_field_id(f)) return linked[i].field;
    return (PackageField){f->name, types[f->type], f->about};
}

/* Ended by a field without a name. */
static void pairing_fields(PackageField out[ROW_FIELDS + 1])
{
    const RowField *of[ROW_FIELDS];
    int n = row_fields(FORM_PACKAGE, of);
    for (int i = 0; i < n; i++) out[i] = pairing_field(of[i]);
    out[n] = (PackageField){0};
}

static const Resource resources[] = {
    {"documents", "What was read", document_fields, {{0}}},
    {"schools", "Schools that are named", school_fields, {{0}}},
    {"pairings",
     "Which school is twinned with which",
     NULL,
     {{"document", "documents"}, {"school", "schools"}, {"partner", "schools"}, {0}}},
};

enum { RESOURCES = sizeof resources / sizeof *resources };

/* ---- the description ---- */

static void add_fields(Buf *b, const PackageField *f)
{
    for (int i = 0; f[i].name; i++) {
        buf_addf(b, "%s\n          {\"name\": \"%s\", \"type\": \"%s\"", i ? "," : "", f[i].name, f[i].type);
        if (f[i].about) buf_add(b, ", \"description\": "), buf_add_json(b, f[i].about);
        if (i == 0) buf_add(b, ", \"constraints\": {\"required\": true, \"unique\": true}");
        buf_addc(b, '}');
    }
}

static void add_keys(Buf *b, const Key *k)
{
    if (!k[0].field) return;
    buf_add(b, ",\n        \"foreignKeys\": [");
    for (int i = 0; k[i].field; i++)
        buf_addf(
            b,
            "%s\n          {\"fields\": \"%s\", \"reference\": {\"resource\": \"%s\", \"fields\": \"id\"}}",
            i ? "," : "", k[i].field, k[i].resource);
    buf_add(b, "\n        ]");
}

static void describe(Buf *b, const char *version)
{
    buf_add(b, "{\n  \"profile\": \"tabular-data-package\",\n  \"name\": \"dau-pairings\",\n"
               "  \"title\": \"Schools twinned with schools\",\n  \"version\": ");
    buf_add_json(b, version);
    buf_add(b, ",\n  \"resources\": [");
    for (int i = 0; i < RESOURCES; i++) {
        const Resource *r = &resources[i];
        PackageField of_row[ROW_FIELDS + 1];
        pairing_fields(of_row);
        const PackageField *fields = r->fields ? r->fields : of_row;
        buf_addf(b,
                 "%s\n    {\n      \"profile\": \"tabular-data-resource\",\n      \"name\": \"%s\",\n"
                 "      \"title\": \"%s\",\n      \"path\": \"%s.csv\",\n      \"format\": \"csv\",\n"
                 "      \"mediatype\": \"text/csv\",\n      \"encoding\": \"utf-8\",\n      \"schema\": {\n"
                 "        \"fields\": [",
                 i ? "," : "", r->name, r->title, r->name);
        add_fields(b, fields);
        buf_addf(b, "\n        ],\n        \"missingValues\": [\"\"],\n        \"primaryKey\": \"%s\"",
                 fields[0].name);
        add_keys(b, r->key);
        buf_add(b, "\n      }\n    }");
    }
    buf_add(b, "\n  ]\n}\n");
}

/* ---- the tables ---- */

static void add_head(Buf *b, const PackageField *f)
{
    for (int i = 0; f[i].name; i++) buf_addf(b, "%s%s", i ? "," : "", f[i].name);
    buf_add(b, "\r\n");
}

static void add_field(Buf *b, const char *value)
{
    buf_addc(b, ',');
    buf_add_csv(b, value);
}

static bool save(const char *folder, const char *name, Buf *b, Err *err)
{
    Buf path = {0};
    buf_addf(&path, "%s/%s", folder, name);
    bool ok = file_write(path.s, buf_str(b), b->len, err);
    buf_release(&path);
    buf_clear(b);
    return ok;
}

static void add_documents(Buf *b, const Listing *documents)
{
    add_head(b, document_fields);
    for (size_t i = 0; i < documents->n; i++) {
        const Listed *d = &documents->v[i];
        buf_addf(b, "%.12s", d->sha256);
        add_field(b, d->file);
        buf_addf(b, ",%s,%d\r\n", d->sha256, d->pages);
    }
}

/* Its number, and a line of schools.csv the first time. */
static int school_number(Buf *b, Map *seen, Arena *a, Level level, const School *s)
{
    const char *name = s->name ? s->name : "", *district = s->district ? s->district : "";
    const char *key = arena_printf(a, "%s\t%s\t%s", level_code(level), name, district);
    int *number = map_at(seen, key);
    if (*number) return *number;
    *number = (int)seen->n;
    buf_addf(b, "%d,%s", *number, level_code(level));
    add_field(b, name);
    add_field(b, district);
    add_field(b, viet_key(a, name));
    buf_add(b, "\r\n");
    return *number;
}

/* The part of the id before the dash is the document's. */
static void add_document_id(Buf *b, const char *id)
{
    const char *dash = strrchr(id, '-');
    buf_addf(b, "%.*s", dash ? (int)(dash - id) : 0, id);
}

static void add_pairing(Buf *b, Buf *schools, Map *seen, Arena *a, const Row *row)
{
    const Pairing *p = &row->pairing;
    int school = school_number(schools, seen, a, p->level, &p->school);
    int partner = school_number(schools, seen, a, p->level, &p->partner);
    const RowField *of[ROW_FIELDS];
    int n = row_fields(FORM_PACKAGE, of);
    for (int i = 0; i < n; i++) {
        if (i) buf_addc(b, ',');
        switch (row_field_id(of[i])) {
        case ROW_FILE: add_document_id(b, row->id); break;
        case ROW_SCHOOL: buf_addf(b, "%d", school); break;
        case ROW_PARTNER: buf_addf(b, "%d", partner); break;
        default: buf_add_csv(b, row_text(of[i], row, a));
        }
    }
    buf_add(b, "\r\n");
}

bool export_package(const char *folder, const Rows *rows, const Listing *documents, const char *version,
                    Err *err)
{
    Buf b = {0}, schools = {0};
    PackageField fields[ROW_FIELDS + 1];
    Map seen = {0};
    Arena a = {0};
    add_documents(&b, documents);
    save(folder, "documents.csv", &b, err);
    pairing_fields(fields);
    add_head(&b, fields);
    add_head(&schools, school_fields);
    for (size_t i = 0; i < rows->n; i++) add_pairing(&b, &schools, &seen, &a, &rows->v[i]);
    save(folder, "schools.csv", &schools, err);
    save(folder, "pairings.csv", &b, err);
    describe(&b, version);
    save(folder, "datapackage.json", &b, err);
    arena_release(&a);
    map_release(&seen);
    buf_release(&schools);
    buf_release(&b);
    return !err_is(err);
}
