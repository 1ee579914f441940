/* To PDF a scanned page is a white sheet with a picture laid over it. 595.44 x 841.68 points (1/72 inch) and a picture of
 * 2481 x 3507 pixels make 300 dpi.
 *
 *  1. Where do pictures stand, and how much of the sheet do they cover?
 *  2. Less than half: a program made the page, not a scanner. It is rendered at LoadOptions.render_dpi.
 *  3. More: the finest of the large pictures gives the resolution. (A compressed scan may lie in layers, a coarse
 *     background and fine ink.) A coarse picture under drawn text ("Trường Mầm non ...") is a background, too.
 *  4. Poppler tells in whole points only where a picture stands (0 0 595 842 here), so there are guesses. It fills the
 *     sheet. Or its resolution is a whole number and it begins where poppler says: a picture of 2489 x 3527 pixels,
 *     597.36 x 846.48 points at 300 dpi, lies on a sheet of 597 x 846.
 */
#include "load/sheet.h"

#include "load/private.h"

#include <math.h>
#include <stdlib.h>

const int LEAST_RENDER_DPI = 150;
static const double POINTS_PER_INCH = 72;
static const double SCAN_SHARE = 0.5;     /* of the sheet under pictures from which on it is a scan */
static const double PICTURE_SHARE = 0.02; /* smaller pictures (stamps, arms) say nothing of the scan */
static const double SNAP_POINTS = 2;  /* what poppler may add to a side when it rounds it to whole points */
static const int MOST_SCAN_DPI = 400; /* finer scans are halved: OCR gains nothing, time and memory double */
static const double SQUARE = 0.01;    /* by which a pixel may be higher than wide, or wider than high */
static const int COARSE_DPI = 150;    /* coarser pictures may be backgrounds */
static const int LEAST_SCAN_DPI = 60; /* coarser ones are: nobody scans so */
enum {
    GRID = 64,          /* cells a side that tell how much is covered */
    MOST_LOOKED_AT = 6, /* pictures decoded to learn their pixels; each costs a decoding */
    DRAWN_STRINGS = 40, /* strings drawn from which on a page was typed; a signature's stamp draws 4 to 8 */
};

/* ---- poppler's remarks ---- */

static int remarks; /* made so far; the text is of no use to the reader of a batch's log */

static void count_remark(const gchar *domain, GLogLevelFlags level, const gchar *text, gpointer data)
{
    (void)domain, (void)level, (void)text, (void)data;
    remarks++;
}

void sheet_quiet(void)
{
    static bool done;
    if (!done) g_log_set_handler("Poppler", G_LOG_LEVEL_MASK | G_LOG_FLAG_RECURSION, count_remark, NULL);
    done = true;
}

/* ---- what lies on the sheet ---- */

static double area(const PopplerRectangle *a)
{
    return (a->x2 - a->x1) * (a->y2 - a->y1);
}

static double area_inside(const Sheet *s, const PopplerRectangle *a)
{
    double w = fmin(a->x2, s->width) - fmax(a->x1, 0), h = fmin(a->y2, s->height) - fmax(a->y1, 0);
    return fmax(w, 0) * fmax(h, 0);
}

/* Poppler 22.12 gives one corner of the picture and its sides before turning. It does not say which corner, nor whether
 * the sides are exchanged. Of the eight ways to read that, this takes the first that leaves most of the picture on the
 * sheet. (800 0 1400 800 on a sheet of 800 x 600 turned by 90: it is 0 0 800 600.) */
static void place(const Sheet *s, Picture *p)
{
    PopplerRectangle said = p->area;
    double best = area_inside(s, &said), w = said.x2 - said.x1, h = said.y2 - said.y1;
    for (int way = 1; way < 8; way++) {
        double rw = way & 4 ? h : w, rh = way & 4 ? w : h;
        double x = way & 1 ? said.x1 - rw : said.x1, y = way & 2 ? said.y1 - rh : said.y1;
        PopplerRectangle read = {x, y, x + rw, y + rh};
        if (area_inside(s, &read) <= best + 1) continue;
        best = area_inside(s, &read);
        p->area = read;
        p->lying = way & 4;
    }
}

static int larger_first(const void *a, const void *b)
{
    double x = area(&((const Picture *)a)->area), y = area(&((const Picture *)b)->area);
    int x_id = ((const Picture *)a)->id, y_id = ((const Picture *)b)->id;
    return x < y ? 1 : x > y ? -1 : x_id - y_id;
}

/* Poppler takes the crop box's corner away twice; here it comes back. */
static void find_pictures(Sheet *s)
{
    PopplerRectangle crop;
    GList *found = poppler_page_get_image_mapping(s->pdf);
    poppler_page_get_crop_box(s->pdf, &crop);
    for (GList *l = found; l; l = l->next) {
        const PopplerImageMapping *m = l->data;
        PopplerRectangle a = {m->area.x1 + crop.x1, m->area.y1 + crop.y1, m->area.x2 + crop.x1,
                              m->area.y2 + crop.y1};
        if (!(area(&a) > 0)) continue;
        Picture *p = vec_push(&s->pictures);
        *p = (Picture){.area = a, .id = m->image_id};
        place(s, p);
    }
    poppler_page_free_image_mapping(found);
    if (s->pictures.n) qsort(s->pictures.v, s->pictures.n, sizeof *s->pictures.v, larger_first);
}

void sheet_init(Sheet *s, PopplerPage *pdf)
{
    *s = (Sheet){.pdf = pdf};
    poppler_page_get_size(pdf, &s->width, &s->height);
    if (s->width > 0 && s->height > 0) find_pictures(s);
}

void sheet_release(Sheet *s)
{
    vec_release(&s->pictures);
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
    for (size_t i = 0; i < s->pictures.n; i++) {
        PopplerRectangle a = s->pictures.v[i].area;
        for (int y = grid_cell(a.y1, s->height); y < grid_cell(a.y2, s->height); y++)
            for (int x = grid_cell(a.x1, s->width); x < grid_cell(a.x2, s->width); x++)
                n += !grid[y][x], grid[y][x] = true;
    }
    return (double)n / (GRID * GRID);
}

static int strings; /* drawn so far, on the surface below */

static void count_string(cairo_surface_t *observer, cairo_surface_t *target, void *data)
{
    (void)observer, (void)target, (void)data;
    strings++;
}

/* Made once and kept: cairo 1.16 does not free what a callback takes. */
static cairo_surface_t *counting_surface(void)
{
    static cairo_surface_t *observer;
    if (observer) return observer;
    cairo_surface_t *tiny = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1, 1);
    observer = cairo_surface_create_observer(tiny, CAIRO_SURFACE_OBSERVER_NORMAL);
    cairo_surface_observer_add_glyphs_callback(observer, count_string, NULL);
    cairo_surface_destroy(tiny);
    return observer;
}

bool sheet_text_is_drawn(const Sheet *s)
{
    cairo_t *cr = cairo_create(counting_surface());
    cairo_scale(cr, 1 / s->width, 1 / s->height);
    strings = 0;
    poppler_page_render(s->pdf, cr);
    cairo_destroy(cr);
    return strings >= DRAWN_STRINGS;
}

/* ---- plans ---- */

static void plan_size(SheetPlan *p, const Sheet *s)
{
    static const double SLIVER = 0.01; /* of a pixel: rounding, not content */
    p->width = (int)fmax(1, fmin(ceil(s->width * p->sx + p->x0 - SLIVER), MOST_SIDE));
    p->height = (int)fmax(1, fmin(ceil(s->height * p->sy + p->y0 - SLIVER), MOST_SIDE));
    p->dpi = (int)lround(fmax(p->sx, p->sy) * POINTS_PER_INCH);
}

/* The plan that puts a picture of w x h pixels, standing at a, on whole pixels of ours. */
static SheetPlan plan_picture(const Sheet *s, PopplerRectangle a, int w, int h)
{
    SheetPlan p = {.sx = w / (a.x2 - a.x1), .sy = h / (a.y2 - a.y1)};
    p.px = (int)fmax(fmin(round(a.x1 * p.sx), MOST_SIDE), -MOST_SIDE);
    p.py = (int)fmax(fmin(round(a.y1 * p.sy), MOST_SIDE), -MOST_SIDE);
    p.x0 = p.px - a.x1 * p.sx;
    p.y0 = p.py - a.y1 * p.sy;
    plan_size(&p, s);
    return p;
}

static SheetPlan plan_at(const Sheet *s, double dpi)
{
    SheetPlan p = {.sx = dpi / POINTS_PER_INCH, .sy = dpi / POINTS_PER_INCH};
    plan_size(&p, s);
    return p;
}

/* The highest resolution at which the sheet stays within the limits. */
static double most_dpi(const Sheet *s, const LoadOptions *limits)
{
    double pixels = sqrt(limits->most_megapixels * 1e6 / (s->width * s->height));
    return POINTS_PER_INCH * fmin(pixels, (MOST_SIDE - 1) / fmax(s->width, s->height));
}

bool sheet_fits(const Sheet *s, const LoadOptions *limits)
{
    return most_dpi(s, limits) >= LEAST_RENDER_DPI;
}

SheetPlan sheet_plan(const Sheet *s, const LoadOptions *limits, double dpi)
{
    return plan_at(s, fmin(dpi, floor(most_dpi(s, limits))));
}

static PlanGuesses render_guess(const Sheet *s, const LoadOptions *limits, const char *why)
{
    PlanGuesses g = {.n = 1, .via = why, .typed = true};
    g.plan[0] = sheet_plan(s, limits, limits->render_dpi);
    if (g.plan[0].dpi < limits->render_dpi) g.via = "render: a large sheet, " LOAD_FITTED;
    return g;
}

/* ---- guesses where the scan lies ---- */

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

/* Guesses: the picture fills the sheet; or its edges are where poppler says. A strip or a layer gives the resolution by its
 * longer side, in which rounding weighs less. */
static SheetPlan first_guess(const Sheet *s, const Picture *p, bool alone)
{
    double aw = p->area.x2 - p->area.x1, ah = p->area.y2 - p->area.y1, dpi = whole_dpi(p);
    if (fills(s, &p->area)) return plan_picture(s, (PopplerRectangle){0, 0, s->width, s->height}, p->w, p->h);
    if (alone) return plan_picture(s, p->area, p->w, p->h);
    if (!(dpi > 0)) dpi = POINTS_PER_INCH * (aw > ah ? p->w / aw : p->h / ah);
    return plan_at(s, dpi);
}

/* A whole resolution, one corner where poppler says. Unless the picture is turned, that is the top left. */
static void guess_whole_dpi(const Sheet *s, const Picture *p, PlanGuesses *g)
{
    double dpi = whole_dpi(p);
    if (!(dpi > 0)) return;
    double w = p->w * POINTS_PER_INCH / dpi, h = p->h * POINTS_PER_INCH / dpi;
    for (int corner = 0; corner < 4; corner++) {
        double x = corner & 1 ? p->area.x2 - w : p->area.x1, y = corner & 2 ? p->area.y2 - h : p->area.y1;
        g->plan[g->n++] = plan_picture(s, (PopplerRectangle){x, y, x + w, y + h}, p->w, p->h);
    }
}

/* Every `by` x `by` pixels of the scan become one of ours. */
static void reduce(PlanGuesses *g, const Sheet *s, int by, Arena *a)
{
    SheetPlan *p = &g->plan[0];
    g->via = arena_printf(a, "image: a scan of %d dpi, one pixel for %d x %d", p->dpi, by, by);
    p->sx /= by, p->sy /= by, p->x0 /= by, p->y0 /= by;
    plan_size(p, s);
}

/* Every pixel alike. */
static bool is_plain(cairo_surface_t *pixels)
{
    const unsigned char *row = cairo_image_surface_get_data(pixels);
    int w = cairo_image_surface_get_width(pixels), h = cairo_image_surface_get_height(pixels);
    uint32_t first = *(const uint32_t *)(const void *)row;
    for (int y = 0; y < h; y++, row += cairo_image_surface_get_stride(pixels))
        for (int x = 0; x < w; x++)
            if (((const uint32_t *)(const void *)row)[x] != first) return false;
    return true;
}

/* Learns p's size in pixels. False when it cannot be decoded: all pixels are alike, and poppler had a remark.
 */
static bool decode(const Sheet *s, Picture *p, Probe **probe)
{
    int before = remarks;
    cairo_surface_t *pixels = poppler_page_get_image(s->pdf, p->id);
    if (!pixels) return false;
    int w = cairo_image_surface_get_width(pixels), h = cairo_image_surface_get_height(pixels);
    bool ok = w > 0 && h > 0 && !(remarks > before && is_plain(pixels));
    if (ok) p->w = p->lying ? h : w, p->h = p->lying ? w : h;
    if (ok && probe) *probe = probe_new(pixels);
    cairo_surface_destroy(pixels);
    return ok;
}

static double fineness(const Picture *p)
{
    return p->w / (p->area.x2 - p->area.x1);
}

/* How many pictures have a say in the resolution. */
static int count_large(const Sheet *s)
{
    int n = 1;
    while (n < (int)s->pictures.n && n < MOST_LOOKED_AT &&
           area(&s->pictures.v[n].area) >= PICTURE_SHARE * s->width * s->height)
        n++;
    return n;
}

/* The finest of the large pictures; w 0 when none can be decoded. A probe of it where it is alone. */
static Picture find_finest(const Sheet *s, int large, Probe **probe)
{
    Picture best = {0};
    for (int i = 0; i < large; i++) {
        Picture p = s->pictures.v[i];
        if (decode(s, &p, large == 1 ? probe : NULL) && (!best.w || fineness(&p) > fineness(&best))) best = p;
    }
    return best;
}

/* How many pixels of the scan, each way, become one. */
static int coarser_by(const Sheet *s, double dpi, const LoadOptions *limits)
{
    return (int)ceil(fmax(dpi / MOST_SCAN_DPI, dpi / most_dpi(s, limits)));
}

/* Takes the probe over where it can be of use. */
static PlanGuesses scan_guesses(const Sheet *s, const Picture *p, const LoadOptions *limits, Probe **probe,
                                Arena *a)
{
    bool alone = *probe;
    PlanGuesses g = {.n = 1, .via = alone ? "image" : "image: of several pictures"};
    g.plan[0] = first_guess(s, p, alone);
    int by = coarser_by(s, g.plan[0].dpi, limits);
    if (by > 1)
        reduce(&g, s, by, a);
    else if (alone) {
        guess_whole_dpi(s, p, &g);
        g.probe = *probe, *probe = NULL;
    }
    return g;
}

static PlanGuesses background_guess(const Sheet *s, const Picture *p, const LoadOptions *limits)
{
    if (p->w) return render_guess(s, limits, "render: the picture is a background");
    PlanGuesses g = render_guess(s, limits, "render: the picture is broken");
    g.broken = !sheet_text_is_drawn(s);
    return g;
}

PlanGuesses sheet_guess(const Sheet *s, const LoadOptions *limits, Arena *a)
{
    Probe *probe = NULL;
    if (!s->pictures.n) return render_guess(s, limits, "render: no picture on the page");
    if (covered(s) < SCAN_SHARE)
        return render_guess(s, limits, "render: pictures cover less than half of the page");
    Picture p = find_finest(s, count_large(s), &probe);
    double dpi = fineness(&p) * POINTS_PER_INCH;
    bool scan = p.w && dpi >= LEAST_SCAN_DPI && (dpi >= COARSE_DPI || !sheet_text_is_drawn(s));
    PlanGuesses g = scan ? scan_guesses(s, &p, limits, &probe, a) : background_guess(s, &p, limits);
    probe_free(probe);
    return g;
}

bool sheet_guess_filled(const Sheet *s, const LoadOptions *limits, int w, int h, PlanGuesses *g)
{
    if (!s->pictures.n || count_large(s) > 1 || !fills(s, &s->pictures.v[0].area)) return false;
    Picture p = s->pictures.v[0];
    p.w = p.lying ? h : w, p.h = p.lying ? w : h;
    SheetPlan plan = first_guess(s, &p, true);
    if (plan.dpi < COARSE_DPI || coarser_by(s, plan.dpi, limits) > 1) return false;
    if (fabs(plan.sx / plan.sy - 1) > SQUARE) return false;
    *g = (PlanGuesses){.plan = {plan}, .n = 1, .via = "image"};
    return true;
}
