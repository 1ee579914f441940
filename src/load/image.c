/* PNG, JPEG, JPEG 2000 and WebP through Leptonica, from memory; the size is read from the header before a pixel
 * is made. The last steps, from a decoded picture to a page, are shared with TIFF (tiff.c) and BMP (bmp.c).
 *
 * The resolution of a page:
 *
 *     1654 x 2339 pixels, "200 dpi"     A4 at 200 dpi: believed
 *     1654 x 2339 pixels, "72 dpi"      82 cm tall: what programs write when they do not know
 *     1654 x 2339 pixels, nothing       both are taken for A4: 2339 pixels / 11.69 inches = 200 dpi
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

/* ---- quiet ---- */

int load_hush(void)
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

void load_unhush(int saved)
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

bool load_finish_picture(const Load *doc, int n, struct Pix *pix, Page *page, Raster *raster, Err *err)
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

static bool picture_open(Load *doc, Err *err)
{
    int format, w = 0, h = 0, bits, samples, saved = load_hush();
    bool failed =
        pixReadHeaderMem((const l_uint8 *)doc->data, doc->size, &format, &w, &h, &bits, &samples, NULL);
    load_unhush(saved);
    doc->pages = 1;
    if (failed)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is a broken %s: its header cannot be read; was it copied whole?", doc->path,
                       file_kind_name(doc->kind));
    return load_size_ok(doc, 1, w, h, err);
}

bool load_picture_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    int saved = load_hush();
    PIX *pix = pixReadMem((const l_uint8 *)doc->data, doc->size);
    load_unhush(saved);
    return load_finish_picture(doc, n, pix, page, raster, err);
}

const Reader load_picture = {picture_open, load_picture_page, NULL};
