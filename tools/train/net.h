/* net: the network of model/context.h, and how it is learnt.
 *
 * Cross entropy over a word's candidates, by stochastic gradient with rates of their own (AdaGrad: Duchi,
 * Hazan & Singer 2011), one for every weight and one for every vector, that fall to nothing over the run.
 * First any word of the text is guessed, its candidates known by their commonness alone: what words go
 * together takes more text to learn than stands in doubt. Then the n-gram model's doubts. Two threads, one
 * order, no fused operations: the same text gives the same numbers.
 */
#ifndef DAU_TRAIN_NET_H
#define DAU_TRAIN_NET_H

#include "doubt.h"

typedef struct NetOptions {
    int vectors; /* words with a vector of their own: the commonest */
    int least;   /* doubts in which a candidate must stand to have one */
    size_t any;  /* words of any kind that are guessed first */
    int rounds;  /* through all doubts */
    float rate;
} NetOptions;

/* What is learnt from: n words and line ends, as the n-gram model chose them. */
typedef struct NetText {
    const uint16_t *chosen;
    size_t n;
    const Guesses *guesses;
    const Doubts *doubts;
} NetText;

/* Writes what is learnt for the language model whose header is `lm`. `report` is told how far it is. */
bool net_train(const NetText *text, const LmHeader *lm, const NetOptions *o, const char *path,
               void (*report)(const char *what, double value), Err *err);

#endif
