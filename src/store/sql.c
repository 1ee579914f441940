/* sqlite3_prepare, bind, step, reset, wrapped so that a query is one line. */
#include "store/sql.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
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

static sqlite3_stmt *prepared(Store *s, const char *text, Err *err)
{
    for (int i = 0; i < s->n_kept; i++)
        if (s->kept[i].text == text) return s->kept[i].st;
    sqlite3_stmt *st = NULL;
    int rc = sqlite3_prepare_v3(s->db, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL);
    if (rc != SQLITE_OK) {
        sql_fail(s, rc, err);
        return NULL;
    }
    if (s->n_kept == SQL_MOST_STATEMENTS) {
        sqlite3_finalize(st);
        err_set(err, DAU_INTERNAL, "more statements than SQL_MOST_STATEMENTS");
        return NULL;
    }
    s->kept[s->n_kept].text = text;
    s->kept[s->n_kept++].st = st;
    return st;
}

static void bind_text(sqlite3_stmt *st, int i, const char *text)
{
    if (text)
        sqlite3_bind_text(st, i, text, -1, SQLITE_STATIC);
    else
        sqlite3_bind_null(st, i);
}

static void bind_rect(sqlite3_stmt *st, int i, Rect r)
{
    const int v[] = {r.x, r.y, r.w, r.h};
    for (int k = 0; k < 4; k++) sqlite3_bind_int(st, i + k, v[k]);
}

static sqlite3_stmt *bind_all(Store *s, Err *err, const char *text, const char *types, va_list ap)
{
    if (err_is(err)) return NULL;
    sqlite3_stmt *st = prepared(s, text, err);
    if (!st) return NULL;
    sqlite3_reset(st);
    for (int i = 1; *types; types++, i++) {
        int number;
        switch (*types) {
        case 'i': sqlite3_bind_int(st, i, va_arg(ap, int)); break;
        case 'l': sqlite3_bind_int64(st, i, va_arg(ap, int64_t)); break;
        case 'd': sqlite3_bind_double(st, i, va_arg(ap, double)); break;
        case 's': bind_text(st, i, va_arg(ap, const char *)); break;
        case 'r': bind_rect(st, i, va_arg(ap, Rect)), i += 3; break;
        default: /* p */
            number = va_arg(ap, int);
            if (number)
                sqlite3_bind_int(st, i, number);
            else
                sqlite3_bind_null(st, i);
        }
    }
    return st;
}

sqlite3_stmt *sql_bind(Store *s, Err *err, const char *text, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    sqlite3_stmt *st = bind_all(s, err, text, types, ap);
    va_end(ap);
    return st;
}

void sql_end(sqlite3_stmt *st)
{
    if (st) sqlite3_reset(st);
}

bool sql_row(Store *s, sqlite3_stmt *st, Err *err)
{
    if (!st || err_is(err)) {
        sql_end(st);
        return false;
    }
    int rc = sqlite3_step(st);
    if (rc == SQLITE_ROW) return true;
    if (rc != SQLITE_DONE) sql_fail(s, rc, err);
    sqlite3_reset(st);
    return false;
}

bool sql_do(Store *s, Err *err, const char *text, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    sqlite3_stmt *st = bind_all(s, err, text, types, ap);
    va_end(ap);
    if (sql_row(s, st, err)) sql_end(st);
    return !err_is(err);
}

int64_t sql_number(Store *s, Err *err, const char *text, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    sqlite3_stmt *st = bind_all(s, err, text, types, ap);
    va_end(ap);
    int64_t v = 0;
    if (sql_row(s, st, err)) {
        v = sqlite3_column_int64(st, 0);
        sql_end(st);
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

const char *sql_text(sqlite3_stmt *st, int col, Arena *a)
{
    return arena_str(a, (const char *)sqlite3_column_text(st, col));
}

void sql_copy(sqlite3_stmt *st, int col, char *out, size_t cap)
{
    const char *text = (const char *)sqlite3_column_text(st, col);
    snprintf(out, cap, "%s", text ? text : "");
}

Rect sql_rect(sqlite3_stmt *st, int col)
{
    return (Rect){sqlite3_column_int(st, col), sqlite3_column_int(st, col + 1),
                  sqlite3_column_int(st, col + 2), sqlite3_column_int(st, col + 3)};
}
