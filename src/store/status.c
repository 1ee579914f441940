/* How far a database is, for `dau status`: counts, the last run, what failed. Documents that no file names
 * any more do not count. */
#include "base/str.h"
#include "store/sql.h"

#include <string.h>

#define NAMED "(SELECT document FROM files WHERE document IS NOT NULL)"

static void count_documents(Store *s, Status *to, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err,
                                "SELECT count(*), count(*) FILTER (WHERE state = 'done'),"
                                " count(*) FILTER (WHERE state = 'partly'),"
                                " count(*) FILTER (WHERE state = 'failed') FROM documents WHERE id IN " NAMED,
                                "");
    if (!sql_row(s, st, err)) return;
    to->documents = sqlite3_column_int(st, 0), to->documents_done = sqlite3_column_int(st, 1);
    to->documents_partly = sqlite3_column_int(st, 2), to->documents_failed = sqlite3_column_int(st, 3);
    sql_end(st);
}

static void count_all_pages(Store *s, Status *to, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT count(*), count(*) FILTER (WHERE state = 'done'),"
                 " count(*) FILTER (WHERE state = 'failed') FROM pages WHERE document IN " NAMED,
                 "");
    if (!sql_row(s, st, err)) return;
    to->pages = sqlite3_column_int(st, 0), to->pages_done = sqlite3_column_int(st, 1);
    to->pages_failed = sqlite3_column_int(st, 2);
    sql_end(st);
}

static void load_last_run(Store *s, Arena *a, Status *to, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err, "SELECT started, ended, code, version FROM runs ORDER BY id DESC LIMIT 1", "");
    if (!sql_row(s, st, err)) return;
    to->started = sql_text(st, 0, a), to->ended = sql_text(st, 1, a);
    to->code = sqlite3_column_int(st, 2);
    to->version = sql_text(st, 3, a);
    sql_end(st);
}

static void load_failed(Store *s, Arena *a, Status *to, Err *err)
{
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT file, page, code, reason, tries, kept FROM failed_kept ORDER BY file, page", "");
    while (sql_row(s, st, err))
        *vec_push(&to->failed) =
            (Failed){sql_text(st, 0, a), sqlite3_column_int(st, 1), sqlite3_column_int(st, 2),
                     sql_text(st, 3, a), sqlite3_column_int(st, 4), sqlite3_column_int(st, 5) != 0};
}

static void load_odd(Store *s, Arena *a, Status *to, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err,
                                "SELECT f.file, c.page, c.text FROM findings c"
                                " JOIN named f ON f.document = c.document ORDER BY f.file, c.page, c.n",
                                "");
    while (sql_row(s, st, err))
        *vec_push(&to->odd) = (Odd){sql_text(st, 0, a), sqlite3_column_int(st, 1), sql_text(st, 2, a)};
}

bool store_load_status(Store *s, Arena *a, Status *status, Err *err)
{
    *status = (Status){0};
    count_documents(s, status, err);
    count_all_pages(s, status, err);
    store_count_pairings(s, &status->pairings, &status->flagged, err);
    load_last_run(s, a, status, err);
    load_failed(s, a, status, err);
    load_odd(s, a, status, err);
    return !err_is(err);
}

bool store_load_unfinished(Store *s, Arena *a, Paths *paths, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT f.path FROM files f LEFT JOIN documents d ON d.id = f.document"
                 " WHERE f.code IS NOT NULL OR d.state IS NULL OR d.state <> 'done' ORDER BY f.path",
                 "");
    while (sql_row(s, st, err)) *vec_push(paths) = sql_text(st, 0, a);
    return !err_is(err);
}

void status_release(Status *status)
{
    vec_release(&status->failed);
    vec_release(&status->odd);
}
