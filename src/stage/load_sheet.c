/* A scanned page is, to PDF, a white sheet with a picture laid over it: 595.44 x 841.68 points (1/72 inch)
 * and a picture of 2481 x 3507 pixels say 300 dpi.
 *
 *  1. Where do pictures stand, and how much of the sheet do they cover?
 *  2. Less than half: a program made the page, not a scanner; it is rendered at LoadLimits.render_dpi.
 *  3. More: the finest of the large pictures gives the resolution. (A compressed scan may lie in layers, a
 *     coarse background and fine ink.) A coarse picture under drawn text is a background, too.
 *  4. Poppler tells where a picture stands in whole points only (0 0 595 842 here), so there are guesses: it
 *     fills the sheet; or its resolution is a whole number and it lies in a corner of the sheet, as where
 *     a picture of 2489 x 3527 pixels, 597.36 x 846.48 points at 300 dpi, lies on a sheet of 597 x 846.
 */
#include "stage/load_sheet.h"

#include <math.h>

const int LEAST_RENDER_DPI = 150;
static const double POINTS_PER_INCH = 72;
static const double SCAN_SHARE = 0.5;     /* of the sheet under pictures from which on it is a scan */
static const double PICTURE_SHARE = 0.02; /* smaller pictures (stamps, arms) say nothing of the scan */
static const double SNAP_POINTS = 1;      /* two edges nearer than poppler's rounding can tell apart */
static const int MOST_SCAN_DPI = 400; /* finer scans are halved: OCR gains nothing, time and memory double */
static const int COARSE_DPI = 150;    /* coarser pictures may be backgrounds */
static const int LEAST_SCAN_DPI = 60; /* coarser ones are: nobody scans so */
enum {
    GRID = 64,          /* cells a side that tell how much is covered */
    MOST_LOOKED_AT = 6, /* pictures decoded to learn their pixels; each costs a decoding */
    DRAWN_STRINGS = 40, /* strings drawn from which on a page was typed; a signature's stamp draws 4 to 8 */
};

void sheet_init(Sheet *s, PopplerPage *pdf)
{
    *s = (Sheet){.pdf = pdf};
    poppler_page_get_size(pdf, &s->width, &s->height);
}

void sheet_release(Sheet *s)
{
    poppler_page_free_image_mapping(s->pictures);
    s->pictures = NULL;
}

/* ---- what lies on it ---- */

static double area(const PopplerRectangle *a)
{
    return (a->x2 - a->x1) * (a->y2 - a->y1);
}

static gint larger_first(gconstpointer a, gconstpointer b)
{
    double x = area(&((const PopplerImageMapping *)a)->area),
           y = area(&((const PopplerImageMapping *)b)->area);
    return x < y ? 1 : x > y ? -1 : 0;
}

/* Poppler 22.12 takes the crop box's corner away twice; here it comes back. */
static void find_pictures(Sheet *s)
{
    PopplerRectangle crop;
    poppler_page_get_crop_box(s->pdf, &crop);
    s->pictures = poppler_page_get_image_mapping(s->pdf);
    for (GList *l = s->pictures; l; l = l->next) {
        PopplerRectangle *a = &((PopplerImageMapping *)l->data)->area;
        a->x1 += crop.x1, a->x2 += crop.x1, a->y1 += crop.y1, a->y2 += crop.y1;
    }
    s->pictures = g_list_sort(s->pictures, larger_first);
}

static int grid_cell(double at, double length)
{
    return (int)fmin(fmax(round(at / length * GRID), 0), GRID);
}

/* Share of the sheet that lies under pictures. */
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

static void count_string(cairo_surface_t *observer, cairo_surface_t *target, void *n)
{
    (void)observer, (void)target;
    ++*(int *)n;
}

/* Whether text is drawn on the page, not only laid under it unseen as OCR programs do. */
static bool text_is_drawn(const Sheet *s)
{
    int n = 0;
    cairo_surface_t *tiny = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    cairo_surface_t *observer = cairo_surface_create_observer(tiny, CAIRO_SURFACE_OBSERVER_NORMAL);
    cairo_surface_observer_add_glyphs_callback(observer, count_string, &n);
    cairo_t *cr = cairo_create(observer);
    cairo_scale(cr, 1 / s->width, 1 / s->height);
    poppler_page_render(s->pdf, cr);
    cairo_destroy(cr);
    cairo_surface_destroy(observer);
    cairo_surface_destroy(tiny);
    return n >= DRAWN_STRINGS;
}

/* ---- plans ---- */

static void plan_size(Plan *p, const Sheet *s)
{
    static const double SLIVER = 0.01; /* of a pixel: rounding, not content */
    p->width = (int)fmax(1, fmin(ceil(s->width * p->sx + p->x0 - SLIVER), MOST_SIDE));
    p->height = (int)fmax(1, fmin(ceil(s->height * p->sy + p->y0 - SLIVER), MOST_SIDE));
    p->dpi = (int)lround(fmax(p->sx, p->sy) * POINTS_PER_INCH);
}

/* The plan that puts a picture of w x h pixels, standing at a, on whole pixels of ours. */
static Plan plan_picture(const Sheet *s, PopplerRectangle a, int w, int h)
{
    Plan p = {.sx = w / (a.x2 - a.x1), .sy = h / (a.y2 - a.y1)};
    p.px = (int)fmax(fmin(round(a.x1 * p.sx), MOST_SIDE), -MOST_SIDE);
    p.py = (int)fmax(fmin(round(a.y1 * p.sy), MOST_SIDE), -MOST_SIDE);
    p.x0 = p.px - a.x1 * p.sx;
    p.y0 = p.py - a.y1 * p.sy;
    plan_size(&p, s);
    return p;
}

static Plan plan_at(const Sheet *s, double dpi)
{
    Plan p = {.sx = dpi / POINTS_PER_INCH, .sy = dpi / POINTS_PER_INCH};
    plan_size(&p, s);
    return p;
}

/* The highest resolution at which the sheet stays within the limits. */
static double most_dpi(const Sheet *s, const LoadLimits *limits)
{
    double pixels = sqrt(limits->most_megapixels * 1e6 / (s->width * s->height));
    return POINTS_PER_INCH * fmin(pixels, (MOST_SIDE - 1) / fmax(s->width, s->height));
}

bool sheet_fits(const Sheet *s, const LoadLimits *limits)
{
    return most_dpi(s, limits) >= LEAST_RENDER_DPI;
}

static Guesses render_guess(const Sheet *s, const LoadLimits *limits, const char *why)
{
    Guesses g = {.n = 1, .via = why};
    double most = most_dpi(s, limits), dpi = fmin(limits->render_dpi, floor(most));
    if (dpi < limits->render_dpi) g.via = "render: a large sheet, coarser to stay within the limits";
    g.plan[0] = plan_at(s, dpi);
    return g;
}

/* ---- guesses where the scan lies ---- */

typedef struct Picture {
    PopplerRectangle area; /* points */
    int w, h;              /* pixels, as it lies on the sheet */
    bool alone;            /* no other large picture */
} Picture;

/* Which of the picture's sides lies along the sheet's width? */
static void lay_down(Picture *p)
{
    double aw = p->area.x2 - p->area.x1, ah = p->area.y2 - p->area.y1;
    if (fabs(log(p->w / aw * ah / p->h)) <= fabs(log(p->h / aw * ah / p->w))) return;
    int w = p->w;
    p->w = p->h, p->h = w;
}

static bool edge_is(double edge, double of_sheet)
{
    return fabs(edge - of_sheet) <= SNAP_POINTS;
}

static bool fills(const Sheet *s, const PopplerRectangle *a)
{
    return edge_is(a->x1, 0) && edge_is(a->y1, 0) && edge_is(a->x2, s->width) && edge_is(a->y2, s->height);
}

/* A whole resolution that explains both sides, or 0. */
static double whole_dpi(const Picture *p)
{
    double aw = p->area.x2 - p->area.x1, ah = p->area.y2 - p->area.y1;
    double dpi = round(fmax(p->w / aw, p->h / ah) * POINTS_PER_INCH);
    bool fits = edge_is(p->w * POINTS_PER_INCH / dpi, aw) && edge_is(p->h * POINTS_PER_INCH / dpi, ah);
    return fits ? dpi : 0;
}

/* The picture fills the sheet; or its edges are where poppler says; or, a strip or a layer, it gives the
 * resolution by its longer side, in which rounding weighs less. */
static Plan first_guess(const Sheet *s, const Picture *p)
{
    double aw = p->area.x2 - p->area.x1, ah = p->area.y2 - p->area.y1, dpi = whole_dpi(p);
    if (fills(s, &p->area)) return plan_picture(s, (PopplerRectangle){0, 0, s->width, s->height}, p->w, p->h);
    if (p->alone) return plan_picture(s, p->area, p->w, p->h);
    if (!(dpi > 0)) dpi = POINTS_PER_INCH * (aw > ah ? p->w / aw : p->h / ah);
    return plan_at(s, dpi);
}

/* Bottom left first: PDF's own origin. */
static void guess_corners(const Sheet *s, const Picture *p, Guesses *g)
{
    double dpi = whole_dpi(p);
    if (!(dpi > 0) || !fills(s, &p->area)) return;
    double w = p->w * POINTS_PER_INCH / dpi, h = p->h * POINTS_PER_INCH / dpi;
    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? s->width - w : 0, y = corner & 2 ? 0 : s->height - h;
        g->plan[g->n++] = plan_picture(s, (PopplerRectangle){x, y, x + w, y + h}, p->w, p->h);
    }
}

/* Every `by` x `by` pixels of the scan become one of ours. */
static void reduce(Guesses *g, const Sheet *s, int by, Arena *a)
{
    Plan *p = &g->plan[0];
    g->via = arena_printf(a, "image: a scan of %d dpi, one pixel for %d x %d", p->dpi, by, by);
    p->sx /= by, p->sy /= by, p->x0 /= by, p->y0 /= by;
    plan_size(p, s);
}

/* The pixels of one picture; w 0 when it cannot be decoded. */
static Picture decode(const Sheet *s, const PopplerImageMapping *m, Probe **probe)
{
    Picture p = {.area = m->area};
    cairo_surface_t *pixels = area(&m->area) > 0 ? poppler_page_get_image(s->pdf, m->image_id) : NULL;
    if (!pixels) return p;
    if (cairo_surface_status(pixels) == CAIRO_STATUS_SUCCESS) {
        p.w = cairo_image_surface_get_width(pixels), p.h = cairo_image_surface_get_height(pixels);
        if (p.w > 0 && p.h > 0) lay_down(&p);
        if (probe) *probe = probe_new(pixels);
    }
    cairo_surface_destroy(pixels);
    return p.w > 0 && p.h > 0 ? p : (Picture){0};
}

static bool is_finer(const Picture *p, const Picture *than)
{
    return p->w && (!than->w || p->w / (p->area.x2 - p->area.x1) > than->w / (than->area.x2 - than->area.x1));
}

/* The finest of the large pictures. A probe of it where it is alone. */
static Picture find_finest(const Sheet *s, Probe **probe)
{
    Picture best = {0};
    int large = 0;
    for (GList *l = s->pictures; l && large < MOST_LOOKED_AT; l = l->next)
        large += area(&((PopplerImageMapping *)l->data)->area) >= PICTURE_SHARE * s->width * s->height;
    GList *l = s->pictures;
    for (int i = 0; l && i < (large ? large : MOST_LOOKED_AT); i++, l = l->next) {
        Picture p = decode(s, l->data, large == 1 ? probe : NULL);
        if (is_finer(&p, &best)) best = p;
    }
    best.alone = large == 1;
    return best;
}

/* Takes the probe over where it can be of use. */
static Guesses scan_guesses(const Sheet *s, const Picture *p, const LoadLimits *limits, Probe **probe,
                            Arena *a)
{
    Guesses g = {.n = 1, .via = p->alone ? "image" : "image: of several pictures"};
    g.plan[0] = first_guess(s, p);
    double dpi = g.plan[0].dpi;
    int by = (int)ceil(fmax(dpi / MOST_SCAN_DPI, dpi / most_dpi(s, limits)));
    if (by > 1)
        reduce(&g, s, by, a);
    else if (p->alone) {
        guess_corners(s, p, &g);
        g.probe = *probe, *probe = NULL;
    }
    return g;
}

bool sheet_has_pictures(Sheet *s)
{
    if (!s->pictures) find_pictures(s);
    return s->pictures != NULL;
}

Guesses sheet_guess(Sheet *s, const LoadLimits *limits, Arena *a)
{
    Probe *probe = NULL;
    if (!sheet_has_pictures(s)) return render_guess(s, limits, "render: no picture on the page");
    if (covered(s) < SCAN_SHARE)
        return render_guess(s, limits, "render: pictures cover less than half of the page");
    Picture p = find_finest(s, &probe);
    if (!p.w) return render_guess(s, limits, "render: the picture is broken");
    double dpi = p.w / (p.area.x2 - p.area.x1) * POINTS_PER_INCH;
    bool background = dpi < LEAST_SCAN_DPI || (dpi < COARSE_DPI && text_is_drawn(s));
    Guesses g = background ? render_guess(s, limits, "render: the picture is a background")
                           : scan_guesses(s, &p, limits, &probe, a);
    probe_free(probe);
    return g;
}
