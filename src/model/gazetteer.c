/* Lists of names, each in the order of its letters, are merged as they lie: no name is compared with more than its
 * neighbours, nothing is hashed but the names of districts, and no key is made anew.
 *
 *     schools.tsv   an phu    An Phú    THPT  1  An Phú  An Giang
 *     units.tsv     an phu    An Phú    xã    Củ Chi     Hồ Chí Minh          2025-06-30
 *     streets.tsv   an phu    An Phú    Thủ Đức  Hồ Chí Minh
 *         =>        anphu     An Phú    weight 3, a school, a commune and a street of three districts
 *
 * P(name) = 0.5 * share of the lists + 0.5 * chain of syllables (gazetteer_chain.c). For "la khe" the lists know it (a
 * ward): high. For "van yen yen" none does, and the chain tells. The seam between two names that stand side by side is
 * where the product of the two names' probabilities is largest. */
#include "model/gazetteer_private.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const double LIST_SHARE = 0.5; /* weight of "it is in the list" against the chain */
static const double WORST = -60;      /* what an empty name scores */
enum {
    MOST_WEIGHT = 20, /* a count above it says no more: "Sen Vàng" was seen 686 times in one corpus */
    STREETS = 4, /* that count as much as a school: streets are named after all that schools are, and more */
    MOST_FIELDS = 8
};

/* ---- names compared ---- */

bool gazetteer_same(const char *a, const char *b)
{
    Arena tmp = {0};
    bool same = str_eq(viet_lower_str(&tmp, viet_tone_str(&tmp, a, TONE_OLD)),
                       viet_lower_str(&tmp, viet_tone_str(&tmp, b, TONE_OLD)));
    arena_release(&tmp);
    return same;
}

int key_letters(const char *key, char *out, uint32_t *has)
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

/* ---- rows ---- */

/* A line's fields, where they lie: tabs become ends of strings. Returns how many. */
static int cut_line(char *line, const char *field[MOST_FIELDS])
{
    int n = 0;
    for (char *p = line; n < MOST_FIELDS; p++) {
        field[n++] = p;
        p += strcspn(p, "\t");
        if (!*p) break;
        *p = '\0';
    }
    for (int i = n; i < MOST_FIELDS; i++) field[i] = "";
    return n;
}

/* The district's index; -1: none is said. */
static int place_of(Gazetteer *g, const char *district, const char *province)
{
    enum { MOST_PLACE = 256 }; /* bytes of the two names */
    char where[MOST_PLACE];
    size_t n = strlen(district), m = strlen(province);
    if (!n || n + m + 2 > sizeof where) return -1;
    memcpy(where, district, n);
    where[n] = '\t';
    memcpy(where + n + 1, province, m + 1);
    return district_note(g, where);
}

/* A row without weight, district, kind; NULL for what is not a name ("Phường 12"). */
static NameRow *add_row(Gazetteer *g, const char *key, const char *name)
{
    if (!*key) key = viet_key(&g->a, name); /* of a line that a person added */
    if (!*key || viet_is_digit((unsigned char)*key)) return NULL;
    char letters[DISTANCE_MOST];
    NameRow *row = vec_push(&g->rows);
    *row = (NameRow){.name = name, .district = -1, .kind = HOME_NONE};
    row->len = key_letters(key, letters, &row->has);
    row->letters = arena_strn(&g->a, letters, (size_t)row->len);
    return row;
}

static int capped(int weight)
{
    return weight < 0 ? 0 : weight < MOST_WEIGHT ? weight : MOST_WEIGHT;
}

static void school_row(Gazetteer *g, const char *const *field)
{
    NameRow *row = add_row(g, field[0], field[1]);
    if (!row) return;
    row->weight = capped(str_int(field[3]));
    row->district = place_of(g, field[4], field[5]), row->kind = HOME_SCHOOL;
}

static bool is_district(const char *kind)
{
    return str_eq(kind, "quận") || str_eq(kind, "huyện") || str_eq(kind, "thị xã") ||
           str_eq(kind, "thành phố");
}

/* A unit that began later has no district: it is a name like others, and where the lists have it, nothing new. */
static void unit_row(Gazetteer *g, const char *const *field)
{
    bool later = *field[5], district = !later && is_district(field[2]);
    int at = district ? place_of(g, field[1], field[4]) : -1;
    if (at >= 0 && *field[6]) g->districts.v[at].until = field[6];
    NameRow *row = add_row(g, field[0], field[1]);
    if (!row) return;
    row->weight = later ? 0 : 1;
    if (!district && !later) row->district = place_of(g, field[3], field[4]), row->kind = HOME_WARD;
}

static void street_row(Gazetteer *g, const char *const *field)
{
    NameRow *row = add_row(g, field[0], field[1]);
    if (!row) return;
    row->street = true;
    row->district = place_of(g, field[2], field[3]), row->kind = HOME_STREET;
}

/* school-names.tsv has no key. */
static void common_row(Gazetteer *g, const char *const *field)
{
    NameRow *row = add_row(g, "", field[0]);
    if (row) row->weight = capped(str_int(field[1]));
}

static bool read_list(Gazetteer *g, const char *name, void (*take)(Gazetteer *, const char *const *),
                      Err *err)
{
    char path[4096];
    FileMap map = {0};
    if (!file_data(name, path, sizeof path, err) || !file_map(path, &map, err)) return false;
    char *text = arena_strn(&g->a, (const char *)map.data, map.size), *rest = NULL;
    file_unmap(&map);
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
        const char *field[MOST_FIELDS];
        if (*line != '#' && cut_line(line, field) > 1) take(g, field);
    }
    return true;
}

/* ---- in order ---- */

static int by_letters(const NameRow *a, const NameRow *b)
{
    int order = strcmp(a->letters, b->letters);
    return order ? order : strcmp(a->name, b->name);
}

/* The end of the run in order that begins at i. */
static size_t run_end(const NameRow *v, size_t i, size_t n)
{
    for (i++; i < n && by_letters(&v[i - 1], &v[i]) <= 0; i++) continue;
    return i;
}

static void merge(const NameRow *v, size_t from, size_t middle, size_t end, NameRow *out)
{
    for (size_t i = from, k = middle, to = from; to < end; to++)
        out[to] = k == end || (i < middle && by_letters(&v[i], &v[k]) <= 0) ? v[i++] : v[k++];
}

/* Merges runs two by two until there is one (natural merge sort): the lists are four. */
static void sort_rows(Gazetteer *g)
{
    size_t n = g->rows.n, runs = 2;
    NameRow *other = xalloc((n + 1) * sizeof *other);
    while (n && runs > 1) {
        runs = 0;
        for (size_t from = 0, end; from < n; from = end, runs++) {
            size_t middle = run_end(g->rows.v, from, n);
            end = middle < n ? run_end(g->rows.v, middle, n) : n;
            merge(g->rows.v, from, middle, end, other);
        }
        memcpy(g->rows.v, other, n * sizeof *other);
    }
    free(other);
}

/* ---- forms ---- */

static void add_home(Gazetteer *g, const NameRow *row)
{
    GazetteerForm *f = &g->forms.v[g->forms.n - 1];
    for (int i = f->home; i < f->home + f->homes; i++)
        if (g->homes.v[i].district == row->district && g->homes.v[i].kind == row->kind) return;
    *vec_push(&g->homes) = (Home){row->district, (int)g->forms.n - 1, row->kind};
    f->homes++;
    g->districts.v[row->district].named[row->kind]++;
}

static bool same_but_capitals(const char *a, const char *b)
{
    size_t same = 0;
    while (a[same] && a[same] == b[same]) same++;
    if (!a[same] && !b[same]) return true;
    while (same && ((unsigned char)a[same] & 0xC0) == 0x80) same--;
    a += same, b += same;
    for (size_t n = strlen(a), m = strlen(b); *a && *b;) {
        int32_t c, d;
        size_t i = utf8_decode(a, n, &c), k = utf8_decode(b, m, &d);
        if (c != d && viet_lower(c) != viet_lower(d)) return false;
        a += i, n -= i, b += k, m -= k;
    }
    return *a == *b;
}

/* The same name in other capitals is the same form. */
static bool same_form(const GazetteerForm *f, const NameRow *row)
{
    return f->len == row->len && memcmp(f->letters, row->letters, (size_t)row->len) == 0 &&
           same_but_capitals(f->name, row->name);
}

static void end_form(Gazetteer *g, int streets)
{
    GazetteerForm *f = g->forms.n ? &g->forms.v[g->forms.n - 1] : NULL;
    if (!f) return;
    if (streets) f->weight += capped(streets / STREETS + 1);
    if (!f->weight) f->weight = 1;
    g->total += f->weight;
}

static void make_forms(Gazetteer *g)
{
    int streets = 0;
    g->forms.n = g->homes.n = 0;
    g->total = 0;
    for (size_t d = 0; d < g->districts.n; d++)
        memset(g->districts.v[d].named, 0, sizeof g->districts.v[d].named);
    for (size_t i = 0; i < g->rows.n; i++) {
        const NameRow *row = &g->rows.v[i];
        if (!g->forms.n || !same_form(&g->forms.v[g->forms.n - 1], row)) {
            end_form(g, streets);
            streets = 0;
            GazetteerForm *f = vec_push(&g->forms);
            *f = (GazetteerForm){.name = row->name,
                                 .letters = row->letters,
                                 .has = row->has,
                                 .len = row->len,
                                 .home = (int)g->homes.n};
        }
        GazetteerForm *f = &g->forms.v[g->forms.n - 1];
        f->weight += row->weight, f->own |= row->own;
        streets += row->street;
        if (row->district >= 0) add_home(g, row);
    }
    end_form(g, streets);
}

/* Homes by district: a counting sort. */
static void order_homes(Gazetteer *g)
{
    int at = 0;
    free(g->by_district);
    g->by_district = xalloc((g->homes.n + 1) * sizeof *g->by_district);
    for (size_t d = 0; d < g->districts.n; d++) {
        District *v = &g->districts.v[d];
        v->first = at, v->homes = 0;
        at += v->named[HOME_WARD] + v->named[HOME_SCHOOL] + v->named[HOME_STREET];
    }
    for (size_t i = 0; i < g->homes.n; i++) {
        District *v = &g->districts.v[g->homes.v[i].district];
        g->by_district[v->first + v->homes++] = (int)i;
    }
}

static void put_in_order(Gazetteer *g)
{
    sort_rows(g);
    make_forms(g);
    order_homes(g);
    districts_order(g);
}

/* ---- opening ---- */

Gazetteer *gazetteer_open(Err *err)
{
    if (err_is(err)) return NULL;
    Gazetteer *g = xalloc(sizeof *g);
    if (read_list(g, "units.tsv", unit_row, err) && read_list(g, "schools.tsv", school_row, err) &&
        read_list(g, "streets.tsv", street_row, err) && read_list(g, "school-names.tsv", common_row, err) &&
        chain_open(&g->chain, err)) {
        put_in_order(g);
        return g;
    }
    gazetteer_close(g);
    return NULL;
}

static void add_own(Gazetteer *g, const RegistrySchool *s)
{
    Arena tmp = {0};
    const char *key = viet_key(&tmp, s->name);
    NameRow *row = add_row(g, key, viet_tone_str(&g->a, s->name, TONE_OLD));
    if (row) {
        row->weight = MOST_WEIGHT, row->own = true;
        chain_add(&g->chain, key, MOST_WEIGHT);
    }
    if (s->district) district_note(g, arena_printf(&tmp, "%s\t", s->district));
    arena_release(&tmp);
}

void gazetteer_add_schools(Gazetteer *g, const Registry *schools)
{
    for (size_t i = 0; i < registry_schools(schools); i++) add_own(g, registry_school(schools, i));
    if (registry_schools(schools)) put_in_order(g);
}

void gazetteer_close(Gazetteer *g)
{
    if (!g) return;
    chain_close(&g->chain);
    map_release(&g->district_at);
    vec_release(&g->rows);
    vec_release(&g->forms);
    vec_release(&g->homes);
    vec_release(&g->districts);
    free(g->by_district);
    free(g->folded);
    arena_release(&g->a);
    free(g);
}

/* ---- asking ---- */

int forms_of(const Gazetteer *g, const char *letters, int *n)
{
    size_t low = 0, high = g->forms.n;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (strcmp(g->forms.v[at].letters, letters) < 0)
            low = at + 1;
        else
            high = at;
    }
    size_t end = low;
    while (end < g->forms.n && str_eq(g->forms.v[end].letters, letters)) end++;
    *n = (int)(end - low);
    return (int)low;
}

static int weight_of(const Gazetteer *g, const char *key)
{
    char letters[DISTANCE_MOST];
    uint32_t has;
    int n, weight = 0;
    key_letters(key, letters, &has);
    for (int i = forms_of(g, letters, &n); n > 0; n--, i++) weight += g->forms.v[i].weight;
    return weight;
}

int gazetteer_count(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    int weight = weight_of(g, viet_key(&tmp, name));
    arena_release(&tmp);
    return weight;
}

double gazetteer_score(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    char *key = viet_key(&tmp, name ? name : "");
    double listed = *key ? weight_of(g, key) / (g->total + 1) : 0,
           chain = *key ? chain_score(&g->chain, key) : WORST;
    arena_release(&tmp);
    return log(LIST_SHARE * listed + (1 - LIST_SHARE) * exp(fmax(chain, WORST)));
}

bool gazetteer_syllables(const Gazetteer *g, const char *name)
{
    Arena tmp = {0};
    char *rest = NULL, *s = strtok_r(viet_key(&tmp, name), " ", &rest);
    bool known = s != NULL;
    for (; s && known; s = strtok_r(NULL, " ", &rest)) known = chain_has(&g->chain, s);
    arena_release(&tmp);
    return known;
}

double gazetteer_total(const Gazetteer *g)
{
    return g->total;
}

const char *gazetteer_name(const Gazetteer *g, size_t i)
{
    return i < g->forms.n ? g->forms.v[i].name : NULL;
}

int gazetteer_weight(const Gazetteer *g, size_t i)
{
    return g->forms.v[i].weight;
}
