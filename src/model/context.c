/* The first layer is a sum over the words around, and what a word adds at a place is always the same: it is
 * counted once and kept, for the words that most text is made of.
 *
 * Example: "phòng chay và chữa chay": for the first "chay" the words "phòng" at place 5, "và" at 6, "chữa" at
 * 7 and "chay" at 8 are added up, with what "chạy", so far the likeliest, adds itself; units left above zero
 * speak for "cháy". */
#include "model/context.h"

#include "base/arena.h"
#include "base/wide.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEPT = 16384, /* places of the cache: 4 MB */
    PLACE_NUMBERS = CONTEXT_SIZE * CONTEXT_HIDDEN,
};

typedef int16_t Units[CONTEXT_HIDDEN];

struct ContextCache {
    uint32_t key[KEPT]; /* place and vector, and 1; 0 empty */
    Units units[KEPT];
};

/* ---- the file ---- */

ContextLayout context_layout(const ContextHeader *h)
{
    ContextLayout l = {.size = {
                           [CONTEXT_VECTOR_OF] = h->words * sizeof(uint16_t),
                           [CONTEXT_OUT_OF] = h->words * sizeof(uint16_t),
                           [CONTEXT_WORD] = (size_t)h->vectors * CONTEXT_SIZE,
                           [CONTEXT_WEIGHTS] = CONTEXT_PLACES * PLACE_NUMBERS * sizeof(float),
                           [CONTEXT_BIAS] = CONTEXT_HIDDEN * sizeof(float),
                           [CONTEXT_STEP] = CONTEXT_HIDDEN * sizeof(float),
                           [CONTEXT_OUT] = (size_t)h->outs * CONTEXT_HIDDEN,
                           [CONTEXT_OUT_BIAS] = h->outs * sizeof(float),
                       }};
    size_t at = sizeof *h;
    for (int i = 0; i < CONTEXT_PARTS; i++) {
        l.at[i] = (at + 63) / 64 * 64;
        at = l.at[i] + l.size[i];
    }
    l.file_size = at;
    return l;
}

static bool refuse(const char *name, const char *why, Err *err)
{
    return err_set(err, DAU_MISSING,
                   "cannot use the context model '%s': %s; run 'make models' or fetch it anew", name, why);
}

static bool sizes_hold(const ContextHeader *h)
{
    return h->near == CONTEXT_NEAR && h->far == CONTEXT_FAR && h->size == CONTEXT_SIZE &&
           h->hidden == CONTEXT_HIDDEN && h->words <= LM_NONE && h->vectors >= 2 && h->vectors <= LM_NONE &&
           h->outs >= 1 && h->outs <= LM_NONE && context_layout(h).file_size == h->file_size;
}

static void find_parts(Context *c)
{
    ContextLayout l = context_layout(c->header);
    const char *data = (const char *)c->header;
    c->vector_of = (const void *)(data + l.at[CONTEXT_VECTOR_OF]);
    c->out_of = (const void *)(data + l.at[CONTEXT_OUT_OF]);
    c->word = (const void *)(data + l.at[CONTEXT_WORD]);
    c->weights = (const void *)(data + l.at[CONTEXT_WEIGHTS]);
    c->bias = (const void *)(data + l.at[CONTEXT_BIAS]);
    c->step = (const void *)(data + l.at[CONTEXT_STEP]);
    c->out = (const void *)(data + l.at[CONTEXT_OUT]);
    c->out_bias = (const void *)(data + l.at[CONTEXT_OUT_BIAS]);
}

bool context_over(Context *c, const void *data, size_t n, const char *name, const LmFile *lm, Err *err)
{
    const ContextHeader *h = data;
    *c = (Context){.map = {data, n}};
    if (err_is(err)) return false;
    if (n < sizeof *h || memcmp(h->magic, CONTEXT_MAGIC, sizeof h->magic) != 0)
        return refuse(name, "it is no context model of dau", err);
    if (h->byte_order != LM_ORDER_MARK) return refuse(name, "it was made for another kind of machine", err);
    if (h->version != CONTEXT_VERSION) return refuse(name, "it is of another version", err);
    if (h->complete != LM_COMPLETE) return refuse(name, "its writing was not finished", err);
    if (h->file_size != n) return refuse(name, "it is cut short or has grown", err);
    if (h->header_sum != lm_sum(h, offsetof(ContextHeader, header_sum)) || !sizes_hold(h))
        return refuse(name, "its header is damaged", err);
    if (h->model != lm->header->header_sum || h->words != lm->header->words)
        return refuse(name, "it was learnt for another language model", err);
    c->header = h;
    find_parts(c);
    c->cache = xalloc(sizeof *c->cache);
    return true;
}

bool context_open(Context *c, const char *path, const LmFile *lm, Err *err)
{
    FileMap map;
    *c = (Context){0};
    if (!file_map(path, &map, err)) {
        err->code = DAU_MISSING;
        return false;
    }
    if (context_over(c, map.data, map.size, path, lm, err)) return true;
    file_unmap(&map);
    *c = (Context){0};
    return false;
}

bool context_verify(const Context *c, Err *err)
{
    const ContextHeader *h = c->header;
    if (err_is(err)) return false;
    if (lm_sum((const char *)h + sizeof *h, h->file_size - sizeof *h) == h->body_sum) return true;
    return err_set(err, DAU_MISSING, "the context model is damaged: its checksum is another; fetch it anew");
}

void context_close(Context *c)
{
    free(c->cache);
    file_unmap(&c->map);
    *c = (Context){0};
}

/* ---- the first layer ---- */

/* What a good file holds is within these; a bad one must do no harm. */
static const float LEAST_SUM = -32767, MOST_SUM = 32767;

static inline int16_t rounded(float x)
{
    x = x > LEAST_SUM ? x : LEAST_SUM;
    x = x < MOST_SUM ? x : MOST_SUM;
    return (int16_t)((int32_t)(x + 32768.5f) - 32768);
}

static inline void multiply(const float *x, const float *weights, float *sum)
{
    memset(sum, 0, CONTEXT_HIDDEN * sizeof *sum);
    for (int i = 0; i < CONTEXT_SIZE; i++, weights += CONTEXT_HIDDEN)
        for (int k = 0; k < CONTEXT_HIDDEN; k++) sum[k] += x[i] * weights[k];
}

static inline unsigned vector_of(const Context *c, WordId word)
{
    unsigned v = word < c->header->words ? c->vector_of[word] : word != CONTEXT_BREAK;
    return v < c->header->vectors ? v : 1;
}

/* What a word adds at a place. */
static inline const int16_t *word_units(Context *c, int place, unsigned vector)
{
    uint32_t key = (uint32_t)place << 16 | vector, at = (key * 0x9E3779B1u) >> 18;
    int16_t *units = c->cache->units[at];
    if (c->cache->key[at] == key + 1) return units;
    float x[CONTEXT_SIZE], sum[CONTEXT_HIDDEN];
    for (int i = 0; i < CONTEXT_SIZE; i++) x[i] = c->word[vector * CONTEXT_SIZE + (unsigned)i];
    multiply(x, c->weights + place * PLACE_NUMBERS, sum);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = rounded(sum[k]);
    c->cache->key[at] = key + 1;
    return units;
}

static inline void add_units(int16_t *units, const int16_t *more)
{
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = (int16_t)(units[k] + more[k]);
}

static inline void add_near(Context *c, const WordId *row, size_t words, size_t at, int16_t *units)
{
    for (int place = 0; place < 2 * CONTEXT_NEAR; place++) {
        size_t off = (size_t)(place < CONTEXT_NEAR ? CONTEXT_NEAR - place : place - CONTEXT_NEAR + 1);
        size_t i = place < CONTEXT_NEAR ? (at >= off ? at - off : words) : at + off;
        add_units(units, word_units(c, place, i < words ? vector_of(c, row[i]) : 0));
    }
}

/* Line ends and unknown words count for nothing here. */
static inline int add_vector(const Context *c, WordId word, int16_t *sum)
{
    unsigned v = vector_of(c, word);
    if (v < 2) return 0;
    for (int i = 0; i < CONTEXT_SIZE; i++)
        sum[i] = (int16_t)(sum[i] + c->word[v * CONTEXT_SIZE + (unsigned)i]);
    return 1;
}

static inline void add_beyond(const Context *c, const WordId *row, size_t words, size_t at, int16_t *units)
{
    int16_t total[CONTEXT_SIZE] = {0};
    float x[CONTEXT_SIZE], sum[CONTEXT_HIDDEN];
    int n = 0;
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR && k <= at; k++)
        n += add_vector(c, row[at - k], total);
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR && at + k < words; k++)
        n += add_vector(c, row[at + k], total);
    if (!n) return;
    float root = sqrtf((float)n);
    for (int i = 0; i < CONTEXT_SIZE; i++) x[i] = (float)total[i] / root;
    multiply(x, c->weights + CONTEXT_BEYOND * PLACE_NUMBERS, sum);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = (int16_t)(units[k] + rounded(sum[k]));
}

/* ---- the second ---- */

void context_offer(ContextDoubt *d, int32_t cand, float p)
{
    if (p < CONTEXT_LEAST || (d->n == CONTEXT_MOST && p <= d->p[d->n - 1])) return;
    int k = d->n < CONTEXT_MOST ? d->n++ : CONTEXT_MOST - 1;
    for (; k > 0 && d->p[k - 1] < p; k--) d->p[k] = d->p[k - 1], d->cand[k] = d->cand[k - 1];
    d->p[k] = p, d->cand[k] = cand;
}

static inline unsigned out_of(const Context *c, WordId word)
{
    unsigned out = word < c->header->words ? c->out_of[word] : 0;
    return out < c->header->outs ? out : 0;
}

enum { LANES = 8 };

static inline float times(const int8_t *out, const float *h)
{
    float lane[LANES] = {0}, sum = 0;
    for (int i = 0; i < CONTEXT_HIDDEN; i += LANES)
        for (int k = 0; k < LANES; k++) lane[k] += (float)out[i + k] * h[i + k];
    for (int k = 0; k < LANES; k++) sum += lane[k];
    return sum;
}

WIDE void context_judge(Context *c, const WordId *row, size_t words, size_t at, const WordId *cand,
                        float *logp, int n)
{
    Units units;
    float h[CONTEXT_HIDDEN];
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = rounded(c->bias[k]);
    add_near(c, row, words, at, units);
    add_units(units, word_units(c, CONTEXT_OWN, vector_of(c, cand[0])));
    add_beyond(c, row, words, at, units);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) h[k] = units[k] > 0 ? c->step[k] * units[k] : 0;
    for (int i = 0; i < n; i++) {
        unsigned out = out_of(c, cand[i]);
        logp[i] =
            c->header->share * logp[i] + c->out_bias[out] + times(c->out + (size_t)out * CONTEXT_HIDDEN, h);
    }
}
