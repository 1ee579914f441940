/* Pairings to rows and back. Position 12 of the document 3fa9c1d2e4b5... is the pairing 3fa9c1d2e4b5-12; a
 * person types "3fa9-12". */
#include "base/map.h"
#include "base/str.h"
#include "base/viet.h"
#include "store/sql.h"

#include <stdio.h>
#include <string.h>

enum { ID_DIGITS = 12 }; /* of the SHA-256: among 100,000 documents two agree with 1 chance in 50,000 */

/* ---- out ---- */

static int64_t school_id(Store *s, const char *level, const School *school, Err *err)
{
    const char *name = school->name ? school->name : "";
    Arena a = {0};
    sql_do(s, err,
           "INSERT INTO schools (level, name, district, registry, key) VALUES (?, ?, ?, ?, ?)"
           " ON CONFLICT DO NOTHING",
           "sssss", level, name, school->district, school->registry, viet_key(&a, name));
    arena_release(&a);
    return sql_number(
        s, err,
        "SELECT id FROM schools WHERE name = ? AND coalesce(level, '') = coalesce(?, '')"
        " AND coalesce(district, '') = coalesce(?, '') AND coalesce(registry, '') = coalesce(?, '')",
        "ssss", name, level, school->district, school->registry);
}

void sql_pairing_id(char id[40], const char *sha256, int position)
{
    snprintf(id, 40, "%.*s-%d", ID_DIGITS, sha256, position);
}

void sql_put_pairing(Store *s, int64_t doc, const char *id, int position, const Pairing *p, Err *err)
{
    const char *level = p->level ? level_code(p->level) : NULL;
    const School *a = &p->school, *b = &p->partner;
    int64_t school = school_id(s, level, a, err), partner = school_id(s, level, b, err);
    sql_do(s, err,
           "INSERT INTO pairings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
           " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
           "slissll"
           "dss"
           "prii"
           "sdprii"
           "sdprii"
           "ss",
           id, doc, position, p->no, level, school, partner, (double)p->prob, p->rule,
           p->flags ? p->flags : "", p->place.page, p->place.box, p->place.first_word, p->place.words, a->raw,
           (double)a->prob, a->place.page, a->place.box, a->place.first_word, a->place.words, b->raw,
           (double)b->prob, b->place.page, b->place.box, b->place.first_word, b->place.words, p->since,
           p->until);
    for (int i = 0; i < p->mentions && !err_is(err); i++) {
        const Place *m = &p->mention[i];
        sql_do(s, err, "INSERT INTO mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "siprii", id, i + 1,
               m->page, m->box, m->first_word, m->words);
    }
}

void sql_put_facts(Store *s, int64_t doc, const FactVec *facts, Err *err)
{
    sql_do(s, err, "DELETE FROM facts WHERE document = ?", "l", doc);
    for (size_t i = 0; i < facts->n && !err_is(err); i++) {
        const Fact *f = &facts->v[i];
        sql_do(s, err, "INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "lisissdprii",
               doc, (int)i + 1, fact_name(f->kind), f->item, f->value, f->raw, (double)f->prob, f->place.page,
               f->place.box, f->place.first_word, f->place.words);
    }
}

void sql_put_findings(Store *s, int64_t doc, const Pairings *found, Err *err)
{
    sql_do(s, err, "DELETE FROM findings WHERE document = ?", "l", doc);
    for (size_t i = 0; i < found->findings.n && !err_is(err); i++) {
        const Finding *f = &found->findings.v[i];
        sql_do(s, err, "INSERT INTO findings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", "lisspr", doc, (int)i + 1,
               f->kind, f->text, f->place.page, f->place.box);
    }
}

void sql_drop_pairings(Store *s, int64_t doc, Err *err)
{
    sql_do(s, err, "DELETE FROM pairings WHERE document = ?", "l", doc);
    sql_do(s, err, "DELETE FROM review WHERE document = ?", "l", doc);
    sql_do(s, err,
           "UPDATE replayed SET pairing = NULL, outcome = 'waiting' WHERE correction IN"
           " (SELECT c.id FROM corrections c JOIN documents d ON d.sha256 = c.sha256 WHERE d.id = ?)",
           "l", doc);
}

/* ---- and back ---- */

#define ROW_COLUMNS_WITH(join)                                                                             \
    "SELECT p.id, f.file, p.no, p.level, p.prob, p.rule, p.flags,"                                         \
    " p.page, p.x, p.y, p.w, p.h, p.first_word, p.words,"                                                  \
    " s.name, p.school_raw, s.district, s.registry, p.school_prob,"                                        \
    " p.school_page, p.school_x, p.school_y, p.school_w, p.school_h, p.school_first_word, p.school_words," \
    " t.name, p.partner_raw, t.district, t.registry, p.partner_prob,"                                      \
    " p.partner_page, p.partner_x, p.partner_y, p.partner_w, p.partner_h, p.partner_first_word, "          \
    "p.partner_words,"                                                                                     \
    " p.document, p.since, p.until FROM pairings p " join " named f ON f.document = p.document"            \
    " JOIN schools s ON s.id = p.school JOIN schools t ON t.id = p.partner "
#define ROW_COLUMNS     ROW_COLUMNS_WITH("JOIN")
#define ROW_COLUMNS_ANY ROW_COLUMNS_WITH("LEFT JOIN") /* also of a document that has no file any more */

enum { COL_NO = 2, COL_PLACE = 7, COL_SCHOOL = 14, COL_PARTNER = 26, COL_DOCUMENT = 38 };

static Place take_place(sqlite3_stmt *st, int col)
{
    return (Place){sqlite3_column_int(st, col), sql_rect(st, col + 1), sqlite3_column_int(st, col + 5),
                   sqlite3_column_int(st, col + 6)};
}

static School take_school(sqlite3_stmt *st, int col, Arena *a)
{
    return (School){sql_text(st, col, a),
                    sql_text(st, col + 1, a),
                    sql_text(st, col + 2, a),
                    sql_text(st, col + 3, a),
                    (float)sqlite3_column_double(st, col + 4),
                    take_place(st, col + 5)};
}

static Row take_row(sqlite3_stmt *st, Arena *a)
{
    Row row = {.id = sql_text(st, 0, a), .file = sql_text(st, 1, a)};
    Pairing *p = &row.pairing;
    const char *level = (const char *)sqlite3_column_text(st, COL_NO + 1);
    p->no = sql_text(st, COL_NO, a);
    if (!level || !level_from_code(level, &p->level)) p->level = LEVEL_NONE;
    p->prob = (float)sqlite3_column_double(st, COL_NO + 2);
    p->rule = sql_text(st, COL_NO + 3, a);
    p->flags = sql_text(st, COL_NO + 4, a);
    p->place = take_place(st, COL_PLACE);
    p->school = take_school(st, COL_SCHOOL, a);
    p->partner = take_school(st, COL_PARTNER, a);
    p->since = sql_text(st, COL_DOCUMENT + 1, a);
    p->until = sql_text(st, COL_DOCUMENT + 2, a);
    return row;
}

/* Each goes to its pairing; of those whose document has no file any more none is there. */
static void load_mentions(Store *s, Arena *a, Rows *rows, Err *err)
{
    Map at = {0};
    sqlite3_stmt *st = sql_bind(
        s, err, "SELECT pairing, page, x, y, w, h, first_word, words FROM mentions ORDER BY pairing, n", "");
    for (size_t i = 0; i < rows->n; i++) *map_at(&at, rows->v[i].id) = (int)i + 1;
    while (sql_row(s, st, err)) {
        int row = map_lookup(&at, (const char *)sqlite3_column_text(st, 0), 0);
        Place place = take_place(st, 1);
        if (row) pairing_add_mention(&rows->v[row - 1].pairing, a, &place);
    }
    map_release(&at);
}

bool store_load_rows(Store *s, Arena *a, Rows *rows, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err, ROW_COLUMNS "ORDER BY f.file, p.page, p.position", "");
    while (sql_row(s, st, err)) *vec_push(rows) = take_row(st, a);
    load_mentions(s, a, rows, err);
    return !err_is(err);
}

bool store_load_facts(Store *s, Arena *a, DocumentRows *docs, Err *err)
{
    int64_t last = 0;
    sqlite3_stmt *st =
        sql_bind(s, err,
                 "SELECT a.document, f.file, a.kind, a.item, a.value, a.raw, a.prob,"
                 " a.page, a.x, a.y, a.w, a.h, a.first_word, a.words"
                 " FROM facts a JOIN named f ON f.document = a.document ORDER BY f.file, a.document, a.n",
                 "");
    while (sql_row(s, st, err)) {
        int64_t doc = sqlite3_column_int64(st, 0);
        if (!docs->n || doc != last) vec_push(docs)->file = sql_text(st, 1, a);
        last = doc;
        Fact f = {.item = sqlite3_column_int(st, 3),
                  .value = sql_text(st, 4, a),
                  .raw = sql_text(st, 5, a),
                  .prob = (float)sqlite3_column_double(st, 6),
                  .place = take_place(st, 7)};
        if (fact_from_name((const char *)sqlite3_column_text(st, 2), &f.kind))
            *vec_push(&docs->v[docs->n - 1].facts) = f;
    }
    return !err_is(err);
}

void document_rows_release(DocumentRows *docs)
{
    for (size_t i = 0; i < docs->n; i++) vec_release(&docs->v[i].facts);
    vec_release(docs);
}

bool sql_load_pairings(Store *s, int64_t doc, Pairings *found, Err *err)
{
    sqlite3_stmt *st = sql_bind(s, err, ROW_COLUMNS_ANY "WHERE p.document = ? ORDER BY p.position", "l", doc);
    while (sql_row(s, st, err)) *vec_push(&found->v) = take_row(st, &found->arena).pairing;
    return !err_is(err);
}

static bool no_such_pairing(Store *s, const char *id, Err *err)
{
    return err_set(err, DAU_BAD_INPUT,
                   "there is no pairing '%s' in '%s'; 'dau export -d %s' lists them with their ids", id,
                   s->path, s->path);
}

bool store_load_row(Store *s, const char *id, Arena *a, Row *row, int64_t *doc, Err *err)
{
    const char *dash = strrchr(id, '-');
    if (!dash || dash == id || strspn(id, "0123456789abcdef") != (size_t)(dash - id) || !dash[1] ||
        dash[1 + strspn(dash + 1, "0123456789")])
        return no_such_pairing(s, id, err);
    char low[ID_DIGITS + 8], high[ID_DIGITS + 8];
    int n = (int)(dash - id) > ID_DIGITS ? ID_DIGITS : (int)(dash - id);
    snprintf(low, sizeof low, "%.*s", n, id);
    snprintf(high, sizeof high, "%.*sg", n, id); /* 'g' sorts after every digit */
    sqlite3_stmt *st = sql_bind(
        s, err, ROW_COLUMNS "WHERE p.id >= ? AND p.id < ? AND p.id LIKE '%' || ? ORDER BY p.id LIMIT 2",
        "sss", low, high, dash);
    if (!sql_row(s, st, err)) return !err_is(err) && no_such_pairing(s, id, err);
    *row = take_row(st, a);
    *doc = sqlite3_column_int64(st, COL_DOCUMENT);
    if (sql_row(s, st, err)) {
        sql_end(st);
        return err_set(err, DAU_BAD_INPUT, "'%s' fits more than one pairing; give more digits", id);
    }
    return !err_is(err);
}

static bool take_counts(Store *s, sqlite3_stmt *st, int *all, int *flagged, Err *err)
{
    *all = *flagged = 0;
    if (!sql_row(s, st, err)) return false;
    *all = sqlite3_column_int(st, 0), *flagged = sqlite3_column_int(st, 1);
    sql_end(st);
    return true;
}

bool store_count_pairings(Store *s, int *all, int *flagged, Err *err)
{
    return take_counts(s,
                       sql_bind(s, err,
                                "SELECT count(*), count(*) FILTER (WHERE flags <> '') FROM pairings"
                                " WHERE document IN (SELECT document FROM files)",
                                ""),
                       all, flagged, err);
}

bool store_count_found(Store *s, int64_t doc, int *all, int *flagged, Err *err)
{
    return take_counts(s,
                       sql_bind(s, err,
                                "SELECT count(*), count(*) FILTER (WHERE flags <> '') FROM pairings"
                                " WHERE document = ?",
                                "l", doc),
                       all, flagged, err);
}
