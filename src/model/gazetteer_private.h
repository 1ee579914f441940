/* gazetteer_private: private to model/gazetteer*.c. What the lists hold, once they are open.
 *
 *     gazetteer.c            the lists; a name's probability
 *     gazetteer_chain.c      what follows what in names
 *     gazetteer_district.c   districts: their spelling, their years
 *     gazetteer_near.c       names near to what was read; names of a district
 */
#ifndef DAU_MODEL_GAZETTEER_PRIVATE_H
#define DAU_MODEL_GAZETTEER_PRIVATE_H

#include "base/align.h"
#include "base/arena.h"
#include "base/file.h"
#include "base/map.h"
#include "base/vec.h"
#include "model/gazetteer.h"

#include <stdint.h>

/* What is called so in a district. */
typedef enum HomeKind { HOME_WARD, HOME_SCHOOL, HOME_STREET, HOME_KINDS, HOME_NONE = HOME_KINDS } HomeKind;

/* A line of a list. */
typedef struct NameRow {
    const char *letters;  /* its key without blanks; rows are in this order */
    const char *name;     /* tones in their old place */
    uint32_t has;         /* a bit for each of a-z in letters */
    int len;              /* of letters */
    int weight, district; /* district: -1: none */
    HomeKind kind;
    bool street, own; /* own: of the user's registry */
} NameRow;

/* A name as it is written. */
typedef struct GazetteerForm {
    const char *name, *letters;
    uint32_t has; /* a bit for each of a-z in letters */
    int len;      /* of letters */
    int weight;
    bool own;
    int home, homes; /* g->homes */
} GazetteerForm;

typedef struct Home {
    int district, form;
    HomeKind kind;
} Home;

typedef struct District {
    const char *name, *province;
    const char *fold;      /* gazetteer_fold() of the name */
    const char *until;     /* its last day, ISO 8601; NULL: it is still there */
    int named[HOME_KINDS]; /* wards, schools, streets */
    int first, homes;      /* g->by_district: its homes */
} District;

/* Pairs of syllables in the order of bytes, "tay TAB dang TAB 12", searched where they lie. */
typedef struct NameChain {
    FileMap map;
    Map own; /* of the user's registry, added to the file's */
    double names, syllables;
} NameChain;

struct Gazetteer {
    Arena a;
    VEC(NameRow) rows;
    VEC(GazetteerForm) forms; /* in the order of letters */
    VEC(Home) homes;          /* in the order of forms */
    int *by_district;         /* indices of homes, by district */
    VEC(District) districts;
    int *folded;     /* indices of districts, in the order of fold */
    Map district_at; /* "district TAB province": index + 1 */
    double total;    /* weight of all forms */
    NameChain chain;
};

/* Letters and digits of a key into out (of DISTANCE_MOST); returns how many. */
int key_letters(const char *key, char *out, uint32_t *has);
/* The forms of these letters: index of the first, *n how many. */
int forms_of(const Gazetteer *g, const char *letters, int *n);

bool chain_open(NameChain *c, Err *err);
void chain_add(NameChain *c, const char *key, int weight); /* a name of the user's */
double chain_score(const NameChain *c, char *key);         /* natural logarithm; takes the key apart */
bool chain_has(const NameChain *c, const char *syllable);
void chain_close(NameChain *c);

int district_note(Gazetteer *g, const char *where); /* "district TAB province"; -1 for "TAB" */
void districts_order(Gazetteer *g);
/* Those that the name may be, into out: of its marks where one has them, else all of its letters. */
int districts_named(const Gazetteer *g, const char *name, int *out, int cap);

#endif
