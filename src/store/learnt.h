/* learnt: what corrections taught, kept in the database and lent to the next run as files beside it.
 *
 *     learnt_collect(store, &arena, &lessons, &err);          names people confirmed and no lesson has yet
 *     learnt_add(store, LEARNT_SCHOOL, &lessons, lesson, &err);
 *     learnt_write(store, "plans.db", &err);                  plans.db-schools.tsv, plans.db-words.tsv
 *
 * A school becomes an entry of a registry (model/registry.h), a word one of a dictionary (dau restore
 * --dict).
 */
#ifndef DAU_STORE_LEARNT_H
#define DAU_STORE_LEARNT_H

#include "base/arena.h"
#include "base/vec.h"
#include "store/store.h"

typedef enum LearntKind { LEARNT_SCHOOL, LEARNT_WORD, LEARNT_KINDS } LearntKind;
const char *learnt_kind_name(LearntKind kind); /* "school" */

typedef struct Learnt {
    const char *name, *district; /* district: NULL, nothing says */
    int times;
    LearntKind kind; /* when loaded */
    int lesson;      /* when loaded */
} Learnt;

typedef VEC(Learnt) Lessons;

/* The names of rows that people accepted, corrected or added, without the number at their end. */
bool learnt_collect(Store *s, Arena *a, Lessons *out, Err *err);
/* What stands, oldest first. */
bool learnt_load(Store *s, Arena *a, Lessons *out, Err *err);
/* Those that are new under this kind, as one lesson; returns how many. */
int learnt_add(Store *s, LearntKind kind, const Lessons *l, int lesson, Err *err);
int learnt_next_lesson(Store *s, Err *err);
/* Takes the last lesson back; how many entries it had, 0: there is none. */
int learnt_undo(Store *s, Err *err);

/* The file of a kind beside the database; in a. */
const char *learnt_path(Arena *a, const char *database, LearntKind kind);
/* Both files as the table stands; a kind without entries has no file. */
bool learnt_write(Store *s, const char *database, Err *err);

/* The rows that people confirmed, to measure with: of one document after the other. */
typedef struct Confirmed {
    int64_t doc;
    const char *level, *school, *partner;
} Confirmed;
typedef VEC(Confirmed) ConfirmedVec;
bool learnt_confirmed(Store *s, Arena *a, ConfirmedVec *out, Err *err);

#endif
