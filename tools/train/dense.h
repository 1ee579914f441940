/* dense: a layer of rectified units while it is trained, by many rows at a time.
 *
 *     dense_init(&l, 64, 32, 0.1f, 1, random, with);
 *     dense_forward(&l, x, y, 8);                          (y: 8 rows of 32)
 *     dense_backward(&l, half, x, dy, dx, 8);              (dy: gradient of the loss by y, 0 where y is; fills dx)
 *     ... both halves done ...
 *     dense_move(&l, half, rate);
 *     dense_release(&l);
 *
 * Every number has a learning rate of its own (AdaGrad: Duchi, Hazan and Singer, JMLR 12 (2011), 2121). Two threads share
 * the work. Each computes the gradients of its half of a batch, then moves its half of the weights by both. So the numbers
 * do not depend on how the threads are scheduled. No operations are fused, so they are the same on any machine.
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
    float *sum, *bias_sum;         /* sums of the squares of all gradients */
    float *gradient[DENSE_HALVES]; /* of the batch: [in][out], and the bias's [out] after it */
} Dense;

/* Sets the weights within `spread` of zero by random(with), which gives -1..1. `first` is what the sums of squares begin
 * with. */
void dense_init(Dense *l, int in, int out, float spread, float first, float (*random)(void *with),
                void *with);
void dense_release(Dense *l);

/* y = max(0, x * weight + bias), row by row. */
void dense_forward(const Dense *l, const float *x, float *y, int rows);
/* Sets the gradient of this half, and dx, from its rows. */
void dense_backward(Dense *l, int half, const float *x, const float *dy, float *dx, int rows);
/* Moves this half's weights against the gradients of both halves; the first half moves the bias. */
void dense_move(Dense *l, int half, float rate);

#endif
