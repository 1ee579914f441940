/* dau-read: the commands that open documents, and what else needs the libraries for it. dau starts it (src/main.c); nobody
 * else does. */
#include "base/tr.h"
#include "cmd/cmd.h"
#include "ocr/ocr.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name;
    int (*run)(int argc, char **argv);
} commands[] = {
    {"run", cmd_run},       {"extract", cmd_extract}, {"tables", cmd_tables},
    {"export", cmd_export}, {"review", cmd_review},   {"import", cmd_import},
    {"learn", cmd_learn},   {"query", cmd_query},     {"show", cmd_show},
};

int main(int argc, char **argv)
{
    tr_open();
    for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++) {
        if (strcmp(argv[1], commands[i].name) != 0) continue;
        ocr_set_up(argv);
        if (*argv[0]) cmd_called = argv[0];
        return cmd_told(commands[i].run(argc - 1, argv + 1));
    }
    fputs(tr("dau-read is a part of dau; run dau\n"), stderr);
    return DAU_USAGE;
}
