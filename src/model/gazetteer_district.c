/* "thành phố Thanh Hóa" is not "Thạnh Hóa": a district with marks is looked up with its marks. Without them both are
 * meant, and so is each "Châu Thành" of nine provinces: the province settles it. "Krông Pắk" and "Krông Pắc", "Plei Ku" and
 * "Pleiku" are one district written in two ways, so districts are found by their letters without blanks, with c for
 * k and i for y. */
#include "model/gazetteer_private.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_NAMED = 24 }; /* districts of one name */

const char *gazetteer_fold(Arena *a, const char *name)
{
    char *fold = viet_key(a, name), *to = fold;
    for (const char *p = fold; *p; p++)
        if (*p != ' ') *to++ = *p == 'k' ? 'c' : *p == 'y' ? 'i' : *p;
    *to = '\0';
    return fold;
}

int district_note(Gazetteer *g, const char *where)
{
    if (*where == '\t') return -1;
    int *at = map_at(&g->district_at, where);
    if (!*at) {
        size_t n = strcspn(where, "\t");
        const char *name = arena_strn(&g->a, where, n);
        *vec_push(&g->districts) = (District){
            .name = name, .province = arena_str(&g->a, where + n + 1), .fold = gazetteer_fold(&g->a, name)};
        *at = (int)g->districts.n;
    }
    return *at - 1;
}

typedef struct Folded {
    const char *fold;
    int district;
} Folded;

static int by_fold(const void *a, const void *b)
{
    const Folded *p = a, *q = b;
    int order = strcmp(p->fold, q->fold);
    return order ? order : p->district - q->district;
}

void districts_order(Gazetteer *g)
{
    size_t n = g->districts.n;
    Folded *v = xalloc((n + 1) * sizeof *v);
    for (size_t i = 0; i < n; i++) v[i] = (Folded){g->districts.v[i].fold, (int)i};
    qsort(v, n, sizeof *v, by_fold);
    free(g->folded);
    g->folded = xalloc((n + 1) * sizeof *g->folded);
    for (size_t i = 0; i < n; i++) g->folded[i] = v[i].district;
    free(v);
}

static size_t first_folded(const Gazetteer *g, const char *fold)
{
    size_t low = 0, high = g->districts.n;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (strcmp(g->districts.v[g->folded[at]].fold, fold) < 0)
            low = at + 1;
        else
            high = at;
    }
    return low;
}

/* Those of these letters into out, those of these marks first; *exact: how many they are. */
static int districts_like(const Gazetteer *g, const char *name, int *out, int cap, int *exact)
{
    Arena tmp = {0};
    const char *fold = gazetteer_fold(&tmp, name ? name : "");
    int n = 0;
    *exact = 0;
    for (size_t i = first_folded(g, fold); *fold && i < g->districts.n && n < cap; i++) {
        int d = g->folded[i];
        if (!str_eq(g->districts.v[d].fold, fold)) break;
        out[n++] = d;
        if (!gazetteer_same(g->districts.v[d].name, name)) continue;
        out[n - 1] = out[*exact], out[(*exact)++] = d;
    }
    arena_release(&tmp);
    return n;
}

int districts_named(const Gazetteer *g, const char *name, int *out, int cap)
{
    int exact, n = districts_like(g, name, out, cap, &exact);
    return exact ? exact : n;
}

/* Letters in which two names of the same skeleton differ. */
static int marks_apart(const char *a, const char *b)
{
    Arena tmp = {0};
    const char *p = viet_lower_str(&tmp, viet_tone_str(&tmp, a, TONE_OLD)),
               *q = viet_lower_str(&tmp, viet_tone_str(&tmp, b, TONE_OLD));
    int apart = 0;
    for (size_t n = strlen(p), m = strlen(q); *p && *q;) {
        int32_t c, d;
        size_t i = utf8_decode(p, n, &c), k = utf8_decode(q, m, &d);
        apart += c != d;
        p += i, n -= i, q += k, m -= k;
    }
    arena_release(&tmp);
    return apart;
}

static bool in_provinces(const District *d, const char *const *provinces, int n)
{
    for (int i = 0; i < n; i++)
        if (str_eq(d->province, provinces[i])) return true;
    return false;
}

const char *gazetteer_district_among(const Gazetteer *g, const char *name, const char *const *provinces,
                                     int n, bool *exact)
{
    int at[MOST_NAMED], same, best = -1, least = 0, found = districts_like(g, name, at, MOST_NAMED, &same);
    for (int i = 0; i < found; i++) {
        const District *d = &g->districts.v[at[i]];
        int apart = (i < same ? 0 : 1 + marks_apart(d->name, name)) -
                    (in_provinces(d, provinces, n) ? DISTANCE_MOST : 0);
        if (best < 0 || apart < least) best = i, least = apart;
    }
    *exact = best >= 0 && best < same;
    return best < 0 ? NULL : g->districts.v[at[best]].name;
}

const char *gazetteer_lookup_district(const Gazetteer *g, const char *name)
{
    bool exact;
    return gazetteer_district_among(g, name, NULL, 0, &exact);
}

int gazetteer_provinces(const Gazetteer *g, const char *district, const char **out, int cap)
{
    int at[MOST_NAMED], n = 0, found = districts_named(g, district, at, MOST_NAMED);
    for (int i = 0; i < found && n < cap; i++) out[n++] = g->districts.v[at[i]].province;
    return n;
}

const char *gazetteer_lookup_province(const Gazetteer *g, const char *name)
{
    for (size_t i = 0; i < g->districts.n; i++)
        if (gazetteer_same(g->districts.v[i].province, name)) return g->districts.v[i].province;
    return NULL;
}

const char *gazetteer_district_until(const Gazetteer *g, const char *name)
{
    int at[MOST_NAMED], n = districts_named(g, name, at, MOST_NAMED);
    const char *last = NULL;
    for (int i = 0; i < n; i++) {
        const char *until = g->districts.v[at[i]].until;
        if (!until) return NULL; /* one of that name is still there */
        if (!last || strcmp(until, last) > 0) last = until;
    }
    return last;
}
