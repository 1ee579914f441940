/* net_own: the network while it is trained. Private to net.c and net_file.c. */
#ifndef DAU_TRAIN_NET_OWN_H
#define DAU_TRAIN_NET_OWN_H

#include "dense.h"
#include "net.h"

enum {
    SIZE = CONTEXT_SIZE,
    HIDDEN = CONTEXT_HIDDEN,
    INPUTS = CONTEXT_PLACES * SIZE,
    BEYOND_MOST = 2 * (CONTEXT_FAR - CONTEXT_NEAR),
};

typedef struct Net {
    uint32_t words, vectors, outs;
    uint16_t vector_of[LM_NONE + 1], out_of[LM_NONE + 1];
    float (*word)[SIZE], *word_sum; /* a vector, and the sum of the mean squares of its gradients */
    float (*out)[HIDDEN], *out_sum;
    float (*out_bias)[2]; /* and its sum */
    float share, share_sum;
    Dense layer;
} Net;

/* Writes dicts/vi.ctx; false with DAU_FILE_ACCESS. */
bool net_write(const Net *net, const LmHeader *lm, const char *path, Err *err);

#endif
