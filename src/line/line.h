/* line/line: the order of the stages, in one place.
 *
 *     PageLine *line = line_new(&options);
 *     line_page(line, doc, n, STAGE_RESTORE, &page, &raster, &err);
 *     line_free(line);
 *
 * Stages do not know one another; they meet in Page and Raster.
 */
#ifndef DAU_LINE_LINE_H
#define DAU_LINE_LINE_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"
#include "extract/extract.h"
#include "load/load.h"
#include "ocr/ocr.h"
#include "restore/restore.h"

typedef struct LineOptions {
    LoadOptions load;
    OcrOptions ocr;
    RestoreOptions restore;
    bool explain;      /* extract: say why */
    const char *words; /* extract: the user's own words, behind those of dicts/ (model/words.h); NULL: none */
    const char *schools; /* extract: the user's registry (model/registry.h); NULL: none */
    const char *learnt;  /* extract: schools that corrections taught, after the user's; NULL: none */
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

/* Opens what restore and extract read, so that a fault in it is told before anything is read; workers that
 * are forked after it share the memory. */
bool line_open_models(PageLine *line, Err *err);
/* A new extractor with the line's lists; yours: extract_free(), before line_free(). NULL on error. */
Extract *line_extract(PageLine *line, Err *err);

/* Does restore anew on a page that came through it before; what was read stays as it is. */
bool line_restore(PageLine *line, Page *page, Err *err);

/* What a result depends on besides the bytes of the file: hashes over the code of the stages, models,
 * dictionaries and options, 64 hex digits each. Each holds the one before, so that a new dictionary asks for
 * the pages to be restored and extracted again, not to be read again.
 *
 * The code of a stage is known by the version that `make` derives from its sources, from what the stages
 * share, from the compiler and its flags (tools/stage-versions.sh, gen/stage_versions.h). Nobody raises it by
 * hand. A change in cmd/, store/, export/ or any other folder that computes no result leaves it as it is.
 *
 * A page hangs only on what it needed (load_needs()): no scan is read again for a new language model, none of
 * text for a new recogniser. So there is a key for each set of needs; a result under any of them is good.
 */
typedef struct LineKeySet {
    char of[LOAD_NEEDS][65];   /* by the needs of the page, or of a document's pages together */
    char any[LOAD_NEEDS * 65]; /* all of them, a blank between two */
} LineKeySet;

typedef struct LineKeys {
    LineKeySet read;    /* load to ocr */
    LineKeySet restore; /* and restore: of a page */
    LineKeySet extract; /* and extract: of a document's pairings */
} LineKeys;

bool line_keys(PageLine *line, LineKeys *keys, Err *err);

/* The data files that restore and extract read, for their keys; NULL ends each list. */
extern const char *const line_restore_files[], *const line_extract_files[];

#endif
