/* "(quận Cầu Giấy)": "quận" is the word of a unit, and "Cầu Giấy" the longest name behind it that the gazetteer has
 * as a district.
 *
 * Where the engine read no marks, "Thanh Hoa" may be two districts, and restoring does not know which. The provinces
 * that the document names settle it, and those of its other districts, where they leave one. */
#include "extract/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

UnitKind unit_word(Run r, int *used)
{
    const Keyword *w = run_word(r, WORD_UNIT, used);
    if (!w) w = run_word(r, WORD_UNIT_CELL, used);
    if (w && !run_begins_with(r, w)) return UNIT_NONE;
    /* "P. Bến Thủy" is a ward's, "Trường THCS P" is not */
    if (w && w->text[strlen(w->text) - 1] == '.' && !strchr(r.v[0].text, '.') &&
        !(r.n > *used && r.v[*used].mark == '.'))
        return UNIT_NONE;
    return w ? (UnitKind)w->value : UNIT_NONE;
}

enum { MOST_DISTRICT = 4 }; /* syllables of a district's name */

/* What was typed stands as it is written ("Krông Pắk" where the lists have Krông Pắc); what was read, as the lists have
 * it. A number alone is a district only behind the word of a unit. */
static const char *listed_district(Arena *a, const Gazetteer *g, Run r)
{
    bool exact;
    const char *text = run_text(a, r);
    if (viet_is_digit((unsigned char)*text)) return NULL;
    const char *name = gazetteer_district_among(g, text, NULL, 0, &exact);
    return name && !exact && r.v[0].typed == TYPED_YES ? text : name;
}

/* "1" of "quận 1". */
static bool is_district_number(Run r)
{
    enum { MOST_DIGITS = 2 };
    const char *s = r.n ? r.v[0].text : "";
    size_t n = strspn(s, "0123456789");
    return n >= 1 && n <= MOST_DIGITS && !s[n];
}

/* "Phan Rang - Tháp Chàm": names with a dash in them, by which two places became one. */
static const char *dashed_district(Arena *a, const Gazetteer *g, Run r, int *used)
{
    int dash = 0, most = 0;
    while (dash < r.n && dash < MOST_DISTRICT && r.v[dash].mark != '-') dash++;
    if (!g || !dash || dash >= r.n || r.v[dash].mark != '-') return NULL;
    while (dash + 1 + most < r.n && most < MOST_DISTRICT && !r.v[dash + 1 + most].mark) most++;
    for (int n = most; n > 0; n--) {
        const char *name = listed_district(a, g, run_part(r, 0, dash + 1 + n));
        if (name && tok_capital(&r.v[0])) return *used = dash + 1 + n, name;
    }
    return NULL;
}

const char *district_name(Arena *a, const Gazetteer *g, Run r, bool trust, int *used)
{
    int most = 0;
    const char *dashed = dashed_district(a, g, r, used);
    if (dashed) return dashed;
    while (most < r.n && most < MOST_DISTRICT && !r.v[most].mark) most++;
    for (int n = most; g && n > 0; n--) {
        const char *name = listed_district(a, g, run_part(r, 0, n));
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
        Run behind = run_part(r, i + used, r.n - i - used);
        if (unit == UNIT_DISTRICT && is_district_number(behind)) return behind.v[0].text;
        const char *name = district_name(a, g, behind, false, &more);
        if (name) return name;
    }
    return NULL;
}

/* ---- which of several ---- */

const char *province_mentioned(Arena *a, const Gazetteer *g, Run r)
{
    enum { MOST_PROVINCE = 4 }; /* syllables */
    for (int i = 0; i < r.n; i++) {
        int used;
        if (unit_word(run_part(r, i, r.n - i), &used) != UNIT_PROVINCE) continue;
        for (int n = MOST_PROVINCE; n > 0; n--) {
            if (i + used + n > r.n) continue;
            const char *name = gazetteer_lookup_province(g, run_text(a, run_part(r, i + used, n)));
            if (name) return name;
        }
    }
    return NULL;
}

static void note_province(Doc *doc, const char *name)
{
    for (size_t i = 0; i < doc->provinces.n; i++)
        if (str_eq(doc->provinces.v[i], name)) return;
    *vec_push(&doc->provinces) = name;
}

void district_note_province(Doc *doc, Run line)
{
    const char *name = doc->marks_read ? NULL : province_mentioned(&doc->a, doc->names, line);
    if (name) note_province(doc, name);
}

const char *district_settled(const Doc *doc, const char *name)
{
    bool exact;
    if (!name || doc->marks_read || !doc->provinces.n) return name;
    const char *among =
        gazetteer_district_among(doc->names, name, doc->provinces.v, (int)doc->provinces.n, &exact);
    return among ? among : name;
}

void districts_settle(Doc *doc)
{
    enum { MOST = 8 };
    const char *province[MOST];
    if (doc->marks_read) return;
    for (size_t i = 0; i < doc->districts.n; i++)
        if (gazetteer_provinces(doc->names, doc->districts.v[i], province, MOST) == 1)
            note_province(doc, province[0]);
    for (size_t i = 0; i < doc->districts.n; i++)
        doc->districts.v[i] = district_settled(doc, doc->districts.v[i]);
    doc->district = district_settled(doc, doc->district);
    doc->other_district = district_settled(doc, doc->other_district);
}
