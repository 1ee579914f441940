#include "cmd/cmd.h"

int cmd_export(int argc, char **argv)
{
    (void)argc, (void)argv;
    return DAU_INTERNAL;
}
