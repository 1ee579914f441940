/* Opening, and the ledger. plans.db of three files and five pages:
 *
 *     files      plan-1.pdf ──► document 1        documents  1 done, 2 waiting
 *                copy.pdf   ──► document 1        pages      (1,1) done (1,2) done (2,1) done (2,2) started
 *                plan-2.pdf ──► document 2                   (2,3) waiting
 *
 * Killed here, the next run finds document 2 waiting and page (2,2) not done, and goes on with it.
 */
#include "store/store.h"

#include "base/str.h"
#include "base/viet.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    BUSY_MS = 5000,  /* another program's transaction takes milliseconds; 5 s is a hang */
    LOCK_TRIES = 20, /* for another run to end, LOCK_WAIT_MS apart: 2 s, for one that is just closing */
    LOCK_WAIT_MS = 100
};

/* A script a version, line by line. */
static const char *const schema_1[] = {
#include "schema.sql.h"
    NULL};
static const char *const schema_2[] = {
#include "schema-2.sql.h"
    NULL};
static const char *const schema_3[] = {
#include "schema-3.sql.h"
    NULL};
static const char *const schema_4[] = {
#include "schema-4.sql.h"
    NULL};
static const char *const schema_5[] = {
#include "schema-5.sql.h"
    NULL};
static const char *const schema_6[] = {
#include "schema-6.sql.h"
    NULL};
static const char *const schema_7[] = {
#include "schema-7.sql.h"
    NULL};
static const char *const schema_8[] = {
#include "schema-8.sql.h"
    NULL};
static const char *const schema_9[] = {
#include "schema-9.sql.h"
    NULL};
static const char *const schema_10[] = {
#include "schema-10.sql.h"
    NULL};
static const char *const schema_11[] = {
#include "schema-11.sql.h"
    NULL};
static const char *const schema_12[] = {
#include "schema-12.sql.h"
    NULL};
static const char *const *const schemas[] = {schema_1, schema_2, schema_3, schema_4,  schema_5,  schema_6,
                                             schema_7, schema_8, schema_9, schema_10, schema_11, schema_12};

enum {
    VERSIONS = sizeof schemas / sizeof *schemas,
    REVIEWED_FROM = 4 /* the version with the table review */
};

static const char *const states[] = {"waiting", "done", "partly", "failed"};

/* ---- open and close ---- */

static bool migrate(Store *s, Err *err)
{
    Buf script[VERSIONS] = {0};
    const char *steps[VERSIONS];
    for (int i = 0; i < VERSIONS; i++) {
        for (const char *const *line = schemas[i]; *line; line++) buf_add(&script[i], *line);
        steps[i] = script[i].s;
    }
    int64_t before = sql_number(s, err, "PRAGMA user_version", "");
    if (sql_migrate(s, steps, VERSIONS, err) && before && before < REVIEWED_FROM) sql_fill_review(s, err);
    for (int i = 0; i < VERSIONS; i++) buf_release(&script[i]);
    return !err_is(err);
}

/* fold('Nguyễn Trãi') is 'nguyen trai': what the search table holds. */
static void fold(sqlite3_context *c, int n, sqlite3_value **v)
{
    Arena a = {0};
    const char *text = (const char *)sqlite3_value_text(v[0]);
    (void)n;
    sqlite3_result_text(c, viet_key(&a, text ? text : ""), -1, SQLITE_TRANSIENT);
    arena_release(&a);
}

/* Ours, or empty and to be written. */
static bool check_ours(Store *s, StoreMode mode, Err *err)
{
    int64_t things = sql_number(s, err, "SELECT count(*) FROM sqlite_master", "");
    int64_t id = sql_number(s, err, "PRAGMA application_id", "");
    if (err_is(err)) return false;
    if (id == SQL_APPLICATION_ID) return true;
    if (id || things)
        return err_set(err, DAU_BAD_INPUT,
                       "cannot open '%s': it is the database of another program; name another with -d",
                       s->path);
    if (mode != STORE_WRITE)
        return err_set(err, DAU_BAD_INPUT, "cannot open '%s': it is empty; 'dau run -d %s FOLDER' fills it",
                       s->path, s->path);
    return true;
}

static bool set_up(Store *s, StoreMode mode, Err *err)
{
    sqlite3_busy_timeout(s->db, BUSY_MS);
    if (!check_ours(s, mode, err)) return false;
    if (mode != STORE_READ) sql_script(s, "PRAGMA journal_mode = WAL", err);
    sqlite3_create_function_v2(s->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                               fold, NULL, NULL, NULL);
    sql_script(s, "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA recursive_triggers = ON",
               err);
    migrate(s, err);
    sql_script(s, mode == STORE_READ ? "PRAGMA query_only = ON" : "PRAGMA foreign_keys = ON", err);
    return !err_is(err);
}

static void add_uri_path(Buf *b, const char *path)
{
    buf_add(b, "file:");
    for (const unsigned char *p = (const unsigned char *)path; *p; p++)
        if (strchr("?#%", *p) || *p < 0x21 || *p > 0x7E)
            buf_addf(b, "%%%02X", *p);
        else
            buf_addc(b, (char)*p);
}

/* A name that SQLite takes as a file whatever it begins with (":memory:"). */
static char *file_path(const char *path)
{
    Buf b = {0};
    if (path[0] == ':') buf_add(&b, "./");
    buf_add(&b, path);
    return buf_steal(&b);
}

static bool connect(Store *s, StoreMode mode, bool unchanging, Err *err)
{
    Buf uri = {0};
    if (unchanging) {
        add_uri_path(&uri, s->path);
        buf_add(&uri, "?immutable=1");
    }
    int flags = unchanging ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    if (mode == STORE_WRITE) flags |= SQLITE_OPEN_CREATE;
    int rc = sqlite3_open_v2(unchanging ? uri.s : s->path, &s->db, flags, NULL);
    buf_release(&uri);
    return (rc == SQLITE_OK || sql_fail(s, rc, err)) && set_up(s, mode, err);
}

void sql_disconnect(Store *s)
{
    if (s->db) store_rollback(s);
    for (int i = 0; i < s->n_kept; i++) sqlite3_finalize(s->kept[i].st);
    s->n_kept = 0;
    sqlite3_close(s->db);
    s->db = NULL;
}

/* On a disk that cannot be written WAL mode needs to be told that nobody else writes either. */
static bool read_only_place(const Store *s)
{
    Buf wal = {0};
    buf_addf(&wal, "%s-wal", s->path);
    bool no_wal = access(wal.s, F_OK) != 0;
    buf_release(&wal);
    return no_wal && access(s->path, R_OK) == 0;
}

static bool check_there(const char *path, StoreMode mode, Err *err)
{
    struct stat st;
    if (!*path) return err_set(err, DAU_USAGE, "the database needs a name");
    if (stat(path, &st) != 0) {
        if (mode == STORE_WRITE && errno == ENOENT) return true;
        if (errno == ENOENT)
            return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s; 'dau run -d %s FOLDER' makes it",
                           path, strerror(errno), path);
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s", path, strerror(errno));
    }
    if (!S_ISREG(st.st_mode))
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': it is no file; a database is wanted here",
                       path);
    if (access(path, R_OK) != 0)
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s", path, strerror(errno));
    return true;
}

Store *store_open(const char *path, StoreMode mode, Err *err)
{
    if (err_is(err) || !check_there(path, mode, err)) return NULL;
    Store *s = xalloc(sizeof *s);
    s->path = file_path(path);
    s->lock = -1;
    if (!connect(s, mode, false, err) && mode == STORE_READ && err->code == DAU_FILE_ACCESS &&
        read_only_place(s)) {
        sql_disconnect(s);
        err_clear(err);
        connect(s, mode, true, err);
    }
    if (err_is(err)) {
        store_close(s);
        return NULL;
    }
    return s;
}

void store_close(Store *s)
{
    if (!s) return;
    sql_disconnect(s);
    if (s->lock >= 0) {
        unlink(s->lock_path);
        close(s->lock);
    }
    free(s->lock_path);
    free(s->path);
    free(s);
}

/* ---- one run at a time: flock() on a side file, which a killed process cannot leave held ---- */

static bool same_file(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

/* The descriptor, -1 when another holds it, -2 when it cannot be made. The one who held it may have removed
 * the file between our open() and flock(): then ours is not the one others see, and we try again. */
static int try_lock(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return -2;
    if (flock(fd, LOCK_EX | LOCK_NB) == 0 && same_file(fd, path)) return fd;
    close(fd);
    return -1;
}

bool store_lock(Store *s, Err *err)
{
    if (err_is(err) || s->lock >= 0) return !err_is(err);
    Buf path = {0};
    buf_addf(&path, "%s-lock", s->path);
    free(s->lock_path);
    s->lock_path = buf_steal(&path);
    const struct timespec pause = {0, LOCK_WAIT_MS * 1000000L};
    for (int i = 0; i < LOCK_TRIES && s->lock < 0; i++) {
        if (i) nanosleep(&pause, NULL);
        s->lock = try_lock(s->lock_path);
        if (s->lock == -2)
            return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", s->lock_path, strerror(errno));
    }
    if (s->lock >= 0) return true;
    return err_set(err, DAU_BUSY,
                   "another 'dau run' is at work on '%s'; wait for it, or name another database", s->path);
}

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

static void take_why(sqlite3_stmt *st, int col, Err *why)
{
    why->code = sqlite3_column_int(st, col);
    sql_copy(st, col + 1, why->text, sizeof why->text);
}

bool store_lookup_file(Store *s, const char *path, FileSeen *file, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err, "SELECT document, size, mtime, ctime, seen, code, reason FROM files WHERE path = ?",
                 "s", path);
    if (!sql_row(s, st, err)) return false;
    *file = (FileSeen){sqlite3_column_int64(st, 0), sqlite3_column_int64(st, 1), sqlite3_column_int64(st, 2),
                       sqlite3_column_int64(st, 3), sqlite3_column_int64(st, 4), {0}};
    take_why(st, 5, &file->why);
    sql_end(st);
    return true;
}

bool store_put_file(Store *s, const char *path, const char *absolute, const FileSeen *f, Err *err)
{
    return sql_do(
        s, err,
        "INSERT INTO files (path, absolute, document, size, mtime, ctime, seen, code, reason)"
        " VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (path) DO UPDATE SET absolute = excluded.absolute, document = excluded.document,"
        " size = excluded.size, mtime = excluded.mtime, ctime = excluded.ctime, seen = excluded.seen,"
        " code = excluded.code, reason = excluded.reason",
        "sslllllps", path, absolute, f->document, f->size, f->mtime, f->ctime, f->seen, f->why.code,
        f->why.code ? f->why.text : NULL);
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
    while (i > 0 && strcmp(name, states[i]) != 0) i--;
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
    take_why(st, 5, &doc->why);
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

/* Pages of the document by their state. */
static bool count_pages(Store *s, int64_t doc, int *done, int *failed, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT count(*) FILTER (WHERE state = 'done'), count(*) FILTER (WHERE state = 'failed')"
                 " FROM pages WHERE document = ?",
                 "l", doc);
    *done = *failed = 0;
    if (!sql_row(s, st, err)) return false;
    *done = sqlite3_column_int(st, 0), *failed = sqlite3_column_int(st, 1);
    sql_end(st);
    return true;
}

bool store_start_page(Store *s, int64_t doc, int number, Err *err)
{
    return sql_do(s, err,
                  "UPDATE pages SET state = 'started', tries = tries + 1 WHERE document = ? AND number = ?",
                  "li", doc, number);
}

static bool fail_document(Store *s, int64_t doc, const Err *why, Err *err)
{
    return sql_do(s, err,
                  "UPDATE documents SET state = 'failed', key = NULL, code = ?, reason = ? WHERE id = ?",
                  "isl", why->code, why->text, doc);
}

static int count_results(Store *s, int64_t doc, Err *err)
{
    return (int)sql_number(s, err, "SELECT count(*) FROM pages WHERE document = ? AND stage IS NOT NULL", "l",
                           doc);
}

bool store_fail_document(Store *s, int64_t doc, const Err *why, Err *err)
{
    bool entered = sql_enter(s, err);
    if (!count_results(s, doc, err)) {
        sql_drop_pairings(s, doc, err);
        sql_put_facts(s, doc, &(FactVec){0}, err);
        sql_do(s, err, "DELETE FROM pages WHERE document = ?", "l", doc);
        sql_do(s, err, "UPDATE documents SET pages = NULL WHERE id = ?", "l", doc);
    }
    fail_document(s, doc, why, err);
    return sql_leave(s, entered, err);
}

/* No page could be read, now or before: the one cause, or how many causes there were. */
static bool fail_by_pages(Store *s, int64_t doc, int failed, Err *err)
{
    Err why = {0};
    int64_t codes = sql_number(s, err, "SELECT count(DISTINCT code) FROM pages WHERE document = ?", "l", doc);
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT code, reason FROM pages WHERE document = ? ORDER BY number LIMIT 1", "l", doc);
    if (!sql_row(s, st, err)) return false;
    take_why(st, 0, &why);
    sql_end(st);
    if (codes > 1) why.code = DAU_SOME_FAILED;
    if (failed > 1) err_prefix(&why, "none of %d pages could be read", failed);
    return fail_document(s, doc, &why, err);
}

bool store_finish_document(Store *s, int64_t doc, const char *key, const Pairings *found, Err *err)
{
    int done, failed;
    bool entered = sql_enter(s, err);
    count_pages(s, doc, &done, &failed, err);
    sql_replace_pairings(s, doc, found, err);
    if (failed && !count_results(s, doc, err))
        fail_by_pages(s, doc, failed, err);
    else
        sql_do(s, err, "UPDATE documents SET state = ?, key = ?, code = NULL, reason = NULL WHERE id = ?",
               "ssl", states[failed ? DOCUMENT_PARTLY : DOCUMENT_DONE], key, doc);
    return sql_leave(s, entered, err);
}
