/* store: the database: documents, the ledger of their pages, words with their places, pairings.
 *
 *     Store *s = store_open("plans.db", STORE_WRITE, &err);
 *     store_lock(s, &err);                                       (one run at a time)
 *     store_begin(s, &err);
 *     int64_t doc = store_add_document(s, sha256, size, &err);
 *     store_set_pages(s, doc, "pdf", 3, &err);                   (the ledger: three pages, waiting)
 *     store_commit(s, &err);
 *     for (int n = 0; (n = store_next_page(s, doc, n, key, &err)) > 0;) {
 *         store_start_page(s, doc, n, &err);                     (committed before the work)
 *         ...
 *         store_put_page(s, doc, &page, key, &err);              (or store_fail_page())
 *     }
 *     store_finish_document(s, doc, key, &pairings, &err);       (all its pairings at once)
 *     store_close(s);
 *
 * Every call is a transaction of its own, unless store_begin() opened one round it. schema/1.sql says what the tables
 * hold. SQLite runs in WAL mode with synchronous FULL: what was committed outlives a kill and a power cut. A database of
 * an older dau is brought up to date when it is opened; a newer one is refused.
 *
 * Ids. A document is known by the SHA-256 of its bytes. A pairing's id is the first 12 digits of that, '-', and the
 * pairing's position in the document. It is the same on every machine, in whatever order pages came. correct.h has what
 * people correct; pairings that are read here have the corrections in them.
 *
 * Errors:
 *     DAU_FILE_ACCESS   not there, cannot be written, disk full
 *     DAU_BAD_INPUT     not a database, or not ours
 *     DAU_CONFIG        of a newer dau
 *     DAU_BUSY          another program holds it
 *     DAU_USAGE         the path is empty
 *
 * The handle is for one thread and one process: a child made by fork() must not touch it.
 */
#ifndef DAU_STORE_STORE_H
#define DAU_STORE_STORE_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/pairing.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Store Store;

typedef enum StoreMode {
    STORE_READ,   /* must be there and hold something; nothing is written to it */
    STORE_CHANGE, /* must be there and hold something */
    STORE_WRITE   /* made when it is not there */
} StoreMode;

/* Opens a database, or makes it; NULL on error. The caller closes it. Who writes waits a few seconds for 'dau merge' to replace
 * it, then DAU_BUSY. */
Store *store_open(const char *path, StoreMode mode, Err *err);
/* Writes everything into the one file, removes the side files and frees the handle. An open transaction is rolled back.
 * NULL is allowed. */
void store_close(Store *s);

/* Waits a few seconds for another run on this database to end, then DAU_BUSY. Held until store_close() or
 * the end of the process, however it ends. */
bool store_lock(Store *s, Err *err);

/* Before everything in it is replaced: nobody else writes to it until store_close(). Waits as store_lock() does. */
bool store_lock_alone(Store *s, Err *err);

/* One transaction round several calls. A commit that fails rolls back. */
bool store_begin(Store *s, Err *err);
bool store_commit(Store *s, Err *err);
void store_rollback(Store *s);

/* ---- runs ---- */

/* Records that a run begins, with dau's version and its key, over so many files. Returns its id, 0 on error. */
int64_t store_begin_run(Store *s, const char *version, const char *key, int files, Err *err);
/* Says that the run is of a part of a list. */
bool store_set_shard(Store *s, int64_t run, int index, int count, Err *err);
/* Which part the last run was of. False: it was of the whole list, or there was none. */
bool store_load_shard(Store *s, int *index, int *count, Err *err);
bool store_end_run(Store *s, int64_t run, int pages_done, int pages_failed, int code, Err *err);

/* ---- settings: what a run was told and the next one is to know ---- */

/* The value of "words" or "schools": the file that runs used last. In a; NULL: none. */
const char *store_load_setting(Store *s, const char *name, Arena *a, Err *err);
/* "" or NULL: none. */
bool store_put_setting(Store *s, const char *name, const char *value, Err *err);

/* ---- files: where documents were found ---- */

typedef struct FileSeen {
    int64_t document;           /* 0: it could never be read */
    int64_t size, mtime, ctime; /* bytes; nanoseconds since 1970 */
    int64_t seen;               /* when its SHA-256 was taken, nanoseconds since 1970 */
    Err why;                    /* why it could not be read the last time; code 0: it could */
} FileSeen;

bool store_lookup_file(Store *s, const char *path, FileSeen *file, Err *err); /* false: not known */
/* Records where a file was found and what came of it, in place of what was known of the path. */
bool store_put_file(Store *s, const char *path, const char *absolute, const FileSeen *file, Err *err);
/* The i-th place (from 0) where the document may be found: its paths as named, then the same from the root. In the arena;
 * NULL after the last. */
const char *store_lookup_path(Store *s, int64_t document, int i, Arena *a, Err *err);

/* ---- documents and the ledger of pages ---- */

typedef enum DocumentState {
    DOCUMENT_WAITING, /* not all pages were tried yet, or not all is extracted */
    DOCUMENT_DONE,
    DOCUMENT_PARTLY, /* done, but some pages failed */
    DOCUMENT_FAILED, /* cannot be opened, or no page of it could be read */
    DOCUMENT_STATES
} DocumentState;

typedef struct Document {
    int64_t id;
    char sha256[65];
    DocumentState state;
    int pages;    /* 0: not opened yet */
    char key[65]; /* of its pairings; "" when there are none yet */
    Err why;      /* DOCUMENT_FAILED */
} Document;

/* Every document that has a page with a result, by file name; strings in the arena. */
typedef struct Listed {
    int64_t id;
    const char *sha256;
    const char *file; /* the first name it was found by */
    int64_t mtime;    /* when that file was last changed, seconds since 1970 */
    int pages;        /* that have a result */
} Listed;
typedef VEC(Listed) Listing;
bool store_list_documents(Store *s, Arena *a, Listing *list, Err *err);

bool store_lookup_document(Store *s, const char *sha256, Document *doc, Err *err); /* false: not known */
bool store_load_document(Store *s, int64_t id, Document *doc, Err *err);
/* Adds a document and returns its id, 0 on error. `size` is in bytes. */
int64_t store_add_document(Store *s, const char *sha256, int64_t size, Err *err);
/* What a person says of the columns of its lists. In a; NULL: nothing. */
const char *store_load_columns(Store *s, int64_t doc, Arena *a, Err *err);
/* "" or NULL: nothing. */
bool store_say_columns(Store *s, int64_t doc, const char *columns, Err *err);
/* Sets a document back to waiting, because something of it is to be read again; with `all`, every page. Results stay
 * until new ones replace them. */
bool store_reopen_document(Store *s, int64_t doc, bool all, Err *err);
/* Records what opening the document told. New pages are waiting; pages that it does not have are dropped. */
bool store_set_pages(Store *s, int64_t doc, const char *kind, int pages, Err *err);
/* `keys`: one key, or several with a blank between two, each as good as the others. */
/* The first page after `after` that is not done under one of them; 0: none. */
int store_next_page(Store *s, int64_t doc, int after, const char *keys, Err *err);
/* How many pages are not done under one of them. */
int store_count_left(Store *s, int64_t doc, const char *keys, Err *err);
/* Whether a page has a result under one of them. */
bool store_has_result(Store *s, int64_t doc, const char *keys, Err *err);
/* Whether what was read of the page is there under one of them, so that it is restored again and not read. */
bool store_is_read(Store *s, int64_t doc, int number, const char *read_keys, Err *err);
/* The first page after `after` that has a result, of this run or of an earlier one; 0: none. */
int store_next_result(Store *s, int64_t doc, int after, Err *err);
bool store_start_page(Store *s, int64_t doc, int number, Err *err);
/* Stores the result of a page under this key, in place of what was there. */
bool store_put_page(Store *s, int64_t doc, const Page *page, const char *key, Err *err);
/* To be called after store_put_page(): records the key that the page was read with. */
bool store_mark_read(Store *s, int64_t doc, int number, const char *read_key, Err *err);
/* Records why a page failed. An older result stays. */
bool store_fail_page(Store *s, int64_t doc, int number, const Err *why, Err *err);
/* To be called when all pages were tried. The pairings replace what was there; the state follows from the pages. A
 * document of which no page has a result fails with the pages' reason. */
bool store_finish_document(Store *s, int64_t doc, const char *key, const Pairings *found, Err *err);
/* Records that the document cannot be opened, or that nothing can be extracted from its pages. What was found before
 * stays; pages without a result go. */
bool store_fail_document(Store *s, int64_t doc, const Err *why, Err *err);

/* Loads a page into an initialised page: equal in every field to the one that was stored. */
bool store_load_page(Store *s, int64_t doc, int number, Page *page, Err *err);

/* ---- how far it is ---- */

typedef struct Failed {
    const char *file;
    int page; /* 0: the file or document as a whole */
    int code;
    const char *reason; /* as stored; phrase_say_kept() says it */
    int tries;          /* 0: not counted */
    bool kept;          /* what an earlier try found is there */
} Failed;

typedef struct Odd {
    const char *file;
    int page;
    const char *text; /* as Failed.reason */
} Odd;

/* A document of which a person says the columns. */
typedef struct SaidColumns {
    const char *file, *columns;
} SaidColumns;

typedef struct Status {
    int documents, documents_done, documents_partly, documents_failed; /* the rest waits */
    int pages, pages_done, pages_failed;
    int pairings, flagged; /* of schools */
    int unions;            /* of those in them */
    const char *started, *ended,
        *version;                /* the last run, UTC; NULL: none yet; ended NULL: killed or at work */
    int code;                    /* it ended with */
    VEC(Failed) failed;          /* by file, then page */
    VEC(Odd) odd;                /* what the checks found, likewise */
    const char *words, *schools; /* the files of --words and --schools that were used last; NULL: none */
    VEC(SaidColumns) said;       /* by file */
} Status;

typedef VEC(const char *) Paths;

bool store_load_status(Store *s, Arena *a, Status *status, Err *err); /* strings live in a */
void status_release(Status *status);
/* Files of which something failed or was not finished, by name, as they were named. */
bool store_load_unfinished(Store *s, Arena *a, Paths *paths, Err *err);

/* ---- pairings ---- */

typedef VEC(Row) Rows;

/* What documents say of themselves, ordered by file name. Strings live in the arena. */
typedef VEC(DocumentRow) DocumentRows;
bool store_load_facts(Store *s, Arena *a, DocumentRows *docs, Err *err);
void document_rows_release(DocumentRows *docs);

/* The whole list in the order of exports: by file name, page, position; pairings of every kind. Strings live in the
 * arena. */
bool store_load_rows(Store *s, Arena *a, Rows *rows, Err *err);
/* Loads one pairing by its id. The digits before '-' may be shortened as long as one document fits. DAU_BAD_INPUT when
 * none or several fit. */
bool store_load_row(Store *s, const char *id, Arena *a, Row *row, int64_t *doc, Err *err);
/* How many pairings there are of schools, how many of them have a flag, and how many there are of those in them. */
typedef struct PairCounts {
    int schools, flagged, unions;
} PairCounts;

bool store_count_pairings(Store *s, PairCounts *counts, Err *err);
/* The same of one document. */
bool store_count_found(Store *s, int64_t doc, PairCounts *counts, Err *err);

#endif
