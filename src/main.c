/* The table of commands, nothing else. */
#include "base/tr.h"
#include "cmd/cmd.h"
#include "ocr/ocr.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    bool reads_scans; /* needs the OCR engine */
    const char *help;
} commands[] = {
    {"run", cmd_run, true, "read scans, restore, extract, store in a database"},
    {"restore", cmd_restore, false, "text in, restored text out, line for line"},
    {"extract", cmd_extract, true, "pairings as JSON Lines, no database"},
    {"tables", cmd_tables, true, "every table of the pages, as JSON, CSV or HTML"},
    {"export", cmd_export, false, "what a database holds, as CSV, JSON, workbook, searchable PDF ..."},
    {"review", cmd_review, true, "a page on this machine to correct the list by"},
    {"import", cmd_import, false, "take a sheet back that was corrected in a spreadsheet"},
    {"corrections", cmd_corrections, false, "what people said: list, to and from another machine"},
    {"learn", cmd_learn, false, "what people corrected, for the next run"},
    {"status", cmd_status, false, "how far a database is, what failed and why"},
    {"query", cmd_query, false, "search names and text, whatever the marks"},
    {"merge", cmd_merge, false, "databases of shards become one"},
    {"show", cmd_show, true, "what a stage made of a page; the picture of a pairing"},
    {"eval", cmd_eval, false, "score text or pairings against the truth"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static int command_number(const char *name)
{
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0) return i;
    return -1;
}

static void print_commands(FILE *out)
{
    fprintf(out, tr("dau %s: which school is twinned with which, from scanned Vietnamese plans\n\n"),
            DAU_VERSION);
    fputs(tr("usage: dau COMMAND [OPTION...] [FILE...]\n\n"), out);
    for (int i = 0; i < COMMANDS; i++) fprintf(out, "  %-12s %s\n", commands[i].name, tr(commands[i].help));
    fputs(tr("\n'dau COMMAND --help' tells more; a first try: dau run -d plans.db FOLDER\n"), out);
}

static int command(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    tr_open();
    if (strcmp(name, "help") == 0 && argc == 3 && command_number(argv[2]) >= 0) {
        char help[] = "--help", *asked[] = {argv[2], help, NULL}; /* dau help run */
        return commands[command_number(argv[2])].run(2, asked);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_commands(argc > 1 ? stdout : stderr);
        return argc > 1 ? DAU_OK : DAU_USAGE;
    }
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
        printf("dau %s\n", DAU_VERSION);
        return DAU_OK;
    }
    if (strcmp(name, "--describe") == 0) { /* tools/make-docs.sh */
        for (int i = 0; i < COMMANDS; i++) printf("%s\t%s\n", commands[i].name, commands[i].help);
        return DAU_OK;
    }
    int i = command_number(name);
    if (i < 0) {
        fprintf(stderr, tr("dau: there is no command '%s'; 'dau --help' lists them\n"), name);
        return DAU_USAGE;
    }
    if (commands[i].reads_scans) ocr_set_up(argv);
    return commands[i].run(argc - 1, argv + 1);
}

/* What a command printed is told to be lost here, for all of them. */
static int told(int code)
{
    Err err = {0};
    errno = 0;
    bool whole = fflush(stdout) == 0 && !ferror(stdout);
    if (whole || code != DAU_OK) return code;
    err_set(&err, DAU_FILE_ACCESS, "cannot write standard output: %s", err_system(errno ? errno : EIO));
    return complain(&err);
}

int main(int argc, char **argv)
{
    if (argc > 0 && *argv[0]) cmd_called = argv[0];
    return told(command(argc, argv));
}
