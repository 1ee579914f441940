/* "(quận Cầu Giấy)": "quận" is the word of a unit, and "Cầu Giấy" the longest name behind it that the gazetteer has
 * as a district. */
#include "extract/names/names.h"

#include "base/str.h"

Unitword unit_word(Run r, int *used)
{
    static const struct {
        const char *first, *second;
        Unitword unit;
    } words[] = {
        {"quan", NULL, UNIT_DISTRICT},   {"huyen", NULL, UNIT_DISTRICT}, {"q", NULL, UNIT_DISTRICT},
        {"h", NULL, UNIT_DISTRICT},      {"thi", "xa", UNIT_DISTRICT},   {"tx", NULL, UNIT_DISTRICT},
        {"thanh", "pho", UNIT_PROVINCE}, {"tp", NULL, UNIT_PROVINCE},    {"tinh", NULL, UNIT_PROVINCE},
        {"xa", NULL, UNIT_WARD},         {"phuong", NULL, UNIT_WARD},    {"thi", "tran", UNIT_WARD},
        {"tt", NULL, UNIT_WARD},         {"thon", NULL, UNIT_WARD},      {"duong", NULL, UNIT_WARD}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        int n = words[i].second ? 2 : 1;
        if (r.n < n || !tok_is(&r.v[0], words[i].first) || (n == 2 && !tok_is(&r.v[1], words[i].second)))
            continue;
        *used = n;
        return words[i].unit;
    }
    return UNIT_NONE;
}

enum { MOST_DISTRICT = 4 }; /* syllables of a district's name */

const char *district_name(Arena *a, const Gazetteer *g, Run r, bool trust, int *used)
{
    int most = 0;
    while (most < r.n && most < MOST_DISTRICT && !r.v[most].mark) most++;
    for (int n = most; g && n > 0; n--) {
        const char *name = gazetteer_lookup_district(g, run_text(a, run_part(r, 0, n)));
        if (name && tok_capital(&r.v[0])) return *used = n, name;
    }
    int n = 0;
    while (n < most && tok_capital(&r.v[n])) n++;
    *used = n;
    return trust && n ? run_text(a, run_part(r, 0, n)) : NULL;
}

const char *district_mentioned(Arena *a, const Gazetteer *g, Run r)
{
    for (int i = 0; i < r.n; i++) {
        int used, more;
        Unitword unit = unit_word(run_part(r, i, r.n - i), &used);
        if (unit != UNIT_DISTRICT && unit != UNIT_PROVINCE) continue;
        const char *name = district_name(a, g, run_part(r, i + used, r.n - i - used), false, &more);
        if (name) return name;
    }
    return NULL;
}
