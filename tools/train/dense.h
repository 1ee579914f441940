/* dense: a layer of rectified units while it is learnt, by many rows at a time.
 *
 * A rate of its own for every number (AdaGrad: Duchi, Hazan & Singer 2011). Two threads share the work: each
 * learns from its half of a batch, and then moves its half of the weights by what both found; so the numbers
 * are the same however the threads are run. No fused operations: the same on any machine.
 *
 *     dense_init(&l, 64, 32, random, with);
 *     dense_forward(&l, x, y, 8);                          (y: 8 rows of 32)
 *     dense_backward(&l, half, x, dy, dx, 8);              (dy: of the loss by y, 0 where y is; dx filled)
 *     ... both halves done ...
 *     dense_move(&l, half, rate);
 */
#ifndef DAU_TRAIN_DENSE_H
#define DAU_TRAIN_DENSE_H

enum {
    DENSE_HALVES = 2,
    DENSE_ROWS = 8,   /* rows come in multiples of it, */
    DENSE_LANES = 32, /* and numbers in a row of it */
};

typedef struct Dense {
    int in, out;
    float *weight;                 /* [in][out] */
    float *turned;                 /* the same, [out][in] */
    float *bias;                   /* [out] */
    float *sum, *bias_sum;         /* of the squares of all gradients */
    float *gradient[DENSE_HALVES]; /* of the batch: [in][out], and the bias's [out] after it */
} Dense;

/* Weights within `spread` of zero by random(with), which is -1..1. `first`: of the sums of squares. */
void dense_init(Dense *l, int in, int out, float spread, float first, float (*random)(void *with),
                void *with);
void dense_release(Dense *l);

/* y = max(0, x * weight + bias), row by row. */
void dense_forward(const Dense *l, const float *x, float *y, int rows);
/* Sets this half's gradient, and dx. */
void dense_backward(Dense *l, int half, const float *x, const float *dy, float *dx, int rows);
/* Moves this half's weights against both gradients; the first half moves the bias. */
void dense_move(Dense *l, int half, float rate);

#endif
