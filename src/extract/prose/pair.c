/* All that is said of the same two schools is one pairing: "A kết nghĩa với B" in the title (0.97) and "hai
 * trường ký kết" below (0.88) make 1 - 0.03 * 0.12, capped; the surest place is the row's, the others are its
 * mentions. A list that has the two already gets the places as mentions. Its term is what is said most
 * exactly: in the sentence, the document's months, the day of signing, the document's years. */
#include "extract/prose/prose.h"

#include "base/tr.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_DIRT = 2 }; /* rows that a seal or a signature may be taken for */
static const float READ = 0.5f, NOT_ABOUT = 0.6f, DIRT = 0.2f, LEVELS_DIFFER = 0.6f, MOST = 0.99f;
static const float TELLS = 0.6f; /* what is said with less tells little: the row is flagged */

Date prose_date(const Body *b, int first, int end)
{
    Date d = {0}, none = {0};
    for (int i = first; i < end; i++) {
        const char *value;
        int number = b->tok.v[i].mark ? 0 : body_number(b, i, end, &value);
        if (number) {
            int past = number < end ? body_date(b, number, end, false, &d) : 0;
            i = (past ? past : number) - 1;
            continue;
        }
        if (body_says(b, i, end, WORD_DAY) && body_date(b, i, end, false, &d) && d.day) return d;
    }
    return none;
}

/* ---- since, until ---- */

/* "từ năm học 2021-2022 đến nay", "từ tháng 9/2022 đến tháng 5/2024" */
static void term_of(const Body *b, Relation *r)
{
    for (int i = r->first; i < r->end; i++) {
        Date d;
        if (!body_says(b, i, r->end, WORD_FROM) || i + 1 >= r->end) continue;
        int k = i + 1, school = body_says(b, k, r->end, WORD_SCHOOL_YEAR);
        k += school;
        if (school && k < r->end && viet_is_digit(b->tok.v[k].text[0]) && strlen(b->tok.v[k].text) >= 4) {
            int year = digits_read(arena_strn(&b->doc->a, b->tok.v[k].text, 4), 4);
            if (year >= 1990 && year < 2100) r->since = (Date){year, 0, 0};
            continue;
        }
        int end = k < r->end ? body_date(b, k, r->end, true, &d) : 0;
        if (!end) continue;
        r->since = d;
        if (end < r->end && body_says(b, end, r->end, WORD_UNTIL)) {
            end += 1 + (end + 1 < r->end && body_says(b, end + 1, r->end, WORD_UNTIL_END) > 0);
            if (end < r->end && body_date(b, end, r->end, true, &d)) r->until = d;
        }
        return;
    }
}

static const char *value_of(const Prose *p, FactKind kind)
{
    const Fact *f = fact_lookup(&p->found->facts, kind, 0);
    return f ? f->value : NULL;
}

/* From what is most exact to what is least: said in the sentence; the document's term when it names a month;
 * the day of signing; the document's term. */
static void set_term(const Prose *p, const Relation *r, size_t n, Pairing *q)
{
    Arena *a = &p->found->arena;
    const char *since = value_of(p, FACT_SINCE), *until = value_of(p, FACT_UNTIL),
               *date = value_of(p, FACT_DATE);
    Date told = {0}, end = {0}, day = {0};
    for (size_t i = 0; i < n; i++) {
        if (r[i].x != r->x || r[i].y != r->y) continue;
        if (!told.year) told = r[i].since;
        if (!end.year) end = r[i].until;
        if (!day.year) day = r[i].day.year ? r[i].day : prose_date(p->b, r[i].first, r[i].end);
    }
    if (told.year)
        since = date_text(a, told);
    else if (since && strlen(since) > 4)
        ;
    else if (day.year)
        since = date_text(a, day);
    else if (p->joint && date)
        since = date;
    if (end.year) until = date_text(a, end);
    q->since = arena_str(a, since);
    q->until = arena_str(a, until);
    if (q->since && q->until && strncmp(q->since, q->until, 4) > 0) q->until = NULL;
}

/* ---- pairings ---- */

static School school_made(const Prose *p, int school)
{
    const Body *b = p->b;
    const ProseSchool *v = &p->s.v.v[school];
    const Mention *m = &p->s.at.v[v->best];
    Arena *a = &p->found->arena;
    Name name = {.level = v->level,
                 .name = v->name,
                 .raw = body_raw(b, m->first, m->name_end),
                 .read = body_raw(b, m->name_first, m->name_end),
                 .district = v->district,
                 .prob = v->prob};
    if (!b->doc->marks_read && v->district)
        name_mend(b->doc, &name, &v->district, 1);
    else if (!b->doc->marks_read)
        name_mend(b->doc, &name, b->doc->districts.v, (int)b->doc->districts.n);
    return (School){.name = arena_str(a, name.name),
                    .raw = arena_str(a, name.raw),
                    .district = arena_str(a, v->district),
                    .prob = name.prob,
                    .place = body_place(b, m->first, m->name_end)};
}

/* The two names, whatever their order, without marks: "hoa mai\tson ca". */
static const char *pair_key(Arena *a, PairKind kind, const char *x, const char *y)
{
    const char *first = viet_key(a, x), *second = viet_key(a, y);
    bool turn = strcmp(first, second) > 0;
    return arena_printf(a, "%d\t%s\t%s", kind, turn ? second : first, turn ? first : second);
}

/* Fills p->listed: the pairings that the list has, by their names. */
static void note_listed(Prose *p)
{
    Arena a = {0};
    for (size_t i = 0; i < p->found->v.n; i++) {
        const Pairing *q = &p->found->v.v[i];
        int *at = map_at(&p->listed, pair_key(&a, q->kind, q->school.name, q->partner.name));
        if (!*at) *at = (int)i + 1;
    }
    arena_release(&a);
}

static Pairing *in_list(const Prose *p, PairKind kind, const char *x, const char *y)
{
    Arena a = {0};
    int at = map_lookup(&p->listed, pair_key(&a, kind, x, y), 0);
    arena_release(&a);
    return at ? &p->found->v.v[at - 1] : NULL;
}

static int by_pair(const void *a, const void *b)
{
    const Relation *p = a, *q = b;
    if (p->x != q->x) return p->x - q->x;
    if (p->y != q->y) return p->y - q->y;
    return p->first - q->first;
}

/* ---- why ---- */

/* The sentence, or as much of it as a person needs to find it. */
static const char *sentence_text(const Prose *p, int first, int end)
{
    enum { MOST_SHOWN = 160 }; /* characters */
    Arena *a = &p->b->doc->a;
    char *text = arena_str(a, body_text(p->b, first, end));
    if (utf8_length(text) <= MOST_SHOWN) return text;
    text[utf8_offset(text, MOST_SHOWN)] = '\0';
    return arena_printf(a, "%s ...", text);
}

/* "said	0.97 X kết nghĩa với Y, page 1: 'Trường MN ...'": a line for each time it is said. */
static void explain_said(const Prose *p, const Relation *r, size_t n, Buf *out)
{
    for (size_t i = 0; i < n; i++)
        buf_addf(out, "said\t%.2f by the words of '%s', page %d: %s\n", (double)r[i].p,
                 str_starts(r[i].rule, "prose: ") ? r[i].rule + strlen("prose: ") : r[i].rule,
                 p->b->tok.v[r[i].first].page, sentence_text(p, r[i].first, r[i].end));
}

static void explain_school(const Prose *p, const char *topic, int school, const School *made, Buf *out)
{
    const ProseSchool *v = &p->s.v.v[school];
    buf_addf(out, "%s\t%s, %.2f: named %d time%s%s%s%s%s\n", topic, made->name, (double)made->prob,
             v->mentions, v->mentions == 1 ? "" : "s", v->level ? ", level " : "", level_code(v->level),
             v->district ? ", district " : "", v->district ? v->district : "");
}

static void explain_pair(const Prose *p, const Relation *r, size_t n, Pairing *q)
{
    Buf b = {0};
    explain_said(p, r, n, &b);
    explain_school(p, "school", r->x, &q->school, &b);
    explain_school(p, "partner", r->y, &q->partner, &b);
    if (q->since || q->until)
        buf_addf(&b, "term\t%s to %s\n", q->since ? q->since : "?", q->until ? q->until : "?");
    buf_addf(&b, "prob\t%.3f: what is said%s, times how well both names were read%s\n", (double)q->prob,
             p->about ? "" : " (less, for the text is not about twinning)",
             strstr(q->flags, flag_name(FLAG_LEVEL)) ? ", less, for their levels differ" : "");
    q->why = arena_str(&p->found->arena, buf_str(&b));
    buf_release(&b);
}

/* What is odd about two schools as they are named where they are read best, and about how it is said. */
static unsigned flags_of(const Prose *p, const Relation *r, const Pairing *q, bool agree)
{
    const int school[2] = {r->x, r->y};
    unsigned known = 0, set = 0;
    for (int i = 0; i < 2; i++) {
        const Mention *m = &p->s.at.v[p->s.v.v[school[i]].best];
        known |= run_known((Run){p->b->tok.v + m->first, m->name_end - m->first});
    }
    if (!agree) set |= FLAG_LEVEL;
    if (agree && !q->level) set |= FLAG_NO_LEVEL;
    if (known & WORD_UNDER_RED) set |= FLAG_SEAL;
    if (known & WORD_UNDER_BLUE) set |= FLAG_PEN;
    if (known & WORD_DISPUTED) set |= FLAG_DISPUTED;
    if (known & WORD_INK) set |= FLAG_INK;
    if (r->p < TELLS) set |= FLAG_DOUBT;
    return set;
}

/* Of whom it is said: the schools, or those in them. */
static PairKind kind_of(const Prose *p, const Relation *r)
{
    PairKind kind = p->s.v.v[r->x].kind;
    return kind ? kind : p->s.v.v[r->y].kind;
}

/* Relations r[0..n) all speak of the same two schools. */
static void add_pairing(Prose *p, const Relation *r, size_t n)
{
    const Body *b = p->b;
    Arena *a = &p->found->arena;
    School x = school_made(p, r->x), y = school_made(p, r->y);
    const Relation *best = r;
    float wrong = 1;
    for (size_t i = 0; i < n; i++) {
        wrong *= 1 - r[i].p;
        if (r[i].p > best->p) best = &r[i];
    }
    PairKind kind = kind_of(p, r);
    Pairing *old = in_list(p, kind, x.name, y.name), one = {.kind = kind, .school = x, .partner = y};
    Pairing *q = old ? old : &one;
    for (size_t i = 0; i < n; i++) {
        Place place = body_place(b, r[i].first, r[i].end);
        if (old || &r[i] != best) pairing_add_mention(q, a, &place);
    }
    if (old) return;
    Level level = p->s.v.v[r->x].level, other = p->s.v.v[r->y].level;
    bool agree = levels_agree(level, other);
    q->level = level ? level : other;
    float sure = 1 - wrong < MOST ? 1 - wrong : MOST;
    if (!p->about && !best->itself) sure *= NOT_ABOUT;
    q->prob = sure * x.prob * y.prob * (agree ? 1 : LEVELS_DIFFER);
    q->place = body_place(b, best->first, best->end);
    q->rule = best->rule;
    q->flags = flag_names(a, flags_of(p, best, q, agree));
    set_term(p, r, n, q);
    if (b->doc->explain) explain_pair(p, r, n, q);
    *vec_push(&p->found->v) = *q;
}

/* Which of two is named first comes first; in a text of one school that school does. */
static void order(Prose *p)
{
    for (size_t i = 0; i < p->said.n; i++) {
        Relation *r = &p->said.v[i];
        bool turn = r->y == p->own || (r->x != p->own && r->x > r->y);
        int x = r->x;
        if (turn) r->x = r->y, r->y = x;
        term_of(p->b, r);
    }
    if (p->said.n) qsort(p->said.v, p->said.n, sizeof *p->said.v, by_pair);
}

/* Seals and signatures, people and their offices, taken for a row of a list: without a level, and no row of a
 * table with a number whose names were read. */
static bool is_dirt(const Prose *p, const Pairing *q)
{
    bool row = q->no && str_starts(q->rule, "table") && q->school.prob > READ && q->partner.prob > READ;
    return !q->level && !row && (p->joint || q->prob < DIRT);
}

/* A "list" of a row or two under a document whose sentences tell a pairing, when all of it is dirt. */
static void drop_dirt(Prose *p)
{
    PairingVec *v = &p->found->v;
    bool dirt = p->said.n && v->n <= MOST_DIRT;
    for (size_t i = 0; i < v->n && dirt; i++) dirt = is_dirt(p, &v->v[i]);
    for (size_t i = 0; i < v->n && dirt; i++) {
        const char *what = arena_printf(&p->b->doc->a, "%s: %s - %s", v->v[i].rule, v->v[i].school.name,
                                        v->v[i].partner.name);
        reject(p->b->doc, v->v[i].place, what, (Run){0},
               "a row or two without a level, beside sentences that tell who is twinned");
    }
    if (dirt) v->n = 0;
}

/* What twins do for each other ("giao lưu") tells of twins where nothing better does. */
static void drop_weak(Prose *p)
{
    size_t n = 0;
    bool better = p->found->v.n > 0;
    for (size_t i = 0; i < p->said.n && !better; i++) better = p->said.v[i].p >= TELLS;
    for (size_t i = 0; i < p->said.n; i++) {
        Relation *r = &p->said.v[i];
        if (better && r->weak)
            reject(p->b->doc, body_place(p->b, r->first, r->end), "a sentence",
                   (Run){p->b->tok.v + r->first, r->end - r->first},
                   "schools do something for each other, and others are said to be twinned");
        else
            p->said.v[n++] = *r;
    }
    p->said.n = n;
}

/* ---- what gave no pairing ---- */

/* Do two of the schools that the sentence names make a pairing, said elsewhere? */
static bool told_elsewhere(const Prose *p, const Sentence *t)
{
    enum { LOOKED_AT = 12 }; /* mentions */
    const Mention *m = p->s.at.v + t->mention;
    int n = t->mentions < LOOKED_AT ? t->mentions : LOOKED_AT;
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++) {
            if (m[i].school < 0 || m[k].school < 0 || m[i].school == m[k].school) continue;
            const ProseSchool *x = &p->s.v.v[m[i].school], *y = &p->s.v.v[m[k].school];
            if (in_list(p, x->kind ? x->kind : y->kind, x->name, y->name)) return true;
        }
    return false;
}

static void find_unsaid(const Prose *p, const UnsaidAt *u)
{
    static const char *const format[] = {
        [UNSAID_NOTHING] = NULL,
        [UNSAID_DENIED] =
            tr_mark("a sentence gives no pairing, it says that the twinning is not or has ended: '%s'"),
        [UNSAID_PLANNED] = tr_mark("a sentence gives no pairing, the twinning is only planned or past: '%s'"),
        [UNSAID_ASKED] = tr_mark("a sentence gives no pairing, it asks: '%s'"),
        [UNSAID_OTHER] = tr_mark(
            "a sentence gives no pairing, the schools have something else to do with each other: '%s'"),
        [UNSAID_COUNTS] =
            tr_mark("a sentence gives no pairing, not as many schools stand on either side: '%s'"),
        [UNSAID_MANY] = tr_mark(
            "a sentence gives no pairing, too many schools stand together to tell whose is whose: '%s'"),
        [UNSAID_APART] =
            tr_mark("a sentence gives no pairing, nothing joins its schools with the word of twinning: '%s'"),
        [UNSAID_WATCHED] = NULL,
        [UNSAID_PARTNER] = tr_mark(
            "a sentence gives no pairing, whom it names as the partner is not known as a school: '%s'")};
    const Body *b = p->b;
    Place place = body_place(b, u->t.first, u->t.end);
    Run run = {b->tok.v + u->t.first, u->t.end - u->t.first};
    if (!format[u->why])
        reject(b->doc, place, "a sentence", run, "its schools only attend");
    else
        finding_add(b->doc, "passed-over", place, format[u->why], sentence_text(p, u->t.first, u->t.end));
}

/* The whole text speaks of twinning and names schools, and nothing came of it. */
static void find_nothing(const Prose *p)
{
    const Mention *m = &p->s.at.v[p->s.v.v[0].best];
    finding_add(
        p->b->doc, "passed-over", body_place(p->b, m->first, m->end),
        "the text speaks of twinning and names %d schools, but does not say which are twinned: '%s' ...",
        (int)p->s.v.n, sentence_text(p, m->first, m->end));
}

void prose_pair(Prose *p)
{
    drop_dirt(p);
    note_listed(p);
    drop_weak(p);
    order(p);
    for (size_t i = 0, n; i < p->said.n; i += n) {
        const Relation *r = &p->said.v[i];
        for (n = 1; i + n < p->said.n && r[n].x == r->x && r[n].y == r->y;) n++;
        add_pairing(p, r, n);
    }
    note_listed(p);
    for (size_t i = 0; i < p->unsaid.n; i++)
        if (!told_elsewhere(p, &p->unsaid.v[i].t)) find_unsaid(p, &p->unsaid.v[i]);
    if (p->about && p->s.v.n > 1 && !p->found->v.n && !p->unsaid.n) find_nothing(p);
}
