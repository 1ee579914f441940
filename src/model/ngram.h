/* ngram: how likely a word is after the words before it: a back-off n-gram model, mapped read-only.
 *
 * Estimated by modified Kneser-Ney (Chen & Goodman 1999), pruned and quantised by tools/train; lm_file.h
 * tells the layout. A state is what the model remembers of the words so far.
 *
 *     Ngram lm;
 *     ngram_over(&lm, &file);
 *     NgramState s = ngram_begin(&lm);
 *     NgramFresh next[2];
 *     WordId ids[] = {dong, đông};                     (ascending, as they come from a lexicon_run)
 *     float logp[2];
 *     ngram_extend(&lm, &s, ids, 2, logp, next);       (ln P(id | s), and what to settle)
 *     ngram_settle(&lm, &next[1]);                     (a state again)
 */
#ifndef DAU_MODEL_NGRAM_H
#define DAU_MODEL_NGRAM_H

#include "model/lm_file.h"

typedef struct NgramState {
    int32_t at[LM_MOST_ORDER - 1]; /* three; at[k]: context of the last k + 1 words in level k + 1, or -1 */
} NgramState;

/* A state before it is settled: at[k] is a gram instead of a context. Most are thrown away by the beam before
 * anyone needs their contexts. */
typedef NgramState NgramFresh;

typedef struct NgramLevel {
    uint32_t grams, contexts;
    const uint16_t *id;
    const uint8_t *prob, *backoff;
    const uint64_t *has;
    const uint32_t *rank, *child;
    const float *book;
} NgramLevel;

typedef struct Ngram {
    int order;
    NgramLevel level[LM_MOST_ORDER];
    uint16_t **jump; /* by context of level 1 whose successors are many: where among them each block of ids
                        begins; made when first asked */
} Ngram;

void ngram_over(Ngram *m, const LmFile *file); /* one thread at a time may ask: jump is filled on the way */
void ngram_release(Ngram *m);

NgramState ngram_begin(const Ngram *m);
/* ids ascend strictly. logp[i] is the natural logarithm of P(ids[i] | state); next may be NULL. */
void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramFresh *next);
/* The same in steps, for a search that asks many states for the same words: the file is far larger than the
 * caches, so each step asks for what the next one reads, and all states take a step before any takes the
 * next.
 *
 *     NgramWords w = {.n = 2, .id = {dong, đông}};     (ascending)
 *     ngram_words(&lm, &w);
 *     NgramSeek s;
 *     for (int step = 0; step < NGRAM_STEPS; step++) ngram_seek(&lm, &state, 0, w.id[0], &s, step);
 *     ngram_lower(&lm, &state, &w, &s, &lower);        (and so with ngram_upper, level ngram_top)
 *
 * States that differ only in their longest context (ngram_same_lower) share the lower part, which also tells
 * what to settle. The upper part tells the words that the longest context knows; the others have what the
 * lower part said, and what the seek `paid` besides. */
enum {
    NGRAM_MOST = 96,  /* words asked for at once */
    NGRAM_LANES = 8,  /* arrays of numbers are filled up to a multiple of this with -INFINITY */
    NGRAM_SPAN = 128, /* ids so near to each other are found by their distance */
    NGRAM_NOT = 0xFF,
    NGRAM_STEPS = 3,
};
typedef struct NgramWords { /* what is asked for */
    int n;
    unsigned span; /* last id - first id + 1 where that is at most NGRAM_SPAN, else 0 */
    uint16_t id[NGRAM_MOST];
    float unigram[NGRAM_MOST];
    uint8_t place[NGRAM_SPAN]; /* of first id + k among them, or NGRAM_NOT */
} NgramWords;
typedef struct NgramSeek { /* a place among the successors of a context */
    uint32_t at, to, end;  /* all 0 where there is no context */
    float paid;            /* by words that are not there */
    const uint16_t *jump;  /* where the word's block begins and ends, in the first step */
} NgramSeek;
typedef struct NgramLower {
    float logp[NGRAM_MOST];
    int32_t gram[LM_MOST_ORDER - 2][NGRAM_MOST]; /* in level 1 and up, or -1 */
} NgramLower;
typedef struct NgramFound {
    int32_t i; /* of the words */
    float logp;
    int32_t gram;
} NgramFound;
/* After id[0..n) is set, n <= NGRAM_MOST. */
void ngram_words(const Ngram *m, NgramWords *w);
void ngram_seek(const Ngram *m, const NgramState *state, int level, uint16_t first, NgramSeek *s, int step);
void ngram_lower(const Ngram *m, const NgramState *state, const NgramWords *w, const NgramSeek *s,
                 NgramLower *lower);
int ngram_upper(const Ngram *m, const NgramWords *w, const NgramSeek *s, NgramFound *found);
/* The state that word i leads to; settle it later, what that reads is on its way then. */
void ngram_fresh(const Ngram *m, const NgramWords *w, const NgramLower *lower, int i, NgramFresh *fresh);
void ngram_prefetch(const Ngram *m, const NgramState *state); /* what the first step reads */
void ngram_settle(const Ngram *m, NgramFresh *fresh);         /* makes it a state */
/* One word. */
float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next);
float ngram_unigram(const Ngram *m, uint16_t id);

/* The loops of the search: too small for calls. */
static inline int ngram_top(const Ngram *m) /* the level of the longest context */
{
    return m->order - 2;
}

static inline int ngram_lanes(int n)
{
    return (n + NGRAM_LANES - 1) / NGRAM_LANES * NGRAM_LANES;
}

static inline bool ngram_state_equal(const NgramState *a, const NgramState *b)
{
    return a->at[0] == b->at[0] && a->at[1] == b->at[1] && a->at[2] == b->at[2];
}

static inline bool ngram_same_lower(const Ngram *m, const NgramState *a, const NgramState *b)
{
    return (m->order < 3 || a->at[0] == b->at[0]) && (m->order < 4 || a->at[1] == b->at[1]);
}

#endif
