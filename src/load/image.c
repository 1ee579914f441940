/* TIFF, PNG, JPEG, JPEG 2000 and WebP through Leptonica, from memory; the size is read from the header before
 * a pixel is made.
 *
 * What resolution? A scan of A4 that is 1654 x 2339 pixels and says 200 dpi is believed. One that says
 * nothing, or the 72 or 96 that programs write when they do not know (it would be 82 cm tall), is taken for
 * an A4 sheet: 2339 pixels / 11.69 inches = 200 dpi.
 *
 * A TIFF's pages hang in a chain of directories (TIFF 6.0, section 2). The chain is walked here once: for
 * the number of pages, which Leptonica counts to 3000 only, for each page's place, so that page 900 is
 * reached in one step, and for its size. Previews (NewSubfileType, bit 0) are no pages.
 */
#include "load/private.h"

#include <fcntl.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

static const double A4_LONG_INCHES = 11.69;      /* ISO 216 */
static const double LARGEST_SHEET_INCHES = 17.5; /* A3 and a little: what an office scanner takes */
static const int HONEST_DPI =
    150; /* from here on somebody set it: 72, 96 and 120 are what programs make up */
static const int LEAST_DPI = 50, MOST_DPI = 1200; /* outside, it cannot be the scanner's */
static const int LEAST_GUESS = 96; /* coarser A4 cannot be read: it is a piece of a page, say off a screen */
static const double SQUARE = 1.1;  /* pixels further from square (a fax: 204 x 98 dpi) are made square */

/* ---- a chain of TIFF directories ---- */

typedef struct TiffPage {
    size_t at;            /* of its directory in the file */
    double width, height; /* as the directory says; where it says so twice, the larger */
    bool tiled;
} TiffPage;

typedef struct TiffPages {
    VEC(TiffPage) v;
    bool swapped, big; /* the file's byte order is not ours to read straight; BigTIFF */
} TiffPages;

enum { TAG_SUBFILE = 254, TAG_WIDTH = 256, TAG_HEIGHT = 257, TAG_TILE_WIDTH = 322, MOST_TIFF_PAGES = 100000 };

/* n bytes at `at` as a number; 0 outside the file. */
static uint64_t number_at(const Load *doc, size_t at, int n)
{
    const TiffPages *pages = doc->state;
    uint64_t v = 0;
    if (at > doc->size || doc->size - at < (size_t)n) return 0;
    for (int i = 0; i < n; i++)
        v |= (uint64_t)(unsigned char)doc->data[at + (size_t)i] << 8 * (pages->swapped ? n - 1 - i : i);
    return v;
}

/* One directory; returns where the next one stands, 0 at the end. */
static size_t read_directory(Load *doc, size_t at, TiffPage *page, bool *preview)
{
    bool big = ((TiffPages *)doc->state)->big;
    size_t entry = big ? 20 : 12, head = big ? 8 : 2;
    uint64_t n = number_at(doc, at, (int)head);
    *page = (TiffPage){.at = at};
    *preview = false;
    if (at + head > doc->size || n > (doc->size - at - head) / entry) return 0;
    for (uint64_t i = 0; i < n; i++) {
        size_t e = at + head + (size_t)i * entry;
        uint64_t tag = number_at(doc, e, 2), type = number_at(doc, e + 2, 2);
        uint64_t value = number_at(doc, e + (big ? 12 : 8), type == 3 ? 2 : type == 16 ? 8 : 4);
        if (tag == TAG_SUBFILE) *preview = value & 1;
        if (tag == TAG_WIDTH) page->width = fmax(page->width, (double)value);
        if (tag == TAG_TILE_WIDTH) page->tiled = true;
        if (tag == TAG_HEIGHT) page->height = fmax(page->height, (double)value);
    }
    return (size_t)number_at(doc, at + head + (size_t)n * entry, big ? 8 : 4);
}

static bool tiff_open(Load *doc, Err *err)
{
    TiffPages *pages = doc->state = xalloc(sizeof *pages);
    pages->swapped = doc->data[0] == 'M';
    pages->big = doc->data[pages->swapped ? 3 : 2] == '+';
    size_t at = (size_t)(pages->big ? number_at(doc, 8, 8) : number_at(doc, 4, 4));
    size_t mark = 0; /* moved at each power of two of steps: a chain that meets it again is a ring (Brent) */
    for (int steps = 1; at && at < doc->size && steps <= MOST_TIFF_PAGES; steps++) {
        TiffPage page;
        bool preview;
        if (at == mark)
            return err_set(err, DAU_BAD_INPUT, "'%s' is a broken TIFF: its pages form a ring", doc->path);
        if ((steps & (steps - 1)) == 0) mark = at;
        at = read_directory(doc, at, &page, &preview);
        if (page.width >= 1 && page.height >= 1 && !preview) *vec_push(&pages->v) = page;
    }
    if (!pages->v.n)
        return err_set(err, DAU_BAD_INPUT, "'%s' is a broken TIFF: no page in it; was it copied whole?",
                       doc->path);
    doc->pages = (int)pages->v.n;
    return true;
}

static void tiff_close(Load *doc)
{
    TiffPages *pages = doc->state;
    vec_release(&pages->v);
    free(pages);
}

/* ---- quiet ---- */

/* libjpeg, libpng and libtiff write their remarks to stderr and Leptonica lets them. While a picture is read,
 * stderr leads nowhere; returns what brings it back. */
static int hush(void)
{
    int saved, nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    setMsgSeverity(L_SEVERITY_NONE);
    if (nowhere < 0) return -1;
    fflush(stderr);
    saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (saved >= 0) dup2(nowhere, STDERR_FILENO);
    close(nowhere);
    return saved;
}

static void unhush(int saved)
{
    if (saved < 0) return;
    fflush(stderr);
    dup2(saved, STDERR_FILENO);
    close(saved);
}

/* ---- pictures ---- */

static int guess_dpi(int w, int h)
{
    double dpi = (w > h ? w : h) / A4_LONG_INCHES;
    return (int)lround(fmin(fmax(dpi, LEAST_GUESS), MOST_DPI));
}

static bool believe(int dpi, int w, int h)
{
    if (dpi < LEAST_DPI || dpi > MOST_DPI) return false;
    return dpi >= HONEST_DPI || (double)(w > h ? w : h) / dpi <= LARGEST_SHEET_INCHES;
}

/* Pixels an inch, of the finer side; 0 when the file does not say. */
static int best_res(PIX *pix)
{
    int x = pixGetXRes(pix), y = pixGetYRes(pix);
    return x > y ? x : y;
}

/* Fax pixels made square, the finer side kept. */
static PIX *square_pix(PIX *pix)
{
    double x = pixGetXRes(pix), y = pixGetYRes(pix), most = fmax(x, y);
    if (fmin(x, y) < LEAST_DPI || most > MOST_DPI || most / fmin(x, y) < SQUARE) return pixClone(pix);
    return pixScale(pix, (float)(most / x), (float)(most / y));
}

/* Palettes and transparency resolved: 1, 8 or 32 bits. */
static PIX *plain_pix(PIX *pix)
{
    if (pixGetSpp(pix) == 4) return pixAlphaBlendUniform(pix, 0xffffff00); /* laid on white */
    PIX *p = pixRemoveColormap(pix, REMOVE_CMAP_BASED_ON_SRC);
    int depth = p ? pixGetDepth(p) : 1;
    if (depth == 1 || depth == 8 || depth == 32) return p;
    PIX *grey = pixConvertTo8(p, 0);
    pixDestroy(&p);
    return grey;
}

static PIX *lean_pix(PIX *pix)
{
    if (pixGetDepth(pix) != 32) return pixClone(pix);
    ColourRows rows = {pixGetData(pix), (size_t)pixGetWpl(pix), pixGetWidth(pix), pixGetHeight(pix), 8};
    return load_lean_pix(&rows);
}

/* Puts change(*pix) in its place. */
static void replace(PIX **pix, PIX *(*change)(PIX *))
{
    PIX *changed = *pix ? change(*pix) : NULL;
    pixDestroy(pix);
    *pix = changed;
}

static bool finish(const Load *doc, int n, PIX *pix, Page *page, Raster *raster, Err *err)
{
    int said = pix ? best_res(pix) : 0;
    replace(&pix, square_pix);
    replace(&pix, plain_pix);
    replace(&pix, lean_pix);
    if (!pix)
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' is broken: its picture cannot be decoded", n,
                       doc->path);
    int w = pixGetWidth(pix), h = pixGetHeight(pix);
    bool ok = believe(said, w, h);
    const char *via = "image";
    if (!ok && said)
        via = arena_printf(&page->arena, "image: the file's %d dpi cannot be, taken as A4", said);
    else if (!ok)
        via = "image: the file gives no resolution, taken as A4";
    load_take_scan(page, raster, &pix, ok ? said : guess_dpi(w, h), via);
    return true;
}

static bool tiff_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    const TiffPages *pages = doc->state;
    TiffPage t = pages->v.v[n - 1];
    size_t at = t.at;
    if (!load_size_ok(doc, n, t.width, t.height, err)) return false;
    int saved = hush();
    PIX *pix = pixReadMemFromMultipageTiff((const l_uint8 *)doc->data, doc->size, &at);
    unhush(saved);
    if (!pix && t.tiled) /* Leptonica cannot */
        return err_set(err, DAU_BAD_INPUT,
                       "page %d of '%s' is stored in tiles, which are not read; 'tiffcp -s' of libtiff-tools "
                       "writes it in strips",
                       n, doc->path);
    return finish(doc, n, pix, page, raster, err);
}

static bool image_open(Load *doc, Err *err)
{
    int format, w = 0, h = 0, bits, samples, saved = hush();
    bool failed =
        pixReadHeaderMem((const l_uint8 *)doc->data, doc->size, &format, &w, &h, &bits, &samples, NULL);
    unhush(saved);
    doc->pages = 1;
    if (failed)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is a broken %s: its header cannot be read; was it copied whole?", doc->path,
                       file_kind_name(doc->kind));
    return load_size_ok(doc, 1, w, h, err);
}

static bool image_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    int saved = hush();
    PIX *pix = pixReadMem((const l_uint8 *)doc->data, doc->size);
    unhush(saved);
    return finish(doc, n, pix, page, raster, err);
}

static void image_close(Load *doc)
{
    (void)doc;
}

const Reader load_tiff = {tiff_open, tiff_page, tiff_close};
const Reader load_image = {image_open, image_page, image_close};
