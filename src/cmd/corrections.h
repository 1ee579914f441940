/* corrections: what other people said about pairings, out of a file of JSON Lines into the database. */
#ifndef DAU_CMD_CORRECTIONS_H
#define DAU_CMD_CORRECTIONS_H

#include "base/err.h"
#include "store/store.h"

typedef struct CorrectionsTaken {
    int fresh, known; /* records that are new, that were there already */
} CorrectionsTaken;

/* `text`, a NUL behind its len bytes, is what the file `name` holds. All within one store_begin();
 * corrections_replay() is to follow. False at the first line that is not a correction. */
bool corrections_take_lines(Store *s, const char *name, const char *text, size_t len, CorrectionsTaken *t,
                            Err *err);

#endif
