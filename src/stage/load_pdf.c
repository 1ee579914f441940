/* PDF through poppler-glib and cairo.
 *
 * A scanned page is, to PDF, a white sheet with a picture laid over it: 595.44 x 841.68 points (1/72 inch)
 * and a picture of 2481 x 3507 pixels say 300 dpi. Rendering that sheet so that each pixel of the picture
 * falls on one pixel of ours gives the scan back bit for bit, and with it, unlike taking the picture out of
 * the file, the turn of the page, cropping, the layers of a compressed scan, and what was laid over it: a
 * number or a date stamped on later.
 *
 *  1. Where do pictures stand, and how much of the sheet do they cover?
 *  2. Most of it: the finest of them gives the resolution. Less: the page was made by a program, not by a
 *     scanner, and is rendered at LoadLimits.render_dpi.
 *  3. The result is checked against the limits before a pixel is made, and then rendered.
 */
#include "load_private.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <poppler.h>
#include <string.h>

static const double POINTS_PER_INCH = 72;
static const double SCAN_SHARE = 0.5;     /* of the sheet under pictures from which on it is a scan */
static const double PICTURE_SHARE = 0.02; /* smaller pictures (stamps, arms) say nothing of the scan */
static const int MOST_SCAN_DPI =
    400; /* finer scans are halved (or more): letters gain nothing, time doubles */
static const int LEAST_SCAN_DPI = 72; /* coarser pictures are backgrounds; the page is rendered */
static const int LEAST_RENDER_DPI =
    150;                             /* a large sheet is rendered coarser to stay in the limits, to here */
static const double SNAP_POINTS = 1; /* poppler tells where a picture stands in whole points */
enum {
    GRID = 64,          /* cells a side that tell how much is covered */
    MOST_LOOKED_AT = 6, /* pictures decoded to learn their resolution; each costs a decoding */
    MOST_SIDE = 32767   /* pixels, of a cairo picture */
};

/* Where the pixels of the page come from: x' = x*sx - x0, in pixels. */
typedef struct Plan {
    double sx, sy;     /* pixels a point */
    double x0, y0;     /* pixels left of and above the sheet's picture that are cut off */
    int width, height; /* pixels */
    int dpi;
    const char *via;
} Plan;

typedef struct Sheet {
    double width, height; /* points, as turned by /Rotate */
    GList *pictures;      /* PopplerImageMapping */
} Sheet;

/* ---- quiet ---- */

static void say_nothing(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
    (void)domain, (void)level, (void)text, (void)data;
}

static void be_quiet(void)
{
    static bool done;
    GLogLevelFlags all = G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION;
    if (!done) g_log_set_handler("Poppler", all, say_nothing, NULL);
    done = true;
}

/* ---- open ---- */

static bool pdf_failed(const Load *doc, GError *e, Err *err)
{
    if (g_error_matches(e, POPPLER_ERROR, POPPLER_ERROR_ENCRYPTED))
        err_set(err, DAU_ENCRYPTED,
                "cannot open '%s': it asks for a password; save a copy without one (qpdf --decrypt)",
                doc->path);
    else
        err_set(err, DAU_BAD_INPUT,
                "cannot open '%s': the PDF is broken or cut short (%s); was it copied whole?", doc->path,
                e ? e->message : "no reason given");
    g_clear_error(&e);
    return false;
}

static bool pdf_open(Load *doc, Err *err)
{
    GError *e = NULL;
    be_quiet();
    GBytes *bytes = g_bytes_new_static(doc->data, doc->size);
    doc->state = poppler_document_new_from_bytes(bytes, NULL, &e);
    g_bytes_unref(bytes);
    if (!doc->state) return pdf_failed(doc, e, err);
    doc->pages = poppler_document_get_n_pages(doc->state);
    if (doc->pages < 1) return err_set(err, DAU_BAD_INPUT, "'%s' is a PDF without pages", doc->path);
    return true;
}

static void pdf_close(Load *doc)
{
    g_object_unref(doc->state);
}

/* ---- what is on the sheet ---- */

static int grid_cell(double at, double length)
{
    return (int)fmin(fmax(at / length * GRID, 0), GRID);
}

static double covered(const Sheet *s)
{
    bool grid[GRID][GRID] = {{false}};
    int n = 0;
    for (GList *l = s->pictures; l; l = l->next) {
        PopplerRectangle a = ((PopplerImageMapping *)l->data)->area;
        for (int y = grid_cell(a.y1, s->height); y < grid_cell(a.y2, s->height); y++)
            for (int x = grid_cell(a.x1, s->width); x < grid_cell(a.x2, s->width); x++)
                n += !grid[y][x], grid[y][x] = true;
    }
    return (double)n / (GRID * GRID);
}

static double share(const Sheet *s, const PopplerRectangle *a)
{
    return (a->x2 - a->x1) * (a->y2 - a->y1) / (s->width * s->height);
}

static gint larger_first(gconstpointer a, gconstpointer b)
{
    const PopplerRectangle *p = &((const PopplerImageMapping *)a)->area;
    const PopplerRectangle *q = &((const PopplerImageMapping *)b)->area;
    double x = (p->x2 - p->x1) * (p->y2 - p->y1), y = (q->x2 - q->x1) * (q->y2 - q->y1);
    return x < y ? 1 : x > y ? -1 : 0;
}

/* An edge that is as good as the sheet's is the sheet's. */
static void snap(double *from, double *to, double length)
{
    if (fabs(*from) <= SNAP_POINTS) *from = 0;
    if (fabs(*to - length) <= SNAP_POINTS) *to = length;
}

/* The plan that puts each pixel of a picture of w x h on one of ours. */
static Plan plan_for_picture(const Sheet *s, PopplerRectangle a, int w, int h)
{
    snap(&a.x1, &a.x2, s->width);
    snap(&a.y1, &a.y2, s->height);
    double aw = a.x2 - a.x1, ah = a.y2 - a.y1;
    if (fabs(log(w / aw * ah / h)) > fabs(log(h / aw * ah / w))) { /* it lies on its side */
        int t = w;
        w = h, h = t;
    }
    Plan p = {.sx = w / aw, .sy = h / ah};
    p.x0 = a.x1 * p.sx - floor(a.x1 * p.sx);
    p.y0 = a.y1 * p.sy - floor(a.y1 * p.sy);
    p.dpi = (int)lround(fmax(p.sx, p.sy) * POINTS_PER_INCH);
    return p;
}

/* The finest of the large pictures; dpi 0 when none can be decoded. */
static Plan plan_scan(PopplerPage *pdf, Sheet *s)
{
    Plan best = {0};
    int looked = 0;
    s->pictures = g_list_sort(s->pictures, larger_first);
    for (GList *l = s->pictures; l && looked < MOST_LOOKED_AT; l = l->next, looked++) {
        PopplerImageMapping *m = l->data;
        if (looked && share(s, &m->area) < PICTURE_SHARE) break;
        cairo_surface_t *pic = poppler_page_get_image(pdf, m->image_id);
        if (!pic) continue;
        int w = cairo_image_surface_get_width(pic), h = cairo_image_surface_get_height(pic);
        Plan p = w > 0 && h > 0 ? plan_for_picture(s, m->area, w, h) : best;
        cairo_surface_destroy(pic);
        if (p.dpi > best.dpi) best = p;
    }
    return best;
}

/* ---- the plan ---- */

static void plan_size(Plan *p, const Sheet *s)
{
    p->width = (int)fmax(1, fmin(ceil(s->width * p->sx + p->x0 - 0.01), MOST_SIDE));
    p->height = (int)fmax(1, fmin(ceil(s->height * p->sy + p->y0 - 0.01), MOST_SIDE));
}

static Plan plan_at(const Sheet *s, double dpi, const char *via)
{
    Plan p = {.sx = dpi / POINTS_PER_INCH, .sy = dpi / POINTS_PER_INCH, .dpi = (int)lround(dpi), .via = via};
    plan_size(&p, s);
    return p;
}

/* The highest resolution at which the sheet stays within the limits. */
static double dpi_that_fits(const Load *doc, const Sheet *s)
{
    double area = s->width * s->height, side = fmax(s->width, s->height);
    return POINTS_PER_INCH * fmin(sqrt(doc->limits.most_megapixels * 1e6 / area), (MOST_SIDE - 1) / side);
}

static bool sheet_fits(const Load *doc, int n, const Sheet *s, Err *err)
{
    if (!(s->width > 0 && s->height > 0 && isfinite(s->width * s->height)))
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' has no size", n, doc->path);
    if (dpi_that_fits(doc, s) >= LEAST_RENDER_DPI) return true;
    return err_set(
        err, DAU_LIMIT,
        "page %d of '%s' is too large: %.0f x %.0f points, at %d dpi over the limit of %g megapixels "
        "or %d pixels a side; --max-megapixels raises the first",
        n, doc->path, s->width, s->height, LEAST_RENDER_DPI, doc->limits.most_megapixels, MOST_SIDE);
}

static Plan plan_render(const Load *doc, const Sheet *s, const char *why)
{
    double most = dpi_that_fits(doc, s);
    if (most >= doc->limits.render_dpi) return plan_at(s, doc->limits.render_dpi, why);
    return plan_at(s, floor(most), "render: a large sheet, coarser to stay within the limits");
}

static Plan make_plan(const Load *doc, PopplerPage *pdf, Sheet *s, Arena *a)
{
    if (!s->pictures) return plan_render(doc, s, "render: no picture on the page");
    if (covered(s) < SCAN_SHARE)
        return plan_render(doc, s, "render: pictures cover less than half of the page");
    Plan p = plan_scan(pdf, s);
    if (p.dpi < LEAST_SCAN_DPI) return plan_render(doc, s, "render: the picture is coarser than a scan");
    int by = (int)ceil(fmax((double)p.dpi / MOST_SCAN_DPI, p.dpi / dpi_that_fits(doc, s)));
    p.via =
        by > 1 ? arena_printf(a, "image: a scan of %d dpi, one pixel for %d x %d", p.dpi, by, by) : "image";
    p.sx /= by, p.sy /= by, p.x0 /= by, p.y0 /= by;
    p.dpi = (int)lround((double)p.dpi / by);
    plan_size(&p, s);
    return p;
}

/* ---- pixels ---- */

static cairo_surface_t *render(PopplerPage *pdf, const Plan *p)
{
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, p->width, p->height);
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1);
    cairo_paint(cr);
    cairo_translate(cr, -p->x0, -p->y0);
    cairo_scale(cr, p->sx, p->sy);
    poppler_page_render(pdf, cr);
    cairo_destroy(cr);
    cairo_surface_flush(surface);
    return surface;
}

/* cairo's 0x00rrggbb words to Leptonica's 0xrrggbb00. */
static PIX *pix_from_surface(cairo_surface_t *surface)
{
    const unsigned char *row = cairo_image_surface_get_data(surface);
    int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
    PIX *pix = row ? pixCreateNoInit(w, h, 32) : NULL;
    for (int y = 0; pix && y < h; y++, row += cairo_image_surface_get_stride(surface)) {
        const uint32_t *from = (const uint32_t *)(const void *)row;
        l_uint32 *to = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < w; x++) to[x] = from[x] << 8;
    }
    return pix;
}

static bool render_scan(const Load *doc, PopplerPage *pdf, const Plan *plan, Page *page, Raster *raster,
                        Err *err)
{
    if (!load_size_ok(doc, page->number, plan->width, plan->height, err)) return false;
    cairo_surface_t *surface = render(pdf, plan);
    PIX *pix = cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS ? pix_from_surface(surface) : NULL;
    cairo_surface_destroy(surface);
    if (!pix)
        return err_set(err, DAU_LIMIT, "no memory for page %d of '%s' (%d x %d pixels)", page->number,
                       doc->path, plan->width, plan->height);
    load_take_scan(page, raster, &pix, plan->dpi, plan->via);
    return true;
}

static bool pdf_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    Sheet sheet = {0};
    PopplerPage *pdf = poppler_document_get_page(doc->state, n - 1);
    if (!pdf)
        return err_set(err, DAU_BAD_INPUT, "page %d of '%s' is broken: it cannot be read", n, doc->path);
    poppler_page_get_size(pdf, &sheet.width, &sheet.height);
    if (sheet_fits(doc, n, &sheet, err)) {
        sheet.pictures = poppler_page_get_image_mapping(pdf);
        Plan plan = make_plan(doc, pdf, &sheet, &page->arena);
        render_scan(doc, pdf, &plan, page, raster, err);
    }
    poppler_page_free_image_mapping(sheet.pictures);
    g_object_unref(pdf);
    return !err_is(err);
}

const Reader load_pdf = {"pdf", pdf_open, pdf_page, pdf_close};
