/* batch/scratch: makes a temporary folder that disappears even when the program is killed: at the next start.
 *
 *     scratch_sweep();                          (removes what killed runs left)
 *     Scratch *s = scratch_new(&err);           ($TMPDIR or /tmp, /dau-work-XXXXXX, held by a lock)
 *     ... scratch_path(s) ...
 *     scratch_free(s);                          (with all that is in it)
 *
 * A folder whose lock nobody holds belongs to nobody, because a lock ends with its process, however that ends. The
 * descriptor must not stay open in children that outlive the process.
 */
#ifndef DAU_BATCH_SCRATCH_H
#define DAU_BATCH_SCRATCH_H

#include "base/err.h"

typedef struct Scratch Scratch;

Scratch *scratch_new(Err *err); /* NULL and DAU_FILE_ACCESS on error */
const char *scratch_path(const Scratch *s);
void scratch_free(Scratch *s); /* NULL is allowed */

/* Removes the folders of runs that have ended; returns how many. */
int scratch_sweep(void);

#endif
