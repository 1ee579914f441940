/* A page to rows and back. Row n of `words` is page->words.v[n], so that first_word of a line means the same
 * in the database as in memory, and a page that is loaded dumps to the same bytes as the page that was
 * stored.
 *
 *     words: 17 | M4m | Mầm | 0.71 | 0.98 | n-gram | 100 20 60 12 | ... | [["M4m",-0.3],["Mam",-1.5]]
 */
#include "base/str.h"
#include "store/sql.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const block_kinds[] = {"text", "table", "picture"};
static const char *const table_kinds[] = {"ruled", "partly-ruled", "unruled"};
static const char *const units[] = {"pixel", "character"};

enum { COUNT_BLOCK_KINDS = 3, COUNT_TABLE_KINDS = 3, COUNT_UNITS = 2 };

/* ---- out ---- */

static void drop_content(Store *s, int64_t page, Err *err)
{
    sql_do(s, err, "DELETE FROM blocks WHERE page = ?", "l", page);
    sql_do(s, err, "DELETE FROM tables WHERE page = ?", "l", page);
    sql_do(s, err, "DELETE FROM cells WHERE page = ?", "l", page);
    sql_do(s, err, "DELETE FROM lines WHERE page = ?", "l", page);
    sql_do(s, err, "DELETE FROM words WHERE page = ?", "l", page);
}

static void put_head(Store *s, int64_t id, const Page *p, const char *key, Err *err)
{
    sql_do(s, err,
           "UPDATE pages SET state = 'done', key = ?, read_key = NULL, code = NULL, reason = NULL, stage = "
           "?, unit = ?, width "
           "= ?,"
           " height = ?, dpi = ?, via = ?, turned = ?, skew = ?, upright_width = ?, upright_height = ?,"
           " xx = ?, xy = ?, x0 = ?, yx = ?, yy = ?, y0 = ? WHERE id = ?",
           "sssiiisidiiddddddl", key, stage_name(p->stage), units[p->unit], p->width, p->height, p->dpi,
           p->via, p->turned, (double)p->skew, p->upright_width, p->upright_height, p->to_scan.xx,
           p->to_scan.xy, p->to_scan.x0, p->to_scan.yx, p->to_scan.yy, p->to_scan.y0, id);
}

static void put_blocks(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->blocks.n && !err_is(err); i++) {
        const Block *b = &p->blocks.v[i];
        sql_do(s, err, "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "lisrriiii",
               page, i, block_kinds[b->kind], b->box, b->at, b->column, b->first_line, b->lines, b->table);
    }
}

static void put_tables(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->tables.n && !err_is(err); i++) {
        const Table *t = &p->tables.v[i];
        sql_do(s, err, "INSERT INTO tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "lisrriiiiii", page, i, table_kinds[t->kind], t->box, t->at, t->rows, t->cols, t->first_cell,
               t->cells, t->open_top, t->open_bottom);
    }
}

static void put_cells(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->cells.n && !err_is(err); i++) {
        const Cell *c = &p->cells.v[i];
        sql_do(s, err, "INSERT INTO cells VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "lirriiiiiii", page, i, c->box, c->at, c->row, c->col, c->rowspan, c->colspan, c->blank,
               c->first_line, c->lines);
    }
}

static void put_lines(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->lines.n && !err_is(err); i++) {
        const Line *l = &p->lines.v[i];
        sql_do(s, err, "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "lirrii", page, i,
               l->box, l->at, l->first_word, l->words);
    }
}

/* [["Mam",-1.5],...] into b (emptied first), or NULL when there are none. */
static const char *readings_json(Buf *b, const Reading *r, int n)
{
    buf_clear(b);
    for (int i = 0; i < n; i++) {
        double score = isfinite(r[i].score) ? (double)r[i].score : -(double)FLT_MAX;
        buf_add(b, i ? ",[" : "[[");
        buf_add_json(b, r[i].text);
        buf_addf(b, ",%.9g]", score);
    }
    if (n) buf_addc(b, ']');
    return n ? b->s : NULL;
}

static void put_words(Store *s, int64_t page, const Page *p, Err *err)
{
    Buf choices = {0}, alts = {0};
    for (int i = 0; i < (int)p->words.n && !err_is(err); i++) {
        const Word *w = &p->words.v[i];
        sql_do(s, err, "INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               "lissddsrrssi", page, i, w->raw, w->text, (double)w->conf, (double)w->prob,
               origin_name(w->origin), w->box, w->at, readings_json(&choices, w->choice, w->choices),
               readings_json(&alts, w->alt, w->alts), (int)w->marks);
    }
    buf_release(&choices);
    buf_release(&alts);
}

static int64_t page_id(Store *s, int64_t doc, int number, Err *err)
{
    int64_t id =
        sql_number(s, err, "SELECT id FROM pages WHERE document = ? AND number = ?", "li", doc, number);
    if (!id)
        err_set(err, DAU_INTERNAL, "'%s': document %lld has no page %d", s->path, (long long)doc, number);
    return id;
}

bool store_put_page(Store *s, int64_t doc, const Page *p, const char *key, Err *err)
{
    bool entered = sql_enter(s, err);
    int64_t id = page_id(s, doc, p->number, err);
    drop_content(s, id, err);
    put_head(s, id, p, key, err);
    put_blocks(s, id, p, err);
    put_tables(s, id, p, err);
    put_cells(s, id, p, err);
    put_lines(s, id, p, err);
    put_words(s, id, p, err);
    sql_index_page(s, id, err);
    return sql_leave(s, entered, err);
}

bool store_mark_read(Store *s, int64_t doc, int number, const char *read_key, Err *err)
{
    return sql_do(s, err, "UPDATE pages SET read_key = ? WHERE document = ? AND number = ?", "sli", read_key,
                  doc, number);
}

bool store_fail_page(Store *s, int64_t doc, int number, const Err *why, Err *err)
{
    Buf reason = {0};
    err_keep(why, &reason);
    sql_do(s, err,
           "UPDATE pages SET state = 'failed', code = ?, reason = ? WHERE document = ? AND number = ?",
           "isli", why->code, reason.s, doc, number);
    buf_release(&reason);
    return !err_is(err);
}

/* ---- and back ---- */

static int kind_from_name(sqlite3_stmt *st, int col, const char *const *names, int n)
{
    const char *name = (const char *)sqlite3_column_text(st, col);
    for (int i = 0; name && i < n; i++)
        if (strcmp(name, names[i]) == 0) return i;
    return 0;
}

static int64_t load_head(Store *s, int64_t doc, int number, Page *p, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT id, stage, unit, width, height, dpi, via, turned, skew, upright_width,"
                 " upright_height, xx, xy, x0, yx, yy, y0 FROM pages"
                 " WHERE document = ? AND number = ? AND stage IS NOT NULL",
                 "li", doc, number);
    if (!sql_row(s, st, err)) {
        err_set(err, DAU_NOTHING, "page %d is not in the database yet", number);
        return 0;
    }
    const char *stage = (const char *)sqlite3_column_text(st, 1);
    int64_t id = sqlite3_column_int64(st, 0);
    p->number = number;
    if (!stage || !stage_from_name(stage, &p->stage)) p->stage = STAGE_NONE;
    p->unit = (Unit)kind_from_name(st, 2, units, COUNT_UNITS);
    p->width = sqlite3_column_int(st, 3);
    p->height = sqlite3_column_int(st, 4);
    p->dpi = sqlite3_column_int(st, 5);
    p->via = sql_text(st, 6, &p->arena);
    p->turned = sqlite3_column_int(st, 7);
    p->skew = (float)sqlite3_column_double(st, 8);
    p->upright_width = sqlite3_column_int(st, 9);
    p->upright_height = sqlite3_column_int(st, 10);
    p->to_scan =
        (Affine){sqlite3_column_double(st, 11), sqlite3_column_double(st, 12), sqlite3_column_double(st, 13),
                 sqlite3_column_double(st, 14), sqlite3_column_double(st, 15), sqlite3_column_double(st, 16)};
    sql_end(st);
    return id;
}

static void load_blocks(Store *s, int64_t page, Page *p, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT kind, x, y, w, h, ux, uy, uw, uh, col, first_line, lines, table_n FROM blocks"
                 " WHERE page = ? ORDER BY n",
                 "l", page);
    while (sql_row(s, st, err))
        *vec_push(&p->blocks) = (Block){(BlockKind)kind_from_name(st, 0, block_kinds, COUNT_BLOCK_KINDS),
                                        sql_rect(st, 1),
                                        sql_rect(st, 5),
                                        sqlite3_column_int(st, 9),
                                        sqlite3_column_int(st, 10),
                                        sqlite3_column_int(st, 11),
                                        sqlite3_column_int(st, 12)};
}

static void load_tables(Store *s, int64_t page, Page *p, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT kind, x, y, w, h, ux, uy, uw, uh, rows, cols, first_cell, cells, open_top,"
                 " open_bottom FROM tables WHERE page = ? ORDER BY n",
                 "l", page);
    while (sql_row(s, st, err))
        *vec_push(&p->tables) = (Table){(TableKind)kind_from_name(st, 0, table_kinds, COUNT_TABLE_KINDS),
                                        sql_rect(st, 1),
                                        sql_rect(st, 5),
                                        sqlite3_column_int(st, 9),
                                        sqlite3_column_int(st, 10),
                                        sqlite3_column_int(st, 11),
                                        sqlite3_column_int(st, 12),
                                        sqlite3_column_int(st, 13) != 0,
                                        sqlite3_column_int(st, 14) != 0};
}

static void load_cells(Store *s, int64_t page, Page *p, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT x, y, w, h, ux, uy, uw, uh, row, col, rowspan, colspan, blank, first_line,"
                 " lines FROM cells WHERE page = ? ORDER BY n",
                 "l", page);
    while (sql_row(s, st, err))
        *vec_push(&p->cells) = (Cell){sql_rect(st, 0),
                                      sql_rect(st, 4),
                                      sqlite3_column_int(st, 8),
                                      sqlite3_column_int(st, 9),
                                      sqlite3_column_int(st, 10),
                                      sqlite3_column_int(st, 11),
                                      sqlite3_column_int(st, 12) != 0,
                                      sqlite3_column_int(st, 13),
                                      sqlite3_column_int(st, 14)};
}

static void load_lines(Store *s, int64_t page, Page *p, Err *err)
{
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT x, y, w, h, ux, uy, uw, uh, first_word, words FROM lines WHERE page = ?"
                 " ORDER BY n",
                 "l", page);
    while (sql_row(s, st, err))
        *vec_push(&p->lines) =
            (Line){sql_rect(st, 0), sql_rect(st, 4), sqlite3_column_int(st, 8), sqlite3_column_int(st, 9)};
}

static void load_words(Store *s, int64_t page, Page *p, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err,
                                "SELECT raw, text, conf, prob, origin, x, y, w, h, ux, uy, uw, uh, marks"
                                " FROM words"
                                " WHERE page = ? ORDER BY n",
                                "l", page);
    while (sql_row(s, st, err)) {
        Word *w = vec_push(&p->words);
        const char *origin = (const char *)sqlite3_column_text(st, 4);
        w->raw = sql_text(st, 0, &p->arena);
        w->text = sql_text(st, 1, &p->arena);
        w->conf = (float)sqlite3_column_double(st, 2);
        w->prob = (float)sqlite3_column_double(st, 3);
        if (!origin || !origin_from_name(origin, &w->origin)) w->origin = ORIGIN_NONE;
        w->box = sql_rect(st, 5);
        w->at = sql_rect(st, 9);
        w->marks = (unsigned)sqlite3_column_int(st, 13);
    }
}

/* One row a reading, as json_each takes them apart: n, how many this word has, text, score. */
static void load_readings(Store *s, sqlite3_stmt *st, Page *p, bool alts, Err *err)
{
    while (sql_row(s, st, err)) {
        size_t n = (size_t)sqlite3_column_int64(st, 0);
        int total = sqlite3_column_int(st, 1);
        if (n >= p->words.n || total < 1) continue;
        Word *w = &p->words.v[n];
        Reading **list = alts ? &w->alt : &w->choice;
        int *have = alts ? &w->alts : &w->choices;
        if (!*list) *list = arena_new(&p->arena, Reading, (size_t)total);
        if (*have < total)
            (*list)[(*have)++] = (Reading){sql_text(st, 2, &p->arena), (float)sqlite3_column_double(st, 3)};
    }
}

bool store_load_page(Store *s, int64_t doc, int number, Page *p, Err *err)
{
    int64_t id = load_head(s, doc, number, p, err);
    load_blocks(s, id, p, err);
    load_tables(s, id, p, err);
    load_cells(s, id, p, err);
    load_lines(s, id, p, err);
    load_words(s, id, p, err);
    load_readings(s,
                  sql_bind(s, err,
                           "SELECT w.n, json_array_length(w.choices), json_extract(j.value, '$[0]'),"
                           " json_extract(j.value, '$[1]') FROM words w, json_each(w.choices) j"
                           " WHERE w.page = ? AND w.choices IS NOT NULL ORDER BY w.n, j.key",
                           "l", id),
                  p, false, err);
    load_readings(s,
                  sql_bind(s, err,
                           "SELECT w.n, json_array_length(w.alts), json_extract(j.value, '$[0]'),"
                           " json_extract(j.value, '$[1]') FROM words w, json_each(w.alts) j"
                           " WHERE w.page = ? AND w.alts IS NOT NULL ORDER BY w.n, j.key",
                           "l", id),
                  p, true, err);
    return !err_is(err) && page_check(p, err);
}
