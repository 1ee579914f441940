/* Pairings as TSV: for each a record of what joins the two, then one of each school:
 *
 *     pairing  25  TH  0.97  table 1 row 27  gap  4  212 804 1210 60  118 6
 *     school   Nguyễn Du  Nguyén Du  Hà Đông  \N  0.99  4  212 804 300 60  118 2
 *     partner  Phú Lãm    Phu Lam    \N       \N  0.98  4  900 804 290 60  121 2
 *     kind     union                                 (where it is not the schools that are twinned)
 *     term     2023-06  2025-12                      (where it has one)
 *     mention  5  100 300 900 40  310 24             (each other place where it is said)
 *     why      (what explains it) (its factors)      (where that was asked for)
 *
 * After the pairings come the findings, then the facts of the document:
 *
 *     finding  gap  number 24 is missing between 23 and 25  4  212 804 1210 60  0 0 */
#include "doc/pairing.h"

#include "base/tsv.h"

#include <string.h>

enum {
    PAIRING_FIELDS = 6 + PLACE_FIELDS,
    SCHOOL_FIELDS = 6 + PLACE_FIELDS,
    KIND_FIELDS = 2,
    TERM_FIELDS = 3,
    WHY_FIELDS = 3,
    MENTION_FIELDS = 1 + PLACE_FIELDS,
    FINDING_FIELDS = 3 + PLACE_FIELDS
};

static void add_school(Buf *b, const char *kind, const School *s)
{
    tsv_add(b, kind);
    tsv_add(b, s->name);
    tsv_add(b, s->raw);
    tsv_add(b, s->district);
    tsv_add(b, s->registry);
    tsv_addf(b, "%.9g", (double)s->prob);
    place_add(b, &s->place);
}

static void add_kind(Buf *b, const Pairing *p)
{
    if (!p->kind) return;
    tsv_add(b, "kind");
    tsv_add(b, pair_kind_name(p->kind));
    tsv_end(b);
}

static void add_term(Buf *b, const Pairing *p)
{
    if (!p->since && !p->until) return;
    tsv_add(b, "term");
    tsv_add(b, p->since);
    tsv_add(b, p->until);
    tsv_end(b);
}

static void add_why(Buf *b, const Pairing *p)
{
    if (!p->why && !p->factors) return;
    tsv_add(b, "why");
    tsv_add(b, p->why);
    tsv_add(b, p->factors);
    tsv_end(b);
}

static void add_mentions(Buf *b, const Pairing *p)
{
    for (int i = 0; i < p->mentions; i++) {
        tsv_add(b, "mention");
        place_add(b, &p->mention[i]);
    }
}

void pairings_dump(const Pairings *p, Buf *out)
{
    for (size_t i = 0; i < p->v.n; i++) {
        const Pairing *q = &p->v.v[i];
        tsv_add(out, "pairing");
        tsv_add(out, q->no);
        tsv_add(out, level_code(q->level));
        tsv_addf(out, "%.9g", (double)q->prob);
        tsv_add(out, q->rule);
        tsv_add(out, q->flags);
        place_add(out, &q->place);
        add_school(out, "school", &q->school);
        add_school(out, "partner", &q->partner);
        add_kind(out, q);
        add_term(out, q);
        add_mentions(out, q);
        add_why(out, q);
    }
    for (size_t i = 0; i < p->findings.n; i++) {
        const Finding *f = &p->findings.v[i];
        tsv_add(out, "finding");
        tsv_add(out, f->kind);
        tsv_add(out, f->text);
        place_add(out, &f->place);
    }
    facts_dump(&p->facts, out);
}

/* ---- back ---- */

static bool take_pairing(Tsv *t, Pairings *p)
{
    if (t->fields != PAIRING_FIELDS) return false;
    Pairing *q = vec_push(&p->v);
    const char *level = t->field[2];
    q->no = arena_str(&p->arena, t->field[1]);
    q->rule = arena_str(&p->arena, t->field[4]);
    q->flags = arena_str(&p->arena, t->field[5]);
    return level && (!*level || level_from_code(level, &q->level)) && prob_take(t->field[3], &q->prob) &&
           place_take(&t->field[6], &q->place);
}

static bool take_school(Tsv *t, Arena *a, School *s)
{
    if (t->fields != SCHOOL_FIELDS) return false;
    s->name = arena_str(a, t->field[1]);
    s->raw = arena_str(a, t->field[2]);
    s->district = arena_str(a, t->field[3]);
    s->registry = arena_str(a, t->field[4]);
    return prob_take(t->field[5], &s->prob) && place_take(&t->field[6], &s->place);
}

static bool take_kind(Tsv *t, Pairing *p)
{
    return t->fields == KIND_FIELDS && t->field[1] && pair_kind_from_name(t->field[1], &p->kind);
}

static bool take_term(Tsv *t, Arena *a, Pairing *p)
{
    if (t->fields != TERM_FIELDS) return false;
    p->since = arena_str(a, t->field[1]);
    p->until = arena_str(a, t->field[2]);
    return true;
}

static bool take_why(Tsv *t, Arena *a, Pairing *p)
{
    if (t->fields != WHY_FIELDS) return false;
    p->why = arena_str(a, t->field[1]);
    p->factors = arena_str(a, t->field[2]);
    return true;
}

static bool take_mention(Tsv *t, Arena *a, Pairing *p)
{
    Place place;
    if (t->fields != MENTION_FIELDS || !place_take(&t->field[1], &place)) return false;
    pairing_add_mention(p, a, &place);
    return true;
}

static bool take_finding(Tsv *t, Pairings *p)
{
    if (t->fields != FINDING_FIELDS) return false;
    Finding *f = vec_push(&p->findings);
    f->kind = arena_str(&p->arena, t->field[1]);
    f->text = arena_str(&p->arena, t->field[2]);
    return f->kind && f->text && place_take(&t->field[3], &f->place);
}

static bool take_record(Tsv *t, Pairings *p)
{
    const char *kind = t->field[0];
    Pairing *last = p->v.n ? &p->v.v[p->v.n - 1] : NULL;
    if (!kind) return false;
    if (strcmp(kind, "pairing") == 0) return take_pairing(t, p);
    if (strcmp(kind, "finding") == 0) return take_finding(t, p);
    if (strcmp(kind, "fact") == 0) return fact_take(&p->facts, &p->arena, t->field, t->fields);
    if (last && strcmp(kind, "school") == 0) return take_school(t, &p->arena, &last->school);
    if (last && strcmp(kind, "kind") == 0) return take_kind(t, last);
    if (last && strcmp(kind, "term") == 0) return take_term(t, &p->arena, last);
    if (last && strcmp(kind, "why") == 0) return take_why(t, &p->arena, last);
    if (last && strcmp(kind, "mention") == 0) return take_mention(t, &p->arena, last);
    return last && strcmp(kind, "partner") == 0 && take_school(t, &p->arena, &last->partner);
}

bool pairings_parse(const char *text, size_t len, Pairings *p, Err *err)
{
    if (err_is(err)) return false;
    Tsv t;
    tsv_init(&t, text, len);
    while (!err_is(err) && tsv_next(&t))
        if (!take_record(&t, p))
            err_set(err, DAU_BAD_INPUT, "line %ld of the pairings cannot be read", t.line);
    tsv_release(&t);
    return !err_is(err);
}
