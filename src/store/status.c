/* How far a database is, for `dau status`: counts, the last run, what failed: "kế hoạch.pdf, page 3". Documents that no
 * file names any more do not count. */
#include "base/str.h"
#include "store/sql.h"

#include <string.h>

#define NAMED "(SELECT document FROM files WHERE document IS NOT NULL)"

static void count_documents(Store *s, Status *to, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT count(*) AS n, count(*) FILTER (WHERE state = 'done') AS done,"
                        " count(*) FILTER (WHERE state = 'partly') AS partly,"
                        " count(*) FILTER (WHERE state = 'failed') AS failed"
                        " FROM documents WHERE id IN " NAMED,
                        SQL_NONE);
    if (!sql_row(s, q, err)) return;
    to->documents = sql_int(q, "n"), to->documents_done = sql_int(q, "done");
    to->documents_partly = sql_int(q, "partly"), to->documents_failed = sql_int(q, "failed");
    sql_end(q);
}

static void count_all_pages(Store *s, Status *to, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT count(*) AS n, count(*) FILTER (WHERE state = 'done') AS done,"
                        " count(*) FILTER (WHERE state = 'failed') AS failed"
                        " FROM pages WHERE document IN " NAMED,
                        SQL_NONE);
    if (!sql_row(s, q, err)) return;
    to->pages = sql_int(q, "n"), to->pages_done = sql_int(q, "done");
    to->pages_failed = sql_int(q, "failed");
    sql_end(q);
}

static void load_last_run(Store *s, Arena *a, Status *to, Err *err)
{
    Query *q =
        sql_bind(s, err, "SELECT started, ended, code, version FROM runs ORDER BY id DESC LIMIT 1", SQL_NONE);
    if (!sql_row(s, q, err)) return;
    to->started = sql_text(q, "started", a), to->ended = sql_text(q, "ended", a);
    to->code = sql_int(q, "code");
    to->version = sql_text(q, "version", a);
    sql_end(q);
}

static void load_failed(Store *s, Arena *a, Status *to, Err *err)
{
    Query *q =
        sql_bind(s, err, "SELECT file, page, code, reason, tries, kept FROM failed_kept ORDER BY file, page",
                 SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(&to->failed) = (Failed){.file = sql_text(q, "file", a),
                                          .page = sql_int(q, "page"),
                                          .code = sql_int(q, "code"),
                                          .reason = sql_text(q, "reason", a),
                                          .tries = sql_int(q, "tries"),
                                          .kept = sql_int(q, "kept") != 0};
}

static void load_odd(Store *s, Arena *a, Status *to, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT f.file, c.page, c.text FROM findings c"
                        " JOIN named f ON f.document = c.document ORDER BY f.file, c.page, c.n",
                        SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(&to->odd) =
            (Odd){.file = sql_text(q, "file", a), .page = sql_int(q, "page"), .text = sql_text(q, "text", a)};
}

static void load_said(Store *s, Arena *a, Status *to, Err *err)
{
    to->words = store_load_setting(s, "words", a, err);
    to->schools = store_load_setting(s, "schools", a, err);
    Query *q = sql_bind(s, err,
                        "SELECT f.file, d.columns FROM documents d JOIN named f ON f.document = d.id"
                        " WHERE d.columns IS NOT NULL ORDER BY f.file",
                        SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(&to->said) =
            (SaidColumns){.file = sql_text(q, "file", a), .columns = sql_text(q, "columns", a)};
}

bool store_load_status(Store *s, Arena *a, Status *status, Err *err)
{
    *status = (Status){0};
    count_documents(s, status, err);
    count_all_pages(s, status, err);
    PairCounts counts;
    store_count_pairings(s, &counts, err);
    status->pairings = counts.schools, status->flagged = counts.flagged, status->unions = counts.unions;
    load_last_run(s, a, status, err);
    load_failed(s, a, status, err);
    load_odd(s, a, status, err);
    load_said(s, a, status, err);
    return !err_is(err);
}

bool store_load_unfinished(Store *s, Arena *a, Paths *paths, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT f.path FROM files f LEFT JOIN documents d ON d.id = f.document"
                        " WHERE f.code IS NOT NULL OR d.state IS NULL OR d.state <> 'done' ORDER BY f.path",
                        SQL_NONE);
    while (sql_row(s, q, err)) *vec_push(paths) = sql_text(q, "path", a);
    return !err_is(err);
}

void status_release(Status *status)
{
    vec_release(&status->failed);
    vec_release(&status->odd);
    vec_release(&status->said);
}
