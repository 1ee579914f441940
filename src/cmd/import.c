/* dau import sheet.csv: takes what was corrected in a spreadsheet back as corrections. A cell that held "Nguyén Du" when it
 * was exported and holds "Nguyễn Du" now is one. */
#include "cmd/cmd.h"

#include "base/tr.h"
#include "base/file.h"
#include "load/load.h"
#include "export/sheet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BYTES = 1 << 28 }; /* of a sheet: a million rows of 250 bytes */

static const Usage usage = {
    "import", "[-d plans.db] [--who NAME] [--dry-run] SHEET",
    "Takes a sheet back (CSV or XLSX) that 'dau export --for-correction' wrote and a person edited in\n"
    "LibreOffice or Excel. Each changed cell becomes a correction. A cell that changed in the database\n"
    "too since the export is a conflict: it is said and not taken. Exit 6 when nothing was changed, 10 when\n"
    "something was not taken.\n\n"
    "  dau export -d plans.db --format xlsx --for-correction -o plans.xlsx\n"
    "  dau import -d plans.db plans.xlsx"};

const char *cmd_who(const char *given)
{
    const char *names[] = {given, getenv("DAU_WHO"), getenv("USER"), getenv("LOGNAME")};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i] && *names[i]) return names[i];
    return "somebody";
}

static void speak(void *context, const char *sentence)
{
    (void)context;
    say("%s", sentence);
}

/* A workbook becomes CSV. */
static bool read_sheet(const char *path, Buf *sheet, Err *err)
{
    Buf bytes = {0};
    if (!file_read(path, MOST_BYTES, &bytes, err)) return false;
    if (!load_is_book(buf_str(&bytes), bytes.len)) {
        *sheet = bytes;
        return true;
    }
    load_book(path, bytes.s, bytes.len, sheet, err);
    buf_release(&bytes);
    return !err_is(err);
}

static int sum_up(const SheetTally *t, bool dry)
{
    say("%s%d row%s, %d cell%s corrected, %d already so, %d in conflict",
        dry ? tr("nothing is written: ") : "", t->rows, plural(t->rows), t->cells, plural(t->cells),
        t->already, t->conflicts);
    if (t->conflicts || t->strange) return DAU_SOME_FAILED;
    return t->cells ? DAU_OK : DAU_NOTHING;
}

int cmd_import(int argc, char **argv)
{
    const char *database = "plans.db", *who = NULL;
    bool dry = false;
    const Option options[] = {{'d', "database", OPT_STRING, &database, "FILE", "the database (plans.db)"},
                              {0, "who", OPT_STRING, &who, "NAME", "who corrected ($DAU_WHO, else $USER)"},
                              {0, "dry-run", OPT_FLAG, &dry, NULL, "say what would be taken, write nothing"},
                              {0}};
    Err err = {0};
    Buf sheet = {0};
    SheetTally t = {0};
    int first = options_parse(argc, argv, &usage, options);
    if (first < 0) return -first - 1;
    if (argc - first != 1)
        return usage_error(&usage, first == argc ? tr_mark("name a sheet") : tr_mark("one sheet at a time"));
    const Pen pen = {cmd_who(who), "spreadsheet"};
    Store *s = read_sheet(argv[first], &sheet, &err) ? store_open(database, STORE_CHANGE, &err) : NULL;
    bool ok = s && sheet_take(s, &pen, buf_str(&sheet), sheet.len, dry, speak, NULL, &t, &err);
    store_close(s);
    buf_release(&sheet);
    if (!ok) return complain(&err);
    return sum_up(&t, dry);
}
