/* export: what `dau export` is made of besides rows. */
#ifndef DAU_CMD_EXPORT_H
#define DAU_CMD_EXPORT_H

#include "base/err.h"
#include "store/store.h"

#include <stdbool.h>

/* Which documents, and where to. */
typedef struct ExportJob {
    Store *store;
    const char *format;
    const char *out;    /* "-": standard output */
    char *const *files; /* as named when they were read, or the last part of that; n of them, 0: all */
    int n;
    const char *const *passwords; /* of files, where they are opened again for pictures; NULL: none */
} ExportJob;

/* Whether `file` is one of those asked for. */
bool export_wants(const ExportJob *job, const char *file);
/* Files asked for that were never read are said; DAU_BAD_INPUT when none of them was. */
bool export_check_files(const ExportJob *job, Err *err);
/* "hocr", "pdf" ...: a form of pages, not of pairings. */
bool export_is_pages(const char *format);
/* One file a document (alto, page: one a page) into the folder job->out; a single document may go to a file.
 * A document whose file is gone, or that has no pictures where pictures are wanted, is passed over and said
 * so: DAU_SOME_FAILED. */
bool export_pages(const ExportJob *job, Err *err);

#endif
