/* dau export -d plans.db --format csv -o list.csv: the pairings ("Nguyễn Du - Phú Lãm") in one form, in one file; or the
 * pages, a file a document. */
#include "cmd/export.h"

#include "base/file.h"
#include "cmd/cmd.h"
#include "cmd/progress.h"
#include "cmd/reading.h"
#include "cmd/source.h"
#include "export/document.h"
#include "export/package.h"
#include "export/xlsx.h"
#include "export/sheet.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PICTURE_MARGIN = 6 }; /* pixels of the scan round a row */

static const Usage usage = {
    "export", "[-d plans.db] [--format NAME] [-o FILE|FOLDER] [FILE...]",
    "Writes what a database holds; of the files named, or of all. The same database gives the same bytes.\n\n"
    "Of the pairings, ordered by file, page and place: table, csv, json, jsonl, xlsx (with a picture of each "
    "row), package "
    "(a folder: CSV files and datapackage.json).\n"
    "Of the pages, a file a document: pdf (the scan, to be searched), hocr, markdown, text, tables (a line "
    "of JSON\n"
    "a table); a file a page: alto, page.\n\n"
    "  dau export -d plans.db --format csv -o list.csv\n"
    "  dau export -d plans.db --format pdf -o searchable/ plan.pdf\n\n"
    "A database without pairings gives a header, [] or nothing, and exit 0. The ids are what 'dau show "
    "--pairing "
    "ID' takes; in a table they are shown cut short. In csv, text that a spreadsheet would take for a "
    "formula has an "
    "apostrophe before it."};

typedef struct Options {
    bool bom;         /* csv */
    bool sheet;       /* csv, xlsx: to be corrected and taken back */
    bool no_pictures; /* xlsx */
    bool documents;   /* json, jsonl: what the documents say of themselves too */
    bool unions;      /* pairings of those in the schools, too */
} Options;

/* ---- rows ---- */

static void load_rows(const ExportJob *job, bool unions, Arena *a, Rows *rows, Err *err)
{
    size_t kept = 0;
    int left_out = 0;
    if (!store_load_rows(job->store, a, rows, err)) return;
    for (size_t i = 0; i < rows->n; i++) {
        if (!export_wants(job, rows->v[i].file)) continue;
        if (unions || !rows->v[i].pairing.kind)
            rows->v[kept++] = rows->v[i];
        else
            left_out++;
    }
    say_unions(left_out);
    if (!kept)
        say(rows->n ? tr_mark("there are no pairings of these files")
                    : tr_mark("there are no pairings in the database"));
    rows->n = kept;
}

static void add_documents(const ExportJob *job, Format format, const Rows *rows, Buf *b, Err *err)
{
    Arena a = {0};
    DocumentRows docs = {0};
    size_t kept = 0;
    store_load_facts(job->store, &a, &docs, err);
    for (size_t i = 0; i < docs.n; i++) {
        DocumentRow doc = docs.v[i];
        if (!export_wants(job, doc.file)) continue;
        docs.v[i] = docs.v[kept], docs.v[kept++] = doc;
    }
    export_with_documents(b, format, docs.v, kept, rows->v, rows->n);
    document_rows_release(&docs);
    arena_release(&a);
}

static void write_rows(const ExportJob *job, Format format, const Options *o, const Rows *rows, Err *err)
{
    Buf b = {0};
    bool terminal = str_eq(job->out, "-") && isatty(STDOUT_FILENO);
    if (o->bom && format == FORMAT_CSV) buf_add(&b, "\xEF\xBB\xBF");
    if (o->documents)
        add_documents(job, format, rows, &b, err);
    else
        export_format(&b, format, rows->v, rows->n, terminal ? terminal_width(STDOUT_FILENO) : 0);
    if (!err_is(err)) file_write(job->out, buf_str(&b), b.len, err);
    buf_release(&b);
}

static void add_sheet(const ExportJob *job, const Rows *rows, Buf *b, Err *err)
{
    sheet_add_header(b);
    for (size_t i = 0; i < rows->n && !err_is(err); i++) {
        Arena a = {0};
        Review r;
        if (review_load(job->store, &a, rows->v[i].id, &r, err)) sheet_add(b, &r);
        arena_release(&a);
    }
}

static void write_sheet(const ExportJob *job, const Rows *rows, Err *err)
{
    Buf b = {0};
    add_sheet(job, rows, &b, err);
    if (!err_is(err)) file_write(job->out, buf_str(&b), b.len, err);
    buf_release(&b);
}

/* ---- the workbook ---- */

typedef struct Pictures {
    Store *store;
    Source source;
    Arena arena;
    Page page;
    int64_t missing; /* the document that has no picture to give; 0: none */
} Pictures;

/* Rows come by file and page, so a page is rendered once. */
static bool row_picture(void *context, const Row *row, Buf *png, int *dpi)
{
    Pictures *c = context;
    Err err = {0};
    int64_t doc = 0;
    Row again;
    int number = row->pairing.place.page;
    arena_release(&c->arena);
    if (!number || !store_load_row(c->store, row->id, &c->arena, &again, &doc, &err) || doc == c->missing)
        return false;
    if (c->source.doc != doc || c->page.number != number) {
        page_release(&c->page);
        page_init(&c->page, number);
        store_load_page(c->store, doc, number, &c->page, &err);
    }
    if (err_is(&err) || c->page.unit != UNIT_PIXEL) return false;
    if (!source_open(&c->source, c->store, doc, row->file, &err)) {
        say("no pictures of '%s': %s", row->file, err.text);
        c->missing = doc;
        return false;
    }
    const Raster *scan = source_page(&c->source, &c->page, &err);
    Rect box = rect_clip(rect_grow(row->pairing.place.box, PICTURE_MARGIN), c->page.width, c->page.height);
    *dpi = c->page.dpi;
    return scan && load_png(scan, box, 0, png, &err);
}

static int64_t newest(const ExportJob *job, Arena *a, Listing *documents, Err *err)
{
    int64_t t = 0;
    size_t kept = 0;
    store_list_documents(job->store, a, documents, err);
    for (size_t i = 0; i < documents->n; i++) {
        if (!export_wants(job, documents->v[i].file)) continue;
        documents->v[kept++] = documents->v[i];
        if (documents->v[i].mtime > t) t = documents->v[i].mtime;
    }
    documents->n = kept;
    return t;
}

static void write_xlsx(const ExportJob *job, const Options *o, const Rows *rows, int64_t time, Err *err)
{
    Pictures pictures = {.store = job->store, .source.passwords = job->passwords};
    RowPicture *picture = o->no_pictures ? NULL : row_picture;
    Buf sheet = {0};
    page_init(&pictures.page, 0);
    if (o->sheet) add_sheet(job, rows, &sheet, err);
    FileOut *out = file_create(job->out, err);
    if (out) {
        if (o->sheet)
            export_xlsx_sheet(out, &sheet, rows, time, picture, &pictures, err);
        else
            export_xlsx(out, rows, time, picture, &pictures, err);
        file_commit(out, err);
    }
    buf_release(&sheet);
    source_close(&pictures.source);
    page_release(&pictures.page);
    arena_release(&pictures.arena);
}

static bool make_folder(const char *path, Err *err)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
    return err_set(err, DAU_FILE_ACCESS, "cannot make the folder '%s': %s", path, err_system(errno));
}

/* ---- */

static void export_pairings(const ExportJob *job, const Options *o, Err *err)
{
    Arena a = {0};
    Rows rows = {0};
    Listing documents = {0};
    Format format;
    load_rows(job, o->unions, &a, &rows, err);
    int64_t time = newest(job, &a, &documents, err);
    if (o->sheet && str_eq(job->format, "csv"))
        write_sheet(job, &rows, err);
    else if (format_from_name(job->format, &format))
        write_rows(job, format, o, &rows, err);
    else if (str_eq(job->format, "xlsx"))
        write_xlsx(job, o, &rows, time, err);
    else if (make_folder(job->out, err))
        export_package(job->out, &rows, &documents, DAU_VERSION, err);
    vec_release(&documents);
    vec_release(&rows);
    arena_release(&a);
}

int cmd_export(int argc, char **argv)
{
    const char *database = "plans.db";
    ExportJob job = {.format = "table", .out = "-"};
    Options o = {0};
    Passwords passwords = {0};
    const Option options[] = {
        {'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
        {'f', "format", OPT_STRING, &job.format,
         "NAME=table|csv|json|jsonl|xlsx|package|pdf|hocr|alto|page|markdown|text|tables",
         "one of those above (table)"},
        {'o', "output", OPT_STRING, &job.out, "FILE", "write there (standard output)"},
        {0, "bom", OPT_FLAG, &o.bom, NULL, "csv: begin with the mark by which Excel knows UTF-8"},
        {0, "for-correction", OPT_FLAG, &o.sheet, NULL, "csv, xlsx: a sheet that 'dau import' takes back"},
        {0, "with-documents", OPT_FLAG, &o.documents, NULL,
         "json, jsonl: also a line for each document of what it says of itself"},
        {0, "with-unions", OPT_FLAG, &o.unions, NULL,
         "also the pairings of trade unions, party cells and youth unions of schools"},
        {0, "no-pictures", OPT_FLAG, &o.no_pictures, NULL, "xlsx: without the pictures of the rows"},
        PASSWORD_OPTION(passwords),
        {0}};
    Err err = {0};
    Format format;
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    bool named = str_eq(job.format, "xlsx") || str_eq(job.format, "package"),
         pages = export_is_pages(job.format);
    if (!named && !pages && !format_from_name(job.format, &format))
        return usage_error(&usage, "there is no format '%s'; 'dau export --help' lists them", job.format);
    if (o.sheet && !str_eq(job.format, "csv") && !str_eq(job.format, "xlsx"))
        return usage_error(&usage, "--for-correction goes with --format csv or xlsx");
    if (o.documents && !str_eq(job.format, "json") && !str_eq(job.format, "jsonl"))
        return usage_error(&usage, "--with-documents goes with --format json or jsonl");
    if (named && str_eq(job.out, "-")) return usage_error(&usage, "%s needs a name: -o NAME", job.format);
    job.files = argv + first, job.n = argc - first;
    job.store = store_open(database, STORE_READ, &err);
    bool there = job.store && export_check_files(&job, &err) && passwords_read(&passwords, &err);
    job.passwords = passwords.all.v;
    if (there && pages)
        export_pages(&job, &err);
    else if (there)
        export_pairings(&job, &o, &err);
    store_close(job.store);
    passwords_release(&passwords);
    return complain(&err);
}
