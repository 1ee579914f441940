/* What the sentences, letterheads and signatures of a text say of twinning.
 *
 *     "Trường MN Hoa Mai kết nghĩa với Trường MN Sơn Ca; trường MN ..."      sentence.c reads each sentence
 *     two letterheads over a memorandum, two heads of schools under it       a pair too
 *
 * A text that names two schools is read sentence by sentence. All that is said of the same two schools becomes
 * one pairing in pair.c; what says it again makes it surer and is kept as its mentions. Schools merely named
 * together are none. */
#include "extract/prose/prose.h"

#include "base/viet.h"

#include <string.h>

static const float LETTERHEADS = 0.93f, SIGNATURES = 0.8f;

/* ---- sentences ---- */

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
        sentence_take(p, &t);
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
    relation_say(p, school[0], school[1], first, end, sure, rule);
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
    Prose p = {.b = b, .found = found, .own = -1, .topic = -1};
    schools_find(&p.s, b, &found->facts);
    p.joint = is_joint(&p);
    p.about = b->doc->about_twins || has_sure_cue(b);
    if (p.s.v.n >= 2) {
        find_title(&p);
        find_own(&p);
        if (p.joint || (p.about && title_tells(&p))) {
            two_of(&p, FACT_ISSUER, LETTERHEADS, "prose: two letterheads");
            two_of(&p, FACT_SIGNER_OF, SIGNATURES, "prose: two signatures");
        }
        take_sentences(&p);
        prose_pair(&p);
    } else if (b->doc->explain && p.s.v.n) {
        const Mention *m = &p.s.at.v[p.s.v.v[0].best];
        reject(b->doc, body_place(b, m->first, m->end), "the running text",
               (Run){b->tok.v + m->first, m->end - m->first}, "it names this school only");
    }
    vec_release(&p.cues);
    vec_release(&p.deeds);
    vec_release(&p.unsaid);
    map_release(&p.listed);
    vec_release(&p.said);
    schools_release(&p.s);
}
