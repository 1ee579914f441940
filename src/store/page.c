/* A page becomes rows, and rows a page. Row n of `words` is page->words.v[n]. So first_word of a line means the same in
 * the database as in memory. A page that is loaded dumps to the same bytes as the page that was stored.
 *
 *     words: 17 | M4m | Mầm | 0.71 | 0.98 | n-gram | 100 20 60 12 | ... | [["M4m",-0.3],["Mam",-1.5]]
 */
#include "base/str.h"
#include "store/sql.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const char *const block_kinds[] = {
    [BLOCK_TEXT] = "text", [BLOCK_TABLE] = "table", [BLOCK_PICTURE] = "picture"};
static const char *const table_kinds[] = {
    [TABLE_RULED] = "ruled", [TABLE_PARTLY_RULED] = "partly-ruled", [TABLE_UNRULED] = "unruled"};
static const char *const units[] = {[UNIT_PIXEL] = "pixel", [UNIT_CHARACTER] = "character"};

static_assert(sizeof block_kinds / sizeof *block_kinds == BLOCK_KINDS, "a kind of block without its name");
static_assert(sizeof table_kinds / sizeof *table_kinds == TABLE_KINDS, "a kind of table without its name");
static_assert(sizeof units / sizeof *units == UNITS, "a unit without its name");

/* ---- out ---- */

static void drop_content(Store *s, int64_t page, Err *err)
{
    sql_do(s, err, "DELETE FROM blocks WHERE page = :page", SQL("page", page));
    sql_do(s, err, "DELETE FROM tables WHERE page = :page", SQL("page", page));
    sql_do(s, err, "DELETE FROM cells WHERE page = :page", SQL("page", page));
    sql_do(s, err, "DELETE FROM lines WHERE page = :page", SQL("page", page));
    sql_do(s, err, "DELETE FROM words WHERE page = :page", SQL("page", page));
}

static void put_head(Store *s, int64_t id, const Page *p, const char *key, Err *err)
{
    const Affine *m = &p->to_scan;
    sql_do(
        s, err,
        "UPDATE pages SET state = 'done', key = :key, read_key = NULL, code = NULL, reason = NULL,"
        " stage = :stage, unit = :unit, width = :width, height = :height, dpi = :dpi, via = :via,"
        " turned = :turned, skew = :skew, upright_width = :upright_width, upright_height = :upright_height,"
        " xx = :xx, xy = :xy, x0 = :x0, yx = :yx, yy = :yy, y0 = :y0 WHERE id = :id",
        SQL("id", id), SQL("key", key), SQL("stage", stage_name(p->stage)), SQL("unit", units[p->unit]),
        SQL("width", p->width), SQL("height", p->height), SQL("dpi", p->dpi), SQL("via", p->via),
        SQL("turned", p->turned), SQL("skew", p->skew), SQL("upright_width", p->upright_width),
        SQL("upright_height", p->upright_height), SQL("xx", m->xx), SQL("xy", m->xy), SQL("x0", m->x0),
        SQL("yx", m->yx), SQL("yy", m->yy), SQL("y0", m->y0));
}

static void put_blocks(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->blocks.n && !err_is(err); i++) {
        const Block *b = &p->blocks.v[i];
        sql_insert(s, err, "blocks", SQL("page", page), SQL("n", i), SQL("kind", block_kinds[b->kind]),
                   SQL_BOX("", b->box), SQL_BOX("u", b->at), SQL("col", b->column),
                   SQL("first_line", b->first_line), SQL("lines", b->lines), SQL("table_n", b->table));
    }
}

static void put_tables(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->tables.n && !err_is(err); i++) {
        const Table *t = &p->tables.v[i];
        sql_insert(s, err, "tables", SQL("page", page), SQL("n", i), SQL("kind", table_kinds[t->kind]),
                   SQL_BOX("", t->box), SQL_BOX("u", t->at), SQL("rows", t->rows), SQL("cols", t->cols),
                   SQL("first_cell", t->first_cell), SQL("cells", t->cells), SQL("open_top", t->open_top),
                   SQL("open_bottom", t->open_bottom));
    }
}

static void put_cells(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->cells.n && !err_is(err); i++) {
        const Cell *c = &p->cells.v[i];
        sql_insert(s, err, "cells", SQL("page", page), SQL("n", i), SQL_BOX("", c->box), SQL_BOX("u", c->at),
                   SQL("row", c->row), SQL("col", c->col), SQL("rowspan", c->rowspan),
                   SQL("colspan", c->colspan), SQL("blank", c->blank), SQL("first_line", c->first_line),
                   SQL("lines", c->lines));
    }
}

static void put_lines(Store *s, int64_t page, const Page *p, Err *err)
{
    for (int i = 0; i < (int)p->lines.n && !err_is(err); i++) {
        const Line *l = &p->lines.v[i];
        sql_insert(s, err, "lines", SQL("page", page), SQL("n", i), SQL_BOX("", l->box), SQL_BOX("u", l->at),
                   SQL("first_word", l->first_word), SQL("words", l->words));
    }
}

/* [["Mam",-1.5],...] into b (emptied first), or NULL when there are none. */
static const char *readings_json(Buf *b, const Reading *r, int n)
{
    buf_clear(b);
    if (!n) return NULL;
    json_open(b, '[');
    for (int i = 0; i < n; i++) {
        json_open(b, '[');
        json_text(b, NULL, r[i].text);
        json_float(b, NULL, isfinite(r[i].score) ? r[i].score : -FLT_MAX);
        json_close(b, ']');
    }
    json_close(b, ']');
    return b->s;
}

static void put_words(Store *s, int64_t page, const Page *p, Err *err)
{
    Buf choices = {0}, alts = {0};
    for (int i = 0; i < (int)p->words.n && !err_is(err); i++) {
        const Word *w = &p->words.v[i];
        sql_insert(s, err, "words", SQL("page", page), SQL("n", i), SQL("raw", w->raw), SQL("text", w->text),
                   SQL("conf", w->conf), SQL("prob", w->prob), SQL("origin", origin_name(w->origin)),
                   SQL_BOX("", w->box), SQL_BOX("u", w->at),
                   SQL("choices", readings_json(&choices, w->choice, w->choices)),
                   SQL("alts", readings_json(&alts, w->alt, w->alts)), SQL("marks", (int)w->marks));
    }
    buf_release(&choices);
    buf_release(&alts);
}

static int64_t page_id(Store *s, int64_t doc, int number, Err *err)
{
    int64_t id = sql_number(s, err, "SELECT id FROM pages WHERE document = :document AND number = :number",
                            SQL("document", doc), SQL("number", number));
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
    return sql_do(s, err, "UPDATE pages SET read_key = :key WHERE document = :document AND number = :number",
                  SQL("key", read_key), SQL("document", doc), SQL("number", number));
}

bool store_fail_page(Store *s, int64_t doc, int number, const Err *why, Err *err)
{
    Buf reason = {0};
    err_keep(why, &reason);
    sql_do(s, err,
           "UPDATE pages SET state = 'failed', code = :code, reason = :reason"
           " WHERE document = :document AND number = :number",
           SQL("code", why->code), SQL("reason", reason.s), SQL("document", doc), SQL("number", number));
    buf_release(&reason);
    return !err_is(err);
}

/* ---- and back ---- */

static int kind_from_name(Query *q, const char *column, const char *const *names, int n)
{
    const char *name = sql_peek(q, column);
    for (int i = 0; name && i < n; i++)
        if (strcmp(name, names[i]) == 0) return i;
    return 0;
}

static int64_t take_head(Query *q, Page *p)
{
    const char *stage = sql_peek(q, "stage");
    if (!stage || !stage_from_name(stage, &p->stage)) p->stage = STAGE_NONE;
    p->unit = (Unit)kind_from_name(q, "unit", units, UNITS);
    p->width = sql_int(q, "width");
    p->height = sql_int(q, "height");
    p->dpi = sql_int(q, "dpi");
    p->via = sql_text(q, "via", &p->arena);
    p->turned = sql_int(q, "turned");
    p->skew = (float)sql_real(q, "skew");
    p->upright_width = sql_int(q, "upright_width");
    p->upright_height = sql_int(q, "upright_height");
    p->to_scan = (Affine){.xx = sql_real(q, "xx"),
                          .xy = sql_real(q, "xy"),
                          .x0 = sql_real(q, "x0"),
                          .yx = sql_real(q, "yx"),
                          .yy = sql_real(q, "yy"),
                          .y0 = sql_real(q, "y0")};
    return sql_int64(q, "id");
}

static int64_t load_head(Store *s, int64_t doc, int number, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT id, stage, unit, width, height, dpi, via, turned, skew, upright_width,"
                        " upright_height, xx, xy, x0, yx, yy, y0 FROM pages"
                        " WHERE document = :document AND number = :number AND stage IS NOT NULL",
                        SQL("document", doc), SQL("number", number));
    if (!sql_row(s, q, err)) {
        err_set(err, DAU_NOTHING, "page %d is not in the database yet", number);
        return 0;
    }
    p->number = number;
    int64_t id = take_head(q, p);
    sql_end(q);
    return id;
}

static void load_blocks(Store *s, int64_t page, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT kind, x, y, w, h, ux, uy, uw, uh, col, first_line, lines, table_n FROM blocks"
                        " WHERE page = :page ORDER BY n",
                        SQL("page", page));
    while (sql_row(s, q, err))
        *vec_push(&p->blocks) =
            (Block){.kind = (BlockKind)kind_from_name(q, "kind", block_kinds, BLOCK_KINDS),
                    .box = sql_box(q, ""),
                    .at = sql_box(q, "u"),
                    .column = sql_int(q, "col"),
                    .first_line = sql_int(q, "first_line"),
                    .lines = sql_int(q, "lines"),
                    .table = sql_int(q, "table_n")};
}

static void load_tables(Store *s, int64_t page, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT kind, x, y, w, h, ux, uy, uw, uh, rows, cols, first_cell, cells, open_top,"
                        " open_bottom FROM tables WHERE page = :page ORDER BY n",
                        SQL("page", page));
    while (sql_row(s, q, err))
        *vec_push(&p->tables) =
            (Table){.kind = (TableKind)kind_from_name(q, "kind", table_kinds, TABLE_KINDS),
                    .box = sql_box(q, ""),
                    .at = sql_box(q, "u"),
                    .rows = sql_int(q, "rows"),
                    .cols = sql_int(q, "cols"),
                    .first_cell = sql_int(q, "first_cell"),
                    .cells = sql_int(q, "cells"),
                    .open_top = sql_int(q, "open_top") != 0,
                    .open_bottom = sql_int(q, "open_bottom") != 0};
}

static void load_cells(Store *s, int64_t page, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT x, y, w, h, ux, uy, uw, uh, row, col, rowspan, colspan, blank, first_line,"
                        " lines FROM cells WHERE page = :page ORDER BY n",
                        SQL("page", page));
    while (sql_row(s, q, err))
        *vec_push(&p->cells) = (Cell){.box = sql_box(q, ""),
                                      .at = sql_box(q, "u"),
                                      .row = sql_int(q, "row"),
                                      .col = sql_int(q, "col"),
                                      .rowspan = sql_int(q, "rowspan"),
                                      .colspan = sql_int(q, "colspan"),
                                      .blank = sql_int(q, "blank") != 0,
                                      .first_line = sql_int(q, "first_line"),
                                      .lines = sql_int(q, "lines")};
}

static void load_lines(Store *s, int64_t page, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT x, y, w, h, ux, uy, uw, uh, first_word, words FROM lines WHERE page = :page"
                        " ORDER BY n",
                        SQL("page", page));
    while (sql_row(s, q, err))
        *vec_push(&p->lines) = (Line){.box = sql_box(q, ""),
                                      .at = sql_box(q, "u"),
                                      .first_word = sql_int(q, "first_word"),
                                      .words = sql_int(q, "words")};
}

static void load_words(Store *s, int64_t page, Page *p, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT raw, text, conf, prob, origin, x, y, w, h, ux, uy, uw, uh, marks FROM words"
                        " WHERE page = :page ORDER BY n",
                        SQL("page", page));
    while (sql_row(s, q, err)) {
        Word *w = vec_push(&p->words);
        const char *origin = sql_peek(q, "origin");
        if (!origin || !origin_from_name(origin, &w->origin)) w->origin = ORIGIN_NONE;
        w->raw = sql_text(q, "raw", &p->arena);
        w->text = sql_text(q, "text", &p->arena);
        w->conf = (float)sql_real(q, "conf");
        w->prob = (float)sql_real(q, "prob");
        w->box = sql_box(q, "");
        w->at = sql_box(q, "u");
        w->marks = (unsigned)sql_int(q, "marks");
    }
}

/* A row a reading, as json_each takes apart the column: of word n, which has `total` of them. */
#define READINGS(column)                                                                           \
    "SELECT w.n, json_array_length(w." column ") AS total, json_extract(j.value, '$[0]') AS text," \
    " json_extract(j.value, '$[1]') AS score FROM words w, json_each(w." column ") j"              \
    " WHERE w.page = :page AND w." column " IS NOT NULL ORDER BY w.n, j.key"

static void load_readings(Store *s, Query *q, Page *p, bool alts, Err *err)
{
    while (sql_row(s, q, err)) {
        size_t n = (size_t)sql_int64(q, "n");
        int total = sql_int(q, "total");
        if (n >= p->words.n || total < 1) continue;
        Word *w = &p->words.v[n];
        Reading **list = alts ? &w->alt : &w->choice;
        int *have = alts ? &w->alts : &w->choices;
        if (!*list) *list = arena_new(&p->arena, Reading, (size_t)total);
        if (*have < total)
            (*list)[(*have)++] =
                (Reading){.text = sql_text(q, "text", &p->arena), .score = (float)sql_real(q, "score")};
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
    load_readings(s, sql_bind(s, err, READINGS("choices"), SQL("page", id)), p, false, err);
    load_readings(s, sql_bind(s, err, READINGS("alts"), SQL("page", id)), p, true, err);
    return !err_is(err) && page_check(p, err);
}
