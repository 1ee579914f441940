/* "Hiệu trưởng đơn vị kết nghĩa" is the header of a column of persons: in Vietnamese the head of a phrase stands first, so
 * of the words that dicts/words.tsv has for headers the one that stands first decides ("hiệu trưởng" at 0, "đơn vị" at
 * 10). "kết nghĩa" says on which side of the pairing it stands. "Trường mầm non quận Tây Hồ" has schools, their level and
 * their district. */
#include "extract/names/names.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

static bool has_number(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && viet_is_digit((unsigned char)r.v[i].text[0])) return true;
    return false;
}

/* A lone digit, and behind it nothing or whose: "1", "2 thuộc quận Long Biên"; "1 Nam Phước" is a name. */
static bool is_count(Run r)
{
    int unit;
    if (!r.n || r.v[0].mark || strlen(r.v[0].text) != 1 || !viet_is_digit((unsigned char)r.v[0].text[0]))
        return false;
    Run rest = run_part(r, 1, r.n - 1);
    return !rest.n || rest.v[0].mark || !tok_capital(&rest.v[0]) || unit_word(rest, &unit);
}

/* Tokens at the front that say no more than that it is a school: "Trường", "Đơn vị số", "Trường THPT". */
static int school_words(Run r)
{
    int used, n = 0;
    while (n < r.n) {
        Run rest = run_part(r, n, r.n - n);
        const Keyword *w;
        if (level_prefix(rest, &used))
            n += used;
        else if ((w = run_word(rest, WORD_HEADER, &used)) && !w->also && w->value == HEADER_SCHOOL)
            n += used;
        else if (tok_is_lead(&rest.v[0]) || tok_is(&rest.v[0], "so") || tok_is(&rest.v[0], "ten"))
            n++;
        else
            break;
    }
    return n;
}

static bool is_header_word(Run r, WordKind kind)
{
    Letters l;
    run_letters(r, &l);
    KeywordList list = words_of_kind(r.v[0].words, kind);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (!(w->also && kind == WORD_HEADER) && run_find(r, &l, w) == 0) return true;
    return false;
}

int header_count(Run r)
{
    int n = school_words(r);
    return n && is_count(run_part(r, n, r.n - n)) ? str_int(r.v[n].text) : 0;
}

/* All of the header is the word. */
static bool is_whole(const Letters *l, const Keyword *w)
{
    return (abs(l->n - w->len) <= w->edits &&
            edit_distance(l->text, l->n, w->letters, w->len, w->edits) <= w->edits) ||
           (abs(l->m - w->len) <= w->edits &&
            edit_distance(l->raw, l->m, w->letters, w->len, w->edits) <= w->edits);
}

/* The word that stands first, of those at one place the longest. */
static HeaderKind head_kind(Run r, const Letters *l)
{
    KeywordList list = words_of_kind(r.v[0].words, WORD_HEADER);
    const Keyword *best = NULL;
    int first = COMPACT_MOST;
    for (const Keyword *w = list.v; w < list.v + list.n; w++) {
        if (w->also && is_whole(l, w)) return (HeaderKind)w->value;
        int at = w->also ? -1 : run_find(r, l, w);
        if (at < 0 || at > first || (at == first && best && w->len <= best->len)) continue;
        best = w, first = at;
    }
    return best ? (HeaderKind)best->value : HEADER_NONE;
}

static HeaderSide head_side(Run r, const Letters *l)
{
    KeywordList list = words_of_kind(r.v[0].words, WORD_HEADER_SIDE);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (run_find(r, l, w) >= 0) return (HeaderSide)w->value;
    return HEADER_NO_SIDE;
}

/* Brackets qualify what stands before them. */
static Run before_bracket(Run r)
{
    int n = 0;
    while (n < r.n && r.v[n].mark != '(') n++;
    return n ? run_part(r, 0, n) : r;
}

static bool speaks_of_twins(Run r)
{
    Letters l;
    run_letters(r, &l);
    KeywordList list = words_of_kind(r.v[0].words, WORD_EVIDENCE);
    for (const Keyword *w = list.v; w < list.v + list.n; w++)
        if (!w->also && run_find(r, &l, w) >= 0) return true;
    return false;
}

/* "Thuận Lợi", not "thuận lợi" or "THUẬN LỢI". */
static bool is_title_case(Run r)
{
    int32_t c;
    const char *s = r.v[0].text;
    size_t n = utf8_decode(s, strlen(s), &c);
    utf8_decode(s + n, strlen(s + n), &c);
    return r.n > 1 && tok_capital(&r.v[0]) && tok_capital(&r.v[1]) && viet_is_letter(c) && !viet_is_upper(c);
}

/* "Hoa Mai", "tư thục Hoa Cúc", "số 1 Diễn Trung", "Thị trấn Châu Lý"; not "quận Tây Hồ", "nội thành", "1". */
static bool may_be_name(Run r)
{
    int unit = 0, used;
    bool number = r.n > 1 && tok_is(&r.v[0], "so") && viet_is_digit((unsigned char)r.v[1].text[0]);
    if (!tok_capital(&r.v[0]) && !number && !run_word(r, WORD_SCHOOL_KIND, &used)) return false;
    UnitKind kind = unit_word(r, &unit);
    bool side = is_header_word(r, WORD_HEADER_SIDE) && !is_title_case(r);
    return (!kind || (kind == UNIT_WARD && unit < r.n)) && !is_count(r) && !side && !speaks_of_twins(r) &&
           !is_header_word(r, WORD_HEADER);
}

bool run_is_school(Run r)
{
    int used;
    if (!r.n || !level_prefix(r, &used) || used >= r.n) return false;
    Run rest = run_part(r, used, r.n - used);
    while (rest.n && rest.v[0].mark) rest = run_part(rest, 1, rest.n - 1);
    return rest.n && run_words(rest) && may_be_name(rest);
}

bool header_names_school(Run r)
{
    int n = school_words(r);
    Run rest = run_part(r, n, r.n - n);
    return n && rest.n && !rest.v[0].mark && may_be_name(rest) && !is_header_word(rest, WORD_HEADER_AFTER);
}

static bool says_school(Run r, const Letters *l)
{
    KeywordList leads = words_of_kind(r.v[0].words, WORD_LEAD);
    for (const Keyword *w = leads.v; w < leads.v + leads.n; w++)
        if (run_find(r, l, w) >= 0) return true;
    return false;
}

Header header_read(Arena *a, const Gazetteer *g, Run r)
{
    Header h = {0};
    Letters l, head;
    if (!r.n || run_is_school(r)) return h;
    run_letters(r, &l);
    if (!l.n || l.n >= COMPACT_MOST - 1) return h;
    Run main = before_bracket(r);
    run_letters(main, &head);
    h.kind = head_kind(main, &head);
    h.side = head_side(r, &l), h.count = header_count(main);
    if (h.kind == HEADER_SCHOOL && has_number(main) && !h.side && !h.count) h.kind = HEADER_NONE;
    h.level = level_mentioned(r);
    h.district = g ? district_mentioned(a, g, r) : NULL;
    h.schools = h.level || says_school(r, &l);
    h.known = h.kind || h.side || h.level || h.district;
    return h;
}

Role header_role(Run r)
{
    Header h = header_read(NULL, NULL, r);
    bool second = h.side == HEADER_SECOND || h.side == HEADER_RELATED;
    switch (h.kind) {
    case HEADER_ORDINAL: return ROLE_ORDINAL;
    case HEADER_LEVEL: return ROLE_LEVEL;
    case HEADER_DISTRICT: return ROLE_DISTRICT;
    case HEADER_PLACE:
    case HEADER_OTHER: return ROLE_OTHER;
    case HEADER_SCHOOL: return second ? ROLE_PARTNER : ROLE_SCHOOL;
    default: return second ? ROLE_PARTNER : ROLE_NONE;
    }
}
