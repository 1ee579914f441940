/* store/sql: statements and errors of SQLite. Private to src/store/.
 *
 *     Query *q = sql_bind(s, err, "SELECT n, raw FROM words WHERE page = :page", SQL("page", page));
 *     while (sql_row(s, q, err)) use(sql_int(q, "n"), sql_text(q, "raw", &a));
 *     sql_do(s, err, "UPDATE pages SET dpi = :dpi WHERE id = :id", SQL("dpi", dpi), SQL("id", page));
 *     sql_insert(s, err, "lines", SQL("page", page), SQL("n", i), SQL_BOX("", l->box));
 *
 * Parameters and columns go by name, never by place. Each parameter of a statement must get exactly one value, and each
 * value must have its parameter. Otherwise the call fails with DAU_INTERNAL and names the statement. A value of a type
 * that SQL() does not know does not compile. A call without values says SQL_NONE.
 *
 * A statement is prepared and checked once. It is kept by the addresses of its text and of the names, so these must be
 * literals. A text value must live until the statement has run. A loop that ends early calls sql_end(). With an error
 * recorded already, nothing is done.
 */
#ifndef DAU_STORE_SQL_H
#define DAU_STORE_SQL_H

#include "base/arena.h"
#include "base/err.h"
#include "doc/place.h"
#include "doc/rect.h"
#include "store/lock.h"
#include "store/store.h"

#include <sqlite3.h>

enum {
    SQL_MOST_STATEMENTS = 160, /* different ones that one Store keeps */
    SQL_MOST_VALUES = 64       /* parameters of one statement; names that its columns are asked by */
};

/* A statement that was prepared; the names it is bound and read by are looked up once. */
typedef struct Query {
    const char *text; /* of sql_insert(): the table */
    bool insert;
    sqlite3_stmt *st;
    const char
        *bound[SQL_MOST_VALUES + 1]; /* names of the values, in the order of the call; NULL ends them */
    int at[SQL_MOST_VALUES];         /* parameter of each value; a box has four, a place seven */
    struct {
        const char *name;
        const char *const *parts;
        int at;
    } column[SQL_MOST_VALUES]; /* in the order in which they were first asked for */
    int columns, next;
} Query;

struct Store {
    sqlite3 *db;
    char *path;
    Lock run, used; /* see lock.h */
    Query *kept[SQL_MOST_STATEMENTS];
    int n_kept;
};

/* ---- values ---- */

typedef enum SqlType {
    SQL_IS_NULL,
    SQL_IS_INT,
    SQL_IS_REAL,
    SQL_IS_TEXT,
    SQL_IS_BOX,
    SQL_IS_PLACE,
    SQL_TYPES
} SqlType;

typedef struct SqlArg {
    const char *name; /* of the parameter, without ':'; of a box or place, what stands before "x" or "page" */
    SqlType type;
    union {
        int64_t number;
        double real;
        const char *text;
        Rect box;
        const Place *place;
    } v;
} SqlArg;

static inline SqlArg sql_arg_int(const char *name, int64_t v)
{
    return (SqlArg){.name = name, .type = SQL_IS_INT, .v.number = v};
}

static inline SqlArg sql_arg_real(const char *name, double v)
{
    return (SqlArg){.name = name, .type = SQL_IS_REAL, .v.real = v};
}

static inline SqlArg sql_arg_text(const char *name, const char *v)
{
    return (SqlArg){.name = name, .type = v ? SQL_IS_TEXT : SQL_IS_NULL, .v.text = v};
}

static inline SqlArg sql_arg_or_null(const char *name, int64_t v)
{
    return (SqlArg){.name = name, .type = v ? SQL_IS_INT : SQL_IS_NULL, .v.number = v};
}

static inline SqlArg sql_arg_box(const char *prefix, Rect v)
{
    return (SqlArg){.name = prefix, .type = SQL_IS_BOX, .v.box = v};
}

static inline SqlArg sql_arg_place(const char *prefix, const Place *v)
{
    return (SqlArg){.name = prefix, .type = SQL_IS_PLACE, .v.place = v};
}

/* An int, int64_t, bool, float, double or text (NULL is NULL). */
#define SQL(name, value) \
    _Generic((value),           \
        int: sql_arg_int,       \
        int64_t: sql_arg_int,   \
        bool: sql_arg_int,      \
        float: sql_arg_real,    \
        double: sql_arg_real,   \
        char *: sql_arg_text,   \
        const char *: sql_arg_text)(name, value)
/* An int or int64_t of which 0 is NULL. */
#define SQL_OR_NULL(name, value) \
    _Generic((value), int : sql_arg_or_null, int64_t : sql_arg_or_null)(name, value)
/* A Rect: the parameters x, y, w, h, each behind the prefix ("", "u", "school_"). */
#define SQL_BOX(prefix, rect) sql_arg_box(prefix, rect)
/* A const Place *: page (0 is NULL), x, y, w, h, first_word, words, each behind the prefix. */
#define SQL_PLACE(prefix, place) sql_arg_place(prefix, place)
#define SQL_NONE                 ((SqlArg){.name = NULL})

/* Values of a call as an array that ends with SQL_NONE, for the functions below; a loop may fill one, too. */
#define SQL_ARGS(...) ((const SqlArg[]){__VA_ARGS__, SQL_NONE})

/* ---- statements ---- */

#define sql_bind(s, err, text, ...) sql_bind_args(s, err, text, SQL_ARGS(__VA_ARGS__))
/* Binds the values of a statement; NULL on error. sql_row() then steps through its rows. */
Query *sql_bind_args(Store *s, Err *err, const char *text, const SqlArg *args);
bool sql_row(Store *s, Query *q, Err *err); /* true: a row is there */
void sql_end(Query *q);                     /* NULL is allowed */

/* The common uses: a statement that gives no row; a row into a table, with a column for each value; the first column of
 * the first row (0 without one); a script. */
#define sql_do(s, err, text, ...) sql_do_args(s, err, text, SQL_ARGS(__VA_ARGS__))
bool sql_do_args(Store *s, Err *err, const char *text, const SqlArg *args);
#define sql_insert(s, err, table, ...) sql_insert_args(s, err, table, SQL_ARGS(__VA_ARGS__))
bool sql_insert_args(Store *s, Err *err, const char *table, const SqlArg *args);
#define sql_number(s, err, text, ...) sql_number_args(s, err, text, SQL_ARGS(__VA_ARGS__))
int64_t sql_number_args(Store *s, Err *err, const char *text, const SqlArg *args);
bool sql_script(Store *s, const char *text, Err *err);

/* A transaction round a few statements; nothing when one is open already. sql_leave() gets what sql_enter() returned. */
bool sql_enter(Store *s, Err *err);
bool sql_leave(Store *s, bool entered, Err *err);

/* ---- the present row, by the names of its columns (AS where SQL has no name); an unknown name ends the program, so that
 * tests find it ---- */

int sql_int(Query *q, const char *name); /* 0 for NULL, as the next two */
int64_t sql_int64(Query *q, const char *name);
double sql_real(Query *q, const char *name);
const char *sql_text(Query *q, const char *name, Arena *a);       /* NULL for NULL */
const char *sql_peek(Query *q, const char *name);                 /* until the next row; NULL for NULL */
void sql_copy(Query *q, const char *name, char *out, size_t cap); /* "" for NULL */
Rect sql_box(Query *q, const char *prefix);                       /* x, y, w, h side by side */
Place sql_place(Query *q, const char *prefix); /* page, x, y, w, h, first_word, words side by side */
void sql_why(Query *q, Err *why);              /* code, reason */

bool sql_fail(Store *s, int rc, Err *err); /* records what SQLite says */

/* Closes the connection, not the lock. */
void sql_disconnect(Store *s);

/* Brings the database up to steps[n - 1]: each step is a script; user_version counts those done. */
bool sql_migrate(Store *s, const char *const *steps, int n, Err *err);

/* fold(), which the schema needs. */
void sql_add_functions(Store *s);
/* check.c: does it hold what the steps make, all of it and no trigger more? Else DAU_BAD_INPUT. */
bool sql_check(Store *s, const char *const *steps, int n, Err *err);
/* A digest over all of these, SHA-256; check.c has that of a database as it is made. */
void sql_digest(Store *s, char hex[65], Err *err);
extern const char sql_as_made[];

/* pairing.c: the id of a pairing; one row of the list as it stands; all rows of a document; and how they are removed. */
void sql_pairing_id(char id[40], const char *sha256, int position);
void sql_put_pairing(Store *s, int64_t doc, const char *id, int position, const Pairing *p, Err *err);
bool sql_load_pairings(Store *s, int64_t doc, Pairings *found, Err *err);
void sql_put_findings(Store *s, int64_t doc, const Pairings *found, Err *err);
void sql_put_facts(Store *s, int64_t doc, const FactVec *facts, Err *err);
void sql_drop_pairings(Store *s, int64_t doc, Err *err);

/* correct_replay.c: replaces what was read before by what was read now, with the corrections laid over it, inside the
 * caller's transaction; makes rows under review of the rows of a database of version 1. */
bool sql_replace_pairings(Store *s, int64_t doc, const Pairings *found, Err *err);
bool sql_fill_review(Store *s, Err *err);

/* search.c: puts the page's text into the index, in place of what was there. */
bool sql_index_page(Store *s, int64_t page, Err *err);

/* What documents.state holds, by DocumentState. */
extern const char *const document_state_names[];

enum { SQL_APPLICATION_ID = 0x44617531 }; /* "Dau1" */

#endif
