/* merge: databases of parts of a list become one, as if one machine had read it all.
 *
 *     Merged told;
 *     store_merge("all.db", sources, 6, &told, &err);
 *
 * In any order and any number of times, with the same result: a document that several know is taken from
 * where most of it is done; every file name and every correction is kept, once. A database of that name that
 * is there is one of the sources, and is replaced as a whole when all is well, else left as it was.
 */
#ifndef DAU_STORE_MERGE_H
#define DAU_STORE_MERGE_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Merged {
    int documents, pages, pairings, corrections;
    int unfinished;  /* documents of which something failed or waits */
    int other_files; /* names that mean one file here and another there: the one seen last counts */
} Merged;

/* Errors as of store_open(); DAU_BUSY: a run is at work on `out`. */
bool store_merge(const char *out, const char *const *sources, int n, Merged *told, Err *err);

#endif
