/* "Tay Dahg", in a plan for huyện Ba Vì, is near to Tây Đằng, a ward of it, and to Tây Hà, a street of another. Names of the
 * districts that the document names come first, its schools before its wards before its streets; it is the district
 * that settles doubt, not the size of the list. */
#include "model/gazetteer_private.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ASKED = 32 /* districts */ };

/* What is asked for: a name's letters, and the districts. */
typedef struct Asked {
    char letters[DISTANCE_MOST];
    uint32_t has; /* a bit for each of a-z in them */
    int len, district[MOST_ASKED], districts;
} Asked;

static Asked ask(const Gazetteer *g, const char *name, const char *const *districts, int n)
{
    Arena tmp = {0};
    Asked a = {0};
    a.len = key_letters(viet_key(&tmp, name), a.letters, &a.has);
    for (int i = 0; i < n && a.districts < MOST_ASKED; i++)
        a.districts += districts_named(g, districts[i], a.district + a.districts, MOST_ASKED - a.districts);
    arena_release(&tmp);
    return a;
}

static int asked_for(const Asked *a, int district)
{
    for (int i = 0; i < a->districts; i++)
        if (a->district[i] == district) return i;
    return -1;
}

/* How many of its kind the first of the districts has that the form is one of; 0: none has. */
static void fill_homes(const Gazetteer *g, const GazetteerForm *f, const Asked *a, Spelling *s)
{
    int first[HOME_KINDS] = {MOST_ASKED, MOST_ASKED, MOST_ASKED}, *const many[] = {&s->wards, &s->schools,
                                                                                   &s->streets};
    for (int i = f->home; a->districts && i < f->home + f->homes; i++) {
        const Home *h = &g->homes.v[i];
        int at = asked_for(a, h->district);
        if (at < 0 || at >= first[h->kind]) continue;
        first[h->kind] = at;
        *many[h->kind] = g->districts.v[h->district].named[h->kind];
    }
}

static Spelling spelling(const Gazetteer *g, const GazetteerForm *f, const Asked *a, int most)
{
    int apart = edit_distance(f->letters, f->len, a->letters, a->len, most);
    Spelling s = {.name = f->name, .weight = f->weight, .apart = apart, .own = f->own};
    if (apart <= most) fill_homes(g, f, a, &s);
    return s;
}

static int by_likelihood(const void *a, const void *b)
{
    const Spelling *p = a, *q = b;
    if (p->apart != q->apart) return p->apart < q->apart ? -1 : 1;
    if (p->own != q->own) return p->own ? -1 : 1;
    if (!p->schools != !q->schools) return p->schools ? -1 : 1;
    if (!p->wards != !q->wards) return p->wards ? -1 : 1;
    if (!p->streets != !q->streets) return p->streets ? -1 : 1;
    if (p->weight != q->weight) return p->weight > q->weight ? -1 : 1;
    return strcmp(p->name, q->name);
}

static int bits(uint32_t x)
{
    int n = 0;
    for (; x; x &= x - 1) n++;
    return n;
}

int gazetteer_near(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                   Spelling *out, int cap)
{
    Asked a = ask(g, name, districts, n);
    VEC(Spelling) all = {0};
    int count = (int)g->forms.n, from = most ? 0 : forms_of(g, a.letters, &count);
    for (int i = from; i < from + count; i++) {
        const GazetteerForm *f = &g->forms.v[i];
        if (abs(f->len - a.len) > most || bits(f->has ^ a.has) > 2 * most)
            continue; /* an edit changes two kinds */
        Spelling s = spelling(g, f, &a, most);
        if (s.apart <= most) *vec_push(&all) = s;
    }
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_likelihood);
    int found = all.n < (size_t)cap ? (int)all.n : cap;
    if (found) memcpy(out, all.v, (size_t)found * sizeof *out);
    vec_release(&all);
    return found;
}

int gazetteer_wards(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                    Spelling *out, int cap)
{
    Asked a = ask(g, name, districts, n);
    int found = 0;
    for (int k = 0; k < a.districts; k++) {
        const District *d = &g->districts.v[a.district[k]];
        for (int i = d->first; i < d->first + d->homes && found < cap; i++) {
            const Home *h = &g->homes.v[g->by_district[i]];
            if (h->kind == HOME_STREET) continue;
            Spelling s = spelling(g, &g->forms.v[h->form], &a, most);
            if (s.apart > most) s.apart = most, fill_homes(g, &g->forms.v[h->form], &a, &s);
            out[found++] = s;
        }
    }
    return found;
}

/* ---- the names of a list ---- */

/* "ba trai a" -> "ba trai", "phu luong ii" -> "phu luong"; false when there is nothing to take off. */
static bool drop_suffix(char *key)
{
    char *last = strrchr(key, ' ');
    if (!last || strlen(last + 1) > 3) return false;
    bool single = !last[2], roman = strspn(last + 1, "iv") == strlen(last + 1);
    if (!single && !roman) return false;
    *last = '\0';
    return true;
}

static int forms_of_key(const Gazetteer *g, const char *key, int *n)
{
    char letters[DISTANCE_MOST];
    uint32_t has;
    key_letters(key, letters, &has);
    return forms_of(g, letters, n);
}

/* The forms of the name, or of what is left without its suffix. */
static int forms_named(const Gazetteer *g, const char *name, int *n)
{
    Arena tmp = {0};
    char *key = viet_key(&tmp, name);
    int first = forms_of_key(g, key, n);
    if (!*n && drop_suffix(key)) first = forms_of_key(g, key, n);
    arena_release(&tmp);
    return first;
}

static void vote(const Gazetteer *g, const char *name, int *votes)
{
    int n;
    for (int f = forms_named(g, name, &n); n > 0; n--, f++)
        for (int i = 0; i < g->forms.v[f].homes; i++) {
            const Home *h = &g->homes.v[g->forms.v[f].home + i];
            votes[h->district] += h->kind == HOME_WARD;
        }
}

const char *gazetteer_vote_district(const Gazetteer *g, const char *const *names, int n, double share)
{
    int *votes = xalloc((g->districts.n + 1) * sizeof *votes), best = 0;
    for (int i = 0; i < n; i++) vote(g, names[i], votes);
    for (int d = 0; d < (int)g->districts.n; d++)
        if (votes[d] > votes[best]) best = d;
    bool enough = n > 0 && votes[best] >= share * n;
    free(votes);
    return enough ? g->districts.v[best].name : NULL;
}

bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district)
{
    int at[MOST_ASKED] = {0}, n, found = name ? districts_named(g, district, at, MOST_ASKED) : 0;
    Asked a = {.districts = found};
    memcpy(a.district, at, sizeof at);
    for (int f = found ? forms_named(g, name, &n) : (n = 0); n > 0; n--, f++) {
        Spelling s = {0};
        fill_homes(g, &g->forms.v[f], &a, &s);
        if (s.wards) return true;
    }
    return false;
}

int gazetteer_complete(const Gazetteer *g, const char *typed, const char **out, int cap)
{
    Arena tmp = {0};
    char letters[DISTANCE_MOST];
    uint32_t has;
    int n = 0, unused, len = key_letters(viet_key(&tmp, typed), letters, &has);
    int *weight = arena_new(&tmp, int, (size_t)cap + 1);
    for (size_t i = (size_t)forms_of(g, letters, &unused); len && i < g->forms.n; i++) {
        const GazetteerForm *f = &g->forms.v[i];
        if (strncmp(f->letters, letters, (size_t)len) != 0) break;
        int at = n < cap ? n++ : cap;
        for (; at > 0 && weight[at - 1] < f->weight; at--)
            if (at < cap) out[at] = out[at - 1], weight[at] = weight[at - 1];
        if (at < cap) out[at] = f->name, weight[at] = f->weight;
    }
    arena_release(&tmp);
    return n;
}
