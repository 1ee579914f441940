/* corpus: reads the texts that a model is trained on, as the manifest lists them.
 *
 *     Manifest m;
 *     manifest_read(&m, "corpus/manifest.tsv", &err);
 *     manifest_check(&m, folder, &err);
 *     source_lines(&m.v[0], folder, 1, use, with, &err);
 *     manifest_release(&m);
 *
 * The manifest has a line a source:  ROLE  PATH  WEIGHT  SHA-256.  The path is below the folder of the corpora. Roles are
 * train; government and news (held out: never trained on); list (names: column 1, or 1 and 2 for schools).
 */
#ifndef DAU_TRAIN_CORPUS_H
#define DAU_TRAIN_CORPUS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Source {
    char role[16], path[200];
    int weight; /* how many times each line counts */
    char sha256[65];
} Source;

typedef struct Manifest {
    Source *v;
    size_t n;
} Manifest;

/* Reads the manifest; DAU_FILE_ACCESS when it cannot be read. The caller releases it. */
bool manifest_read(Manifest *m, const char *path, Err *err);
/* DAU_BAD_INPUT when a file is not the one that the manifest was written for. */
bool manifest_check(const Manifest *m, const char *folder, Err *err);
void manifest_release(Manifest *m);

/* Calls `use` with the lines of a source, NFC without the line feed; .xz is unpacked. `every` > 1 takes one line in so
 * many. */
typedef void LineUse(void *with, const char *line, size_t n);
bool source_lines(const Source *s, const char *folder, int every, LineUse *use, void *with, Err *err);

#endif
