/* store/merge: makes one database of those of parts of a list, as if one machine had read it all.
 *
 *     Merged told;
 *     store_merge("all.db", sources, 6, &told, &err);
 *
 * The order of the sources, and how often they are merged, do not change the result. A document that several know is taken
 * from where most of it is done. Every file name and every correction is kept, once. A database that has the name of the
 * result is one of the sources. Its contents are replaced as a whole when all is well, else left as they were; whoever reads it then
 * goes on reading what was there.
 */
#ifndef DAU_STORE_MERGE_H
#define DAU_STORE_MERGE_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Merged {
    int documents, pages, pairings, corrections;
    int unfinished;  /* documents of which something failed or waits */
    int other_files; /* names that mean different files in two sources; the one seen last counts */
} Merged;

/* Errors are those of store_open(); DAU_BUSY: somebody writes to `out`, a run, a review. */
bool store_merge(const char *out, const char *const *sources, int n, Merged *told, Err *err);

#endif
