/* dau extract PATH...: files in, their pairings out as JSON Lines; no database. */
#include "cmd/cmd.h"

#include "batch/walk.h"
#include "cmd/reading.h"
#include "stage/extract.h"
#include "store/export_document.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const Usage usage = {
    "extract", "PATH...",
    "Reads scans, Word and OpenDocument files, web pages and text, and prints which school is twinned with\n"
    "which, a line of JSON for each pairing. A PATH may be a folder. Nothing is stored; 'dau run' keeps what "
    "it read.\n\n"
    "  dau extract plan.txt | jq -r '[.no, .level, .school, .partner] | @tsv'\n\n"
    "Exit: 0 all read, 6 no file to read, 10 some files failed or pages of them. When no file could be\n"
    "read and all for the same reason, the code of that reason: 2 broken or not what it says, 5 cannot be\n"
    "opened, 8 needs a password, 11 over a limit."};

typedef struct Tally {
    int good, code; /* files read whole; the one cause of the others, or DAU_SOME_FAILED */
    bool parts;     /* some pages were read of a file that failed */
} Tally;

static void tally_failed(Tally *t, const Err *err)
{
    int code = complain(err);
    t->code = t->code && t->code != code ? DAU_SOME_FAILED : code;
}

static bool read_page(PageLine *line, Load *doc, int n, Extract *x, Err *err)
{
    Page page;
    Raster raster = {0};
    page_init(&page, n);
    bool ok = line_page(line, doc, n, STAGE_RESTORE, &page, &raster, err) && extract_page(x, &page, err);
    load_raster_release(&raster);
    page_release(&page);
    return ok;
}

/* A page that cannot be read is told and passed over. Returns how many were read. */
static int read_pages(PageLine *line, Load *doc, const char *path, Extract *x, Tally *t)
{
    int done = 0;
    for (int n = 1; n <= load_pages(doc); n++) {
        Err err = {0};
        if (read_page(line, doc, n, x, &err)) {
            done++;
            continue;
        }
        err_prefix(&err, "'%s', page %d", path, n);
        tally_failed(t, &err);
    }
    t->good += done == load_pages(doc);
    t->parts |= done > 0 && done < load_pages(doc);
    return done;
}

static void print_found(const char *path, const Pairings *found, bool documents, Err *err)
{
    Buf b = {0};
    if (documents) export_document_json(&b, path, &found->facts);
    for (size_t i = 0; i < found->v.n; i++) export_pairing_json(&b, path, &found->v.v[i]);
    if (fwrite(buf_str(&b), 1, b.len, stdout) != b.len || fflush(stdout) != 0)
        err_set(err, DAU_FILE_ACCESS, "cannot write standard output: %s", strerror(errno));
    buf_release(&b);
}

static void extract_file(PageLine *line, const char *path, bool documents, Tally *t)
{
    Err err = {0};
    Pairings found = {0};
    Extract *x = line_extract(line, &err);
    Load *doc = line_load(line, path, &err);
    if (doc && read_pages(line, doc, path, x, t) && extract_finish(x, &found, &err)) {
        print_found(path, &found, documents, &err);
        say_findings(path, &found);
    }
    if (err_is(&err)) {
        t->good -= doc != NULL && t->good > 0;
        tally_failed(t, &err);
    }
    load_close(doc);
    extract_free(x);
    pairings_release(&found);
}

int cmd_extract(int argc, char **argv)
{
    ReadingOptions reading = {0};
    LineOptions line_options;
    Err err = {0};
    bool documents = false, why = false;
    const Option options[] = {
        READING_OPTIONS(reading),
        {0, "with-documents", OPT_FLAG, &documents, NULL,
         "before the pairings of each file a line of what it says of itself"},
        {0, "explain", OPT_FLAG, &why, NULL, "with each pairing why, and what its probability is made of"},
        {0}};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "name a file or a folder");
    if (!reading_settle(&reading, &line_options, &err)) return reading_refused(&reading, &usage, &err);
    Walk walk = {0};
    Tally t = {0};
    line_options.explain = why;
    PageLine *line = line_new(&line_options);
    for (int i = first; i < argc && line_open_lists(line, &err); i++) walk_path(&walk, argv[i]);
    for (size_t i = 0; i < walk.notes.n; i++) say("%s", walk.notes.v[i]);
    for (size_t i = 0; i < walk.files.n; i++) {
        if (walk.files.v[i].err)
            tally_failed(&t, walk.files.v[i].err);
        else
            extract_file(line, walk.files.v[i].path, documents, &t);
    }
    line_free(line);
    bool nothing = walk.files.n == 0 && !err_is(&err);
    walk_release(&walk);
    reading_release(&reading);
    if (err_is(&err)) return complain(&err);
    if (nothing) return say("nothing to do: no document there"), DAU_NOTHING;
    return t.code && (t.good || t.parts) ? DAU_SOME_FAILED : t.code;
}
