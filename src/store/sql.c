/* A call's names are looked up in the statement once, when it is prepared; later calls compare addresses only.
 *
 *     sql_insert(s, err, "lines", SQL("page", 7), SQL("n", 0), SQL_BOX("", box), SQL_BOX("u", at))
 *     prepared    INSERT INTO lines (page, n, x, y, w, h, ux, uy, uw, uh) VALUES (:page, :n, :x, ...)
 *     bound       "page" "n" "" "u"         the literals of the call
 *     at          1      2   3 4 5 6   7 8 9 10
 */
#include "store/sql.h"

#include "base/str.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A full disk shows itself in other ways too, as when the side file cannot grow. */
static int cause(Store *s, int rc)
{
    int why = sqlite3_system_errno(s->db);
    bool full = (rc & 0xFF) == SQLITE_IOERR && (why == ENOSPC || why == EDQUOT || why == EFBIG);
    return full ? SQLITE_FULL : rc & 0xFF;
}

bool sql_fail(Store *s, int rc, Err *err)
{
    const char *say = sqlite3_errmsg(s->db);
    switch (cause(s, rc)) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return err_set(err, DAU_BUSY,
                       "the database '%s' is in use by another program; try again when it is done", s->path);
    case SQLITE_FULL:
        return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': the disk is full; make room and run again",
                       s->path);
    case SQLITE_NOTADB:
        return err_set(err, DAU_BAD_INPUT, "cannot open '%s': it is no database; 'dau run' makes one",
                       s->path);
    case SQLITE_CORRUPT: return err_set(err, DAU_BAD_INPUT, "the database '%s' is damaged: %s", s->path, say);
    case SQLITE_CANTOPEN:
        return err_set(err, DAU_FILE_ACCESS,
                       "cannot open '%s': %s; is there such a folder, and may it be written?", s->path, say);
    case SQLITE_IOERR:
        return err_set(
            err, DAU_FILE_ACCESS,
            "cannot write '%s': the disk does not take or give what it should (%s); what was stored "
            "before is there; see to the disk and run again",
            s->path, say);
    case SQLITE_READONLY:
    case SQLITE_PERM: return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", s->path, say);
    default: return err_set(err, DAU_INTERNAL, "database '%s': %s", s->path, say);
    }
}

/* ---- names: looked up when a statement is prepared, kept by the addresses of the literals ---- */

static const char *const plain[] = {"", NULL};
static const char *const box_parts[] = {"x", "y", "w", "h", NULL};
static const char *const place_parts[] = {"page", "x", "y", "w", "h", "first_word", "words", NULL};
static const char *const *const parts[] = {
    [SQL_IS_NULL] = plain, [SQL_IS_INT] = plain,     [SQL_IS_REAL] = plain,
    [SQL_IS_TEXT] = plain, [SQL_IS_BOX] = box_parts, [SQL_IS_PLACE] = place_parts,
};
static_assert(sizeof parts / sizeof *parts == SQL_TYPES, "a type without its parameters");

/* Was it prepared for these names? */
static bool is_for(const Query *q, const char *text, bool insert, const SqlArg *args)
{
    if (q->text != text || q->insert != insert) return false;
    const char *const *name = q->bound;
    while (args->name && args->name == *name) args++, name++;
    return !args->name && !*name;
}

static bool bind_name(Query *q, const char *prefix, const char *part, int value, bool *seen, Err *err)
{
    char name[64];
    snprintf(name, sizeof name, ":%s%s", prefix, part);
    int at = sqlite3_bind_parameter_index(q->st, name);
    if (!at) return err_set(err, DAU_INTERNAL, "no parameter '%s' in: %s", name + 1, sqlite3_sql(q->st));
    if (seen[at])
        return err_set(err, DAU_INTERNAL, "two values for '%s' in: %s", name + 1, sqlite3_sql(q->st));
    seen[at] = true;
    q->at[value] = at;
    return true;
}

/* Every value has its parameter, and every parameter its value. */
static bool bind_names(Query *q, const SqlArg *args, Err *err)
{
    bool seen[SQL_MOST_VALUES + 1] = {0};
    int n = sqlite3_bind_parameter_count(q->st), values = 0, names = 0;
    if (n > SQL_MOST_VALUES) return err_set(err, DAU_INTERNAL, "more than SQL_MOST_VALUES: %s", q->text);
    for (; args->name; args++) {
        q->bound[names++] = args->name;
        for (const char *const *part = parts[args->type]; *part; part++)
            if (!bind_name(q, args->name, *part, values++, seen, err)) return false;
    }
    for (int i = 1; i <= n; i++) {
        const char *name = sqlite3_bind_parameter_name(q->st, i);
        if (!seen[i])
            return err_set(err, DAU_INTERNAL, "no value for '%s' in: %s", name ? name + 1 : "?", q->text);
    }
    return true;
}

/* INSERT INTO lines (page, n, x, y, w, h) VALUES (:page, :n, :x, :y, :w, :h) */
static void insert_text(Buf *b, const char *table, const SqlArg *args)
{
    Buf values = {0};
    buf_addf(b, "INSERT INTO %s", table);
    for (const SqlArg *a = args; a->name; a++)
        for (const char *const *part = parts[a->type]; *part; part++) {
            const char *comma = values.len ? ", " : " (";
            buf_addf(b, "%s%s%s", comma, a->name, *part);
            buf_addf(&values, "%s:%s%s", comma, a->name, *part);
        }
    buf_addf(b, ") VALUES%s)", buf_str(&values));
    buf_release(&values);
}

static void query_free(Query *q)
{
    sqlite3_finalize(q->st);
    free(q);
}

static bool prepare(Store *s, Query *q, const char *text, const SqlArg *args, Err *err)
{
    int rc = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &q->st, NULL);
    return (rc == SQLITE_OK || sql_fail(s, rc, err)) && bind_names(q, args, err);
}

static Query *query_new(Store *s, const char *text, bool insert, const SqlArg *args, Err *err)
{
    if (s->n_kept == SQL_MOST_STATEMENTS) {
        err_set(err, DAU_INTERNAL, "more than %d statements: raise SQL_MOST_STATEMENTS for: %s",
                (int)SQL_MOST_STATEMENTS, text);
        return NULL;
    }
    Buf made = {0};
    Query *q = xalloc(sizeof *q);
    q->text = text, q->insert = insert;
    if (insert) insert_text(&made, text, args);
    bool ok = prepare(s, q, insert ? made.s : text, args, err);
    buf_release(&made);
    if (ok) return s->kept[s->n_kept++] = q;
    query_free(q);
    return NULL;
}

static Query *prepared(Store *s, const char *text, bool insert, const SqlArg *args, Err *err)
{
    for (int i = 0; i < s->n_kept; i++)
        if (is_for(s->kept[i], text, insert, args)) return s->kept[i];
    return query_new(s, text, insert, args, err);
}

/* ---- values ---- */

/* Gives back the place behind those it filled. */
static const int *bind_box(sqlite3_stmt *st, const int *at, Rect r)
{
    sqlite3_bind_int(st, *at++, r.x);
    sqlite3_bind_int(st, *at++, r.y);
    sqlite3_bind_int(st, *at++, r.w);
    sqlite3_bind_int(st, *at++, r.h);
    return at;
}

static const int *bind_place(sqlite3_stmt *st, const int *at, const Place *p)
{
    if (p->page)
        sqlite3_bind_int(st, *at++, p->page);
    else
        sqlite3_bind_null(st, *at++);
    at = bind_box(st, at, p->box);
    sqlite3_bind_int(st, *at++, p->first_word);
    sqlite3_bind_int(st, *at++, p->words);
    return at;
}

static void bind_values(sqlite3_stmt *st, const int *at, const SqlArg *args)
{
    for (; args->name; args++) switch (args->type) {
        case SQL_IS_INT: sqlite3_bind_int64(st, *at++, args->v.number); break;
        case SQL_IS_REAL: sqlite3_bind_double(st, *at++, args->v.real); break;
        case SQL_IS_TEXT: sqlite3_bind_text(st, *at++, args->v.text, -1, SQLITE_STATIC); break;
        case SQL_IS_BOX: at = bind_box(st, at, args->v.box); break;
        case SQL_IS_PLACE: at = bind_place(st, at, args->v.place); break;
        default: sqlite3_bind_null(st, *at++);
        }
}

static Query *ready(Store *s, Err *err, const char *text, bool insert, const SqlArg *args)
{
    if (err_is(err)) return NULL;
    Query *q = prepared(s, text, insert, args, err);
    if (!q) return NULL;
    sqlite3_reset(q->st);
    bind_values(q->st, q->at, args);
    return q;
}

/* ---- statements ---- */

Query *sql_bind_args(Store *s, Err *err, const char *text, const SqlArg *args)
{
    return ready(s, err, text, false, args);
}

void sql_end(Query *q)
{
    if (q) sqlite3_reset(q->st);
}

bool sql_row(Store *s, Query *q, Err *err)
{
    if (!q || err_is(err)) {
        sql_end(q);
        return false;
    }
    int rc = sqlite3_step(q->st);
    q->next = 0;
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) sql_fail(s, rc, err);
    sqlite3_reset(q->st);
    return false;
}

static bool run(Store *s, Query *q, Err *err)
{
    if (sql_row(s, q, err)) sql_end(q);
    return !err_is(err);
}

bool sql_do_args(Store *s, Err *err, const char *text, const SqlArg *args)
{
    return run(s, ready(s, err, text, false, args), err);
}

bool sql_insert_args(Store *s, Err *err, const char *table, const SqlArg *args)
{
    return run(s, ready(s, err, table, true, args), err);
}

int64_t sql_number_args(Store *s, Err *err, const char *text, const SqlArg *args)
{
    Query *q = ready(s, err, text, false, args);
    int64_t v = 0;
    if (sql_row(s, q, err)) {
        v = sqlite3_column_int64(q->st, 0);
        sql_end(q);
    }
    return v;
}

bool sql_script(Store *s, const char *text, Err *err)
{
    if (err_is(err)) return false;
    int rc = sqlite3_exec(s->db, text, NULL, NULL, NULL);
    return rc == SQLITE_OK || sql_fail(s, rc, err);
}

/* ---- transactions ---- */

bool store_begin(Store *s, Err *err)
{
    return sql_script(s, "BEGIN IMMEDIATE", err);
}

void store_rollback(Store *s)
{
    if (!sqlite3_get_autocommit(s->db)) sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

bool store_commit(Store *s, Err *err)
{
    sql_script(s, "COMMIT", err);
    if (err_is(err)) store_rollback(s);
    return !err_is(err);
}

bool sql_enter(Store *s, Err *err)
{
    return !err_is(err) && sqlite3_get_autocommit(s->db) && store_begin(s, err);
}

bool sql_leave(Store *s, bool entered, Err *err)
{
    if (entered) store_commit(s, err);
    return !err_is(err);
}

/* ---- columns ---- */

static bool is_column(const Query *q, int at, const char *prefix, const char *part)
{
    const char *name = at < sqlite3_column_count(q->st) ? sqlite3_column_name(q->st, at) : NULL;
    size_t n = strlen(prefix);
    return name && strncmp(name, prefix, n) == 0 && strcmp(name + n, part) == 0;
}

/* The first of columns that stand side by side, or -1. */
static int find_columns(const Query *q, const char *prefix, const char *const *part)
{
    for (int at = 0; at < sqlite3_column_count(q->st); at++) {
        int n = 0;
        while (part[n] && is_column(q, at + n, prefix, part[n])) n++;
        if (!part[n]) return at;
    }
    return -1;
}

static int look_up(Query *q, const char *prefix, const char *const *part)
{
    int at = find_columns(q, prefix, part);
    if (at >= 0 && q->columns < SQL_MOST_VALUES) {
        q->column[q->columns].name = prefix;
        q->column[q->columns].parts = part;
        q->column[q->columns++].at = at;
        q->next = q->columns;
    }
    return at;
}

static int search_columns(Query *q, const char *prefix, const char *const *part)
{
    for (int i = 0; i < q->columns; i++)
        if (q->column[i].name == prefix && q->column[i].parts == part) {
            q->next = i + 1;
            return q->column[i].at;
        }
    return look_up(q, prefix, part);
}

/* Rows are read in one order, so that the name is most often the one behind the last. */
static inline int column(Query *q, const char *prefix, const char *const *part)
{
    int i = q->next;
    if (i >= q->columns || q->column[i].name != prefix || q->column[i].parts != part)
        return search_columns(q, prefix, part);
    q->next = i + 1;
    return q->column[i].at;
}

static inline int known_column(Query *q, const char *prefix, const char *const *part)
{
    int at = column(q, prefix, part);
    assert(at >= 0 && "no such column");
    return at;
}

int sql_int(Query *q, const char *name)
{
    return sqlite3_column_int(q->st, known_column(q, name, plain));
}

int64_t sql_int64(Query *q, const char *name)
{
    return sqlite3_column_int64(q->st, known_column(q, name, plain));
}

double sql_real(Query *q, const char *name)
{
    return sqlite3_column_double(q->st, known_column(q, name, plain));
}

const char *sql_peek(Query *q, const char *name)
{
    return (const char *)sqlite3_column_text(q->st, known_column(q, name, plain));
}

const char *sql_text(Query *q, const char *name, Arena *a)
{
    return arena_str(a, sql_peek(q, name));
}

void sql_copy(Query *q, const char *name, char *out, size_t cap)
{
    const char *text = sql_peek(q, name);
    snprintf(out, cap, "%s", text ? text : "");
}

static Rect box_at(sqlite3_stmt *st, int at)
{
    return (Rect){.x = sqlite3_column_int(st, at),
                  .y = sqlite3_column_int(st, at + 1),
                  .w = sqlite3_column_int(st, at + 2),
                  .h = sqlite3_column_int(st, at + 3)};
}

Rect sql_box(Query *q, const char *prefix)
{
    return box_at(q->st, known_column(q, prefix, box_parts));
}

Place sql_place(Query *q, const char *prefix)
{
    int at = known_column(q, prefix, place_parts);
    return (Place){.page = sqlite3_column_int(q->st, at),
                   .box = box_at(q->st, at + 1),
                   .first_word = sqlite3_column_int(q->st, at + 5),
                   .words = sqlite3_column_int(q->st, at + 6)};
}

void sql_why(Query *q, Err *why)
{
    const char *reason = sql_peek(q, "reason");
    *why = (Err){0};
    if (reason) err_recall(why, sql_int(q, "code"), reason);
}

void sql_disconnect(Store *s)
{
    if (s->db) store_rollback(s);
    for (int i = 0; i < s->n_kept; i++) query_free(s->kept[i]);
    s->n_kept = 0;
    sqlite3_close(s->db);
    s->db = NULL;
}
