/* Four lists (schools, units, streets, common names of schools) and one chain of syllables.
 *
 * P(name) = 0.5 * share of the lists + 0.5 * chain. The lists know "la khe", a ward: its probability is high. They do not
 * know "van yen yen"; its chain is P(van|^) P(yen|van) P(yen|yen) P($|yen). Each factor is estimated from the lists'
 * names; bigram and unigram are interpolated (Jelinek and Mercer 1980). So a name that nobody listed still gets a
 * sensible value. */
#include "model/gazetteer.h"

#include "base/align.h"
#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "base/viet.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LIST_SHARE = 0.5;     /* weight of "it is in the list" against the chain */
static const double BIGRAM_SHARE = 0.8;   /* weight of the bigram in the chain; the rest is the unigram */
static const double UNKNOWN_SHARE = 1e-5; /* probability of a syllable that the lists do not have */
static const double WORST = -60;          /* what an empty name scores */
enum { MOST_ASKED = 8 };                  /* districts */
enum { MOST_WEIGHT = 20 }; /* a count above it says no more: "Sen Vàng" was seen 686 times in one corpus */

/* A name as it is written. Links are an index + 1, 0 ends the chain. */
typedef struct GazetteerForm {
    const char *name;
    const char *letters; /* its skeleton's letters and digits, without blanks */
    uint32_t has;        /* a bit for each of a-z in them */
    int weight;
    bool own; /* of the user's registry */
    int next; /* another form of the same key */
    int home; /* its districts */
} GazetteerForm;

typedef struct Home {
    int district, next;
} Home;

typedef struct District {
    const char *name;
    const char *until; /* its last day, ISO 8601; NULL: it is still there */
    int wards;
} District;

struct Gazetteer {
    Arena a;
    Map names;       /* key of a name: its weight */
    Map unigrams;    /* syllable: weight */
    Map bigrams;     /* "first second", "^ first", "last $": weight */
    Map heads;       /* syllable (or ^): weight of the bigrams it begins */
    Map district_of; /* key of a district's name: index + 1 */
    Map form_of;     /* key of a name: index + 1 of its first form */
    VEC(GazetteerForm) forms;
    VEC(Home) homes;
    VEC(District) districts;
    double total_names, total_syllables;
};

static void add_bigram(Gazetteer *g, const char *a, const char *b, int weight)
{
    char both[256];
    if (snprintf(both, sizeof both, "%s %s", a, b) >= (int)sizeof both) return;
    *map_at(&g->bigrams, both) += weight;
    *map_at(&g->heads, a) += weight;
}

bool gazetteer_same(const char *a, const char *b)
{
    Arena tmp = {0};
    bool same = str_eq(viet_lower_str(&tmp, viet_tone_str(&tmp, a, TONE_OLD)),
                       viet_lower_str(&tmp, viet_tone_str(&tmp, b, TONE_OLD)));
    arena_release(&tmp);
    return same;
}

static int letters_of(const char *key, char *out, uint32_t *has)
{
    int n = 0;
    *has = 0;
    for (; *key && n < DISTANCE_MOST - 1; key++) {
        if (*key == ' ') continue;
        if (*key >= 'a' && *key <= 'z') *has |= 1u << (*key - 'a');
        out[n++] = *key;
    }
    out[n] = '\0';
    return n;
}

/* The form's index. */
static int add_form(Gazetteer *g, const char *key, const char *name, int weight)
{
    int *first = map_at(&g->form_of, key);
    for (int i = *first; i; i = g->forms.v[i - 1].next)
        if (gazetteer_same(g->forms.v[i - 1].name, name)) {
            g->forms.v[i - 1].weight += weight;
            return i - 1;
        }
    char letters[DISTANCE_MOST];
    GazetteerForm *f = vec_push(&g->forms);
    *f = (GazetteerForm){.name = viet_tone_str(&g->a, name, TONE_OLD), .weight = weight, .next = *first};
    letters_of(key, letters, &f->has);
    f->letters = arena_str(&g->a, letters);
    *first = (int)g->forms.n;
    return *first - 1;
}

/* The form's index, -1 for what is not a name ("Phường 12"). */
static int add_name(Gazetteer *g, const char *name, int weight)
{
    Arena tmp = {0};
    if (weight > MOST_WEIGHT) weight = MOST_WEIGHT;
    char *key = viet_key(&tmp, name);
    if (!*key || viet_is_digit(*key)) {
        arena_release(&tmp);
        return -1;
    }
    *map_at(&g->names, key) += weight;
    int form = add_form(g, key, name, weight);
    g->total_names += weight;
    const char *before = "^";
    char *rest = NULL;
    for (char *s = strtok_r(key, " ", &rest); s; s = strtok_r(NULL, " ", &rest)) {
        *map_at(&g->unigrams, s) += weight;
        g->total_syllables += weight;
        add_bigram(g, before, s, weight);
        before = s;
    }
    add_bigram(g, before, "$", weight);
    arena_release(&tmp);
    return form;
}

/* The district's index. */
static int add_district(Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    int *at = map_at(&g->district_of, viet_key(&tmp, name));
    if (!*at) {
        *vec_push(&g->districts) = (District){.name = arena_str(&g->a, name)};
        *at = (int)g->districts.n;
    }
    arena_release(&tmp);
    return *at - 1;
}

static void add_ward(Gazetteer *g, int form, const char *district)
{
    if (form < 0) return;
    int d = add_district(g, district);
    *vec_push(&g->homes) = (Home){d, g->forms.v[form].home};
    g->forms.v[form].home = (int)g->homes.n;
    g->districts.v[d].wards++;
}

static bool is_district(const char *kind)
{
    return str_eq(kind, "quận") || str_eq(kind, "huyện") || str_eq(kind, "thị xã") ||
           str_eq(kind, "thành phố");
}

static void school_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields >= 3 && t->field[1] && t->field[2]) add_name(g, t->field[1], str_int(t->field[2]));
}

/* A unit that began later is a name like others; where the lists have it already, it says nothing new. */
static void later_unit(Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    if (!map_lookup(&g->names, viet_key(&tmp, name), 0)) add_name(g, name, 1);
    arena_release(&tmp);
}

static void unit_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields < 4 || !t->field[0] || !t->field[1] || !t->field[2]) return;
    if (t->fields > 4 && t->field[4] && *t->field[4]) {
        later_unit(g, t->field[1]);
        return;
    }
    int form = add_name(g, t->field[1], 1);
    if (is_district(t->field[0])) {
        int d = add_district(g, t->field[1]);
        if (t->fields > 5 && t->field[5] && *t->field[5])
            g->districts.v[d].until = arena_str(&g->a, t->field[5]);
    } else {
        add_ward(g, form, t->field[2]);
    }
}

static void street_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields >= 2 && t->field[0] && t->field[1]) add_name(g, t->field[0], str_int(t->field[1]) / 4 + 1);
}

static void common_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields >= 2 && t->field[0] && t->field[1]) add_name(g, t->field[0], str_int(t->field[1]));
}

static bool read_list(Gazetteer *g, const char *name, void (*line)(Gazetteer *, const Tsv *), Err *err)
{
    char path[4096];
    FileMap map = {0};
    if (!file_data(name, path, sizeof path, err) || !file_map(path, &map, err)) return false;
    Tsv t = {0};
    tsv_init(&t, (const char *)map.data, map.size);
    while (tsv_next(&t)) line(g, &t);
    tsv_release(&t);
    file_unmap(&map);
    return true;
}

Gazetteer *gazetteer_open(Err *err)
{
    if (err_is(err)) return NULL;
    Gazetteer *g = xalloc(sizeof *g);
    if (read_list(g, "schools.tsv", school_line, err) && read_list(g, "units.tsv", unit_line, err) &&
        read_list(g, "streets.tsv", street_line, err) && read_list(g, "school-names.tsv", common_line, err))
        return g;
    gazetteer_close(g);
    return NULL;
}

void gazetteer_add_schools(Gazetteer *g, const Registry *schools)
{
    for (size_t i = 0; i < registry_schools(schools); i++) {
        const RegistrySchool *s = registry_school(schools, i);
        int form = add_name(g, s->name, MOST_WEIGHT);
        if (form >= 0) g->forms.v[form].own = true;
        if (s->district) add_district(g, s->district);
    }
}

void gazetteer_close(Gazetteer *g)
{
    if (!g) return;
    map_release(&g->names);
    map_release(&g->unigrams);
    map_release(&g->bigrams);
    map_release(&g->heads);
    map_release(&g->district_of);
    map_release(&g->form_of);
    vec_release(&g->forms);
    vec_release(&g->homes);
    vec_release(&g->districts);
    arena_release(&g->a);
    free(g);
}

/* P(b | a); "$" is an event like any syllable. */
static double step(const Gazetteer *g, const char *a, const char *b)
{
    char both[256];
    bool end = strcmp(b, "$") == 0;
    double total = g->total_syllables + g->total_names + 1;
    double unigram = end ? g->total_names / total : map_lookup(&g->unigrams, b, 0) / total;
    int head = map_lookup(&g->heads, a, 0);
    double bigram = unigram;
    if (head && snprintf(both, sizeof both, "%s %s", a, b) < (int)sizeof both)
        bigram = map_lookup(&g->bigrams, both, 0) / (double)head;
    return BIGRAM_SHARE * bigram + (1 - BIGRAM_SHARE) * unigram + UNKNOWN_SHARE;
}

double gazetteer_score(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    char *key = viet_key(&tmp, name ? name : "");
    double listed = map_lookup(&g->names, key, 0) / (g->total_names + 1), chain = 0;
    const char *before = "^";
    char *rest = NULL, *s = strtok_r(key, " ", &rest);
    if (!s) chain = WORST;
    for (; s; s = strtok_r(NULL, " ", &rest)) {
        chain += log(step(g, before, s));
        before = s;
    }
    if (chain > WORST) chain += log(step(g, before, "$"));
    arena_release(&tmp);
    if (chain < WORST) chain = WORST;
    return log(LIST_SHARE * listed + (1 - LIST_SHARE) * exp(chain));
}

int gazetteer_count(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    int n = map_lookup(&g->names, viet_key(&tmp, name), 0);
    arena_release(&tmp);
    return n;
}

static int find_district(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    int at = name ? map_lookup(&g->district_of, viet_key(&tmp, name), 0) : 0;
    arena_release(&tmp);
    return at - 1;
}

const char *gazetteer_lookup_district(const Gazetteer *g, const char *name)
{
    int at = find_district(g, name);
    return at < 0 ? NULL : g->districts.v[at].name;
}

const char *gazetteer_district_until(const Gazetteer *g, const char *name)
{
    int at = find_district(g, name);
    return at < 0 ? NULL : g->districts.v[at].until;
}

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

static bool lives_in(const Gazetteer *g, const GazetteerForm *f, int district)
{
    for (int h = f->home; h; h = g->homes.v[h - 1].next)
        if (g->homes.v[h - 1].district == district) return true;
    return false;
}

/* The first form of the name, or of what is left without its suffix; -1: none. */
static int first_form(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    char *key = viet_key(&tmp, name);
    int first = map_lookup(&g->form_of, key, 0);
    if (!first && drop_suffix(key)) first = map_lookup(&g->form_of, key, 0);
    arena_release(&tmp);
    return first - 1;
}

const char *gazetteer_vote_district(const Gazetteer *g, const char *const *names, int n, double share)
{
    int *votes = xalloc((g->districts.n + 1) * sizeof *votes), best = 0;
    for (int i = 0; i < n; i++)
        for (int f = first_form(g, names[i]); f >= 0; f = g->forms.v[f].next - 1)
            for (int h = g->forms.v[f].home; h; h = g->homes.v[h - 1].next)
                votes[g->homes.v[h - 1].district]++;
    for (int d = 0; d < (int)g->districts.n; d++)
        if (votes[d] > votes[best]) best = d;
    bool enough = n > 0 && votes[best] >= share * n;
    free(votes);
    return enough ? g->districts.v[best].name : NULL;
}

bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district)
{
    int d = name ? find_district(g, district) : -1;
    for (int f = d < 0 ? -1 : first_form(g, name); f >= 0; f = g->forms.v[f].next - 1)
        if (lives_in(g, &g->forms.v[f], d)) return true;
    return false;
}

static int by_likelihood(const void *a, const void *b)
{
    const Spelling *p = a, *q = b;
    if (p->apart != q->apart) return p->apart < q->apart ? -1 : 1;
    if (p->own != q->own) return p->own ? -1 : 1;
    if (!p->wards != !q->wards) return p->wards ? -1 : 1;
    if (p->weight != q->weight) return p->weight > q->weight ? -1 : 1;
    return strcmp(p->name, q->name);
}

static int bits(uint32_t x)
{
    int n = 0;
    for (; x; x &= x - 1) n++;
    return n;
}

/* Wards of the first of the districts that the form is a ward of; 0: of none. */
static int wards_beside(const Gazetteer *g, const GazetteerForm *f, const int *district, int n)
{
    for (int i = 0; i < n; i++)
        if (district[i] >= 0 && lives_in(g, f, district[i])) return g->districts.v[district[i]].wards;
    return 0;
}

/* What is asked for: a name's letters, and the districts. */
typedef struct Asked {
    char letters[DISTANCE_MOST];
    uint32_t has; /* a bit for each of a-z in them */
    int len, district[MOST_ASKED], districts;
} Asked;

static Asked ask(const Gazetteer *g, const char *name, const char *const *districts, int n)
{
    Arena tmp = {0};
    Asked a = {.districts = n < MOST_ASKED ? n : MOST_ASKED};
    a.len = letters_of(viet_key(&tmp, name), a.letters, &a.has);
    for (int i = 0; i < a.districts; i++) a.district[i] = find_district(g, districts[i]);
    arena_release(&tmp);
    return a;
}

static Spelling spelling(const Gazetteer *g, const GazetteerForm *f, const Asked *a, int most)
{
    int apart = edit_distance(f->letters, (int)strlen(f->letters), a->letters, a->len, most);
    return (Spelling){f->name, f->weight, wards_beside(g, f, a->district, a->districts), apart, f->own};
}

int gazetteer_near(const Gazetteer *g, const char *name, int most, const char *const *districts, int n,
                   Spelling *out, int cap)
{
    Asked a = ask(g, name, districts, n);
    VEC(Spelling) all = {0};
    for (size_t i = 0; i < g->forms.n; i++) {
        const GazetteerForm *f = &g->forms.v[i];
        if (bits(f->has ^ a.has) > 2 * most) continue; /* an edit changes two kinds of letters at most */
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
    for (size_t i = 0; i < g->forms.n && found < cap; i++) {
        const GazetteerForm *f = &g->forms.v[i];
        if (!f->home || !wards_beside(g, f, a.district, a.districts)) continue;
        out[found] = spelling(g, f, &a, most);
        if (out[found].apart > most) out[found].apart = most;
        found++;
    }
    return found;
}

int gazetteer_complete(const Gazetteer *g, const char *typed, const char **out, int cap)
{
    Arena tmp = {0};
    char letters[DISTANCE_MOST];
    uint32_t has;
    int n = 0, len = letters_of(viet_key(&tmp, typed), letters, &has);
    int *weight = arena_new(&tmp, int, (size_t)cap + 1);
    for (size_t i = 0; len && i < g->forms.n; i++) {
        const GazetteerForm *f = &g->forms.v[i];
        if ((f->has & has) != has || strncmp(f->letters, letters, (size_t)len) != 0) continue;
        int at = n < cap ? n++ : cap;
        for (; at > 0 && weight[at - 1] < f->weight; at--)
            if (at < cap) out[at] = out[at - 1], weight[at] = weight[at - 1];
        if (at < cap) out[at] = f->name, weight[at] = f->weight;
    }
    arena_release(&tmp);
    return n;
}

bool gazetteer_syllables(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    char *rest = NULL, *s = strtok_r(viet_key(&tmp, name), " ", &rest);
    bool known = s != NULL;
    for (; s && known; s = strtok_r(NULL, " ", &rest)) known = map_lookup(&g->unigrams, s, 0) > 0;
    arena_release(&tmp);
    return known;
}

double gazetteer_total(const Gazetteer *g)
{
    return g->total_names;
}
