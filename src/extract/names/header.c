/* "Đơn vị kết nghĩa" holds "donvi", a school, and "ketnghia", a partner: the first word of the list that fits
 * decides, and partners stand before schools in it. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

typedef struct HeaderWord {
    const char *letters;
    Role role;
    int most;   /* edits */
    bool whole; /* the header is this and nothing else */
} HeaderWord;

static const HeaderWord header_words[] = {
    {"stt", ROLE_ORDINAL, 1, true},         {"tt", ROLE_ORDINAL, 0, true},
    {"sott", ROLE_ORDINAL, 1, true},        {"sothutu", ROLE_ORDINAL, 1, true},
    {"caphoc", ROLE_LEVEL, 1, true},        {"bachoc", ROLE_LEVEL, 1, true},
    {"khoi", ROLE_LEVEL, 0, true},          {"cap", ROLE_LEVEL, 0, true},
    {"khoihoc", ROLE_LEVEL, 1, true},       {"capbachoc", ROLE_LEVEL, 1, true},
    {"ghichu", ROLE_OTHER, 1, true},        {"diachi", ROLE_OTHER, 1, false},
    {"dienthoai", ROLE_OTHER, 1, false},    {"noidung", ROLE_OTHER, 1, false},
    {"diadiem", ROLE_OTHER, 1, true},       {"thoigian", ROLE_OTHER, 1, false},
    {"hieutruong", ROLE_OTHER, 1, false},   {"email", ROLE_OTHER, 0, false},
    {"nguoilienhe", ROLE_OTHER, 2, false},  {"lienlac", ROLE_OTHER, 1, false},
    {"ketqua", ROLE_OTHER, 1, true},        {"quanhuyen", ROLE_DISTRICT, 1, true},
    {"quan", ROLE_DISTRICT, 0, true},       {"huyen", ROLE_DISTRICT, 0, true},
    {"diaban", ROLE_DISTRICT, 1, true},     {"ketnghia", ROLE_PARTNER, 2, false},
    {"doitac", ROLE_PARTNER, 1, false},     {"phoihop", ROLE_PARTNER, 1, false},
    {"duocgiupdo", ROLE_PARTNER, 2, false}, {"lienket", ROLE_PARTNER, 1, false},
    {"truong", ROLE_SCHOOL, 0, false},      {"donvi", ROLE_SCHOOL, 0, false},
    {"cosogiaoduc", ROLE_SCHOOL, 2, false},
};

static bool header_is(const HeaderWord *w, const char *text, int n)
{
    if (w->whole) return edit_distance(text, n, w->letters, (int)strlen(w->letters), w->most) <= w->most;
    return has_fuzzy(text, w->letters, w->most);
}

static bool has_number(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && viet_is_digit((unsigned char)r.v[i].text[0])) return true;
    return false;
}

Role header_role(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    int n = compact_run(r, false, text), m = compact_run(r, true, raw);
    enum { LONGEST_HEADER = 60 }; /* letters */
    if (!n || n > LONGEST_HEADER) return ROLE_NONE;
    for (size_t i = 0; i < sizeof header_words / sizeof *header_words; i++) {
        const HeaderWord *w = &header_words[i];
        if ((header_is(w, text, n) || header_is(w, raw, m)) && !(w->role == ROLE_SCHOOL && has_number(r)))
            return w->role;
    }
    return ROLE_NONE;
}
