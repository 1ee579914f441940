/* One table of fields describes each CSV and its part of datapackage.json. Schools are numbered as they first occur:
 * "Nguyễn Du", TH, Hà Đông is school 1 in row 25 and keeps the number in row 40. */
#include "export/package.h"

#include "base/file.h"
#include "base/json.h"
#include "base/map.h"
#include "base/viet.h"
#include "doc/fields.h"

#include <stdio.h>
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
    [VALUE_KIND] = "string", [VALUE_BOX] = "string",    [VALUE_WORDS] = "string", [VALUE_PLACES] = "string"};

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

enum { TOP_AT = 2, LIST_AT = 4, RESOURCE_AT = 6, FIELDS_AT = 8, FIELD_AT = 10 }; /* blanks before a line */

static void member(Buf *b, const char *key, const char *value)
{
    json_key(b, key), buf_addc(b, ' ');
    json_text(b, NULL, value);
}

/* A member or an element on a line of its own: its key, then what opens it. */
static void open_line(Buf *b, int indent, const char *key, char bracket)
{
    json_line(b, indent);
    if (key) json_key(b, key), buf_addc(b, ' ');
    json_open(b, bracket);
}

static void close_line(Buf *b, int indent, char bracket)
{
    buf_addf(b, "\n%*s", indent, "");
    json_close(b, bracket);
}

/* {"name": "id", "type": "integer", "description": "in this package"} */
static void add_fields(Buf *b, const PackageField *f)
{
    open_line(b, FIELDS_AT, "fields", '[');
    for (int i = 0; f[i].name; i++) {
        open_line(b, FIELD_AT, NULL, '{');
        member(b, "name", f[i].name);
        json_blank(b), member(b, "type", f[i].type);
        if (f[i].about) json_blank(b), member(b, "description", f[i].about);
        if (i == 0) {
            json_blank(b), json_key(b, "constraints"), buf_addc(b, ' '), json_open(b, '{');
            json_key(b, "required"), buf_add(b, " true");
            json_blank(b), json_key(b, "unique"), buf_add(b, " true");
            json_close(b, '}');
        }
        json_close(b, '}');
    }
    close_line(b, FIELDS_AT, ']');
}

static void add_keys(Buf *b, const Key *k)
{
    if (!k[0].field) return;
    open_line(b, FIELDS_AT, "foreignKeys", '[');
    for (int i = 0; k[i].field; i++) {
        open_line(b, FIELD_AT, NULL, '{');
        member(b, "fields", k[i].field);
        json_blank(b), json_key(b, "reference"), buf_addc(b, ' '), json_open(b, '{');
        member(b, "resource", k[i].resource);
        json_blank(b), member(b, "fields", "id");
        json_close(b, '}'), json_close(b, '}');
    }
    close_line(b, FIELDS_AT, ']');
}

static void line_member(Buf *b, int indent, const char *key, const char *value)
{
    json_line(b, indent);
    member(b, key, value);
}

static void add_schema(Buf *b, const PackageField *fields, const Key *keys)
{
    open_line(b, RESOURCE_AT, "schema", '{');
    add_fields(b, fields);
    json_line(b, FIELDS_AT), json_key(b, "missingValues"), buf_addc(b, ' '), json_open(b, '[');
    json_text(b, NULL, "");
    json_close(b, ']');
    line_member(b, FIELDS_AT, "primaryKey", fields[0].name);
    add_keys(b, keys);
    close_line(b, RESOURCE_AT, '}');
}

static void add_resource(Buf *b, const Resource *r, const PackageField *fields)
{
    char path[40];
    snprintf(path, sizeof path, "%s.csv", r->name);
    open_line(b, LIST_AT, NULL, '{');
    line_member(b, RESOURCE_AT, "profile", "tabular-data-resource");
    line_member(b, RESOURCE_AT, "name", r->name);
    line_member(b, RESOURCE_AT, "title", r->title);
    line_member(b, RESOURCE_AT, "path", path);
    line_member(b, RESOURCE_AT, "format", "csv");
    line_member(b, RESOURCE_AT, "mediatype", "text/csv");
    line_member(b, RESOURCE_AT, "encoding", "utf-8");
    add_schema(b, fields, r->key);
    close_line(b, LIST_AT, '}');
}

static void describe(Buf *b, const char *version)
{
    PackageField of_row[ROW_FIELDS + 1];
    pairing_fields(of_row);
    json_open(b, '{');
    line_member(b, TOP_AT, "profile", "tabular-data-package");
    line_member(b, TOP_AT, "name", "dau-pairings");
    line_member(b, TOP_AT, "title", "Schools twinned with schools");
    line_member(b, TOP_AT, "version", version);
    open_line(b, TOP_AT, "resources", '[');
    for (int i = 0; i < RESOURCES; i++)
        add_resource(b, &resources[i], resources[i].fields ? resources[i].fields : of_row);
    close_line(b, TOP_AT, ']');
    close_line(b, 0, '}');
    buf_addc(b, '\n');
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
