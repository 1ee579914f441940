/* Opening "plans.db" of version 3 under a program of version 14: it is ours by its application_id,
 * schema/4.sql to 14.sql run in one transaction, and store_lock() holds "plans.db-lock" until it is closed.
 */
#include "store/store.h"

#include "base/str.h"
#include "base/viet.h"
#include "store/sql.h"

#include <errno.h>
#include <fcntl.h>
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

/* Line by line, a script a version: schema/1.sql and on. */
#include "schema.inc"

enum {
    VERSIONS = sizeof schemas / sizeof *schemas,
    REVIEWED_FROM = 4 /* the version with the table review */
};

/* ---- open and close ---- */

static bool migrate(Store *s, Err *err)
{
    Buf script[VERSIONS] = {0};
    const char *steps[VERSIONS];
    for (int i = 0; i < VERSIONS; i++) {
        for (const char *const *line = schemas[i]; *line; line++) buf_add(&script[i], *line);
        steps[i] = script[i].s;
    }
    int64_t before = sql_number(s, err, "PRAGMA user_version", SQL_NONE);
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

/* The descriptor; -1 when another process holds the lock, -2 when the file cannot be made. The holder may have removed the
 * file between our open() and flock(). Then ours is not the one that others see, and we try again. */
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
            return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", s->lock_path, err_system(errno));
    }
    if (s->lock >= 0) return true;
    return err_set(err, DAU_BUSY,
                   "another 'dau run' is at work on '%s'; wait for it, or name another database", s->path);
}
