/* correct: what people say about the pairings, kept for ever and laid over what was read.
 *
 *     Pen pen = {"lan", "seen on the paper"};
 *     Values v = {.v = {[FIELD_SCHOOL] = "Nguyễn Du"}, .has = 1u << FIELD_SCHOOL};
 *     switch (correct_row(store, &pen, "3fa9c1d2e4b5-12", version, &v, VERDICT_ACCEPT, &err)) {
 *     case CORRECT_DONE: ...        committed
 *     case CORRECT_SAME: ...        it stood like that already; nothing was written
 *     case CORRECT_STALE: ...       somebody changed the row since `version`; nothing was written
 *     case CORRECT_FAILED: ...      err says why
 *     }
 *     correct_undo(store, &pen, id, &err);
 *
 * A record is never changed or removed; undo is a further record, redo the undo of an undo. Each call is one
 * act: several records that are taken back together. pairings is the effective list (extracted, then the
 * corrections in the order they were made), so whoever reads pairings reads what people said.
 *
 * Reading a document again replays its corrections (store_finish_document): a correction finds its row by the
 * boxes of the row and of the two names, not by its number. It *applies* (the row reads as when it was
 * corrected), or what is read now is *already right*, or it is a *conflict*: something else is read now, or
 * two people differ. The person's value stands in a conflict, and the row goes back to the queue, flagged
 * "correction-conflict". A row that was corrected and is not read any more is *kept*, flagged
 * "not-read-again".
 */
#ifndef DAU_STORE_CORRECT_H
#define DAU_STORE_CORRECT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "store/store.h"

typedef enum Field {
    FIELD_NO,
    FIELD_LEVEL, /* by its code: "TH" */
    FIELD_SCHOOL,
    FIELD_PARTNER,
    FIELD_DISTRICT,
    FIELD_PARTNER_DISTRICT,
    FIELDS
} Field;

const char *field_name(Field field); /* "partner_district" */
bool field_from_name(const char *name, Field *field);
const char *field_value(const Pairing *p, Field field); /* NULL: nothing says */

/* Values of some fields of a row. NULL and "" are both "nothing"; a school's name must be something. */
typedef struct Values {
    const char *v[FIELDS];
    unsigned has; /* bit 1 << field: v[field] is meant */
} Values;

typedef enum Verdict {
    VERDICT_NONE,        /* only the fields are set */
    VERDICT_ACCEPT,      /* all of the row is right as it now stands */
    VERDICT_UNREADABLE,  /* nobody can tell */
    VERDICT_NOT_PAIRING, /* no row of the list */
    VERDICTS
} Verdict;

typedef struct Pen {
    const char *who; /* a person's name */
    const char *why; /* or NULL */
} Pen;

typedef enum Corrected { CORRECT_FAILED, CORRECT_DONE, CORRECT_SAME, CORRECT_STALE } Corrected;

enum {
    CORRECT_ANY = -1,       /* as a version: whatever it is now */
    CORRECT_MOST = 300,     /* characters of a value */
    CORRECT_ID = 40,        /* bytes of a row's id with its NUL */
    CORRECT_SOON = 20,      /* rows that the outlook looks ahead */
    CORRECT_MOST_AHEAD = 50 /* rows of the queue handed out at once */
};

Corrected correct_row(Store *s, const Pen *pen, const char *id, int version, const Values *v, Verdict verdict,
                      Err *err);
/* One row that is two: the field keeps `first`, a new row like it has `second`; its id goes to new_id. */
Corrected correct_split(Store *s, const Pen *pen, const char *id, int version, Field field, const char *first,
                        const char *second, char new_id[CORRECT_ID], Err *err);
/* Two rows that are one: `id` takes the values, `other` (of the same document) goes. */
Corrected correct_merge(Store *s, const Pen *pen, const char *id, int version, const char *other,
                        const Values *v, Err *err);
/* A row that was missed, with the box where it stands on the page. */
Corrected correct_add(Store *s, const Pen *pen, int64_t doc, int page, Rect box, const Values *v,
                      char new_id[CORRECT_ID], Err *err);
/* Takes the last act back that stands; brings the last one back that was taken back, unless something was
 * done since. `id`: a row it touched. CORRECT_SAME: there is none. */
Corrected correct_undo(Store *s, const Pen *pen, char id[CORRECT_ID], Err *err);
Corrected correct_redo(Store *s, const Pen *pen, char id[CORRECT_ID], Err *err);

/* ---- the rows under review ---- */

typedef struct Review {
    Row row;       /* as it stands now; also when it is struck out */
    Pairing found; /* as it was read */
    int64_t doc;
    const char
        *state; /* open, corrected, accepted, unreadable, not-a-pairing, merged, added, removed, conflict */
    int version;
    bool queued;
    double doubt, loss;
} Review;

/* By its whole id. False without an error: there is none. */
bool review_load(Store *s, Arena *a, const char *id, Review *r, Err *err);

typedef VEC(const char *) Ids;
/* The next rows of the queue, the largest expected loss first; at most CORRECT_MOST_AHEAD. */
bool review_ahead(Store *s, Arena *a, int n, Ids *ids, Err *err);
/* The rows of a page (0: of the document) in their order, those struck out left out. */
bool review_on_page(Store *s, Arena *a, int64_t doc, int page, Ids *ids, Err *err);

/* Names of schools in the list whose key (viet_key) begins so. */
bool review_names(Store *s, Arena *a, const char *key, int n, Ids *names, Err *err);

typedef struct Outlook {
    int rows, left, done;  /* of the list; that wait for a person; that a person settled */
    double now, soon, end; /* share of rows to be right: now; after the next CORRECT_SOON; after all */
} Outlook;
bool review_outlook(Store *s, Outlook *o, Err *err);

/* ---- every record: for the list, for another machine ---- */

typedef struct Correction {
    const char *act; /* NULL when added: a new one */
    int part;
    const char *made; /* NULL when added: now */
    const char *who, *kind, *sha256;
    Place place; /* the row's; first_word and words are not kept */
    const char *pairing, *subject, *field, *old, *new, *why, *target, *found;
    const char *outcome; /* when loaded */
    bool live;           /* when loaded: not taken back */
    int64_t id;          /* when loaded */
} Correction;

bool store_add_correction(Store *s, const Correction *c, Err *err);

/* Calls `each` for every record in the order they came. */
typedef bool (*CorrectionEach)(void *context, const Correction *c, Err *err);
bool corrections_each(Store *s, CorrectionEach each, void *context, Err *err);
/* As a line of JSON, and the order of its keys. */
void correction_json(Buf *b, const Correction *c);

/* Takes a record of another machine: true and *fresh false when it is known already. After the last one,
 * corrections_replay() lays them over the documents they speak of; all within one store_begin(). */
bool corrections_take(Store *s, const Correction *c, bool *fresh, Err *err);
bool corrections_replay(Store *s, Err *err);

/* How the corrections of a document (0: of all) fared; undone ones are not counted. */
typedef struct Fared {
    int applies, already_right, conflict, kept, waiting;
} Fared;
bool corrections_count(Store *s, int64_t doc, Fared *f, Err *err);

#endif
