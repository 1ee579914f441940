/* What the review page and the lists ask for. The queue is an index of the rows that wait, "Nguyén Du - Phú Lãm" among
 * them. It is sorted by expected loss and has their doubt in it. So its head and the sum over it are read without touching
 * the rows. */
#include "store/correct.h"
#include "store/correct_item.h"

#include <string.h>

bool review_load(Store *s, Arena *a, const char *id, Review *r, Err *err)
{
    CorrectItem it;
    if (!item_load(s, a, id, &it, err)) return false;
    *r = (Review){.row = {.id = arena_str(a, id), .pairing = it.p},
                  .found = it.base,
                  .doc = it.doc,
                  .state = it.state,
                  .version = it.version,
                  .queued = item_queued(&it),
                  .doubt = it.shown ? item_doubt(&it) : 0};
    r->loss = r->doubt * it.hangs;
    const char *file = store_lookup_path(s, it.doc, 0, a, err);
    r->row.file = file ? file : "";
    return !err_is(err);
}

static bool take_ids(Store *s, Arena *a, Query *q, const char *column, Ids *ids, Err *err)
{
    while (sql_row(s, q, err)) *vec_push(ids) = sql_text(q, column, a);
    return !err_is(err);
}

bool review_ahead(Store *s, Arena *a, int skip, int n, Ids *ids, Err *err)
{
    Query *q = sql_bind(
        s, err,
        "SELECT pairing FROM review WHERE queued = 1 ORDER BY loss DESC, pairing LIMIT min(:n, :most)"
        " OFFSET :skip",
        SQL("n", n), SQL("most", (int)CORRECT_MOST_AHEAD), SQL("skip", skip));
    return take_ids(s, a, q, "pairing", ids, err);
}

bool review_on_page(Store *s, Arena *a, int64_t doc, int page, Ids *ids, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT id FROM pairings WHERE document = :document AND (:page = 0 OR page = :page)"
                        " ORDER BY page, y, position",
                        SQL("document", doc), SQL("page", page));
    return take_ids(s, a, q, "id", ids, err);
}

bool review_names(Store *s, Arena *a, const char *key, int n, Ids *names, Err *err)
{
    Query *q = sql_bind(s, err,
                        "SELECT DISTINCT name FROM schools WHERE key >= :key AND key < :key || char(1114111)"
                        " ORDER BY key, name LIMIT :n",
                        SQL("key", key), SQL("n", n));
    return take_ids(s, a, q, "name", names, err);
}

bool review_outlook(Store *s, Outlook *o, Err *err)
{
    *o = (Outlook){0};
    Query *q =
        sql_bind(s, err,
                 "SELECT rows, waiting, doubt, unreadable, (SELECT coalesce(sum(doubt), 0) FROM"
                 " (SELECT doubt FROM review WHERE queued = 1 ORDER BY loss DESC, pairing LIMIT :soon))"
                 " AS soon FROM tally",
                 SQL("soon", (int)CORRECT_SOON));
    if (!sql_row(s, q, err)) return false;
    o->rows = sql_int(q, "rows"), o->left = sql_int(q, "waiting");
    double rows = o->rows ? o->rows : 1, all = sql_real(q, "doubt"), next = sql_real(q, "soon");
    o->done = o->rows - o->left;
    o->end = 1 - sql_int(q, "unreadable") / rows;
    o->now = o->end - all / rows;
    o->soon = o->end - (all - next) / rows;
    sql_end(q);
    return true;
}

/* ---- every record ---- */

bool corrections_each(Store *s, CorrectionEach each, void *context, Err *err)
{
    Query *q = sql_bind(s, err, CORRECTION_COLUMNS "ORDER BY c.id", SQL_NONE);
    bool go_on = true;
    while (go_on && sql_row(s, q, err)) {
        Arena a = {0};
        Correction c = correction_from(q, &a);
        go_on = each(context, &c, err);
        arena_release(&a);
    }
    sql_end(q);
    return !err_is(err);
}

void correction_json(Buf *b, const Correction *c)
{
    const struct {
        const char *key, *value;
    } before[] = {{"act", c->act},
                  {"made", c->made},
                  {"who", c->who},
                  {"kind", c->kind},
                  {"sha256", c->sha256}},
      after[] = {{"pairing", c->pairing}, {"subject", c->subject}, {"field", c->field},
                 {"old", c->old},         {"new", c->new},         {"why", c->why},
                 {"target", c->target},   {"found", c->found}};
    json_open(b, '{');
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) json_text(b, before[i].key, before[i].value);
    json_int(b, "part", c->part);
    json_int(b, "page", c->place.page);
    json_rect(b, "box", c->place.box);
    for (size_t i = 0; i < sizeof after / sizeof *after; i++)
        if (after[i].value) json_text(b, after[i].key, after[i].value);
    json_close(b, '}');
    buf_addc(b, '\n');
}

/* What item_of() will parse must be what it says, or the replay would stop at it. */
static bool check_taken(const Correction *c, Err *err)
{
    static const char *const kinds[] = {"set",   "accept", "unreadable", "not-a-pairing",
                                        "split", "merge",  "add",        "undo"};
    bool known = false;
    Pairing p;
    Arena a = {0};
    Field field;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) known = known || str_eq(c->kind, kinds[i]);
    if (!known) err_set(err, DAU_BAD_INPUT, "there is no kind of correction '%.40s'", c->kind ? c->kind : "");
    if (!c->act || strlen(c->act) != 32 || !c->who || !c->sha256 || strlen(c->sha256) != 64)
        err_set(err, DAU_BAD_INPUT, "act, who and sha256 must be there, and whole");
    if (c->field && !field_from_name(c->field, &field))
        err_set(err, DAU_BAD_INPUT, "there is no field '%.40s'", c->field);
    if (str_eq(c->kind, "undo") ? !c->target : !c->found)
        err_set(err, DAU_BAD_INPUT, "%s",
                c->target ? tr_later("found is missing") : tr_later("target is missing"));
    if (c->found) item_parse(&a, c->found, &p, err);
    arena_release(&a);
    return !err_is(err);
}

bool corrections_take(Store *s, const Correction *c, bool *fresh, Err *err)
{
    *fresh = false;
    if (err_is(err) || !check_taken(c, err)) return false;
    if (sql_number(s, err, "SELECT count(*) FROM corrections WHERE act = :act AND part = :part",
                   SQL("act", c->act), SQL("part", c->part)))
        return !err_is(err);
    *fresh = correction_add(s, c, NULL, err);
    return *fresh;
}

bool corrections_count(Store *s, int64_t doc, Fared *f, Err *err)
{
    *f = (Fared){0};
    Query *q =
        sql_bind(s, err,
                 "SELECT r.outcome, count(*) AS n FROM replayed r JOIN corrections c ON c.id = r.correction"
                 " WHERE r.live = 1 AND c.kind <> 'undo' AND (:document = 0 OR"
                 " c.sha256 = (SELECT sha256 FROM documents WHERE id = :document)) GROUP BY r.outcome",
                 SQL("document", doc));
    while (sql_row(s, q, err)) {
        const char *outcome = sql_peek(q, "outcome");
        int n = sql_int(q, "n");
        if (str_eq(outcome, "applies")) f->applies = n;
        if (str_eq(outcome, "already right")) f->already_right = n;
        if (str_eq(outcome, "conflict")) f->conflict = n;
        if (str_eq(outcome, "kept")) f->kept = n;
        if (str_eq(outcome, "waiting")) f->waiting = n;
    }
    return !err_is(err);
}
