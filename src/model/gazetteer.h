/* gazetteer: names of schools, administrative units and streets, and how likely a run of syllables is a name.
 *
 *     Gazetteer *g = gazetteer_open(&err);              the lists in dicts/
 *     gazetteer_score(g, "Lê Quý Đôn")   >   gazetteer_score(g, "Quý Đôn Lê")
 *     gazetteer_lookup_district(g, "ha dong")           "Hà Đông"
 *     gazetteer_close(g);
 *
 * Names are compared by viet_key(): marks, case and punctuation do not count, so that what an engine without
 * Vietnamese read can be asked for too. Districts are compared with their marks where they have any. Read-only after
 * opening.
 */
#ifndef DAU_MODEL_GAZETTEER_H
#define DAU_MODEL_GAZETTEER_H

#include "base/arena.h"
#include "base/err.h"
#include "model/registry.h"

#include <stdbool.h>

typedef struct Gazetteer Gazetteer;

Gazetteer *gazetteer_open(Err *err); /* NULL on error; DAU_MISSING when dicts/ is not there */
void gazetteer_close(Gazetteer *g);  /* NULL is fine */
/* The names of a user's registry rank above those of the lists. Before anything is asked. */
void gazetteer_add_schools(Gazetteer *g, const Registry *schools);

/* Natural logarithm of the probability that a name, drawn at random, is this one: the list's share and a
 * chain of syllables (bigrams with begin and end), mixed. Never -inf. "" and NULL give a very low one. */
double gazetteer_score(const Gazetteer *g, const char *name);

/* How often the lists have exactly this name; 0: not at all. */
int gazetteer_count(const Gazetteer *g, const char *name);

/* How the lists write a name. */
typedef struct Spelling {
    const char *name; /* "Tây Đằng", tones in their old place; lent */
    int weight;       /* how often they have it, of gazetteer_total() */
    /* Where it is one of a district that is asked for: how many of them that district has; else 0. */
    int wards, schools, streets;
    int apart;        /* letters by which it differs from what was asked, marks and blanks aside */
    bool own;         /* of the user's registry */
} Spelling;

/* Names that differ from this one in marks, case, blanks and at most `most` letters, the nearest first, then
 * those of the registry, then the districts' schools, their wards and communes, their streets, then by weight.
 * Returns how many, at most `cap`. */
int gazetteer_near(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                   Spelling *out, int cap);
/* The wards, communes and schools of the districts, however far they are from the name; `apart` is no more than
 * `most`. Returns how many, at most `cap`. */
int gazetteer_wards(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                    Spelling *out, int cap);
/* Names that begin as `typed` does, marks, case and blanks aside ("nguyen tr": Nguyễn Trãi), the most
 * frequent first. Returns how many, at most `cap`; lent. */
int gazetteer_complete(const Gazetteer *g, const char *typed, const char **out, int cap);
double gazetteer_total(const Gazetteer *g);
/* Is every syllable, marks aside, one that names have? */
bool gazetteer_syllables(const Gazetteer *g, const char *name);
/* The district that has wards of these names: more of them than any other, and of at least this share. NULL:
 * none. A letter, digit or roman number at a name's end is passed over. */
const char *gazetteer_vote_district(const Gazetteer *g, const char *const *names, int n, double share);
/* Is it the same name? Case and where the tone sits in oa, oe, uy do not count, marks do. */
bool gazetteer_same(const char *a, const char *b);

/* ---- districts ---- */

/* The right spelling of a district's (quận, huyện, thị xã, thành phố) bare name, or NULL; lent. One of these marks
 * ("Thanh Hóa") where there is one, else the nearest of these letters. */
const char *gazetteer_lookup_district(const Gazetteer *g, const char *name);
/* The same; one of the provinces before others. *exact: it has these marks. */
const char *gazetteer_district_among(const Gazetteer *g, const char *name, const char *const *provinces, int n,
                                     bool *exact);
/* The provinces that have a district of this name. Returns how many, at most `cap`; lent. */
int gazetteer_provinces(const Gazetteer *g, const char *district, const char **out, int cap);
const char *gazetteer_lookup_province(const Gazetteer *g, const char *name); /* of these marks, or NULL; lent */
/* A district's letters as they are compared: "Krông Pắk" and "Krông Pắc" are one, "Plei Ku" and "Pleiku" are. */
const char *gazetteer_fold(Arena *a, const char *name);

/* The last day on which there was a district of this name, "2025-06-30"; NULL: it is still there, or was
 * never; lent. */
const char *gazetteer_district_until(const Gazetteer *g, const char *name);

/* Is there a ward or commune of this name in a district of that name? A letter, digit or roman number at the
 * name's end ("Ba Trại A") is passed over. */
bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district);

/* ---- for tools ---- */

const char *gazetteer_name(const Gazetteer *g, size_t i); /* of all names; NULL: there are no more; lent */
int gazetteer_weight(const Gazetteer *g, size_t i);       /* how often the lists have it */

#endif
