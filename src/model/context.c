/* The first layer is a sum over the words around. What a word adds at a place is always the same. So it is computed once
 * and kept in a cache, which holds the words that most text is made of.
 *
 * Example: "phòng chay và chữa chay", the first "chay". The words "phòng" at place 5, "và" at 6, "chữa" at 7 and "chay"
 * at 8 are added up; "chạy", so far the likeliest candidate, adds itself. The units that stay above zero speak for
 * "cháy". */
#include "model/context.h"

#include "base/arena.h"
#include "base/wide.h"

#ifdef AVX2
#include <immintrin.h>
#endif
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    KEPT_BITS = 13,
    KEPT = 1 << KEPT_BITS, /* places of the cache: 4 MB */
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
                           [CONTEXT_WEIGHTS] = CONTEXT_PLACES * PLACE_NUMBERS * sizeof(int16_t),
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
        return refuse(name, tr_later("it is not a context model of dau"), err);
    if (h->byte_order != LM_ORDER_MARK)
        return refuse(name, tr_later("it was made for another kind of machine"), err);
    if (h->version != CONTEXT_VERSION) return refuse(name, tr_later("it is of another version"), err);
    if (h->complete != LM_COMPLETE) return refuse(name, tr_later("its writing was not finished"), err);
    if (h->file_size != n) return refuse(name, tr_later("it is cut short or has grown"), err);
    if (h->header_sum != lm_sum(h, offsetof(ContextHeader, header_sum)) || !sizes_hold(h))
        return refuse(name, tr_later("its header is damaged"), err);
    if (h->model != lm->header->header_sum || h->words != lm->header->words)
        return refuse(name, tr_later("it was learnt for another language model"), err);
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

static inline int16_t in_steps(int32_t parts)
{
    int32_t steps = (parts + CONTEXT_PART_STEP / 2) / CONTEXT_PART_STEP;
    steps = steps > INT16_MIN ? steps : INT16_MIN;
    return (int16_t)(steps < INT16_MAX ? steps : INT16_MAX);
}

/* x times the weights of a place, in parts of steps. Unsigned: the sums of a bad file may overflow. */
static void multiply_plain(const int16_t *x, const int16_t *weights, int32_t *sum)
{
    uint32_t total[CONTEXT_HIDDEN] = {0};
    for (int i = 0; i < CONTEXT_SIZE; i += 2, weights += 2 * CONTEXT_HIDDEN)
        for (int k = 0; k < CONTEXT_HIDDEN; k++)
            total[k] += (uint32_t)(x[i] * weights[2 * k]) + (uint32_t)(x[i + 1] * weights[2 * k + 1]);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) sum[k] = (int32_t)total[k];
}

#ifdef AVX2
/* The same: two numbers times eight units' weights in one operation, for as many units as sums fit registers.
 */
AVX2 static void multiply_avx2(const int16_t *x, const int16_t *weights, int32_t *sum)
{
    enum { UNITS = 8, SUMS = 8 };
    for (int k = 0; k < CONTEXT_HIDDEN; k += UNITS * SUMS) {
        const int16_t *at = weights + 2 * k;
        __m256i total[SUMS];
        for (int j = 0; j < SUMS; j++) total[j] = _mm256_setzero_si256();
        for (int i = 0; i < CONTEXT_SIZE; i += 2, at += 2 * CONTEXT_HIDDEN) {
            int32_t pair;
            memcpy(&pair, x + i, sizeof pair);
            __m256i both = _mm256_set1_epi32(pair);
            for (int j = 0; j < SUMS; j++) {
                __m256i w = _mm256_loadu_si256((const void *)(at + 2 * UNITS * j));
                total[j] = _mm256_add_epi32(total[j], _mm256_madd_epi16(both, w));
            }
        }
        for (int j = 0; j < SUMS; j++) _mm256_storeu_si256((void *)(sum + k + UNITS * j), total[j]);
    }
}
#endif

static void multiply(const int16_t *x, const int16_t *weights, int32_t *sum)
{
#ifdef AVX2
    if (has_avx2()) {
        multiply_avx2(x, weights, sum);
        return;
    }
#endif
    multiply_plain(x, weights, sum);
}

static inline unsigned vector_of(const Context *c, WordId word)
{
    unsigned v = word < c->header->words ? c->vector_of[word] : word != CONTEXT_BREAK;
    return v < c->header->vectors ? v : 1;
}

static inline uint32_t kept_key(int place, unsigned vector)
{
    return (uint32_t)place << 16 | vector;
}

static inline uint32_t kept_at(uint32_t key)
{
    return (key * 0x9E3779B1u) >> (32 - KEPT_BITS);
}

/* What a word adds at a place. */
static inline const int16_t *word_units(Context *c, uint32_t key)
{
    uint32_t at = kept_at(key), place = key >> 16, vector = key & 0xFFFF;
    int16_t *units = c->cache->units[at], x[CONTEXT_SIZE];
    if (c->cache->key[at] == key + 1) return units;
    int32_t sum[CONTEXT_HIDDEN];
    for (int i = 0; i < CONTEXT_SIZE; i++) x[i] = c->word[vector * CONTEXT_SIZE + (unsigned)i];
    multiply(x, c->weights + place * PLACE_NUMBERS, sum);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = in_steps(sum[k]);
    c->cache->key[at] = key + 1;
    return units;
}

static inline void add_units(int16_t *units, const int16_t *more)
{
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = (int16_t)(units[k] + more[k]);
}

/* Fills place and vector of the words beside, and of the likeliest candidate. Their units are prefetched while the words
 * beyond are added up. */
static inline void reach_near(const Context *c, const WordId *row, size_t words, size_t at, WordId own,
                              uint32_t key[CONTEXT_OWN + 1])
{
    for (int place = 0; place < 2 * CONTEXT_NEAR; place++) {
        size_t off = (size_t)(place < CONTEXT_NEAR ? CONTEXT_NEAR - place : place - CONTEXT_NEAR + 1);
        size_t i = place < CONTEXT_NEAR ? (at >= off ? at - off : words) : at + off;
        key[place] = kept_key(place, i < words ? vector_of(c, row[i]) : 0);
    }
    key[CONTEXT_OWN] = kept_key(CONTEXT_OWN, vector_of(c, own));
    for (int place = 0; place <= CONTEXT_OWN; place++) {
        const char *units = (const char *)c->cache->units[kept_at(key[place])];
        __builtin_prefetch(&c->cache->key[kept_at(key[place])]);
        for (size_t i = 0; i < sizeof(Units); i += 64) __builtin_prefetch(units + i);
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
    int32_t sum[CONTEXT_HIDDEN];
    int n = 0;
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR && k <= at; k++)
        n += add_vector(c, row[at - k], total);
    for (size_t k = CONTEXT_NEAR + 1; k <= CONTEXT_FAR && at + k < words; k++)
        n += add_vector(c, row[at + k], total);
    if (!n) return;
    float times = 1 / (sqrtf((float)n) * CONTEXT_PART_STEP);
    multiply(total, c->weights + CONTEXT_BEYOND * PLACE_NUMBERS, sum);
    for (int k = 0; k < CONTEXT_HIDDEN; k++) units[k] = (int16_t)(units[k] + rounded((float)sum[k] * times));
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
    uint32_t key[CONTEXT_OWN + 1];
    reach_near(c, row, words, at, cand[0], key);
    add_beyond(c, row, words, at, units);
    for (int place = 0; place <= CONTEXT_OWN; place++) add_units(units, word_units(c, key[place]));
    for (int k = 0; k < CONTEXT_HIDDEN; k++) h[k] = c->step[k] * (float)(units[k] > 0 ? units[k] : 0);
    for (int i = 0; i < n; i++) {
        unsigned out = out_of(c, cand[i]);
        logp[i] =
            c->header->share * logp[i] + c->out_bias[out] + times(c->out + (size_t)out * CONTEXT_HIDDEN, h);
    }
}
