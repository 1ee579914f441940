/* What a text says elsewhere of a word in doubt.
 *
 * Example: a page has "Ha Dong" nine times. In eight of them the words around it make it Đông with 0.9, in the ninth, a
 * cell of a table, it is Đông 0.5, Đồng 0.4. Of all words that read "dong", đông is a third in any text and nine tenths in
 * this one: the ninth is Đông, too.
 *
 * A reading's posterior is multiplied by (share here / share in any text) to a power below 1, for one wrong reading must
 * not pull the others with it. A word's own posterior does not count for itself. */
#include "restore/private.h"

#include "base/real.h"

#include <math.h>
#include <string.h>

static const float POWER = 0.15f; /* of what the other places say */
static const float BELIEVED = 1;  /* words: the share in any text weighs as so many in this one */
static const float SURE = 0.98f;  /* a word of this posterior and above is not judged again */
static const float MOST_MASS = 1e4f;

struct Elsewhere {
    float mass[LM_NONE + 1]; /* by word id: the sum of its posteriors */
};

void elsewhere_reset(Restore *r)
{
    if (r->elsewhere) memset(r->elsewhere, 0, sizeof *r->elsewhere);
}

void elsewhere_free(Elsewhere *p)
{
    free(p);
}

static void add_slot(Restore *r, const Slot *s)
{
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        const Cand *c = &r->lattice.cand.v[i];
        if (c->id != LM_UNKNOWN && c->id != LM_NONE && r->elsewhere->mass[c->id] < MOST_MASS)
            r->elsewhere->mass[c->id] += c->posterior;
    }
}

static void judge_slot(Restore *r, Step *step)
{
    Lattice *l = &r->lattice;
    const Slot *s = &l->slot.v[step->slot];
    float best = 0, sum = 0, all = 0, common = 0;
    int which = -1;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        const Cand *c = &l->cand.v[i];
        if (c->posterior > best) best = c->posterior;
        sum += c->posterior;
        if (c->id == LM_UNKNOWN) continue;
        all += r->elsewhere->mass[c->id] - c->posterior;
        common += real_exp(ngram_unigram(&r->lm, c->id));
    }
    if (best >= SURE || s->cands < 2 || s->label || all < 1) return;
    float total = 0;
    best = 0;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        Cand *c = &l->cand.v[i];
        if (c->id != LM_UNKNOWN) {
            float any = real_exp(ngram_unigram(&r->lm, c->id)) / common;
            float here =
                (fmaxf(r->elsewhere->mass[c->id] - c->posterior, 0) + BELIEVED * any) / (all + BELIEVED);
            c->posterior *= powf(here / any, POWER);
        }
        total += c->posterior;
        if (c->posterior > best) best = c->posterior, which = i;
    }
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) l->cand.v[i].posterior *= sum / total;
    step->cand = which;
}

void elsewhere_apply(Restore *r)
{
    if (!r->elsewhere) r->elsewhere = xalloc(sizeof *r->elsewhere);
    for (size_t i = 0; i < r->path.n; i++) add_slot(r, &r->lattice.slot.v[r->path.v[i].slot]);
    for (size_t i = 0; i < r->path.n; i++) judge_slot(r, &r->path.v[i]);
}
