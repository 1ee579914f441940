/* The ledger. plans.db of three files and five pages:
 *
 *     files      kế-hoạch-1.pdf ──► document 1    documents  1 done, 2 waiting
 *                bản-sao.pdf    ──► document 1    pages      (1,1) done (1,2) done (2,1) done (2,2) started
 *                kế-hoạch-2.pdf ──► document 2               (2,3) waiting
 *
 * When a run is killed here, the next one finds document 2 waiting and page (2,2) not done, and goes on with it.
 */
#include "store/store.h"

#include "store/sql.h"

#include <assert.h>
#include <string.h>

const char *const document_state_names[] = {[DOCUMENT_WAITING] = "waiting",
                                            [DOCUMENT_DONE] = "done",
                                            [DOCUMENT_PARTLY] = "partly",
                                            [DOCUMENT_FAILED] = "failed"};
static_assert(sizeof document_state_names / sizeof *document_state_names == DOCUMENT_STATES,
              "a state without its name");

/* ---- runs ---- */

int64_t store_begin_run(Store *s, const char *version, const char *key, int files, Err *err)
{
    sql_do(s, err,
           "INSERT INTO runs (started, version, key, files)"
           " VALUES (strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), :version, :key, :files)",
           SQL("version", version), SQL("key", key), SQL("files", files));
    return err_is(err) ? 0 : sqlite3_last_insert_rowid(s->db);
}

bool store_set_shard(Store *s, int64_t run, int index, int count, Err *err)
{
    return sql_do(s, err, "UPDATE runs SET shard = :shard, shards = :shards WHERE id = :id",
                  SQL("shard", index), SQL("shards", count), SQL("id", run));
}

bool store_load_shard(Store *s, int *index, int *count, Err *err)
{
    Query *q = sql_bind(
        s, err, "SELECT shard, shards FROM runs WHERE shards IS NOT NULL ORDER BY id DESC LIMIT 1", SQL_NONE);
    if (!sql_row(s, q, err)) return false;
    *index = sql_int(q, "shard"), *count = sql_int(q, "shards");
    sql_end(q);
    return true;
}

bool store_end_run(Store *s, int64_t run, int pages_done, int pages_failed, int code, Err *err)
{
    return sql_do(s, err,
                  "UPDATE runs SET ended = strftime('%Y-%m-%dT%H:%M:%SZ', 'now'), pages_done = :done,"
                  " pages_failed = :failed, code = :code WHERE id = :id",
                  SQL("done", pages_done), SQL("failed", pages_failed), SQL("code", code), SQL("id", run));
}

/* ---- settings ---- */

const char *store_load_setting(Store *s, const char *name, Arena *a, Err *err)
{
    Query *q = sql_bind(s, err, "SELECT value FROM settings WHERE name = :name", SQL("name", name));
    if (!sql_row(s, q, err)) return NULL;
    const char *value = sql_text(q, "value", a);
    sql_end(q);
    return value;
}

bool store_put_setting(Store *s, const char *name, const char *value, Err *err)
{
    if (!value || !*value)
        return sql_do(s, err, "DELETE FROM settings WHERE name = :name", SQL("name", name));
    return sql_do(s, err,
                  "INSERT INTO settings (name, value) VALUES (:name, :value)"
                  " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                  SQL("name", name), SQL("value", value));
}

/* ---- files ---- */

bool store_lookup_file(Store *s, const char *path, FileSeen *file, Err *err)
{
    Query *q = sql_bind(
        s, err, "SELECT document, size, mtime, ctime, seen, code, reason FROM files WHERE path = :path",
        SQL("path", path));
    if (!sql_row(s, q, err)) return false;
    *file = (FileSeen){.document = sql_int64(q, "document"),
                       .size = sql_int64(q, "size"),
                       .mtime = sql_int64(q, "mtime"),
                       .ctime = sql_int64(q, "ctime"),
                       .seen = sql_int64(q, "seen")};
    sql_why(q, &file->why);
    sql_end(q);
    return true;
}

bool store_put_file(Store *s, const char *path, const char *absolute, const FileSeen *f, Err *err)
{
    Buf reason = {0};
    if (f->why.code) err_keep(&f->why, &reason);
    sql_do(s, err,
           "INSERT INTO files (path, absolute, document, size, mtime, ctime, seen, code, reason)"
           " VALUES (:path, :absolute, :document, :size, :mtime, :ctime, :seen, :code, :reason)"
           " ON CONFLICT (path) DO UPDATE SET absolute = excluded.absolute, document = excluded.document,"
           " size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime, seen = excluded.seen,"
           " code = excluded.code, reason = excluded.reason",
           SQL("path", path), SQL("absolute", absolute), SQL_OR_NULL("document", f->document),
           SQL("size", f->size), SQL("mtime", f->mtime), SQL("ctime", f->ctime), SQL("seen", f->seen),
           SQL_OR_NULL("code", f->why.code), SQL("reason", reason.s));
    buf_release(&reason);
    return !err_is(err);
}

const char *store_lookup_path(Store *s, int64_t document, int i, Arena *a, Err *err)
{
    Query *q = sql_bind(
        s, err,
        "SELECT p FROM (SELECT path AS p, id AS i, 0 AS o FROM files WHERE document = :document"
        " UNION ALL SELECT absolute, id, 1 FROM files WHERE document = :document AND absolute IS NOT NULL)"
        " ORDER BY o, i LIMIT 1 OFFSET :i",
        SQL("document", document), SQL("i", i));
    if (!sql_row(s, q, err)) return NULL;
    const char *path = sql_text(q, "p", a);
    sql_end(q);
    return path;
}

/* ---- documents ---- */

static DocumentState state_from_name(const char *name)
{
    int i = DOCUMENT_STATES - 1;
    while (i > 0 && strcmp(name, document_state_names[i]) != 0) i--;
    return (DocumentState)i;
}

static bool take_document(Store *s, Query *q, Document *doc, Err *err)
{
    char state[16];
    if (!sql_row(s, q, err)) return false;
    *doc = (Document){.id = sql_int64(q, "id"), .pages = sql_int(q, "pages")};
    sql_copy(q, "sha256", doc->sha256, sizeof doc->sha256);
    sql_copy(q, "state", state, sizeof state);
    doc->state = state_from_name(state);
    sql_copy(q, "key", doc->key, sizeof doc->key);
    sql_why(q, &doc->why);
    sql_end(q);
    return true;
}

bool store_list_documents(Store *s, Arena *a, Listing *list, Err *err)
{
    Query *q =
        sql_bind(s, err,
                 "SELECT d.id, d.sha256, f.file, coalesce((SELECT mtime FROM files WHERE path = f.file),"
                 " 0) / 1000000000 AS mtime, count(p.id) AS pages"
                 " FROM documents d JOIN named f ON f.document = d.id"
                 " JOIN pages p ON p.document = d.id AND p.stage IS NOT NULL"
                 " GROUP BY d.id ORDER BY f.file",
                 SQL_NONE);
    while (sql_row(s, q, err))
        *vec_push(list) = (Listed){.id = sql_int64(q, "id"),
                                   .sha256 = sql_text(q, "sha256", a),
                                   .file = sql_text(q, "file", a),
                                   .mtime = sql_int64(q, "mtime"),
                                   .pages = sql_int(q, "pages")};
    return !err_is(err);
}

#define DOCUMENT_COLUMNS "SELECT id, sha256, state, pages, key, code, reason FROM documents "

bool store_lookup_document(Store *s, const char *sha256, Document *doc, Err *err)
{
    Query *q = sql_bind(s, err, DOCUMENT_COLUMNS "WHERE sha256 = :sha256", SQL("sha256", sha256));
    return take_document(s, q, doc, err);
}

bool store_load_document(Store *s, int64_t id, Document *doc, Err *err)
{
    Query *q = sql_bind(s, err, DOCUMENT_COLUMNS "WHERE id = :id", SQL("id", id));
    if (take_document(s, q, doc, err)) return true;
    return err_set(err, DAU_INTERNAL, "'%s' has no document %lld", s->path, (long long)id);
}

int64_t store_add_document(Store *s, const char *sha256, int64_t size, Err *err)
{
    sql_insert(s, err, "documents", SQL("sha256", sha256), SQL("size", size));
    return err_is(err) ? 0 : sqlite3_last_insert_rowid(s->db);
}

const char *store_load_columns(Store *s, int64_t doc, Arena *a, Err *err)
{
    Query *q = sql_bind(s, err, "SELECT columns FROM documents WHERE id = :id", SQL("id", doc));
    if (!sql_row(s, q, err)) return NULL;
    const char *columns = sql_text(q, "columns", a);
    sql_end(q);
    return columns;
}

bool store_say_columns(Store *s, int64_t doc, const char *columns, Err *err)
{
    return sql_do(s, err, "UPDATE documents SET columns = nullif(:columns, '') WHERE id = :id",
                  SQL("columns", columns), SQL("id", doc));
}

bool store_reopen_document(Store *s, int64_t doc, bool all, Err *err)
{
    if (all)
        sql_do(s, err, "UPDATE pages SET state = 'waiting', read_key = NULL WHERE document = :document",
               SQL("document", doc));
    return sql_do(s, err,
                  "UPDATE documents SET state = 'waiting', tries = tries + 1, code = NULL, reason = NULL"
                  " WHERE id = :id",
                  SQL("id", doc));
}

static void drop_pages_after(Store *s, int64_t doc, int last, Err *err)
{
    sql_drop_pairings(s, doc, err);
    sql_do(s, err,
           "DELETE FROM search WHERE rowid IN (SELECT x.rowid FROM pages p JOIN search x ON x.rowid BETWEEN"
           " p.id << 20 AND (p.id << 20) + 1048575 WHERE p.document = :document AND p.number > :last)",
           SQL("document", doc), SQL("last", last));
    sql_do(s, err, "DELETE FROM pages WHERE document = :document AND number > :last", SQL("document", doc),
           SQL("last", last));
}

bool store_set_pages(Store *s, int64_t doc, const char *kind, int pages, Err *err)
{
    bool entered = sql_enter(s, err);
    sql_do(s, err, "UPDATE documents SET kind = :kind, pages = :pages WHERE id = :id", SQL("kind", kind),
           SQL("pages", pages), SQL("id", doc));
    if (sql_number(s, err, "SELECT count(*) FROM pages WHERE document = :document AND number > :last",
                   SQL("document", doc), SQL("last", pages)))
        drop_pages_after(s, doc, pages, err);
    int have =
        (int)sql_number(s, err, "SELECT coalesce(max(number), 0) FROM pages WHERE document = :document",
                        SQL("document", doc));
    for (int n = have + 1; n <= pages && !err_is(err); n++)
        sql_insert(s, err, "pages", SQL("document", doc), SQL("number", n));
    return sql_leave(s, entered, err);
}

/* Whether one of the keys that are bound as :keys is the column's. */
#define IS_ONE_OF(column) "instr(' ' || :keys || ' ', ' ' || " column " || ' ') > 0"
#define IS_LEFT           "(state <> 'done' OR key IS NULL OR NOT " IS_ONE_OF("key") ")"

int store_next_page(Store *s, int64_t doc, int after, const char *keys, Err *err)
{
    return (int)sql_number(s, err,
                           "SELECT number FROM pages WHERE document = :document AND number > :after"
                           " AND " IS_LEFT " ORDER BY number LIMIT 1",
                           SQL("document", doc), SQL("after", after), SQL("keys", keys));
}

int store_count_left(Store *s, int64_t doc, const char *keys, Err *err)
{
    return (int)sql_number(s, err, "SELECT count(*) FROM pages WHERE document = :document AND " IS_LEFT,
                           SQL("document", doc), SQL("keys", keys));
}

bool store_has_result(Store *s, int64_t doc, const char *keys, Err *err)
{
    return sql_number(s, err,
                      "SELECT 1 FROM pages WHERE document = :document AND stage IS NOT NULL"
                      " AND " IS_ONE_OF("key") " LIMIT 1",
                      SQL("document", doc), SQL("keys", keys)) != 0;
}

bool store_is_read(Store *s, int64_t doc, int number, const char *read_keys, Err *err)
{
    return sql_number(s, err,
                      "SELECT 1 FROM pages WHERE document = :document AND number = :number"
                      " AND stage IS NOT NULL AND " IS_ONE_OF("read_key"),
                      SQL("document", doc), SQL("number", number), SQL("keys", read_keys)) != 0;
}

int store_next_result(Store *s, int64_t doc, int after, Err *err)
{
    return (int)sql_number(s, err,
                           "SELECT number FROM pages WHERE document = :document AND number > :after"
                           " AND stage IS NOT NULL ORDER BY number LIMIT 1",
                           SQL("document", doc), SQL("after", after));
}

bool store_start_page(Store *s, int64_t doc, int number, Err *err)
{
    return sql_do(s, err,
                  "UPDATE pages SET state = 'started', tries = tries + 1"
                  " WHERE document = :document AND number = :number",
                  SQL("document", doc), SQL("number", number));
}
