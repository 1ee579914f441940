/* doubt: the words of the training text that an n-gram model leaves in doubt.
 *
 * A model is too sure of text it was trained on; so each of DOUBT_FOLDS parts of the text is read by a model
 * trained on the others (jack-knife), and what is learnt from its doubts holds for text that is new.
 */
#ifndef DAU_TRAIN_DOUBT_H
#define DAU_TRAIN_DOUBT_H

#include "base/vec.h"
#include "model/context.h"

typedef struct Doubt {
    uint32_t at; /* of the row */
    uint8_t n, truth;
    WordId cand[CONTEXT_MOST]; /* the likeliest first */
    float logp[CONTEXT_MOST];
} Doubt;

typedef VEC(Doubt) Doubts;

enum { DOUBT_FOLDS = 4, DOUBT_BLOCK = 200 /* lines that go to one fold together */ };

/* The part of line `line` (from 0) of the row. */
static inline long doubt_fold(long line)
{
    return line / DOUBT_BLOCK % DOUBT_FOLDS;
}

/* Reads every line of a fold as if it were stripped, with a model that was not trained on it. `row` holds ids
 * and CONTEXT_BREAK at the ends of lines; what the model chose goes to the same places of `chosen`, the words
 * it left in doubt, where the right one is among its candidates, to `out`. */
void doubts_find(const uint16_t *row, size_t n, int fold, const LmFile *lm, uint16_t *chosen, Doubts *out);

#endif
