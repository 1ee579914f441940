/* batch/walk: lists the files that a command's operands mean.
 *
 *     Walk w = {0};
 *     walk_path(&w, "scans/");                     (for each operand)
 *     for (size_t i = 0; i < w.files.n; i++)       (w.files.v[i].path, or why not: w.files.v[i].err)
 *     walk_release(&w);
 *
 * A folder is walked to its bottom, the names in each folder in the order of their bytes. Inside folders only files are
 * listed that load_knows(). Symbolic links, devices, sockets, FIFOs and what cannot be opened are skipped and noted. A file
 * named by itself is listed whatever it is; a symbolic link named by itself is followed. A path is listed once, where it
 * first occurs.
 */
#ifndef DAU_BATCH_WALK_H
#define DAU_BATCH_WALK_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

typedef struct WalkFile {
    const char *path; /* the operand, or the folder's path, '/' and the name; without "./" and "//" */
    Err *err;         /* NULL, or why it cannot be read (DAU_FILE_ACCESS) */
} WalkFile;

typedef struct Walk {
    Arena arena;
    VEC(WalkFile) files;
    VEC(const char *) notes;  /* what was skipped and why, a sentence each: "'x': passed over, a FIFO" */
    VEC(const char *) others; /* files in folders that are not documents */
} Walk;

/* Adds the files that an operand means. It never fails: what is wrong stands in WalkFile.err or in the notes. */
void walk_path(Walk *w, const char *operand);
void walk_release(Walk *w);

#endif
