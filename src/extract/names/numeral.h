/* extract/names/numeral: private to extract/. What ends a school's name and tells it from its sister, read by an OCR
 * engine: the one place of extract that knows what engines make of "II", "A", "2". Before it, restore reads roman numerals
 * at the end of a line in restore/noisy_label.c.
 *
 *     Numbering list = {0};
 *     numbering_add(&list, "II");                       for the last word of each name of the list
 *     numeral_read("ll", &list)                         "II"
 *     numeral_read("!", &list)                          "I"; in a list that counts 1, 2, 3 it is "1"
 *
 * As written, a numeral is what numeral_kind() says (doc/pairing.h). What is read as one is kept as it is; what is
 * not is mended only where the engine's habits leave one answer.
 */
#ifndef DAU_EXTRACT_NAMES_NUMERAL_H
#define DAU_EXTRACT_NAMES_NUMERAL_H

#include "doc/pairing.h"
#include "extract/names/token.h"
#include "model/confuse.h"

/* How the names of a list, or of a document, are numbered: how many end in each. */
typedef struct Numbering {
    int names;     /* of any end */
    int one;       /* I */
    int first;     /* 1 */
    int roman;     /* II and on */
    int digits;    /* 2 to 9 */
    int letters;   /* A to G */
    unsigned ends; /* set of those that strokes are read for, and of none: private to numeral.c */
} Numbering;

void numbering_add(Numbering *n, const char *last_word);
bool numbering_is_arabic(const Numbering *n);  /* 1, 2, 3 rather than I, II, III */
const char *numbering_one(const Numbering *n); /* what the first of its sisters has: "1" or "I" */

/* Upright strokes that the word is made of ("I1", "lI", "1T", "Iï": two); 0 when it is made of anything else. */
int numeral_strokes(const char *s);
/* Is the token a numeral, as written or as engines read them ("1I", "lV")? */
bool numeral_is(const Tok *t);
/* The word at a name's end as the numeral that it is: two strokes are "II"; one stroke is what the first of its
 * sisters has. Others come back as they are. */
const char *numeral_read(const char *s, const Numbering *n);
/* "H" is "II", "HI" is "III" where the document's names have roman numerals rather than letters. NULL: it is not. */
const char *numeral_of_h(const char *s, const Numbering *document);
/* What may have been meant where the reading is not a numeral: "]", "l1", "JL". */
typedef struct NumeralGuess {
    const char *text; /* "II"; "": nothing, it was dirt; what was read, where that is likeliest */
    double prob;      /* 0..1, among all that may have been meant */
} NumeralGuess;

/* Is the word something that engines make of numerals, and not one as written? */
bool numeral_doubtful(const char *word);
/* The likeliest, by how the list is numbered, by what the other schools of the name have (`sisters`; NULL: not known), and
 * by what it costs that the engine read it so (`channel`; NULL: an engine with Vietnamese). `tail`: it stands apart from
 * the name, so that it may be dirt. `read` is lent to the answer. */
NumeralGuess numeral_guess(const char *read, bool tail, const Numbering *list, const Numbering *sisters,
                           const Confuse *channel);
/* A token inside a line whose numeral restoring took for a word ("F" for "II", "Á" for "A"): its text, mended. */
const char *numeral_restored(Arena *a, const Tok *t);
/* "Hưng Ï", of which restoring took the second word for a speck: is it the numeral? */
bool numeral_lost(const Tok *last);
/* "Trung ]", of which restoring took "]" for a speck: what was read there, where a numeral may have stood; NULL. */
const char *numeral_tail(const Tok *last);
/* "Mê Linh X_": a lone letter that schools are not told apart by, and that was read badly. */
bool numeral_is_stray(const Tok *t);
/* Of "Can HituA" the "A" that stands in one piece with "Cấn Hữu", of "HaLong1" the "1": where it begins in `read`;
 * 0: there is none. *sure: it cannot be part of the word. */
size_t numeral_glued(const char *read, bool roman, bool *sure);

#endif
