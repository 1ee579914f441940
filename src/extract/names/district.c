/* "(quận Cầu Giấy)": "quận" is the word of a unit, and "Cầu Giấy" the longest name behind it that the gazetteer has
 * as a district. */
#include "extract/names/names.h"

#include "base/str.h"

#include <string.h>

UnitKind unit_word(Run r, int *used)
{
    const Keyword *w = run_word(r, WORD_UNIT, used);
    if (!w) w = run_word(r, WORD_UNIT_CELL, used);
    if (w && !run_begins_with(r, w)) return UNIT_NONE;
    /* "P. Bến Thủy" is a ward's, "Trường THCS P" is not */
    if (w && w->text[strlen(w->text) - 1] == '.' && !strchr(r.v[0].text, '.') && !(r.n > *used && r.v[*used].mark == '.'))
        return UNIT_NONE;
    return w ? (UnitKind)w->value : UNIT_NONE;
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
        UnitKind unit = unit_word(run_part(r, i, r.n - i), &used);
        if (unit != UNIT_DISTRICT && unit != UNIT_PROVINCE) continue;
        const char *name = district_name(a, g, run_part(r, i + used, r.n - i - used), false, &more);
        if (name) return name;
    }
    return NULL;
}
