/* All numbers as floats while they are learnt; bytes and 16-bit steps when they are written.
 *
 * Example: the doubt "phòng [chạy cháy] và chữa": forward gives cháy 0.3; it is cháy, so the gradient is +0.7
 * for chạy and -0.7 for cháy: their vectors move along the hidden units, the weights of "phòng" one to the
 * left and of "chữa" two to the right, and these words' own vectors, move so that the units would have said
 * it. */
#include "net.h"

#include "base/file.h"
#include "base/str.h"
#include "base/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    SIZE = CONTEXT_SIZE,
    HIDDEN = CONTEXT_HIDDEN,
    INPUTS = CONTEXT_PLACES * SIZE,
    BEYOND_MOST = 2 * (CONTEXT_FAR - CONTEXT_NEAR),
    BATCH = 16, /* doubts after which the weights move; the vectors move at once */
    LANES = 8,
};

static const float WORD_SPREAD = 0.3f, OUT_SPREAD = 0.02f; /* of the first random numbers */
static const float SHARE_RATE = 0.001f; /* one number that every doubt moves: slow, or it swings */

typedef struct Row { /* HIDDEN of them, and what AdaGrad knows of each */
    float v[HIDDEN], sum[HIDDEN];
} Row;

typedef struct WordVector {
    float v[SIZE], sum[SIZE];
} WordVector;

typedef struct Net {
    NetOptions options;
    uint32_t words, vectors, outs;
    uint16_t vector_of[LM_NONE + 1], out_of[LM_NONE + 1];
    WordVector *word;
    Row *out;
    float (*out_bias)[2]; /* and its sum */
    Row weights[INPUTS], bias;
    float gradient[INPUTS + 1][HIDDEN]; /* of the batch; the last is the bias's */
    int batch;
    float share, share_sum;
    uint64_t random;
} Net;

typedef struct Pass { /* one doubt */
    uint16_t vector[CONTEXT_OWN + 1];
    uint16_t beyond[BEYOND_MOST];
    int beyonds;
    float x[INPUTS], h[HIDDEN], p[CONTEXT_MOST];
} Pass;

/* ---- the beginning ---- */

/* xorshift64 (Marsaglia 2003): -1..1 */
static float random_number(Net *net)
{
    net->random ^= net->random << 13;
    net->random ^= net->random >> 7;
    net->random ^= net->random << 17;
    return (float)((double)(net->random >> 11) / 9007199254740992.0) * 2 - 1;
}

static int by_count(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* 0 is a line's end, 1 all other words; the commonest have their own. */
static void choose_vectors(Net *net, const uint16_t *chosen, size_t n)
{
    uint64_t *count = xalloc((LM_NONE + 1) * sizeof *count);
    for (size_t i = 0; i < n; i++) count[chosen[i]]++;
    count[CONTEXT_BREAK] = 0;
    for (uint64_t w = 0; w <= LM_NONE; w++) count[w] = count[w] << 16 | w, net->vector_of[w] = 1;
    qsort(count, LM_NONE + 1, sizeof *count, by_count);
    net->vectors = 2;
    for (int i = 0; i < net->options.vectors && count[i] >> 16; i++)
        net->vector_of[count[i] & 0xFFFF] = (uint16_t)net->vectors++;
    net->vector_of[CONTEXT_BREAK] = 0;
    free(count);
}

static void choose_outs(Net *net, const Doubts *doubts)
{
    uint32_t *count = xalloc((LM_NONE + 1) * sizeof *count);
    for (size_t i = 0; i < doubts->n; i++)
        for (int k = 0; k < doubts->v[i].n; k++) count[doubts->v[i].cand[k]]++;
    net->outs = 1;
    for (uint32_t w = 0; w < net->words; w++)
        if (count[w] >= (uint32_t)net->options.least) net->out_of[w] = (uint16_t)net->outs++;
    free(count);
}

static void begin_row(Net *net, Row *r, float spread, float sum)
{
    for (int k = 0; k < HIDDEN; k++) r->v[k] = spread * random_number(net), r->sum[k] = sum;
}

static Net *net_new(const uint16_t *chosen, size_t n, const Doubts *doubts, uint32_t words,
                    const NetOptions *o)
{
    Net *net = xalloc(sizeof *net);
    net->options = *o;
    net->words = words;
    net->random = 88172645463325252u;
    net->share = net->share_sum = 1;
    choose_vectors(net, chosen, n);
    choose_outs(net, doubts);
    net->word = xalloc(net->vectors * sizeof *net->word);
    net->out = xalloc(net->outs * sizeof *net->out);
    net->out_bias = xalloc(net->outs * sizeof *net->out_bias);
    for (uint32_t w = 0; w < net->vectors; w++)
        for (int i = 0; i < SIZE; i++)
            net->word[w].v[i] = WORD_SPREAD * random_number(net), net->word[w].sum[i] = 1;
    for (int i = 0; i < INPUTS; i++) begin_row(net, &net->weights[i], 1 / sqrtf(INPUTS), BATCH);
    begin_row(net, &net->bias, 0, BATCH);
    for (uint32_t o2 = 0; o2 < net->outs; o2++)
        begin_row(net, &net->out[o2], o2 ? OUT_SPREAD : 0, 1), net->out_bias[o2][1] = 1;
    return net;
}

static void net_free(Net *net)
{
    free(net->word);
    free(net->out);
    free(net->out_bias);
    free(net);
}

/* ---- forward ---- */

static void look_around(const Net *net, const uint16_t *chosen, size_t n, const Doubt *d, Pass *p)
{
    float *beyond = p->x + CONTEXT_BEYOND * SIZE;
    size_t at = d->at;
    for (size_t k = 0; k < 2 * CONTEXT_NEAR; k++) {
        size_t i = k < CONTEXT_NEAR ? at - (CONTEXT_NEAR - k) : at + (k - CONTEXT_NEAR) + 1; /* may wrap */
        p->vector[k] = i < n ? net->vector_of[chosen[i]] : 0;
    }
    p->vector[CONTEXT_OWN] = net->vector_of[d->cand[0]];
    for (int k = 0; k <= CONTEXT_OWN; k++)
        memcpy(p->x + k * SIZE, net->word[p->vector[k]].v, sizeof net->word[0].v);
    p->beyonds = 0;
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR; k++) {
        size_t side[2] = {at - k, at + k};
        for (int s = 0; s < 2; s++)
            if (side[s] < n && net->vector_of[chosen[side[s]]] > 1)
                p->beyond[p->beyonds++] = net->vector_of[chosen[side[s]]];
    }
    memset(beyond, 0, SIZE * sizeof *beyond);
    for (int k = 0; k < p->beyonds; k++)
        for (int i = 0; i < SIZE; i++) beyond[i] += net->word[p->beyond[k]].v[i];
    for (int i = 0; p->beyonds && i < SIZE; i++) beyond[i] /= sqrtf((float)p->beyonds);
}

static inline float product(const float *a, const float *b)
{
    float lane[LANES] = {0}, sum = 0;
    for (int i = 0; i < HIDDEN; i += LANES)
        for (int k = 0; k < LANES; k++) lane[k] += a[i + k] * b[i + k];
    for (int k = 0; k < LANES; k++) sum += lane[k];
    return sum;
}

static inline void forward(const Net *net, const Doubt *d, Pass *p)
{
    float most = -INFINITY, sum = 0;
    memcpy(p->h, net->bias.v, sizeof p->h);
    for (int i = 0; i < INPUTS; i++)
        for (int k = 0; k < HIDDEN; k++) p->h[k] += p->x[i] * net->weights[i].v[k];
    for (int k = 0; k < HIDDEN; k++) p->h[k] = p->h[k] > 0 ? p->h[k] : 0;
    for (int c = 0; c < d->n; c++) {
        unsigned o = net->out_of[d->cand[c]];
        p->p[c] = net->share * d->logp[c] + net->out_bias[o][0] + product(net->out[o].v, p->h);
        if (p->p[c] > most) most = p->p[c];
    }
    for (int c = 0; c < d->n; c++) p->p[c] = (float)exp((double)(p->p[c] - most)), sum += p->p[c];
    for (int c = 0; c < d->n; c++) p->p[c] /= sum;
}

/* ---- backward ---- */

static inline void move(float *v, float *sum, float gradient, float rate)
{
    *sum += gradient * gradient;
    *v -= rate * gradient / sqrtf(*sum);
}

static inline void move_row(Row *r, const float *gradient, float rate)
{
    for (int k = 0; k < HIDDEN; k++) move(&r->v[k], &r->sum[k], gradient[k], rate);
}

static inline void move_word(WordVector *w, const float *gradient, float share, float rate)
{
    for (int i = 0; i < SIZE; i++) move(&w->v[i], &w->sum[i], share * gradient[i], rate);
}

static inline void end_batch(Net *net, float rate)
{
    for (int i = 0; i < INPUTS; i++) move_row(&net->weights[i], net->gradient[i], rate);
    move_row(&net->bias, net->gradient[INPUTS], rate);
    memset(net->gradient, 0, sizeof net->gradient);
    net->batch = 0;
}

WIDE static double learn_one(Net *net, const uint16_t *chosen, size_t n, const Doubt *d, float rate)
{
    Pass p;
    float dh[HIDDEN] = {0}, dx[INPUTS];
    look_around(net, chosen, n, d, &p);
    forward(net, d, &p);
    for (int c = 0; c < d->n; c++) {
        float g = p.p[c] - (c == d->truth), dv[HIDDEN];
        unsigned o = net->out_of[d->cand[c]];
        move(&net->share, &net->share_sum, g * d->logp[c], SHARE_RATE);
        if (!o) continue;
        for (int k = 0; k < HIDDEN; k++) dh[k] += g * net->out[o].v[k], dv[k] = g * p.h[k];
        move_row(&net->out[o], dv, rate);
        move(&net->out_bias[o][0], &net->out_bias[o][1], g, rate);
    }
    for (int k = 0; k < HIDDEN; k++) dh[k] = p.h[k] > 0 ? dh[k] : 0;
    for (int i = 0; i < INPUTS; i++) {
        dx[i] = product(net->weights[i].v, dh);
        for (int k = 0; k < HIDDEN; k++) net->gradient[i][k] += p.x[i] * dh[k];
    }
    for (int k = 0; k < HIDDEN; k++) net->gradient[INPUTS][k] += dh[k];
    for (int k = 0; k <= CONTEXT_OWN; k++) move_word(&net->word[p.vector[k]], dx + k * SIZE, 1, rate);
    for (int k = 0; k < p.beyonds; k++)
        move_word(&net->word[p.beyond[k]], dx + CONTEXT_BEYOND * SIZE, 1 / sqrtf((float)p.beyonds), rate);
    if (++net->batch == BATCH) end_batch(net, rate);
    return -log((double)p.p[d->truth] + 1e-9);
}

/* ---- the run ---- */

static size_t common_divisor(size_t a, size_t b)
{
    while (b) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Doubts far from each other follow each other: every so many-th, round and round. */
static size_t stride_of(size_t n)
{
    size_t stride = (size_t)((double)n * 0.6180339) + 1;
    while (common_divisor(n, stride) != 1) stride++;
    return stride;
}

static void net_learn(Net *net, const uint16_t *chosen, size_t n, const Doubts *doubts,
                      void (*report)(const char *what, double value))
{
    enum { REPORT = 1000000 };
    size_t total = doubts->n * (size_t)net->options.rounds, stride = doubts->n ? stride_of(doubts->n) : 0,
           at = 0;
    double loss = 0;
    for (size_t i = 0; i < total; i++, at = (at + stride) % doubts->n) {
        float left = 1 - 0.98f * (float)i / (float)total;
        loss += learn_one(net, chosen, n, &doubts->v[at], net->options.rate * left);
        if ((i + 1) % REPORT) continue;
        report("nats a million doubts", loss);
        loss = 0;
    }
}

/* ---- into the file ---- */

/* Numbers to bytes: `unit` of each column is what its largest number is in 127ths. */
static int8_t to_byte(float v, float unit)
{
    return (int8_t)lrintf(unit > 0 ? v / unit : 0);
}

static void fit_words(const Net *net, float unit[SIZE])
{
    for (int i = 0; i < SIZE; i++) {
        float most = 0;
        for (uint32_t w = 0; w < net->vectors; w++) most = fmaxf(most, fabsf(net->word[w].v[i]));
        unit[i] = most / 127;
    }
}

static void fit_outs(const Net *net, float unit[HIDDEN])
{
    for (int k = 0; k < HIDDEN; k++) {
        float most = 0;
        for (uint32_t o = 0; o < net->outs; o++) most = fmaxf(most, fabsf(net->out[o].v[k]));
        unit[k] = most / 127;
    }
}

/* The step of each unit: the most that its sum can be, over what 16 bits hold. */
static void fit_steps(const Net *net, float step[HIDDEN])
{
    enum { ROOM = 32000 };
    float bound[HIDDEN];
    for (int k = 0; k < HIDDEN; k++) bound[k] = fabsf(net->bias.v[k]);
    for (int place = 0; place < CONTEXT_PLACES; place++) {
        float most[HIDDEN] = {0}, times = place == CONTEXT_BEYOND ? sqrtf(BEYOND_MOST) : 1;
        for (uint32_t w = 0; w < net->vectors; w++) {
            float sum[HIDDEN] = {0};
            for (int i = 0; i < SIZE; i++)
                for (int k = 0; k < HIDDEN; k++)
                    sum[k] += net->word[w].v[i] * net->weights[place * SIZE + i].v[k];
            for (int k = 0; k < HIDDEN; k++) most[k] = fmaxf(most[k], fabsf(sum[k]));
        }
        for (int k = 0; k < HIDDEN; k++) bound[k] += times * most[k];
    }
    for (int k = 0; k < HIDDEN; k++) step[k] = bound[k] > 0 ? bound[k] / ROOM : 1;
}

static void put_numbers(const Net *net, const ContextLayout *l, char *data)
{
    float word_unit[SIZE], out_unit[HIDDEN], step[HIDDEN];
    int8_t *word = (int8_t *)(data + l->at[CONTEXT_WORD]), *out = (int8_t *)(data + l->at[CONTEXT_OUT]);
    float *weights = (void *)(data + l->at[CONTEXT_WEIGHTS]), *bias = (void *)(data + l->at[CONTEXT_BIAS]);
    float *worth = (void *)(data + l->at[CONTEXT_STEP]), *out_bias = (void *)(data + l->at[CONTEXT_OUT_BIAS]);
    fit_words(net, word_unit);
    fit_outs(net, out_unit);
    fit_steps(net, step);
    for (uint32_t w = 0; w < net->vectors; w++)
        for (int i = 0; i < SIZE; i++) *word++ = to_byte(net->word[w].v[i], word_unit[i]);
    for (int i = 0; i < INPUTS; i++)
        for (int k = 0; k < HIDDEN; k++) *weights++ = net->weights[i].v[k] * word_unit[i % SIZE] / step[k];
    for (int k = 0; k < HIDDEN; k++) bias[k] = net->bias.v[k] / step[k], worth[k] = step[k] * out_unit[k];
    for (uint32_t o = 0; o < net->outs; o++) {
        for (int k = 0; k < HIDDEN; k++) *out++ = to_byte(net->out[o].v[k], out_unit[k]);
        out_bias[o] = net->out_bias[o][0];
    }
}

static bool net_write(const Net *net, const LmHeader *lm, const char *path, Err *err)
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

bool net_train(const uint16_t *chosen, size_t n, const Doubts *doubts, const LmHeader *lm,
               const NetOptions *o, const char *path, void (*report)(const char *what, double value),
               Err *err)
{
    Net *net = net_new(chosen, n, doubts, lm->words, o);
    report("words with a vector", net->vectors);
    report("candidates with one", net->outs);
    net_learn(net, chosen, n, doubts, report);
    report("n-gram model's share, percent", 100 * (double)net->share);
    bool ok = net_write(net, lm, path, err);
    net_free(net);
    return ok;
}
