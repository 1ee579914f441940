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
 *     s = ngram_settle(&lm, &next[1]);
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
    uint16_t **jump; /* by context of level 1: where each 256 ids begin among its successors; made when first
                        asked */
    int jumps;       /* entries of one */
} Ngram;

void ngram_over(Ngram *m, const LmFile *file); /* one thread at a time may ask: jump is filled on the way */
void ngram_release(Ngram *m);

/* Fetches into the cache what will be read when `id` is asked for: stage 0 for all states, then 1. */
void ngram_prefetch(const Ngram *m, const NgramState *state, uint16_t id, int stage);

NgramState ngram_begin(const Ngram *m);
/* ids ascend strictly. logp[i] is the natural logarithm of P(ids[i] | state); next may be NULL. */
void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramFresh *next);
/* The same in steps, for states that differ only in their longest context (ngram_same_lower): the lower step,
 * which also tells what to settle, is done once for all of them. `unigram` holds ngram_unigram of each id.
 * The upper step tells the candidates that the longest context knows; the others have what the lower step
 * said, and `paid` besides. n <= NGRAM_MOST. */
enum { NGRAM_MOST = 96 };
typedef struct NgramFound {
    int32_t i; /* of ids */
    float logp;
} NgramFound;
void ngram_lower(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, const float *unigram,
                 float *logp, NgramFresh *next);
int ngram_upper(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *paid,
                NgramFound *found);
NgramState ngram_settle(const Ngram *m, const NgramFresh *fresh);
/* One word. */
float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next);
float ngram_unigram(const Ngram *m, uint16_t id);

/* The loops of the search: too small for calls. */
static inline bool ngram_state_equal(const NgramState *a, const NgramState *b)
{
    return a->at[0] == b->at[0] && a->at[1] == b->at[1] && a->at[2] == b->at[2];
}

static inline bool ngram_same_lower(const Ngram *m, const NgramState *a, const NgramState *b)
{
    return (m->order < 3 || a->at[0] == b->at[0]) && (m->order < 4 || a->at[1] == b->at[1]);
}

#endif
