/* line: runs a page through the stages in their order, and says by which keys the results are known.
 *
 *     PageLine *line = line_new(&(LineOptions){0});
 *     Load *doc = line_load(line, "ke-hoach.pdf", &err);
 *     Page page;
 *     Raster raster = {0};
 *     page_init(&page, 1);
 *     line_page(line, doc, 1, STAGE_RESTORE, &page, &raster, &err);
 *     load_raster_release(&raster);
 *     page_release(&page);
 *     load_close(doc);
 *     line_free(line);
 *
 * Stages do not know one another: they meet in Page and Raster. A PageLine opens each engine and each list when it first
 * needs it, and owns them. It is for one thread at a time.
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

/* A line that has opened nothing yet. The options' strings must outlive it. */
PageLine *line_new(const LineOptions *options);
void line_free(PageLine *line); /* NULL is allowed */

/* load_open() with the line's options; the caller closes it. */
Load *line_load(const PageLine *line, const char *path, Err *err);

/* Takes page n (from 1) of doc through the stages up to `until`, at most STAGE_RESTORE, and checks the page after each.
 * Words that restore doubts are read once more by a better model, where that is installed, and restored again. The page
 * comes initialised, the raster empty. The caller releases both, also after an error: what was found before it stays in
 * them. Errors are those of the stages (load.h, ocr.h, restore.h). */
bool line_page(PageLine *line, Load *doc, int n, Stage until, Page *page, Raster *raster, Err *err);

/* Opens what restore and extract read, so that a fault in it is reported before anything is read. Workers that are
 * forked afterwards share the memory. */
bool line_open_models(PageLine *line, Err *err);
/* A new extractor with the line's lists. The caller frees it with extract_free(), before line_free(). NULL on error. */
Extract *line_extract(PageLine *line, Err *err);

/* Restores a page again that came through the line before. What was read stays as it is. */
bool line_restore(PageLine *line, Page *page, Err *err);

/* What a result depends on besides the bytes of the file: hashes (SHA-256, 64 hexadecimal digits) over the code of the
 * stages, models, dictionaries and options. Each holds the one before. So a new dictionary means that pages are restored
 * and extracted again, not that they are read again.
 *
 * `make` derives the version of a stage's code from its sources, from what the stages share, from the compiler and from
 * its flags (tools/stage-versions.sh, gen/stage_versions.h). Nobody raises it by hand. A change in cmd/, store/, export/
 * or any other folder that computes no result leaves it as it is.
 *
 * A page is read again only when something that it needed has changed (load_needs()). A new language model does not force
 * scans to be read again, nor a new recogniser pages of text. So there is a key for each set of needs. A result under any
 * of them counts.
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

/* Computes the keys. It opens the models first; DAU_MISSING or DAU_FILE_ACCESS where a data file cannot be read. */
bool line_keys(PageLine *line, LineKeys *keys, Err *err);
/* Keys of the pairings of a document of which a person says the columns; NULL or "": those of `extract`. */
void line_keys_said(const LineKeySet *extract, const char *columns, LineKeySet *said);

/* Names of the data files whose bytes are in the keys of restore and of extract; NULL ends each list. The language model
 * and the context model are in restore's key by their own checksums. */
extern const char *const line_restore_files[], *const line_extract_files[];

#endif
