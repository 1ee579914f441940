/* The table of commands, nothing else. */
#include "cmd/cmd.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *help;
} commands[] = {
    {"run", cmd_run, "read scans, restore, extract, store in a database"},
    {"restore", cmd_restore, "text in, restored text out, line for line"},
    {"extract", cmd_extract, "pairings as JSON Lines, no database"},
    {"export", cmd_export, "the pairings of a database as CSV, JSON or JSON Lines"},
    {"show", cmd_show, "what a stage made of a page; the picture of a pairing"},
    {"eval", cmd_eval, "score text or pairings against the truth"},
};

enum { COMMANDS = sizeof commands / sizeof *commands };

static void print_commands(FILE *out)
{
    fprintf(out, "dau %s: which school is twinned with which, read from scanned Vietnamese plans\n\n",
            DAU_VERSION);
    fprintf(out, "usage: dau COMMAND [OPTION...] [FILE...]\n\n");
    for (int i = 0; i < COMMANDS; i++) fprintf(out, "  %-9s %s\n", commands[i].name, commands[i].help);
    fprintf(out, "\n'dau COMMAND --help' tells more; a first try: dau run -d plans.db FOLDER\n");
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "--help";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_commands(argc > 1 ? stdout : stderr);
        return argc > 1 ? DAU_OK : DAU_USAGE;
    }
    if (strcmp(name, "--version") == 0) {
        printf("dau %s\n", DAU_VERSION);
        return DAU_OK;
    }
    for (int i = 0; i < COMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
    fprintf(stderr, "dau: there is no command '%s'\n", name);
    print_commands(stderr);
    return DAU_USAGE;
}
