/* Which schools one sentence says are twinned.
 *
 *     "Lễ ký kết kết nghĩa giữa trường MN Hoa Mai và trường MN Sơn Ca"       giữa X và Y
 *     "Trường MN Hoa Mai kết nghĩa với các trường MN Sơn Ca, Họa Mi"         X ... với Y: two pairings
 *     "Các trường MN Hoa Mai, Hoa Ban lần lượt kết nghĩa với Sơn Ca, Họa Mi" the same, in order
 *     "Trường MN Hoa Mai đỡ đầu trường MN Sơn Ca"                            X đỡ đầu Y; Y được X đỡ đầu
 *     "Trường MN Hoa Mai và trường MN Sơn Ca đã ký kết biên bản ghi nhớ"     X và Y ký kết
 *     "Hai trường ký kết ..."                                                the two that were named together
 *     "- Trường MN Hoa Mai - Trường MN Sơn Ca" under "các cặp kết nghĩa:"    a list
 *
 * 1. Schools that only "và", "với", commas and dashes part are a group; cue.c finds the words that tell of
 * twinning, and which of them count.
 * 2. A cue speaks of the groups beside it. It does not where another deed stands between ("sáp nhập", "chấm
 * chéo"), or where they only attend.
 * 3. What twins do ("giao lưu") tells little, and only right beside both schools. */
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

enum {
    CUE_BEFORE = 45,     /* tokens between a cue and "giữa" */
    CUE_AFTER = 60,      /* tokens between a group and the cue that follows */
    PARTNER_WITHIN = 10, /* tokens between "với" and the school */
    WITH_WITHIN = 28,    /* tokens between a cue and its "với" */
    BESIDE = 3,          /* tokens between a verb and the school that it speaks of */
    CUE_NEAR_TWO = 8,    /* tokens between "hai trường" and the cue that speaks of them */
    BACK_SENTENCES = 5,  /* how far back "hai trường" may point */
    MOST_GROUP = 60,     /* schools in a group */
    LONG = 300,          /* tokens of a sentence that is a list of its own: a pair's place is then its part */
    AROUND = 20,         /* tokens around that part, which may tell its term */
    ALL_WITH_ALL = 3, /* schools of which each may be twinned with each of the others; more are a meeting */
    TOPIC_LASTS = 2,  /* sentences for which a school goes on being spoken of */
};

/* How sure a relation is by the way it is said. UNORDERED: several on either side, and nothing says whose.
 * TOPIC: "Nhà trường kết nghĩa với ...", and the sentence before says which.
 * BEHIND_BETWEEN: the cue stands behind "giữa X và Y", and something else before it. */
static const float LISTED = 0.93f, POINTED = 0.88f, OWN = 0.8f, THREE = 0.75f, TOPIC = 0.6f, UNORDERED = 0.5f,
                   BEHIND_BETWEEN = 0.6f;

static float sure_of(CueKind kind)
{
    static const float sure[] = {
        [CUE_NONE] = 0.92f, [CUE_WEAK] = 0.35f, [CUE_JOINT] = 0.92f, [CUE_PAIR] = 0.85f, [CUE_TWIN] = 0.97f};
    return sure[kind];
}

/* ---- groups ---- */

typedef enum Link { LINK_NONE, LINK_AND, LINK_WITH, LINK_AND_THE } Link;

/* What parts two mentions, if nothing but connectors do. */
static Link link_of(const Body *b, const Mention *x, const Mention *y)
{
    enum { MOST_BETWEEN = 8 };
    Link link = LINK_AND;
    if (y->first < x->end || y->first - x->end > MOST_BETWEEN) return LINK_NONE;
    for (int i = x->end; i < y->first; i++) {
        const Tok *t = &b->tok.v[i];
        bool known = t->mark && strchr(",-/+|.)", t->mark) != NULL;
        if (body_says(b, i, y->first, WORD_WITH)) link = LINK_WITH;
        if (body_says(b, i, y->first, WORD_ALL) && link == LINK_AND) link = LINK_AND_THE;
        known = known || body_says(b, i, i + 1, WORD_CONNECTS) || (t->sense & SENSE_DIRT);
        if (!known) return LINK_NONE;
    }
    return link;
}

static Link link_behind(const Prose *p, int mention, int end)
{
    const Mention *m = &p->s.at.v[mention];
    bool last = mention + 1 >= (int)p->s.at.n || m[1].first >= end;
    return last ? LINK_NONE : link_of(p->b, m, m + 1);
}

/* The group that begins with mention m; sentence ends at `end`. */
static Group group_at(const Prose *p, int m, int end)
{
    Group g = {m, 1, 0};
    while (g.n < MOST_GROUP) {
        int last = m + g.n - 1;
        Link link = link_behind(p, last, end);
        if (link == LINK_NONE) break;
        bool repeats = p->s.at.v[last].school == p->s.at.v[last + 1].school;
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

static Group group_part(Group g, int from, int n)
{
    return (Group){g.first + from, n, 0};
}

/* Different schools of a group. */
static int group_schools(const Prose *p, Group g, int out[MOST_GROUP])
{
    int n = 0;
    for (int i = g.first; i < g.first + g.n; i++) {
        int k = 0, school = p->s.at.v[i].school;
        while (k < n && out[k] != school) k++;
        if (k == n && school >= 0) out[n++] = school;
    }
    return n;
}

/* ---- relations ---- */

void relation_say(Prose *p, int x, int y, int first, int end, float sure, const char *rule)
{
    if (x < 0 || y < 0 || x == y) return;
    *vec_push(&p->said) = (Relation){.x = x, .y = y, .first = first, .end = end, .p = sure, .rule = rule};
    if (p->list) p->said.v[p->said.n - 1].day = p->list_date;
}

/* What a sentence says, and by which cue. */
typedef struct Saying {
    const Sentence *t;
    float sure;
    CueKind kind;
    const char *rule;
} Saying;

static Saying saying(const Sentence *t, CueKind kind, const char *rule)
{
    return (Saying){t, sure_of(kind), kind, rule};
}

/* The tokens that tell of the groups from g to h: the sentence, or a part of a long one. */
static Sentence told_in(const Prose *p, const Sentence *t, Group g, Group h)
{
    if (t->end - t->first <= LONG) return *t;
    int first = group_first(p, g), end = group_end(p, h) + AROUND;
    if (first < t->first || first >= end) first = t->first;
    return (Sentence){.first = first, .end = end < t->end ? end : t->end};
}

static void say(Prose *p, const Saying *s, const Sentence *in, int x, int y, float share)
{
    size_t n = p->said.n;
    relation_say(p, x, y, in->first, in->end, s->sure * share, s->rule);
    if (p->said.n == n) return;
    p->said.v[n].itself = s->kind == CUE_PAIR;
    p->said.v[n].weak = s->kind == CUE_WEAK;
}

static bool unsaid(Prose *p, Unsaid why)
{
    if (!p->why) p->why = why;
    return false;
}

/* Those of g are twinned with those of h. Several on either side: in order where "lần lượt" says so. Else, as many
 * on either, in order too, and not as many, each with each: both are doubtful. */
static bool say_sides(Prose *p, Group g, Group h, const Saying *s)
{
    int x[MOST_GROUP], y[MOST_GROUP], n = group_schools(p, g, x), m = group_schools(p, h, y);
    bool several = n > 1 && m > 1;
    Sentence in = told_in(p, s->t, g, h);
    bool ordered = several && body_find(p->b, s->t->first, s->t->end, WORD_IN_ORDER, NULL) >= 0;
    if (cue_taken_back(p, s->t, group_end(p, h))) return unsaid(p, UNSAID_DENIED);
    if (ordered && n != m) return unsaid(p, UNSAID_COUNTS);
    for (int i = 0; i < n; i++)
        for (int k = 0; k < m; k++)
            if (!several || n != m || i == k) say(p, s, &in, x[i], y[k], several && !ordered ? UNORDERED : 1);
    return n && m;
}

/* Those of one group with each other: two are a pair; "A với B, C" are two; three are three. */
static bool say_group(Prose *p, Group g, const Saying *s)
{
    int school[MOST_GROUP], n = group_schools(p, g, school);
    if (n < 2) return false;
    if (cue_taken_back(p, s->t, group_end(p, g))) return unsaid(p, UNSAID_DENIED);
    if (n > 2 && g.part)
        return say_sides(p, group_part(g, 0, g.part), group_part(g, g.part, g.n - g.part), s);
    if (n > ALL_WITH_ALL) return unsaid(p, UNSAID_MANY);
    Sentence in = told_in(p, s->t, g, g);
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++) say(p, s, &in, school[i], school[k], n > 2 ? THREE : 1);
    return true;
}

/* ---- what stands around a cue ---- */

/* The first mention of the sentence that begins at or after token `from`; -1. */
static int next_mention(const Prose *p, const Sentence *t, int from)
{
    int low = t->mention, high = t->mention + t->mentions;
    while (low < high) {
        int middle = (low + high) / 2;
        if (p->s.at.v[middle].first < from)
            low = middle + 1;
        else
            high = middle;
    }
    while (low < t->mention + t->mentions && p->s.at.v[low].school < 0) low++;
    return low < t->mention + t->mentions ? low : -1;
}

/* Is nothing said of another kind of agreement or deed in the sentence? */
static bool only_this(const Prose *p, const Sentence *t)
{
    return !p->deeds.n && body_find(p->b, t->first, t->end, WORD_OTHER_KIND, NULL) < 0;
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

/* "đơn vị kết nghĩa trường Y" */
static bool noun_partners(const Prose *p, const Sentence *t, const Cue *c, Group *g)
{
    const Body *b = p->b;
    int m = next_mention(p, t, c->end), unit = c->first > t->first + 1 ? c->first - 2 : t->first;
    bool noun = body_says(b, unit, c->first, WORD_PARTNER_UNIT) ||
                (c->first > t->first && body_says(b, c->first - 1, c->first, WORD_PARTNER_NOUN));
    if (m < 0 || !noun || p->s.at.v[m].first > c->end + 2) return false;
    *g = group_at(p, m, t->end);
    return true;
}

/* Do only words that say nothing more stand in [from, to), few of them: "đã", "nhận"; no "lễ", no comma? */
static bool beside(const Body *b, int from, int to)
{
    if (to < from || to - from > BESIDE) return false;
    for (int i = from; i < to; i++)
        if (b->tok.v[i].mark || body_says(b, i, to, WORD_EVENT) || body_says(b, i, to, WORD_OF)) return false;
    return true;
}

/* Does the mention stand in a bracket? */
static bool in_bracket(const Prose *p, const Sentence *t, int mention)
{
    enum { BRACKET = 24 };
    const Body *b = p->b;
    int first = p->s.at.v[mention].first;
    for (int i = first - 1; i >= t->first && i > first - BRACKET && b->tok.v[i].mark != ')'; i--)
        if (b->tok.v[i].mark == '(') return true;
    return false;
}

/* Does another deed lead to it: "sáp nhập từ trường C"? */
static bool deed_leads(const Prose *p, const Sentence *t, int mention)
{
    enum { DEED = 5 };
    const Body *b = p->b;
    int first = p->s.at.v[mention].first, from = first - 1;
    while (from > t->first && from > first - DEED && b->tok.v[from - 1].mark != ',') from--;
    return deed_find(p, from, first) >= 0;
}

/* The group that ends last before token i, from mention `from` on. Those in brackets do not count, nor those that
 * another deed leads to, but then it is in *doubt whose the cue is; *past is the end of the last of all. */
static bool group_before(const Prose *p, const Sentence *t, int from, int i, Group *g, int *past, bool *doubt)
{
    bool found = false;
    *doubt = false;
    for (int m = from; m < t->mention + t->mentions;) {
        Group h = group_at(p, m, t->end);
        if (group_end(p, h) > i) break;
        bool bracket = found && in_bracket(p, t, m), deed = found && !bracket && deed_leads(p, t, m);
        bool skip = bracket || deed;
        *doubt = deed || (*doubt && skip);
        if (!skip && p->s.at.v[m].school >= 0) *g = h, found = true;
        if (found) *past = group_end(p, h);
        m += h.n;
    }
    return found;
}

/* ---- the ways to say it ---- */

/* The last cue of [from, to) that counts. */
static const Cue *last_cue(const Prose *p, int from, int to, CueKind least)
{
    const Cue *last = NULL;
    for (const Cue *c; (c = cue_find(p, from, to, least)); from = c->first + 1) last = c;
    return last;
}

/* The cue of "giữa" at i and the group behind it; no other deed is nearer. */
static const Cue *cue_of_between(const Prose *p, const Sentence *t, int i, Group g)
{
    int end = group_end(p, g), from = i - CUE_BEFORE > t->first ? i - CUE_BEFORE : t->first;
    int to = end + CUE_AFTER / 2 < t->end ? end + CUE_AFTER / 2 : t->end, next = next_mention(p, t, end);
    if (next >= 0 && p->s.at.v[next].first < to) to = p->s.at.v[next].first;
    const Cue *before = last_cue(p, from, i, CUE_JOINT), *after = cue_find(p, end, to, CUE_JOINT);
    int deed = deed_find(p, before ? before->end : from, i);
    if (deed >= 0) return NULL;
    if (before && (before->kind >= CUE_PAIR || !after)) return before;
    if (after && deed_find(p, end, after->first) < 0) return after;
    if (before) return before;
    const Cue *weak = cue_find(p, i - BESIDE, i, CUE_WEAK);
    return weak && only_this(p, t) ? weak : NULL;
}

/* giữa X và Y */
static bool between(Prose *p, const Sentence *t)
{
    enum { GROUP_WITHIN = 6 };
    const Body *b = p->b;
    bool any = false;
    for (int i = t->first; i < t->end; i++) {
        if (!body_says(b, i, t->end, WORD_BETWEEN)) continue;
        int m = next_mention(p, t, i);
        if (m < 0 || p->s.at.v[m].first > i + GROUP_WITHIN) continue;
        Group g = group_at(p, m, t->end);
        const Cue *cue = cue_of_between(p, t, i, g);
        bool own_title = p->joint && i >= p->title && i < p->title_end;
        if (!cue && p->deeds.n) unsaid(p, UNSAID_OTHER);
        if (!cue && !own_title) continue;
        Saying s = saying(t, cue ? cue->kind : CUE_NONE, "prose: giữa X và Y");
        if (cue && cue->first > i) s.sure *= BEHIND_BETWEEN;
        any |= say_group(p, g, &s);
        i = group_end(p, g) - 1;
    }
    return any;
}

/* Where the verbs end that the cue begins: "kết nghĩa, giúp đỡ và hỗ trợ". */
static int verbs_end(const Prose *p, const Sentence *t, const Cue *c)
{
    const Body *b = p->b;
    int end = c->end;
    for (const Cue *next = c + 1; next < p->cues.v + p->cues.n; next++) {
        int k = end;
        while (k < t->end && (b->tok.v[k].mark == ',' || body_says(b, k, k + 1, WORD_AND))) k++;
        if (next->first > k) break;
        if (next->first == k && k > end) end = next->end;
    }
    return end;
}

/* The end of the bracket in which the cue stands: "TH Đoàn Thị Điểm (kết nghĩa: TH Sín Chéng), ..."; 0: it is in none. */
static int bracket_around(const Prose *p, const Sentence *t, const Cue *c)
{
    int i = c->first - 1, end = c->end;
    while (i >= t->first && p->b->tok.v[i].mark != '(' && p->b->tok.v[i].mark != ')') i--;
    if (i < t->first || p->b->tok.v[i].mark != '(') return 0;
    while (end < t->end && p->b->tok.v[end].mark != ')') end++;
    return end;
}

/* Without those behind the bracket of the cue. */
static void keep_in_bracket(const Prose *p, const Sentence *t, const Cue *c, Group *h)
{
    int end = bracket_around(p, t, c);
    for (int k = 1; end && k < h->n; k++)
        if (p->s.at.v[h->first + k].first > end) h->n = k;
}

/* Whom a cue says to be the partners, behind it. *noun: of the school that speaks, where no other is named. */
static bool partners_of(const Prose *p, const Sentence *t, const Cue *c, Group *h, bool *noun)
{
    int near = c->kind >= CUE_PAIR ? PARTNER_WITHIN : c->kind == CUE_JOINT ? WITH_WITHIN : 1;
    int end = c->kind == CUE_JOINT ? c->end : verbs_end(p, t, c);
    *noun = false;
    if (partners_after(p, t, end, near, h)) return true;
    if (c->kind == CUE_JOINT) return false;
    if (c->kind >= CUE_PAIR && (*noun = noun_partners(p, t, c, h))) return true;
    int m = next_mention(p, t, end); /* "đỡ đầu trường Y" */
    if (m < 0 || !beside(p->b, end, p->s.at.v[m].first)) return false;
    *h = group_at(p, m, t->end);
    return true;
}

/* "... với trường B và trường C kết nghĩa với trường D": is the last of them the subject of what follows? */
static bool leads_on(const Prose *p, const Sentence *t, Group h)
{
    int end = group_end(p, h);
    const Cue *next = cue_find(p, end, end + BESIDE, CUE_PAIR);
    Group more;
    bool noun;
    return next && beside(p->b, end, next->first) && partners_of(p, t, next, &more, &noun);
}

/* How many of the group are the cue's partners, the rest speak of themselves: "với trường B, trường C với trường
 * D". */
static int own_partners(const Prose *p, const Sentence *t, Group h)
{
    for (int k = 1; k < h.n; k++)
        if (link_behind(p, h.first + k - 1, t->end) == LINK_WITH) return k - 1;
    return h.n > 1 && leads_on(p, t, h) ? h.n - 1 : h.n;
}

/* What a list in one sentence goes on with: "..., trường C với trường D, trường E với trường F". */
static void say_rest(Prose *p, Group h, const Saying *s)
{
    for (int k = 0; k < h.n;) {
        int n = 1;
        while (k + n < h.n && link_behind(p, h.first + k + n - 1, s->t->end) != LINK_WITH) n++;
        if (k + n >= h.n) return;
        Group partners = {h.first + k + n, h.n - k - n, 0};
        int own = own_partners(p, s->t, partners);
        if (own < 1) own = partners.n;
        say_sides(p, group_part(h, k, n), group_part(partners, 0, own), s);
        k += n + own;
    }
}

typedef struct Subject {
    Group g;
    bool known;
    int from; /* mentions before it are partners of an earlier cue */
} Subject;

/* "Trường đã kết nghĩa với ...", "Nhà trường nhận ...": which one, a sentence before says. */
static bool says_the_school(const Prose *p, int from, int to)
{
    enum { NEAR = 8 }; /* tokens before the cue */
    for (int i = to - NEAR > from ? to - NEAR : from; i < to; i++)
        if (body_says(p->b, i, to, WORD_LEAD) && i + 1 <= to && !body_capital(p->b, i + 1)) return true;
    return false;
}

/* The school of which the last sentence speaks, when it names no other. */
static void note_topic(Prose *p, const Sentence *t)
{
    int first = -1, all = 0;
    for (int m = t->mention; m < t->mention + t->mentions; m++) {
        int school = p->s.at.v[m].school;
        if (school < 0 || school == first) continue;
        if (first < 0) first = school, p->topic_mention = m;
        all++;
    }
    if (all) p->topic = all == 1 ? first : -1, p->topic_at = p->sentence;
}

/* Who is twinned with the partners of the cue at c: the group before it, that of the cue before, or the school
 * that speaks. */
static bool find_subject(Prose *p, const Sentence *t, const Cue *c, bool noun, Subject *s, float *sure)
{
    Group g;
    int past = 0;
    bool doubt, found = group_before(p, t, s->from, c->first, &g, &past, &doubt);
    if (doubt) *sure *= UNORDERED;
    if (found && c->kind == CUE_WEAK && !beside(p->b, past, c->first)) return false;
    if (found && deed_find(p, past, c->first) >= 0) return unsaid(p, UNSAID_OTHER);
    if (found && cue_watched(p, t, group_end(p, g), c->first)) return unsaid(p, UNSAID_WATCHED);
    if (found && c->first - past <= CUE_AFTER) return s->g = g, s->known = true;
    if (s->known) return c->kind != CUE_WEAK;
    bool topic = p->topic >= 0 && p->topic_at + TOPIC_LASTS >= p->sentence;
    if (topic && c->kind >= CUE_PAIR && says_the_school(p, t->first, c->first)) {
        s->g = (Group){.first = p->topic_mention, .n = 1};
        *sure = TOPIC;
        return true;
    }
    if (p->own < 0 || !(noun || c->kind >= CUE_PAIR)) return false;
    s->g = (Group){.first = p->s.v.v[p->own].best, .n = 1};
    *sure = OWN;
    return true;
}

/* X kết nghĩa với Y; X là đơn vị kết nghĩa của Y; X đỡ đầu Y */
static bool with(Prose *p, const Sentence *t)
{
    bool any = false, noun;
    Subject s = {.from = t->mention};
    int resume = t->first;
    for (size_t i = 0; i < p->cues.n; i++) {
        const Cue *c = &p->cues.v[i];
        Group h;
        if (c->state != CUE_COUNTS || c->first < resume || !partners_of(p, t, c, &h, &noun)) continue;
        if (c->kind == CUE_WEAK && !only_this(p, t)) continue;
        if (deed_find(p, c->end, group_first(p, h)) >= 0) {
            unsaid(p, UNSAID_OTHER);
            continue;
        }
        Saying say = saying(t, c->kind, "prose: X kết nghĩa với Y");
        keep_in_bracket(p, t, c, &h);
        int own = own_partners(p, t, h);
        resume = group_end(p, h) - 1;
        if (own < 1) {
            if (c->kind != CUE_WEAK) any |= say_group(p, h, &say);
            continue;
        }
        float sure = say.sure;
        if (!find_subject(p, t, c, noun, &s, &sure)) continue;
        if (!s.known) say.rule = "prose: đơn vị kết nghĩa";
        say.sure = sure;
        any |= say_sides(p, s.g, group_part(h, 0, own), &say);
        say_rest(p, group_part(h, own, h.n - own), &say);
        s.from = h.first + own;
    }
    return any;
}

/* Y được X đỡ đầu; Y do X giúp đỡ */
static bool passive(Prose *p, const Sentence *t)
{
    const Body *b = p->b;
    bool any = false;
    for (int m = t->mention; m + 1 < t->mention + t->mentions; m++) {
        Group g = group_at(p, m, t->end);
        int next = m + g.n, end = group_end(p, g);
        m = next - 1;
        if (next >= t->mention + t->mentions) break;
        Group h = group_at(p, next, t->end);
        int by = group_first(p, h) - 1, to = group_end(p, h);
        const Cue *c = cue_find(p, to, to + BESIDE + 1, CUE_WEAK);
        if (!c || c->kind == CUE_JOINT || !body_says(b, by, by + 1, WORD_BY) || !beside(b, end, by)) continue;
        if (!beside(b, to, c->first) || (c->kind == CUE_WEAK && !only_this(p, t))) continue;
        Saying s = saying(t, c->kind, "prose: Y được X đỡ đầu");
        any |= say_sides(p, g, h, &s);
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

/* The cue behind a group that speaks of it; `to` is where the next school is named. */
static const Cue *cue_behind(Prose *p, const Sentence *t, Group g, int to)
{
    int end = group_end(p, g);
    const Cue *c = cue_find(p, end, to, CUE_JOINT);
    if (c && cue_watched(p, t, end, c->first)) return unsaid(p, UNSAID_WATCHED), NULL;
    if (c && deed_find(p, end, c->first) >= 0) return unsaid(p, UNSAID_OTHER), NULL;
    if (c) return with_others(p, t, c->first, g) ? NULL : c;
    const Cue *weak = cue_find(p, end, end + BESIDE, CUE_WEAK);
    bool each = weak && body_find(p->b, weak->end, weak->end + BESIDE < t->end ? weak->end + BESIDE : t->end,
                                  WORD_EACH_OTHER, NULL) >= 0;
    return each && only_this(p, t) ? weak : NULL;
}

/* The cue right before a group: "lễ kết nghĩa trường X và trường Y". */
static const Cue *cue_ahead(const Prose *p, const Sentence *t, Group g)
{
    enum { AHEAD = 4, GAP = 2 };
    int first = group_first(p, g);
    for (const Cue *c = p->cues.v; c < p->cues.v + p->cues.n && c->first < first; c++) {
        bool near = c->first >= first - AHEAD && c->end >= first - GAP && c->end <= first;
        bool with = body_find(p->b, c->end, first, WORD_WITH, NULL) >= 0;
        bool counts = c->state == CUE_COUNTS && c->kind >= CUE_PAIR;
        if (near && counts && !with && !cue_watched(p, t, t->first, c->first)) return c;
    }
    return NULL;
}

/* X và Y ... ký kết; "lễ kết nghĩa trường X và trường Y" */
static bool together(Prose *p, const Sentence *t)
{
    bool any = false;
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group g = group_at(p, m, t->end);
        int end = group_end(p, g), school[MOST_GROUP];
        m += g.n;
        if (group_schools(p, g, school) < 2) continue;
        int next = m < t->mention + t->mentions ? p->s.at.v[m].first : t->end;
        const Cue *c = cue_behind(p, t, g, end + CUE_AFTER < next ? end + CUE_AFTER : next);
        Saying s = saying(t, c ? c->kind : CUE_JOINT, c ? "prose: X và Y ký kết" : "prose: kết nghĩa X và Y");
        if (c || cue_ahead(p, t, g)) any |= say_group(p, g, &s);
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
    const Cue *cue = cue_find(p, t->first, t->end, CUE_JOINT);
    if (!cue || t->mentions > 1 || !p->two.n || p->sentence - p->two_at > BACK_SENTENCES || !says_two(p, t))
        return false;
    if (cue_watched(p, t, t->first, cue->first) || p->deeds.n) return false;
    Saying s = saying(t, CUE_JOINT, "prose: hai trường ký kết");
    s.sure = POINTED;
    return say_group(p, p->two, &s);
}

/* "Trường X giúp đỡ trường Y ..., hai trường kết nghĩa": the only two schools of the sentence, before those words. */
static bool two_here(Prose *p, const Sentence *t)
{
    int school[MOST_GROUP];
    Group all = {t->mention, t->mentions, 0};
    if (t->mentions < 2 || t->mentions > ALL_WITH_ALL || p->deeds.n || group_schools(p, all, school) != 2)
        return false;
    int two = body_find(p->b, group_end(p, all), t->end, WORD_TWO, NULL);
    if (two < 0 || !body_says(p->b, two + 1, t->end, WORD_SIDE)) return false;
    const Cue *c = cue_find(p, two, two + CUE_NEAR_TWO, CUE_JOINT);
    if (!c) return false;
    Saying s = saying(t, CUE_JOINT, "prose: hai trường ký kết");
    s.sure = POINTED;
    return say_sides(p, group_part(all, 0, 1), group_part(all, all.n - 1, 1), &s);
}

/* A line of a list of pairs: two schools and what parts them. Or what goes on with a sentence that told a pair:
 * "...; trường C với trường D". */
static bool list_line(Prose *p, const Sentence *t)
{
    if ((!p->list && !p->went_on) || t->mentions < 2 || p->deeds.n) return false;
    Group g = group_at(p, t->mention, t->end);
    if (g.n != t->mentions || (!p->list && !g.part)) return false;
    Saying s = saying(t, CUE_JOINT, "prose: list of pairs");
    s.sure = LISTED;
    return say_group(p, g, &s);
}

static bool is_item(const Prose *p, const Sentence *t)
{
    const Tok *tok = &p->b->tok.v[t->first];
    size_t n = strlen(tok->text);
    return tok->new_line && (tok->mark == '-' || tok->mark == '+' ||
                             (n > 1 && viet_is_digit(tok->text[0]) && strchr(".)", tok->text[n - 1])));
}

/* ---- what gave nothing ---- */

/* Does the sentence name two different schools? */
static bool names_two(const Prose *p, const Sentence *t)
{
    int first = -1;
    for (int i = t->mention; i < t->mention + t->mentions; i++) {
        int school = p->s.at.v[i].school;
        if (school < 0) continue;
        if (first >= 0 && school != first) return true;
        first = school;
    }
    return false;
}

/* "Trường MN Hoa Mai kết nghĩa với Sơn Ca": is a partner named that does not look like a school? */
static bool unnamed_partner(const Prose *p, const Sentence *t)
{
    const Body *b = p->b;
    const Cue *c = cue_find(p, t->first, t->end, CUE_PAIR);
    if (!c || !t->mentions) return false;
    const Mention *m = &p->s.at.v[t->mention + t->mentions - 1];
    bool with = c->end + 1 < t->end && body_says(b, c->end, t->end, WORD_WITH) && body_capital(b, c->end + 1);
    return m->end <= c->first && beside(b, m->end, c->first) && with;
}

/* Why a sentence that names two schools and has a cue says nothing of them. */
static Unsaid why_none(const Prose *p, const Sentence *t)
{
    static const Unsaid of_state[] = {[CUE_COUNTS] = UNSAID_NOTHING,
                                      [CUE_DENIED] = UNSAID_DENIED,
                                      [CUE_PLANNED] = UNSAID_PLANNED,
                                      [CUE_OTHER_KIND] = UNSAID_OTHER,
                                      [CUE_ASKED] = UNSAID_ASKED};
    if (!names_two(p, t)) return unnamed_partner(p, t) ? UNSAID_PARTNER : UNSAID_NOTHING;
    if (cue_worst(p)) return of_state[cue_worst(p)];
    const Cue *cue = cue_find(p, t->first, t->end, CUE_JOINT);
    if (!cue) return UNSAID_NOTHING;
    if (p->why) return p->why;
    return cue_watched(p, t, t->first, t->end) ? UNSAID_WATCHED : p->deeds.n ? UNSAID_OTHER : UNSAID_APART;
}

/* When explaining: what is not worth a finding. */
static void explain_none(const Prose *p, const Sentence *t)
{
    if (!p->b->doc->explain || !t->mentions) return;
    bool cue = cue_find(p, t->first, t->end, CUE_JOINT) != NULL;
    if (!cue && t->mentions == 1) return;
    reject(p->b->doc, body_place(p->b, t->first, t->end), "a sentence",
           (Run){p->b->tok.v + t->first, t->end - t->first},
           cue ? "only one school is named, and nothing says which is the other"
               : "schools are named together, but nothing says that they are twinned");
}

static void note_none(Prose *p, const Sentence *t)
{
    Unsaid why = why_none(p, t);
    if (why)
        *vec_push(&p->unsaid) = (UnsaidAt){*t, why};
    else
        explain_none(p, t);
}

/* ---- one sentence ---- */

static void note_two(Prose *p, const Sentence *t)
{
    int school[MOST_GROUP];
    for (int m = t->mention; m < t->mention + t->mentions;) {
        Group g = group_at(p, m, t->end);
        if (group_schools(p, g, school) == 2) p->two = g, p->two_at = p->sentence;
        m += g.n;
    }
}

/* Do the lines that follow list pairs, by this sentence? `said`: it told some itself. */
static void note_list(Prose *p, const Sentence *t, bool said)
{
    const Tok *end = &p->b->tok.v[t->end - 1];
    const char *last = end->text;
    bool lead = cue_twin(p, t->first, t->end) && !t->mentions;
    bool opens = lead && (last[strlen(last) - 1] == ':' || p->b->lines.v[p->b->line[t->first]].capitals);
    if (opens)
        p->list = true, p->list_date = prose_date(p->b, t->first, t->end);
    else if (!is_item(p, t) && !said)
        p->list = false;
    p->went_on = said && end->mark == ';';
}

void sentence_take(Prose *p, const Sentence *t)
{
    cues_find(p, t);
    p->why = UNSAID_NOTHING;
    bool any = list_line(p, t) || between(p, t);
    any = with(p, t) || any;
    any = passive(p, t) || any;
    if (!any && !p->why) any = together(p, t);
    if (!any || p->said.v[p->said.n - 1].weak) any = two_here(p, t) || any;
    bool said = any;
    if (!any) any = pointed(p, t);
    if (!any) note_none(p, t);
    note_two(p, t);
    note_topic(p, t);
    note_list(p, t, said);
    p->sentence++;
}
