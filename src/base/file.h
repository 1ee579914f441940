/* file: whole files in and out, safely; where the program's own data lies. Low.
 *
 * What is written goes to a temporary name in the same folder, is synced and then renamed: a reader meets
 * the old file or the new one, never half of it.
 */
#ifndef DAU_BASE_FILE_H
#define DAU_BASE_FILE_H

#include "base/err.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The whole file into b (emptied first). "-" is standard input. Refuses folders and, over `limit` bytes
 * (0: none), with DAU_LIMIT. */
bool file_read(const char *path, size_t limit, Buf *b, Err *err);
/* Writes and renames; "-" is standard output. */
bool file_write(const char *path, const void *data, size_t n, Err *err);

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

const char *file_base_name(const char *path); /* what follows the last '/'; lent */

#endif
