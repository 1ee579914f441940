/* cmd/learn: finds what 'dau learn' left beside a database, for whoever reads with it.
 *
 *     LineOptions line = {0};
 *     learnt_options(&line, "plans.db", &arena);         (line.learnt: the learnt list of schools, or NULL)
 */
#ifndef DAU_CMD_LEARN_H
#define DAU_CMD_LEARN_H

#include "base/arena.h"
#include "line/line.h"

/* Sets the options learnt, restore.dict, restore.read_eng and restore.read_vie to the files that are there, and to NULL
 * where they are not. The paths lie in the arena. */
void learnt_options(LineOptions *o, const char *database, Arena *a);

#endif
