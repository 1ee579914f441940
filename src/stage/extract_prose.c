/* Which schools the sentences say are twinned.
 *
 *     "Lễ ký kết kết nghĩa giữa trường MN Hoa Mai và trường MN Sơn Ca"       giữa X và Y
 *     "Trường MN Hoa Mai kết nghĩa với các trường MN Sơn Ca, MN Họa Mi"      X ... với Y: two pairings
 *     "Trường MN Hoa Mai và trường MN Sơn Ca đã ký kết biên bản ghi nhớ"     X và Y ký kết
 *     "Hai trường ký kết ..."                                               the two that were named together
 *     "- Trường MN Hoa Mai - Trường MN Sơn Ca" under "các cặp kết nghĩa:"    a list
 *     two letterheads over a memorandum, two heads of schools under it
 *
 * 1. In each sentence the schools that only "và", "với", commas and dashes part are a group, and the words
 * that tell of twinning are cues: "kết nghĩa" by itself; "ký kết", "ghi nhớ" and the like in a text that is
 * about twinning.
 * 2. A cue counts only as it stands: not after "chưa" or "không", not after "dự kiến" or "sẽ", not in "giao
 * ước thi đua"; and a group before it not when it "dự" or "chứng kiến" a ceremony.
 * 3. All that is said of the same two schools is one pairing; what says it again makes it surer and is kept
 * as its mentions. Schools merely named together are none. */
#include "stage/extract_prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    CUE_BEFORE = 45,     /* tokens between a cue and "giữa" */
    CUE_AFTER = 60,      /* tokens between a group and the cue that follows */
    PARTNER_WITHIN = 10, /* tokens between "với" and the school */
    WITH_WITHIN = 28,    /* tokens between a cue and its "với" */
    NEGATION = 4,        /* tokens before a cue in which "chưa" speaks of it */
    PLANNED = 7,         /* the same for "dự kiến" */
    BACK_SENTENCES = 5,  /* how far back "hai trường" may point */
    MOST_GROUP = 8,      /* schools in a group */
    MOST_DIRT = 2,       /* rows that a seal or a signature may be taken for */
    ALL_WITH_ALL = 3, /* schools of which each may be twinned with each of the others; more are a meeting */
};

/* How sure a relation is by the way it is said. */
static const float SAID = 0.97f, SIGNED = 0.92f, LISTED = 0.93f, POINTED = 0.88f, LETTERHEADS = 0.93f,
                   SIGNATURES = 0.8f, OWN = 0.8f, THREE = 0.75f, NOT_ABOUT = 0.6f, DIRT = 0.2f,
                   LEVELS_DIFFER = 0.6f, MOST = 0.99f;

typedef struct Group {
    int first, n; /* mentions: s->at.v[first .. first + n - 1] */
    int part; /* mentions before "với" or "và các trường": those after it are their partners; 0: none */
} Group;

typedef struct Relation {
    int x, y; /* schools */
    int first, end;
    float p;
    const char *rule;
    Date since, until, day; /* told in the sentence, or, the day, above the list */
} Relation;

typedef struct Prose {
    const Body *b;
    Schools s;
    VEC(Relation) said;
    Pairings *found;
    int own;    /* the school that speaks: the only issuer; -1 */
    Group two;  /* the last two schools named together */
    int two_at; /* in which sentence */
    int sentence;
    bool about;           /* the text speaks of twinning */
    bool joint;           /* a kind of document that two sides make together */
    int title, title_end; /* its title's tokens */
    bool list;            /* lines of a list of pairs follow */
    Date list_date;       /* told above it */
} Prose;

/* ---- cues ---- */

typedef struct Cue {
    const char *letters;
    int most;
    bool twin; /* tells by itself */
} Cue;

static const Cue cues[] = {
    {"ketnghia", 1, true},
    {"kyket", 0, false},
    {"kiket", 0, false},
    {"banghinho", 1, false},
    {"giaouoc", 0, false},
    {"kyuoc", 0, false},
    {"kycamket", 1, false},
    {"kehoachphoihop", 2, false},
    {"kehoachlientich", 2, false},
    {"chuongtrinhphoihop", 2, false},
    {"kybienban", 1, false},
    {"kyghinho", 0, false},
    {"hoptacphattrien", 1, false},
    {"thoathuanhoptac", 1, false},
    {"phoihoptochucphongtrao", 2, false},
};

/* A word, its letters and how it is written: "dừng" is not "dựng". */
typedef struct Said {
    const char *letters, *word;
} Said;

/* Is one of the words among the last `within` tokens before the cue? Names are passed over. */
static bool before_it(const Body *b, int cue, int within, int from, const Said *words, size_t n)
{
    int first = cue - within > from ? cue - within : from;
    for (int i = first; i < cue; i++)
        for (size_t k = 0; k < n; k++) {
            int used = body_capital(b, i) && i > from ? 0 : body_is(b, i, cue, words[k].letters, 0);
            if (used && body_marked(b, i, i + used, words[k].word)) return true;
        }
    return false;
}

static bool denied(const Body *b, int cue, int from)
{
    static const Said no[] = {{"khong", "không"}, {"chua", "chưa"}, {"chamdut", "chấm dứt"}, {"dung", "dừng"},
                              {"huy", "hủy"},     {"thoi", "thôi"}, {"tuchoi", "từ chối"},   {"neu", "nếu"}};
    static const Said later[] = {{"dukien", "dự kiến"},
                                 {"dexuat", "đề xuất"},
                                 {"denghi", "đề nghị"},
                                 {"kiennghi", "kiến nghị"},
                                 {"xin", "xin"},
                                 {"mongmuon", "mong muốn"},
                                 {"nguyenvong", "nguyện vọng"},
                                 {"se", "sẽ"},
                                 {"chuanbi", "chuẩn bị"},
                                 {"cothe", "có thể"},
                                 {"xemxet", "xem xét"},
                                 {"truocday", "trước đây"},
                                 {"tung", "từng"},
                                 {"dudinh", "dự định"},
                                 {"muon", "muốn"}};
    return before_it(b, cue, NEGATION, from, no, sizeof no / sizeof *no) ||
           before_it(b, cue, PLANNED, from, later, sizeof later / sizeof *later);
}

/* "giao ước thi đua", "hợp đồng": signed, but no twinning. */
static bool of_another_kind(const Body *b, int end, int sentence_end)
{
    static const char *const other[] = {"thidua", "hopdong", "antoangiaothong", "phongchong"};
    for (int i = end; i < sentence_end && i < end + 3; i++)
        for (size_t k = 0; k < sizeof other / sizeof *other; k++)
            if (body_is(b, i, sentence_end, other[k], 0)) return true;
    return false;
}

/* Does a cue begin at i? One past it. */
static int cue_at(const Prose *p, int i, int from, int end, bool *twin)
{
    const Body *b = p->b;
    if (b->tok.v[i].mark) return 0;
    for (size_t k = 0; k < sizeof cues / sizeof *cues; k++) {
        int used = body_is(b, i, end, cues[k].letters, cues[k].most);
        if (!used || (!cues[k].twin && !p->joint && !p->about)) continue;
        if (denied(b, i, from) || of_another_kind(b, i + used, end)) return 0;
        *twin = cues[k].twin;
        return i + used;
    }
    return 0;
}

/* The first cue in [from, to); *twin whether one there tells by itself. */
static int find_cue(const Prose *p, int from, int to, int sentence, int end, bool *twin)
{
    int found = -1;
    *twin = false;
    for (int i = from; i < to; i++) {
        bool own;
        if (!cue_at(p, i, sentence, end, &own)) continue;
        if (found < 0) found = i;
        *twin |= own;
    }
    return found;
}

/* ---- groups ---- */

static const char *const connectors[] = {"va",   "voi", "cung", "truong", "nhatruong", "cac", "hai",
                                         "ba",   "don", "vi",   "02",     "2",         "gom", "dai",
                                         "dien", "bgh", "ban",  "giam",   "hieu"};

typedef enum Link { LINK_NONE, LINK_AND, LINK_WITH, LINK_AND_THE } Link;

/* What parts two mentions, if nothing but connectors do. */
static Link link_of(const Body *b, const Mention *x, const Mention *y)
{
    Link link = LINK_AND;
    if (y->first < x->end) return LINK_NONE;
    for (int i = x->end; i < y->first; i++) {
        const Tok *t = &b->tok.v[i];
        bool known = t->mark && strchr(",-/+|.)", t->mark) != NULL;
        if (body_is(b, i, y->first, "voi", 0)) link = LINK_WITH;
        if (body_is(b, i, y->first, "cac", 0) && link == LINK_AND) link = LINK_AND_THE;
        for (size_t k = 0; !known && k < sizeof connectors / sizeof *connectors; k++)
            known = body_is(b, i, i + 1, connectors[k], 0) == 1;
        if (!known) {
            char c[COMPACT_MOST];
            known = !t->mark && compact(t->text, c) == 0;
        }
        if (!known) return LINK_NONE;
    }
    return y->first - x->end <= 8 ? link : LINK_NONE;
}

/* The group that begins with mention m; sentence ends at `end`. */
static Group group_at(const Prose *p, int m, int end)
{
    Group g = {m, 1, 0};
    while (m + g.n < (int)p->s.at.n && g.n < MOST_GROUP) {
        const Mention *last = &p->s.at.v[m + g.n - 1], *next = &p->s.at.v[m + g.n];
        Link link = next->first < end ? link_of(p->b, last, next) : LINK_NONE;
        if (link == LINK_NONE) break;
        bool repeats = next->school == last->school;
        if (!repeats && link != LINK_AND && !g.part) g.part = g.n;
        g.n++;
    }
    return g;
}

static int group_end(const Prose *p, Group g)
{
    return p->s.at.v[g.first + g.n - 1].end;
}

static int group_first(const Prose *p, Group g)
{
    return p->s.at.v[g.first].first;
}

static int school_at(const Prose *p, int mention)
{
    return p->s.at.v[mention].school;
}

/* Different schools of a group. */
static int group_schools(const Prose *p, Group g, int *out)
{
    int n = 0;
    for (int i = g.first; i < g.first + g.n; i++) {
        int k = 0, school = school_at(p, i);
        while (k < n && out[k] != school) k++;
        if (k == n && school >= 0) out[n++] = school;
    }
    return n;
}

/* The date a sentence says it was signed on, when it says one that is not of another document. */
static Date date_of(const Body *b, int first, int end)
{
    Date d = {0}, none = {0};
    for (int i = first; i < end; i++) {
        const char *value;
        int number = b->tok.v[i].mark ? 0 : body_number(b, i, end, &value);
        if (number) {
            int past = number < end ? body_date(b, number, end, false, &d) : 0;
            i = (past ? past : number) - 1;
            continue;
        }
        if (body_is(b, i, end, "ngay", 0) && body_date(b, i, end, false, &d) && d.day) return d;
    }
    return none;
}

/* ---- relations ---- */

static void say(Prose *p, int x, int y, int first, int end, float sure, const char *rule)
{
    if (x < 0 || y < 0 || x == y) return;
    *vec_push(&p->said) = (Relation){.x = x, .y = y, .first = first, .end = end, .p = sure, .rule = rule};
    if (p->list) p->said.v[p->said.n - 1].day = p->list_date;
}

static void say_both(Prose *p, Group g, Group h, int first, int end, float sure, const char *rule)
{
    for (int i = g.first; i < g.first + g.n; i++)
        for (int k = h.first; k < h.first + h.n; k++)
            say(p, school_at(p, i), school_at(p, k), first, end, sure, rule);
}

/* Those of one group with each other: two are a pair; "A với B, C" are two; three are three. */
static bool say_group(Prose *p, Group g, int first, int end, float sure, const char *rule)
{
    int school[MOST_GROUP], n = group_schools(p, g, school);
    if (n < 2) return false;
    if (n > 2 && g.part) {
        say_both(p, (Group){g.first, g.part, 0}, (Group){g.first + g.part, g.n - g.part, 0}, first, end, sure,
                 rule);
        return true;
    }
    if (n > ALL_WITH_ALL) return false;
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++)
            say(p, school[i], school[k], first, end, n > 2 ? sure * THREE : sure, rule);
    return true;
}

/* ---- one sentence ---- */

typedef struct Sentence {
    int first, end;
    int mention, mentions; /* s->at.v */
} Sentence;

static int next_mention(const Prose *p, const Sentence *t, int from)
{
    for (int i = t->mention; i < t->mention + t->mentions; i++)
        if (p->s.at.v[i].first >= from && school_at(p, i) >= 0) return i;
    return -1;
}

/* giữa X và Y */
static bool between(Prose *p, const Sentence *t)
{
    const Body *b = p->b;
    bool any = false;
    for (int i = t->first; i < t->end; i++) {
        if (!body_is(b, i, t->end, "giua", 0)) continue;
        int m = next_mention(p, t, i);
        if (m < 0 || p->s.at.v[m].first > i + 6) continue;
        Group g = group_at(p, m, t->end);
        int end = group_end(p, g), from = i - CUE_BEFORE > t->first ? i - CUE_BEFORE : t->first;
        int to = end + CUE_AFTER / 2 < t->end ? end + CUE_AFTER / 2 : t->end, next = next_mention(p, t, end);
        if (next >= 0 && p->s.at.v[next].first < to) to = p->s.at.v[next].first;
        bool twin, twin_after;
        int before = find_cue(p, from, i, t->first, t->end, &twin),
            after = find_cue(p, end, to, t->first, t->end, &twin_after);
        bool own_title = p->joint && i >= p->title && i < p->title_end;
        if (before < 0 && after < 0 && !own_title) continue;
        any |= say_group(p, g, t->first, t->end, twin || twin_after ? SAID : SIGNED, "prose: giữa X và Y");
        i = end - 1;
    }
    return any;
}

/* "với", "cùng", "của" after a cue, and the schools behind it. */
static bool partners_after(const Prose *p, const Sentence *t, int from, int within, Group *g)
{
    static const char *const words[] = {"voi", "cung", "cua", "la"};
    for (int i = from; i < t->end && i < from + within; i++)
        for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
            if (!body_is(p->b, i, t->end, words[k], 0)) continue;
            int m = next_mention(p, t, i);
            if (m < 0 || p->s.at.v[m].first > i + PARTNER_WITHIN) continue;
            bool clear = true;
            for (int q = i + 1; q < p->s.at.v[m].first; q++)
                clear = clear && !body_ends(p->b, q) && !body_is(p->b, q, t->end, "va", 0);
            if (!clear) continue;
            *g = group_at(p, m, t->end);
            return true;
        }
    return false;
}

/* The group that ends last before token i, nothing but other words between. */
static bool group_before(const Prose *p, const Sentence *t, int i, Group *g)
{
    bool found = false;
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group h = group_at(p, m, t->end);
        if (group_end(p, h) > i) break;
        if (school_at(p, m) >= 0) *g = h, found = true;
        m += h.n;
    }
    return found;
}

static bool watches(const Body *b, int first, int end)
{
    static const Said verbs[] = {{"thamdu", "tham dự"},       {"du", "dự"},
                                 {"chungkien", "chứng kiến"}, {"chucmung", "chúc mừng"},
                                 {"phatbieu", "phát biểu"},   {"moi", "mời"},
                                 {"timhieu", "tìm hiểu"},     {"tuyentruyen", "tuyên truyền"}};
    return before_it(b, end, end - first, first, verbs, sizeof verbs / sizeof *verbs);
}

/* X kết nghĩa với Y; X là đơn vị kết nghĩa của Y */
static bool with(Prose *p, const Sentence *t)
{
    const Body *b = p->b;
    bool any = false, twin;
    for (int i = t->first, cue_end; i < t->end; i++) {
        Group g, h;
        if (!(cue_end = cue_at(p, i, t->first, t->end, &twin))) continue;
        int near = twin ? PARTNER_WITHIN : WITH_WITHIN;
        bool partners = partners_after(p, t, cue_end, near, &h), direct = false;
        if (!partners && twin) { /* "đơn vị kết nghĩa trường Y" */
            int m = next_mention(p, t, cue_end), unit = i > t->first + 1 ? i - 2 : t->first;
            bool noun = body_is(b, unit, i, "donvi", 0) ||
                        (i > t->first && body_is(b, i - 1, i, "truong", 0)) ||
                        (i > t->first && body_is(b, i - 1, i, "ban", 0));
            if (m >= 0 && noun && p->s.at.v[m].first <= cue_end + 2)
                h = group_at(p, m, t->end), partners = direct = true;
        }
        if (!partners) continue;
        float sure = twin ? SAID : SIGNED;
        if (group_before(p, t, i, &g) && i - group_end(p, g) <= CUE_AFTER &&
            !watches(b, group_end(p, g), i)) {
            say_both(p, g, h, t->first, t->end, sure, "prose: X kết nghĩa với Y");
            any = true;
        } else if (p->own >= 0 && (direct || twin)) {
            say_both(p, (Group){.first = p->s.v.v[p->own].best, .n = 1}, h, t->first, t->end, OWN,
                     "prose: đơn vị kết nghĩa");
            any = true;
        }
        i = group_end(p, h) - 1;
    }
    return any;
}

/* Does "với" behind the cue name somebody else than a school of the group? */
static bool with_others(const Prose *p, const Sentence *t, int from, Group g)
{
    const Body *b = p->b;
    int end = group_end(p, g);
    for (int i = from; i < t->end && i < from + WITH_WITHIN; i++) {
        if (!body_is(b, i, t->end, "voi", 0)) continue;
        if (body_is(b, i + 1, t->end, "nhau", 0) || i < end) continue;
        static const char *const others[] = {"cactruong", "cacdonvi", "truong", "phong", "congty",
                                             "ubnd",      "cong",     "donvi",  "mot",   "hoi"};
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            if (body_is(b, i + 1, t->end, others[k], 0)) return true;
    }
    return false;
}

/* X và Y ... ký kết; "lễ kết nghĩa trường X và trường Y" */
static bool together(Prose *p, const Sentence *t)
{
    bool any = false, twin;
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group g = group_at(p, m, t->end);
        int end = group_end(p, g), first = group_first(p, g), school[MOST_GROUP],
            n = group_schools(p, g, school);
        m += g.n;
        if (n < 2) continue;
        int next = m < t->mention + t->mentions ? p->s.at.v[m].first : t->end;
        int to = end + CUE_AFTER < next ? end + CUE_AFTER : next;
        int cue = find_cue(p, end, to, t->first, t->end, &twin);
        if (cue >= 0 && !watches(p->b, end, cue) && !with_others(p, t, cue, g)) {
            any |= say_group(p, g, t->first, t->end, twin ? SAID : SIGNED, "prose: X và Y ký kết");
            continue;
        }
        for (int i = first - 4 > t->first ? first - 4 : t->first; i < first; i++) {
            int cue_end = cue_at(p, i, t->first, t->end, &twin);
            if (!cue_end || !twin || cue_end < first - 2 || watches(p->b, t->first, i)) continue;
            any |= say_group(p, g, t->first, t->end, SIGNED, "prose: kết nghĩa X và Y");
            break;
        }
    }
    return any;
}

/* "hai trường", "02 nhà trường", "hai đơn vị" */
static bool says_two(const Prose *p, const Sentence *t)
{
    static const char *const two[] = {"hai", "02", "2"};
    static const char *const sides[] = {"truong", "nhatruong", "donvi", "ben"};
    for (int i = t->first; i < t->end; i++)
        for (size_t k = 0; k < sizeof two / sizeof *two; k++) {
            if (!body_is(p->b, i, t->end, two[k], 0)) continue;
            for (size_t n = 0; n < sizeof sides / sizeof *sides; n++)
                if (body_is(p->b, i + 1, t->end, sides[n], 0)) return true;
        }
    return false;
}

static bool pointed(Prose *p, const Sentence *t)
{
    bool twin;
    int cue = find_cue(p, t->first, t->end, t->first, t->end, &twin);
    if (cue < 0 || t->mentions > 1 || !p->two.n || p->sentence - p->two_at > BACK_SENTENCES ||
        !says_two(p, t))
        return false;
    if (watches(p->b, t->first, cue)) return false;
    return say_group(p, p->two, t->first, t->end, POINTED, "prose: hai trường ký kết");
}

/* A line of a list of pairs: two schools and what parts them. */
static bool list_line(Prose *p, const Sentence *t)
{
    if (!p->list || t->mentions < 2) return false;
    Group g = group_at(p, t->mention, t->end);
    return g.n == t->mentions && say_group(p, g, t->first, t->end, LISTED, "prose: list of pairs");
}

static bool is_item(const Prose *p, const Sentence *t)
{
    const Tok *tok = &p->b->tok.v[t->first];
    size_t n = strlen(tok->text);
    return tok->new_line && (tok->mark == '-' || tok->mark == '+' ||
                             (n > 1 && viet_is_digit(tok->text[0]) && strchr(".)", tok->text[n - 1])));
}

static void take_sentence(Prose *p, const Sentence *t)
{
    int school[MOST_GROUP];
    bool any = list_line(p, t) || between(p, t);
    any = with(p, t) || any;
    if (!any) any = together(p, t);
    if (!any) pointed(p, t);
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group g = group_at(p, m, t->end);
        if (group_schools(p, g, school) == 2) p->two = g, p->two_at = p->sentence;
        m += g.n;
    }
    bool twin, lead = find_cue(p, t->first, t->end, t->first, t->end, &twin) >= 0 && twin;
    const char *last = p->b->tok.v[t->end - 1].text;
    bool opens = lead && !t->mentions &&
                 (last[strlen(last) - 1] == ':' || p->b->lines.v[p->b->line[t->first]].capitals);
    if (opens)
        p->list = true, p->list_date = date_of(p->b, t->first, t->end);
    else if (!is_item(p, t) && !any)
        p->list = false;
    p->sentence++;
}

/* Lines in capitals that follow one another are one sentence. */
static bool sentence_ends(const Body *b, int i)
{
    if ((size_t)i + 1 >= b->tok.n) return true;
    if (!body_ends(b, i)) return false;
    const BodyLine *line = &b->lines.v[b->line[i]], *next = &b->lines.v[b->line[i + 1]];
    bool heading = b->tok.v[i + 1].new_line && line->capitals && next->capitals && line->page == next->page;
    const char *text = b->tok.v[i].text;
    return !heading || (*text && strchr(".;:", text[strlen(text) - 1]) != NULL);
}

static void take_sentences(Prose *p)
{
    int n = (int)p->b->tok.n, m = 0;
    for (int first = 0, i = 0; i < n; i++) {
        if (!sentence_ends(p->b, i)) continue;
        Sentence t = {.first = first, .end = i + 1};
        while (m < (int)p->s.at.n && p->s.at.v[m].first < first) m++;
        t.mention = m;
        while (m < (int)p->s.at.n && p->s.at.v[m].first <= i) m++;
        t.mentions = m - t.mention;
        take_sentence(p, &t);
        first = i + 1;
    }
}

/* ---- letterheads and signatures ---- */

/* The school named inside a fact, or -1. */
static int school_of_fact(const Prose *p, const Fact *f, int *mention)
{
    for (int i = 0; i < (int)p->s.at.n; i++) {
        const Mention *m = &p->s.at.v[i];
        const Tok *t = &p->b->tok.v[m->name_first];
        bool inside = t->page == f->place.page && t->index >= f->place.first_word &&
                      t->index < f->place.first_word + f->place.words;
        if (inside && m->school >= 0) return *mention = i, m->school;
    }
    return -1;
}

/* Two schools that are `kind`: issuers, or whom the signers stand for. */
static void two_of(Prose *p, FactKind kind, float sure, const char *rule)
{
    int school[2] = {-1, -1}, mention[2] = {0}, n = 0, m;
    const FactVec *facts = &p->found->facts;
    for (size_t i = 0; i < facts->n; i++) {
        int k = facts->v[i].kind == kind ? school_of_fact(p, &facts->v[i], &m) : -1;
        if (k < 0 || (n && school[0] == k)) continue;
        if (n == 2) return;
        school[n] = k, mention[n++] = m;
    }
    if (n < 2) return;
    int a = mention[0] < mention[1] ? 0 : 1;
    int first = p->s.at.v[mention[a]].first, end = p->s.at.v[mention[!a]].end;
    say(p, school[0], school[1], first, end, sure, rule);
}

static bool is_joint(const Prose *p)
{
    static const char *const kinds[] = {"biên bản ghi nhớ",     "bản ghi nhớ",       "bản ký kết",
                                        "biên bản ký kết",      "bản giao ước",      "thỏa thuận",
                                        "bản cam kết",          "kế hoạch phối hợp", "kế hoạch liên tịch",
                                        "chương trình phối hợp"};
    const Fact *kind = fact_lookup(&p->found->facts, FACT_KIND, 0);
    for (size_t i = 0; kind && i < sizeof kinds / sizeof *kinds; i++)
        if (str_eq(kind->value, kinds[i])) return true;
    return false;
}

static bool title_tells(const Prose *p)
{
    Arena a = {0};
    const Fact *title = fact_lookup(&p->found->facts, FACT_TITLE, 0);
    const char *key = title ? viet_key(&a, title->value) : "";
    bool tells = strstr(key, "ket nghia") || strstr(key, "ghi nho") || strstr(key, "phoi hop");
    arena_release(&a);
    return tells;
}

static void find_title(Prose *p)
{
    const Fact *title = fact_lookup(&p->found->facts, FACT_TITLE, 0);
    int n = (int)p->b->tok.n, words = title ? title->place.words : 0, i = 0;
    while (words && i < n &&
           (p->b->tok.v[i].page != title->place.page || p->b->tok.v[i].index < title->place.first_word))
        i++;
    p->title = p->title_end = words ? i : 0;
    while (words && p->title_end < n && p->b->tok.v[p->title_end].page == title->place.page &&
           p->b->tok.v[p->title_end].index < title->place.first_word + words)
        p->title_end++;
}

static void find_own(Prose *p)
{
    const Fact *first = fact_lookup(&p->found->facts, FACT_ISSUER, 1);
    int unused;
    p->own = first && !fact_lookup(&p->found->facts, FACT_ISSUER, 2) ? school_of_fact(p, first, &unused) : -1;
}

/* ---- since, until ---- */

/* "từ năm học 2021-2022 đến nay", "từ tháng 9/2022 đến tháng 5/2024" */
static void term_of(const Body *b, Relation *r)
{
    for (int i = r->first; i < r->end; i++) {
        Date d;
        if (!body_is(b, i, r->end, "tu", 0) || i + 1 >= r->end) continue;
        int k = i + 1, school = body_is(b, k, r->end, "namhoc", 0);
        k += school;
        if (school && k < r->end && viet_is_digit(b->tok.v[k].text[0]) && strlen(b->tok.v[k].text) >= 4) {
            int year = digits_read(arena_strn(&b->doc->a, b->tok.v[k].text, 4), 4);
            if (year >= 1990 && year < 2100) r->since = (Date){year, 0, 0};
            continue;
        }
        int end = k < r->end ? body_date(b, k, r->end, true, &d) : 0;
        if (!end) continue;
        r->since = d;
        if (end < r->end && body_is(b, end, r->end, "den", 0)) {
            end += 1 + (end + 1 < r->end && body_is(b, end + 1, r->end, "het", 0) > 0);
            if (end < r->end && body_date(b, end, r->end, true, &d)) r->until = d;
        }
        return;
    }
}

static const char *value_of(const Prose *p, FactKind kind)
{
    const Fact *f = fact_lookup(&p->found->facts, kind, 0);
    return f ? f->value : NULL;
}

/* From what is most exact to what is least: said in the sentence; the document's term when it names a month;
 * the day of signing; the document's term. */
static void set_term(const Prose *p, const Relation *r, size_t n, Pairing *q)
{
    Arena *a = &p->found->arena;
    const char *since = value_of(p, FACT_SINCE), *until = value_of(p, FACT_UNTIL),
               *date = value_of(p, FACT_DATE);
    Date told = {0}, end = {0}, day = {0};
    for (size_t i = 0; i < n; i++) {
        if (r[i].x != r->x || r[i].y != r->y) continue;
        if (!told.year) told = r[i].since;
        if (!end.year) end = r[i].until;
        if (!day.year) day = r[i].day.year ? r[i].day : date_of(p->b, r[i].first, r[i].end);
    }
    if (told.year)
        since = date_text(a, told);
    else if (since && strlen(since) > 4)
        ;
    else if (day.year)
        since = date_text(a, day);
    else if (p->joint && date)
        since = date;
    if (end.year) until = date_text(a, end);
    q->since = arena_str(a, since);
    q->until = arena_str(a, until);
    if (q->since && q->until && strncmp(q->since, q->until, 4) > 0) q->until = NULL;
}

/* ---- pairings ---- */

static School school_made(const Prose *p, int school)
{
    const Body *b = p->b;
    const ProseSchool *v = &p->s.v.v[school];
    const Mention *m = &p->s.at.v[v->best];
    Arena *a = &p->found->arena;
    Name name = {.level = v->level,
                 .name = v->name,
                 .raw = body_raw(b, m->first, m->name_end),
                 .read = body_raw(b, m->name_first, m->name_end),
                 .district = v->district,
                 .prob = v->prob};
    if (!b->doc->marks_read && v->district)
        name_mend(b->doc, &name, &v->district, 1);
    else if (!b->doc->marks_read)
        name_mend(b->doc, &name, b->doc->districts.v, (int)b->doc->districts.n);
    return (School){.name = arena_str(a, name.name),
                    .raw = arena_str(a, name.raw),
                    .district = arena_str(a, v->district),
                    .prob = name.prob,
                    .place = body_place(b, m->first, m->name_end)};
}

static bool same_name(const char *x, const char *y)
{
    Arena a = {0};
    bool same = strcmp(viet_key(&a, x), viet_key(&a, y)) == 0;
    arena_release(&a);
    return same;
}

static Pairing *in_list(const Prose *p, const School *x, const School *y, size_t listed)
{
    for (size_t i = 0; i < listed; i++) {
        Pairing *q = &p->found->v.v[i];
        if ((same_name(q->school.name, x->name) && same_name(q->partner.name, y->name)) ||
            (same_name(q->school.name, y->name) && same_name(q->partner.name, x->name)))
            return q;
    }
    return NULL;
}

static int by_pair(const void *a, const void *b)
{
    const Relation *p = a, *q = b;
    if (p->x != q->x) return p->x - q->x;
    if (p->y != q->y) return p->y - q->y;
    return p->first - q->first;
}

/* Relations r[0..n) all speak of the same two schools. */
static void add_pairing(Prose *p, const Relation *r, size_t n, size_t listed)
{
    const Body *b = p->b;
    Arena *a = &p->found->arena;
    School x = school_made(p, r->x), y = school_made(p, r->y);
    const Relation *best = r;
    float wrong = 1;
    for (size_t i = 0; i < n; i++) {
        wrong *= 1 - r[i].p;
        if (r[i].p > best->p) best = &r[i];
    }
    Pairing *old = in_list(p, &x, &y, listed), one = {.school = x, .partner = y};
    Pairing *q = old ? old : &one;
    for (size_t i = 0; i < n; i++) {
        Place place = body_place(b, r[i].first, r[i].end);
        if (old || &r[i] != best) pairing_add_mention(q, a, &place);
    }
    if (old) return;
    Level level = p->s.v.v[r->x].level, other = p->s.v.v[r->y].level;
    bool agree = levels_agree(level, other);
    q->level = level ? level : other;
    float sure = 1 - wrong < MOST ? 1 - wrong : MOST;
    if (!p->about) sure *= NOT_ABOUT;
    q->prob = sure * x.prob * y.prob * (agree ? 1 : LEVELS_DIFFER);
    q->place = body_place(b, best->first, best->end);
    q->rule = best->rule;
    q->flags = !agree ? "level-differs" : q->level ? "" : "no-level";
    set_term(p, r, n, q);
    *vec_push(&p->found->v) = *q;
}

/* Which of two is named first comes first; in a text of one school that school does. */
static void order(Prose *p)
{
    for (size_t i = 0; i < p->said.n; i++) {
        Relation *r = &p->said.v[i];
        bool turn = r->y == p->own || (r->x != p->own && r->x > r->y);
        int x = r->x;
        if (turn) r->x = r->y, r->y = x;
        term_of(p->b, r);
    }
    if (p->said.n) qsort(p->said.v, p->said.n, sizeof *p->said.v, by_pair);
}

/* A "list" of a row or two without a level: seals and signatures under a document whose sentences tell a
 * pairing. */
static void drop_dirt(Prose *p)
{
    PairingVec *v = &p->found->v;
    bool dirt = p->said.n && v->n <= MOST_DIRT;
    for (size_t i = 0; i < v->n; i++) dirt = dirt && !v->v[i].level && (p->joint || v->v[i].prob < DIRT);
    if (dirt) v->n = 0;
}

static void make_pairings(Prose *p)
{
    drop_dirt(p);
    size_t listed = p->found->v.n;
    order(p);
    for (size_t i = 0, n; i < p->said.n; i += n) {
        const Relation *r = &p->said.v[i];
        for (n = 1; i + n < p->said.n && r[n].x == r->x && r[n].y == r->y;) n++;
        add_pairing(p, r, n, listed);
    }
}

void prose_pairings(const Body *b, Pairings *found)
{
    Prose p = {.b = b, .found = found, .own = -1, .two_at = -BACK_SENTENCES - 1};
    schools_find(&p.s, b, &found->facts);
    p.joint = is_joint(&p);
    p.about = b->doc->about_twins || body_find(b, 0, (int)b->tok.n, "ketnghia", 1, NULL) >= 0;
    if (p.s.v.n >= 2 && (p.about || p.joint)) {
        find_title(&p);
        find_own(&p);
        if (p.joint || title_tells(&p)) {
            two_of(&p, FACT_ISSUER, LETTERHEADS, "prose: two letterheads");
            two_of(&p, FACT_SIGNER_OF, SIGNATURES, "prose: two signatures");
        }
        take_sentences(&p);
        make_pairings(&p);
    }
    vec_release(&p.said);
    schools_release(&p.s);
}
