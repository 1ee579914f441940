/* Where sentences name schools: "giữa trường MN Hoa Mai quận Hà Đông và các trường mầm non Sơn Ca, Họa Mi (huyện Ba Vì)"
 *
 * 1. Words of a level, "trường" before them or not, and then a name: words with capitals, up to a small
 * letter, a mark, the end of a line in capitals, or the words of a unit, an office or another school.
 * 2. What follows may say the district: (huyện Ba Vì), quận Hà Đông, - Ba Vì, thuộc Phòng GD&ĐT huyện Ba Vì.
 * 3. After "các trường" names follow one another: each is a school of the first one's level, and a district
 * that only the last has is that of all. "... lần lượt kết nghĩa với Sơn Ca, Họa Mi" goes on with such a list. */
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    MOST_NAME = 6,     /* syllables of a name */
    MOST_BRACKET = 14, /* tokens in a bracket after it */
    MOST_PREFIX = 16,  /* tokens of "Trường" and the level's words */
    CUE_NEAR = 4,      /* tokens between a cue and "với", behind which a list goes on */
};

/* ---- one mention ---- */

/* In capitals every word looks like a name's; does one of those that end names stand at i? */
static bool after_name(const Body *b, int i, int end)
{
    enum { SHORT = 5 }; /* letters of a word that a name may have too */
    KeywordList list = words_of_kind(b->doc->words, WORD_AFTER_NAME);
    for (const Keyword *w = list.v; w < list.v + list.n; w++) {
        int used = body_is(b, i, end, w);
        if (!used || !body_marked(b, i, i + used, w->value ? NULL : w->lower)) continue;
        if (w->len > SHORT || b->tok.v[i].new_line || body_capitals(b, i, i + 1) || !body_capital(b, i))
            return true;
    }
    return false;
}

/* Have a level's words, or "trường", these first two letters? Comparing every word with every level costs too
 * much. */
static bool may_begin_level(const Body *b, int i)
{
    const Keywords *words = b->doc->words;
    return !b->tok.v[i].mark && (words_begin_level(words, b->text[i]) || words_begin_level(words, b->raw[i]));
}

static bool ends_name(const Body *b, int i, int end)
{
    int used;
    if (body_unit(b, i, end) && i + 1 < end && (body_capital(b, i + 1) || b->text[i][1] == '\0')) return true;
    if (after_name(b, i, end) || body_says(b, i, end, WORD_ENDS_NAME)) return true;
    if (!may_begin_level(b, i)) return false;
    Level level = level_prefix((Run){b->tok.v + i, end - i < MOST_PREFIX ? end - i : MOST_PREFIX}, &used);
    return level != LEVEL_NONE;
}

static bool is_numbered(const char *s) /* "3-2", "19/5", "20-10" */
{
    size_t n = strspn(s, "0123456789");
    return n >= 1 && n <= 2 && (s[n] == '-' || s[n] == '/') && viet_is_digit(s[n + 1]) &&
           strlen(s) <= n + 1 + strspn(s + n + 1, "0123456789") +
                            strspn(s + n + 1 + strspn(s + n + 1, "0123456789"), ".,;:)\"");
}

/* Quotes, dashes, stops at a word's end: no part of a name, and its end. */
static size_t bare_length(const char *s)
{
    static const char *const tails[] = {"-", ".", ",", ":", ";", "\"", "'", "”",
                                        "“", "’", "–", "?", "!", ")",  "/", "…"};
    size_t n = strlen(s);
    const char *dash = strchr(s, '-');
    int32_t c = 0;
    if (dash && dash > s) utf8_decode(dash + 1, strlen(dash + 1), &c);
    if (c && viet_is_letter(c) && !viet_is_upper(c)) n = (size_t)(dash - s); /* "Sữa-để biết" */
    for (size_t k = 0; k < sizeof tails / sizeof *tails; k++) {
        size_t m = strlen(tails[k]);
        if (n <= m || strncmp(s + n - m, tails[k], m) != 0) continue;
        n -= m;
        k = (size_t)-1;
    }
    return n;
}

/* "Võng Xuyên 1", "Cổ Nhuế 2B": a number that counts nothing ("Hoa Mai 2 buổi"). */
static bool is_sister_number(const Body *b, int i, int end)
{
    const char *s = b->tok.v[i].text;
    size_t n = bare_length(s);
    int used;
    if (b->tok.v[i].mark || b->tok.v[i].new_line || !viet_is_digit(s[0]) || s[0] == '0') return false;
    if (numeral_kind(s, n) == NUMERAL_BOTH) return true;
    if (n != 1) return false;
    if (s[1] || i + 1 >= end || b->tok.v[i + 1].new_line || b->tok.v[i + 1].mark) return true;
    return !body_word_marked(b, i + 1, end, WORD_COUNTED_NOUN, &used);
}

/* One past the name that begins at i; the last word may carry a stop. */
static int name_end(const Body *b, int i, int end)
{
    int k = i;
    bool capitals = body_capitals(b, i, i + 2 < end ? i + 2 : end) && b->lines.v[b->line[i]].capitals;
    for (; k < end && k < i + MOST_NAME; k++) {
        const Tok *t = &b->tok.v[k];
        bool number = !t->mark && is_numbered(t->text);
        if (t->mark || (t->new_line && k > i && (capitals || b->lines.v[b->line[k]].paragraph))) break;
        if (k > i && is_sister_number(b, k, end)) return k + 1;
        if (!number && !body_capital(b, k)) break;
        if (k > i && !number && ends_name(b, k, end)) break;
        if (bare_length(t->text) < strlen(t->text)) return k + 1;
    }
    return k;
}

static const char *name_text(const Body *b, int first, int end)
{
    Arena *a = &b->doc->a;
    bool capitals = body_capitals(b, first, end) && end - first >= 2;
    Buf s = {0};
    for (int i = first; i < end; i++) {
        const char *word = b->tok.v[i].text, *lower = viet_lower_str(a, word);
        size_t n = bare_length(word);
        if (s.len && !b->tok.v[i].glued) buf_addc(&s, ' ');
        if (capitals && !numeral_kind(word, n)) {
            size_t one = utf8_offset(word, 1);
            buf_addn(&s, word, one);
            buf_addn(&s, lower + utf8_offset(lower, 1),
                     n > one ? strlen(lower) - utf8_offset(lower, 1) - (strlen(word) - n) : 0);
        } else {
            buf_addn(&s, word, n);
        }
    }
    const char *text = viet_tone_str(a, buf_str(&s), TONE_OLD);
    buf_release(&s);
    return text;
}

/* A name has a syllable of letters ("D3" is a class), or is a date. */
static bool good_name(const Body *b, int first, int end)
{
    KeywordList none = words_of_kind(b->doc->words, WORD_NO_SCHOOL);
    Arena tmp = {0};
    const char *name = name_text(b, first, end), *key = viet_key(&tmp, name);
    bool good = end - first == 1 && is_numbered(b->tok.v[first].text);
    for (int i = first; i < end && !good; i++)
        good = utf8_length(b->tok.v[i].text) >= 2 &&
               !numeral_kind(b->tok.v[i].text, bare_length(b->tok.v[i].text)) &&
               !strpbrk(b->tok.v[i].text, "0123456789");
    if (end - first == 1 && good && !is_numbered(name)) good = gazetteer_count(b->doc->names, name) > 0;
    for (int k = 0; k < none.n; k++) good = good && !str_starts(key, none.v[k].key);
    arena_release(&tmp);
    return good;
}

/* ---- its district ---- */

static bool breaks(const Body *b, int i) /* a paragraph begins, or a heading's next line */
{
    return b->tok.v[i].new_line && (b->lines.v[b->line[i]].paragraph || b->lines.v[b->line[i]].capitals);
}

static const char *known_district(const Body *b, int i, int end, int *used)
{
    for (int n = 4; n > 0; n--) {
        if (i + n > end || !body_capital(b, i)) continue;
        bool words = true;
        for (int k = i; k < i + n; k++) words = words && !b->tok.v[k].mark && (k == i || !breaks(b, k));
        const char *name = words ? gazetteer_lookup_district(b->doc->names, name_text(b, i, i + n)) : NULL;
        if (name) return *used = n, name;
    }
    return NULL;
}

/* "quận Hà Đông", "xã Vân Hòa, huyện Ba Vì" at i: one past it, or i. */
static int take_unit(const Body *b, int i, int end, const char **district)
{
    int used;
    const Keyword *word = body_unit_word(b, i, end, &used);
    int unit = i + used;
    if (!word || unit >= end) return i;
    if (word->value == UNIT_WARD) {
        int k = unit;
        while (k < end && k < unit + 4 && !b->tok.v[k].mark && body_capital(b, k) && !body_unit(b, k, end))
            k++;
        int next = k < end && (b->tok.v[k].mark == ',' || b->tok.v[k].mark == '-') ? k + 1 : k;
        int more = k > unit ? take_unit(b, next, end, district) : next;
        return more > next ? more : k > unit ? k : i;
    }
    const char *name = known_district(b, unit, end, &used);
    if (name) return *district = name, unit + used;
    int k = unit; /* a district that the list does not have */
    while (k < end && k < unit + 3 && !b->tok.v[k].mark && body_capital(b, k) && !b->tok.v[k].new_line) {
        const char *part = b->tok.v[k++].text;
        if (bare_length(part) < strlen(part)) break;
    }
    if (k > unit && word->value != UNIT_PROVINCE) *district = name_text(b, unit, k);
    return k > unit ? k : i;
}

static int past_link(const Body *b, int i, int end)
{
    KeywordList links = words_of_kind(b->doc->words, WORD_OF_PLACE);
    int k = i;
    if (k < end && (b->tok.v[k].mark == ',' || b->tok.v[k].mark == '-') && !b->tok.v[k].new_line) k++;
    for (const Keyword *w = links.v; w < links.v + links.n; w++)
        if (k < end && (w->value || !body_capital(b, k))) k += body_is(b, k, end, w);
    return k;
}

/* One past what says the district of the school whose name ends at i. */
static int take_district(const Body *b, int i, int end, const char **district)
{
    int used;
    if (i < end && b->tok.v[i].mark == '(') {
        int close = i + 1;
        while (close < end && close < i + MOST_BRACKET && b->tok.v[close].mark != ')') close++;
        if (close == end || b->tok.v[close].mark != ')') return i;
        int k = past_link(b, i + 1, close);
        take_unit(b, k, close, district);
        if (!*district)
            *district = district_mentioned(&b->doc->a, b->doc->names, (Run){b->tok.v + i + 1, close - i - 1});
        if (!*district) *district = known_district(b, k, close, &used);
        return *district || body_unit(b, k, close) ? close + 1 : i;
    }
    int k = past_link(b, i, end), to = take_unit(b, k, end, district);
    if (to > k) return to;
    bool dash = i < end && k > i && b->tok.v[i].mark == '-';
    bool glued_dash = i > 0 && strchr("-", b->tok.v[i - 1].text[strlen(b->tok.v[i - 1].text) - 1]) != NULL;
    if (i < end && (dash || glued_dash) && (*district = known_district(b, k, end, &used))) return k + used;
    return i;
}

/* ---- how a mention begins ---- */

/* May a school be named at i: a level's words or "trường", and a name's capital soon behind? */
static bool may_begin(const Body *b, int i)
{
    bool start = may_begin_level(b, i) && !body_ends(b, i), capital = false;
    int n = (int)b->tok.n;
    for (int k = i + 1; start && k < n && k < i + MOST_PREFIX && !capital; k++)
        capital = body_capital(b, k) || viet_is_digit(b->tok.v[k].text[0]);
    return capital;
}

/* "chuyên", "công lập" between level and name. */
static int past_kind(const Body *b, int i, int end)
{
    int used = body_says(b, i, end, WORD_SCHOOL_KIND);
    return used && !body_capital(b, i) ? i + used : i;
}

/* "Công đoàn", "Chi bộ" before the school, which speak of those in it: *first is where they begin. */
static PairKind organisation_before(const Body *b, int first, int from, int *begin)
{
    enum { MOST = 4, SHORT = 4 }; /* tokens of the words; letters of those that need a capital ("Đoàn") */
    for (int i = first - MOST > from ? first - MOST : from; i < first; i++) {
        int used;
        const Keyword *w = body_word_marked(b, i, first, WORD_ORGANISATION, &used);
        bool whole =
            w && (i + used == first || (i + used == first - 1 && body_says(b, first - 1, first, WORD_OF)));
        if (whole && (w->len > SHORT || body_capital(b, i))) return *begin = i, (PairKind)w->value;
    }
    return PAIR_SCHOOLS;
}

/* "CÁC TRƯỜNG QUẬN HÀ ĐÔNG" are those of a district; "Trường THPT Thành phố Lai Châu" is one named after it. */
static bool is_of_district(const Body *b, int first, int name, Level level)
{
    int used;
    const Keyword *unit = body_unit_word(b, name, (int)b->tok.n, &used);
    bool several = first && body_says(b, first - 1, first, WORD_SEVERAL);
    return unit && unit->value != UNIT_WARD && (several || !level);
}

static bool add_mention(Schools *s, const Body *b, int first, int name, Level level)
{
    int n = (int)b->tok.n, end = name_end(b, name, n);
    if (end == name || is_of_district(b, first, name, level) || !good_name(b, name, end)) return false;
    Mention m = {.first = first, .name_first = name, .name_end = end, .level = level, .school = -1};
    int before = s->at.n ? s->at.v[s->at.n - 1].end : 0;
    m.kind = organisation_before(b, first, before, &m.first);
    m.name = name_text(b, name, end);
    m.end = take_district(b, end, n, &m.district);
    m.prob = body_prob(b, name, end);
    *vec_push(&s->at) = m;
    return true;
}

/* "Trưởng", "Trương": the letters of "trường" with other marks. */
static bool is_no_lead(const Body *b, int i)
{
    Arena a = {0};
    const char *lower = viet_lower_str(&a, b->tok.v[i].text);
    KeywordList others = words_of_kind(b->doc->words, WORD_NO_LEAD);
    bool other = false;
    for (int k = 0; k < others.n; k++) other = other || str_eq(lower, others.v[k].lower);
    arena_release(&a);
    return other;
}

/* "Trường" before a name without a level: not "Nhà trường", "Hiệu trưởng", and the name on the same line. */
static int lead_at(const Body *b, int i, int end)
{
    int used = body_says(b, i, end, WORD_LEAD);
    if (!used || i + 1 >= end || b->tok.v[i + 1].new_line || is_no_lead(b, i)) return 0;
    return i && body_says(b, i - 1, i, WORD_BEFORE_NO_LEAD) ? 0 : used;
}

/* The words of a level at i, "Trường" before them or not; in *used how many. Of "Trường THCS và THPT" the
 * longer. */
static Level level_at(const Body *b, int i, int end, int *used)
{
    Run r = {b->tok.v + i, end - i < MOST_PREFIX ? end - i : MOST_PREFIX};
    int more = 0;
    for (int k = 1; k < r.n; k++) /* "... giữa hai nhà trường" ends a paragraph, the next begins "Trường" */
        if (b->tok.v[i + k].new_line && b->lines.v[b->line[i + k]].paragraph) r.n = k;
    Level level = level_prefix(r, used);
    if (!body_says(b, i, i + 1, WORD_LEAD)) return level;
    Level without = level_prefix(run_part(r, 1, r.n - 1), &more);
    if (!without || more + 1 <= *used) return level;
    return *used = more + 1, without;
}

/* ---- lists of names ---- */

/* One past the comma or "và", or both, between two names of a list; 0: nothing parts them. */
static int past_part(const Body *b, int i, int end)
{
    int k = i + (i < end && b->tok.v[i].mark == ',' && !breaks(b, i));
    if (k < end && !b->tok.v[k].mark && body_says(b, k, end, WORD_AND) == 1 && !body_capital(b, k)) k++;
    return k > i && k < end && !breaks(b, k) ? k : 0;
}

/* May a name without "trường" and level stand here, that of a school and of nobody else? */
static bool bare_name(const Body *b, int i, int end)
{
    int used;
    bool other = body_agency_rank(b, i, end) || body_unit(b, i, end) || body_says(b, i, end, WORD_OTHERS) ||
                 body_says(b, i, end, WORD_ORGANISATION);
    return body_capital(b, i) && !other && !level_at(b, i, end, &used) && !lead_at(b, i, end);
}

/* Do "các", "hai", "ba" stand before the last mention, or a school of such a list, so that names may follow? */
static bool begins_list(const Schools *s, const Body *b)
{
    const Mention *m = &s->at.v[s->at.n - 1], *last = s->at.n > 1 ? m - 1 : NULL;
    int before = m->first > 2 ? m->first - 2 : 0, n = (int)b->tok.n;
    if (last && before < last->end) before = last->end;
    bool follows = last && last->listed && past_part(b, last->end, n) == m->first;
    return follows || body_find(b, before, m->first, WORD_SEVERAL, NULL) >= 0;
}

/* Those of the list that ends with the last mention and say no district are of the one that is said behind them:
 * "A, B (huyện Y)". */
static void share_district(Schools *s, const Body *b)
{
    int n = (int)b->tok.n;
    for (size_t i = s->at.n - 1; i > 0; i--) {
        Mention *m = &s->at.v[i];
        if (!m[-1].listed || past_part(b, m[-1].end, n) != m->first) return;
        if (!m[-1].district) m[-1].district = m->district;
    }
}

/* The names behind the last mention, which begins a list. */
static void add_list(Schools *s, const Body *b)
{
    size_t first = s->at.n - 1;
    int n = (int)b->tok.n, i;
    s->at.v[first].listed = true;
    while ((i = past_part(b, s->at.v[s->at.n - 1].end, n)) && bare_name(b, i, n)) {
        if (!add_mention(s, b, i, i, s->at.v[first].level)) break;
        s->at.v[s->at.n - 1].listed = true;
    }
    share_district(s, b);
}

/* Is "với" at i what a list goes on behind: "các trường A, B lần lượt kết nghĩa với C, D"? The list's level, in
 * *level, holds for the names. */
static bool list_goes_on(const Schools *s, const Body *b, int i, int end, Level *level)
{
    const Mention *last = s->at.n ? &s->at.v[s->at.n - 1] : NULL;
    if (!last || !last->listed || i + 1 >= end || !body_says(b, i, end, WORD_WITH)) return false;
    int from = i - CUE_NEAR > last->end ? i - CUE_NEAR : last->end;
    for (int k = last->end; k < i; k++)
        if (body_ends(b, k)) return false;
    *level = last->level;
    return body_find(b, from, i, WORD_CUE, NULL) >= 0 && bare_name(b, i + 1, end);
}

/* ---- all mentions ---- */

/* Where the name begins of a school that begins at i, its level in *level; 0: none does. *used: words of the
 * level. */
static int school_at(const Body *b, int i, int n, Level *level, int *used)
{
    *level = may_begin(b, i) ? level_at(b, i, n, used) : LEVEL_NONE;
    int lead = *level || !may_begin(b, i) ? 0 : lead_at(b, i, n);
    if (!*level && !lead) return 0;
    int name = past_kind(b, i + (*level ? *used : lead), n);
    bool several = name + 1 < n && b->tok.v[name].mark == ':' && i && body_says(b, i - 1, i, WORD_SEVERAL);
    if (several) name++; /* "các trường: A, B" */
    bool apart = name >= n || b->tok.v[name].mark == ':';
    return apart || (lead && !body_capital(b, name)) ? 0 : name;
}

void mentions_find(Schools *s, const Body *b)
{
    int n = (int)b->tok.n;
    for (int i = 0; i < n; i++) {
        int used = 0;
        Level level;
        bool list = list_goes_on(s, b, i, n, &level);
        int name = list ? i + 1 : school_at(b, i, n, &level, &used), first = list ? name : i;
        if (name && add_mention(s, b, first, name, level)) {
            if (list || begins_list(s, b)) add_list(s, b);
            i = s->at.v[s->at.n - 1].end - 1;
        } else if (name && level && !list)
            i += used - 1;
    }
}
