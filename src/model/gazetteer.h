/* gazetteer: names of schools, administrative units and streets, and how likely a run of syllables is a name.
 *
 *     Gazetteer *g = gazetteer_open(&err);              schools.tsv, units.tsv, streets.tsv of dicts/
 *     gazetteer_score(g, "Lê Quý Đôn")   >   gazetteer_score(g, "Quý Đôn Lê")
 *     gazetteer_lookup_district(g, "ha dong")           "Hà Đông"
 *     gazetteer_close(g);
 *
 * Everything is compared by viet_key(): marks, case and punctuation do not count, so that what an engine
 * without Vietnamese read can be asked for too. Read-only after opening.
 */
#ifndef DAU_MODEL_GAZETTEER_H
#define DAU_MODEL_GAZETTEER_H

#include "base/err.h"

#include <stdbool.h>

typedef struct Gazetteer Gazetteer;

Gazetteer *gazetteer_open(Err *err); /* NULL on error; DAU_MISSING when dicts/ is not there */
void gazetteer_close(Gazetteer *g);  /* NULL is fine */

/* Natural logarithm of the probability that a name, drawn at random, is this one: the list's share and a
 * chain of syllables (bigrams with begin and end), mixed. Never -inf. "" and NULL give a very low one. */
double gazetteer_score(const Gazetteer *g, const char *name);

/* How often the lists have exactly this name; 0: not at all. */
int gazetteer_count(const Gazetteer *g, const char *name);

/* How the lists write a name. */
typedef struct Spelling {
    const char *name; /* "Tây Đằng"; lent */
    int weight;       /* how often */
    bool here;        /* it is a ward or commune of the district asked for */
} Spelling;

/* Spellings that differ from the name in nothing but marks and case, likeliest first: those of a ward of the
 * district (may be NULL), then by weight. Where the lists have none, a letter, digit or roman number at the
 * name's end ("Tây Đằng B") is passed over. Returns how many, at most `most`; *words: of how many of the
 * name's words they are the spelling. */
int gazetteer_spellings(const Gazetteer *g, const char *name, const char *district, Spelling *out, int most,
                        int *words);
/* Is it the same name? Case and where the tone sits in oa, oe, uy do not count, marks do. */
bool gazetteer_same(const char *a, const char *b);

/* The right spelling of a district's (quận, huyện, thị xã, thành phố) bare name, or NULL; lent. */
const char *gazetteer_lookup_district(const Gazetteer *g, const char *name);

/* Is there a ward or commune of this name in a district of that name? A letter, digit or roman number at the
 * name's end ("Ba Trại A") is passed over. */
bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district);

#endif
