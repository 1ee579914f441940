/* restore/loss: what each word of a text may have lost. Private to restore.
 *
 *     LossModel m;
 *     loss_init(&m);
 *     loss_learn(&m, sights, n);                 (a sight a word, in reading order)
 *     loss_judge(&m, sights, n, states);         (what each word is by the words around it, itself left out)
 *     loss_cost(&m, &states[i], LOSS_FITS_BARE)  nats
 *
 * A word is in one of four states: it was kept, it is bare (all marks and tones are gone: "truong"), it is toneless (its
 * letters are right: "trương" for "trường"), or it is of another language. In a kept word one accident may have happened:
 * a mark or a tone is gone ("đóc" for "đốc"). Neighbours tend to be in the same state; how much so, and how common each
 * state is under small letters and capitals, is learnt from the text itself. Nothing here fails.
 */
#ifndef DAU_RESTORE_LOSS_H
#define DAU_RESTORE_LOSS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum LossState { LOSS_KEPT, LOSS_BARE, LOSS_TONELESS, LOSS_FOREIGN, LOSS_STATES } LossState;

/* From which states a reading may have become the raw word; bits. */
enum {
    LOSS_FITS_KEPT = 1,     /* it is the raw word */
    LOSS_FITS_BARE = 2,     /* the raw word is the reading without all of its marks and tones */
    LOSS_FITS_TONELESS = 4, /* ... without its tone */
    LOSS_FITS_CHIPPED = 8,  /* ... without one mark or one tone */
    LOSS_FITS_SOMEHOW = 16, /* the raw letters carry nothing that the reading has not */
};

/* How the reading may have become the raw word; 0 where the raw word carries a mark or tone that the reading has not, or
 * other letters. Both are keys (model/token.h). */
unsigned loss_fits(const char *raw, size_t n, const char *word, size_t m);

typedef enum LossCase { LOSS_SMALL, LOSS_CAPITAL, LOSS_CAPITALS, LOSS_CASES } LossCase;

/* A word as the model sees it: how likely the raw word is in each state, with no regard to its neighbours. Only the
 * proportions count. */
typedef struct LossSight {
    float seen[LOSS_STATES];
    float chipped;   /* after an accident, in state kept */
    uint8_t letters; /* LossCase */
    bool begins;     /* a line or a cell begins with it */
} LossSight;

typedef struct LossModel {
    float share[LOSS_CASES][LOSS_STATES]; /* of the states where the state changes; foreign has none */
    float stays[2]; /* probability that a word is in its neighbour's state; [1]: over a line's end */
    float chipped;  /* of the kept words, the share with an accident */
} LossModel;

/* Probabilities of a word's states; they add up to 1. */
typedef struct LossStates {
    float p[LOSS_STATES];
} LossStates;

void loss_init(LossModel *m); /* of a text of which nothing is known */
/* Learns the model from a text's words; some hundred words tell it well, with few it stays near what it was. */
void loss_learn(LossModel *m, const LossSight *sight, size_t n);
/* What each word is, judged by all words but itself. */
void loss_judge(const LossModel *m, const LossSight *sight, size_t n, LossStates *out);
/* Nats: -ln of the probability that a reading with these fits became the raw word. */
float loss_cost(const LossModel *m, const LossStates *s, unsigned fits);

#endif
