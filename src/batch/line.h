/* line: the order of the stages, in one place.
 *
 *     PageLine *line = line_new(&options);
 *     line_page(line, doc, n, STAGE_RESTORE, &page, &raster, &err);
 *     line_free(line);
 *
 * Stages do not know one another; they meet in Page and Raster.
 */
#ifndef DAU_BATCH_LINE_H
#define DAU_BATCH_LINE_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"
#include "stage/load.h"
#include "stage/ocr.h"
#include "stage/restore.h"

typedef struct LineOptions {
    LoadLimits load;
    OcrOptions ocr;
    RestoreOptions restore;
} LineOptions;

typedef struct PageLine PageLine;

/* Opens nothing yet: an engine is opened when the first page needs it. The options' strings must outlive it.
 */
PageLine *line_new(const LineOptions *options);
void line_free(PageLine *line); /* NULL is fine */

/* load_open() under the line's limits. */
Load *line_load(const PageLine *line, const char *path, Err *err);

/* Takes page n of doc through the stages up to `until` (at most STAGE_RESTORE). Page initialised, raster
 * empty; both are the caller's to release, also after an error: what was found until then stays in them. */
bool line_page(PageLine *line, Load *doc, int n, Stage until, Page *page, Raster *raster, Err *err);

/* A hash over program version, models and options: what the result of a page depends on besides its bytes.
 * 64 hex digits. */
bool line_key(PageLine *line, char hex[65], Err *err);

#endif
