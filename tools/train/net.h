/* net: trains the network of model/context.h.
 *
 *     NetText text = {.chosen = chosen, .n = n, .guesses = &guesses, .doubts = &doubts};
 *     net_train(&text, lm_header, &options, "dicts/vi.ctx", report, &err);
 *
 * The loss is the cross entropy over a word's candidates. It is lowered by stochastic gradient descent. Every weight and
 * every vector has a learning rate of its own (AdaGrad: Duchi, Hazan and Singer, JMLR 12 (2011), 2121), which falls to
 * nothing over the run.
 *
 * First any word of the text is guessed from its candidates by frequency, because co-occurrence needs more text than the
 * doubtful words provide. Then come the doubts of the n-gram model. There are two threads, one order and no fused
 * operations: the same text gives the same numbers.
 */
#ifndef DAU_TRAIN_NET_H
#define DAU_TRAIN_NET_H

#include "doubt.h"

typedef struct NetOptions {
    int vectors; /* how many words have a vector of their own: the most frequent */
    int least;   /* in how many doubts a candidate must stand to have one */
    size_t any;  /* how many words of any kind are guessed first */
    int rounds;  /* through all doubts */
    float rate;
} NetOptions;

/* What the network is trained on: n words and line ends, as the n-gram model chose them. */
typedef struct NetText {
    const uint16_t *chosen;
    size_t n;
    const Guesses *guesses;
    const Doubts *doubts;
} NetText;

/* Trains the network and writes it for the language model with the header `lm`. `report` is told how far it is. False
 * with DAU_FILE_ACCESS when it cannot be written. */
bool net_train(const NetText *text, const LmHeader *lm, const NetOptions *o, const char *path,
               void (*report)(const char *what, double value), Err *err);

#endif
