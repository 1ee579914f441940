/* file: whole files in and out, safely; where the program's own data lies. Low.
 *
 * What is written goes to a temporary name in the same folder, is synced and then renamed: a reader meets
 * the old file or the new one, never half of it.
 */
#ifndef DAU_BASE_FILE_H
#define DAU_BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A descriptor to read from, -1 on error. "-" is standard input, pipes are fine, a folder is refused. */
int file_open(const char *path, Err *err);
/* The whole file into b (emptied first). As file_open(); over `limit` bytes (0: none) DAU_LIMIT. */
bool file_read(const char *path, size_t limit, Buf *b, Err *err);
/* Writes and renames; "-" is standard output. */
bool file_write(const char *path, const void *data, size_t n, Err *err);

/* The same for what is too large to hold: nothing shows under `path` before file_commit().
 *
 *     FileOut *f = file_create("plans.pdf", &err);
 *     file_put(f, page, n);                          keeps the first failure for file_commit()
 *     file_commit(f, &err);                          or file_abandon(f); both free it
 */
typedef struct FileOut FileOut;
FileOut *file_create(const char *path, Err *err); /* NULL on error; "-" is standard output */
void file_put(FileOut *f, const void *data, size_t n);
bool file_commit(FileOut *f, Err *err); /* with an error in err already, the same as file_abandon() */
void file_abandon(FileOut *f);          /* NULL is fine */
/* Where a library writes by name: the temporary file's, NULL for standard output. */
const char *file_making(const FileOut *f);

/* A read-only mapping of a whole regular file. */
typedef struct FileMap {
    const unsigned char *data;
    size_t size;
} FileMap;
bool file_map(const char *path, FileMap *m, Err *err);
void file_unmap(FileMap *m);

/* SHA-256 (FIPS 180-4) of bytes and of a file, as 64 hex digits and a NUL. */
void sha256_hex(const void *data, size_t n, char hex[65]);
bool file_sha256(const char *path, char hex[65], Err *err);

/* The path of the running program; false when the system does not tell. */
bool file_self(char *path, size_t cap);

/* The path of one of the program's own data files ("lexicon.tsv"): in $DAU_DATA when that is set, else
 * beside a build (BINARY/../dicts) or an installation (BINARY/../share/dau), else in PREFIX/share/dau. False,
 * with what to do, when it is nowhere. */
bool file_data(const char *name, char *path, size_t cap, Err *err);

/* A folder with all that is in it; symbolic links are removed, not followed. What cannot be removed stays. */
void folder_remove(const char *path);

const char *file_base_name(const char *path); /* what follows the last '/'; lent */
/* A name of 220 bytes at most, cut before its ending: of the 255 that file systems take the rest is for what
 * is put behind it ("-10000.alto.xml.XXXXXX" is the longest). */
const char *file_short_name(Arena *a, const char *name);

#endif
