/* extract/prose/prose: private to extract/prose/. Schools named in running text, and what is said of them.
 *
 *     prose/mention.c  where schools are named
 *     prose/school.c   the schools, under whatever forms they are named
 *     prose/cue.c      words that tell of twinning, and those that take it back
 *     prose/sentence.c which schools a sentence says are twinned
 *     prose/prose.c    the text's sentences, letterheads and signatures
 *     prose/pair.c     all that is said of the same two becomes one pairing
 */
#ifndef DAU_EXTRACT_PROSE_PROSE_H
#define DAU_EXTRACT_PROSE_PROSE_H

#include "extract/text/body.h"

/* One place where a school is named. */
typedef struct Mention {
    int first, end; /* tokens, from "Trường" or "Công đoàn trường" to the district, if it is said */
    int name_first, name_end;
    PairKind kind;
    Level level;
    const char *name;     /* capitals throughout are written as a name is */
    const char *district; /* said with it, or behind the list it stands in; or NULL */
    float prob;           /* that its name was read right */
    bool listed;          /* one of "các trường A, B và C" */
    int school;           /* index in Schools.v; -1: what a school may be called, but is none */
} Mention;

/* A school of the document, under whatever forms it is named. */
typedef struct ProseSchool {
    Level level;
    PairKind kind;        /* of those in it: their union ... */
    const char *key;      /* viet_key() of its name, the longest form */
    const char *name;     /* the form read best and most often */
    const char *district; /* said most often, or by the letterhead; NULL */
    int best;             /* mention that shows it */
    int first, mentions;  /* where it is named: Schools.of[first .. first + mentions - 1] */
    float sure;           /* how well it was read where it is named first */
    float prob;           /* that name is right */
} ProseSchool;

typedef struct Schools {
    VEC(Mention) at;    /* in reading order */
    VEC(ProseSchool) v; /* in the order they are named first */
    VEC(int) of;        /* mentions, school by school */
} Schools;

/* Where schools are named; schools_find() calls it first, and says which are the same. */
void mentions_find(Schools *s, const Body *b);

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
    bool itself; /* the words tell by themselves, whatever the text is about */
    bool weak;   /* they say what twins do, and not twins alone */
    const char *rule;
    Date since, until, day; /* told in the sentence, or, the day, above the list */
} Relation;

typedef VEC(Relation) Relations;

/* How much a cue tells, from what twins do to the word itself. */
typedef enum CueKind { CUE_NONE, CUE_WEAK, CUE_JOINT, CUE_PAIR, CUE_TWIN } CueKind;

/* Does it count, or what takes it back? */
typedef enum CueState { CUE_COUNTS, CUE_DENIED, CUE_PLANNED, CUE_OTHER_KIND, CUE_ASKED } CueState;

typedef struct Cue {
    int first, end;
    CueKind kind;
    CueState state;
} Cue;

typedef struct Sentence {
    int first, end;        /* tokens */
    int mention, mentions; /* s->at.v */
} Sentence;

/* Why a sentence that speaks of twinning and names schools gives no pairing. */
typedef enum Unsaid {
    UNSAID_NOTHING, /* it gives one, or nobody would look for one */
    UNSAID_DENIED,
    UNSAID_PLANNED,
    UNSAID_ASKED,
    UNSAID_OTHER,   /* another agreement, or another deed stands between the schools */
    UNSAID_COUNTS,  /* "lần lượt", and not as many on either side */
    UNSAID_MANY,    /* too many together to tell who is whose */
    UNSAID_APART,   /* nothing joins the schools with the words of twinning */
    UNSAID_WATCHED, /* those named only attend */
    UNSAID_PARTNER, /* one school, "kết nghĩa với", and a name that is not a school's */
} Unsaid;

typedef struct UnsaidAt {
    Sentence t;
    Unsaid why;
} UnsaidAt;

typedef struct Prose {
    const Body *b;
    Schools s;
    Relations said;
    Map listed; /* pairings of found->v by their names: 1 + which */
    VEC(UnsaidAt) unsaid;
    Pairings *found;
    VEC(Cue) cues;               /* of the sentence, in order; some overlap */
    VEC(int) deeds;              /* tokens of the sentence where another deed of schools is named */
    Unsaid why;                  /* what kept the sentence from telling a pairing */
    int own;                     /* the school that speaks: the only issuer; -1 */
    int topic;                   /* the only school of the last sentence that names any; -1: several */
    int topic_mention, topic_at; /* its mention, and the sentence */
    Group two;                   /* the last two schools named together */
    int two_at;                  /* in which sentence */
    int sentence;
    bool about;           /* the text speaks of twinning */
    bool joint;           /* a kind of document that two sides make together */
    int title, title_end; /* its title's tokens */
    bool list;            /* lines of a list of pairs follow */
    bool went_on;         /* the sentence before told a pair and ended with ";" */
    Date list_date;       /* told above the list */
} Prose;

/* Fills cues and deeds of the sentence. */
void cues_find(Prose *p, const Sentence *t);
/* The first cue of that kind or a surer one that begins in [from, to) and counts; NULL: none. */
const Cue *cue_find(const Prose *p, int from, int to, CueKind least);
/* Does one there tell by itself? */
bool cue_twin(const Prose *p, int from, int to);
/* The last other deed in [from, to); -1: none. */
int deed_find(const Prose *p, int from, int to);
/* Do those before `end` only attend or watch ("dự", "chứng kiến")? */
bool cue_watched(const Prose *p, const Sentence *t, int first, int end);
/* Does what stands behind the schools take it back: "... đã chấm dứt"? */
bool cue_taken_back(const Prose *p, const Sentence *t, int end);
/* What takes the sentence's cues back; CUE_COUNTS: one counts, or there is none. */
CueState cue_worst(const Prose *p);

/* Adds what the sentence says to p->said, or why it says nothing to p->unsaid. */
void sentence_take(Prose *p, const Sentence *t);
/* x and y, indices of schools, are said to be twinned in tokens [first, end). */
void relation_say(Prose *p, int x, int y, int first, int end, float sure, const char *rule);

/* The date a sentence says it was signed on, when it says one that is not of another document. */
Date prose_date(const Body *b, int first, int end);

/* Pairings of all that was said, and findings of what was not. */
void prose_pair(Prose *p);

#endif
