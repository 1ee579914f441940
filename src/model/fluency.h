/* fluency: tells how much a text reads like Vietnamese.
 *
 * load chooses with it among ways to decode the same bytes. It also tells a good text layer from one that an engine
 * without Vietnamese left.
 *
 *     Fluent *f = fluent_open(&err);
 *     Fluency good = fluent_read(f, "Trường Mầm non Hoa Mai", n);      5 words, 5 known, 2 marked, -18 nats
 *     Fluency bad = fluent_read(f, "Trulmg M§m non Hoa Mai", n);       6 words, 5 known, 0 marked, -77 nats
 *     fluent_close(f);
 *
 * logp is the n-gram model's own logarithm of the text's probability. A word that the model does not know is spelled
 * out, at a price for each letter. So two readings may be compared although they differ in length and in where words
 * end, as long as they come from the same bytes.
 */
#ifndef DAU_MODEL_FLUENCY_H
#define DAU_MODEL_FLUENCY_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct Fluent Fluent;

typedef struct Fluency {
    int words;    /* runs of letters */
    int letters;  /* in them */
    int strange;  /* characters beyond ASCII that are not letters */
    int known;    /* words that the model knows: syllables, names, loan words */
    int sensible; /* letters in known words */
    int marked;   /* known words with a letter beyond ASCII, so with a mark or tone */
    double logp;  /* nats, of all words and signs */
} Fluency;

/* Maps dicts/vi.lm, which all processes share. NULL and DAU_MISSING when it is not there. The caller closes it; one
 * thread at a time may ask. */
Fluent *fluent_open(Err *err);
void fluent_close(Fluent *f);                                     /* NULL is allowed */
Fluency fluent_read(const Fluent *f, const char *text, size_t n); /* n bytes of NFC; each line by itself */
/* Whether it is Vietnamese as a person writes it, with marks: 8 words or more, 87 % of them known and 25 % marked. What
 * an engine without Vietnamese leaves is not, nor is another language. */
bool fluency_is_written(Fluency f);

#endif
