/* dau tables FILE...: the tables of the pages, whatever they hold. Each page is read in a worker; of "plan.pdf" comes a
 * line of JSON a table, or CSV or HTML. */
#include "cmd/cmd.h"

#include "base/file.h"
#include "base/tr.h"
#include "batch/walk.h"
#include "cmd/reading.h"
#include "export/tables.h"

#include <string.h>

static const Usage usage = {
    "tables", "[--format NAME] [-o FILE] PATH...",
    "Reads documents and prints every table on their pages, not only lists of twins: rows, columns, merged\n"
    "cells, and for each cell its text, how sure it is, its page and its place. A table that goes on over\n"
    "pages is one. 'dau export --format tables' prints those that 'dau run' has read.\n\n"
    "  dau tables --format csv plan.pdf > plan.csv"};

typedef struct TablesRun {
    Pool *pool;
    const TablesForm *form;
    FileOut *out;
    int most_pages, files, tables, code;
} TablesRun;

static void failed(TablesRun *r, const char *path, int page, Err *err)
{
    name_page(err, path, page);
    int code = complain(err);
    r->code = r->code && r->code != code ? DAU_SOME_FAILED : code;
    *err = (Err){0};
}

static bool read_page(TablesRun *r, const char *path, int n, TableSet *set, Err *err)
{
    Answer answer;
    Page page;
    page_init(&page, n);
    if (pool_do(r->pool, 0, &(Job){.kind = JOB_PAGE, .path = path, .page = n}, &answer, err) &&
        page_parse(buf_str(&answer.data), answer.data.len, &page, err))
        tables_add(set, &page);
    page_release(&page);
    pool_answer_release(&answer);
    return !err_is(err);
}

static int count_pages(TablesRun *r, const char *path, Err *err)
{
    Answer count;
    int pages = 0;
    if (pool_do(r->pool, 0, &(Job){.kind = JOB_COUNT, .path = path}, &count, err)) pages = count.pages;
    if (pages > r->most_pages)
        err_set(err, DAU_LIMIT, "'%s' has %d pages, over the limit of %d; --max-pages gives more", path,
                pages, r->most_pages);
    pool_answer_release(&count);
    return err_is(err) ? 0 : pages;
}

static void read_file(TablesRun *r, const char *path)
{
    Err err = {0};
    Buf b = {0};
    TableSet *set = tables_new();
    int pages = count_pages(r, path, &err), read = 0;
    if (!pages) failed(r, path, 0, &err);
    for (int n = 1; n <= pages; n++) {
        if (read_page(r, path, n, set, &err))
            read++;
        else
            failed(r, path, n, &err);
    }
    r->files += read > 0;
    r->tables += tables_count(set);
    if (read && !tables_count(set)) say("'%s': no table on its %d page%s", path, pages, plural(pages));
    if (read) r->form->write(&b, path, set);
    file_put(r->out, buf_str(&b), b.len);
    buf_release(&b);
    tables_free(set);
}

static void read_all(TablesRun *r, const Walk *walk)
{
    for (size_t i = 0; i < walk->notes.n; i++) say("%s", walk->notes.v[i]);
    for (size_t i = 0; i < walk->files.n; i++) {
        Err err = walk->files.v[i].err ? *walk->files.v[i].err : (Err){0};
        if (err_is(&err))
            failed(r, walk->files.v[i].path, 0, &err);
        else
            read_file(r, walk->files.v[i].path);
    }
}

/* The exit code. */
static int read_into(TablesRun *r, const char *out, const LineOptions *options, const PoolOptions *limits,
                     int n, char **paths)
{
    Err err = {0};
    Walk walk = {0};
    PageLine *line = line_new(options);
    r->pool = pool_new(line, limits);
    if (line_open_models(line, &err)) r->out = file_create(out, &err);
    for (int i = 0; r->out && i < n; i++) walk_path(&walk, paths[i]);
    if (r->out) read_all(r, &walk);
    if (r->out) file_commit(r->out, &err);
    pool_free(r->pool);
    line_free(line);
    bool nothing = walk.files.n == 0 && !err_is(&err);
    walk_release(&walk);
    if (err_is(&err)) return complain(&err);
    if (nothing) return say("nothing to do: no document there"), DAU_NOTHING;
    return r->code && r->files ? DAU_SOME_FAILED : r->code;
}

int cmd_tables(int argc, char **argv)
{
    ReadingOptions reading = {0};
    LineOptions line;
    PoolOptions limits = {.workers = 1};
    TablesRun r = {.most_pages = 5000};
    Err err = {0};
    const char *format = "json", *out = "-";
    const Option options[] = {
        {'f', "format", OPT_STRING, &format, "NAME=json|csv|html",
         "json (a line a table; the default), csv, html"},
        {'o', "output", OPT_STRING, &out, "FILE", "where to (standard output)"},
        READING_OPTIONS(reading),
        LIMIT_OPTIONS(limits),
        {0, "max-pages", OPT_INT, &r.most_pages, "N", "refuse files of more pages (5000)"},
        {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "name a file or a folder");
    if (!limits_make_sense(&limits) || r.most_pages <= 0)
        return usage_error(&usage, "a limit must be over 0");
    if (!(r.form = tables_form(format)))
        return usage_error(&usage, "there is no format '%s'; 'dau tables --help' lists them", format);
    if (!reading_settle(&reading, &line, &err)) return reading_refused(&reading, &usage, &err);
    limits.talk = cmd_verbosity > 0;
    int code = read_into(&r, out, &line, &limits, argc - first, argv + first);
    reading_release(&reading);
    return code;
}
