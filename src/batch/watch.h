/* batch/watch: waits until files appear in folders.
 *
 *     Watch *w = watch_open();
 *     watch_folder(w, "scans");                (again after each round: folders may have come)
 *     if (watch_wait(w, 30000)) ...            (something changed in them)
 *     watch_close(w);
 *
 * inotify watches the folders and those below; symbolic links are not followed. Where it does not work (a network file
 * system, too many folders for the kernel's limit) watch_wait() only waits: the caller looks again in any case.
 */
#ifndef DAU_BATCH_WATCH_H
#define DAU_BATCH_WATCH_H

#include <stdbool.h>

typedef struct Watch Watch;

/* Never NULL, also where the kernel has no inotify. */
Watch *watch_open(void);
void watch_folder(Watch *w, const char *path); /* or a file; what cannot be watched is ignored */
/* True as soon as something changed; all changes until then are taken with it. False after the time, or when a signal
 * came. */
bool watch_wait(Watch *w, int ms);
void watch_close(Watch *w); /* NULL is allowed */

#endif
