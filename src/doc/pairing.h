/* pairing: one school twinned with one school, and what that rests on.
 *
 *     for (size_t i = 0; i < found.v.n; i++) {
 *         const Pairing *p = &found.v.v[i];
 *         printf("%s %s - %s, page %d\n", level_code(p->level), p->school.name, p->partner.name, p->place.page);
 *     }                                                    "TH Nguyễn Du - Phú Lãm, page 4"
 *     pairings_release(&found);
 *
 * extract fills Pairings; they own their arena and every string of the pairings, findings and facts in it. Strings from
 * level_code() and level_words() are constants.
 */
#ifndef DAU_DOC_PAIRING_H
#define DAU_DOC_PAIRING_H

#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/document.h"
#include "doc/place.h"

#include <stdbool.h>
#include <stdint.h>

/* School levels, with the abbreviations the offices use. */
typedef enum Level {
    LEVEL_NONE,      /* not known */
    LEVEL_MN,        /* mầm non, mẫu giáo, nhà trẻ: nursery and kindergarten */
    LEVEL_TH,        /* tiểu học: primary */
    LEVEL_THCS,      /* trung học cơ sở: lower secondary */
    LEVEL_THPT,      /* trung học phổ thông: upper secondary */
    LEVEL_TH_THCS,   /* tiểu học và trung học cơ sở in one school */
    LEVEL_THCS_THPT, /* trung học cơ sở và trung học phổ thông */
    LEVEL_LIEN_CAP,  /* phổ thông nhiều cấp học, liên cấp */
    LEVEL_PTDTNT,    /* phổ thông dân tộc nội trú (and bán trú): boarding */
    LEVEL_GDNN_GDTX, /* giáo dục nghề nghiệp - giáo dục thường xuyên: continuing education */
    LEVEL_SPECIAL,   /* chuyên biệt: for disabled children, of any age */
    LEVELS
} Level;

const char *level_code(Level level);                  /* "MN"; "" for LEVEL_NONE */
bool level_from_code(const char *code, Level *level); /* as level_code() spells it, in any case */
const char *level_words(Level level);                 /* "mầm non" */

/* Who is twinned: the schools, or those in them: "CĐCS Trường Mầm non Hoa Mai", "Chi bộ trường TH Kim Liên". */
typedef enum PairKind {
    PAIR_SCHOOLS,
    PAIR_UNION,    /* công đoàn: the trade union */
    PAIR_PARTY,    /* chi bộ, đảng bộ: the party's cell */
    PAIR_YOUTH,    /* đoàn trường, chi đoàn: the youth union */
    PAIR_PIONEERS, /* liên đội: the pioneers */
    PAIR_KINDS
} PairKind;

const char *pair_kind_name(PairKind kind); /* "school", "union" */
bool pair_kind_from_name(const char *name, PairKind *kind);

/* The numeral at the end of a school's name, which tells it from its sister school: "Đồng Phú II", "Ba Trại A",
 * "An Mỹ 2", "Cổ Nhuế 2B". */
typedef enum NumeralKind {
    NUMERAL_NONE,
    NUMERAL_ROMAN,  /* I, II, IV */
    NUMERAL_LETTER, /* A to H */
    NUMERAL_DIGITS, /* 2, 12 */
    NUMERAL_BOTH    /* 2B */
} NumeralKind;

NumeralKind numeral_kind(const char *s, size_t n); /* of the word of n bytes in a string */
/* Bytes of a school's name without its numeral: of "Đồng Phú II" those of "Đồng Phú". */
size_t school_stem(const char *name);

typedef struct School {
    const char *name;     /* without the words of its level: "Hoa Mai" */
    const char *raw;      /* as the engine read it, whole */
    const char *district; /* "Hà Đông", or NULL when nothing says */
    const char *registry; /* id in the list of schools, or NULL */
    float prob;           /* 0..1, that name is right */
    Place place;
} School;

typedef struct Pairing {
    const char *no; /* ordinal as printed, or NULL */
    Level level;
    PairKind kind;
    School school, partner;
    float prob;        /* 0..1, that both names, the level and the joining are right */
    Place place;       /* the row or sentence both stand in */
    const char *rule;  /* why these two: "table 1 row 7", "row of text", "prose: giữa X và Y" */
    const char *flags; /* what a check found, words parted by blanks: "gap level-differs"; "" when nothing */
    const char *since; /* ISO 8601, a year, month or day: "2023-06"; NULL where nothing says */
    const char *until; /* the last one included; NULL */
    Place *mention;    /* where else it is said; `place` is not among them */
    int mentions;
    const char *why;     /* explained: lines of a topic, a tab and a sentence; else NULL */
    const char *factors; /* explained: what the probability is made of, "base=1 sure=3.2" */
} Pairing;

typedef VEC(Pairing) PairingVec;

/* What a check found, for a person to read: about a row, which then has a flag, or about the list. */
typedef struct Finding {
    const char *kind; /* the row's flag ("gap"), or "total", "passed-over" */
    const char *text; /* "numbers 13 and 14 are missing between 12 and 15", as phrase_keep() has it */
    Place place;      /* where to look */
} Finding;

typedef VEC(Finding) FindingVec;

/* What was found in one document: its pairings and what it says of itself; every string is in the arena. */
typedef struct Pairings {
    Arena arena;
    PairingVec v;
    FindingVec findings; /* in the order of the checks */
    FindingVec rejected; /* explained: rows and tables of which no pairing was made, and why */
    FactVec facts;
} Pairings;

void pairings_release(Pairings *p);
/* Adds another place where the document names the pairing; the array lies in `a`. */
void pairing_add_mention(Pairing *p, Arena *a, const Place *place);

/* ---- as text: TSV, three records a pairing, and more where it has a term, mentions or an explanation. It serves
 * goldens and the way from a worker to its parent. pairings_parse() reads into empty Pairings what pairings_dump()
 * wrote; DAU_BAD_INPUT names a line that cannot be read. What was rejected is not written. ---- */
void pairings_dump(const Pairings *p, Buf *out);
bool pairings_parse(const char *text, size_t len, Pairings *p, Err *err);

/* A pairing with its name in the database and the file it was read from. */
typedef struct Row {
    const char *id;   /* "3fa9c1d2e4b5-12": see store.h; NULL outside a database */
    const char *file; /* as given to the command that read it */
    Pairing pairing;
} Row;

#endif
