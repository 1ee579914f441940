/* TIFF: libtiff walks the chain of pages; Leptonica decodes those in strips, libtiff those in tiles.
 *
 *     header ──► directory at 8: 1654 x 2339 ──► directory at 90,112: a preview ──► directory at 95,020 ──► end
 *                page 1                          skipped                            page 2
 *
 * The chain is walked once, when the file is opened. That gives the number of pages. It also gives the size of each before
 * a pixel is made, and its place, so that page 900 is reached in one step. A directory that libtiff refuses is a page,
 * too, if it tells a size: then page 2 is broken, and page 3 is read.
 */
#include "load/private.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <tiffio.h>

enum { MOST_TIFF_PAGES = 100000, MOST_MEMORY_MB = 512 }; /* the latter for one of libtiff's allocations */
static const double INCH_CM = 2.54;

typedef struct TiffPage {
    uint64_t at; /* of its directory in the file */
    uint32_t width, height;
    bool tiled;
    bool lost; /* the file says that it is there, and ends before it */
} TiffPage;

typedef struct Tiff {
    TIFF *tif;
    const Load *doc;
    size_t at; /* what is read next */
    VEC(TiffPage) pages;
} Tiff;

/* ---- libtiff reads from memory, and says nothing ---- */

static tmsize_t take_bytes(thandle_t handle, void *to, tmsize_t n)
{
    Tiff *t = handle;
    size_t left = t->at < t->doc->size ? t->doc->size - t->at : 0;
    size_t take = (size_t)n < left ? (size_t)n : left;
    memcpy(to, t->doc->data + (left ? t->at : 0), take);
    t->at += take;
    return (tmsize_t)take;
}

static tmsize_t write_nothing(thandle_t handle, void *from, tmsize_t n)
{
    (void)handle, (void)from, (void)n;
    return -1;
}

static toff_t go_to(thandle_t handle, toff_t at, int whence)
{
    Tiff *t = handle;
    return t->at = (size_t)at + (whence == SEEK_CUR ? t->at : whence == SEEK_END ? t->doc->size : 0);
}

static toff_t tell_size(thandle_t handle)
{
    return ((Tiff *)handle)->doc->size;
}

static int lend_bytes(thandle_t handle, void **bytes, toff_t *size)
{
    const Load *doc = ((Tiff *)handle)->doc;
    *bytes = (void *)(uintptr_t)doc->data;
    *size = doc->size;
    return 1;
}

static void take_back(thandle_t handle, void *bytes, toff_t size)
{
    (void)handle, (void)bytes, (void)size;
}

static int close_nothing(thandle_t handle)
{
    (void)handle;
    return 0;
}

static int say_nothing(TIFF *tif, void *data, const char *module, const char *format, va_list values)
{
    (void)tif, (void)data, (void)module, (void)format, (void)values;
    return 1; /* and the handlers of the whole process are not called */
}

/* The header alone is read ("h"), so that a broken first page does not hide the others; arrays of strips only
 * when they are asked for ("O"). */
static TIFF *tiff_new(Tiff *t)
{
    TIFFOpenOptions *how = TIFFOpenOptionsAlloc();
    TIFFOpenOptionsSetMaxSingleMemAlloc(how, (tmsize_t)MOST_MEMORY_MB << 20);
    TIFFOpenOptionsSetErrorHandlerExtR(how, say_nothing, NULL);
    TIFFOpenOptionsSetWarningHandlerExtR(how, say_nothing, NULL);
    TIFF *tif = TIFFClientOpenExt(t->doc->path, "rhO", t, take_bytes, write_nothing, go_to, close_nothing,
                                  tell_size, lend_bytes, take_back, how);
    TIFFOpenOptionsFree(how);
    return tif;
}

/* ---- the chain of pages ---- */

static bool was_met(const Tiff *t, uint64_t at)
{
    for (size_t i = 0; i < t->pages.n; i++)
        if (t->pages.v[i].at == at) return true;
    return false;
}

/* A page whose directory is not in the file: it is counted, and fails when it is read. */
static void note_lost(Tiff *t)
{
    *vec_push(&t->pages) = (TiffPage){.lost = true};
}

static void note_page(Tiff *t)
{
    TiffPage page = {.at = TIFFCurrentDirOffset(t->tif), .tiled = TIFFIsTiled(t->tif) != 0};
    uint32_t subfile = 0;
    TIFFGetField(t->tif, TIFFTAG_IMAGEWIDTH, &page.width);
    TIFFGetField(t->tif, TIFFTAG_IMAGELENGTH, &page.height);
    TIFFGetField(t->tif, TIFFTAG_SUBFILETYPE, &subfile);
    if (page.width && page.height && !(subfile & FILETYPE_REDUCEDIMAGE)) *vec_push(&t->pages) = page;
}

/* The next directory. When its bytes are not there at all, what is known of the one before stays in libtiff;
 * a width of 0 marks that. */
static bool next_directory(TIFF *tif)
{
    TIFFSetField(tif, TIFFTAG_IMAGEWIDTH, (uint32_t)0);
    return TIFFReadDirectory(tif) != 0;
}

static bool has_width(TIFF *tif)
{
    uint32_t width = 0;
    return TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &width) && width;
}

static bool walk_chain(Tiff *t, Err *err)
{
    bool sound = TIFFSetDirectory(t->tif, 0) != 0;
    for (int steps = 1; steps <= MOST_TIFF_PAGES; steps++) {
        if (!sound && was_met(t, TIFFCurrentDirOffset(t->tif)))
            return err_set(err, DAU_BAD_INPUT,
                           "'%s' is a broken TIFF: its pages form a ring; scan it again or save it as PDF",
                           t->doc->path);
        note_page(t);
        if (TIFFLastDirectory(t->tif)) return true;
        sound = next_directory(t->tif);
        if (!sound && !has_width(t->tif)) note_lost(t);
    }
    return err_set(err, DAU_LIMIT, "'%s' has more than %d pages; split it into smaller files", t->doc->path,
                   MOST_TIFF_PAGES);
}

static bool tiff_open(Load *doc, Err *err)
{
    Tiff *t = doc->state = xalloc(sizeof *t);
    t->doc = doc;
    t->tif = tiff_new(t);
    if (t->tif && !walk_chain(t, err)) return false;
    if (!t->pages.n)
        return err_set(err, DAU_BAD_INPUT, "'%s' is a broken TIFF: no page in it; was it copied whole?",
                       doc->path);
    doc->pages = (int)t->pages.n;
    return true;
}

static void tiff_close(Load *doc)
{
    Tiff *t = doc->state;
    if (t->tif) TIFFClose(t->tif);
    vec_release(&t->pages);
    free(t);
}

/* ---- tiles ---- */

/* What the file says, in pixels an inch; 0: nothing. */
static int resolution(TIFF *tif, uint32_t tag)
{
    float said = 0;
    uint16_t unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tif, TIFFTAG_RESOLUTIONUNIT, &unit);
    if (!TIFFGetField(tif, tag, &said) || !(said > 0 && said < INT16_MAX)) return 0;
    return (int)lround(unit == RESUNIT_CENTIMETER ? said * INCH_CM : said);
}

/* libtiff's red is the lowest byte of a word, Leptonica's the highest. */
static void turn_words(PIX *pix)
{
    l_uint32 *words = pixGetData(pix);
    for (size_t n = (size_t)pixGetWpl(pix) * (size_t)pixGetHeight(pix); n > 0; n--, words++)
        *words = *words << 24 | (*words & 0xFF00) << 8 | (*words >> 8 & 0xFF00);
}

static PIX *read_tiles(TIFF *tif, const TiffPage *page)
{
    PIX *pix = TIFFSetSubDirectory(tif, page->at) ? pixCreate((int)page->width, (int)page->height, 32) : NULL;
    if (!pix) return NULL;
    if (!TIFFReadRGBAImageOriented(tif, page->width, page->height, pixGetData(pix), ORIENTATION_TOPLEFT, 1)) {
        pixDestroy(&pix);
        return NULL;
    }
    turn_words(pix);
    pixSetResolution(pix, resolution(tif, TIFFTAG_XRESOLUTION), resolution(tif, TIFFTAG_YRESOLUTION));
    return pix;
}

static PIX *read_strips(const Load *doc, const TiffPage *page)
{
    size_t at = (size_t)page->at;
    int saved = load_hush();
    PIX *pix = pixReadMemFromMultipageTiff((const l_uint8 *)doc->data, doc->size, &at);
    load_unhush(saved);
    return pix;
}

static bool tiff_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    const Tiff *t = doc->state;
    const TiffPage *p = &t->pages.v[n - 1];
    if (p->lost)
        return err_set(err, DAU_BAD_INPUT,
                       "page %d of '%s' is not in the file, which is cut short; was it copied whole?", n,
                       doc->path);
    if (!load_size_ok(doc, n, p->width, p->height, err)) return false;
    PIX *pix = p->tiled ? read_tiles(t->tif, p) : read_strips(doc, p);
    return load_finish_picture(doc, n, pix, page, raster, err);
}

const Reader load_tiff = {tiff_open, tiff_page, tiff_close};
