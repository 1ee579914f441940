/* extract/prose/prose: private to extract_prose*.c. Schools named in running text, and what is said of them.
 *
 *     prose/school.c   the schools, under whatever forms they are named
 *     prose/cue.c      words that tell of twinning, and those that take it back
 *     prose/prose.c          sentences, letterheads, signatures: which schools are said to be twinned
 *     prose/pair.c     all that is said of the same two becomes one pairing
 */
#ifndef DAU_EXTRACT_PROSE_PROSE_H
#define DAU_EXTRACT_PROSE_PROSE_H

#include "extract/text/body.h"

/* One place where a school is named. */
typedef struct Mention {
    int first, end; /* tokens, from "Trường" to the district, if it is said */
    int name_first, name_end;
    Level level;
    const char *name;     /* capitals throughout are written as a name is */
    const char *district; /* said with it, or NULL */
    int school;           /* index in Schools.v */
} Mention;

/* A school of the document, under whatever forms it is named. */
typedef struct ProseSchool {
    Level level;
    const char *key;      /* viet_key() of its name, the longest form */
    const char *name;     /* the form read best and most often */
    const char *district; /* said most often, or by the letterhead; NULL */
    int best;             /* mention that shows it */
    int mentions;
    float sure; /* how well it was read where it is named first */
    float prob; /* that name is right */
} ProseSchool;

typedef struct Schools {
    VEC(Mention) at;    /* in reading order */
    VEC(ProseSchool) v; /* in the order they are named first */
} Schools;

void schools_find(Schools *s, const Body *b, const FactVec *facts);
void schools_release(Schools *s);

/* ---- what is said ---- */

typedef struct Group {
    int first, n; /* mentions: s->at.v[first .. first + n - 1] */
    int part; /* mentions before "với" or "và các trường": those after it are their partners; 0: none */
} Group;

typedef struct Relation {
    int x, y; /* schools */
    int first, end;
    float p;
    const char *rule;
    Date since, until, day; /* told in the sentence, or, the day, above the list */
} Relation;

typedef VEC(Relation) Relations;

typedef struct Prose {
    const Body *b;
    Schools s;
    Relations said;
    Pairings *found;
    int own;    /* the school that speaks: the only issuer; -1 */
    Group two;  /* the last two schools named together */
    int two_at; /* in which sentence */
    int sentence;
    bool about;           /* the text speaks of twinning */
    bool joint;           /* a kind of document that two sides make together */
    int title, title_end; /* its title's tokens */
    bool list;            /* lines of a list of pairs follow */
    Date list_date;       /* told above it */
} Prose;

/* Does a cue begin at i, in a sentence [from, end)? One past it; 0: none, or one that is denied, planned, or
 * of another kind. *twin: it tells by itself. */
int cue_at(const Prose *p, int i, int from, int end, bool *twin);
/* The first cue in [from, to); -1: none; *twin whether one there tells by itself. */
int cue_find(const Prose *p, int from, int to, int sentence, int end, bool *twin);
/* Do those before `end` only attend or watch ("dự", "chứng kiến")? */
bool cue_watched(const Body *b, int first, int end);
/* Why no cue of [from, end) counts, for a person; NULL: there is none, or one counts. */
const char *cue_denied(const Prose *p, int from, int end);

/* The date a sentence says it was signed on, when it says one that is not of another document. */
Date prose_date(const Body *b, int first, int end);

/* Pairings of all that was said. */
void prose_pair(Prose *p);

#endif
