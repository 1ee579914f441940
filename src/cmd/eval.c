#include "cmd/cmd.h"

#include <string.h>

int cmd_eval(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "text") == 0) return eval_text(argc - 1, argv + 1);
    return DAU_INTERNAL;
}
