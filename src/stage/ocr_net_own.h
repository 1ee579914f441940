/* ocr_net_own: what the files of the network share. Private to ocr_net*.c. */
#ifndef DAU_STAGE_OCR_NET_OWN_H
#define DAU_STAGE_OCR_NET_OWN_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    NET_BLOCK = 16, /* outputs of a matrix that are reckoned together */
    NET_GROUP = 4,  /* inputs that one instruction takes */
    NET_MOST_LAYERS = 8,
    NET_MOST_CELLS = 512
};

/* Weights of 8 bits: the answer of output o to inputs x is scale[o] * (sum of w * x + bias[o]). */
typedef struct Matrix {
    int outputs, inputs;
    int blocks, groups; /* of outputs, of inputs, both rounded up; what is added has no weight */
    int8_t *w;          /* [blocks][groups][NET_BLOCK][NET_GROUP] */
    int32_t *bias;      /* [blocks * NET_BLOCK] */
    int32_t *shifted;   /* the same for inputs that are 128 larger, as some processors want them */
    float *scale;       /* [blocks * NET_BLOCK] */
} Matrix;

/* Long short-term memory: its matrix has the rows of four gates one after the other: input, its gate, forget, output.
 * Its inputs are those of the layer, then what its cells said one step before. */
typedef struct Lstm {
    int inputs, cells;
    bool back; /* it reads the line from its end */
    Matrix gates;
} Lstm;

struct OcrNet {
    Matrix pixels; /* 9 inputs: column by column of 3 x 3 */
    Lstm column;   /* down the height: one answer for each step along the line */
    Lstm layer[NET_MOST_LAYERS];
    int layers;
    Matrix last;
    uint64_t seed; /* of the noise that stands for pixels outside the line */
    int8_t *room;  /* what a run needs, kept for the next */
    size_t rooms;  /* bytes */
};

/* ---- ocr_net_read.c ---- */

/* net must be zero; net_release() it, also after an error. */
bool net_parse(struct OcrNet *net, const unsigned char *data, size_t size, Err *err);
void net_release(struct OcrNet *net);

/* ---- ocr_net_vector.c: the inner loops ---- */

/* Whether this processor has what they are written for. They are right without it, and slow. */
bool vector_set_up(bool plain);
/* sum[blocks * NET_BLOCK] of x[groups * NET_GROUP]. */
void matrix_times(const Matrix *m, const int8_t *x, int32_t *sum);
/* tanh of the first n sums (a multiple of 8), from -127 to 127. */
void tanh_of_sums(const int32_t *sum, const float *scale, int n, int8_t *out);
/* One step of so many cells (a multiple of 8). */
void lstm_step(const int32_t *sum, const float *scale, int cells, float *state, int8_t *out);

#endif
