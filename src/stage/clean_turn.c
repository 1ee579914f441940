/* Each pixel of the new picture comes from between four of the old one, in sixteenths of a pixel: at 3/16,
 * 0/16 of white (255) and black (0) it is 13/16 * 255 + 3/16 * 0 = 207. Where all four are white, nine times
 * in ten, there is nothing to reckon.
 */
#include "stage/clean_private.h"

#include "base/arena.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WHITE = 255, PARTS = 16, LANES = 4 };
/* Less moves no pixel by more than 2 on a page of A4 at 200 dpi: left as it is (radians). */
static const double LEAST_TURN = 0.001;

/* A byte a pixel, rows without gaps. */
typedef struct Bytes {
    uint8_t *at;
    int w, h;
} Bytes;

static void unpack_row(PIX *pix, int y, uint8_t *to)
{
    const l_uint32 *row = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
    int w = pixGetWidth(pix);
    if (pixGetDepth(pix) == 1)
        for (int x = 0; x < w; x++) to[x] = GET_DATA_BIT(row, x) ? 0 : WHITE;
    else
        for (int x = 0; x < w; x++) to[x] = GET_DATA_BYTE(row, x);
}

static Bytes on_border(PIX *pix, int pad)
{
    Bytes b = {.w = pixGetWidth(pix) + 2 * pad, .h = pixGetHeight(pix) + 2 * pad};
    b.at = malloc((size_t)b.w * (size_t)b.h + 1);
    if (!b.at) return b;
    memset(b.at, WHITE, (size_t)b.w * (size_t)b.h + 1);
    for (int y = 0; y < pixGetHeight(pix); y++)
        unpack_row(pix, y, b.at + (size_t)(y + pad) * (size_t)b.w + pad);
    return b;
}

/* Where the columns of a row come from, in PARTS of a pixel from the middle. */
typedef struct Course {
    float *x_of_column, *y_of_column; /* what the column adds */
    int *x, *y;
    int n; /* columns, a multiple of LANES */
} Course;

static Course course_new(const Bytes *from, float sine, float cosine)
{
    Course c = {.n = (from->w + LANES - 1) / LANES * LANES};
    size_t n = (size_t)c.n;
    c.x_of_column = xalloc(n * sizeof(float)), c.y_of_column = xalloc(n * sizeof(float));
    c.x = xalloc(n * sizeof(int)), c.y = xalloc(n * sizeof(int));
    for (int x = 0; x < c.n; x++) {
        c.x_of_column[x] = (float)(x - from->w / 2) * cosine;
        c.y_of_column[x] = (float)(from->w / 2 - x) * sine;
    }
    return c;
}

static void course_release(Course *c)
{
    free(c->x_of_column);
    free(c->y_of_column);
    free(c->x);
    free(c->y);
}

static void course_row(Course *c, float x_of_row, float y_of_row)
{
    for (int at = 0; at < c->n; at += LANES)
        for (int k = at; k < at + LANES; k++) {
            c->x[k] = (int)(c->x_of_column[k] - x_of_row);
            c->y[k] = (int)(y_of_row + c->y_of_column[k]);
        }
}

static int between(const uint8_t *p, const uint8_t *below, int fx, int fy)
{
    int up = (PARTS - fx) * p[0] + fx * p[1], down = (PARTS - fx) * below[0] + fx * below[1];
    return ((PARTS - fy) * up + fy * down + PARTS * PARTS / 2) / (PARTS * PARTS);
}

static void turn_row(const Bytes *from, const Course *c, l_uint32 *to)
{
    int middle_x = from->w / 2, middle_y = from->h / 2;
    for (int x = 0; x < from->w; x++) {
        int at_x = middle_x + (c->x[x] >> 4), at_y = middle_y + (c->y[x] >> 4);
        if ((unsigned)at_x >= (unsigned)from->w - 1 || (unsigned)at_y >= (unsigned)from->h - 1) continue;
        const uint8_t *p = from->at + (size_t)at_y * (size_t)from->w + at_x, *below = p + from->w;
        if ((p[0] & p[1] & below[0] & below[1]) == WHITE) continue;
        SET_DATA_BYTE(to, x, between(p, below, c->x[x] & (PARTS - 1), c->y[x] & (PARTS - 1)));
    }
}

static PIX *pix_of(const Bytes *b)
{
    PIX *pix = pixCreate(b->w, b->h, 8);
    for (int y = 0; pix && y < b->h; y++) {
        l_uint32 *to = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        for (int x = 0; x < b->w; x++) SET_DATA_BYTE(to, x, b->at[(size_t)y * (size_t)b->w + x]);
    }
    return pix;
}

static PIX *turned(const Bytes *from, double radians)
{
    float sine = (float)(PARTS * sin(radians)), cosine = (float)(PARTS * cos(radians));
    PIX *out = pixCreate(from->w, from->h, 8);
    if (!out) return NULL;
    Course c = course_new(from, sine, cosine);
    pixSetAllArbitrary(out, WHITE);
    for (int y = 0; y < from->h; y++) {
        float up = (float)(from->h / 2 - y);
        course_row(&c, up * sine, -up * cosine);
        turn_row(from, &c, pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out));
    }
    course_release(&c);
    return out;
}

PIX *turn_grey(PIX *pix, double radians, int pad)
{
    Bytes from = on_border(pix, pad);
    PIX *out = !from.at ? NULL : fabs(radians) < LEAST_TURN ? pix_of(&from) : turned(&from, radians);
    if (out) pixCopyResolution(out, pix);
    free(from.at);
    return out;
}
