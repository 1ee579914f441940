/* The sources are attached one after the other, twice: first to find out which has how much of each document, then to copy
 * what was chosen into a new database. With a.db (1 done, 2 failed) and b.db (2 done, 3 done):
 *
 *     known     1 a done    2 a failed    2 b done    3 b done
 *     taken     1 a         2 b           3 b
 *
 * Ids are given again: a document keeps its SHA-256, a page its document and number, a school its names. Columns are
 * copied by name, so that a new column needs nothing here. Corrections ("Nguyén Du" to "Nguyễn Du") are collected, sorted
 * by when they were made, and laid over what was read, as on the machine that made them.
 */
#include "store/merge.h"

#include "base/str.h"
#include "store/correct.h"
#include "store/sql.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct Merge {
    Store *to;
    const char *const *sources;
    int n;
} Merge;

static const char setup[] = "CREATE TEMP TABLE known (sha256 TEXT, source INTEGER, rank INTEGER, results "
                            "INTEGER, key TEXT, tries INTEGER,"
                            " reason TEXT);"
                            "CREATE TEMP TABLE named_as (path TEXT, absolute TEXT, sha256 TEXT, size "
                            "INTEGER, mtime INTEGER, ctime INTEGER,"
                            " seen INTEGER, code INTEGER, reason TEXT);"
                            "CREATE TEMP TABLE ran AS SELECT * FROM runs WHERE 0;"
                            "CREATE TEMP TABLE said AS SELECT * FROM corrections WHERE 0;"
                            "CREATE TEMP TABLE taught AS SELECT * FROM learnt WHERE 0;"
                            "CREATE TEMP TABLE used AS SELECT * FROM settings WHERE 0;"
                            "CREATE TEMP TABLE taken (sha256 TEXT PRIMARY KEY, source INTEGER);"
                            "CREATE TEMP TABLE doc (old INTEGER PRIMARY KEY, new INTEGER);"
                            "CREATE TEMP TABLE page (old INTEGER PRIMARY KEY, new INTEGER);"
                            "CREATE TEMP TABLE school (old INTEGER PRIMARY KEY, new INTEGER);";

static const char hear[] =
    "INSERT INTO known SELECT sha256, (SELECT value FROM temp.at),"
    " CASE state WHEN 'done' THEN 3 WHEN 'partly' THEN 2 WHEN 'failed' THEN 1 ELSE 0 END,"
    " (SELECT count(*) FROM src.pages WHERE document = d.id AND stage IS NOT NULL), coalesce(key, ''), tries,"
    " coalesce(reason, '') FROM src.documents d;"
    "INSERT INTO named_as SELECT path, absolute, sha256, f.size, mtime, ctime, seen, f.code, f.reason"
    " FROM src.files f LEFT JOIN src.documents d ON d.id = f.document;"
    "INSERT INTO ran SELECT * FROM src.runs;"
    "INSERT INTO said SELECT * FROM src.corrections;"
    "INSERT INTO taught SELECT * FROM src.learnt WHERE live = 1;"
    "INSERT INTO used SELECT * FROM src.settings;";

static const char choose[] =
    "INSERT INTO taken SELECT sha256, source FROM (SELECT *, row_number() OVER (PARTITION BY sha256"
    " ORDER BY rank DESC, results DESC, key DESC, tries DESC, reason DESC) AS place FROM known) WHERE place "
    "= 1;";

/* ---- columns by name ---- */

/* ", state, key", those in `but` (", id, document, ") left out, each behind `prefix`. */
static void add_columns(Store *s, Buf *b, const char *table, const char *prefix, const char *but, Err *err)
{
    Query *q =
        sql_bind(s, err, "SELECT name FROM pragma_table_info(:table) ORDER BY cid", SQL("table", table));
    while (sql_row(s, q, err)) {
        const char *name = sql_peek(q, "name");
        Buf mark = {0};
        buf_addf(&mark, ", %s, ", name);
        if (!strstr(but, mark.s)) buf_addf(b, ", %s\"%s\"", prefix, name);
        buf_release(&mark);
    }
}

/* INSERT INTO table (keys, the other columns) SELECT values, t.the others FROM from. */
static void copy(Store *s, const char *table, const char *keys, const char *values, const char *but,
                 const char *from, Err *err)
{
    Buf b = {0};
    buf_addf(&b, "INSERT INTO main.%s (%s", table, keys);
    add_columns(s, &b, table, "", but, err);
    buf_addf(&b, ") SELECT %s", values);
    add_columns(s, &b, table, "t.", but, err);
    buf_addf(&b, " FROM %s", from);
    sql_script(s, b.s, err);
    buf_release(&b);
}

static void copy_of_document(Store *s, const char *table, Err *err)
{
    Buf from = {0};
    buf_addf(&from, "src.%s t JOIN temp.doc d ON d.old = t.document ORDER BY d.new", table);
    copy(s, table, "document", "d.new", ", id, document, ", from.s, err);
    buf_release(&from);
}

static void copy_of_page(Store *s, const char *table, Err *err)
{
    Buf from = {0};
    buf_addf(&from, "src.%s t JOIN temp.page p ON p.old = t.page ORDER BY p.new, t.n", table);
    copy(s, table, "page", "p.new", ", page, ", from.s, err);
    buf_release(&from);
}

/* ---- one source ---- */

static bool attach(Merge *m, int i, Err *err)
{
    sql_do(m->to, err, "ATTACH :source AS src", SQL("source", m->sources[i]));
    if (err_is(err)) err_prefix(err, "'%s'", m->sources[i]);
    return sql_do(m->to, err, "UPDATE temp.at SET value = :i", SQL("i", i));
}

/* The statements that SQLite prepared for this source must not meet the next one. */
static void detach(Merge *m)
{
    Err none = {0};
    sql_script(m->to, "DETACH src", &none);
}

static void take_schools(Store *s, Err *err)
{
    sql_script(s,
               "DELETE FROM temp.school;"
               "INSERT INTO main.schools (level, name, district, registry, key)"
               " SELECT level, name, district, registry, key FROM src.schools WHERE id IN"
               " (SELECT school FROM src.pairings WHERE document IN (SELECT old FROM temp.doc)"
               " UNION SELECT partner FROM src.pairings WHERE document IN (SELECT old FROM temp.doc))"
               " ON CONFLICT DO NOTHING;"
               "INSERT INTO temp.school SELECT t.id, m.id FROM src.schools t JOIN main.schools m"
               " ON m.name = t.name AND coalesce(m.level, '') = coalesce(t.level, '')"
               " AND coalesce(m.district, '') = coalesce(t.district, '')"
               " AND coalesce(m.registry, '') = coalesce(t.registry, '');",
               err);
}

static void take_documents(Store *s, Err *err)
{
    sql_script(s, "DELETE FROM temp.doc; DELETE FROM temp.page;", err);
    copy(s, "documents", "sha256", "t.sha256", ", id, sha256, ",
         "src.documents t JOIN temp.taken c ON c.sha256 = t.sha256 AND c.source = (SELECT value FROM temp.at)"
         " ORDER BY t.sha256",
         err);
    sql_script(s,
               "INSERT INTO temp.doc SELECT t.id, m.id FROM src.documents t JOIN temp.taken c"
               " ON c.sha256 = t.sha256 AND c.source = (SELECT value FROM temp.at)"
               " JOIN main.documents m ON m.sha256 = t.sha256;",
               err);
}

static void take_source(Merge *m, Err *err)
{
    static const char *const of_page[] = {"blocks", "tables", "cells", "lines", "words"};
    Store *s = m->to;
    take_documents(s, err);
    copy_of_document(s, "pages", err);
    sql_script(
        s,
        "INSERT INTO temp.page SELECT t.id, m.id FROM src.pages t JOIN temp.doc d ON d.old = t.document"
        " JOIN main.pages m ON m.document = d.new AND m.number = t.number;",
        err);
    for (size_t i = 0; i < sizeof of_page / sizeof *of_page; i++) copy_of_page(s, of_page[i], err);
    sql_script(s,
               "INSERT INTO main.search (rowid, key) SELECT (p.new << 20) + (t.rowid & 1048575), t.key"
               " FROM src.search t JOIN temp.page p ON p.old = t.rowid >> 20;",
               err);
    take_schools(s, err);
    copy(s, "pairings", "document, school, partner", "d.new, a.new, b.new", ", document, school, partner, ",
         "src.pairings t JOIN temp.doc d ON d.old = t.document JOIN temp.school a ON a.old = t.school"
         " JOIN temp.school b ON b.old = t.partner ORDER BY d.new, t.position",
         err);
    copy(s, "mentions", "pairing", "t.pairing", ", pairing, ",
         "src.mentions t JOIN src.pairings q ON q.id = t.pairing JOIN temp.doc d ON d.old = q.document"
         " ORDER BY t.pairing, t.n",
         err);
    copy_of_document(s, "facts", err);
    copy_of_document(s, "findings", err);
    copy_of_document(s, "review", err);
}

/* ---- all of them ---- */

static void each_source(Merge *m, const char *script, Err *err)
{
    for (int i = 0; i < m->n && !err_is(err); i++) {
        if (!attach(m, i, err)) return;
        store_begin(m->to, err);
        if (script)
            sql_script(m->to, script, err);
        else
            take_source(m, err);
        if (err_is(err))
            store_rollback(m->to);
        else
            store_commit(m->to, err);
        detach(m);
    }
}

/* A name once: a file that could be read before one that could not, then the one seen last. */
static void put_files(Store *s, Err *err)
{
    sql_script(
        s,
        "INSERT INTO files (path, absolute, document, size, mtime, ctime, seen, code, reason)"
        " SELECT path, absolute, (SELECT id FROM documents d WHERE d.sha256 = n.sha256), size, mtime, ctime, "
        "seen,"
        " code, reason FROM (SELECT *, row_number() OVER (PARTITION BY path ORDER BY code IS NULL DESC,"
        " sha256 IS NULL, seen DESC, sha256) AS place FROM temp.named_as) n WHERE place = 1 ORDER BY path;",
        err);
}

static void put_runs(Store *s, Err *err)
{
    Buf b = {0}, columns = {0};
    add_columns(s, &columns, "runs", "", ", id, shard, shards, ", err);
    buf_addf(&b, "INSERT INTO runs (%s) SELECT DISTINCT %s FROM temp.ran ORDER BY started, key, ended",
             buf_str(&columns) + 2, buf_str(&columns) + 2);
    if (!err_is(err)) sql_script(s, b.s, err);
    buf_release(&columns);
    buf_release(&b);
}

/* An entry once; what was learnt at one time is one lesson. */
static void put_lessons(Store *s, Err *err)
{
    sql_script(
        s,
        "INSERT INTO learnt (lesson, made, kind, name, district, read, times)"
        " SELECT dense_rank() OVER (ORDER BY made), * FROM (SELECT min(made) AS made, kind, name, district,"
        " read, max(times) FROM temp.taught GROUP BY kind, name, coalesce(district, ''), coalesce(read, ''))"
        " ORDER BY made, kind, name, coalesce(district, ''), coalesce(read, '');",
        err);
}

static void put_corrections(Store *s, Err *err)
{
    Buf b = {0}, columns = {0};
    add_columns(s, &columns, "corrections", "", ", id, ", err);
    buf_addf(
        &b,
        "INSERT INTO corrections (%s) SELECT %s FROM (SELECT *, row_number() OVER (PARTITION BY act, part"
        " ORDER BY id) AS place FROM temp.said) WHERE place = 1 ORDER BY made, id, act, part",
        buf_str(&columns) + 2, buf_str(&columns) + 2);
    if (!err_is(err)) sql_script(s, b.s, err);
    corrections_replay(s, err);
    buf_release(&columns);
    buf_release(&b);
}

/* Where the sources differ, the one that sorts first: in whatever order they are named. */
static void put_settings(Store *s, Err *err)
{
    sql_script(s,
               "INSERT INTO settings (name, value) SELECT name, min(value) FROM temp.used GROUP BY name"
               " ORDER BY name;",
               err);
}

static void count(Store *s, Merged *told, Err *err)
{
    told->documents = (int)sql_number(s, err, "SELECT count(*) FROM documents", SQL_NONE);
    told->pages = (int)sql_number(s, err, "SELECT count(*) FROM pages WHERE state = 'done'", SQL_NONE);
    told->pairings = (int)sql_number(s, err, "SELECT count(*) FROM pairings WHERE kind = 'school'", SQL_NONE);
    told->corrections = (int)sql_number(s, err, "SELECT count(*) FROM corrections", SQL_NONE);
    told->unfinished =
        (int)sql_number(s, err, "SELECT count(*) FROM documents WHERE state <> 'done'", SQL_NONE);
    told->other_files = (int)sql_number(
        s, err,
        "SELECT count(*) FROM (SELECT path FROM temp.named_as WHERE sha256 IS NOT NULL GROUP BY path"
        " HAVING count(DISTINCT sha256) > 1)",
        SQL_NONE);
}

static void merge_all(Merge *m, Merged *told, Err *err)
{
    sql_script(m->to, "CREATE TEMP TABLE at (value INTEGER); INSERT INTO at VALUES (0);", err);
    sql_script(m->to, setup, err);
    each_source(m, hear, err);
    sql_script(m->to, choose, err);
    each_source(m, NULL, err);
    if (!store_begin(m->to, err)) return;
    put_files(m->to, err);
    put_runs(m->to, err);
    put_corrections(m->to, err);
    put_lessons(m->to, err);
    put_settings(m->to, err);
    count(m->to, told, err);
    if (err_is(err))
        store_rollback(m->to);
    else
        store_commit(m->to, err);
}

/* Is it ours, and brought up to date? */
static void check_source(const char *path, Err *err)
{
    Store *s = store_open(path, STORE_READ, err);
    store_close(s);
}

static void merge_into(const char *path, const char *const *sources, int n, Merged *told, Err *err)
{
    Merge m = {.to = store_open(path, STORE_WRITE, err), .sources = sources, .n = n};
    if (m.to) merge_all(&m, told, err);
    store_close(m.to);
}

/* Puts all of the file into the database that others may be reading: in one transaction of SQLite's, which a crash undoes. */
static bool copy_over(Store *to, const char *made, Err *err)
{
    sqlite3 *from = NULL;
    int rc = sqlite3_open_v2(made, &from, SQLITE_OPEN_READONLY, NULL);
    sqlite3_backup *copy = rc == SQLITE_OK ? sqlite3_backup_init(to->db, "main", from, "main") : NULL;
    if (copy) {
        sqlite3_backup_step(copy, -1);
        rc = sqlite3_backup_finish(copy);
    }
    bool ok = copy && rc == SQLITE_OK;
    sqlite3_close(from);
    return ok || sql_fail(to, rc == SQLITE_OK ? SQLITE_ERROR : rc, err);
}

/* The file and what SQLite puts beside it. */
static void remove_made(const char *path)
{
    static const char *const ends[] = {"", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        Buf b = {0};
        buf_addf(&b, "%s%s", path, ends[i]);
        unlink(b.s);
        buf_release(&b);
    }
}

bool store_merge(const char *out, const char *const *sources, int n, Merged *told, Err *err)
{
    struct stat st;
    Buf made = {0};
    const char **all = xalloc(((size_t)n + 1) * sizeof *all);
    *told = (Merged){0};
    Store *old = stat(out, &st) == 0 ? store_open(out, STORE_WRITE, err) : NULL;
    if (old) store_lock(old, err), store_lock_alone(old, err);
    for (int i = 0; i < n; i++) check_source(all[i] = sources[i], err);
    if (old) all[n] = out;
    buf_addf(&made, "%s.merging-%ld", out, (long)getpid());
    if (!err_is(err)) merge_into(made.s, all, n + (old != NULL), told, err);
    if (!err_is(err) && old)
        copy_over(old, made.s, err);
    else if (!err_is(err) && rename(made.s, out) != 0)
        err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", out, err_system(errno));
    if (old || err_is(err)) remove_made(made.s);
    store_close(old);
    free(all);
    buf_release(&made);
    return !err_is(err);
}
