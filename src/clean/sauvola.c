/* Each column keeps the sum of its pixels over the rows of the window, and of their squares. From row to row one pixel
 * comes and one goes. Along a row the sums of the window follow from those of the columns in the same way. So a pixel
 * costs two additions each way, however large the window. The threshold itself is computed for dark pixels alone: on a
 * page of text, "Trường Mầm non Hoa Mai" and so on, one in ten.
 *
 * Past its edges the picture continues as in a mirror: the first column stands before itself.
 */
#include "clean/private.h"

#include "base/arena.h"

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { LANES = 4 }; /* columns of a word of the picture */

typedef struct ColumnSums {
    uint32_t *sum, *squares; /* from column -half - 1 to w + half, at `left` + x */
    int w, words, left, half;
} ColumnSums;

static int mirrored(int at, int n)
{
    return at < 0 ? -1 - at : at >= n ? 2 * n - 1 - at : at;
}

static const uint8_t *row_of(PIX *bytes, int y)
{
    y = mirrored(y, pixGetHeight(bytes));
    return (const uint8_t *)(pixGetData(bytes) + (size_t)y * (size_t)pixGetWpl(bytes));
}

static void add_row(ColumnSums *c, const uint8_t *row)
{
    uint32_t *sum = c->sum + c->left, *squares = c->squares + c->left;
    for (int x = 0; x < c->words * LANES; x++) {
        uint32_t v = row[x];
        sum[x] += v, squares[x] += v * v;
    }
}

/* One row comes, one goes; modulo 2^32. */
static void change_row(ColumnSums *c, const uint8_t *restrict comes, const uint8_t *restrict goes)
{
    uint32_t *restrict sum = c->sum + c->left, *restrict squares = c->squares + c->left;
    for (int x = 0; x < c->words * LANES; x++) {
        uint32_t v = comes[x], was = goes[x];
        sum[x] += v - was;
        squares[x] += v * v - was * was;
    }
}

static void mirror_edges(uint32_t *at, int w, int half)
{
    for (int i = 1; i <= half + 1; i++) {
        at[-i] = at[mirrored(-i, w)];
        at[w - 1 + i] = at[mirrored(w - 1 + i, w)];
    }
}

/* Leptonica's roundings: the mean loses its fraction, the mean of squares is rounded. */
static bool is_ink(int v, uint64_t sum, uint64_t squares, double share, float factor)
{
    int mean = (int)((float)share * (float)sum);
    uint32_t mean_square = (uint32_t)(share * (double)squares + 0.5);
    float deviation = sqrtf((float)mean_square - (float)mean * (float)mean);
    return v < (int)((float)mean * (1.0f - factor * (1.0f - deviation / 128)));
}

static void ink_row(const ColumnSums *c, const uint8_t *row, float factor, int darker_than, l_uint32 *to)
{
    const uint32_t *sums = c->sum + c->left, *squares = c->squares + c->left;
    int half = c->half, side = 2 * half + 1;
    double share = 1.0 / ((double)side * side);
    uint64_t sum = 0, square = 0;
    for (int x = -half - 1; x < half; x++) sum += sums[x], square += squares[x];
    for (int x = 0; x < c->w; x++) {
        sum += (uint64_t)sums[x + half] - sums[x - half - 1];
        square += (uint64_t)squares[x + half] - squares[x - half - 1];
        if (row[x] < darker_than && is_ink(row[x], sum, square, share, factor)) SET_DATA_BIT(to, x);
    }
}

PIX *sauvola_ink(PIX *grey, int half, float factor, int darker_than)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    if (w < 2 * half + 3 || h < 2 * half + 3) return NULL;
    PIX *bytes = pixEndianByteSwapNew(grey), *ink = pixCreate(w, h, 1);
    ColumnSums c = {.w = w, .words = pixGetWpl(grey), .left = half + 1, .half = half};
    size_t n = (size_t)(c.words * LANES + 2 * (half + 1));
    c.sum = xalloc(n * sizeof *c.sum), c.squares = xalloc(n * sizeof *c.squares);
    for (int y = -half - 1; y < half; y++) add_row(&c, row_of(bytes, y));
    for (int y = 0; y < h; y++) {
        change_row(&c, row_of(bytes, y + half), row_of(bytes, y - half - 1));
        mirror_edges(c.sum + c.left, w, half);
        mirror_edges(c.squares + c.left, w, half);
        ink_row(&c, row_of(bytes, y), factor, darker_than,
                pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink));
    }
    free(c.sum);
    free(c.squares);
    pixDestroy(&bytes);
    return ink;
}
