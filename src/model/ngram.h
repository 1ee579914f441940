/* ngram: how likely a word is after the words before it: a back-off n-gram model, mapped read-only.
 *
 * Estimated by modified Kneser-Ney (Chen & Goodman 1999), pruned and quantised by tools/train; lm_file.h
 * tells the layout. A state is what the model remembers of the words so far.
 *
 *     Ngram lm;
 *     ngram_over(&lm, &file);
 *     NgramState s = ngram_begin(&lm), next[2];
 *     WordId ids[] = {dong, đông};                     (ascending, as they come from a lexicon_run)
 *     float logp[2];
 *     ngram_extend(&lm, &s, ids, 2, logp, next);       (ln P(id | s) and the state after each)
 */
#ifndef DAU_MODEL_NGRAM_H
#define DAU_MODEL_NGRAM_H

#include "model/lm_file.h"

typedef struct NgramState {
    int32_t at[LM_MOST_ORDER - 1]; /* at[k]: context of the last k + 1 words in level k + 1, or -1 */
} NgramState;

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
} Ngram;

void ngram_over(Ngram *m, const LmFile *file);

NgramState ngram_begin(const Ngram *m);
/* ids ascend strictly. logp[i] is the natural logarithm of P(ids[i] | state); next may be NULL. */
void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramState *next);
/* One word. */
float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next);
float ngram_unigram(const Ngram *m, uint16_t id);
bool ngram_state_equal(const NgramState *a, const NgramState *b);

#endif
