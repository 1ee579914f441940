/* learn: what 'dau learn' left beside a database, for whoever reads with it. */
#ifndef DAU_CMD_LEARN_H
#define DAU_CMD_LEARN_H

#include "base/arena.h"
#include "line/line.h"

/* Sets the options for the files that are there, and clears them for those that are not; paths in a. */
void learnt_options(LineOptions *o, const char *database, Arena *a);

#endif
