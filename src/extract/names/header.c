/* "Đơn vị kết nghĩa" holds "donvi", a school, and "ketnghia", a partner: the first
 * "header" of dicts/words.tsv that fits decides, and partners stand before schools in it. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>

static bool header_is(const Keyword *w, const char *text, int n)
{
    if (!w->also) return has_fuzzy(text, w->letters, w->edits);
    return abs(n - w->len) <= w->edits && edit_distance(text, n, w->letters, w->len, w->edits) <= w->edits;
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
    KeywordList headers = words_of_kind(r.v[0].words, WORD_HEADER);
    for (const Keyword *w = headers.v; w < headers.v + headers.n; w++)
        if ((header_is(w, text, n) || header_is(w, raw, m)) && !(w->value == ROLE_SCHOOL && has_number(r)))
            return (Role)w->value;
    return ROLE_NONE;
}
