/* align: true lines against what an engine read, and how often which segment became which.
 *
 * A segment pair is 0-2 true characters read as 0-3; a line is a row of them. Viterbi training: align with
 * the present costs, count, take the counts for costs, again.
 */
#ifndef DAU_TRAIN_ALIGN_H
#define DAU_TRAIN_ALIGN_H

#include "base/str.h"
#include "base/vec.h"

#include <stdint.h>

typedef VEC(int32_t) Chars;

typedef struct LinePair {
    Chars truth, read;
} LinePair;

typedef VEC(LinePair) LinePairs;

typedef struct Count { /* a slot of an open hash */
    uint64_t key;      /* 0: empty */
    uint32_t now, next;
} Count;

typedef struct Align {
    Count *v;
    size_t slots, used;
    uint16_t code[0x2000];
    int32_t letter[4096];
    int letters;
} Align;

void align_init(Align *a);
void align_release(Align *a);
/* One round over all lines; returns the mean cost of a true character. */
double align_round(Align *a, const LinePairs *pairs);
/* The table of model/confuse.h. */
void align_write(const Align *a, const LinePairs *pairs, uint32_t least, Buf *out);

/* Pairs the lines of a page's truth with those of its reading, in order; lines too unlike stay alone. */
void pair_lines(const char *truth, const char *read, LinePairs *out);

#endif
