/* channel: learns how an OCR engine misreads, from true lines beside what it read.
 *
 *     Channel a;
 *     LinePairs pairs = {0};
 *     channel_add_pair(&pairs, "Kế hoạch", "Ké hoach");     (and many more)
 *     channel_init(&a);
 *     for (int i = 0; i < 6; i++) channel_round(&a, &pairs);
 *     channel_write(&a, 2, &b);                             the table that model/confuse.h reads
 *     channel_release(&a);
 *     channel_release_pairs(&pairs);
 *
 * A segment is one or two true characters read as none to three, or no true character read as one. Training is Viterbi
 * training: align each line with the present costs, count the segments, turn the counts into costs, and begin again.
 * tools/train makes the tables of dicts/ from drawn pages with it; confuse_learn() learns from what people corrected.
 * Costs are in nats. Nothing here fails.
 */
#ifndef DAU_MODEL_CHANNEL_H
#define DAU_MODEL_CHANNEL_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

typedef VEC(int32_t) Chars;

typedef struct LinePair {
    Chars truth, read;
} LinePair;

typedef VEC(LinePair) LinePairs;

typedef struct ChannelCount { /* private; a slot of an open hash */
    uint64_t key;             /* 0: empty */
    uint32_t now, next;
} ChannelCount;

typedef struct Channel {
    ChannelCount *v;
    size_t slots, used;
    uint16_t code[0x2000];
    int32_t letter[4096];
    int letters;
} Channel;

void channel_init(Channel *a);
void channel_release(Channel *a);
/* One round over all lines; returns the mean cost of a true character, in nats. A line that differs too much from its
 * reading to be aligned counts for nothing. */
double channel_round(Channel *a, const LinePairs *pairs);
/* Appends the table of model/confuse.h. It has the segments that were seen `least` times or more. Those of more than two
 * characters on both sides together must have been seen once more. */
void channel_write(const Channel *a, uint32_t least, Buf *out);

/* The run of words in `read` that is nearest to the name; in the arena. Of "Trudng MN Hda Son B oe" it is "Hda Son B"
 * for "Hòa Sơn B". NULL where every run differs in more than half of the name's letters. It looks at the first 40 words. */
const char *channel_part(Arena *a, const char *name, const char *read);
/* Appends a pair of UTF-8 texts, which are copied; channel_release_pairs() frees them all. */
void channel_add_pair(LinePairs *pairs, const char *truth, const char *read);
void channel_release_pairs(LinePairs *pairs);

#endif
