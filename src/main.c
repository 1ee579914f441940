/* dau: the table of commands.
 *
 * Commands that open documents stand in a program of their own, dau-read, which this one becomes. Its libraries (Poppler,
 * Tesseract and ninety that they need) take 20 ms to load, more than 'dau restore' takes for a line of text. */
#include "base/file.h"
#include "base/tr.h"
#include "cmd/cmd.h"
#include "ocr/ocr.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv); /* NULL: dau-read has it */
    const char *help;
} commands[] = {
    {"run", NULL, "read scans, restore, extract, store in a database"},
    {"restore", cmd_restore, "text in, restored text out, line for line"},
    {"extract", NULL, "pairings as JSON Lines, no database"},
    {"tables", NULL, "every table of the pages, as JSON, CSV or HTML"},
    {"export", NULL, "what a database holds, as CSV, JSON, workbook, searchable PDF ..."},
    {"review", NULL, "a page on this machine to correct the list by"},
    {"import", NULL, "take a sheet back that was corrected in a spreadsheet"},
    {"corrections", cmd_corrections, "what people said: list, to and from another machine"},
    {"learn", NULL, "what people corrected, for the next run"},
    {"status", cmd_status, "how far a database is, what failed and why"},
    {"query", NULL, "search names and text, whatever the marks"},
    {"merge", cmd_merge, "databases of shards become one"},
    {"show", NULL, "what a stage made of a page; the picture of a pairing"},
    {"eval", cmd_eval, "score text or pairings against the truth"},
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

/* The program that reads, beside this one: build/dau-read; bin/dau, libexec/dau/dau-read. False where it is in neither
 * place; then path is the second of them. */
static bool find_reader(char *path, size_t cap)
{
    static const char *const beside[] = {"dau-read", "../libexec/dau/dau-read"};
    char self[4096];
    const char *end = file_self(self, sizeof self) ? strrchr(self, '/') : NULL;
    for (size_t i = 0; i < sizeof beside / sizeof *beside; i++) {
        int n = snprintf(path, cap, "%.*s%s", end ? (int)(end + 1 - self) : 0, self, beside[i]);
        if (n > 0 && (size_t)n < cap && access(path, X_OK) == 0) return true;
    }
    return false;
}

/* Becomes dau-read; comes back only when that failed. */
static int become_reader(char **argv)
{
    Err err = {0};
    char path[4096 + 32];
    ocr_environment();
    if (find_reader(path, sizeof path)) execv(path, argv);
    err_set(&err, DAU_MISSING,
            "cannot start '%s', the part of dau that opens documents: %s; install dau whole", path,
            err_system(errno));
    return complain(&err);
}

static int run_command(int i, int argc, char **argv)
{
    return commands[i].run ? commands[i].run(argc - 1, argv + 1) : become_reader(argv);
}

static int command(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    tr_open();
    if (strcmp(name, "help") == 0 && argc == 3 && command_number(argv[2]) >= 0) {
        char help[] = "--help", *asked[] = {argv[0], argv[2], help, NULL}; /* dau help run */
        return run_command(command_number(argv[2]), 3, asked);
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
    return run_command(i, argc, argv);
}

int main(int argc, char **argv)
{
    if (argc > 0 && *argv[0]) cmd_called = argv[0];
    return cmd_told(command(argc, argv));
}
