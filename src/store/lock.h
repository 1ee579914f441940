/* store/lock: who may work on a database at once. Internal to store/.
 *
 *     plans.db-lock   held alone by a run: one at a time
 *     plans.db-used   held together by whoever writes (a run, a review, import, learn); alone by who replaces everything
 *
 * Both are flock() on a file beside the database, which a killed process cannot leave held. Readers hold none: SQLite shows
 * them the database as it was when they began. A symbolic link locks what it points to.
 */
#ifndef DAU_STORE_LOCK_H
#define DAU_STORE_LOCK_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Lock {
    char *path; /* NULL: not held */
    int fd;
} Lock;

/* Takes the lock `database` + `suffix`, alone or together with others that want it together; waits 2 s for those who have
 * it. One that is held together may be asked for alone; where that fails it is not held at all. False: others hold it, and
 * *err is as it was; or DAU_FILE_ACCESS, the file cannot be made. */
bool lock_take(Lock *lock, const char *database, const char *suffix, bool alone, Err *err);
/* Does nothing for one that is not held. The last to hold it removes the file. */
void lock_drop(Lock *lock);

#endif
