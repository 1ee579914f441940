/* Pairings become rows, and rows pairings. "Nguyễn Du - Phú Lãm" at position 12 of the document 3fa9c1d2e4b5... is the
 * pairing 3fa9c1d2e4b5-12; a person types "3fa9-12". */
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
           "INSERT INTO schools (level, name, district, registry, key)"
           " VALUES (:level, :name, :district, :registry, :key) ON CONFLICT DO NOTHING",
           SQL("level", level), SQL("name", name), SQL("district", school->district),
           SQL("registry", school->registry), SQL("key", viet_key(&a, name)));
    arena_release(&a);
    return sql_number(
        s, err,
        "SELECT id FROM schools WHERE name = :name AND coalesce(level, '') = coalesce(:level, '')"
        " AND coalesce(district, '') = coalesce(:district, '')"
        " AND coalesce(registry, '') = coalesce(:registry, '')",
        SQL("name", name), SQL("level", level), SQL("district", school->district),
        SQL("registry", school->registry));
}

void sql_pairing_id(char id[40], const char *sha256, int position)
{
    snprintf(id, 40, "%.*s-%d", ID_DIGITS, sha256, position);
}

static void put_mention(Store *s, const char *id, int n, const Place *place, Err *err)
{
    sql_insert(s, err, "mentions", SQL("pairing", id), SQL("n", n), SQL_PLACE("", place));
}

void sql_put_pairing(Store *s, int64_t doc, const char *id, int position, const Pairing *p, Err *err)
{
    const char *level = p->level ? level_code(p->level) : NULL;
    const School *a = &p->school, *b = &p->partner;
    int64_t school = school_id(s, level, a, err), partner = school_id(s, level, b, err);
    sql_insert(s, err, "pairings", SQL("id", id), SQL("document", doc), SQL("position", position),
               SQL("no", p->no), SQL("level", level), SQL("school", school), SQL("partner", partner),
               SQL("prob", p->prob), SQL("rule", p->rule), SQL("flags", p->flags ? p->flags : ""),
               SQL_PLACE("", &p->place),                                 /* the row */
               SQL("school_raw", a->raw), SQL("school_prob", a->prob),   /* one name */
               SQL_PLACE("school_", &a->place),                          /* */
               SQL("partner_raw", b->raw), SQL("partner_prob", b->prob), /* the other */
               SQL_PLACE("partner_", &b->place),                         /* */
               SQL("since", p->since), SQL("until", p->until), SQL("kind", pair_kind_name(p->kind)));
    for (int i = 0; i < p->mentions && !err_is(err); i++) put_mention(s, id, i + 1, &p->mention[i], err);
}

void sql_put_facts(Store *s, int64_t doc, const FactVec *facts, Err *err)
{
    sql_do(s, err, "DELETE FROM facts WHERE document = :document", SQL("document", doc));
    for (size_t i = 0; i < facts->n && !err_is(err); i++) {
        const Fact *f = &facts->v[i];
        sql_insert(s, err, "facts", SQL("document", doc), SQL("n", (int)i + 1),
                   SQL("kind", fact_name(f->kind)), SQL("item", f->item), SQL("value", f->value),
                   SQL("raw", f->raw), SQL("prob", f->prob), SQL_PLACE("", &f->place));
    }
}

void sql_put_findings(Store *s, int64_t doc, const Pairings *found, Err *err)
{
    sql_do(s, err, "DELETE FROM findings WHERE document = :document", SQL("document", doc));
    for (size_t i = 0; i < found->findings.n && !err_is(err); i++) {
        const Finding *f = &found->findings.v[i];
        sql_insert(s, err, "findings", SQL("document", doc), SQL("n", (int)i + 1), SQL("kind", f->kind),
                   SQL("text", f->text), SQL_OR_NULL("page", f->place.page), SQL_BOX("", f->place.box));
    }
}

void sql_drop_pairings(Store *s, int64_t doc, Err *err)
{
    sql_do(s, err, "DELETE FROM pairings WHERE document = :document", SQL("document", doc));
    sql_do(s, err, "DELETE FROM review WHERE document = :document", SQL("document", doc));
    sql_do(s, err,
           "UPDATE replayed SET pairing = NULL, outcome = 'waiting' WHERE correction IN"
           " (SELECT c.id FROM corrections c JOIN documents d ON d.sha256 = c.sha256 WHERE d.id = :document)",
           SQL("document", doc));
}

/* ---- and back ---- */

#define PLACE_COLUMNS(prefix)                                                                 \
    "p." prefix "page, p." prefix "x, p." prefix "y, p." prefix "w, p." prefix "h, p." prefix \
    "first_word, p." prefix "words"
#define SCHOOL_COLUMNS(schools, prefix)                                                     \
    schools ".name AS " prefix "name, " schools ".district AS " prefix "district, " schools \
            ".registry AS " prefix "registry, p." prefix "raw, p." prefix "prob, " PLACE_COLUMNS(prefix)
#define ROW_COLUMNS_WITH(join)                                                                     \
    "SELECT p.id, p.document, f.file, p.no, p.level, p.prob, p.rule, p.flags, p.since, "           \
    "p.until, p.kind, " PLACE_COLUMNS("") ", " SCHOOL_COLUMNS("s", "school_") ", " SCHOOL_COLUMNS( \
        "t", "partner_") " FROM pairings p " join " named f ON f.document = p.document"            \
                         " JOIN schools s ON s.id = p.school JOIN schools t ON t.id = p.partner "
#define ROW_COLUMNS     ROW_COLUMNS_WITH("JOIN")
#define ROW_COLUMNS_ANY ROW_COLUMNS_WITH("LEFT JOIN") /* also of a document that has no file any more */

#define TAKE_SCHOOL(q, prefix, a)                                                                     \
    (School)                                                                                          \
    {                                                                                                 \
        .name = sql_text(q, prefix "name", a), .raw = sql_text(q, prefix "raw", a),                   \
        .district = sql_text(q, prefix "district", a), .registry = sql_text(q, prefix "registry", a), \
        .prob = (float)sql_real(q, prefix "prob"), .place = sql_place(q, prefix)                      \
    }

static Row take_row(Query *q, Arena *a)
{
    Row row = {.id = sql_text(q, "id", a), .file = sql_text(q, "file", a)};
    Pairing *p = &row.pairing;
    const char *level = sql_peek(q, "level");
    if (!level || !level_from_code(level, &p->level)) p->level = LEVEL_NONE;
    p->no = sql_text(q, "no", a);
    p->prob = (float)sql_real(q, "prob");
    p->rule = sql_text(q, "rule", a);
    p->flags = sql_text(q, "flags", a);
    p->since = sql_text(q, "since", a);
    p->until = sql_text(q, "until", a);
    const char *kind = sql_peek(q, "kind");
    if (!kind || !pair_kind_from_name(kind, &p->kind)) p->kind = PAIR_SCHOOLS;
    p->place = sql_place(q, "");
    p->school = TAKE_SCHOOL(q, "school_", a);
    p->partner = TAKE_SCHOOL(q, "partner_", a);
    return row;
}

/* Each goes to its pairing; of those whose document has no file any more none is there. */
static void load_mentions(Store *s, Arena *a, Rows *rows, Err *err)
{
    Map at = {0};
    Query *q = sql_bind(
        s, err, "SELECT pairing, page, x, y, w, h, first_word, words FROM mentions ORDER BY pairing, n",
        SQL_NONE);
    for (size_t i = 0; i < rows->n; i++) *map_at(&at, rows->v[i].id) = (int)i + 1;
    while (sql_row(s, q, err)) {
        int row = map_lookup(&at, sql_peek(q, "pairing"), 0);
        Place place = sql_place(q, "");
        if (row) pairing_add_mention(&rows->v[row - 1].pairing, a, &place);
    }
    map_release(&at);
}

bool store_load_rows(Store *s, Arena *a, Rows *rows, Err *err)
{
    Query *q = sql_bind(s, err, ROW_COLUMNS "ORDER BY f.file, p.page, p.position", SQL_NONE);
    while (sql_row(s, q, err)) *vec_push(rows) = take_row(q, a);
    load_mentions(s, a, rows, err);
    return !err_is(err);
}

bool store_load_facts(Store *s, Arena *a, DocumentRows *docs, Err *err)
{
    int64_t last = 0;
    Query *q = sql_bind(s, err,
                        "SELECT a.document, f.file, a.kind, a.item, a.value, a.raw, a.prob,"
                        " a.page, a.x, a.y, a.w, a.h, a.first_word, a.words"
                        " FROM facts a JOIN named f ON f.document = a.document"
                        " ORDER BY f.file, a.document, a.n",
                        SQL_NONE);
    while (sql_row(s, q, err)) {
        int64_t doc = sql_int64(q, "document");
        if (!docs->n || doc != last) vec_push(docs)->file = sql_text(q, "file", a);
        last = doc;
        Fact f = {.item = sql_int(q, "item"),
                  .value = sql_text(q, "value", a),
                  .raw = sql_text(q, "raw", a),
                  .prob = (float)sql_real(q, "prob"),
                  .place = sql_place(q, "")};
        if (fact_from_name(sql_peek(q, "kind"), &f.kind)) *vec_push(&docs->v[docs->n - 1].facts) = f;
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
    Query *q = sql_bind(s, err, ROW_COLUMNS_ANY "WHERE p.document = :document ORDER BY p.position",
                        SQL("document", doc));
    while (sql_row(s, q, err)) *vec_push(&found->v) = take_row(q, &found->arena).pairing;
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
    Query *q = sql_bind(s, err,
                        ROW_COLUMNS "WHERE p.id >= :low AND p.id < :high AND p.id LIKE '%' || :end"
                                    " ORDER BY p.id LIMIT 2",
                        SQL("low", low), SQL("high", high), SQL("end", dash));
    if (!sql_row(s, q, err)) return !err_is(err) && no_such_pairing(s, id, err);
    *row = take_row(q, a);
    *doc = sql_int64(q, "document");
    if (sql_row(s, q, err)) {
        sql_end(q);
        return err_set(err, DAU_BAD_INPUT, "'%s' fits more than one pairing; give more digits", id);
    }
    return !err_is(err);
}

static bool take_counts(Store *s, Query *q, PairCounts *to, Err *err)
{
    *to = (PairCounts){0};
    if (!sql_row(s, q, err)) return false;
    *to = (PairCounts){sql_int(q, "n"), sql_int(q, "flagged"), sql_int(q, "unions")};
    sql_end(q);
    return true;
}

#define COUNTS                                                             \
    "SELECT count(*) FILTER (WHERE kind = 'school') AS n,"                 \
    " count(*) FILTER (WHERE kind = 'school' AND flags <> '') AS flagged," \
    " count(*) FILTER (WHERE kind <> 'school') AS unions FROM pairings "

bool store_count_pairings(Store *s, PairCounts *to, Err *err)
{
    return take_counts(s, sql_bind(s, err, COUNTS "WHERE document IN (SELECT document FROM files)", SQL_NONE),
                       to, err);
}

bool store_count_found(Store *s, int64_t doc, PairCounts *to, Err *err)
{
    return take_counts(s, sql_bind(s, err, COUNTS "WHERE document = :document", SQL("document", doc)), to,
                       err);
}
