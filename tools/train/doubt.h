/* doubt: finds the words of the training text that an n-gram model leaves in doubt.
 *
 *     Doubts found = {0};
 *     for (int fold = 0; fold < DOUBT_FOLDS; fold++)
 *         doubts_find(row, n, fold, &model_without_it[fold], chosen, &found);
 *     vec_release(&found);
 *
 * A model is too sure of text that it was trained on. So the text is cut into DOUBT_FOLDS parts, and each is read by a
 * model that was trained on the others (cross-validation). What is learnt from its doubts then holds for new text.
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

/* Words of the row that could have other marks, with their candidates by frequency alone. They are the same wherever the
 * word stands. */
typedef struct Guesses {
    const uint16_t *row;
    VEC(uint32_t) at; /* of the row */
    Doubt *as;        /* by the id of the right word; n 0 where nothing else is likely */
} Guesses;

enum { DOUBT_FOLDS = 4, DOUBT_BLOCK = 200 /* lines that go to one fold together */ };

/* The fold of line `line` (from 0) of the row. */
static inline long doubt_fold(long line)
{
    return line / DOUBT_BLOCK % DOUBT_FOLDS;
}

/* Restores every line of a fold as if its marks were gone, with a model that was not trained on it. `row` holds ids, and
 * CONTEXT_BREAK at line ends. What the model chose goes to the same places of `chosen`. The words that it left in doubt
 * are appended to `out`, where the right one is among the candidates. */
void doubts_find(const uint16_t *row, size_t n, int fold, const LmFile *lm, uint16_t *chosen, Doubts *out);

/* Words at the beginning of a sentence are left out. `row` must outlive g. */
void guesses_find(Guesses *g, const uint16_t *row, size_t n, const LmFile *lm);
void guesses_release(Guesses *g);

#endif
