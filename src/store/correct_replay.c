/* A document is read again. Its corrections, "Nguyén Du" to "Nguyễn Du" for one, are taken in order. Each finds its row by
 * where it stood:
 *
 *     found then   page 2 row [212,804,1210,60]  school [300,810,220,40]  partner [900,812,240,40]
 *     read now     page 2 row [210,803,1214,62]  school [300,811,221,40]  partner [900,812,238,40]
 *     beside it    page 2 row [210,803,1214,62]  school [300,811,221,40]  partner [900,848,238,40]
 *
 * The second is the row that was found then. The third has the same school and another partner, the second name of the
 * same cell: it is another row.
 *
 * A correction whose row is not read any more brings it back, unless it said that the row is not a pairing.
 */
#include "doc/flag.h"
#include "store/correct_item.h"

#include "base/map.h"

#include <stdio.h>
#include <string.h>

static const double SAME_PLACE = 0.5; /* share of the smaller box that the two have in common */

typedef VEC(CorrectItem) CorrectItems;
typedef VEC(Correction) CorrectionVec;

typedef struct Replay {
    Store *s;
    Arena arena;
    int64_t doc;
    Document document;
    CorrectItems items;
    CorrectionVec said;
    const char **outcome; /* of each of said */
    int *of;              /* the item each belongs to, or -1 */
    int version, added, kept;
} Replay;

/* ---- the same row? ---- */

static double common(Rect a, Rect b)
{
    if (rect_empty(a) || rect_empty(b)) return -1;
    Rect both = rect_intersect(a, b);
    double least = (double)a.w * a.h < (double)b.w * b.h ? (double)a.w * a.h : (double)b.w * b.h;
    return (double)both.w * both.h / least;
}

/* 0: another row. */
static double likeness(const Pairing *then, const Pairing *now)
{
    if (then->place.page != now->place.page) return 0;
    double row = common(then->place.box, now->place.box);
    double school = common(then->school.place.box, now->school.place.box);
    double partner = common(then->partner.place.box, now->partner.place.box);
    if (row < SAME_PLACE) return 0;
    if (school >= 0 && partner >= 0 && (school >= SAME_PLACE) != (partner >= SAME_PLACE)) return 0;
    double same_words =
        str_eq(then->school.raw, now->school.raw) + str_eq(then->partner.raw, now->partner.raw);
    return 1 + row + school + partner + 0.1 * same_words + 0.1 * str_eq(then->no, now->no);
}

static int find_row(const Replay *r, const Pairing *then)
{
    int best = -1;
    double most = 0;
    for (size_t i = 0; i < r->items.n; i++) {
        const CorrectItem *it = &r->items.v[i];
        double like = it->origin == ITEM_READ ? likeness(then, &it->base) : 0;
        if (like > most) most = like, best = (int)i;
    }
    return best;
}

/* ---- taken back? ---- */

static void set_live(Replay *r, const char *act, bool live, size_t before)
{
    for (size_t i = before; i-- > 0;) {
        Correction *c = &r->said.v[i];
        if (!str_eq(c->act, act)) continue;
        c->live = live;
        if (c->target) set_live(r, c->target, !live, i);
    }
}

static void find_live(Replay *r)
{
    for (size_t i = 0; i < r->said.n; i++) {
        r->said.v[i].live = true;
        if (r->said.v[i].target) set_live(r, r->said.v[i].target, false, i);
    }
}

/* ---- items ---- */

static CorrectItem *push_item(Replay *r, ItemOrigin origin, int position, const char *found,
                              const Pairing *base)
{
    CorrectItem *it = vec_push(&r->items);
    *it = (CorrectItem){.doc = r->doc, .position = position, .origin = origin, .found = found, .base = *base};
    sql_pairing_id(it->id, r->document.sha256, position);
    it->version = r->version, it->hangs = 1;
    item_start(it);
    return it;
}

static bool has_page(Replay *r, int page, Err *err)
{
    return !page ||
           sql_number(r->s, err, "SELECT count(*) FROM pages WHERE document = :document AND number = :number",
                      SQL("document", r->doc), SQL("number", page)) > 0;
}

/* A row on pages that the document does not have waits for a version of it that does. */
static bool has_pages_of(Replay *r, const Pairing *p, Err *err)
{
    return has_page(r, p->place.page, err) && has_page(r, p->school.place.page, err) &&
           has_page(r, p->partner.place.page, err);
}

static int added_row(Replay *r, const Correction *c, Err *err)
{
    Pairing base;
    if (!item_parse(&r->arena, c->found, &base, err) || !has_pages_of(r, &base, err)) return -1;
    push_item(r, ITEM_ADDED, ADDED_FROM + ++r->added, c->found, &base);
    return (int)r->items.n - 1;
}

/* The row that an act added. */
static int row_of_subject(const Replay *r, const char *subject)
{
    for (size_t i = 0; i < r->said.n; i++)
        if (str_eq(r->said.v[i].kind, "add") && str_eq(r->said.v[i].act, subject)) return r->of[i];
    return -1;
}

/* The row an earlier correction of the same row brought back, or a new one. */
static int kept_row(Replay *r, const Correction *c, Err *err)
{
    Pairing base;
    for (size_t i = 0; i < r->items.n; i++)
        if (r->items.v[i].origin == ITEM_KEPT && str_eq(r->items.v[i].found, c->found)) return (int)i;
    if (!item_parse(&r->arena, c->found, &base, err) || !has_pages_of(r, &base, err)) return -1;
    push_item(r, ITEM_KEPT, KEPT_FROM + ++r->kept, c->found, &base);
    return (int)r->items.n - 1;
}

static int item_of(Replay *r, const Correction *c, Err *err)
{
    Pairing then;
    if (str_eq(c->kind, "undo")) return -1;
    if (str_eq(c->kind, "add")) return added_row(r, c, err);
    if (c->subject) return row_of_subject(r, c->subject);
    if (!c->found || !item_parse(&r->arena, c->found, &then, err)) return -1;
    int row = find_row(r, &then);
    return row >= 0 || !c->live ? row : kept_row(r, c, err);
}

static void replay_one(Replay *r, size_t i, Err *err)
{
    const Correction *c = &r->said.v[i];
    r->of[i] = item_of(r, c, err);
    CorrectItem *it = r->of[i] >= 0 ? &r->items.v[r->of[i]] : NULL;
    r->outcome[i] = !c->live ? "undone" : str_eq(c->kind, "undo") ? "applies" : "waiting";
    if (!c->live || !it) return;
    r->outcome[i] = item_apply(it, &r->arena, c);
    if (it->origin == ITEM_KEPT) r->outcome[i] = it->shown ? "kept" : "already right";
}

static void count_names(const Replay *r, Map *names)
{
    for (size_t i = 0; i < r->items.n; i++) {
        const Pairing *p = &r->items.v[i].base;
        ++*map_at(names, p->school.name ? p->school.name : "");
        if (!str_eq(p->school.name, p->partner.name))
            ++*map_at(names, p->partner.name ? p->partner.name : "");
    }
}

static void weigh(Replay *r)
{
    Map names = {0};
    count_names(r, &names);
    for (size_t i = 0; i < r->items.n; i++) {
        const Pairing *p = &r->items.v[i].base;
        int school = map_lookup(&names, p->school.name ? p->school.name : "", 1);
        int partner = map_lookup(&names, p->partner.name ? p->partner.name : "", 1);
        r->items.v[i].hangs = school > partner ? school : partner;
    }
    map_release(&names);
}

static void add_flag(Replay *r, CorrectItem *it, const char *flag)
{
    const char *have = it->p.flags ? it->p.flags : "";
    it->p.flags = *have ? arena_printf(&r->arena, "%s %s", have, flag) : flag;
}

static void write_outcome(Replay *r, size_t i, Err *err)
{
    const Correction *c = &r->said.v[i];
    sql_do(r->s, err,
           "INSERT INTO replayed (correction, pairing, live, outcome)"
           " VALUES (:correction, :pairing, :live, :outcome) ON CONFLICT (correction) DO UPDATE"
           " SET pairing = excluded.pairing, live = excluded.live, outcome = excluded.outcome",
           SQL("correction", c->id), SQL("pairing", r->of[i] >= 0 ? r->items.v[r->of[i]].id : NULL),
           SQL("live", c->live), SQL("outcome", r->outcome[i]));
}

static void write_all(Replay *r, Err *err)
{
    sql_drop_pairings(r->s, r->doc, err);
    for (size_t i = 0; i < r->items.n && !err_is(err); i++) {
        CorrectItem *it = &r->items.v[i];
        if (it->origin == ITEM_KEPT) add_flag(r, it, flag_name(FLAG_NOT_READ_AGAIN));
        if (it->conflict) add_flag(r, it, flag_name(FLAG_CONFLICT)), it->state = "conflict";
        item_write(r->s, it, err);
    }
    for (size_t i = 0; i < r->said.n && !err_is(err); i++) write_outcome(r, i, err);
}

static void load_said(Replay *r, Err *err)
{
    Query *q = sql_bind(r->s, err, CORRECTION_COLUMNS "WHERE c.sha256 = :sha256 ORDER BY c.id",
                        SQL("sha256", r->document.sha256));
    while (sql_row(r->s, q, err)) *vec_push(&r->said) = correction_from(q, &r->arena);
}

static bool replay(Replay *r, Err *err)
{
    load_said(r, err);
    find_live(r);
    weigh(r);
    r->outcome = arena_new(&r->arena, const char *, r->said.n + 1);
    r->of = arena_new(&r->arena, int, r->said.n + 1);
    for (size_t i = 0; i < r->said.n; i++) r->of[i] = -1;
    for (size_t i = 0; i < r->said.n && !err_is(err); i++) replay_one(r, i, err);
    if (!err_is(err)) write_all(r, err);
    return !err_is(err);
}

static bool begin(Replay *r, Store *s, int64_t doc, Err *err)
{
    *r = (Replay){.s = s, .doc = doc};
    r->version = 1 + (int)sql_number(
                         s, err, "SELECT coalesce(max(version), -1) FROM review WHERE document = :document",
                         SQL("document", doc));
    return store_load_document(s, doc, &r->document, err);
}

static void end(Replay *r)
{
    vec_release(&r->items);
    vec_release(&r->said);
    arena_release(&r->arena);
}

static bool lay_over(Store *s, int64_t doc, const Pairings *found, Err *err)
{
    Replay r;
    bool ok = !err_is(err) && begin(&r, s, doc, err);
    if (ok) {
        for (size_t i = 0; i < found->v.n; i++) {
            const Pairing *p = &found->v.v[i];
            push_item(&r, ITEM_READ, (int)i + 1, item_dump(&r.arena, p), p);
        }
        ok = replay(&r, err);
        end(&r);
    }
    return ok;
}

bool sql_replace_pairings(Store *s, int64_t doc, const Pairings *found, Err *err)
{
    if (lay_over(s, doc, found, err)) sql_put_findings(s, doc, found, err);
    sql_put_facts(s, doc, &found->facts, err);
    return !err_is(err);
}

/* What was read before, once more: corrections of another machine came. */
static bool replay_document(Store *s, int64_t doc, Err *err)
{
    Replay r;
    if (err_is(err) || !begin(&r, s, doc, err)) return false;
    Query *q = sql_bind(s, err,
                        "SELECT position, found FROM review WHERE document = :document AND origin = 'read'"
                        " ORDER BY position",
                        SQL("document", doc));
    while (sql_row(s, q, err)) {
        Pairing p;
        const char *found = sql_text(q, "found", &r.arena);
        if (item_parse(&r.arena, found, &p, err)) push_item(&r, ITEM_READ, sql_int(q, "position"), found, &p);
    }
    bool ok = !err_is(err) && replay(&r, err);
    end(&r);
    return ok;
}

/* Documents first, then the work: replaying writes what the query reads. */
static bool replay_each(Store *s, Query *q, bool (*work)(Store *, int64_t, Err *), Err *err)
{
    VEC(int64_t) docs = {0};
    while (sql_row(s, q, err)) *vec_push(&docs) = sql_int64(q, "document");
    for (size_t i = 0; i < docs.n && !err_is(err); i++) work(s, docs.v[i], err);
    vec_release(&docs);
    return !err_is(err);
}

bool corrections_replay(Store *s, Err *err)
{
    replay_each(
        s,
        sql_bind(s, err,
                 "SELECT DISTINCT d.id AS document FROM corrections c JOIN documents d ON d.sha256 = c.sha256"
                 " WHERE d.key IS NOT NULL AND c.id NOT IN (SELECT correction FROM replayed)",
                 SQL_NONE),
        replay_document, err);
    return sql_do(s, err,
                  "INSERT INTO replayed SELECT id, NULL, 1, 'waiting' FROM corrections"
                  " WHERE id NOT IN (SELECT correction FROM replayed)",
                  SQL_NONE);
}

static bool fill_document(Store *s, int64_t doc, Err *err)
{
    Pairings found = {0};
    bool ok = sql_load_pairings(s, doc, &found, err) && lay_over(s, doc, &found, err);
    pairings_release(&found);
    return ok;
}

bool sql_fill_review(Store *s, Err *err)
{
    bool entered = sql_enter(s, err);
    replay_each(s, sql_bind(s, err, "SELECT DISTINCT document FROM pairings", SQL_NONE), fill_document, err);
    return sql_leave(s, entered, err);
}
