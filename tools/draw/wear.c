/* The page is taken as planes of bytes (one of grey, or red, green, blue). A line "Mầm non Hoa Mai" goes through what it
 * would meet in a real page's life:
 *   1. ink: its density changes slowly over the page and drops out in grains
 *   2. pull: slant and a small wave, both by bilinear sampling
 *   3. optics: a Gaussian blur
 *   4. paper and light: grey level, gradient, a dark edge, specks
 *   5. sensor: noise; for 1 bit a threshold that follows the paper's level
 *
 * All random numbers come from one Rng in a fixed order. Lengths are in points, and so the same at every dpi. */
#include "wear.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "rng.h"

#define PI 3.14159265358979

/* One row a level: 0 none .. 3 poor. */
static const struct {
    double blur;     /* points, standard deviation */
    double noise;    /* grey levels, standard deviation */
    double paper;    /* grey level of the paper */
    double gradient; /* grey levels lost at the darkest corner */
    double fade;     /* share of ink lost where it is palest */
    double grain;    /* share of ink lost by chance, pixel by pixel */
    double specks;   /* per square inch */
    double wave;     /* points: how far rows are pulled aside */
    double edge;     /* chance of a dark edge */
    int quality;     /* JPEG */
} wears[WEAR_LEVELS] = {
    {0.00, 0, 255, 0, 0.00, 0.00, 0.0, 0.0, 0.0, 90},
    {0.16, 3, 250, 4, 0.06, 0.04, 0.3, 0.1, 0.1, 75},
    {0.24, 6, 243, 10, 0.16, 0.10, 1.2, 0.3, 0.3, 55},
    {0.34, 10, 232, 24, 0.30, 0.20, 4.0, 0.5, 0.6, 38},
};

/* Planes of one page, side by side in one block. */
typedef struct Planes {
    int w, h, count; /* count: 1 or 3 */
    uint8_t *plane[3];
} Planes;

/* A smooth random surface: values 0..1 on a coarse grid, bilinear between. */
typedef struct Hills {
    int cols, rows, cell; /* cell: pixels */
    float *value;
} Hills;

static Planes planes_new(int w, int h, int count)
{
    Planes planes = {.w = w, .h = h, .count = count};
    for (int i = 0; i < count; i++) planes.plane[i] = g_malloc((size_t)w * h);
    return planes;
}

static void planes_release(Planes *planes)
{
    for (int i = 0; i < planes->count; i++) g_free(planes->plane[i]);
    planes->count = 0;
}

static uint8_t clip(double value)
{
    return value <= 0 ? 0 : value >= 255 ? 255 : (uint8_t)(value + 0.5);
}

static Planes planes_of(cairo_surface_t *surface, int count)
{
    cairo_surface_flush(surface);
    int w = cairo_image_surface_get_width(surface), h = cairo_image_surface_get_height(surface);
    int stride = cairo_image_surface_get_stride(surface);
    const unsigned char *data = cairo_image_surface_get_data(surface);
    Planes planes = planes_new(w, h, count);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            uint32_t rgb;
            memcpy(&rgb, data + (size_t)y * stride + 4 * (size_t)x, 4);
            unsigned r = rgb >> 16 & 255, g = rgb >> 8 & 255, b = rgb & 255;
            size_t at = (size_t)y * w + x;
            if (count == 1) {
                planes.plane[0][at] = (uint8_t)((r * 77 + g * 150 + b * 29) >> 8);
                continue;
            }
            planes.plane[0][at] = (uint8_t)r;
            planes.plane[1][at] = (uint8_t)g;
            planes.plane[2][at] = (uint8_t)b;
        }
    return planes;
}

/* ---- hills ---- */

static Hills hills_new(Rng *rng, int w, int h, int cell)
{
    Hills hills = {.cols = w / cell + 2, .rows = h / cell + 2, .cell = cell};
    hills.value = g_new(float, (size_t)hills.cols *hills.rows);
    for (int i = 0; i < hills.cols * hills.rows; i++) hills.value[i] = (float)rng_between(rng, 0, 1);
    return hills;
}

static double hills_at(const Hills *hills, int x, int y)
{
    int col = x / hills->cell, row = y / hills->cell;
    double fx = (double)(x % hills->cell) / hills->cell, fy = (double)(y % hills->cell) / hills->cell;
    const float *v = hills->value + (size_t)row * hills->cols + col;
    return (v[0] * (1 - fx) + v[1] * fx) * (1 - fy) +
           (v[hills->cols] * (1 - fx) + v[hills->cols + 1] * fx) * fy;
}

/* ---- 1: ink ---- */

static void wear_ink(Planes *planes, const Wear *wear, Rng *rng)
{
    double fade = wears[wear->level].fade, grain = wears[wear->level].grain;
    Hills hills = hills_new(rng, planes->w, planes->h, wear->dpi / 2);
    for (int y = 0; y < planes->h; y++)
        for (int x = 0; x < planes->w; x++) {
            size_t at = (size_t)y * planes->w + x;
            int dark = 0;
            for (int i = 0; i < planes->count; i++) dark |= planes->plane[i][at] < 250;
            if (!dark) continue;
            double keep = 1 - fade * hills_at(&hills, x, y);
            if (rng_chance(rng, grain)) keep *= rng_between(rng, 0.35, 0.9);
            for (int i = 0; i < planes->count; i++)
                planes->plane[i][at] = clip(255 - (255 - planes->plane[i][at]) * keep);
        }
    g_free(hills.value);
}

/* ---- 2: pull ---- */

static uint8_t sample(const uint8_t *plane, int w, int h, double x, double y)
{
    int col = (int)floor(x), row = (int)floor(y);
    if (col < 0 || row < 0 || col + 1 >= w || row + 1 >= h) return 255;
    double fx = x - col, fy = y - row;
    const uint8_t *p = plane + (size_t)row * w + col;
    return clip((p[0] * (1 - fx) + p[1] * fx) * (1 - fy) + (p[w] * (1 - fx) + p[w + 1] * fx) * fy);
}

static void wear_pull(Planes *planes, const Wear *wear, Rng *rng)
{
    double wave = wears[wear->level].wave * wear->dpi / 72;
    double length = rng_between(rng, 2.5, 6) * wear->dpi, phase = rng_between(rng, 0, 2 * PI);
    if (wear->skew == 0 && wave == 0) return;
    double c = cos(wear->skew * PI / 180), s = sin(wear->skew * PI / 180);
    double mx = planes->w / 2.0, my = planes->h / 2.0;
    Planes moved = planes_new(planes->w, planes->h, planes->count);
    for (int y = 0; y < planes->h; y++) {
        double aside = wave * sin(2 * PI * y / length + phase);
        for (int x = 0; x < planes->w; x++) {
            double dx = x - mx, dy = y - my;
            double from_x = mx + dx * c + dy * s + aside, from_y = my - dx * s + dy * c;
            for (int i = 0; i < planes->count; i++)
                moved.plane[i][(size_t)y * planes->w + x] =
                    sample(planes->plane[i], planes->w, planes->h, from_x, from_y);
        }
    }
    planes_release(planes);
    *planes = moved;
}

void wear_point(const Wear *wear, int w, int h, double *x, double *y)
{
    double c = cos(wear->skew * PI / 180), s = sin(wear->skew * PI / 180);
    double dx = *x - w / 2.0, dy = *y - h / 2.0;
    double px = w / 2.0 + dx * c - dy * s, py = h / 2.0 + dx * s + dy * c;
    switch (wear->turn) {
    case 90: *x = h - py, *y = px; break;
    case 180: *x = w - px, *y = h - py; break;
    case 270: *x = py, *y = w - px; break;
    default: *x = px, *y = py;
    }
}

/* ---- 3: optics ---- */

enum { BLUR_REACH = 6 }; /* pixels: 2.5 deviations of the widest blur at 300 dpi */

/* Weights 0..reach of half a bell, the whole of it summing to 1; returns the reach. */
static int bell(double sigma, double *weight)
{
    double sum = 0;
    int reach = (int)fmin(BLUR_REACH, ceil(sigma * 2.5));
    for (int k = 0; k <= reach; k++) {
        weight[k] = exp(-k * k / (2 * sigma * sigma));
        sum += k ? 2 * weight[k] : weight[k];
    }
    for (int k = 0; k <= reach; k++) weight[k] /= sum;
    return reach;
}

static int inside(int i, int count)
{
    return i < 0 ? 0 : i >= count ? count - 1 : i;
}

static void blur_across(const uint8_t *from, uint8_t *to, int w, const double *weight, int reach)
{
    for (int x = 0; x < w; x++) {
        double sum = 0;
        for (int k = -reach; k <= reach; k++) sum += weight[abs(k)] * from[inside(x + k, w)];
        to[x] = clip(sum);
    }
}

/* Line by line, so that memory is read in its order. */
static void blur_down(const uint8_t *from, uint8_t *to, int w, int h, int y, const double *weight, int reach,
                      double *sum)
{
    memset(sum, 0, (size_t)w * sizeof *sum);
    for (int k = -reach; k <= reach; k++) {
        const uint8_t *line = from + (size_t)inside(y + k, h) * w;
        for (int x = 0; x < w; x++) sum[x] += weight[abs(k)] * line[x];
    }
    for (int x = 0; x < w; x++) to[(size_t)y * w + x] = clip(sum[x]);
}

static void wear_optics(Planes *planes, const Wear *wear)
{
    double sigma = wears[wear->level].blur * wear->dpi / 72, weight[BLUR_REACH + 1];
    if (sigma < 0.2) return;
    int reach = bell(sigma, weight), w = planes->w, h = planes->h;
    uint8_t *half = g_malloc((size_t)w * h);
    double *sum = g_new(double, w);
    for (int i = 0; i < planes->count; i++) {
        for (int y = 0; y < h; y++)
            blur_across(planes->plane[i] + (size_t)y * w, half + (size_t)y * w, w, weight, reach);
        for (int y = 0; y < h; y++) blur_down(half, planes->plane[i], w, h, y, weight, reach, sum);
    }
    g_free(sum);
    g_free(half);
}

/* ---- 4: paper and light ---- */

static void blot(Planes *planes, int x, int y, int radius, int grey, Rng *rng)
{
    for (int dy = -radius; dy <= radius; dy++)
        for (int dx = -radius; dx <= radius; dx++) {
            if (x + dx < 0 || y + dy < 0 || x + dx >= planes->w || y + dy >= planes->h) continue;
            if (dx * dx + dy * dy > radius * radius || rng_chance(rng, 0.15)) continue;
            for (int i = 0; i < planes->count; i++) {
                uint8_t *p = planes->plane[i] + (size_t)(y + dy) * planes->w + x + dx;
                *p = (uint8_t)MIN(*p, grey);
            }
        }
}

static void wear_specks(Planes *planes, const Wear *wear, Rng *rng)
{
    double inches = (double)planes->w * planes->h / ((double)wear->dpi * wear->dpi);
    int count = (int)(wears[wear->level].specks * inches * rng_between(rng, 0.5, 1.5));
    for (int i = 0; i < count; i++) {
        double size =
            rng_between(rng, 0, 1); /* most are a pixel or two, a few are dots as big as a full stop */
        int radius = (int)(size * size * size * size * 0.75 * wear->dpi / 72 + 0.3);
        blot(planes, rng_range(rng, 0, planes->w - 1), rng_range(rng, 0, planes->h - 1), radius,
             rng_range(rng, 0, 120), rng);
    }
}

/* Shadow of the lid along one of the four edges, a few millimetres deep. */
static double edge_shade(int side, double depth, int x, int y, int w, int h)
{
    int far = side == 0 ? x : side == 1 ? y : side == 2 ? w - 1 - x : h - 1 - y;
    return far < depth ? (1 - far / depth) * (1 - far / depth) : 0;
}

static void wear_light(Planes *planes, const Wear *wear, Rng *rng)
{
    double paper = wears[wear->level].paper, gradient = wears[wear->level].gradient;
    double gx = rng_between(rng, -1, 1), gy = rng_between(rng, -1, 1);
    double tint[3] = {1, rng_between(rng, 0.985, 1), rng_between(rng, 0.95, 0.99)};
    bool edge = rng_chance(rng, wears[wear->level].edge);
    int side = rng_range(rng, 0, 3);
    double depth = rng_between(rng, 0.05, 0.14) * wear->dpi, dark = rng_between(rng, 60, 190);
    Hills hills = hills_new(rng, planes->w, planes->h, wear->dpi * 2);
    for (int y = 0; y < planes->h; y++)
        for (int x = 0; x < planes->w; x++) {
            double slope = 0.5 + 0.25 * (gx * (2.0 * x / planes->w - 1) + gy * (2.0 * y / planes->h - 1));
            double white = paper - gradient * (0.6 * slope + 0.4 * hills_at(&hills, x, y));
            if (edge) white -= dark * edge_shade(side, depth, x, y, planes->w, planes->h);
            for (int i = 0; i < planes->count; i++) {
                uint8_t *p = planes->plane[i] + (size_t)y * planes->w + x;
                *p = clip(*p * white * (planes->count == 3 ? tint[i] : 1) / 255);
            }
        }
    g_free(hills.value);
}

/* ---- 5: sensor ---- */

static void wear_noise(Planes *planes, const Wear *wear, Rng *rng)
{
    double sigma = wears[wear->level].noise;
    if (sigma <= 0) return;
    size_t size = (size_t)planes->w * planes->h;
    for (size_t at = 0; at < size; at++) {
        double off = sigma * rng_normal(rng);
        for (int i = 0; i < planes->count; i++) planes->plane[i][at] = clip(planes->plane[i][at] + off);
    }
}

static PIX *pix_of(const Planes *planes)
{
    PIX *pix = pixCreate(planes->w, planes->h, planes->count == 1 ? 8 : 32);
    l_uint32 *data = pixGetData(pix);
    int words = pixGetWpl(pix);
    for (int y = 0; y < planes->h; y++) {
        l_uint32 *line = data + (size_t)y * words;
        for (int x = 0; x < planes->w; x++) {
            size_t at = (size_t)y * planes->w + x;
            if (planes->count == 1)
                SET_DATA_BYTE(line, x, planes->plane[0][at]);
            else
                composeRGBPixel(planes->plane[0][at], planes->plane[1][at], planes->plane[2][at], line + x);
        }
    }
    return pix;
}

/* Office scanners cut a little above the middle between ink and paper: thin strokes live, specks come. */
static PIX *bilevel(PIX *grey, const Wear *wear)
{
    double paper = wears[wear->level].paper - wears[wear->level].gradient;
    PIX *one = pixThresholdToBinary(grey, (int)(paper * (wear->level == 0 ? 0.5 : 0.66)));
    pixDestroy(&grey);
    return one;
}

PIX *wear_page(cairo_surface_t *surface, const Wear *wear)
{
    Rng rng;
    rng_init(&rng, wear->seed, RNG_WEAR);
    Planes planes = planes_of(surface, wear->colours == WEAR_COLOUR ? 3 : 1);
    if (wear->level > 0) wear_ink(&planes, wear, &rng);
    wear_pull(&planes, wear, &rng);
    if (wear->level > 0) {
        wear_specks(&planes, wear, &rng);
        wear_optics(&planes, wear);
        wear_light(&planes, wear, &rng);
        wear_noise(&planes, wear, &rng);
    }
    PIX *pix = pix_of(&planes);
    planes_release(&planes);
    if (wear->colours == WEAR_BILEVEL) pix = bilevel(pix, wear);
    if (wear->turn) {
        PIX *turned = pixRotateOrth(pix, wear->turn / 90);
        pixDestroy(&pix);
        pix = turned;
    }
    pixSetResolution(pix, wear->dpi, wear->dpi);
    return pix;
}

int wear_jpeg_quality(int level)
{
    return wears[level].quality;
}
