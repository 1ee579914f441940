/* dau export -d plans.db --format csv -o list.csv: all rows, in one form, at once. */
#include "cmd/cmd.h"

#include "base/file.h"
#include "cmd/progress.h"
#include "store/export.h"
#include "store/store.h"

#include <unistd.h>

static const Usage usage = {
    "export", "[-d plans.db] [--format csv|json|jsonl|table] [-o FILE]",
    "Writes the pairings of a database, ordered by file, page and place: the same database gives the\n"
    "same bytes. A database without pairings gives a header, [] or nothing, and exit 0.\n\n"
    "  dau export -d plans.db --format csv -o list.csv\n\n"
    "The ids are what 'dau show --pairing ID' takes; in a table they are shown cut short."};

static void export_rows(const char *database, Format format, const char *out, Err *err)
{
    Arena a = {0};
    Rows rows = {0};
    Buf b = {0};
    bool terminal = str_eq(out, "-") && isatty(STDOUT_FILENO);
    Store *store = store_open(database, STORE_READ, err);
    if (store && store_load_rows(store, &a, &rows, err)) {
        export_format(&b, format, rows.v, rows.n, terminal ? terminal_width(STDOUT_FILENO) : 0);
        file_write(out, buf_str(&b), b.len, err);
        if (!rows.n && !err_is(err)) say("there are no pairings in '%s'", database);
    }
    store_close(store);
    buf_release(&b);
    vec_release(&rows);
    arena_release(&a);
}

int cmd_export(int argc, char **argv)
{
    const char *database = "plans.db", *name = "table", *out = "-";
    const Option options[] = {{'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
                              {'f', "format", OPT_STRING, &name, "NAME", "csv, json, jsonl or table (table)"},
                              {'o', "output", OPT_STRING, &out, "FILE", "write there (standard output)"},
                              {0}};
    Err err = {0};
    Format format;
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (first < argc) return usage_error(&usage, "'%s' is too much; the database goes with -d", argv[first]);
    if (!format_from_name(name, &format)) return usage_error(&usage, "there is no format '%s'", name);
    export_rows(database, format, out, &err);
    return complain(&err);
}
