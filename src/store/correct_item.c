/* A row is what was read, then its corrections in order. Row 25 was read "Nguyén Du - Phú Lãm":
 *
 *     set school  Nguyén Du ─► Nguyễn Du      old is what stands there: applies
 *     accept      all six fields as confirmed: already right, state accepted, probability 1
 *
 * If it is read again as "Nguyễn Du", the first is already right. If it is read again as "Nguyễn Dữ", neither old nor new
 * stands there: a conflict. The person's word stands and the row is flagged.
 */
#include "store/correct_item.h"

#include "base/tsv.h"
#include "doc/flag.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* A flag lowers the chance that a row is right to this share: of the flagged rows of drawn plans about one in
 * three is wrong. */
static const double FLAG_SHARE = 0.7;

static const char *const fields[] = {[FIELD_NO] = "no",
                                     [FIELD_LEVEL] = "level",
                                     [FIELD_SCHOOL] = "school",
                                     [FIELD_PARTNER] = "partner",
                                     [FIELD_DISTRICT] = "district",
                                     [FIELD_PARTNER_DISTRICT] = "partner_district"};
static const char *const origins[] = {[ITEM_READ] = "read", [ITEM_ADDED] = "added", [ITEM_KEPT] = "kept"};
static_assert(sizeof fields / sizeof *fields == FIELDS, "a field without its name");
static_assert(sizeof origins / sizeof *origins == ITEM_ORIGINS, "an origin without its name");

const char *field_name(Field field)
{
    return (unsigned)field < FIELDS ? fields[field] : "";
}

bool field_from_name(const char *name, Field *field)
{
    for (int f = 0; f < FIELDS; f++)
        if (str_eq(name, fields[f])) {
            *field = (Field)f;
            return true;
        }
    return false;
}

const char *field_value(const Pairing *p, Field field)
{
    switch (field) {
    case FIELD_NO: return p->no && *p->no ? p->no : NULL;
    case FIELD_LEVEL: return p->level ? level_code(p->level) : NULL;
    case FIELD_SCHOOL: return p->school.name;
    case FIELD_PARTNER: return p->partner.name;
    case FIELD_DISTRICT: return p->school.district;
    case FIELD_PARTNER_DISTRICT: return p->partner.district;
    default: return NULL;
    }
}

/* What was set by hand is sure: its share of the row's doubt goes. */
static void settle_name(Pairing *p, School *school)
{
    if (school->prob > 0 && p->prob < 1) {
        p->prob /= school->prob;
        if (p->prob > 1) p->prob = 1;
    }
    school->prob = 1;
}

static void set_value(Pairing *p, Field field, const char *value)
{
    switch (field) {
    case FIELD_NO: p->no = value; break;
    case FIELD_LEVEL:
        if (!value || !level_from_code(value, &p->level)) p->level = LEVEL_NONE;
        break;
    case FIELD_SCHOOL: p->school.name = value, p->school.registry = NULL, settle_name(p, &p->school); break;
    case FIELD_PARTNER:
        p->partner.name = value, p->partner.registry = NULL, settle_name(p, &p->partner);
        break;
    case FIELD_DISTRICT: p->school.district = value; break;
    case FIELD_PARTNER_DISTRICT: p->partner.district = value; break;
    default: break;
    }
}

static bool same_value(const char *a, const char *b)
{
    return strcmp(a ? a : "", b ? b : "") == 0;
}

static void add_flag(CorrectItem *it, Arena *a, const char *flag)
{
    const char *have = it->p.flags ? it->p.flags : "";
    it->p.flags = *have ? arena_printf(a, "%s %s", have, flag) : flag;
}

void item_start(CorrectItem *it)
{
    it->p = it->base;
    it->state = "open";
    it->shown = it->origin != ITEM_ADDED;
    it->conflict = false;
    if (it->origin == ITEM_ADDED) it->state = "removed";
}

static const char *apply_field(CorrectItem *it, const Correction *c)
{
    Field field;
    if (!field_from_name(c->field, &field)) return "conflict";
    const char *stands = field_value(&it->p, field);
    const char *outcome = same_value(stands, c->new)   ? "already right"
                          : same_value(stands, c->old) ? "applies"
                                                       : "conflict";
    if (!same_value(stands, c->new)) set_value(&it->p, field, c->new);
    it->state = "corrected";
    return outcome;
}

static const char *apply_accept(CorrectItem *it, Arena *a, const Correction *c)
{
    const char *outcome = "already right";
    Tsv t;
    tsv_init(&t, c->new ? c->new : "", c->new ? strlen(c->new) : 0);
    if (tsv_next(&t) && t.fields == FIELDS)
        for (int f = 0; f < FIELDS; f++) {
            if (same_value(field_value(&it->p, (Field)f), t.field[f])) continue;
            set_value(&it->p, (Field)f, arena_str(a, t.field[f]));
            outcome = "applies";
        }
    tsv_release(&t);
    it->p.prob = it->p.school.prob = it->p.partner.prob = 1;
    it->p.flags = "";
    it->state = "accepted";
    it->conflict = false;
    return outcome;
}

static const char *strike_out(CorrectItem *it, const char *state)
{
    it->shown = false;
    it->state = state;
    return "applies";
}

const char *item_apply(CorrectItem *it, Arena *a, const Correction *c)
{
    const char *outcome = "applies";
    if (c->field)
        outcome = apply_field(it, c);
    else if (str_eq(c->kind, "accept"))
        outcome = apply_accept(it, a, c);
    else if (str_eq(c->kind, "not-a-pairing"))
        outcome = strike_out(it, "not-a-pairing");
    else if (str_eq(c->kind, "merge"))
        outcome = strike_out(it, "merged");
    else if (str_eq(c->kind, "unreadable"))
        it->state = "unreadable", add_flag(it, a, flag_name(FLAG_UNREADABLE));
    else if (str_eq(c->kind, "add"))
        it->shown = true, it->state = "added";
    if (str_eq(outcome, "conflict")) it->conflict = true;
    return outcome;
}

/* ---- in and out of the database ---- */

const char *item_dump(Arena *a, const Pairing *p)
{
    Buf b = {0};
    Pairings one = {.v = {.v = (Pairing *)p, .n = 1, .cap = 1}};
    pairings_dump(&one, &b);
    const char *dump = arena_strn(a, buf_str(&b), b.len);
    buf_release(&b);
    return dump;
}

static void copy_school(Arena *a, School *to, const School *from)
{
    *to = *from;
    to->name = arena_str(a, from->name ? from->name : "");
    to->raw = arena_str(a, from->raw);
    to->district = arena_str(a, from->district);
    to->registry = arena_str(a, from->registry);
}

bool item_parse(Arena *a, const char *found, Pairing *p, Err *err)
{
    Pairings one = {0};
    if (pairings_parse(found ? found : "", found ? strlen(found) : 0, &one, err) && one.v.n != 1)
        err_set(err, DAU_BAD_INPUT, "a correction does not say which row it is of");
    if (!err_is(err)) {
        const Pairing *q = &one.v.v[0];
        *p = *q;
        p->no = arena_str(a, q->no);
        p->rule = arena_str(a, q->rule);
        p->flags = arena_str(a, q->flags ? q->flags : "");
        p->since = arena_str(a, q->since);
        p->until = arena_str(a, q->until);
        p->mention = q->mentions ? arena_dup(a, q->mention, (size_t)q->mentions * sizeof *q->mention) : NULL;
        copy_school(a, &p->school, &q->school);
        copy_school(a, &p->partner, &q->partner);
    }
    pairings_release(&one);
    return !err_is(err);
}

Correction correction_from(Query *q, Arena *a)
{
    return (Correction){.id = sql_int64(q, "id"),
                        .act = sql_text(q, "act", a),
                        .part = sql_int(q, "part"),
                        .made = sql_text(q, "made", a),
                        .who = sql_text(q, "who", a),
                        .kind = sql_text(q, "kind", a),
                        .sha256 = sql_text(q, "sha256", a),
                        .place = {.page = sql_int(q, "page"), .box = sql_box(q, "")},
                        .pairing = sql_text(q, "pairing", a),
                        .subject = sql_text(q, "subject", a),
                        .field = sql_text(q, "field", a),
                        .old = sql_text(q, "old", a),
                        .new = sql_text(q, "new", a),
                        .why = sql_text(q, "why", a),
                        .target = sql_text(q, "target", a),
                        .found = sql_text(q, "found", a),
                        .live = sql_int(q, "live") != 0,
                        .outcome = sql_text(q, "outcome", a)};
}

static bool load_base(Store *s, Arena *a, const char *id, CorrectItem *it, Err *err)
{
    Query *q = sql_bind(
        s, err,
        "SELECT document, position, origin, found, version, hangs FROM review WHERE pairing = :pairing",
        SQL("pairing", id));
    if (!sql_row(s, q, err)) return false;
    *it = (CorrectItem){.doc = sql_int64(q, "document"),
                        .position = sql_int(q, "position"),
                        .found = sql_text(q, "found", a),
                        .version = sql_int(q, "version"),
                        .hangs = sql_int(q, "hangs")};
    for (int o = 0; o < ITEM_ORIGINS; o++)
        if (str_eq(sql_peek(q, "origin"), origins[o])) it->origin = (ItemOrigin)o;
    sql_end(q);
    snprintf(it->id, sizeof it->id, "%s", id);
    return item_parse(a, it->found, &it->base, err);
}

bool item_load(Store *s, Arena *a, const char *id, CorrectItem *it, Err *err)
{
    if (!load_base(s, a, id, it, err)) return false;
    item_start(it);
    Query *q = sql_bind(s, err, CORRECTION_COLUMNS "WHERE r.pairing = :pairing AND r.live = 1 ORDER BY c.id",
                        SQL("pairing", id));
    while (sql_row(s, q, err)) {
        Correction c = correction_from(q, a);
        item_apply(it, a, &c);
    }
    if (it->origin == ITEM_KEPT) add_flag(it, a, flag_name(FLAG_NOT_READ_AGAIN));
    if (it->conflict) add_flag(it, a, flag_name(FLAG_CONFLICT)), it->state = "conflict";
    return !err_is(err);
}

double item_doubt(const CorrectItem *it)
{
    double right = (double)it->p.prob;
    if (it->p.flags && *it->p.flags) right *= FLAG_SHARE;
    if (str_eq(it->state, "unreadable")) right = 0;
    return right < 0 ? 1 : right > 1 ? 0 : 1 - right;
}

bool item_queued(const CorrectItem *it)
{
    return it->shown && !it->p.kind && (str_eq(it->state, "open") || str_eq(it->state, "conflict"));
}

bool item_write(Store *s, CorrectItem *it, Err *err)
{
    double doubt = it->shown ? item_doubt(it) : 0;
    sql_do(s, err, "DELETE FROM pairings WHERE id = :id", SQL("id", it->id));
    if (it->shown) sql_put_pairing(s, it->doc, it->id, it->position, &it->p, err);
    return sql_do(
        s, err,
        "INSERT INTO review (pairing, document, position, origin, found, state, version, hangs, doubt, loss,"
        " queued) VALUES (:pairing, :document, :position, :origin, :found, :state, :version, :hangs, :doubt,"
        " :loss, :queued)"
        " ON CONFLICT (pairing) DO UPDATE SET state = excluded.state, version = excluded.version,"
        " doubt = excluded.doubt, loss = excluded.loss, queued = excluded.queued",
        SQL("pairing", it->id), SQL("document", it->doc), SQL("position", it->position),
        SQL("origin", origins[it->origin]), SQL("found", it->found), SQL("state", it->state),
        SQL("version", it->version), SQL("hangs", it->hangs), SQL("doubt", doubt),
        SQL("loss", doubt * it->hangs), SQL("queued", item_queued(it)));
}
