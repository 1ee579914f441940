/* corpus: the texts a model is trained on, as the manifest lists them.
 *
 * corpus/manifest.tsv has a line a source:  ROLE  PATH  WEIGHT  SHA-256   (path below the corpora's folder).
 * Roles: train; government, news (held out: never trained on); list (names: column 1, or 1 and 2 for
 * schools).
 */
#ifndef DAU_TRAIN_CORPUS_H
#define DAU_TRAIN_CORPUS_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Source {
    char role[16], path[200];
    int weight; /* how many times it is counted */
    char sha256[65];
} Source;

typedef struct Manifest {
    Source *v;
    size_t n;
} Manifest;

bool manifest_read(Manifest *m, const char *path, Err *err);
/* Refuses a corpus other than the one the manifest was written for. */
bool manifest_check(const Manifest *m, const char *folder, Err *err);
void manifest_release(Manifest *m);

/* Calls `use` with every line (NFC, no line feed) of a source; .xz is unpacked on the way. `every` > 1 takes
 * one line in so many. */
typedef void LineUse(void *with, const char *line, size_t n);
bool source_lines(const Source *s, const char *folder, int every, LineUse *use, void *with, Err *err);

#endif
