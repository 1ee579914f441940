/* All numbers are floats while they are trained. Two threads take half of every batch each.
 *
 * Example: the doubt "phòng [chạy cháy] và chữa". The forward pass gives cháy 0.3, and cháy is right. So the gradient is
 * +0.7 for chạy and -0.7 for cháy. Their vectors move along the hidden units. The weights of "phòng" one to the left
 * and of "chữa" two to the right move so that the units come nearer to cháy. So do the vectors of these words. */
#include "net_own.h"

#include "base/arena.h"
#include "base/real.h"
#include "base/wide.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum {
    HALVES = DENSE_HALVES,
    HALF = 64, /* examples of a half of a batch, after which all numbers move */
    BATCH = HALVES * HALF,
    LANES = 8,
};

static const float WORD_SPREAD = 0.3f, OUT_SPREAD = 0.02f; /* of the first random numbers */
static const float SHARE_RATE = 0.001f; /* one number that every doubt moves: slow, or it swings */
static const float LAST_RATE = 0.02f;   /* what is left of the rate at the end */
static const float DROPPED = 0.1f;      /* of the units, at each example */

/* ---- the beginning ---- */

/* xorshift64 (Marsaglia 2003): -1..1 */
static float random_number(void *state)
{
    uint64_t *x = state;
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return (float)((double)(*x >> 11) / 9007199254740992.0) * 2 - 1;
}

static int by_count(const void *a, const void *b)
{
    const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x < y) - (x > y);
}

/* 0 is a line's end, 1 all other words; the commonest have their own. */
static void choose_vectors(Net *net, const NetText *text, int most)
{
    uint64_t *count = xalloc((LM_NONE + 1) * sizeof *count);
    for (size_t i = 0; i < text->n; i++) count[text->chosen[i]]++;
    count[CONTEXT_BREAK] = 0;
    for (uint64_t w = 0; w <= LM_NONE; w++) count[w] = count[w] << 16 | w, net->vector_of[w] = 1;
    qsort(count, LM_NONE + 1, sizeof *count, by_count);
    net->vectors = 2;
    for (int i = 0; i < most && count[i] >> 16; i++)
        net->vector_of[count[i] & 0xFFFF] = (uint16_t)net->vectors++;
    net->vector_of[CONTEXT_BREAK] = 0;
    free(count);
}

static void choose_outs(Net *net, const Doubts *doubts, int least)
{
    uint32_t *count = xalloc((LM_NONE + 1) * sizeof *count);
    for (size_t i = 0; i < doubts->n; i++)
        for (int k = 0; k < doubts->v[i].of.n; k++) count[doubts->v[i].of.cand[k]]++;
    net->outs = 1;
    for (uint32_t w = 0; w < net->words; w++)
        if (count[w] >= (uint32_t)least) net->out_of[w] = (uint16_t)net->outs++;
    free(count);
}

static const uint64_t SEED = 88172645463325252u;

static Net *net_new(const NetText *text, uint32_t words, const NetOptions *o)
{
    Net *net = xalloc(sizeof *net);
    uint64_t random = SEED;
    net->words = words;
    net->share = net->share_sum = 1;
    choose_vectors(net, text, o->vectors);
    choose_outs(net, text->doubts, o->least);
    net->word = xalloc(net->vectors * sizeof *net->word);
    net->word_sum = xalloc(net->vectors * sizeof *net->word_sum);
    net->out = xalloc(net->outs * sizeof *net->out);
    net->out_sum = xalloc(net->outs * sizeof *net->out_sum);
    net->out_bias = xalloc(net->outs * sizeof *net->out_bias);
    for (uint32_t w = 0; w < net->vectors; w++) {
        for (int i = 0; i < SIZE; i++) net->word[w][i] = WORD_SPREAD * random_number(&random);
        net->word_sum[w] = 1;
    }
    dense_init(&net->layer, INPUTS, HIDDEN, 1 / sqrtf(INPUTS), BATCH, random_number, &random);
    for (uint32_t w = 0; w < net->outs; w++) {
        for (int k = 0; w && k < HIDDEN; k++) net->out[w][k] = OUT_SPREAD * random_number(&random);
        net->out_sum[w] = net->out_bias[w][1] = 1;
    }
    return net;
}

static void net_free(Net *net)
{
    free(net->word);
    free(net->word_sum);
    free(net->out);
    free(net->out_sum);
    free(net->out_bias);
    dense_release(&net->layer);
    free(net);
}

/* ---- forward ---- */

typedef struct Example {
    const Doubt *of;
    uint16_t vector[CONTEXT_OWN + 1];
    uint16_t beyond[BEYOND_MOST];
    int beyonds;
    float slope[CONTEXT_MOST]; /* of the loss, by each candidate's score */
} Example;

static inline float beyond_weight(const Example *e)
{
    return e->beyonds ? 1 / sqrtf((float)e->beyonds) : 0;
}

static inline void look_around(const Net *net, const NetText *text, size_t at, Example *e, float *x)
{
    float *beyond = x + CONTEXT_BEYOND * SIZE;
    for (size_t k = 0; k < 2 * CONTEXT_NEAR; k++) {
        size_t i = k < CONTEXT_NEAR ? at - (CONTEXT_NEAR - k) : at + (k - CONTEXT_NEAR) + 1; /* may wrap */
        e->vector[k] = i < text->n ? net->vector_of[text->chosen[i]] : 0;
    }
    e->vector[CONTEXT_OWN] = net->vector_of[e->of->cand[0]];
    for (int k = 0; k <= CONTEXT_OWN; k++) memcpy(x + k * SIZE, net->word[e->vector[k]], sizeof net->word[0]);
    e->beyonds = 0;
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR; k++) {
        size_t side[2] = {at - k, at + k};
        for (int s = 0; s < 2; s++)
            if (side[s] < text->n && net->vector_of[text->chosen[side[s]]] > 1)
                e->beyond[e->beyonds++] = net->vector_of[text->chosen[side[s]]];
    }
    memset(beyond, 0, SIZE * sizeof *beyond);
    for (int k = 0; k < e->beyonds; k++)
        for (int i = 0; i < SIZE; i++) beyond[i] += net->word[e->beyond[k]][i];
    for (int i = 0; i < SIZE; i++) beyond[i] *= beyond_weight(e);
}

static inline float product(const float *a, const float *b, int n)
{
    float lane[LANES] = {0}, sum = 0;
    for (int i = 0; i < n; i += LANES)
        for (int k = 0; k < LANES; k++) lane[k] += a[i + k] * b[i + k];
    for (int k = 0; k < LANES; k++) sum += lane[k];
    return sum;
}

/* The slopes, from the hidden units. Returns the loss, in nats. */
static inline double judge(const Net *net, const float *h, Example *e)
{
    const Doubt *d = e->of;
    float p[CONTEXT_MOST], most = -INFINITY, sum = 0;
    for (int c = 0; c < d->n; c++) {
        unsigned o = net->out_of[d->cand[c]];
        p[c] = net->share * d->logp[c] + net->out_bias[o][0] + product(net->out[o], h, HIDDEN);
        if (p[c] > most) most = p[c];
    }
    for (int c = 0; c < d->n; c++) p[c] = real_exp(p[c] - most), sum += p[c];
    for (int c = 0; c < d->n; c++) e->slope[c] = p[c] / sum - (c == d->truth);
    return -log((double)(p[d->truth] / sum) + 1e-9);
}

/* ---- a batch ---- */

typedef struct Batch {
    float x[BATCH][INPUTS], dx[BATCH][INPUTS], h[BATCH][HIDDEN], dh[BATCH][HIDDEN];
    Example example[BATCH];
} Batch;

/* Which example comes at a place of the order, and where it stands. */
typedef const Doubt *Pick(const NetText *text, size_t i, size_t *at);

typedef struct Course { /* from the first batch to the last */
    Batch batch;        /* first, for it begins on a cache's line */
    Net *net;
    const NetText *text;
    Pick *pick;
    size_t n, stride, batches;
    float rate;
    void (*report)(const char *what, double value);
    double loss[HALVES];
    uint64_t random[HALVES];
    pthread_barrier_t both;
} Course;

/* Dropout (Srivastava et al., JMLR 15 (2014), 1929): each example is judged without some of the units, chosen at random,
 * and the others are scaled up. So no single unit can learn an example by heart. */
static inline void drop_units(uint64_t *random, float *h)
{
    for (int k = 0; k < HIDDEN; k++)
        h[k] = random_number(random) < 2 * DROPPED - 1 ? 0 : h[k] / (1 - DROPPED);
}

static inline void slope_units(const Net *net, const Example *e, const float *h, float *dh)
{
    memset(dh, 0, HIDDEN * sizeof *dh);
    for (int c = 0; c < e->of->n; c++) {
        const float *out = net->out[net->out_of[e->of->cand[c]]];
        for (int k = 0; k < HIDDEN; k++) dh[k] += e->slope[c] * out[k];
    }
    for (int k = 0; k < HIDDEN; k++) dh[k] = h[k] > 0 ? dh[k] / (1 - DROPPED) : 0;
}

/* `next`: of the course's examples the one of this half that comes. */
WIDE static void learn_half(Course *c, int half, size_t next)
{
    Net *net = c->net;
    Batch *b = &c->batch;
    int from = half * HALF, to = from + HALF;
    for (int i = from; i < to; i++, next = (next + c->stride) % c->n) {
        size_t at;
        b->example[i].of = c->pick(c->text, next, &at);
        look_around(net, c->text, at, &b->example[i], b->x[i]);
    }
    dense_forward(&net->layer, b->x[from], b->h[from], HALF);
    for (int i = from; i < to; i++) {
        drop_units(&c->random[half], b->h[i]);
        c->loss[half] += judge(net, b->h[i], &b->example[i]);
        slope_units(net, &b->example[i], b->h[i], b->dh[i]);
    }
    dense_backward(&net->layer, half, b->x[from], b->dh[from], b->dx[from], HALF);
}

static inline void move(float *v, float *sum, const float *gradient, float times, int n, float rate)
{
    *sum += times * times * product(gradient, gradient, n) / (float)n;
    float step = rate * times / sqrtf(*sum);
    for (int i = 0; i < n; i++) v[i] -= step * gradient[i];
}

static inline void move_word(Net *net, unsigned vector, const float *dx, float times, float rate)
{
    move(net->word[vector], &net->word_sum[vector], dx, times, SIZE, rate);
}

/* Vectors whose number is even are the first half's, the others the second's. */
static inline void move_vectors(Net *net, int half, const Example *e, const float *dx, float rate)
{
    for (int k = 0; k <= CONTEXT_OWN; k++)
        if (e->vector[k] % HALVES == half) move_word(net, e->vector[k], dx + k * SIZE, 1, rate);
    for (int k = 0; k < e->beyonds; k++)
        if (e->beyond[k] % HALVES == half)
            move_word(net, e->beyond[k], dx + CONTEXT_BEYOND * SIZE, beyond_weight(e), rate);
}

static inline void move_outs(Net *net, int half, const Example *e, const float *h, float rate)
{
    for (int c = 0; c < e->of->n; c++) {
        unsigned o = net->out_of[e->of->cand[c]];
        if (!o || o % HALVES != (unsigned)half) continue;
        move(net->out[o], &net->out_sum[o], h, e->slope[c], HIDDEN, rate);
        net->out_bias[o][1] += e->slope[c] * e->slope[c];
        net->out_bias[o][0] -= rate * e->slope[c] / sqrtf(net->out_bias[o][1]);
    }
}

static inline void move_share(Net *net, const Example *e)
{
    for (int c = 0; c < e->of->n; c++) {
        float gradient = e->slope[c] * e->of->logp[c];
        net->share_sum += gradient * gradient;
        net->share -= SHARE_RATE * gradient / sqrtf(net->share_sum);
    }
}

WIDE static void move_half(Course *c, int half, float rate)
{
    Batch *b = &c->batch;
    dense_move(&c->net->layer, half, rate);
    for (int i = 0; i < BATCH; i++) {
        move_outs(c->net, half, &b->example[i], b->h[i], rate);
        move_vectors(c->net, half, &b->example[i], b->dx[i], rate);
        if (half == 0) move_share(c->net, &b->example[i]);
    }
}

/* ---- the run ---- */

typedef struct Runner {
    Course *course;
    int half;
} Runner;

static void tell(Course *c, size_t batch)
{
    enum { EVERY = 1000000 / BATCH };
    if (batch % EVERY != EVERY - 1) return;
    c->report("nats a million words", 1e6 / (EVERY * BATCH) * (c->loss[0] + c->loss[1]));
    c->loss[0] = c->loss[1] = 0;
}

static void *run_half(void *with)
{
    const Runner *r = with;
    Course *c = r->course;
    size_t next = (size_t)r->half * HALF * c->stride % c->n;
    for (size_t i = 0; i < c->batches; i++, next = (next + BATCH * c->stride) % c->n) {
        learn_half(c, r->half, next);
        pthread_barrier_wait(&c->both);
        move_half(c, r->half, c->rate * (1 - (1 - LAST_RATE) * (float)i / (float)c->batches));
        if (r->half == 0) tell(c, i);
        pthread_barrier_wait(&c->both);
    }
    return NULL;
}

static size_t common_divisor(size_t a, size_t b)
{
    while (b) {
        size_t rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

/* Words far from each other follow each other: every so many-th, round and round. */
static size_t stride_of(size_t n)
{
    size_t stride = (size_t)((double)n * 0.6180339) + 1;
    while (common_divisor(n, stride) != 1) stride++;
    return stride;
}

/* From `times` of n examples. */
static bool net_learn(Net *net, const NetText *text, Pick *pick, size_t n, size_t times, float rate,
                      void (*report)(const char *what, double value), Err *err)
{
    if (n == 0) return true;
    Course *c = xalloc_lines(sizeof *c);
    pthread_t other;
    c->net = net, c->text = text, c->pick = pick;
    c->n = n, c->stride = stride_of(n), c->batches = times / BATCH;
    c->rate = rate;
    c->report = report;
    for (int h = 0; h < HALVES; h++) c->random[h] = SEED + (uint64_t)h;
    Runner runner[HALVES] = {{c, 0}, {c, 1}};
    pthread_barrier_init(&c->both, NULL, HALVES);
    bool ok = pthread_create(&other, NULL, run_half, &runner[1]) == 0 ||
              err_set(err, DAU_INTERNAL, "cannot start a thread to learn with");
    if (ok) run_half(&runner[0]), pthread_join(other, NULL);
    pthread_barrier_destroy(&c->both);
    free(c);
    return ok;
}

static const Doubt *pick_guess(const NetText *text, size_t i, size_t *at)
{
    *at = text->guesses->at.v[i];
    return &text->guesses->as[text->guesses->row[*at]];
}

static const Doubt *pick_doubt(const NetText *text, size_t i, size_t *at)
{
    *at = text->doubts->v[i].at;
    return &text->doubts->v[i].of;
}

bool net_train(const NetText *text, const LmHeader *lm, const NetOptions *o, const char *path,
               void (*report)(const char *what, double value), Err *err)
{
    Net *net = net_new(text, lm->words, o);
    size_t any = text->guesses->at.n, doubts = text->doubts->n;
    report("words with a vector", net->vectors);
    report("candidates with one", net->outs);
    report("words with more than one reading", (double)any);
    bool ok = net_learn(net, text, pick_guess, any, any < o->any ? any : o->any, o->rate, report, err);
    net->share = net->share_sum = 1;
    ok = ok && net_learn(net, text, pick_doubt, doubts, doubts * (size_t)o->rounds, o->rate, report, err);
    report("n-gram model's share, percent", 100 * (double)net->share);
    ok = ok && net_write(net, lm, path, err);
    net_free(net);
    return ok;
}
