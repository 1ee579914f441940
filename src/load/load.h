/* load: turns a file into pages of pixels, or pages of lines of text.
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
 * What reads what:
 *
 *     PDF                                   poppler-glib
 *     TIFF (many pages)                     libtiff and Leptonica
 *     PNG, JPEG, JPEG 2000, WebP, BMP, GIF  Leptonica
 *     DOCX, ODT, XLSX, ODS, HTML            libarchive and libxml2
 *     DOC                                   antiword, a program of its own
 *     text in any charset of Vietnamese     pages of lines, form feeds between pages
 *
 * The bytes of a file decide what it is, not its name. But text under the name of a scan (plan.pdf) is refused, because
 * somebody meant another file.
 *
 * Resolution. A page of a PDF is under a scan when pictures cover half of it or more. It gets the scan's own resolution,
 * and the scan's pixels bit for bit wherever nothing was drawn over them. A scan over 400 dpi is halved, or more. Any other page of a PDF
 * is rendered at LoadOptions.render_dpi. Nothing is enlarged beyond what the scan holds. TIFF, PNG and JPEG keep their
 * pixels. A resolution that is missing or cannot be (72 dpi on a sheet of 80 cm) is computed from the size, as A4. Fax
 * pixels (204 x 98 dpi) are made square. A camera's note of how to turn a JPEG is ignored: clean sets every page upright
 * by what is on it.
 *
 * Page.via says which way it went:
 *     "image"                                   the pixels of the scan
 *     "image: of several pictures"              strips or layers, at the finest one's resolution
 *     "image: a scan of 600 dpi, one pixel ..." made smaller
 *     "image: drawn at its resolution, ..."     askew, cut, or covered: redrawn, not pixel for pixel
 *     "image: ..., taken as A4"                 the resolution is a guess
 *     "render: ..."                             made by a program; what was seen, after the colon
 *     "text", "text: was in TCVN3 (ABC)"
 *     "image: ...; text layer not used: ..."    why the picture is read although the file has text
 *     "...; text layer not used: as asked"      TEXT_LAYER_IGNORE
 *     "text layer: drawn ..."                   the words are in page->layer, the pixels are for the rules
 *     "docx", "html: with text that was in VNI", "xlsx: hidden sheets left out: 2"
 *
 * The size of a page is checked before a pixel is made. Remarks of libraries about broken files do not reach stderr. Text
 * is NFC; a tab counts as one column; words are runs without blanks; empty lines separate blocks.
 *
 * Errors of load_open():
 *     DAU_FILE_ACCESS   it cannot be opened, or is a folder
 *     DAU_BAD_INPUT     empty, broken, not what its name says, of a kind that is not read; text in no charset that we
 *                       know, or with a NUL in it
 *     DAU_ENCRYPTED     it needs a password, and none that was given fits
 *     DAU_MISSING       the language model or antiword is needed and not there
 *     DAU_LIMIT         the file, or a single picture, is too large
 *
 * Errors of load_page():
 *     DAU_BAD_INPUT     this page is broken; others may not be
 *     DAU_LIMIT         the page is too large
 *     DAU_USAGE         there is no such page
 *
 * A file that is made for it can still keep a decoder busy for long. Where files come from outside, load in a process with
 * limits of its own.
 */
#ifndef DAU_LOAD_LOAD_H
#define DAU_LOAD_LOAD_H

#include "base/err.h"
#include "base/str.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Load Load;

/* What to do with the text layer of a PDF's page. */
typedef enum TextLayer {
    TEXT_LAYER_AUTO,  /* taken where it is right, see Page.via; else the picture is read */
    TEXT_LAYER_USE,   /* taken wherever there is one */
    TEXT_LAYER_IGNORE /* the picture is read */
} TextLayer;

typedef struct LoadOptions {
    double most_megapixels;       /* of one page; 0: the default, 120 (A3 at 600 dpi is 70) */
    size_t most_bytes;            /* of one file; 0: the default, 2 GB */
    size_t most_unpacked;         /* of the packed parts of one document; 0: the default, 256 MB */
    const char *const *passwords; /* to try on a document that asks for one, NULL at the end; or NULL */
    TextLayer text_layer;
    int render_dpi; /* for pages that are not one image; 0: the default, 300 */
} LoadOptions;

typedef int FileKind; /* its place in the table of kinds, src/load/kinds.c */

/* Opens a file; `limits` may be NULL. "-" is standard input. The file must not change while it is open. NULL on error;
 * else the caller closes it. */
Load *load_open(const char *path, const LoadOptions *limits, Err *err);
int load_pages(const Load *doc); /* at least 1 */
FileKind load_kind(const Load *doc);
const char *file_kind_name(FileKind kind); /* "pdf" */
/* Whether a walk through a folder should take the file. It should where the bytes are of a kind that is read, text
 * excepted. It also should where the name has the ending of one; then load_open() tells what is wrong with it. */
bool load_knows(const char *path);

/* Reads page n (from 1) into an initialised page. Of pixels it sets raster->scan, page->width, height, dpi and via. Of
 * text it sets page->unit, lines, words and a block for each paragraph; the raster stays empty. */
bool load_page(Load *doc, int n, Page *page, Raster *raster, Err *err);
/* What a page was made of besides its bytes. When one of these changes, the page may change. */
typedef enum LoadNeed {
    LOAD_NEEDS_LANGUAGE = 1, /* the language model and LoadOptions.text_layer: there was text to judge */
    LOAD_NEEDS_LIMIT = 2,    /* LoadOptions.most_megapixels: made coarser to stay within */
    LOAD_NEEDS_ENGINE = 4,   /* its pixels are to be read by a recogniser */
    LOAD_NEEDS = 8           /* how many sets there are of these */
} LoadNeed;
/* A set of LoadNeed. Page.via tells it, so a stored page can be asked, too. */
unsigned load_needs(const Page *page);
void load_close(Load *doc); /* NULL is allowed */
void load_raster_release(Raster *raster);

/* The scan alone as bytes, for another process, and back into an empty raster. The bits are not compressed. */
bool load_raster_dump(const Raster *raster, Buf *out, Err *err);
bool load_raster_parse(const char *bytes, size_t len, Raster *raster, Err *err);
bool load_raster_is(const Raster *raster, int width, int height); /* the scan is of that size */

/* Appends the part of the scanned page under `box` (an empty box: the whole page) as PNG. It is made smaller so that
 * neither side is over most_side pixels (0: as it is). For evidence and for `dau show --svg`. */
bool load_png(const Raster *raster, Rect box, int most_side, Buf *out, Err *err);
/* Codes the whole scanned page as a PDF holds it: fax when it is black and white, else JPEG. The caller releases
 * out->bytes, or uses it again for the next page. */
bool load_coded(const Raster *raster, Coded *out, Err *err);

/* ---- a spreadsheet as rows, which 'dau import' takes back ---- */

/* Whether it may be a workbook: the bytes begin as a zip file. */
bool load_is_book(const char *bytes, size_t n);
/* Appends the first sheet of a workbook (XLSX) to csv (RFC 4180). `name` is for messages. DAU_BAD_INPUT, DAU_LIMIT,
 * DAU_ENCRYPTED. */
bool load_book(const char *name, const char *bytes, size_t n, Buf *csv, Err *err);

#endif
