/* gazetteer: knows names of schools, administrative units and streets, and how likely a run of syllables is a name.
 *
 *     Gazetteer *g = gazetteer_open(&err);              the lists in dicts/
 *     gazetteer_score(g, "Lê Quý Đôn")                  -6.3, and -16.2 for "Quý Đôn Lê"
 *     gazetteer_lookup_district(g, "ha dong")           "Hà Đông"
 *     gazetteer_close(g);
 *
 * Names are compared by viet_key(): marks, case and punctuation do not count. So what an engine without Vietnamese read
 * can be looked up, too. Districts are compared with their marks where they have any. After opening, and after
 * gazetteer_add_schools(), it is only read. Every string that it returns is lent until gazetteer_close().
 */
#ifndef DAU_MODEL_GAZETTEER_H
#define DAU_MODEL_GAZETTEER_H

#include "base/arena.h"
#include "base/err.h"
#include "model/registry.h"

#include <stdbool.h>

typedef struct Gazetteer Gazetteer;

Gazetteer *gazetteer_open(Err *err); /* NULL on error; DAU_MISSING when a list is not there */
void gazetteer_close(Gazetteer *g);  /* NULL is allowed */
/* Adds the names of a user's registry, which rank above those of the lists. To be called before anything is asked. */
void gazetteer_add_schools(Gazetteer *g, const Registry *schools);

/* ---- names ---- */

/* Natural logarithm of the probability that a name drawn at random is this one. It mixes the share that the lists give
 * the name with a chain of syllables (bigrams with begin and end). Never -inf; "" and NULL give a very low one. */
double gazetteer_score(const Gazetteer *g, const char *name);

/* The weight of the name in the lists, marks aside; 0: they do not have it. */
int gazetteer_count(const Gazetteer *g, const char *name);

/* How the lists write a name. */
typedef struct Spelling {
    const char *name; /* "Tây Đằng", its tones in their old place; lent */
    int weight;       /* how often they have it, at most 20 times a row; a share of gazetteer_total() */
    /* Where one of the districts asked for has a ward, a school or a street so called: how many wards, schools, streets
     * that district has; else 0. */
    int wards, schools, streets;
    int apart; /* letters by which it differs from what was asked, marks and blanks aside */
    bool own;  /* of the user's registry */
} Spelling;

/* Writes names that differ from this one by at most `most` letters, marks, case and blanks aside. The nearest come first.
 * Equally near ones rank: those of the registry, then the districts' schools, wards and streets, then by weight. Returns
 * how many were written, at most `cap`. */
int gazetteer_near(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                   Spelling *out, int cap);
/* Writes all wards, communes and schools of the districts, however far they are from the name; `apart` is at most `most`.
 * Returns how many were written, at most `cap`. */
int gazetteer_wards(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                    Spelling *out, int cap);
/* Writes names that begin as `typed` does, marks, case and blanks aside ("nguyen tr": Nguyễn Trãi), the most frequent
 * first. Returns how many were written, at most `cap`. */
int gazetteer_complete(const Gazetteer *g, const char *typed, const char **out, int cap);
double gazetteer_total(const Gazetteer *g);
/* Whether every syllable, marks aside, occurs in some name. */
bool gazetteer_syllables(const Gazetteer *g, const char *name);
/* Whether the two are the same name. Case does not count, nor where the tone of oa, oe, uy is written; marks do. */
bool gazetteer_same(const char *a, const char *b);

/* ---- districts ---- */

/* How the lists write the bare name of a district (quận, huyện, thị xã, thành phố); NULL: there is none. They have one of
 * these marks ("Thanh Hóa"), or the answer is the nearest of these letters ("Thạnh Hóa"). */
const char *gazetteer_lookup_district(const Gazetteer *g, const char *name);
/* The same, but a district of these provinces comes before all others, whatever its marks; n 0: of any. *exact: the answer
 * has the name's marks. */
const char *gazetteer_district_among(const Gazetteer *g, const char *name, const char *const *provinces,
                                     int n, bool *exact);
/* Writes the provinces that have a district of this name. Returns how many were written, at most `cap`. */
int gazetteer_provinces(const Gazetteer *g, const char *district, const char **out, int cap);
/* The province of these marks; NULL: there is none. */
const char *gazetteer_lookup_province(const Gazetteer *g, const char *name);
/* A unit's letters as they are compared: "Krông Pắk" and "Krông Pắc" are one, "Plei Ku" and "Pleiku" are. In `a`. */
const char *gazetteer_fold(Arena *a, const char *name);

/* The last day on which there was a district of this name, "2025-06-30". NULL: it still exists, or never did. */
const char *gazetteer_district_until(const Gazetteer *g, const char *name);

/* The district with the most wards of these n names, if it has them for at least this share of the names; else NULL. A
 * name that is not listed is looked up without the letter, digit or Roman numeral at its end. */
const char *gazetteer_vote_district(const Gazetteer *g, const char *const *names, int n, double share);

/* Whether a district of that name has a ward or commune of this name. A name that is not listed is looked up without the
 * letter, digit or Roman numeral at its end ("Ba Trại A"). */
bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district);

/* ---- for tools ---- */

const char *gazetteer_name(const Gazetteer *g, size_t i); /* each of all names; NULL: there are no more */
int gazetteer_weight(const Gazetteer *g, size_t i);       /* how often the lists have it */

#endif
