/* A database may be a file from outside. Before anything of it is believed its tables, views, indexes and triggers are held
 * against those that the scripts of the schema make in an empty database in memory:
 *
 *     table    pairings: id, document, position, ...      the same columns, of the same types
 *     trigger  corrections_kept                           the same words
 *     trigger  on_open (ours has none of that name)       refused, when it stands at a table of ours
 *
 * What else somebody keeps in the file, a view of their own, is left alone: dau never reads it. */
#include "store/sql.h"

#include "base/map.h"
#include "base/str.h"

#include <string.h>

/* One row a thing. Tables are compared by their columns: SQLite rewrites their words when a column is added. */
static const char things[] =
    "SELECT m.type AS type, m.name AS name, m.tbl_name AS at,"
    " CASE WHEN m.type = 'table' THEN (SELECT group_concat(c.name || ' ' || c.type || ' ' || c.pk, ', ')"
    " FROM pragma_table_info(m.name) c) ELSE m.sql END AS made_by"
    " FROM sqlite_master m WHERE m.name NOT LIKE 'sqlite_%' ORDER BY m.type, m.name";

static const char *key_of(Arena *a, Query *q, bool whole)
{
    const char *made = sql_peek(q, "made_by");
    const char *words = !made ? "" : arena_str(a, made), *name = sql_text(q, "name", a);
    return arena_printf(a, "%s %s%s%s", sql_peek(q, "type"), name ? name : "", whole ? " " : "",
                        whole ? words : "");
}

/* Fills the maps with what the schema makes: each thing as a whole, and the names of its tables. */
static int expected(Store *model, Arena *a, Map *whole, Map *tables, Err *err)
{
    int n = 0;
    Query *q = sql_bind(model, err, things, SQL_NONE);
    while (sql_row(model, q, err)) {
        *map_at(whole, key_of(a, q, true)) = 1, n++;
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
        const char *at = sql_text(q, "at", &a);
        bool ours = map_lookup(&whole, key_of(&a, q, true), 0);
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
