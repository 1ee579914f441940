/* stream: the training text as one long row of word numbers, and the vocabulary they come from.
 *
 * Words are numbered as they are met (a name form apart from the plain word); vocab_choose() then keeps the
 * words worth knowing and renumbers the row in skeleton order.
 */
#ifndef DAU_TRAIN_STREAM_H
#define DAU_TRAIN_STREAM_H

#include "corpus.h"

#include "base/vec.h"

#include <stdint.h>

typedef struct Term {
    uint32_t text, size; /* in Stream.text */
    uint64_t count;
    uint16_t id; /* after vocab_choose */
    uint8_t flags;
} Term;

typedef VEC(uint32_t) Numbers;

typedef struct Stream {
    VEC(char) text;
    VEC(Term) terms;
    uint32_t *slot, slots;                  /* hash: term + 1 */
    Numbers row;                            /* terms; STREAM_BREAK before and after each line */
    uint64_t *held, held_slots, held_grams; /* hashes of the held-out 12-grams */
    uint64_t *seen, seen_slots, seen_lines; /* hashes of whole lines */
    long lines, dropped_held, dropped_twice;
    uint64_t syllables;
} Stream;

#define STREAM_BREAK 0xFFFFFFFFu

enum { ROW_BREAK = 0xFFFF };

void stream_init(Stream *s);
void stream_release(Stream *s);
void stream_hold_out(void *stream, const char *line,
                     size_t n);                            /* a LineUse: its 12-grams may not be trained on */
void stream_add(void *stream, const char *line, size_t n); /* a LineUse */
/* A name by itself, all its capitals the name's. */
void stream_add_name(Stream *s, const char *name, int times);

/* ---- the vocabulary ---- */
typedef struct Vocab {
    Term *v; /* by id; 0 unknown, 1 begin, 2 end */
    uint32_t n;
    uint16_t *run_first, *run_end; /* by id: the run of its skeleton */
    uint16_t *skeleton_first;      /* by skeleton, and one more */
    uint32_t skeletons;
} Vocab;

/* Keeps words counted `least` times that are not rare beside a commoner word of the same skeleton. */
bool vocab_choose(Vocab *v, Stream *s, int least, Err *err);
/* The stream's row as ids, ROW_BREAK after each line; the caller's to free. */
uint16_t *vocab_row(const Stream *s, size_t *n);
void vocab_release(Vocab *v);
const char *vocab_text(const Stream *s, const Term *t);

#endif
