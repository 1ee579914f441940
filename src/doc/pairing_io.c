/* Pairings as TSV: for each a record of what joins the two, then one of each school:
 *
 *     pairing  25  TH  0.97  table 1 row 27  gap  4  212 804 1210 60  118 6
 *     school   Nguyễn Du  Nguyén Du  Hà Đông  \N  0.99  4  212 804 300 60  118 2
 *     partner  Phú Lãm    Phu Lam    \N       \N  0.98  4  900 804 290 60  121 2
 */
#include "doc/pairing.h"

#include "base/tsv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRING_FIELDS = 13, SCHOOL_FIELDS = 13 };

static void add_place(Buf *b, const Place *p)
{
    const int v[] = {p->page, p->box.x, p->box.y, p->box.w, p->box.h, p->first_word, p->words};
    for (int i = 0; i < 7; i++) tsv_addf(b, "%d", v[i]);
    tsv_end(b);
}

static void add_school(Buf *b, const char *kind, const School *s)
{
    tsv_add(b, kind);
    tsv_add(b, s->name);
    tsv_add(b, s->raw);
    tsv_add(b, s->district);
    tsv_add(b, s->registry);
    tsv_addf(b, "%.9g", (double)s->prob);
    add_place(b, &s->place);
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
        add_place(out, &q->place);
        add_school(out, "school", &q->school);
        add_school(out, "partner", &q->partner);
    }
}

/* ---- back ---- */

static bool take_prob(const char *s, float *prob)
{
    char *end = NULL;
    double v = s ? strtod(s, &end) : -1;
    *prob = (float)v;
    return s && end != s && !*end && v >= 0 && v <= 1;
}

static bool take_place(char *const *field, Place *p)
{
    int v[7];
    for (int i = 0; i < 7; i++) {
        char *end = NULL;
        double d = field[i] ? strtod(field[i], &end) : 0;
        if (!field[i] || end == field[i] || *end || !(fabs(d) <= 2147483647.0)) return false;
        v[i] = (int)d;
    }
    *p = (Place){v[0], {v[1], v[2], v[3], v[4]}, v[5], v[6]};
    return true;
}

static bool take_pairing(Tsv *t, Pairings *p)
{
    if (t->fields != PAIRING_FIELDS) return false;
    Pairing *q = vec_push(&p->v);
    const char *level = t->field[2];
    q->no = arena_str(&p->arena, t->field[1]);
    q->rule = arena_str(&p->arena, t->field[4]);
    q->flags = arena_str(&p->arena, t->field[5]);
    return level && (!*level || level_from_code(level, &q->level)) && take_prob(t->field[3], &q->prob) &&
           take_place(&t->field[6], &q->place);
}

static bool take_school(Tsv *t, Arena *a, School *s)
{
    if (t->fields != SCHOOL_FIELDS) return false;
    s->name = arena_str(a, t->field[1]);
    s->raw = arena_str(a, t->field[2]);
    s->district = arena_str(a, t->field[3]);
    s->registry = arena_str(a, t->field[4]);
    return take_prob(t->field[5], &s->prob) && take_place(&t->field[6], &s->place);
}

static bool take_record(Tsv *t, Pairings *p)
{
    const char *kind = t->field[0];
    Pairing *last = p->v.n ? &p->v.v[p->v.n - 1] : NULL;
    if (!kind) return false;
    if (strcmp(kind, "pairing") == 0) return take_pairing(t, p);
    if (last && strcmp(kind, "school") == 0) return take_school(t, &p->arena, &last->school);
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
