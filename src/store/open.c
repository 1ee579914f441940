/* Opening "plans.db" of version 3 under a program of version 14: it is ours by its application_id,
 * schema/4.sql to 14.sql run in one transaction, and it is locked as lock.h says until it is closed.
 */
#include "store/store.h"

#include "base/str.h"
#include "base/viet.h"
#include "store/sql.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    BUSY_MS = 5000 /* another program's transaction takes milliseconds; 5 s is a hang */
};

/* Line by line, a script a version: schema/1.sql and on. */
#include "schema.inc"

enum {
    VERSIONS = sizeof schemas / sizeof *schemas,
    REVIEWED_FROM = 4 /* the version with the table review */
};

/* ---- bring up to date ---- */

static bool migrate(Store *s, Err *err)
{
    Buf script[VERSIONS] = {0};
    const char *steps[VERSIONS];
    for (int i = 0; i < VERSIONS; i++) {
        for (const char *const *line = schemas[i]; *line; line++) buf_add(&script[i], *line);
        steps[i] = script[i].s;
    }
    int64_t before = sql_number(s, err, "PRAGMA user_version", SQL_NONE);
    if (sql_migrate(s, steps, VERSIONS, err) && sql_check(s, steps, VERSIONS, err) && before &&
        before < REVIEWED_FROM)
        sql_fill_review(s, err);
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

void sql_add_functions(Store *s)
{
    sqlite3_create_function_v2(s->db, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                               fold, NULL, NULL, NULL);
}

/* Ours, or empty and to be written. */
static bool check_ours(Store *s, StoreMode mode, Err *err)
{
    int64_t things = sql_number(s, err, "SELECT count(*) FROM sqlite_master", SQL_NONE);
    int64_t id = sql_number(s, err, "PRAGMA application_id", SQL_NONE);
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
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sql_script(s, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON", err);
    if (!check_ours(s, mode, err)) return false;
    if (mode != STORE_READ) sql_script(s, "PRAGMA journal_mode = WAL", err);
    sql_add_functions(s);
    sql_script(s, "PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON", err);
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
                           path, err_system(errno), path);
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s", path, err_system(errno));
    }
    if (!S_ISREG(st.st_mode))
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': it is no file; a database is wanted here",
                       path);
    if (access(path, R_OK) != 0)
        return err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s", path, err_system(errno));
    return true;
}

/* ---- who may work on it at once ---- */

bool store_lock(Store *s, Err *err)
{
    if (lock_take(&s->run, s->path, "-lock", true, err) || err_is(err)) return !err_is(err);
    return err_set(err, DAU_BUSY,
                   "another 'dau run' is at work on '%s'; wait for it, or name another database", s->path);
}

/* Whoever writes shares the database with others that write, and with nobody who replaces it. */
static bool share(Store *s, Err *err)
{
    if (lock_take(&s->used, s->path, "-used", false, err) || err_is(err)) return !err_is(err);
    return err_set(err, DAU_BUSY, "'dau merge' is just replacing '%s'; try again when it is done", s->path);
}

bool store_lock_alone(Store *s, Err *err)
{
    if (lock_take(&s->used, s->path, "-used", true, err) || err_is(err)) return !err_is(err);
    return err_set(err, DAU_BUSY,
                   "'%s' is open in a run, a review or an import; end it, then merge, or name another result",
                   s->path);
}

/* ---- open and close ---- */

static void connect_to_read(Store *s, Err *err)
{
    if (connect(s, STORE_READ, false, err) || err->code != DAU_FILE_ACCESS || !read_only_place(s)) return;
    sql_disconnect(s);
    err_clear(err);
    connect(s, STORE_READ, true, err);
}

/* Where no file can be made beside it SQLite says better why than the lock does. */
static void connect_to_write(Store *s, StoreMode mode, Err *err)
{
    Err why = {0};
    if (!share(s, &why) && why.code == DAU_BUSY) {
        *err = why;
        return;
    }
    if (connect(s, mode, false, err) && err_is(&why)) *err = why;
}

Store *store_open(const char *path, StoreMode mode, Err *err)
{
    if (err_is(err) || !check_there(path, mode, err)) return NULL;
    Store *s = xalloc(sizeof *s);
    s->path = file_path(path);
    if (mode == STORE_READ)
        connect_to_read(s, err);
    else
        connect_to_write(s, mode, err);
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
    lock_drop(&s->run);
    lock_drop(&s->used);
    free(s->path);
    free(s);
}
