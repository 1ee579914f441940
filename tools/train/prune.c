/* Pruning by what changes a choice.
 *
 * Restore chooses among words of one skeleton, so a gram is worth what it does for that choice. "trường mầm non" is
 * frequent, and the trigram says non with 0.99. But the bigram "mầm non" says so too, and nôn, nón, nồn do not rival it:
 * the trigram may go. "phường dương nội" stays: without it "đường nối" would win.
 *
 * Take a gram of words h w that was seen c times. Its rivals are the words of w's skeleton in w's place, and those of the
 * word before in that word's place. S is the summed probability of the rivals; the loss is log(1 + S / p). The worth of
 * the gram is c times the rise of the loss when p falls to the backed-off probability. A share `any` of the plain
 * likelihood is added, because what an engine misread is not bound to the skeleton. */
#include "grams.h"

#include "model/lm_file.h"

#include <math.h>
#include <stdlib.h>

static void words_of(uint64_t key, int n, uint16_t *w)
{
    for (int i = n - 1; i >= 0; i--, key >>= 16) w[i] = (uint16_t)key;
}

static bool same_kind(const Vocab *v, uint16_t a, uint16_t b)
{
    return (v->v[a].flags & LM_IS_NAME) == (v->v[b].flags & LM_IS_NAME);
}

/* Sum over the rivals of the word at `place` of the probability of the words from there on. */
static double rivals(const Grams *g, const Vocab *v, uint16_t *w, int n, int place)
{
    double sum = 0;
    uint16_t own = w[place];
    for (uint16_t r = v->run_first[own]; r < v->run_end[own]; r++) {
        if (r == own || !same_kind(v, r, own)) continue;
        w[place] = r;
        double p = grams_prob(g, w, place + 1);
        if (place + 1 < n) p *= grams_prob(g, w, n);
        sum += p;
    }
    w[place] = own;
    return sum;
}

static double worth(const Grams *g, const Vocab *v, int k, size_t i, double backed, double any)
{
    uint16_t w[GRAMS_MOST];
    const Level *l = &g->level[k];
    double c = l->raw[i] - 0.7, p = l->prob[i]; /* the first time says less than it counts */
    words_of(l->key[i], k + 1, w);
    double last = rivals(g, v, w, k + 1, k), before = 0, p_before = 1;
    if (k > 0 && w[k - 1] > LM_END) {
        before = rivals(g, v, w, k + 1, k - 1);
        p_before = grams_prob(g, w, k);
    }
    double loss = log1p((last + before / p_before) / backed) - log1p((last + before / p_before) / p);
    return c * (loss + any * fabs(log(p / backed)));
}

static bool has_kept_child(const Grams *g, int k, size_t i)
{
    if (k + 1 >= g->order) return false;
    for (uint32_t c = g->level[k].child[i]; c < g->level[k].child[i + 1]; c++)
        if (g->level[k + 1].keep[c]) return true;
    return false;
}

static bool is_worth_it(const Grams *g, const Vocab *v, const PruneOptions *o, int k, size_t i, double gamma)
{
    const Level *l = &g->level[k];
    uint16_t w[GRAMS_MOST];
    if (has_kept_child(g, k, i)) return true;
    if (l->raw[i] < o->least[k]) return false;
    words_of(l->key[i], k + 1, w);
    double backed = gamma * grams_prob(g, w + 1, k);
    return worth(g, v, k, i, backed, o->any) >= o->cost[k];
}

void grams_prune(Grams *g, const Vocab *v, const PruneOptions *o)
{
    for (int k = g->order - 1; k >= 0; k--) {
        Level *l = &g->level[k];
        l->keep = xalloc(l->n + 1);
        for (size_t c = 0; k > 0 && c < g->level[k - 1].n; c++)
            for (size_t i = g->level[k - 1].child[c]; i < g->level[k - 1].child[c + 1]; i++)
                l->keep[i] = is_worth_it(g, v, o, k, i, g->level[k - 1].gamma[c]);
        for (size_t i = 0; k == 0 && i < l->n; i++) l->keep[i] = 1;
    }
}
