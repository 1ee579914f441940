/* cmd/export: what `dau export` is made of besides rows.
 *
 *     ExportJob job = {.store = store, .format = "hocr", .out = "pages/", .files = argv + first, .n = argc - first};
 *     export_check_files(&job, &err);
 *     if (export_is_pages(job.format)) export_pages(&job, &err);
 */
#ifndef DAU_CMD_EXPORT_H
#define DAU_CMD_EXPORT_H

#include "base/err.h"
#include "store/store.h"

#include <stdbool.h>

/* Which documents, in which form, and where to. */
typedef struct ExportJob {
    Store *store;
    const char *format;
    const char *out;    /* "-": standard output */
    char *const *files; /* as named when they were read, or the last part of that name; n of them, 0: all */
    int n;
    const char *const *passwords; /* to try on files that are opened again for pictures; NULL: none */
} ExportJob;

/* Whether `file` is one of those asked for. */
bool export_wants(const ExportJob *job, const char *file);
/* Says which of the files asked for were never read; DAU_BAD_INPUT when none of them was. */
bool export_check_files(const ExportJob *job, Err *err);
/* Whether the format is one of pages ("hocr", "pdf" ...), not of pairings. */
bool export_is_pages(const char *format);
/* Writes one file a document (alto, page: one a page) into the folder job->out; a single document may go to a file. A
 * document is skipped, and that is said, when its file is gone, or when the form wants pictures and it has none:
 * DAU_SOME_FAILED. */
bool export_pages(const ExportJob *job, Err *err);

#endif
