/* watch: folders in which files appear.
 *
 *     Watch *w = watch_open();
 *     watch_folder(w, "scans");                again after each round: folders may have come
 *     if (watch_wait(w, 30000)) ...            something changed in them
 *     watch_close(w);
 *
 * inotify, folders below included, symbolic links not followed. Where it does not work (a network file
 * system, too many folders for the kernel's limit) watch_wait() only waits: look again whatever it says.
 */
#ifndef DAU_BATCH_WATCH_H
#define DAU_BATCH_WATCH_H

#include <stdbool.h>

typedef struct Watch Watch;

Watch *watch_open(void);
void watch_folder(Watch *w, const char *path); /* or a file */
/* True as soon as something changed, and what else changed until then is taken with it; false after the time
 * or when a signal came. */
bool watch_wait(Watch *w, int ms);
void watch_close(Watch *w); /* NULL is fine */

#endif
