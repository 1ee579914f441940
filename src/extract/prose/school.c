/* Schools in sentences: "giữa trường MN Hoa Mai quận Hà Đông và trường mầm non Sơn Ca (huyện Ba Vì)"
 *
 * 1. Words of a level, "trường" before them or not, and then a name: words with capitals, up to a small
 * letter, a mark, the end of a line in capitals, or the words of a unit, an office or another school.
 * 2. What follows may say the district: (huyện Ba Vì), quận Hà Đông, - Ba Vì, thuộc Phòng GD&ĐT huyện Ba Vì.
 * 3. Names that are equal without marks are one school; so are "Cao Sơn" and "Cao Sơn B" where no other
 * school is named so, and, where an engine misread letters, names that differ in one of them.
 * 4. "Trường Hoa Mai" without a level is a school that was named with it before. */
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    MOST_NAME = 6,      /* syllables of a name */
    MOST_BRACKET = 14,  /* tokens in a bracket after it */
    MOST_PREFIX = 16,   /* tokens of "Trường" and the level's words */
    MOST_WEIGHED = 100, /* mentions of one school that are compared: more tell nothing new */
    LEAST_MISREAD = 8,  /* letters of a name of which one may be misread */
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

static bool ends_name(const Body *b, int i, int end)
{
    int used;
    if (body_unit(b, i, end) && i + 1 < end && (body_capital(b, i + 1) || b->text[i][1] == '\0')) return true;
    if (after_name(b, i, end) || body_says(b, i, end, WORD_ENDS_NAME)) return true;
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

/* "Võng Xuyên 1": a digit that no counted word follows ("Hoa Mai 2 buổi"). */
static bool is_sister_number(const Body *b, int i, int end)
{
    const char *s = b->tok.v[i].text;
    size_t n = bare_length(s);
    if (n != 1 || !viet_is_digit(s[0]) || s[0] == '0' || b->tok.v[i].new_line) return false;
    if (s[1] || i + 1 >= end || b->tok.v[i + 1].new_line || b->tok.v[i + 1].mark) return true;
    return body_capital(b, i + 1) || body_unit(b, i + 1, end) || body_says(b, i + 1, end, WORD_AND) ||
           body_says(b, i + 1, end, WORD_WITH) || body_says(b, i + 1, end, WORD_BELONGS);
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

/* ---- all mentions ---- */

/* Have a level's words, or "trường", these first two letters, and does a name's capital follow soon? Comparing
 * every word with every level costs too much. */
static bool may_begin(const Body *b, int i)
{
    const Keywords *words = b->doc->words;
    if (b->tok.v[i].mark) return false;
    bool start = words_begin_level(words, b->text[i]) || words_begin_level(words, b->raw[i]), capital = false;
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

static bool add_mention(Schools *s, const Body *b, int first, int name, Level level)
{
    int n = (int)b->tok.n, end = name_end(b, name, n);
    if (end == name || !good_name(b, name, end)) return false;
    Mention m = {.first = first, .name_first = name, .name_end = end, .level = level, .school = -1};
    m.name = name_text(b, name, end);
    m.end = take_district(b, end, n, &m.district);
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

/* "hai trường Tiểu học Nguyễn Trãi và Đại Thanh": the level of the first is the second's too. */
static void add_second(Schools *s, const Body *b)
{
    Mention m = s->at.v[s->at.n - 1];
    int n = (int)b->tok.n, i = m.end, used;
    int before = m.first > 2 ? m.first - 2 : 0;
    bool several = body_find(b, before, m.first, WORD_SEVERAL, NULL) >= 0;
    if (!several || !m.level || i + 2 >= n) return;
    bool joined =
        b->tok.v[i].mark == ',' || body_says(b, i, n, WORD_AND) == 1 || body_says(b, i, n, WORD_WITH) == 1;
    if (!joined || !body_capital(b, i + 1) || body_agency_rank(b, i + 1, n) || level_at(b, i + 1, n, &used))
        return;
    if (name_end(b, i + 1, n) >= i + 3) add_mention(s, b, i + 1, i + 1, m.level);
}

static void find_mentions(Schools *s, const Body *b)
{
    int n = (int)b->tok.n;
    for (int i = 0; i < n; i++) {
        int used, name;
        if (!may_begin(b, i)) continue;
        Level level = level_at(b, i, n, &used);
        int lead = level ? 0 : lead_at(b, i, n);
        if (!level && !lead) continue;
        name = past_kind(b, i + (level ? used : lead), n);
        bool apart = b->tok.v[name < n ? name : n - 1].mark == ':' || name >= n;
        if (apart || (lead && !body_capital(b, name))) continue;
        if (add_mention(s, b, i, name, level)) {
            add_second(s, b);
            i = s->at.v[s->at.n - 1].end - 1;
        } else if (level)
            i += used - 1;
    }
}

/* ---- schools ---- */

static const float DOUBTED = 0.5f; /* a name read with less is as likely wrong as right */

static float mention_prob(const Body *b, const Mention *m)
{
    return body_prob(b, m->name_first, m->name_end);
}

static bool same_but_suffix(const char *shorter, const char *longer)
{
    size_t n = strlen(shorter);
    return strncmp(shorter, longer, n) == 0 && longer[n] == ' ' && strlen(longer + n + 1) <= 3 &&
           !strchr(longer + n + 1, ' ') &&
           (strspn(longer + n + 1, "ivx0123456789") == strlen(longer + n + 1) || !longer[n + 2]);
}

static bool misread(const Body *b, const char *x, const char *y, bool doubted)
{
    int n = (int)strlen(x), m = (int)strlen(y);
    bool open = doubted || (!b->doc->marks_read && n == m); /* names one letter apart are often two schools */
    if (!open || n < LEAST_MISREAD || m < LEAST_MISREAD) return false;
    if (x[n - 1] != y[m - 1] && x[n - 2] == ' ') return false; /* A and B */
    return edit_distance(x, n, y, m, 1) <= 1;
}

static int school_of(const Schools *s, const Body *b, const Mention *m, const char *key)
{
    int found = -1;
    for (int i = 0; i < (int)s->v.n; i++) {
        const ProseSchool *v = &s->v.v[i];
        bool doubted = mention_prob(b, m) < DOUBTED || v->sure < DOUBTED;
        bool same = strcmp(v->key, key) == 0 || misread(b, v->key, key, doubted);
        if (!same || !levels_agree(v->level, m->level)) continue;
        if (m->level && v->level == m->level) return i;
        if (found < 0) found = i;
    }
    return found;
}

/* Levels first: "Trường Hoa Mai" waits for "trường mầm non Hoa Mai", wherever that stands. */
static void group(Schools *s, const Body *b)
{
    Arena *a = &b->doc->a;
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < s->at.n; i++) {
            Mention *m = &s->at.v[i];
            if ((m->level == LEVEL_NONE) != (round == 1)) continue;
            const char *key = viet_key(a, m->name);
            m->school = school_of(s, b, m, key);
            if (m->school >= 0) continue;
            if (round == 1 && m->name_end - m->name_first < 2) continue; /* "Trường Sơn" */
            m->school = (int)s->v.n;
            *vec_push(&s->v) = (ProseSchool){.level = m->level, .key = key, .sure = mention_prob(b, m)};
        }
}

/* "Cao Sơn" is "Cao Sơn B" where that is the only one named so and is named more often. */
static void join_suffixes(Schools *s)
{
    VEC(int) count = {0};
    for (size_t i = 0; i < s->v.n; i++) *vec_push(&count) = 0;
    for (size_t i = 0; i < s->at.n; i++)
        if (s->at.v[i].school >= 0) count.v[s->at.v[i].school]++;
    for (size_t i = 0; i < s->v.n; i++) {
        int to = -1, others = 0;
        for (size_t k = 0; k < s->v.n; k++)
            if (same_but_suffix(s->v.v[i].key, s->v.v[k].key) &&
                levels_agree(s->v.v[i].level, s->v.v[k].level))
                to = (int)k, others++;
        if (others != 1 || count.v[to] <= count.v[i]) continue;
        for (size_t k = 0; k < s->at.n; k++)
            if (s->at.v[k].school == (int)i) s->at.v[k].school = to;
    }
    vec_release(&count);
}

/* The spelling with the most weight, the place that shows it best, and how sure it is: places that agree are
 * taken as independent readings. */
static void settle_name(Schools *s, const Body *b, int school)
{
    ProseSchool *v = &s->v.v[school];
    float best = -1;
    int weighed = 0;
    for (size_t i = 0; i < s->at.n && weighed < MOST_WEIGHED; i++) {
        const Mention *m = &s->at.v[i];
        if (m->school != school) continue;
        weighed++;
        float weight = 0, wrong = 1, top = -1;
        int shown = (int)i;
        for (size_t k = 0; k < s->at.n; k++) {
            const Mention *o = &s->at.v[k];
            if (o->school != school || strcmp(o->name, m->name) != 0) continue;
            float p = mention_prob(b, o);
            weight += p, wrong *= 1 - 0.9f * p;
            float shows = p + (o->level ? 0.2f : 0) + (o->district ? 0.1f : 0);
            if (shows > top) top = shows, shown = (int)k;
        }
        weight += 0.01f * (float)strlen(m->name); /* the whole name rather than a part of it */
        if (weight <= best) continue;
        best = weight;
        v->name = m->name, v->best = shown, v->prob = wrong < 0.01f ? 0.99f : 1 - wrong;
        if (v->prob < mention_prob(b, &s->at.v[shown])) v->prob = mention_prob(b, &s->at.v[shown]);
    }
}

static void settle_district(Schools *s, int school)
{
    int most = 0;
    for (size_t i = 0; i < s->at.n; i++) {
        const Mention *m = &s->at.v[i];
        int n = 0;
        if (m->school != school || !m->district) continue;
        for (size_t k = 0; k < s->at.n; k++)
            n += s->at.v[k].school == school && s->at.v[k].district &&
                 strcmp(s->at.v[k].district, m->district) == 0;
        if (n > most) most = n, s->v.v[school].district = m->district;
    }
}

/* The tokens that a fact was read from. */
static Run fact_run(const Body *b, const Fact *f, int *first)
{
    int n = (int)b->tok.n, i = 0;
    const Place *p = &f->place;
    while (i < n && (b->tok.v[i].page != p->page || b->tok.v[i].index < p->first_word)) i++;
    *first = i;
    while (i < n && b->tok.v[i].page == p->page && b->tok.v[i].index < p->first_word + p->words) i++;
    return (Run){b->tok.v + *first, i - *first};
}

/* Without one said in the text, that of the agency over the school in the letterhead. */
static void letterhead_districts(Schools *s, const Body *b, const FactVec *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        const Fact *issuer = &facts->v[i], *over;
        int first, unused;
        if (issuer->kind != FACT_ISSUER || !(over = fact_lookup(facts, FACT_SUPERIOR, issuer->item)))
            continue;
        const char *district = district_mentioned(&b->doc->a, b->doc->names, fact_run(b, over, &unused));
        int n = fact_run(b, issuer, &first).n;
        for (size_t k = 0; k < s->at.n; k++) {
            const Mention *m = &s->at.v[k];
            bool inside = m->name_first >= first && m->name_first < first + n;
            if (inside && m->school >= 0 && !s->v.v[m->school].district)
                s->v.v[m->school].district = district;
        }
    }
}

void schools_find(Schools *s, const Body *b, const FactVec *facts)
{
    find_mentions(s, b);
    group(s, b);
    for (size_t i = 0; i < s->at.n; i++)
        if (s->at.v[i].school >= 0) s->v.v[s->at.v[i].school].mentions++;
    join_suffixes(s);
    for (int i = 0; i < (int)s->v.n; i++) {
        settle_name(s, b, i);
        settle_district(s, i);
    }
    letterhead_districts(s, b, facts);
}

void schools_release(Schools *s)
{
    vec_release(&s->at);
    vec_release(&s->v);
}
