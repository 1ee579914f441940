/* cmd/corrections: takes what other people said about pairings from a file of JSON Lines into the database.
 *
 *     CorrectionsTaken t = {0};
 *     store_begin(s, &err);
 *     corrections_take_lines(s, "said.jsonl", text, len, &t, &err);
 *     corrections_replay(s, &err);                  (then store_commit(), or store_rollback())
 */
#ifndef DAU_CMD_CORRECTIONS_H
#define DAU_CMD_CORRECTIONS_H

#include "base/err.h"
#include "store/store.h"

typedef struct CorrectionsTaken {
    int fresh, known; /* records that are new; records that the database had already */
} CorrectionsTaken;

/* Takes the len bytes of `text`, which a NUL follows; `name` is the file's, for messages. The caller has called
 * store_begin() and calls corrections_replay() next. False at the first line that is not a correction. */
bool corrections_take_lines(Store *s, const char *name, const char *text, size_t len, CorrectionsTaken *t,
                            Err *err);

#endif
