/* dau extract PATH...: reads files and prints their pairings as JSON Lines, without a database. A list "25. Nguyễn Du - Phú
 * Lãm" on standard input (-) is first laid down as a file, because workers open files. */
#include "cmd/cmd.h"

#include "base/file.h"
#include "batch/scratch.h"
#include "batch/walk.h"
#include "cmd/came.h"
#include "cmd/reading.h"
#include "extract/extract.h"
#include "export/document.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const Usage usage = {
    "extract", "PATH...",
    "Reads scans, Word and OpenDocument files, web pages and text, and prints which school is twinned with\n"
    "which, a line of JSON for each pairing. A PATH may be a folder, or - for standard input. Nothing is "
    "stored; 'dau run' keeps what "
    "it read.\n\n"
    "  dau extract plan.txt | jq -r '[.no, .level, .school, .partner] | @tsv'\n\n"
    "Exit: 0 all read, 6 no file to read, 10 some files failed or pages of them. When no file could be\n"
    "read and all for the same reason, the code of that reason: 2 broken or not what it says, 5 cannot be\n"
    "opened, 8 needs a password, 11 over a limit."};

typedef struct Tally {
    int unions;              /* pairings of those in the schools */
    int good, code;          /* files read whole; the one cause of the others, or DAU_SOME_FAILED */
    bool parts;              /* some pages were read of a file that failed */
    const char *path, *name; /* of the file at hand, and what it is called where they differ */
} Tally;

typedef struct How {
    int most_pages;      /* of a file */
    bool documents;      /* a line for each document, too */
    const char *columns; /* as a person says, or NULL */
    bool no_unions;      /* no pairings of those in the schools */
} How;

/* The message with the file's name for the path it was laid down under. */
static Err renamed(const Err *err, const Tally *t)
{
    const char *at = t->name ? strstr(err->text, t->path) : NULL;
    Err out = *err;
    if (at)
        snprintf(out.text, sizeof out.text, "%.*s%s%s", (int)(at - err->text), err->text, t->name,
                 at + strlen(t->path));
    return out;
}

static void tally_failed(Tally *t, const Err *failed)
{
    Err err = renamed(failed, t);
    int code = complain(&err);
    t->code = t->code && t->code != code ? DAU_SOME_FAILED : code;
}

static const char STANDARD_INPUT[] = "standard input"; /* as it is called in what comes out */

/* Two workers, so that a page that takes the first with it leaves to the second what it has taken in. */
enum { READER, EXTRACTOR, WORKERS };

static void tell_page(const Answer *page, const char *path, Came *came)
{
    Arena a = {0};
    const char *via = came_via(&page->data, &a);
    if (via) tell("'%s' page %d: from %s", path, page->page, via);
    came_count(came, via);
    arena_release(&a);
}

static bool read_page(Pool *pool, const char *path, int n, const Job *take, Came *came, Err *err)
{
    Answer page, taken = {0};
    if (pool_do(pool, READER, &(Job){.kind = JOB_PAGE, .path = path, .page = n}, &page, err)) {
        tell_page(&page, path, came);
        Job job = *take;
        job.data = buf_str(&page.data), job.len = page.data.len;
        pool_do(pool, EXTRACTOR, &job, &taken, err);
    }
    pool_answer_release(&taken);
    pool_answer_release(&page);
    return !err_is(err);
}

/* Reports a page that cannot be read and goes on. Returns how many were read. */
static int read_pages(Pool *pool, const char *path, int pages, const How *how, Tally *t)
{
    int done = 0;
    Came came = {0};
    for (int n = 1; n <= pages; n++) {
        Err err = {0};
        Job take = {.kind = JOB_EXTRACT, .first = done == 0, .columns = how->columns};
        if (read_page(pool, path, n, &take, &came, &err)) {
            done++;
            continue;
        }
        name_page(&err, path, n);
        tally_failed(t, &err);
    }
    came_say(&came, path);
    t->good += done == pages;
    t->parts |= done > 0 && done < pages;
    return done;
}

static int count_pages(Pool *pool, const char *path, int most, Err *err)
{
    Answer count;
    if (pool_do(pool, READER, &(Job){.kind = JOB_COUNT, .path = path}, &count, err) && count.pages > most)
        err_set(err, DAU_LIMIT, "'%s' has %d pages, over the limit of %d; --max-pages gives more", path,
                count.pages, most);
    pool_answer_release(&count);
    return err_is(err) ? 0 : count.pages;
}

static bool find_pairings(Pool *pool, Pairings *found, Err *err)
{
    Answer a;
    if (pool_do(pool, EXTRACTOR, &(Job){.kind = JOB_FINISH}, &a, err))
        pairings_parse(buf_str(&a.data), a.data.len, found, err);
    pool_answer_release(&a);
    return !err_is(err);
}

static void print_found(const char *path, const Pairings *found, const How *how, Tally *t, Err *err)
{
    Buf b = {0};
    if (how->documents) export_document_json(&b, path, &found->facts);
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *p = &found->v.v[i];
        t->unions += p->kind != PAIR_SCHOOLS;
        if (!p->kind || !how->no_unions) export_pairing_json(&b, path, p);
    }
    if (fwrite(buf_str(&b), 1, b.len, stdout) != b.len || fflush(stdout) != 0)
        err_set(err, DAU_FILE_ACCESS, "cannot write standard output: %s", err_system(errno));
    buf_release(&b);
}

static void extract_file(Pool *pool, const char *path, const char *name, const How *how, Tally *t)
{
    Err err = {0};
    Pairings found = {0};
    int pages = count_pages(pool, path, how->most_pages, &err);
    if (pages && read_pages(pool, path, pages, how, t) && find_pairings(pool, &found, &err)) {
        print_found(name, &found, how, t, &err);
        say_findings(name, &found);
    }
    if (err_is(&err)) {
        t->good -= pages && t->good > 0;
        name_page(&err, name, 0);
        tally_failed(t, &err);
    }
    pairings_release(&found);
}

/* Every page is read by a worker that opens the file, so what comes in is laid down first. */
static const char *lay_down(Scratch *scratch, size_t most, Arena *a, Err *err)
{
    static const size_t MOST_BYTES = (size_t)2 << 30; /* as of a file */
    Buf piped = {0};
    if (!most) most = MOST_BYTES;
    const char *path = arena_printf(a, "%s/%s", scratch_path(scratch), STANDARD_INPUT);
    bool ok = file_read("-", most, &piped, err) && file_write(path, buf_str(&piped), piped.len, err);
    buf_release(&piped);
    return ok ? path : NULL;
}

/* `-` among the operands: what is on standard input. */
static void extract_piped(Pool *pool, const LineOptions *line, const How *how, Tally *t)
{
    Err err = {0};
    Arena a = {0};
    Scratch *scratch = scratch_new(&err);
    const char *path = scratch ? lay_down(scratch, line->load.most_bytes, &a, &err) : NULL;
    if (path) t->path = path, t->name = STANDARD_INPUT;
    if (path) extract_file(pool, path, STANDARD_INPUT, how, t);
    t->path = t->name = NULL;
    if (!path) tally_failed(t, &err);
    scratch_free(scratch);
    arena_release(&a);
}

int cmd_extract(int argc, char **argv)
{
    ReadingOptions reading = {0};
    LineOptions line_options;
    Err err = {0};
    How how = {.most_pages = 5000};
    PoolOptions limits = {.workers = WORKERS};
    bool why = false;
    const Option options[] = {
        READING_OPTIONS(reading),
        LIMIT_OPTIONS(limits),
        {0, "max-pages", OPT_INT, &how.most_pages, "N", "refuse files of more pages (5000)"},
        {0, "with-documents", OPT_FLAG, &how.documents, NULL,
         "before the pairings of each file a line of what it says of itself"},
        {0, "no-unions", OPT_FLAG, &how.no_unions, NULL,
         "without the pairings of trade unions, party cells and youth unions of schools"},
        {0, "explain", OPT_FLAG, &why, NULL, "with each pairing why, and what its probability is made of"},
        {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "name a file or a folder");
    if (!limits_make_sense(&limits) || how.most_pages <= 0)
        return usage_error(&usage, "a limit must be over 0");
    if (!reading_settle(&reading, &line_options, &err)) return reading_refused(&reading, &usage, &err);
    Walk walk = {0};
    Tally t = {0};
    line_options.explain = why;
    how.columns = reading.columns && *reading.columns ? reading.columns : NULL;
    limits.talk = cmd_verbosity > 0;
    PageLine *line = line_new(&line_options);
    Pool *pool = pool_new(line, &limits);
    bool piped = false;
    for (int i = first; i < argc && line_open_models(line, &err); i++)
        if (str_eq(argv[i], "-"))
            piped = true;
        else
            walk_path(&walk, argv[i]);
    for (size_t i = 0; i < walk.notes.n; i++) say("%s", walk.notes.v[i]);
    for (size_t i = 0; i < walk.files.n; i++) {
        if (walk.files.v[i].err)
            tally_failed(&t, walk.files.v[i].err);
        else
            extract_file(pool, walk.files.v[i].path, walk.files.v[i].path, &how, &t);
    }
    if (piped) extract_piped(pool, &line_options, &how, &t);
    if (t.unions)
        say(how.no_unions ? tr_mark("%d pairing%s of trade unions or the like left out")
                          : tr_mark("%d pairing%s of trade unions or the like: their kind says so"),
            t.unions, plural(t.unions));
    pool_free(pool);
    line_free(line);
    bool nothing = walk.files.n == 0 && !piped && !err_is(&err);
    walk_release(&walk);
    reading_release(&reading);
    if (err_is(&err)) return complain(&err);
    if (nothing) return say("nothing to do: no document there"), DAU_NOTHING;
    return t.code && (t.good || t.parts) ? DAU_SOME_FAILED : t.code;
}
