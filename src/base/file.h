/* file: reads and writes whole files safely, and finds the program's own data.
 *
 *     Buf b = {0};
 *     if (file_read("ke-hoach.html", 64 << 20, &b, &err)) use(b.s, b.len);
 *     file_write("rows.json", rows.s, rows.len, &err);
 *     buf_release(&b);
 *
 * What is written goes to a temporary name in the same folder (NAME.XXXXXX), is synced and then renamed. So a reader
 * meets the old file or the new one, never half of it. A new file has the mode 0644. Functions that take an Err record
 * DAU_FILE_ACCESS where nothing else is said, and do nothing when an error is recorded already.
 */
#ifndef DAU_BASE_FILE_H
#define DAU_BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A descriptor to read from, which the caller closes; -1 on error. "-" is standard input. A pipe is fine, a folder is an
 * error. */
int file_open(const char *path, Err *err);
/* Reads the whole file into b, which is emptied first. Over `limit` bytes (0: no limit) the error is DAU_LIMIT. On error
 * b may hold a part of the file. */
bool file_read(const char *path, size_t limit, Buf *b, Err *err);
/* Writes n bytes under the name. "-" is standard output, which is written to directly. */
bool file_write(const char *path, const void *data, size_t n, Err *err);

/* The same for what is too large to hold in memory. Nothing shows under `path` before file_commit().
 *
 *     FileOut *f = file_create("plans.pdf", &err);
 *     file_put(f, page, n);                          (a failure is kept for file_commit())
 *     file_commit(f, &err);                          (or file_abandon(f); both free it)
 */
typedef struct FileOut FileOut;
FileOut *file_create(const char *path, Err *err); /* NULL on error; "-" is standard output */
/* Appends n bytes; the first failure is kept for file_commit(). */
void file_put(FileOut *f, const void *data, size_t n);
bool file_commit(FileOut *f, Err *err); /* frees f; with an error recorded already, it abandons */
void file_abandon(FileOut *f);          /* removes the temporary file and frees f; NULL is allowed */
/* For a library that writes by name: the temporary file's name, lent; NULL for standard output. */
const char *file_making(const FileOut *f);

/* A whole regular file, mapped read-only; file_unmap() gives it back. An empty file has the data NULL. */
typedef struct FileMap {
    const unsigned char *data;
    size_t size;
} FileMap;
/* DAU_FILE_ACCESS when it cannot be mapped. */
bool file_map(const char *path, FileMap *m, Err *err);
void file_unmap(FileMap *m);

/* SHA-256 (FIPS 180-4) of bytes and of a file, as 64 lower-case hexadecimal digits and a NUL. */
void sha256_hex(const void *data, size_t n, char hex[65]);
bool file_sha256(const char *path, char hex[65], Err *err);

/* Writes the path of the running program; false when the system does not tell or it does not fit. */
bool file_self(char *path, size_t cap);

/* Writes the path of one of the program's own data files ("lexicon.tsv"). With $DAU_DATA set, only that folder is looked
 * in. Without it: dicts and share/dau beside the program's folder or up to two folders higher, the same beside
 * libdau.so, then PREFIX/share/dau. Where the file is nowhere: false, DAU_MISSING, and what to do. */
bool file_data(const char *name, char *path, size_t cap, Err *err);

/* Removes a folder with all that is in it. Symbolic links are removed, not followed. What cannot be removed stays. */
void folder_remove(const char *path);

const char *file_base_name(const char *path); /* what follows the last '/', lent */
/* A name of at most 220 bytes: a longer one is cut before its ending. File systems allow 255, and callers append up to
 * 30 ("-10000.alto.xml.XXXXXX" is the longest). Lent, or in the arena. */
const char *file_short_name(Arena *a, const char *name);

#endif
