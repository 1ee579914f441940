/* cmd/source: finds the file that a document of the database was read from, and gives its pages as pixels.
 *
 *     Source src = {0};
 *     const Raster *scan = NULL;
 *     if (source_open(&src, store, doc, "plan.pdf", &err)) scan = source_page(&src, &page, &err);
 *     ...
 *     source_close(&src);
 *
 * The file is not trusted. A sandboxed worker (batch/pool.h) reads it and hands the pixels over, so that a crash in a
 * decoder ends that worker alone. The worker is started for the first page, unless the caller lent one.
 *
 * The file is looked for under every name that it was found by, and its SHA-256 is compared: another file's pixels are
 * not evidence. One page is kept, so that rows in the order of pages render each page once.
 *
 * Errors: DAU_FILE_ACCESS (not found), DAU_BAD_INPUT (its bytes changed), DAU_BAD_OUTPUT (the page now comes in another
 * size), and those of load.
 */
#ifndef DAU_CMD_SOURCE_H
#define DAU_CMD_SOURCE_H

#include "doc/raster.h"
#include "load/load.h"
#include "store/store.h"

typedef struct SourceWorker SourceWorker;

typedef struct Source {
    int64_t doc; /* 0: none */
    Arena arena;
    const char *path;
    SourceWorker *own, *lent;     /* the one it made; one that the caller lent and keeps */
    const char *const *passwords; /* to try, for the one it makes; NULL ends them; NULL: none; the caller's */
    int number;                   /* of the page in raster; 0: none */
    Raster raster;
} Source;

/* A worker to lend to several sources (Source.lent), to be freed after they are closed. Passwords as in Source. */
SourceWorker *source_worker_new(const char *const *passwords);
void source_worker_free(SourceWorker *w); /* NULL is allowed */
/* Finds the file of `doc`, or does nothing when it is open already. `file` is its name for messages. */
bool source_open(Source *s, Store *store, int64_t doc, const char *file, Err *err);
/* The pixels of a page that was stored; lent until the next call. NULL on error. */
const Raster *source_page(Source *s, const Page *page, Err *err);
void source_close(Source *s);

#endif
