/* A database may be a file from outside. Before anything of it is believed its tables, views, indexes and triggers are held
 * against those that the scripts of the schema make:
 *
 *     table    pairings: id, document, position, ...      the same columns, of the same types
 *     trigger  corrections_kept                           the same words
 *     trigger  on_open (ours has none of that name)       refused, when it stands at a table of ours
 *
 * Mostly all is as it should be, and a digest over these things tells so. Else the scripts make an empty database in
 * memory, which takes twenty times as long, and each thing is compared. What else somebody keeps in the file, a view of
 * their own, is left alone: dau never reads it. */
#include "store/sql.h"

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"

#include <string.h>

/* Of a database that holds what the scripts make and nothing more; test_store.c tells the new one when the schema changes. */
const char sql_as_made[] = "6d4d1e8118105ea726daf3e1d70e6a15d5218c67b8e936399077e4769d1f5012";

/* One row a thing. Tables are compared by their columns: SQLite rewrites their words when a column is added. What FTS5 keeps
 * its index in ("search_data") is SQLite's, and differs between its versions; those have no `made_by`. */
static const char things[] =
    "SELECT m.type AS type, m.name AS name, m.tbl_name AS at,"
    " CASE WHEN m.type = 'table' AND m.name LIKE 'search!_%' ESCAPE '!' THEN NULL"
    " WHEN m.type = 'table' THEN (SELECT group_concat(c.name || ' ' || c.type || ' ' || c.pk, ', ')"
    " FROM pragma_table_info(m.name) c) ELSE m.sql END AS made_by"
    " FROM sqlite_master m WHERE m.name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY m.type, m.name";

static const char *thing_at(Query *q, Arena *a)
{
    const char *made_by = sql_text(q, "made_by", a), *name = sql_text(q, "name", a);
    return made_by ? arena_printf(a, "%s %s %s", sql_peek(q, "type"), name ? name : "", made_by) : NULL;
}

void sql_digest(Store *s, char hex[65], Err *err)
{
    Arena a = {0};
    Buf all = {0};
    Query *q = sql_bind(s, err, things, SQL_NONE);
    while (sql_row(s, q, err)) {
        const char *thing = thing_at(q, &a);
        if (thing) buf_addf(&all, "%s\n", thing);
    }
    sql_end(q);
    sha256_hex(buf_str(&all), all.len, hex);
    buf_release(&all);
    arena_release(&a);
}

/* Fills the maps with what the schema makes: each thing, and the names of its tables. Returns how many things. */
static int expected(Store *model, Arena *a, Map *whole, Map *tables, Err *err)
{
    int n = 0;
    Query *q = sql_bind(model, err, things, SQL_NONE);
    while (sql_row(model, q, err)) {
        const char *thing = thing_at(q, a);
        if (thing) *map_at(whole, thing) = 1, n++;
        if (str_eq(sql_peek(q, "type"), "table")) *map_at(tables, sql_text(q, "name", a)) = 1;
    }
    sql_end(q);
    return n;
}

static bool compare(Store *s, Store *model, Err *err)
{
    Arena a = {0};
    Map whole = {0}, tables = {0};
    int missing = expected(model, &a, &whole, &tables, err);
    const char *strange = NULL;
    Query *q = sql_bind(s, err, things, SQL_NONE);
    while (!strange && sql_row(s, q, err)) {
        const char *at = sql_text(q, "at", &a), *thing = thing_at(q, &a);
        bool ours = thing && map_lookup(&whole, thing, 0);
        missing -= ours;
        if (!ours && str_eq(sql_peek(q, "type"), "trigger") && map_lookup(&tables, at ? at : "", 0))
            strange = sql_text(q, "name", &a);
    }
    sql_end(q);
    if (!err_is(err) && strange)
        err_set(err, DAU_BAD_INPUT, "'%s' is not to be trusted: it holds a trigger '%s' that is not dau's",
                s->path, strange);
    else if (!err_is(err) && missing)
        err_set(err, DAU_BAD_INPUT,
                "'%s' is damaged: its tables are not those of dau's database; use a copy of it", s->path);
    map_release(&whole), map_release(&tables);
    arena_release(&a);
    return !err_is(err);
}

bool sql_check(Store *s, const char *const *steps, int n, Err *err)
{
    char digest[65];
    sql_digest(s, digest, err);
    if (err_is(err) || str_eq(digest, sql_as_made)) return !err_is(err);
    Store model = {.path = (char[]){":memory:"}};
    int rc = sqlite3_open_v2(":memory:", &model.db, SQLITE_OPEN_READWRITE, NULL);
    if (rc != SQLITE_OK)
        sql_fail(&model, rc, err);
    else
        sql_add_functions(&model);
    for (int i = 0; i < n && !err_is(err); i++) sql_script(&model, steps[i], err);
    bool ok = !err_is(err) && compare(s, &model, err);
    sql_disconnect(&model);
    return ok;
}
