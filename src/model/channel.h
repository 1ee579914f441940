/* channel: true lines against what an engine read, and how often which segment became which.
 *
 *     Channel a;
 *     channel_init(&a);
 *     for (int i = 0; i < 6; i++) channel_round(&a, &pairs);
 *     channel_write(&a, 2, &b);                             the table that model/confuse.h reads
 *     channel_release(&a);
 *
 * A segment pair is 0-2 true characters read as 0-3; a line is a row of them. Viterbi training: align with
 * the present costs, count, take the counts for costs, again. On drawn pages it makes the tables of dicts/
 * (tools/train), on what people corrected it makes what is added to them (confuse_learn).
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

typedef struct ChannelCount { /* a slot of an open hash */
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
/* One round over all lines; returns the mean cost of a true character. */
double channel_round(Channel *a, const LinePairs *pairs);
/* The table of model/confuse.h, of the pairs that were seen `least` times or more. */
void channel_write(const Channel *a, uint32_t least, Buf *out);

/* The run of words in `read` that is the likest to the name ("Trudng MN Hda Son B oe" for "Hòa Sơn B": "Hda
 * Son B"), in a; NULL: none is like it. */
const char *channel_part(Arena *a, const char *name, const char *read);
/* Adds a pair of such texts. */
void channel_add_pair(LinePairs *pairs, const char *truth, const char *read);
void channel_release_pairs(LinePairs *pairs);

#endif
