/* grams: counts n-grams, smooths their probabilities, and decides which are worth keeping.
 *
 *     Grams g;
 *     grams_count(&g, row, n, vocab.n, 3);
 *     grams_smooth(&g);
 *     grams_prune(&g, &vocab, &options);
 *     grams_back_off(&g);
 *     grams_lay_out(&g, &vocab, &stream, &out);             (the bytes of dicts/vi.lm)
 *     grams_release(&g);
 *
 * A k-gram is a 64-bit key of k ids of 16 bits, the first word highest. Each level is sorted, so that the successors of a
 * context lie together: child[i]..child[i + 1] in the next level.
 */
#ifndef DAU_TRAIN_GRAMS_H
#define DAU_TRAIN_GRAMS_H

#include "stream.h"

#include "base/str.h"

enum { GRAMS_MOST = 4 };

typedef struct Level {
    size_t n;
    uint64_t *key;
    uint32_t *count; /* highest order: how often; below: after how many different words (Kneser-Ney) */
    uint32_t *raw;   /* how often */
    float *prob;     /* P(last word | the words before), interpolated */
    float *gamma;    /* probability left for the lower order, after this gram as a context */
    uint32_t *child; /* n + 1 */
    uint8_t *keep;
} Level;

typedef struct Grams {
    int order;
    Level level[GRAMS_MOST];
    uint32_t words;
} Grams;

/* Counts the grams of a row of n ids and ROW_BREAKs (vocab_row()). grams_smooth() then estimates interpolated modified
 * Kneser-Ney. */
void grams_count(Grams *g, const uint16_t *row, size_t n, uint32_t words, int order);
void grams_smooth(Grams *g);
void grams_release(Grams *g);

/* P(w[n-1] | w[0..n-2]) by the whole model, n <= order. */
double grams_prob(const Grams *g, const uint16_t *w, int n);
/* Index of the n-gram in its level, or -1. */
long grams_find(const Grams *g, const uint16_t *w, int n);

/* What a gram must be worth to be kept; prune.c explains the measure. */
typedef struct PruneOptions {
    double cost[GRAMS_MOST];    /* nats over the training text that a gram must be worth, by level */
    uint32_t least[GRAMS_MOST]; /* how often it must have been seen */
    double any;                 /* share of the plain likelihood in the cost */
} PruneOptions;
/* Sets `keep` of every gram. A gram that a kept longer one needs stays. */
void grams_prune(Grams *g, const Vocab *v, const PruneOptions *o);
/* Computes the back-off weights of what was kept: (1 - sum of kept p) / (1 - sum of their lower-order p). */
void grams_back_off(Grams *g);
/* P by the model as it will be read, with the kept grams only. */
double grams_kept_prob(const Grams *g, const uint16_t *w, int n);

/* Appends the bytes of dicts/vi.lm (model/lm_file.h) to out. */
void grams_lay_out(const Grams *g, const Vocab *v, const Stream *s, Buf *out);

#endif
