/* Writes the trained network: words and candidates as bytes, weights and sums as 16-bit steps.
 *
 * Example: no row of words ("phòng", "và", "chữa" and the rest) makes more of a unit than 40, so its step is 40 / 32000 =
 * 0.00125. A number of the word vectors that reaches 1.27 anywhere is kept in steps of 0.01. A weight of 0.02 to it is
 * worth 0.02 * 0.01 / 0.00125 = 0.16 of the unit's steps. It stands in the file in parts of a step, as 0.16 *
 * CONTEXT_PART_STEP = 20. */
#include "net_own.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/wide.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM = 32000, BYTE = 127 };

typedef struct Units { /* what one is worth, in the file: */
    float word[SIZE], out[HIDDEN], step[HIDDEN];
} Units;

/* fmaxf() would be a call, because of what it does with NaN. */
static inline float larger(float most, float v)
{
    v = v < 0 ? -v : v;
    return v > most ? v : most;
}

/* The largest of each column, of n rows of `columns`, over BYTE. */
static void fit_bytes(const float *v, size_t n, size_t columns, float *unit)
{
    for (size_t k = 0; k < columns; k++) {
        float most = 0;
        for (size_t i = 0; i < n; i++) most = larger(most, v[i * columns + k]);
        unit[k] = most / BYTE;
    }
}

/* What any word can make of each unit, at a place; added `times` to its bound. */
WIDE static void bound_place(const Net *net, int place, float times, float bound[HIDDEN])
{
    const float *weight = net->layer.weight + place * SIZE * HIDDEN;
    float most[HIDDEN] = {0};
    for (uint32_t w = 0; w < net->vectors; w++) {
        float sum[HIDDEN] = {0};
        for (int i = 0; i < SIZE; i++)
            for (int k = 0; k < HIDDEN; k++) sum[k] += net->word[w][i] * weight[i * HIDDEN + k];
        for (int k = 0; k < HIDDEN; k++) most[k] = larger(most[k], sum[k]);
    }
    for (int k = 0; k < HIDDEN; k++) bound[k] += times * most[k];
}

/* So small as the sum of any row of words, and each weight, leave room for. */
static void fit_steps(const Net *net, Units *u)
{
    float bound[HIDDEN];
    for (int k = 0; k < HIDDEN; k++) bound[k] = fabsf(net->layer.bias[k]);
    for (int place = 0; place < CONTEXT_PLACES; place++)
        bound_place(net, place, place == CONTEXT_BEYOND ? sqrtf(BEYOND_MOST) : 1, bound);
    for (int i = 0; i < INPUTS; i++)
        for (int k = 0; k < HIDDEN; k++)
            bound[k] =
                larger(bound[k], net->layer.weight[i * HIDDEN + k] * u->word[i % SIZE] * CONTEXT_PART_STEP);
    for (int k = 0; k < HIDDEN; k++) u->step[k] = bound[k] > 0 ? bound[k] / ROOM : 1;
}

static long in_units(float v, float unit)
{
    return unit > 0 ? lrintf(v / unit) : 0;
}

static void put_layer(const Net *net, const Units *u, int16_t *weights, float *bias)
{
    for (int i = 0; i < INPUTS; i += 2)
        for (int k = 0; k < HIDDEN; k++)
            for (int j = i; j < i + 2; j++)
                *weights++ = (int16_t)in_units(net->layer.weight[j * HIDDEN + k],
                                               u->step[k] / u->word[j % SIZE] / CONTEXT_PART_STEP);
    for (int k = 0; k < HIDDEN; k++) bias[k] = net->layer.bias[k] / u->step[k];
}

static void put_numbers(const Net *net, const ContextLayout *l, char *data)
{
    Units u;
    int8_t *word = (void *)(data + l->at[CONTEXT_WORD]), *out = (void *)(data + l->at[CONTEXT_OUT]);
    float *worth = (void *)(data + l->at[CONTEXT_STEP]), *bias = (void *)(data + l->at[CONTEXT_OUT_BIAS]);
    fit_bytes(net->word[0], net->vectors, SIZE, u.word);
    fit_bytes(net->out[0], net->outs, HIDDEN, u.out);
    fit_steps(net, &u);
    put_layer(net, &u, (void *)(data + l->at[CONTEXT_WEIGHTS]), (void *)(data + l->at[CONTEXT_BIAS]));
    for (uint32_t w = 0; w < net->vectors; w++)
        for (int i = 0; i < SIZE; i++) *word++ = (int8_t)in_units(net->word[w][i], u.word[i]);
    for (int k = 0; k < HIDDEN; k++) worth[k] = u.step[k] * u.out[k];
    for (uint32_t o = 0; o < net->outs; o++) {
        for (int k = 0; k < HIDDEN; k++) *out++ = (int8_t)in_units(net->out[o][k], u.out[k]);
        bias[o] = net->out_bias[o][0];
    }
}

bool net_write(const Net *net, const LmHeader *lm, const char *path, Err *err)
{
    ContextHeader h = {.magic = CONTEXT_MAGIC, .version = CONTEXT_VERSION, .byte_order = LM_ORDER_MARK};
    h.near = CONTEXT_NEAR, h.far = CONTEXT_FAR, h.size = SIZE, h.hidden = HIDDEN;
    h.words = net->words, h.vectors = net->vectors, h.outs = net->outs;
    h.share = net->share;
    h.model = lm->header_sum;
    ContextLayout l = context_layout(&h);
    char *data = xalloc(l.file_size);
    memcpy(data + l.at[CONTEXT_VECTOR_OF], net->vector_of, l.size[CONTEXT_VECTOR_OF]);
    memcpy(data + l.at[CONTEXT_OUT_OF], net->out_of, l.size[CONTEXT_OUT_OF]);
    put_numbers(net, &l, data);
    h.file_size = l.file_size;
    h.body_sum = lm_sum(data + sizeof h, l.file_size - sizeof h);
    h.complete = LM_COMPLETE;
    h.header_sum = lm_sum(&h, offsetof(ContextHeader, header_sum));
    memcpy(data, &h, sizeof h);
    bool ok = file_write(path, data, l.file_size, err);
    free(data);
    return ok;
}
