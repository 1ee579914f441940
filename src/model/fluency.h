/* fluency: does this read like Vietnamese? For choosing among ways to read the same bytes, and for telling a
 * text layer that is right from one that an engine without Vietnamese left.
 *
 *     Fluent *f = fluent_open(&err);
 *     Fluency good = fluent_read(f, "Trường Mầm non Hoa Mai", n);      5 words, 5 known, 4 marked, -38 nats
 *     Fluency bad = fluent_read(f, "Trulmg M§m non Hoa Mai", n);       6 words, 3 known, 0 marked, -83 nats
 *     fluent_close(f);
 *
 * The language model's own probability of the text; a word it does not know is spelled out at the price of
 * its letters, so that texts of other lengths and cuts may be compared as long as they come from the same
 * bytes.
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
    int strange;  /* characters that are neither letter, digit, blank nor sign of ASCII */
    int known;    /* words that are Vietnamese syllables of the lexicon, or names and loan words in it */
    int sensible; /* letters in known words */
    int marked;   /* known words with a mark or tone */
    double logp;  /* nats, of all words and signs */
} Fluency;

/* Maps dicts/vi.lm, which all processes share. DAU_MISSING when it is not there. */
Fluent *fluent_open(Err *err);
void fluent_close(Fluent *f);                                     /* NULL is fine */
Fluency fluent_read(const Fluent *f, const char *text, size_t n); /* NFC; lines are read apart */
/* Whether it is Vietnamese as a person writes it, marks and all, and enough of it to tell: what OCR without
 * Vietnamese leaves is not, nor is another language. */
bool fluency_is_written(Fluency f);

#endif
