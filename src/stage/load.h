/* load: a file becomes pages of pixels or pages of lines.
 *
 * PDF by poppler-glib, TIFF (many pages), PNG and JPEG by Leptonica, UTF-8 text as pages (parted by form
 * feeds) of lines. What a file is, its first bytes decide, not its name.
 *
 *     Load *doc = load_open("plan.pdf", &limits, &err);
 *     for (int n = 1; n <= load_pages(doc); n++) {
 *         Page page; Raster raster = {0};
 *         page_init(&page, n);
 *         load_page(doc, n, &page, &raster, &err);
 *         ...
 *         load_raster_release(&raster);
 *         page_release(&page);
 *     }
 *     load_close(doc);
 *
 * A PDF page that is one image is taken at the image's own resolution, bit for bit where it can be; any
 * other is rendered at a resolution fit for OCR. Nothing is blown up beyond what the scan holds. The size
 * of a page is checked before a pixel is made.
 *
 * Errors: DAU_FILE_ACCESS (cannot open), DAU_BAD_INPUT (empty, broken, not what it says, unknown kind,
 * text that is not UTF-8 or holds NUL), DAU_ENCRYPTED, DAU_LIMIT (page too large).
 */
#ifndef DAU_STAGE_LOAD_H
#define DAU_STAGE_LOAD_H

#include "base/err.h"
#include "base/str.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Load Load;

typedef struct LoadLimits {
    double most_megapixels; /* of one page; 0: the default, 120 (A3 at 600 dpi is 70) */
    size_t most_bytes;      /* of one file; 0: the default, 2 GB */
    int render_dpi;         /* for pages that are not one image; 0: the default, 300 */
} LoadLimits;

typedef enum FileKind { FILE_PDF, FILE_TIFF, FILE_PNG, FILE_JPEG, FILE_TEXT } FileKind;

Load *load_open(const char *path, const LoadLimits *limits, Err *err); /* limits may be NULL; NULL on error */
int load_pages(const Load *doc);                                       /* at least 1 */
FileKind load_kind(const Load *doc);
const char *file_kind_name(FileKind kind); /* "pdf" */
/* True when the first bytes of the file say that load_open would take it up (used when folders are walked).
 */
bool load_knows(const char *path);

/* Page n (from 1) into an initialised page. Pixels: raster->scan, page->width, height, dpi, via. Text:
 * page->unit, lines, words and a text block a paragraph; the raster stays empty. */
bool load_page(Load *doc, int n, Page *page, Raster *raster, Err *err);
void load_close(Load *doc); /* NULL is fine */
void load_raster_release(Raster *raster);

/* The part of the scanned page under `box` (an empty box: all of it) as PNG into out, made smaller so that
 * neither side is over most_side pixels (0: as it is). For evidence and for `dau show --svg`. */
bool load_png(const Raster *raster, Rect box, int most_side, Buf *out, Err *err);

#endif
