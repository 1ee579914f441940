/* store/correct_item: a row in hand. Private to src/store/correct*.c.
 *
 *     CorrectItem it;
 *     item_load(s, &a, id, &it, err);              (as it was read, with its corrections laid over it)
 *     item_write(s, &it, err);                     (into pairings and review)
 */
#ifndef DAU_STORE_CORRECT_ITEM_H
#define DAU_STORE_CORRECT_ITEM_H

#include "store/correct.h"
#include "store/sql.h"

enum {
    ADDED_FROM = 1000000, /* positions of rows that people added, in that order: after all that is read */
    KEPT_FROM = 2000000   /* of rows that are not read any more */
};

typedef enum ItemOrigin { ITEM_READ, ITEM_ADDED, ITEM_KEPT, ITEM_ORIGINS } ItemOrigin;

typedef struct CorrectItem {
    char id[CORRECT_ID];
    int64_t doc;
    int position;
    ItemOrigin origin;
    const char *found; /* dump of: */
    Pairing base, p;   /* as read; as it stands now */
    const char *state;
    bool shown; /* it is a row of the list */
    bool conflict;
    int version, hangs;
} CorrectItem;

void item_start(CorrectItem *it);                                       /* p as read, nothing said yet */
const char *item_apply(CorrectItem *it, Arena *a, const Correction *c); /* the outcome; c is live */
bool item_load(Store *s, Arena *a, const char *id, CorrectItem *it,
               Err *err); /* false without error: not there */
bool item_write(Store *s, CorrectItem *it, Err *err);
/* The probability that something of the row is wrong, 0..1; whether it waits for a person. */
double item_doubt(const CorrectItem *it);
bool item_queued(const CorrectItem *it);
/* A dump of one pairing, in the arena, and back. */
const char *item_dump(Arena *a, const Pairing *p);
bool item_parse(Arena *a, const char *found, Pairing *p, Err *err);

/* All columns of a correction and how it fared, as correction_from() takes them. */
#define CORRECTION_COLUMNS                                                                                \
    "SELECT c.id, c.act, c.part, c.made, c.who, c.kind, c.sha256, c.page, c.x, c.y, c.w, c.h, c.pairing," \
    " c.subject, c.field, c.old, c.new, c.why, c.target, c.found, r.live, r.outcome"                      \
    " FROM corrections c LEFT JOIN replayed r ON r.correction = c.id "
Correction correction_from(Query *q, Arena *a);

/* Writes a record and, with an outcome, that it belongs to the row c->pairing now. */
bool correction_add(Store *s, const Correction *c, const char *outcome, Err *err);

#endif
