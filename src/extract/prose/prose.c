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
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    CUE_BEFORE = 45,     /* tokens between a cue and "giữa" */
    CUE_AFTER = 60,      /* tokens between a group and the cue that follows */
    PARTNER_WITHIN = 10, /* tokens between "với" and the school */
    WITH_WITHIN = 28,    /* tokens between a cue and its "với" */
    BACK_SENTENCES = 5,  /* how far back "hai trường" may point */
    MOST_GROUP = 8,      /* schools in a group */
    ALL_WITH_ALL = 3, /* schools of which each may be twinned with each of the others; more are a meeting */
};

/* How sure a relation is by the way it is said. */
static const float SAID = 0.97f, SIGNED = 0.92f, LISTED = 0.93f, POINTED = 0.88f, LETTERHEADS = 0.93f,
                   SIGNATURES = 0.8f, OWN = 0.8f, THREE = 0.75f;

/* ---- groups ---- */

typedef enum Link { LINK_NONE, LINK_AND, LINK_WITH, LINK_AND_THE } Link;

/* What parts two mentions, if nothing but connectors do. */
static Link link_of(const Body *b, const Mention *x, const Mention *y)
{
    Link link = LINK_AND;
    if (y->first < x->end) return LINK_NONE;
    for (int i = x->end; i < y->first; i++) {
        const Tok *t = &b->tok.v[i];
        bool known = t->mark && strchr(",-/+|.)", t->mark) != NULL;
        if (body_says(b, i, y->first, WORD_WITH)) link = LINK_WITH;
        if (body_says(b, i, y->first, WORD_ALL) && link == LINK_AND) link = LINK_AND_THE;
        known = known || body_says(b, i, i + 1, WORD_CONNECTS);
        if (!known) {
            known = t->sense & SENSE_DIRT;
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
        if (!body_says(b, i, t->end, WORD_BETWEEN)) continue;
        int m = next_mention(p, t, i);
        if (m < 0 || p->s.at.v[m].first > i + 6) continue;
        Group g = group_at(p, m, t->end);
        int end = group_end(p, g), from = i - CUE_BEFORE > t->first ? i - CUE_BEFORE : t->first;
        int to = end + CUE_AFTER / 2 < t->end ? end + CUE_AFTER / 2 : t->end, next = next_mention(p, t, end);
        if (next >= 0 && p->s.at.v[next].first < to) to = p->s.at.v[next].first;
        bool twin, twin_after;
        int before = cue_find(p, from, i, t->first, t->end, &twin),
            after = cue_find(p, end, to, t->first, t->end, &twin_after);
        bool own_title = p->joint && i >= p->title && i < p->title_end;
        if (before < 0 && after < 0 && !own_title) continue;
        any |= say_group(p, g, t->first, t->end, twin || twin_after ? SAID : SIGNED, "prose: giữa X và Y");
        i = end - 1;
    }
    return any;
}

/* Does nothing end between "với" at i and the school at `to`? */
static bool clear_between(const Body *b, int i, int to, int end)
{
    for (int q = i + 1; q < to; q++)
        if (body_ends(b, q) || body_says(b, q, end, WORD_AND)) return false;
    return true;
}

/* "với", "cùng", "của" after a cue, and the schools behind it. */
static bool partners_after(const Prose *p, const Sentence *t, int from, int within, Group *g)
{
    for (int i = from; i < t->end && i < from + within; i++) {
        if (!body_says(p->b, i, t->end, WORD_BEFORE_PARTNER)) continue;
        int m = next_mention(p, t, i);
        if (m < 0 || p->s.at.v[m].first > i + PARTNER_WITHIN) continue;
        if (!clear_between(p->b, i, p->s.at.v[m].first, t->end)) continue;
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
            bool noun = body_says(b, unit, i, WORD_PARTNER_UNIT) ||
                        (i > t->first && body_says(b, i - 1, i, WORD_PARTNER_NOUN));
            if (m >= 0 && noun && p->s.at.v[m].first <= cue_end + 2)
                h = group_at(p, m, t->end), partners = direct = true;
        }
        if (!partners) continue;
        float sure = twin ? SAID : SIGNED;
        if (group_before(p, t, i, &g) && i - group_end(p, g) <= CUE_AFTER &&
            !cue_watched(b, group_end(p, g), i)) {
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
        if (!body_says(b, i, t->end, WORD_WITH)) continue;
        if (body_says(b, i + 1, t->end, WORD_EACH_OTHER) || i < end) continue;
        if (body_says(b, i + 1, t->end, WORD_OTHERS)) return true;
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
        int cue = cue_find(p, end, to, t->first, t->end, &twin);
        if (cue >= 0 && !cue_watched(p->b, end, cue) && !with_others(p, t, cue, g)) {
            any |= say_group(p, g, t->first, t->end, twin ? SAID : SIGNED, "prose: X và Y ký kết");
            continue;
        }
        for (int i = first - 4 > t->first ? first - 4 : t->first; i < first; i++) {
            int cue_end = cue_at(p, i, t->first, t->end, &twin);
            if (!cue_end || !twin || cue_end < first - 2 || cue_watched(p->b, t->first, i)) continue;
            any |= say_group(p, g, t->first, t->end, SIGNED, "prose: kết nghĩa X và Y");
            break;
        }
    }
    return any;
}

/* "hai trường", "02 nhà trường", "hai đơn vị" */
static bool says_two(const Prose *p, const Sentence *t)
{
    for (int i = t->first; i < t->end; i++)
        if (body_says(p->b, i, t->end, WORD_TWO) && body_says(p->b, i + 1, t->end, WORD_SIDE)) return true;
    return false;
}

static bool pointed(Prose *p, const Sentence *t)
{
    bool twin;
    int cue = cue_find(p, t->first, t->end, t->first, t->end, &twin);
    if (cue < 0 || t->mentions > 1 || !p->two.n || p->sentence - p->two_at > BACK_SENTENCES ||
        !says_two(p, t))
        return false;
    if (cue_watched(p->b, t->first, cue)) return false;
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

/* Why the sentence gave no pairing, where one might look for one; NULL: nobody would. */
static const char *why_none(const Prose *p, const Sentence *t)
{
    bool twin;
    const char *denied = cue_denied(p, t->first, t->end);
    if (!t->mentions) return NULL;
    if (denied) return denied;
    if (cue_find(p, t->first, t->end, t->first, t->end, &twin) < 0)
        return t->mentions > 1 ? "schools are named together, but nothing says that they are twinned" : NULL;
    if (t->mentions == 1) return "only one school is named, and nothing says which is the other";
    return "the schools named only attend, stand apart from the words of twinning, or are too many to tell "
           "who "
           "is whose";
}

static void explain_none(const Prose *p, const Sentence *t)
{
    const char *why = p->b->doc->explain ? why_none(p, t) : NULL;
    if (!why) return;
    reject(p->b->doc, body_place(p->b, t->first, t->end), "a sentence",
           (Run){p->b->tok.v + t->first, t->end - t->first}, why);
}

static void take_sentence(Prose *p, const Sentence *t)
{
    int school[MOST_GROUP];
    bool any = list_line(p, t) || between(p, t);
    any = with(p, t) || any;
    if (!any) any = together(p, t);
    bool said = any;
    if (!any) any = pointed(p, t);
    if (!any) explain_none(p, t);
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group g = group_at(p, m, t->end);
        if (group_schools(p, g, school) == 2) p->two = g, p->two_at = p->sentence;
        m += g.n;
    }
    bool twin, lead = cue_find(p, t->first, t->end, t->first, t->end, &twin) >= 0 && twin;
    const char *last = p->b->tok.v[t->end - 1].text;
    bool opens = lead && !t->mentions &&
                 (last[strlen(last) - 1] == ':' || p->b->lines.v[p->b->line[t->first]].capitals);
    if (opens)
        p->list = true, p->list_date = prose_date(p->b, t->first, t->end);
    else if (!is_item(p, t) && !said)
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
    KeywordList kinds = words_of_kind(p->b->doc->words, WORD_JOINT);
    const Fact *kind = fact_lookup(&p->found->facts, FACT_KIND, 0);
    for (int i = 0; kind && i < kinds.n; i++)
        if (str_eq(kind->value, kinds.v[i].lower)) return true;
    return false;
}

static bool title_tells(const Prose *p)
{
    Arena a = {0};
    const Fact *title = fact_lookup(&p->found->facts, FACT_TITLE, 0);
    const char *key = title ? viet_key(&a, title->value) : "";
    KeywordList words = words_of_kind(p->b->doc->words, WORD_TITLE_TELLS);
    bool tells = false;
    for (int i = 0; i < words.n; i++) tells = tells || strstr(key, words.v[i].key);
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

/* Does a cue stand in the text that tells by itself? */
static bool has_sure_cue(const Body *b)
{
    KeywordList cues = words_of_kind(b->doc->words, WORD_CUE);
    for (int i = 0; i < (int)b->tok.n; i++)
        for (const Keyword *w = cues.v; w < cues.v + cues.n; w++)
            if (!w->also && body_is(b, i, (int)b->tok.n, w)) return true;
    return false;
}

void prose_pairings(const Body *b, Pairings *found)
{
    Prose p = {.b = b, .found = found, .own = -1, .two_at = -BACK_SENTENCES - 1};
    schools_find(&p.s, b, &found->facts);
    p.joint = is_joint(&p);
    p.about = b->doc->about_twins || has_sure_cue(b);
    if (p.s.v.n >= 2 && (p.about || p.joint)) {
        find_title(&p);
        find_own(&p);
        if (p.joint || title_tells(&p)) {
            two_of(&p, FACT_ISSUER, LETTERHEADS, "prose: two letterheads");
            two_of(&p, FACT_SIGNER_OF, SIGNATURES, "prose: two signatures");
        }
        take_sentences(&p);
        prose_pair(&p);
    } else if (b->doc->explain && p.s.v.n) {
        const Mention *m = &p.s.at.v[p.s.v.v[0].best];
        reject(b->doc, body_place(b, m->first, m->end), "the running text",
               (Run){b->tok.v + m->first, m->end - m->first},
               p.s.v.n < 2 ? "it names this school only" : "it names schools, but does not speak of twins");
    }
    vec_release(&p.said);
    schools_release(&p.s);
}
