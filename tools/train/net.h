/* net: the network of model/context.h, and how it is learnt.
 *
 * Cross entropy over the candidates of each doubt, by stochastic gradient with a rate of its own for every
 * number (AdaGrad: Duchi, Hazan & Singer 2011) that falls to nothing over the run. One thread, one order, no
 * fused operations: the same doubts give the same numbers on any machine.
 */
#ifndef DAU_TRAIN_NET_H
#define DAU_TRAIN_NET_H

#include "doubt.h"

typedef struct NetOptions {
    int vectors; /* words with a vector of their own: the commonest */
    int least;   /* doubts in which a candidate must stand to have one */
    int rounds;  /* through all doubts */
    float rate;
} NetOptions;

/* Learns from what the n-gram model chose (n words and line ends) and where it doubted, and writes it for
 * that model: `lm` is its header. `report` is told how far it is. */
bool net_train(const uint16_t *chosen, size_t n, const Doubts *doubts, const LmHeader *lm,
               const NetOptions *o, const char *path, void (*report)(const char *what, double value),
               Err *err);

#endif
