/* store/correct: keeps what people say about the pairings for ever, and lays it over what was read.
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
 * A record is never changed or removed. Undo is a further record, redo the undo of an undo. Each call is one act: its
 * records are taken back together. The table pairings is the effective list: what was extracted, with the corrections in
 * the order they were made. So whoever reads pairings reads what people said.
 *
 * When a document is read again, its corrections are replayed (store_finish_document()). A correction finds its row by
 * the boxes of the row and of the two names, not by its number. There are four outcomes:
 *
 *     applies         the row reads as when it was corrected
 *     already right   what is read now is what the person said
 *     conflict        something else is read now, or two people differ; the person's value stands, and the row goes back
 *                     to the queue, flagged "correction-conflict"
 *     kept            the row is not read any more; it stays, flagged "not-read-again"
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
const char *field_value(const Pairing *p, Field field); /* NULL where nothing says it; lent */

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

/* Changes a row: sets the fields of `v`, then gives the verdict. `version` is the row's as the person saw it, or
 * CORRECT_ANY. CORRECT_SAME also where another person was faster and the row says the same by now; for VERDICT_ACCEPT that
 * takes all six fields in `v`. */
Corrected correct_row(Store *s, const Pen *pen, const char *id, int version, const Values *v, Verdict verdict,
                      Err *err);
/* Makes two rows of one: the field keeps `first`, a new row like it has `second`. The id of that goes to new_id. */
Corrected correct_split(Store *s, const Pen *pen, const char *id, int version, Field field, const char *first,
                        const char *second, char new_id[CORRECT_ID], Err *err);
/* Makes one row of two of the same document: `id` takes the values, `other` goes. */
Corrected correct_merge(Store *s, const Pen *pen, const char *id, int version, const char *other,
                        const Values *v, Err *err);
/* Adds a row that was missed, with the box where it stands on the page. */
Corrected correct_add(Store *s, const Pen *pen, int64_t doc, int page, Rect box, const Values *v,
                      char new_id[CORRECT_ID], Err *err);
/* correct_undo() takes back the last act of the pen's person that stands. correct_redo() brings back the one that they took
 * back last, unless they did something since. What others did is not touched. `id` becomes a row that the act touched.
 * CORRECT_SAME: there is none. CORRECT_STALE: another person changed the row `id` after the act; nothing was written. */
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

/* Loads a row by its whole id, strings in the arena. False without an error: there is none. */
bool review_load(Store *s, Arena *a, const char *id, Review *r, Err *err);

typedef VEC(const char *) Ids;
/* Appends the next n rows of the queue behind the first `skip`, the largest expected loss first; at most
 * CORRECT_MOST_AHEAD. */
bool review_ahead(Store *s, Arena *a, int skip, int n, Ids *ids, Err *err);
/* Appends the rows of a page (0: of the document) in their order, without those struck out. */
bool review_on_page(Store *s, Arena *a, int64_t doc, int page, Ids *ids, Err *err);

/* Appends names of schools in the list whose key (viet_key()) begins so. */
bool review_names(Store *s, Arena *a, const char *key, int n, Ids *names, Err *err);

typedef struct Outlook {
    int rows, left, done;  /* of the list; waiting for a person; settled by a person */
    double now, soon, end; /* share of rows to be right: now; after the next CORRECT_SOON; after all */
} Outlook;
/* How far the review is and what to expect of it. */
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

/* Calls `each` for every record in the order they came. */
typedef bool (*CorrectionEach)(void *context, const Correction *c, Err *err);
bool corrections_each(Store *s, CorrectionEach each, void *context, Err *err);
/* Appends a record as a line of JSON. */
void correction_json(Buf *b, const Correction *c);

/* Takes a record of another machine; *fresh becomes false when it is known already. After the last one, call
 * corrections_replay(), which lays them over the documents that they speak of. All within one store_begin(). */
bool corrections_take(Store *s, const Correction *c, bool *fresh, Err *err);
bool corrections_replay(Store *s, Err *err);

/* How the corrections of a document (0: of all documents) fared; those taken back are not counted. */
typedef struct Fared {
    int applies, already_right, conflict, kept, waiting;
} Fared;
bool corrections_count(Store *s, int64_t doc, Fared *f, Err *err);

#endif
