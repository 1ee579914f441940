/* A step of training is three products: x * weight, dy * transposed weight, transposed x * dy. One function does all of
 * them. It keeps a block of sums in registers while it goes along the numbers that they are sums of.
 *
 * Example: 64 doubts ("cháy" or "chạy") with 896 numbers each, 256 units. The block of doubts 0..3 and units 32..63 takes
 * four numbers of x and 32 weights for each of the 896. That is 128 products for 36 numbers read. */
#include "dense.h"

#include "base/arena.h"
#include "base/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Product { /* out[r][c] = first[c] + sum over k < n of a[r][k] * b[k][c] */
    const float *a;
    int next, step;     /* from one a[r] to the next, from one a[r][k] to the next */
    const float *b;     /* [n][columns] */
    const float *first; /* NULL: 0 */
    float *out;         /* [rows][columns] */
    int rows, columns, n;
} Product;

/* A block of `rows` by DENSE_LANES sums, in vectors of so many lanes. */
#define DEFINE_BLOCK(name, lanes, height)                                                                \
    INLINED void name(const Product *p, int row, int column)                                             \
    {                                                                                                    \
        enum { ACROSS = DENSE_LANES / lanes };                                                           \
        typedef float Lanes __attribute__((vector_size(lanes * sizeof(float)), aligned(sizeof(float)))); \
        const float *a = p->a + row * p->next, *b = p->b + column;                                       \
        const int next = p->next, step = p->step, columns = p->columns;                                  \
        Lanes sum[height][ACROSS], v[ACROSS];                                                            \
        for (int i = 0; i < height; i++)                                                                 \
            for (int j = 0; j < ACROSS; j++)                                                             \
                sum[i][j] = p->first ? *(const Lanes *)(p->first + column + j * lanes) : (Lanes){0};     \
        for (int k = 0; k < p->n; k++, a += step, b += columns) {                                        \
            for (int j = 0; j < ACROSS; j++) v[j] = *(const Lanes *)(b + j * lanes);                     \
            for (int i = 0; i < height; i++)                                                             \
                for (int j = 0; j < ACROSS; j++) sum[i][j] += a[i * next] * v[j];                        \
        }                                                                                                \
        for (int i = 0; i < height; i++)                                                                 \
            for (int j = 0; j < ACROSS; j++)                                                             \
                *(Lanes *)(p->out + (row + i) * columns + column + j * lanes) = sum[i][j];               \
    }

/* As many sums as the registers hold: 16 of 8 numbers with AVX2, 32 of 16 with AVX-512. */
enum { ROWS = 4, ROWS_WIDEST = 8 };
DEFINE_BLOCK(block, 8, ROWS)
DEFINE_BLOCK(block_widest, 16, ROWS_WIDEST)

WIDE static void multiply_wide(const Product *p)
{
    for (int c = 0; c < p->columns; c += DENSE_LANES)
        for (int r = 0; r < p->rows; r += ROWS) block(p, r, c);
}

WIDEST static void multiply_widest(const Product *p)
{
    for (int c = 0; c < p->columns; c += DENSE_LANES)
        for (int r = 0; r < p->rows; r += ROWS_WIDEST) block_widest(p, r, c);
}

static void multiply(Product p)
{
    if (has_widest())
        multiply_widest(&p);
    else
        multiply_wide(&p);
}

static void turn_rows(Dense *l, int from, int to)
{
    enum { LINE = 16 }; /* numbers in a line of the cache */
    for (int r = from; r < to; r += LINE)
        for (int c = 0; c < l->out; c++)
            for (int i = r; i < r + LINE && i < to; i++) l->turned[c * l->in + i] = l->weight[i * l->out + c];
}

static float *numbers(size_t n)
{
    return xalloc_lines(n * sizeof(float));
}

void dense_init(Dense *l, int in, int out, float spread, float first, float (*random)(void *with), void *with)
{
    size_t n = (size_t)in * (size_t)out, width = (size_t)out;
    *l = (Dense){.in = in, .out = out};
    l->weight = numbers(n);
    l->turned = numbers(n);
    l->bias = numbers(width);
    l->sum = numbers(n);
    l->bias_sum = numbers(width);
    for (int h = 0; h < DENSE_HALVES; h++) l->gradient[h] = numbers(n + width);
    for (size_t i = 0; i < n; i++) l->weight[i] = spread * random(with), l->sum[i] = first;
    for (size_t i = 0; i < width; i++) l->bias_sum[i] = first;
    turn_rows(l, 0, in);
}

void dense_release(Dense *l)
{
    free(l->weight);
    free(l->turned);
    free(l->bias);
    free(l->sum);
    free(l->bias_sum);
    for (int h = 0; h < DENSE_HALVES; h++) free(l->gradient[h]);
    *l = (Dense){0};
}

WIDE void dense_forward(const Dense *l, const float *x, float *y, int rows)
{
    multiply((Product){x, l->in, 1, l->weight, l->bias, y, rows, l->out, l->in});
    for (int i = 0; i < rows * l->out; i++) y[i] = y[i] > 0 ? y[i] : 0;
}

WIDE void dense_backward(Dense *l, int half, const float *x, const float *dy, float *dx, int rows)
{
    float *gradient = l->gradient[half], *bias = gradient + l->in * l->out;
    multiply((Product){x, 1, l->in, dy, NULL, gradient, l->in, l->out, rows});
    multiply((Product){dy, l->out, 1, l->turned, NULL, dx, rows, l->in, l->out});
    memset(bias, 0, (size_t)l->out * sizeof *bias);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < l->out; c++) bias[c] += dy[r * l->out + c];
}

static inline void move(float *v, float *sum, const float *one, const float *other, int n, float rate)
{
    for (int i = 0; i < n; i++) {
        float gradient = one[i] + other[i];
        sum[i] += gradient * gradient;
        v[i] -= rate * gradient / sqrtf(sum[i]);
    }
}

WIDE void dense_move(Dense *l, int half, float rate)
{
    int from = l->in * half / DENSE_HALVES, to = l->in * (half + 1) / DENSE_HALVES, at = from * l->out;
    const float *one = l->gradient[0], *other = l->gradient[1];
    move(l->weight + at, l->sum + at, one + at, other + at, (to - from) * l->out, rate);
    turn_rows(l, from, to);
    at = l->in * l->out;
    if (half == 0) move(l->bias, l->bias_sum, one + at, other + at, l->out, rate);
}
