/* dau corrections list|export|import: what people said about a database's pairings, one a line. "Nguyén Du" corrected to
 * "Nguyễn Du" goes to another machine as a line of JSON. There, a line that the database has already is skipped, so that
 * a file may be taken twice. */
#include "cmd/cmd.h"
#include "cmd/corrections.h"

#include "base/file.h"
#include "base/tsv.h"
#include "store/correct.h"

enum { MOST_BYTES = 1 << 30 }; /* of a file of corrections: a million lines are under half of it */

static const Usage usage = {
    "corrections", "list|export|import [-d plans.db] [-o FILE] [FILE]",
    "What people said about the pairings of a database. 'list' prints a line each and how it fared:\n"
    "it applies, what is read is already right, it is in conflict with what is read now, its row is\n"
    "kept though it is not read any more, its document is still waiting to be read, or it was undone.\n"
    "'export' writes them as JSON Lines, 'import' takes such a file in; lines known already are\n"
    "passed over.\n\n"
    "  dau corrections export -d here.db -o said.jsonl\n"
    "  dau corrections import -d there.db said.jsonl"};

static bool add_json(void *out, const Correction *c, Err *err)
{
    correction_json(out, c);
    return !err_is(err);
}

static bool add_line(void *out, const Correction *c, Err *err)
{
    const char *const said[] = {
        c->made,   c->who, c->pairing, c->kind, c->field, c->field ? c->old : NULL, c->field ? c->new : NULL,
        c->outcome};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) tsv_add(out, said[i] ? said[i] : "");
    tsv_end(out);
    return !err_is(err);
}

static void write_all(const char *database, const char *out, CorrectionEach each, Err *err)
{
    Buf b = {0};
    Store *store = store_open(database, STORE_READ, err);
    if (store && corrections_each(store, each, &b, err)) {
        if (!b.len) say("there are no corrections in '%s'", database);
        file_write(out, buf_str(&b), b.len, err);
    }
    store_close(store);
    buf_release(&b);
}

/* ---- taking them in ---- */

static void tell_fared(const Fared *f)
{
    if (f->conflict) say("%d in conflict with what was read: 'dau review' shows them", f->conflict);
    if (f->kept) say("%d of rows that are not read any more: the rows are kept", f->kept);
    if (f->waiting) say("%d wait for their documents to be read", f->waiting);
}

/* False when nothing in it was new. */
static bool import(const char *database, const char *path, Err *err)
{
    Buf b = {0};
    CorrectionsTaken t = {0};
    Fared f;
    Store *s = file_read(path, MOST_BYTES, &b, err) ? store_open(database, STORE_CHANGE, err) : NULL;
    if (s && store_begin(s, err)) {
        corrections_take_lines(s, path, buf_str(&b), b.len, &t, err);
        corrections_replay(s, err);
        if (err_is(err))
            store_rollback(s);
        else
            store_commit(s, err);
    }
    if (s && corrections_count(s, 0, &f, err)) {
        say("%d record%s taken, %d known already", t.fresh, plural(t.fresh), t.known);
        tell_fared(&f);
    }
    store_close(s);
    buf_release(&b);
    return t.fresh > 0;
}

int cmd_corrections(int argc, char **argv)
{
    const char *database = "plans.db", *out = "-";
    const Option options[] = {{'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
                              {'o', "output", OPT_STRING, &out, "FILE", "write there (standard output)"},
                              {0}};
    Err err = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first == argc) return usage_error(&usage, "list, export or import?");
    const char *what = argv[first];
    bool imports = str_eq(what, "import");
    if (!imports && !str_eq(what, "list") && !str_eq(what, "export"))
        return usage_error(&usage, "there is no 'dau corrections %s'", what);
    if (argc - first != 1 + imports)
        return usage_error(&usage, imports ? tr_mark("name one file to take in")
                                           : tr_mark("only 'import' takes a file"));
    if (imports) {
        bool any = import(database, argv[first + 1], &err);
        return err_is(&err) ? complain(&err) : any ? DAU_OK : DAU_NOTHING;
    }
    write_all(database, out, str_eq(what, "export") ? add_json : add_line, &err);
    return complain(&err);
}
