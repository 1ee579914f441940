/* PDF through poppler-glib and cairo.
 *
 * A page under a scan is rendered so that each pixel of the scan falls on one of ours. That gives the scan back bit for
 * bit. Unlike taking the picture out of the file, it keeps the turn of the page, its cropping and the layers of a
 * compressed scan. It also keeps what was laid over the scan: the "763" of "Số: 763/KH-PGDĐT" stamped on later. Where the
 * scan stands is guessed (sheet.c). A guess holds when the scan's own pixels are seen in their places (probe.c).
 *
 * Sizes are compared with the limits before a pixel is made. poppler-glib tells those of the pictures in the file only
 * after decoding, so they are read from the bytes first. A picture is a stream, and the dictionary of a stream
 * (/Width 2481 /Height 3507) stands in the file in the clear (ISO 32000-1, 7.5.7). This catches the plain bomb, 100,000 x
 * 100,000 pixels on a sheet of A4. One that hides its size, as a reference or inside a page's own drawing, is left to the
 * limits of the process.
 */
#define _GNU_SOURCE /* memmem, memfd_create */
#include "load/layer.h"
#include "load/private.h"
#include "load/sheet.h"

#include <errno.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static const double EXACT = 0.9; /* of the probe's pixels found; the rest may lie under stamps */
enum {
    LAYER_DPI =
        200, /* of pages that are not read, only searched for rules: a hairline is a pixel and a half */
    DICTIONARY = 1024 /* bytes a stream's dictionary takes at most */
};

typedef struct Pdf {
    PopplerDocument *file;
    Fluent *fluent;        /* opened when a text layer is to be judged */
    double most_w, most_h; /* pixels of the largest picture in the file; 0 when none was found */
    int bits_w, bits_h;    /* of each picture in the file, where all are two-level and alike; else 0 */
    bool unlike;           /* they are not */
} Pdf;

/* ---- sizes of pictures ---- */

/* The number after `key` in data, or -1. */
static double number_after(const char *data, size_t n, const char *key)
{
    char digits[24];
    const char *p = memmem(data, n, key, strlen(key)), *end = data + n;
    if (!p) return -1;
    for (p += strlen(key); p < end && strchr(" \t\r\n\f", *p); p++) continue;
    size_t len = (size_t)(end - p) < sizeof digits - 1 ? (size_t)(end - p) : sizeof digits - 1;
    memcpy(digits, p, len);
    digits[len] = 0;
    return *digits >= '0' && *digits <= '9' ? strtod(digits, NULL) : -1;
}

/* One bit a pixel: a two-level scan, or a mask. */
static bool is_two_level(const char *dictionary, size_t n)
{
    return number_after(dictionary, n, "/BitsPerComponent") == 1;
}

/* The size of the two-level pictures when there are no others, and all are alike. */
static void take_two_level(Pdf *pdf, double w, double h, bool two_level)
{
    bool first = !pdf->bits_w && !pdf->unlike;
    if (!two_level || w > MOST_SIDE || h > MOST_SIDE || (!first && (w != pdf->bits_w || h != pdf->bits_h)))
        pdf->unlike = true;
    pdf->bits_w = pdf->unlike ? 0 : (int)w, pdf->bits_h = pdf->unlike ? 0 : (int)h;
}

/* The largest product of a /Width and the /Height that stands in the same dictionary. */
static void find_sizes(const Load *doc, Pdf *pdf)
{
    const char *p = doc->data, *end = p + doc->size;
    while ((p = memmem(p, (size_t)(end - p), "/Width", 6))) {
        const char *from = p - doc->data > DICTIONARY ? p - DICTIONARY : doc->data;
        const char *to = end - p > DICTIONARY ? p + DICTIONARY : end, *mark;
        while ((mark = memmem(from, (size_t)(p - from), "obj", 3))) from = mark + 3;
        if ((mark = memmem(p, (size_t)(to - p), "stream", 6))) to = mark;
        double w = number_after(p, (size_t)(to - p), "/Width");
        double h = number_after(from, (size_t)(to - from), "/Height");
        if (w > 0 && h > 0 && w * h > pdf->most_w * pdf->most_h) pdf->most_w = w, pdf->most_h = h;
        if (w > 0 && h > 0) take_two_level(pdf, w, h, is_two_level(from, (size_t)(to - from)));
        p += 6;
    }
}

/* ---- open ---- */

static bool pdf_failed(const Load *doc, GError *e, Err *err)
{
    if (g_error_matches(e, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        err_set(err, DAU_ENCRYPTED,
                doc->options.passwords
                    ? tr_mark("cannot open '%s': no line of the password file opens it")
                    : tr_mark("cannot open '%s': it asks for a password; name a file with --password-file, "
                              "a password a line, or save a copy without one (qpdf --decrypt)"),
                doc->path);
    else
        err_set(err, DAU_BAD_INPUT,
                "cannot open '%s': the PDF is broken or cut short (%s); was it copied whole?", doc->path,
                !e                                                   ? tr_later("no reason given")
                : strcmp(e->message, "PDF document is damaged") == 0 ? tr_later("PDF document is damaged")
                                                                     : e->message);
    g_clear_error(&e);
    return false;
}

/* A copy of the file in memory that has a descriptor, or -1. */
static int copy_to_fd(const Load *doc)
{
    int fd = memfd_create("dau", MFD_CLOEXEC);
    for (size_t at = 0; fd >= 0 && at < doc->size;) {
        ssize_t n = write(fd, doc->data + at, doc->size - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) {
            close(fd);
            return -1;
        }
        at += (size_t)n;
    }
    return fd;
}

/* From a descriptor, which poppler takes over: 22.12 crashes over a wrong password for bytes. */
static PopplerDocument *open_with(const Load *doc, const char *password)
{
    int fd = copy_to_fd(doc);
    return fd < 0 ? NULL : poppler_document_new_from_fd(fd, password, NULL);
}

static PopplerDocument *try_passwords(const Load *doc)
{
    PopplerDocument *file = NULL;
    const char *const *password = doc->options.passwords;
    for (; !file && password && *password; password++) file = open_with(doc, *password);
    return file;
}

static bool pdf_open(Load *doc, Err *err)
{
    GError *e = NULL;
    Pdf *pdf = doc->state = xalloc(sizeof *pdf);
    sheet_quiet();
    GBytes *bytes = g_bytes_new_static(doc->data, doc->size);
    pdf->file = poppler_document_new_from_bytes(bytes, NULL, &e);
    if (g_error_matches(e, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED)) pdf->file = try_passwords(doc);
    g_bytes_unref(bytes);
    if (!pdf->file) return pdf_failed(doc, e, err);
    g_clear_error(&e);
    find_sizes(doc, pdf);
    doc->pages = poppler_document_get_n_pages(pdf->file);
    if (doc->pages < 1) return err_set(err, DAU_BAD_INPUT, "'%s' is a PDF without pages", doc->path);
    return true;
}

static void pdf_close(Load *doc)
{
    Pdf *pdf = doc->state;
    if (pdf->file) g_object_unref(pdf->file);
    fluent_close(pdf->fluent);
    free(pdf);
}

/* ---- pixels ---- */

static cairo_surface_t *render(PopplerPage *pdf, const SheetPlan *p)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width, p->height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_translate(cr, p->x0, p->y0);
    cairo_scale(cr, p->sx, p->sy);
    poppler_page_render(pdf, cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

static PIX *pix_from_surface(cairo_surface_t *surface)
{
    ColourRows rows = {
        .words = (const uint32_t *)(const void *)cairo_image_surface_get_data(surface),
        .stride = (size_t)cairo_image_surface_get_stride(surface) / sizeof(uint32_t),
        .w = cairo_image_surface_get_width(surface),
        .h = cairo_image_surface_get_height(surface),
    };
    return rows.words ? load_lean_pix(&rows) : NULL;
}

/* The rendering in which the probe is found; else the likeliest. *exact: the scan's pixels are in their
 * places, or there are too few to tell. */
static cairo_surface_t *render_best(PopplerPage *pdf, const PlanGuesses *g, const SheetPlan **used,
                                    bool *exact)
{
    cairo_surface_t *best = NULL;
    double best_score = -2;
    *exact = false;
    for (int i = 0; i < g->n && !*exact; i++) {
        const SheetPlan *plan = &g->plan[i];
        cairo_surface_t *surface = render(pdf, plan);
        double score = g->probe ? probe_score(g->probe, surface, plan->px, plan->py) : -1;
        *exact = score < 0 || score >= EXACT;
        if (best && score > best_score) cairo_surface_destroy(best), best = NULL;
        if (best)
            cairo_surface_destroy(surface);
        else
            best = surface, best_score = score, *used = plan;
    }
    return best;
}

static bool take_surface(const Load *doc, cairo_surface_t *surface, const SheetPlan *plan, const char *via,
                         Page *page, Raster *raster, Err *err)
{
    PIX *pix = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? pix_from_surface(surface) : NULL;
    cairo_surface_destroy(surface);
    if (!pix)
        return err_set(err, DAU_LIMIT, "no memory for page %d of '%s' (%d x %d pixels)", page->number,
                       doc->path, plan->width, plan->height);
    load_take_scan(page, raster, &pix, plan->dpi, via);
    return true;
}

/* ---- text ---- */

/* A page's text layer and what is thought of it. */
typedef struct Triage {
    Layer layer;
    bool there;      /* it has words, and they are wanted */
    bool unwanted;   /* it has words, and the picture was asked for */
    bool drawn;      /* they are seen on the page, not laid under a scan */
    const char *why; /* not to be used; NULL: nothing speaks against it so far */
} Triage;

static bool triage_open(Triage *t, const Load *doc, const Sheet *sheet, Page *page, Err *err)
{
    Pdf *pdf = doc->state;
    *t = (Triage){0};
    if (!layer_is_there(sheet->pdf)) return true;
    t->unwanted = doc->options.text_layer == TEXT_LAYER_IGNORE;
    if (t->unwanted) return true;
    if (!pdf->fluent) pdf->fluent = fluent_open(err);
    if (!pdf->fluent) return false;
    layer_init(&t->layer, sheet->pdf, &page->arena, pdf->fluent);
    t->there = true;
    t->why = layer_refused_by_language(&t->layer, true);
    if (!t->why || doc->options.text_layer == TEXT_LAYER_USE) /* to draw it takes time */
        t->drawn = !sheet->pictures.n || sheet_text_is_drawn(sheet);
    if (!t->why) t->why = layer_refused_by_language(&t->layer, t->drawn);
    return true;
}

/* The words become the page's, or the page's `via` says why not. */
static void triage_close(Triage *t, const Load *doc, const SheetPlan *plan, Page *page)
{
    Charset old = layer_charset(&t->layer);
    bool use =
        plan->width && t->there && t->layer.words.n && (!t->why || doc->options.text_layer == TEXT_LAYER_USE);
    if (use) {
        layer_give(&t->layer, plan, page);
        page->settled = t->drawn && !t->why;
        page->via =
            arena_printf(&page->arena, "text layer: %s%s%s%s%s",
                         t->drawn ? "drawn on the page" : "under a scan", old ? ", was in " : "",
                         old ? charset_name(old) : "", t->why ? ", doubtful: " : "", t->why ? t->why : "");
    } else if (t->unwanted) {
        page->via = arena_printf(&page->arena, "%s; text layer not used: as asked", page->via);
    } else if (t->there) {
        page->via = arena_printf(&page->arena, "%s; text layer not used: %s", page->via, t->why);
    }
    layer_release(&t->layer);
}

/* A page that a program drew, and whose text is right, is not read: layout finds its rules with fewer pixels
 * than letters need. False: not such a page. */
static bool render_coarse(const Load *doc, const Sheet *sheet, Triage *t, Page *page, Raster *raster,
                          SheetPlan *plan, Err *err)
{
    *plan = sheet_plan(sheet, &doc->options, LAYER_DPI);
    if (!take_surface(doc, render(sheet->pdf, plan), plan, "", page, raster, err)) return false;
    t->why = layer_refused_by_ink(&t->layer, sheet, raster->scan, plan);
    if (!t->why) return true;
    load_raster_release(raster);
    return false;
}

static bool render_fine(const Load *doc, const Sheet *sheet, PlanGuesses *g, Page *page, Raster *raster,
                        SheetPlan *plan, Err *err)
{
    const SheetPlan *used = NULL;
    bool exact;
    if (g->broken)
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' is broken: its picture cannot be decoded",
                       page->number, doc->path);
    cairo_surface_t *surface = render_best(sheet->pdf, g, &used, &exact);
    if (!exact) g->via = "image: drawn at its resolution, not pixel for pixel";
    *plan = *used;
    return take_surface(doc, surface, used, g->via, page, raster, err);
}

static bool is_plain(PIX *bits)
{
    l_int32 ink = 0;
    pixCountPixels(bits, &ink, NULL);
    return ink == 0 || ink == pixGetWidth(bits) * pixGetHeight(bits);
}

/* A sheet that a two-level picture of known size fills, which need not be decoded to learn the size. Where the guess is
 * wrong its pixels come out grey, because none falls on one of ours. Where the picture is broken, nothing comes out. */
static bool render_filled(const Load *doc, const Sheet *sheet, Page *page, Raster *raster, SheetPlan *plan,
                          Err *err)
{
    const Pdf *pdf = doc->state;
    PlanGuesses g;
    if (!pdf->bits_w || !sheet_guess_filled(sheet, &doc->options, pdf->bits_w, pdf->bits_h, &g)) return false;
    if (!render_fine(doc, sheet, &g, page, raster, plan, err)) return false;
    if (pixGetDepth(raster->scan) == 1 && !is_plain(raster->scan)) return true;
    load_raster_release(raster);
    return false;
}

static bool render_guessed(const Load *doc, const Sheet *sheet, Triage *t, Page *page, Raster *raster,
                           SheetPlan *plan, Err *err)
{
    PlanGuesses g = sheet_guess(sheet, &doc->options, &page->arena);
    bool coarse =
        t->there && !t->why && g.typed && !g.broken && render_coarse(doc, sheet, t, page, raster, plan, err);
    bool fine = !coarse && !err_is(err) && render_fine(doc, sheet, &g, page, raster, plan, err);
    probe_free(g.probe);
    return fine;
}

static bool render_sheet(const Load *doc, const Sheet *sheet, Page *page, Raster *raster, Err *err)
{
    SheetPlan plan = {0};
    Triage t;
    if (!triage_open(&t, doc, sheet, page, err)) return false;
    bool fine = render_filled(doc, sheet, page, raster, &plan, err) ||
                (!err_is(err) && render_guessed(doc, sheet, &t, page, raster, &plan, err));
    if (fine && t.there && !t.why) t.why = layer_refused_by_ink(&t.layer, sheet, raster->scan, &plan);
    triage_close(&t, doc, &plan, page);
    return !err_is(err);
}

static bool sizes_ok(const Load *doc, int n, const Sheet *sheet, Err *err)
{
    const Pdf *pdf = doc->state;
    double most = doc->options.most_megapixels;
    if (!(sheet->width > 0 && sheet->height > 0 && sheet->width * sheet->height < HUGE_VAL))
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' has no size", n, doc->path);
    if (!sheet_fits(sheet, &doc->options))
        return err_set(
            err, DAU_LIMIT,
            "page %d of '%s' is too large: %.0f x %.0f points, even at %d dpi over the limit of %g "
            "megapixels or %d pixels a side; --max-megapixels raises the first",
            n, doc->path, sheet->width, sheet->height, LEAST_RENDER_DPI, most, MOST_SIDE);
    if (pdf->most_w * pdf->most_h > most * 1e6 && sheet->pictures.n)
        return err_set(
            err, DAU_LIMIT,
            "page %d of '%s' is not opened: a picture in the file has %.0f x %.0f pixels, the limit is "
            "%g megapixels; --max-megapixels raises it",
            n, doc->path, pdf->most_w, pdf->most_h, most);
    return true;
}

static bool pdf_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    Sheet sheet;
    PopplerPage *pdf = poppler_document_get_page(((Pdf *)doc->state)->file, n - 1);
    if (!pdf)
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' is broken: it cannot be read", n, doc->path);
    sheet_init(&sheet, pdf);
    if (sizes_ok(doc, n, &sheet, err)) render_sheet(doc, &sheet, page, raster, err);
    sheet_release(&sheet);
    g_object_unref(pdf);
    return !err_is(err);
}

const Reader load_pdf = {pdf_open, pdf_page, pdf_close};
