/* A line of ids becomes a lattice, as restore makes one of text whose marks are gone. An id tells whether a word was
 * capitalised inside a sentence; where a sentence begins, the word may be plain or a name.
 *
 * Example: "phòng cháy và chữa cháy". "phòng" begins the sentence, so phong, Phong, phòng, phỏng and so on are its
 * candidates. For "cháy" they are chảy, chay, cháy, chạy. The model gives cháy 0.6 and chạy 0.4: that is a doubt. */
#include "doubt.h"

#include "base/real.h"
#include "base/viet.h"
#include "model/token.h"
#include "restore/lattice.h"

#include <math.h>
#include <string.h>

/* As in src/restore/stripped.c; the beam is narrower than in restore.c, which makes next to no other doubts.
 */
static const float PLAIN_COST = 3, RARE = 7, BEAM = 8, LOOKAHEAD_BEAM = 5;
enum { WAYS = 32 };
static const float SURE = 0.995f, GUESS_SURE = 0.8f; /* of the likeliest: above it, little is to be learnt */

typedef struct Reader {
    Lexicon lex;
    Ngram lm;
    Lattice lattice;
    Steps path;
} Reader;

/* Signs after which a sentence begins; numbers and other signs leave it as it is. */
static bool begins_after(const Lexicon *lex, uint16_t id, bool begins)
{
    size_t n;
    const char *s = lexicon_text(lex, id, &n);
    int32_t c;
    if (id <= LM_END) return false;
    if (n == 1 && strchr(".!?:;", *s)) return true;
    utf8_decode(s, n, &c);
    return begins && char_kind(c) != CHAR_LETTER;
}

static void push_cands(Reader *r, uint16_t id, bool begins)
{
    Lattice *l = &r->lattice;
    size_t first = l->cand.n, kept = first;
    bool is_name = lexicon_is_name(&r->lex, id);
    float best = -INFINITY;
    WordRun run = lexicon_run_of(&r->lex, id);
    for (uint32_t k = run.first; id > LM_END && k < run.end; k++) {
        bool name = lexicon_is_name(&r->lex, (WordId)k);
        if (name && !is_name && !begins) continue;
        float cost = !name && is_name ? PLAIN_COST : 0;
        best = fmaxf(best, ngram_unigram(&r->lm, (uint16_t)k) - cost);
        *vec_push(&l->cand) = (Cand){.id = (uint16_t)k, .score = -cost};
    }
    for (size_t k = first; k < l->cand.n; k++)
        if (ngram_unigram(&r->lm, l->cand.v[k].id) + l->cand.v[k].score >= best - RARE)
            l->cand.v[kept++] = l->cand.v[k];
    l->cand.n = kept;
    if (kept == first) *vec_push(&l->cand) = (Cand){.id = id};
}

static void read_line(Reader *r, const uint16_t *row, size_t n)
{
    Lattice *l = &r->lattice;
    bool begins = true;
    lattice_clear(l);
    int node = lattice_add_node(l);
    for (size_t i = 0; i < n; i++) {
        int next = lattice_add_node(l), slot = (int)l->slot.n;
        int first = lattice_add_slot(l, node, next)->first_cand;
        push_cands(r, row[i], begins);
        l->slot.v[slot].cands = (int)l->cand.n - first;
        begins = begins_after(&r->lex, row[i], begins);
        node = next;
    }
    lattice_search(l, &r->lm, &r->path);
    lattice_posteriors(l);
}

static bool same_text(const Lexicon *lex, WordId a, WordId b)
{
    size_t n, m;
    const char *s = lexicon_text(lex, a, &n), *t = lexicon_text(lex, b, &m);
    return n == m && memcmp(s, t, n) == 0;
}

/* What can be learnt of a word whose likeliest candidates are these; n 0 where it is nothing. */
static Doubt doubt_of(const Lexicon *lex, const ContextDoubt *likeliest, uint16_t truth, float sure)
{
    Doubt d = {.n = 0};
    int right = -1;
    for (int i = 0; i < likeliest->n; i++) {
        d.cand[i] = (WordId)likeliest->cand[i];
        d.logp[i] = real_log(likeliest->p[i]);
        if (d.cand[i] == truth || (right < 0 && same_text(lex, d.cand[i], truth))) right = i;
    }
    if (likeliest->n < 2 || likeliest->p[0] >= sure || right < 0) return d;
    d.n = (uint8_t)likeliest->n;
    d.truth = (uint8_t)right;
    return d;
}

static Doubt find_doubt(const Reader *r, const Slot *s, uint16_t truth)
{
    const Cand *c = r->lattice.cand.v + s->first_cand;
    ContextDoubt likeliest = {.n = 0};
    for (int i = 0; i < s->cands; i++) context_offer(&likeliest, c[i].id, c[i].posterior);
    return doubt_of(&r->lex, &likeliest, truth, SURE);
}

void doubts_find(const uint16_t *row, size_t n, int fold, const LmFile *lm, uint16_t *chosen, Doubts *out)
{
    Reader r = {.lattice = {.weight = 1,
                            .beam = BEAM,
                            .lookahead_beam = LOOKAHEAD_BEAM,
                            .most_ways = WAYS,
                            .wants_edges = true}};
    long line = 0;
    lexicon_over(&r.lex, lm);
    ngram_over(&r.lm, lm);
    for (size_t from = 0, to = 0; from < n; from = to + 1, line++) {
        for (to = from; to < n && row[to] != CONTEXT_BREAK; to++) {}
        if (doubt_fold(line) != fold) continue;
        if (to < n) chosen[to] = CONTEXT_BREAK;
        if (to == from) continue;
        read_line(&r, row + from, to - from);
        for (size_t i = from; i < to; i++) {
            const Slot *s = &r.lattice.slot.v[i - from];
            chosen[i] = i - from < r.path.n ? r.lattice.cand.v[r.path.v[i - from].cand].id : row[i];
            if (row[i] <= LM_END || s->cands < 2) continue;
            Doubt d = find_doubt(&r, s, row[i]);
            if (d.n) *vec_push(out) = (DoubtAt){(uint32_t)i, d};
        }
    }
    lattice_release(&r.lattice);
    vec_release(&r.path);
    ngram_release(&r.lm);
}

/* ---- by commonness alone ---- */

static Doubt guess_of(Reader *r, uint16_t id)
{
    const CandVec *c = &r->lattice.cand;
    ContextDoubt likeliest = {.n = 0};
    float sum = 0;
    lattice_clear(&r->lattice);
    push_cands(r, id, false);
    for (size_t i = 0; i < c->n; i++) sum += real_exp(ngram_unigram(&r->lm, c->v[i].id) + c->v[i].score);
    for (size_t i = 0; i < c->n; i++)
        context_offer(&likeliest, c->v[i].id,
                      real_exp(ngram_unigram(&r->lm, c->v[i].id) + c->v[i].score) / sum);
    return doubt_of(&r->lex, &likeliest, id, GUESS_SURE);
}

void guesses_find(Guesses *g, const uint16_t *row, size_t n, const LmFile *lm)
{
    Reader r = {.lattice = {.weight = 1}};
    bool begins = true;
    lexicon_over(&r.lex, lm);
    ngram_over(&r.lm, lm);
    *g = (Guesses){.row = row, .as = xalloc(((size_t)LM_NONE + 1) * sizeof *g->as)};
    for (uint32_t id = LM_END + 1; id < lm->header->words; id++) g->as[id] = guess_of(&r, (uint16_t)id);
    for (size_t i = 0; i < n; i++) {
        if (!begins && g->as[row[i]].n) *vec_push(&g->at) = (uint32_t)i;
        begins = row[i] == CONTEXT_BREAK || begins_after(&r.lex, row[i], begins);
    }
    lattice_release(&r.lattice);
    ngram_release(&r.lm);
}

void guesses_release(Guesses *g)
{
    vec_release(&g->at);
    free(g->as);
    *g = (Guesses){0};
}
