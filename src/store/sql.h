/* sql: statements and errors of SQLite, for the files of store/ alone.
 *
 *     sqlite3_stmt *st = sql_bind(s, err, "SELECT n, raw FROM words WHERE page = ?", "l", page);
 *     while (sql_row(s, st, err)) use(sqlite3_column_int(st, 0));
 *
 * A statement is prepared once and kept by the address of its text: text must be a literal. `types` says
 * what each argument is: i int, l int64_t, d double, s const char * (NULL is NULL; must live until the
 * statement has run), p int of which 0 is NULL, r Rect (four values). A loop that ends early calls
 * sql_end(). With an error set, nothing is done.
 */
#ifndef DAU_STORE_SQL_H
#define DAU_STORE_SQL_H

#include "base/arena.h"
#include "base/err.h"
#include "doc/rect.h"
#include "store/store.h"

#include <sqlite3.h>

enum { SQL_MOST_STATEMENTS = 160 }; /* different texts in store/ */

struct Store {
    sqlite3 *db;
    char *path;
    char *lock_path; /* NULL while not locked */
    int lock;        /* its descriptor, or -1 */
    struct {
        const char *text;
        sqlite3_stmt *st;
    } kept[SQL_MOST_STATEMENTS];
    int n_kept;
};

sqlite3_stmt *sql_bind(Store *s, Err *err, const char *text, const char *types, ...);
bool sql_row(Store *s, sqlite3_stmt *st, Err *err); /* true: a row is there */
void sql_end(sqlite3_stmt *st);                     /* NULL is fine */

/* The three common ways: no row wanted; the first column of the first row (0 without one); a script. */
bool sql_do(Store *s, Err *err, const char *text, const char *types, ...);
int64_t sql_number(Store *s, Err *err, const char *text, const char *types, ...);
bool sql_script(Store *s, const char *text, Err *err);

/* A transaction round a few statements, or nothing when one is open: pass what sql_enter() gave. */
bool sql_enter(Store *s, Err *err);
bool sql_leave(Store *s, bool entered, Err *err);

const char *sql_text(sqlite3_stmt *st, int col, Arena *a);       /* NULL for NULL */
void sql_copy(sqlite3_stmt *st, int col, char *out, size_t cap); /* "" for NULL */
Rect sql_rect(sqlite3_stmt *st, int col);                        /* four columns from col */
bool sql_fail(Store *s, int rc, Err *err);                       /* records what SQLite says */

void sql_why(sqlite3_stmt *st, int col, Err *why); /* two columns: code, reason */

/* Closes the connection, not the lock. */
void sql_disconnect(Store *s);

/* Brings the database up to steps[n - 1]: each step is a script; user_version counts those done. */
bool sql_migrate(Store *s, const char *const *steps, int n, Err *err);

/* pairing.c: one row of the list, as it stands; all rows of a document, and away with them. */
void sql_pairing_id(char id[40], const char *sha256, int position);
void sql_put_pairing(Store *s, int64_t doc, const char *id, int position, const Pairing *p, Err *err);
bool sql_load_pairings(Store *s, int64_t doc, Pairings *found, Err *err);
void sql_put_findings(Store *s, int64_t doc, const Pairings *found, Err *err);
void sql_put_facts(Store *s, int64_t doc, const FactVec *facts, Err *err);
void sql_drop_pairings(Store *s, int64_t doc, Err *err);

/* correct_replay.c: what was read replaces what was read before, with the corrections laid over it, inside
 * the caller's transaction; the rows of a database of version 1 become rows under review. */
bool sql_replace_pairings(Store *s, int64_t doc, const Pairings *found, Err *err);
bool sql_fill_review(Store *s, Err *err);

/* search.c: the page's text into the index, in place of what was there. */
bool sql_index_page(Store *s, int64_t page, Err *err);

/* What documents.state holds, by DocumentState. */
extern const char *const document_state_names[];

enum { SQL_APPLICATION_ID = 0x44617531 }; /* "Dau1" */

#endif
