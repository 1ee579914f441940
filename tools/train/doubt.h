/* doubt: the words of the training text that an n-gram model leaves in doubt.
 *
 * A model is too sure of text it was trained on; so each of DOUBT_FOLDS parts of the text is read by a model
 * trained on the others (jack-knife), and what is learnt from its doubts holds for text that is new.
 */
#ifndef DAU_TRAIN_DOUBT_H
#define DAU_TRAIN_DOUBT_H

#include "base/vec.h"
#include "model/context.h"

typedef struct Doubt { /* a word's candidates, the likeliest first, and which of them is right */
    uint8_t n, truth;
    WordId cand[CONTEXT_MOST];
    float logp[CONTEXT_MOST];
} Doubt;

typedef struct DoubtAt {
    uint32_t at; /* of the row */
    Doubt of;
} DoubtAt;

typedef VEC(DoubtAt) Doubts;

/* Words of the row whose marks could be others, each with the candidates of its commonness: the same wherever
 * the word stands. */
typedef struct Guesses {
    const uint16_t *row;
    VEC(uint32_t) at; /* of the row */
    Doubt *as;        /* by the id of the right word; n 0 where nothing else is likely */
} Guesses;

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

/* Words where a sentence begins are left out. `row` must outlive them. */
void guesses_find(Guesses *g, const uint16_t *row, size_t n, const LmFile *lm);
void guesses_release(Guesses *g);

#endif
