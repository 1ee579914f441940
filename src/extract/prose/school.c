/* The schools of a text, each under whatever forms it is named: "trường mầm non Cao Sơn B", "Trường Cao Sơn B",
 * "Cao Sơn".
 *
 * 1. Names that are equal without marks are one school, and so are, where an engine misread letters, names that
 * differ in one of them. "Trường Hoa Mai" without a level is a school that is named with it elsewhere.
 * 2. "Cao Sơn" is "Cao Sơn B" where no other school is named so and that one is named more often.
 * 3. The spelling that was read best and most often is its name, the district said most often its district.
 *
 * A text may name thousands: names are looked up by their letters, and misread ones by their letters less one,
 * which two names that differ in one letter have in common. */
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    MOST_WEIGHED = 100, /* mentions of one school that are compared: more tell nothing new */
    LEAST_MISREAD = 8,  /* letters of a name of which one may be misread */
    MOST_SUFFIX = 3,    /* letters of what tells a school from its sister */
};

static const float DOUBTED = 0.5f; /* a name read with less is as likely wrong as right */

/* ---- schools by their letters ---- */

typedef struct IndexEntry {
    int number, before; /* before: the entry under the same string that was added before; -1 */
} IndexEntry;

/* Numbers under strings, several under one. */
typedef struct Index {
    Map last; /* 1 + the entry that was added last */
    VEC(IndexEntry) entry;
} Index;

static void index_add(Index *x, const char *key, int number)
{
    int *last = map_at(&x->last, key), before = *last - 1;
    *last = (int)x->entry.n + 1;
    *vec_push(&x->entry) = (IndexEntry){number, before};
}

static void index_release(Index *x)
{
    map_release(&x->last);
    vec_release(&x->entry);
}

/* What schools are looked for by: their names, and those less a letter. */
typedef struct Finder {
    Schools *s;
    const Body *b;
    Index name, less;
    bool misread; /* letters of some names may be wrong */
} Finder;

/* May one letter of the two be misread? Names one letter apart are often two schools. */
static bool misread(const Body *b, const char *x, const char *y, bool doubted)
{
    int n = (int)strlen(x), m = (int)strlen(y);
    bool open = doubted || (!b->doc->marks_read && n == m);
    if (!open || n < LEAST_MISREAD || m < LEAST_MISREAD) return false;
    if (x[n - 1] != y[m - 1] && x[n - 2] == ' ') return false; /* A and B */
    return edit_distance(x, n, y, m, 1) <= 1;
}

/* Is the school that one of the mention's? Takes the first with its very level, else the first that may be. */
static void consider(const Finder *f, const Mention *m, const char *key, int school, int *best, bool *exact)
{
    const ProseSchool *v = &f->s->v.v[school];
    bool doubted = m->prob < DOUBTED || v->sure < DOUBTED;
    if (strcmp(v->key, key) != 0 && !misread(f->b, v->key, key, doubted)) return;
    if (v->kind != m->kind || !levels_agree(v->level, m->level)) return;
    bool very = m->level && v->level == m->level;
    if (very < *exact || (very == *exact && *best >= 0 && *best <= school)) return;
    *best = school, *exact = very;
}

static void consider_all(const Finder *f, const Index *x, const char *at, const Mention *m, const char *key,
                         int *best, bool *exact)
{
    for (int i = map_lookup(&x->last, at, 0) - 1; i >= 0; i = x->entry.v[i].before)
        consider(f, m, key, x->entry.v[i].number, best, exact);
}

/* The key without its letter at `cut`; the whole at its end. In `out`, which has room for it. */
static void cut_letter(const char *key, size_t cut, char *out)
{
    const char *rest = key[cut] ? key + cut + 1 : "";
    memcpy(out, key, cut);
    memcpy(out + cut, rest, strlen(rest) + 1);
}

static int school_of(const Finder *f, const Mention *m, const char *key)
{
    int best = -1;
    bool exact = false;
    size_t n = strlen(key);
    consider_all(f, &f->name, key, m, key, &best, &exact);
    if (!f->misread || n < LEAST_MISREAD) return best;
    char *less = xalloc(n + 1);
    for (size_t cut = 0; cut <= n; cut++) {
        cut_letter(key, cut, less);
        consider_all(f, &f->less, less, m, key, &best, &exact);
    }
    free(less);
    return best;
}

static void add_school(Finder *f, Mention *m, const char *key)
{
    size_t n = strlen(key);
    m->school = (int)f->s->v.n;
    *vec_push(&f->s->v) = (ProseSchool){.level = m->level, .kind = m->kind, .key = key, .sure = m->prob};
    index_add(&f->name, key, m->school);
    if (!f->misread || n < LEAST_MISREAD) return;
    char *less = xalloc(n + 1);
    for (size_t cut = 0; cut <= n; cut++) {
        cut_letter(key, cut, less);
        index_add(&f->less, less, m->school);
    }
    free(less);
}

/* Levels first: "Trường Hoa Mai" waits for "trường mầm non Hoa Mai", wherever that stands. */
static void group(Schools *s, const Body *b)
{
    Arena *a = &b->doc->a;
    Finder f = {.s = s, .b = b, .misread = !b->doc->marks_read};
    for (size_t i = 0; i < s->at.n; i++) f.misread = f.misread || s->at.v[i].prob < DOUBTED;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < s->at.n; i++) {
            Mention *m = &s->at.v[i];
            if ((m->level == LEVEL_NONE) != (round == 1)) continue;
            const char *key = viet_key(a, m->name);
            m->school = school_of(&f, m, key);
            if (m->school >= 0) continue;
            if (round == 1 && m->name_end - m->name_first < 2 && !m->listed) continue; /* "Trường Sơn" */
            add_school(&f, m, key);
        }
    index_release(&f.name);
    index_release(&f.less);
}

/* ---- mentions of each school ---- */

/* s->of: the mentions of each school, one school after another; a school's begin at its .first. */
static void list_mentions(Schools *s)
{
    int n = 0;
    for (size_t i = 0; i < s->v.n; i++) s->v.v[i].mentions = 0;
    for (size_t i = 0; i < s->at.n; i++)
        if (s->at.v[i].school >= 0) s->v.v[s->at.v[i].school].mentions++;
    for (size_t i = 0; i < s->v.n; i++) s->v.v[i].first = n, n += s->v.v[i].mentions, s->v.v[i].mentions = 0;
    vec_clear(&s->of);
    for (int i = 0; i < n; i++) *vec_push(&s->of) = 0;
    for (size_t i = 0; i < s->at.n; i++) {
        ProseSchool *v = s->at.v[i].school >= 0 ? &s->v.v[s->at.v[i].school] : NULL;
        if (v) s->of.v[v->first + v->mentions++] = (int)i;
    }
}

/* "cao son" of "cao son b", "dong phu" of "dong phu ii", as long as it; 0: its last word tells no sister. */
static size_t without_suffix(const char *key)
{
    const char *last = strrchr(key, ' ');
    if (!last || last == key || strlen(last + 1) > MOST_SUFFIX) return 0;
    size_t n = strlen(last + 1);
    return n && (n == 1 || strspn(last + 1, "ivx0123456789") == n) ? (size_t)(last - key) : 0;
}

/* "Cao Sơn" is "Cao Sơn B" where that is the only one named so and is named more often. */
static void join_suffixes(Schools *s)
{
    Index sisters = {0};
    Arena a = {0};
    for (size_t i = 0; i < s->v.n; i++) {
        size_t n = without_suffix(s->v.v[i].key);
        if (n) index_add(&sisters, arena_strn(&a, s->v.v[i].key, n), (int)i);
    }
    for (size_t i = 0; i < s->v.n; i++) {
        const ProseSchool *v = &s->v.v[i];
        int to = -1, others = 0;
        for (int k = map_lookup(&sisters.last, v->key, 0) - 1; k >= 0; k = sisters.entry.v[k].before)
            if (levels_agree(v->level, s->v.v[sisters.entry.v[k].number].level))
                to = sisters.entry.v[k].number, others++;
        if (others != 1 || s->v.v[to].mentions <= v->mentions) continue;
        for (int k = v->first; k < v->first + v->mentions; k++) s->at.v[s->of.v[k]].school = to;
    }
    index_release(&sisters);
    arena_release(&a);
}

/* ---- name and district ---- */

/* The spelling with the most weight, the place that shows it best, and how sure it is: places that agree are
 * taken as independent readings. */
static void settle_name(Schools *s, ProseSchool *v)
{
    float best = -1;
    for (int i = 0; i < v->mentions && i < MOST_WEIGHED; i++) {
        const Mention *m = &s->at.v[s->of.v[v->first + i]];
        float weight = 0, wrong = 1, top = -1;
        int shown = s->of.v[v->first + i];
        for (int k = v->first; k < v->first + v->mentions; k++) {
            const Mention *o = &s->at.v[s->of.v[k]];
            if (strcmp(o->name, m->name) != 0) continue;
            weight += o->prob, wrong *= 1 - 0.9f * o->prob;
            float shows = o->prob + (o->level ? 0.2f : 0) + (o->district ? 0.1f : 0);
            if (shows > top) top = shows, shown = s->of.v[k];
        }
        weight += 0.01f * (float)strlen(m->name); /* the whole name rather than a part of it */
        if (weight <= best) continue;
        best = weight;
        v->name = m->name, v->best = shown, v->prob = wrong < 0.01f ? 0.99f : 1 - wrong;
        if (v->prob < s->at.v[shown].prob) v->prob = s->at.v[shown].prob;
    }
}

/* The district said most often, of equal ones the one said first. */
static void settle_district(const Schools *s, ProseSchool *v)
{
    int most = 0;
    Map times = {0};
    for (int k = v->first; k < v->first + v->mentions; k++) {
        const char *district = s->at.v[s->of.v[k]].district;
        if (district) (*map_at(&times, district))++;
    }
    for (int k = v->first; k < v->first + v->mentions; k++) {
        const char *district = s->at.v[s->of.v[k]].district;
        int n = district ? map_lookup(&times, district, 0) : 0;
        if (n > most) most = n, v->district = district;
    }
    map_release(&times);
}

/* The tokens that a fact was read from. */
static Run fact_run(const Body *b, const Fact *f, int *first)
{
    int n = (int)b->tok.n, i = 0;
    const Place *p = &f->place;
    while (i < n && (b->tok.v[i].page != p->page || b->tok.v[i].index < p->first_word)) i++;
    *first = i;
    while (i < n && b->tok.v[i].page == p->page && b->tok.v[i].index < p->first_word + p->words) i++;
    return (Run){b->tok.v + *first, i - *first};
}

/* Without one said in the text, that of the agency over the school in the letterhead. */
static void letterhead_districts(Schools *s, const Body *b, const FactVec *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *issuer = &facts->v[i], *over;
        int first, unused;
        if (issuer->kind != FACT_ISSUER || !(over = fact_lookup(facts, FACT_SUPERIOR, issuer->item)))
            continue;
        const char *district = district_mentioned(&b->doc->a, b->doc->names, fact_run(b, over, &unused));
        int n = fact_run(b, issuer, &first).n;
        for (size_t k = 0; k < s->at.n; k++) {
            const Mention *m = &s->at.v[k];
            bool inside = m->name_first >= first && m->name_first < first + n;
            if (inside && m->school >= 0 && !s->v.v[m->school].district)
                s->v.v[m->school].district = district;
        }
    }
}

void schools_find(Schools *s, const Body *b, const FactVec *facts)
{
    mentions_find(s, b);
    group(s, b);
    list_mentions(s);
    join_suffixes(s);
    list_mentions(s);
    for (size_t i = 0; i < s->v.n; i++) {
        settle_name(s, &s->v.v[i]);
        settle_district(s, &s->v.v[i]);
    }
    letterhead_districts(s, b, facts);
}

void schools_release(Schools *s)
{
    vec_release(&s->at);
    vec_release(&s->v);
    vec_release(&s->of);
}
