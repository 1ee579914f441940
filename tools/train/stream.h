/* stream: the training text as one long row of word numbers, and the vocabulary that they come from.
 *
 *     Stream s;
 *     Vocab v;
 *     stream_init(&s);
 *     source_lines(&held_out, folder, 1, stream_hold_out, &s, &err);
 *     source_lines(&train, folder, 1, stream_add, &s, &err);
 *     vocab_choose(&v, &s, 5, &err);
 *     uint16_t *row = vocab_row(&s, &n);
 *
 * Words are numbered as they are met, a name form apart from the plain word. vocab_choose() then keeps the words worth
 * knowing and renumbers them in the order of skeletons.
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
/* Two LineUses. The first holds a line out: no training line may share twelve words in a row with it. The second adds a
 * training line. */
void stream_hold_out(void *stream, const char *line, size_t n);
void stream_add(void *stream, const char *line, size_t n);
/* Adds a name by itself; its capitals are all those of a name. */
void stream_add_name(Stream *s, const char *name, int times);

/* ---- the vocabulary ---- */
typedef struct Vocab {
    Term *v; /* by id; 0 unknown, 1 begin, 2 end */
    uint32_t n;
    uint16_t *run_first, *run_end; /* by id: the run of its skeleton */
    uint16_t *skeleton_first;      /* by skeleton, and one more */
    uint32_t skeletons;
} Vocab;

/* Keeps the words counted `least` times or more that are not rare beside a more frequent word of the same skeleton. */
bool vocab_choose(Vocab *v, Stream *s, int least, Err *err);
/* The stream's row as ids, ROW_BREAK after each line; the caller frees it. */
uint16_t *vocab_row(const Stream *s, size_t *n);
void vocab_release(Vocab *v);
const char *vocab_text(const Stream *s, const Term *t);

#endif
