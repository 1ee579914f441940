/* One document at a time, one page at a time. Of "kế hoạch.pdf" the folder gets "kế hoạch.pdf.hocr" or
 * "kế hoạch.pdf-0003.alto.xml". When two documents of one name come from different folders, the second is
 * "kế hoạch-2.pdf.hocr". */
#include "cmd/export.h"

#include "base/file.h"
#include "base/map.h"
#include "cmd/cmd.h"
#include "cmd/source.h"
#include "export/page.h"
#include "export/pdf.h"
#include "export/tables.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct PagesWriter {
    const ExportJob *job;
    const PageForm *form; /* NULL: PDF */
    bool folder;          /* job->out is one */
    Arena arena;
    Source source;
    Coded picture;
    int written, passed_over;
} PagesWriter;

static const char maker[] = "dau " DAU_VERSION;

bool export_is_pages(const char *format)
{
    return str_eq(format, "pdf") || page_form(format);
}

static bool is_named(const char *asked, const char *file)
{
    return str_eq(asked, file) || str_eq(asked, file_base_name(file));
}

bool export_wants(const ExportJob *job, const char *file)
{
    for (int i = 0; i < job->n; i++)
        if (is_named(job->files[i], file)) return true;
    return job->n == 0;
}

bool export_check_files(const ExportJob *job, Err *err)
{
    Arena a = {0};
    Listing list = {0};
    int known = 0;
    store_list_documents(job->store, &a, &list, err);
    for (int i = 0; i < job->n && !err_is(err); i++) {
        size_t k = 0;
        while (k < list.n && !is_named(job->files[i], list.v[k].file)) k++;
        if (k < list.n)
            known++;
        else
            say("'%s' is not among the files that were read; it is passed over", job->files[i]);
    }
    if (job->n && !known)
        err_set(err, DAU_BAD_INPUT,
                "none of these files was read into the database; 'dau export' without files lists what was");
    vec_release(&list);
    arena_release(&a);
    return !err_is(err);
}

static FileOut *open_out(PagesWriter *w, const char *stem, int page, Err *err)
{
    const char *suffix = w->form ? w->form->suffix : ".pdf";
    if (!w->folder) return file_create(w->job->out, err);
    if (!w->form && str_ends(stem, ".pdf")) suffix = "";
    const char *number = page ? arena_printf(&w->arena, "-%04d", page) : "";
    const char *between = str_ends(w->job->out, "/") ? "" : "/";
    return file_create(arena_printf(&w->arena, "%s%s%s%s%s", w->job->out, between, stem, number, suffix),
                       err);
}

static void put(FileOut *out, Buf *b)
{
    file_put(out, buf_str(b), b->len);
    buf_clear(b);
}

/* ---- one document ---- */

/* The file's own time: the same however often it is read. */
static const char *iso_time(int64_t seconds, char out[32])
{
    time_t t = (time_t)seconds;
    struct tm tm;
    if (!gmtime_r(&t, &tm) || !strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &tm)) return "1970-01-01T00:00:00Z";
    return out;
}

static void write_page_file(PagesWriter *w, const PageBook *book, const Page *page, const char *stem,
                            Err *err)
{
    Buf b = {0};
    FileOut *out = open_out(w, stem, page->number, err);
    if (out) {
        w->form->begin(&b, book);
        w->form->page(&b, book, page);
        w->form->end(&b, book);
        put(out, &b);
        if (file_commit(out, err)) w->written++;
    }
    buf_release(&b);
}

static bool add_pdf_page(PagesWriter *w, Pdf *pdf, const Page *page, Err *err)
{
    const Raster *scan = source_page(&w->source, page, err);
    if (!scan || !load_coded(scan, &w->picture, err)) return false;
    pdf_add_page(pdf, page, &w->picture);
    return true;
}

/* The pages that are done, in order, each given to whatever the form is. */
static void write_document(PagesWriter *w, const Listed *doc, const char *stem, Err *err)
{
    bool each = w->form && w->form->page_a_file;
    char time[32];
    Buf b = {0};
    buf_add_utf8(&b, doc->file);
    char *name = arena_str(&w->arena, buf_str(&b)); /* may be empty in a database that somebody made */
    str_plain(name, "");
    PageBook book = {name, doc->pages, iso_time(doc->mtime, time), maker};
    buf_clear(&b);
    FileOut *out = each ? NULL : open_out(w, stem, 0, err);
    TableSet *tables = w->form && !w->form->page ? tables_new() : NULL;
    Pdf *pdf = out && !w->form ? pdf_new(out, doc->file, maker) : NULL;
    if (out && w->form) w->form->begin(&b, &book);
    for (int n = 0; (n = store_next_result(w->job->store, doc->id, n, err)) > 0 && !err_is(err);) {
        Page page;
        page_init(&page, n);
        if (store_load_page(w->job->store, doc->id, n, &page, err)) {
            if (each)
                write_page_file(w, &book, &page, stem, err);
            else if (tables)
                tables_add(tables, &page);
            else if (pdf)
                add_pdf_page(w, pdf, &page, err);
            else
                w->form->page(&b, &book, &page), put(out, &b);
        }
        page_release(&page);
    }
    if (out && tables) tables_form("json")->write(&b, book.file, tables);
    if (out && w->form) w->form->end(&b, &book), put(out, &b);
    tables_free(tables);
    pdf_finish(pdf);
    if (out && file_commit(out, err)) w->written++;
    buf_release(&b);
}

/* Whether this form can be made of this document; else the reason in err. */
static bool can_write(PagesWriter *w, const Listed *doc, Err *err)
{
    Page page;
    int first = store_next_result(w->job->store, doc->id, 0, err);
    if (w->form && !w->form->pixels) return !err_is(err);
    page_init(&page, first);
    if (store_load_page(w->job->store, doc->id, first, &page, err) && page.unit != UNIT_PIXEL)
        err_set(err, DAU_BAD_INPUT, "'%s' is text and has no pictures; take --format markdown or text",
                doc->file);
    page_release(&page);
    return !err_is(err) && (w->form || source_open(&w->source, w->job->store, doc->id, doc->file, err));
}

/* ---- all of them ---- */

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Where to: a folder unless it is one file that is wanted. */
static bool settle_place(PagesWriter *w, size_t documents, Err *err)
{
    const char *out = w->job->out;
    bool one = documents == 1 && !(w->form && w->form->page_a_file);
    w->folder = is_folder(out) || str_ends(out, "/") || (!one && !str_eq(out, "-"));
    if (!w->folder && !one)
        return err_set(err, DAU_USAGE, "more than one file comes of this; name a folder with -o FOLDER");
    if (!w->folder && !w->form && str_eq(out, "-") && isatty(STDOUT_FILENO))
        return err_set(err, DAU_USAGE, "cannot print a PDF on a terminal; name a file with -o FILE.pdf");
    if (w->folder && !is_folder(out) && mkdir(out, 0777) != 0)
        return err_set(err, DAU_FILE_ACCESS, "cannot make the folder '%s': %s", out, err_system(errno));
    return true;
}

/* The name without its folders; once more with a number when it is taken. */
static const char *stem_of(PagesWriter *w, Map *taken, const char *file)
{
    const char *base = file_short_name(&w->arena, file_base_name(file)), *stem = base;
    for (int i = 2; map_lookup(taken, stem, 0); i++) {
        const char *dot = strrchr(base, '.');
        int n = dot && dot > base ? (int)(dot - base) : (int)strlen(base);
        stem = arena_printf(&w->arena, "%.*s-%d%s", n, base, i, base + n);
    }
    *map_at(taken, stem) = 1;
    return stem;
}

/* A document that cannot be written is passed over; a file that cannot be written ends it all. */
static void write_listed(PagesWriter *w, const Listing *list, Err *err)
{
    Map taken = {0};
    Err why = {0};
    for (size_t i = 0; i < list->n && !err_is(err); i++) {
        const Listed *doc = &list->v[i];
        if (!export_wants(w->job, doc->file)) continue;
        const char *stem = stem_of(w, &taken, doc->file);
        why = (Err){0};
        if (can_write(w, doc, &why)) {
            write_document(w, doc, stem, err);
            continue;
        }
        w->passed_over++;
        if (w->folder) complain(&why);
    }
    map_release(&taken);
    if (w->passed_over && !w->folder) err_set(err, why.code, "%s", why.text);
    if (w->passed_over && w->folder)
        err_set(err, DAU_SOME_FAILED, "%d of the documents could not be written, as said above",
                w->passed_over);
}

bool export_pages(const ExportJob *job, Err *err)
{
    PagesWriter w = {.job = job, .form = page_form(job->format), .source.passwords = job->passwords};
    Listing list = {0};
    size_t wanted = 0;
    if (store_list_documents(job->store, &w.arena, &list, err)) {
        for (size_t i = 0; i < list.n; i++) wanted += export_wants(job, list.v[i].file);
        if (!wanted)
            err_set(err, DAU_BAD_INPUT, "no page is in the database yet; 'dau run' reads files");
        else if (settle_place(&w, wanted, err))
            write_listed(&w, &list, err);
        if (w.folder && w.written) say("%d file%s in '%s'", w.written, plural(w.written), job->out);
    }
    source_close(&w.source);
    buf_release(&w.picture.bytes);
    vec_release(&list);
    arena_release(&w.arena);
    return !err_is(err);
}
