/* The ledger. plans.db of three files and five pages:
 *
 *     files      plan-1.pdf ──► document 1        documents  1 done, 2 waiting
 *                copy.pdf   ──► document 1        pages      (1,1) done (1,2) done (2,1) done (2,2) started
 *                plan-2.pdf ──► document 2                   (2,3) waiting
 *
 * Killed here, the next run finds document 2 waiting and page (2,2) not done, and goes on with it.
 */
#include "store/store.h"

#include "store/sql.h"

#include <string.h>

const char *const document_state_names[] = {[DOCUMENT_WAITING] = "waiting",
                                            [DOCUMENT_DONE] = "done",
                                            [DOCUMENT_PARTLY] = "partly",
                                            [DOCUMENT_FAILED] = "failed"};

/* ---- runs ---- */

int64_t store_begin_run(Store *s, const char *version, const char *key, int files, Err *err)
{
    sql_do(s, err,
           "INSERT INTO runs (started, version, key, files) VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), "
           "?, ?, ?)",
           "ssi", version, key, files);
    return err_is(err) ? 0 : sqlite3_last_insert_rowid(s->db);
}

bool store_set_shard(Store *s, int64_t run, int index, int count, Err *err)
{
    return sql_do(s, err, "UPDATE runs SET shard = ?, shards = ? WHERE id = ?", "iil", index, count, run);
}

bool store_load_shard(Store *s, int *index, int *count, Err *err)
{
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT shard, shards FROM runs WHERE shards IS NOT NULL ORDER BY id DESC LIMIT 1", "");
    if (!sql_row(s, st, err)) return false;
    *index = sqlite3_column_int(st, 0), *count = sqlite3_column_int(st, 1);
    sql_end(st);
    return true;
}

bool store_end_run(Store *s, int64_t run, int pages_done, int pages_failed, int code, Err *err)
{
    return sql_do(
        s, err,
        "UPDATE runs SET ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), pages_done = ?, pages_failed = ?,"
        " code = ? WHERE id = ?",
        "iiil", pages_done, pages_failed, code, run);
}

/* ---- files ---- */

void sql_why(sqlite3_stmt *st, int col, Err *why)
{
    const char *reason = (const char *)sqlite3_column_text(st, col + 1);
    *why = (Err){0};
    if (reason) err_recall(why, sqlite3_column_int(st, col), reason);
}

bool store_lookup_file(Store *s, const char *path, FileSeen *file, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err, "SELECT document, size, mtime, ctime, seen, code, reason FROM files WHERE path = ?",
                 "s", path);
    if (!sql_row(s, st, err)) return false;
    *file = (FileSeen){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
                       sqlite3_column_int64(st, 3), sqlite3_column_int64(st, 4), {0}};
    sql_why(st, 5, &file->why);
    sql_end(st);
    return true;
}

bool store_put_file(Store *s, const char *path, const char *absolute, const FileSeen *f, Err *err)
{
    Buf reason = {0};
    if (f->why.code) err_keep(&f->why, &reason);
    sql_do(s, err,
           "INSERT INTO files (path, absolute, document, size, mtime, ctime, seen, code, reason)"
           " VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)"
           " ON CONFLICT (path) DO UPDATE SET absolute = excluded.absolute, document = excluded.document,"
           " size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime, seen = excluded.seen,"
           " code = excluded.code, reason = excluded.reason",
           "sslllllps", path, absolute, f->document, f->size, f->mtime, f->ctime, f->seen, f->why.code,
           reason.s);
    buf_release(&reason);
    return !err_is(err);
}

const char *store_lookup_path(Store *s, int64_t document, int i, Arena *a, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT p FROM (SELECT path AS p, id AS i, 0 AS o FROM files WHERE document = ?"
                 " UNION ALL SELECT absolute, id, 1 FROM files WHERE document = ? AND absolute IS NOT NULL)"
                 " ORDER BY o, i LIMIT 1 OFFSET ?",
                 "lli", document, document, i);
    if (!sql_row(s, st, err)) return NULL;
    const char *path = sql_text(st, 0, a);
    sql_end(st);
    return path;
}

/* ---- documents ---- */

static DocumentState state_from_name(const char *name)
{
    int i = DOCUMENT_FAILED;
    while (i > 0 && strcmp(name, document_state_names[i]) != 0) i--;
    return (DocumentState)i;
}

static bool take_document(Store *s, sqlite3_stmt *st, Document *doc, Err *err)
{
    char state[16];
    if (!sql_row(s, st, err)) return false;
    *doc = (Document){.id = sqlite3_column_int64(st, 0), .pages = sqlite3_column_int(st, 3)};
    sql_copy(st, 1, doc->sha256, sizeof doc->sha256);
    sql_copy(st, 2, state, sizeof state);
    doc->state = state_from_name(state);
    sql_copy(st, 4, doc->key, sizeof doc->key);
    sql_why(st, 5, &doc->why);
    sql_end(st);
    return true;
}

bool store_list_documents(Store *s, Arena *a, Listing *list, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT d.id, d.sha256, f.file, coalesce((SELECT mtime FROM files WHERE path = f.file),"
                 " 0) / 1000000000, count(p.id)"
                 " FROM documents d JOIN named f ON f.document = d.id"
                 " JOIN pages p ON p.document = d.id AND p.stage IS NOT NULL"
                 " GROUP BY d.id ORDER BY f.file",
                 "");
    while (sql_row(s, st, err))
        *vec_push(list) = (Listed){sqlite3_column_int64(st, 0), sql_text(st, 1, a), sql_text(st, 2, a),
                                   sqlite3_column_int64(st, 3), sqlite3_column_int(st, 4)};
    return !err_is(err);
}

bool store_lookup_document(Store *s, const char *sha256, Document *doc, Err *err)
{
    return take_document(
        s,
        sql_bind(s, err, "SELECT id, sha256, state, pages, key, code, reason FROM documents WHERE sha256 = ?",
                 "s", sha256),
        doc, err);
}

bool store_load_document(Store *s, int64_t id, Document *doc, Err *err)
{
    if (take_document(
            s,
            sql_bind(s, err, "SELECT id, sha256, state, pages, key, code, reason FROM documents WHERE id = ?",
                     "l", id),
            doc, err))
        return true;
    return err_set(err, DAU_INTERNAL, "'%s' has no document %lld", s->path, (long long)id);
}

int64_t store_add_document(Store *s, const char *sha256, int64_t size, Err *err)
{
    sql_do(s, err, "INSERT INTO documents (sha256, size) VALUES (?, ?)", "sl", sha256, size);
    return err_is(err) ? 0 : sqlite3_last_insert_rowid(s->db);
}

bool store_reopen_document(Store *s, int64_t doc, bool all, Err *err)
{
    if (all)
        sql_do(s, err, "UPDATE pages SET state = 'waiting', read_key = NULL WHERE document = ?", "l", doc);
    return sql_do(
        s, err,
        "UPDATE documents SET state = 'waiting', tries = tries + 1, code = NULL, reason = NULL WHERE id = ?",
        "l", doc);
}

bool store_set_pages(Store *s, int64_t doc, const char *kind, int pages, Err *err)
{
    bool entered = sql_enter(s, err);
    sql_do(s, err, "UPDATE documents SET kind = ?, pages = ? WHERE id = ?", "sil", kind, pages, doc);
    if (sql_number(s, err, "SELECT count(*) FROM pages WHERE document = ? AND number > ?", "li", doc,
                   pages)) {
        sql_drop_pairings(s, doc, err);
        sql_do(
            s, err,
            "DELETE FROM search WHERE rowid IN (SELECT x.rowid FROM pages p JOIN search x ON x.rowid BETWEEN"
            " p.id << 20 AND (p.id << 20) + 1048575 WHERE p.document = ? AND p.number > ?)",
            "li", doc, pages);
        sql_do(s, err, "DELETE FROM pages WHERE document = ? AND number > ?", "li", doc, pages);
    }
    int have =
        (int)sql_number(s, err, "SELECT coalesce(max(number), 0) FROM pages WHERE document = ?", "l", doc);
    for (int n = have + 1; n <= pages && !err_is(err); n++)
        sql_do(s, err, "INSERT INTO pages (document, number) VALUES (?, ?)", "li", doc, n);
    return sql_leave(s, entered, err);
}

/* Whether one of the keys that are bound is the column's. */
#define IS_ONE_OF(column) "instr(' ' || ? || ' ', ' ' || " column " || ' ') > 0"

int store_next_page(Store *s, int64_t doc, int after, const char *keys, Err *err)
{
    return (int)sql_number(
        s, err,
        "SELECT number FROM pages WHERE document = ? AND number > ?"
        " AND (state <> 'done' OR key IS NULL OR NOT " IS_ONE_OF("key") ")"
                                                                        " ORDER BY number LIMIT 1",
        "lis", doc, after, keys);
}

int store_count_left(Store *s, int64_t doc, const char *keys, Err *err)
{
    return (int)sql_number(s, err,
                           "SELECT count(*) FROM pages WHERE document = ?"
                           " AND (state <> 'done' OR key IS NULL OR NOT " IS_ONE_OF("key") ")",
                           "ls", doc, keys);
}

bool store_has_result(Store *s, int64_t doc, const char *keys, Err *err)
{
    return sql_number(s, err,
                      "SELECT 1 FROM pages WHERE document = ? AND stage IS NOT NULL AND " IS_ONE_OF(
                          "key") " LIMIT 1",
                      "ls", doc, keys) != 0;
}

bool store_is_read(Store *s, int64_t doc, int number, const char *read_keys, Err *err)
{
    return sql_number(s, err,
                      "SELECT 1 FROM pages WHERE document = ? AND number = ? AND stage IS NOT NULL"
                      " AND " IS_ONE_OF("read_key"),
                      "lis", doc, number, read_keys) != 0;
}

int store_next_result(Store *s, int64_t doc, int after, Err *err)
{
    return (int)sql_number(s, err,
                           "SELECT number FROM pages WHERE document = ? AND number > ? AND stage IS NOT NULL"
                           " ORDER BY number LIMIT 1",
                           "li", doc, after);
}

bool store_start_page(Store *s, int64_t doc, int number, Err *err)
{
    return sql_do(s, err,
                  "UPDATE pages SET state = 'started', tries = tries + 1 WHERE document = ? AND number = ?",
                  "li", doc, number);
}
