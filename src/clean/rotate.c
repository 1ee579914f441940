/* Each pixel of the new picture comes from between four of the old one, in sixteenths of a pixel. Example: at the edge of
 * the T of "Trường", white (255) stands beside black (0). At 3/16 of the way between them the new pixel is 13/16 * 255 +
 * 3/16 * 0 = 207. Where all four are white, nine times in ten, nothing is computed. Where a whole span of the new row
 * comes from white, the places of its pixels are not computed either.
 */
#include "clean/private.h"

#include "base/arena.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { WHITE = 255, PARTS = 16, SPAN = 16 /* pixels */, WORD = 32, BYTES = 4 };
/* Less moves no pixel by more than 2 on a page of A4 at 200 dpi: left as it is (radians). */
static const double LEAST_TURN = 0.001;

/* A byte a pixel, rows without gaps. */
typedef struct Bytes {
    uint8_t *at;
    int w, h;
} Bytes;

static void unpack_bits(const l_uint32 *row, int w, uint8_t *to)
{
    for (int at = 0; at < w; at += WORD)
        for (int x = at; row[at / WORD] && x < w && x < at + WORD; x++)
            if (GET_DATA_BIT(row, x)) to[x] = 0;
}

static void unpack_greys(const l_uint32 *row, int w, uint8_t *to)
{
    int words = w / BYTES;
    for (int i = 0; i < words; i++, to += BYTES) {
        uint32_t v = row[i];
        to[0] = (uint8_t)(v >> 24), to[1] = (uint8_t)(v >> 16), to[2] = (uint8_t)(v >> 8), to[3] = (uint8_t)v;
    }
    for (int x = words * BYTES; x < w; x++) *to++ = (uint8_t)GET_DATA_BYTE(row, x);
}

static Bytes on_border(PIX *pix, int pad)
{
    Bytes b = {.w = pixGetWidth(pix) + 2 * pad, .h = pixGetHeight(pix) + 2 * pad};
    b.at = malloc((size_t)b.w * (size_t)b.h + 1);
    if (!b.at) return b;
    memset(b.at, WHITE, (size_t)b.w * (size_t)b.h + 1);
    for (int y = 0; y < pixGetHeight(pix); y++) {
        const l_uint32 *row = pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
        uint8_t *to = b.at + (size_t)(y + pad) * (size_t)b.w + pad;
        if (pixGetDepth(pix) == 1)
            unpack_bits(row, pixGetWidth(pix), to);
        else
            unpack_greys(row, pixGetWidth(pix), to);
    }
    return b;
}

static uint64_t eight(const uint8_t *p)
{
    uint64_t v;
    memcpy(&v, p, sizeof v);
    return v;
}

/* Whether the pixels from (x, y) to (x2, y2), at least 8 in a row and at most 24, are white. */
static bool is_white(const Bytes *b, int x, int y, int x2, int y2)
{
    uint64_t all = ~(uint64_t)0;
    int n = x2 + 1 - x, middle = n > 16 ? 8 : 0;
    const uint8_t *row = b->at + (size_t)y * (size_t)b->w + x;
    for (; y <= y2; y++, row += b->w) all &= eight(row) & eight(row + middle) & eight(row + n - 8);
    return all == ~(uint64_t)0;
}

/* Where the columns of a row come from, in PARTS of a pixel from the middle. */
typedef struct Course {
    float *x_of_column, *y_of_column; /* what the column adds */
    float x_of_row, y_of_row;
} Course;

static Course course_new(const Bytes *from, float sine, float cosine)
{
    size_t n = (size_t)(from->w + SPAN - 1) / SPAN * SPAN;
    Course c = {.x_of_column = xalloc(n * sizeof(float)), .y_of_column = xalloc(n * sizeof(float))};
    for (int x = 0; x < (int)n; x++) {
        c.x_of_column[x] = (float)(x - from->w / 2) * cosine;
        c.y_of_column[x] = (float)(from->w / 2 - x) * sine;
    }
    return c;
}

static void course_release(Course *c)
{
    free(c->x_of_column);
    free(c->y_of_column);
}

static int course_x(const Course *c, int column)
{
    return (int)(c->x_of_column[column] - c->x_of_row);
}

static int course_y(const Course *c, int column)
{
    return (int)(c->y_of_row + c->y_of_column[column]);
}

static int between(const uint8_t *p, const uint8_t *below, int fx, int fy)
{
    int up = (PARTS - fx) * p[0] + fx * p[1], down = (PARTS - fx) * below[0] + fx * below[1];
    return ((PARTS - fy) * up + fy * down + PARTS * PARTS / 2) / (PARTS * PARTS);
}

/* Whether the span from column x on comes from white paper: it lies between where its ends do. */
static bool span_is_white(const Bytes *from, const Course *c, int x)
{
    int x0 = from->w / 2 + (course_x(c, x) >> 4), x1 = from->w / 2 + (course_x(c, x + SPAN - 1) >> 4);
    int y0 = from->h / 2 + (course_y(c, x) >> 4), y1 = from->h / 2 + (course_y(c, x + SPAN - 1) >> 4);
    int left = x0 < x1 ? x0 : x1, right = x0 < x1 ? x1 : x0, top = y0 < y1 ? y0 : y1, low = y0 < y1 ? y1 : y0;
    return left >= 0 && right < from->w - 1 && top >= 0 && low < from->h - 1 && right - left >= SPAN / 2 &&
           right - left <= SPAN && is_white(from, left, top, right + 1, low + 1);
}

static void turn_span(const Bytes *from, const Course *c, int start, l_uint32 *to)
{
    int xs[SPAN], ys[SPAN], end = from->w - start < SPAN ? from->w - start : SPAN;
    for (int k = 0; k < SPAN; k++) xs[k] = course_x(c, start + k), ys[k] = course_y(c, start + k);
    for (int k = 0; k < end; k++) {
        int at_x = from->w / 2 + (xs[k] >> 4), at_y = from->h / 2 + (ys[k] >> 4);
        if ((unsigned)at_x >= (unsigned)from->w - 1 || (unsigned)at_y >= (unsigned)from->h - 1) continue;
        const uint8_t *p = from->at + (size_t)at_y * (size_t)from->w + at_x, *below = p + from->w;
        if ((p[0] & p[1] & below[0] & below[1]) == WHITE) continue;
        SET_DATA_BYTE(to, start + k, between(p, below, xs[k] & (PARTS - 1), ys[k] & (PARTS - 1)));
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
        l_uint32 *to = pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out);
        float up = (float)(from->h / 2 - y);
        c.x_of_row = up * sine, c.y_of_row = -up * cosine;
        for (int x = 0; x < from->w; x += SPAN)
            if (!span_is_white(from, &c, x)) turn_span(from, &c, x, to);
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
