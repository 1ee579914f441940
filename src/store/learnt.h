/* store/learnt: keeps what corrections taught in the database, and writes it as files beside it for the next run.
 *
 *     Lessons lessons = {0};
 *     learnt_collect(store, &arena, district_of, names, &lessons, &err);      (what people confirmed, of every kind)
 *     learnt_add(store, LEARNT_SCHOOL, &lessons, learnt_next_lesson(store, &err), &err);
 *     learnt_write(store, "plans.db", &err);                  (plans.db-schools.tsv, plans.db-words.tsv, ...)
 *     lessons_release(&lessons);
 *
 * A school becomes an entry of a registry (model/registry.h), a word one of a dictionary (dau restore --dict). A name with
 * what was read of it counts for what an engine makes of letters (confuse_learn() of model/confuse.h). There is one table
 * for engines without Vietnamese, one for those with it.
 */
#ifndef DAU_STORE_LEARNT_H
#define DAU_STORE_LEARNT_H

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include "store/store.h"

typedef enum LearntKind { LEARNT_SCHOOL, LEARNT_WORD, LEARNT_ENG, LEARNT_VIE, LEARNT_KINDS } LearntKind;
const char *learnt_kind_name(LearntKind kind); /* "school" */

typedef struct Learnt {
    LearntKind kind;
    const char *name, *district; /* district: NULL, nothing says */
    const char *read;            /* eng, vie: what was read; else NULL */
    int times;
    int lesson; /* when loaded */
} Learnt;

typedef struct Lessons {
    VEC(Learnt) all;
    Map at; /* private: index + 1 of each */
} Lessons;

/* Counts this once more. A lesson of the same kind, name, district and reading is the same one. */
void lessons_count(Lessons *l, const Learnt *one);
void lessons_release(Lessons *l);

/* Collects the schools and words of the rows that people accepted, corrected or added: their names without the number at
 * the end. Where nothing says the district of a column's schools, `district` is asked, with all confirmed names of that
 * column of the document. It returns NULL when it does not know. */
typedef const char *LearntDistrict(void *of, const char *const *names, int n);
bool learnt_collect(Store *s, Arena *a, LearntDistrict *district, void *of, Lessons *out, Err *err);
/* Collects the names of such rows with the text of their cells as read, in the order of documents and pages. */
typedef struct LearntCell {
    int64_t doc;
    int page;
    const char *name, *raw;
} LearntCell;
typedef VEC(LearntCell) LearntCells;
bool learnt_cells(Store *s, Arena *a, LearntCells *out, Err *err);
/* Loads what the database has, the oldest first. */
bool learnt_load(Store *s, Arena *a, Lessons *out, Err *err);
/* Adds those of the kind that are new, as one lesson; returns how many. */
int learnt_add(Store *s, LearntKind kind, const Lessons *l, int lesson, Err *err);
int learnt_next_lesson(Store *s, Err *err);
/* Takes the last lesson back; returns how many entries it had, 0: there is none. */
int learnt_undo(Store *s, Err *err);

/* The path of the file of a kind, beside the database; in the arena. */
const char *learnt_path(Arena *a, const char *database, LearntKind kind);
/* Writes the files as the table stands; a kind without entries has no file. */
bool learnt_write(Store *s, const char *database, Err *err);

/* The rows that people confirmed, to measure with, one document after the other. */
typedef struct Confirmed {
    int64_t doc;
    const char *level, *school, *partner;
} Confirmed;
typedef VEC(Confirmed) ConfirmedVec;
bool learnt_confirmed(Store *s, Arena *a, ConfirmedVec *out, Err *err);

#endif
