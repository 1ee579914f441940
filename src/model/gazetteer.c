/* Three lists, one chain of syllables.
 *
 * P(name) = 0.5 * share of the lists + 0.5 * chain. For "la khe" the list knows it (a ward): high. For "van
 * yen yen" no list does, and the chain is P(van|^) P(yen|van) P(yen|yen) P($|yen), each estimated from the
 * lists' names by interpolating bigram with unigram (Jelinek-Mercer), so that a name nobody listed still gets
 * a sensible value. The seam between two names that stand side by side is where the product of the two names'
 * probabilities is largest. */
#include "model/gazetteer.h"

#include "base/file.h"
#include "base/map.h"
#include "base/str.h"
#include "base/tsv.h"
#include "base/vec.h"
#include "base/viet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LIST_SHARE = 0.5;     /* weight of "it is in the list" against the chain */
static const double BIGRAM_SHARE = 0.8;   /* weight of the bigram in the chain; the rest is the unigram */
static const double UNKNOWN_SHARE = 1e-5; /* probability of a syllable that the lists do not have */
static const double WORST = -60;          /* what an empty name scores */
enum { MOST_WEIGHT = 20 }; /* a count above it says no more: "Sen Vàng" was seen 686 times in one corpus */

typedef struct Form {
    const char *name;
    int weight, next; /* next: index + 1 of another form of the same key, 0 none */
} Form;

struct Gazetteer {
    Arena a;
    Map names;     /* key of a name: its weight */
    Map unigrams;  /* syllable: weight */
    Map bigrams;   /* "first second", "^ first", "last $": weight */
    Map heads;     /* syllable (or ^): weight of the bigrams it begins */
    Map districts; /* key of a district's name: index in spelling */
    Map members;   /* "district|ward", ward by key and by its spelling in lower case: 1 */
    Map form_of;   /* key of a name: index + 1 of its first form */
    VEC(Form) forms;
    VEC(const char *) spelling;
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

static void add_form(Gazetteer *g, const char *key, const char *name, int weight)
{
    int *first = map_at(&g->form_of, key);
    for (int i = *first; i; i = g->forms.v[i - 1].next)
        if (gazetteer_same(g->forms.v[i - 1].name, name)) {
            g->forms.v[i - 1].weight += weight;
            return;
        }
    *vec_push(&g->forms) = (Form){arena_str(&g->a, name), weight, *first};
    *first = (int)g->forms.n;
}

static void add_name(Gazetteer *g, const char *name, int weight)
{
    Arena tmp = {0};
    if (weight > MOST_WEIGHT) weight = MOST_WEIGHT;
    char *key = viet_key(&tmp, name);
    if (!*key || viet_is_digit(*key)) {
        arena_release(&tmp);
        return;
    }
    *map_at(&g->names, key) += weight;
    add_form(g, key, name, weight);
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
}

static void add_district(Gazetteer *g, const char *name)
{
    int *at = map_at(&g->districts, viet_key(&g->a, name));
    if (*at) return;
    *vec_push(&g->spelling) = arena_str(&g->a, name);
    *at = (int)g->spelling.n;
}

static void add_member(Gazetteer *g, const char *name, const char *district)
{
    Arena tmp = {0};
    const char *where = viet_key(&tmp, district);
    *map_at(&g->members, arena_printf(&tmp, "%s|%s", where, viet_key(&tmp, name))) = 1;
    *map_at(&g->members, arena_printf(&tmp, "%s|%s", where, viet_lower_str(&tmp, name))) = 1;
    arena_release(&tmp);
}

static bool is_district(const char *kind)
{
    return str_eq(kind, "quận") || str_eq(kind, "huyện") || str_eq(kind, "thị xã") ||
           str_eq(kind, "thành phố");
}

static void school_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields >= 3 && t->field[1] && t->field[2]) add_name(g, t->field[1], atoi(t->field[2]));
}

static void unit_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields < 4 || !t->field[0] || !t->field[1] || !t->field[2]) return;
    add_name(g, t->field[1], 1);
    if (is_district(t->field[0]))
        add_district(g, t->field[1]);
    else
        add_member(g, t->field[1], t->field[2]);
}

static void street_line(Gazetteer *g, const Tsv *t)
{
    if (t->fields >= 2 && t->field[0] && t->field[1]) add_name(g, t->field[0], atoi(t->field[1]) / 4 + 1);
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
        read_list(g, "streets.tsv", street_line, err))
        return g;
    gazetteer_close(g);
    return NULL;
}

void gazetteer_close(Gazetteer *g)
{
    if (!g) return;
    map_release(&g->names);
    map_release(&g->unigrams);
    map_release(&g->bigrams);
    map_release(&g->heads);
    map_release(&g->districts);
    map_release(&g->members);
    map_release(&g->form_of);
    vec_release(&g->forms);
    vec_release(&g->spelling);
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

const char *gazetteer_lookup_district(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    int at = map_lookup(&g->districts, viet_key(&tmp, name), 0);
    arena_release(&tmp);
    return at ? g->spelling.v[at - 1] : NULL;
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

bool gazetteer_in_district(const Gazetteer *g, const char *name, const char *district)
{
    if (!name || !district) return false;
    Arena tmp = {0};
    char *key = viet_key(&tmp, name), *where = viet_key(&tmp, district);
    bool in;
    do in = map_lookup(&g->members, arena_printf(&tmp, "%s|%s", where, key), 0);
    while (!in && drop_suffix(key));
    arena_release(&tmp);
    return in;
}

static int by_likelihood(const void *a, const void *b)
{
    const Spelling *p = a, *q = b;
    if (p->here != q->here) return p->here ? -1 : 1;
    if (p->weight != q->weight) return p->weight > q->weight ? -1 : 1;
    return strcmp(p->name, q->name);
}

static int count_words(const char *key)
{
    int n = *key != '\0';
    for (; *key; key++) n += *key == ' ';
    return n;
}

int gazetteer_spellings(const Gazetteer *g, const char *name, const char *district, Spelling *out, int most,
                        int *words)
{
    Arena tmp = {0};
    char *key = viet_key(&tmp, name);
    const char *where = district ? viet_key(&tmp, district) : "";
    int n = 0, first = map_lookup(&g->form_of, key, 0);
    if (!first && drop_suffix(key)) first = map_lookup(&g->form_of, key, 0);
    for (int i = first; i && n < most; i = g->forms.v[i - 1].next) {
        const Form *f = &g->forms.v[i - 1];
        const char *member = arena_printf(&tmp, "%s|%s", where, viet_lower_str(&tmp, f->name));
        out[n++] = (Spelling){f->name, f->weight, map_lookup(&g->members, member, 0) != 0};
    }
    qsort(out, (size_t)n, sizeof *out, by_likelihood);
    *words = count_words(key);
    arena_release(&tmp);
    return n;
}
