/* Interpolated modified Kneser-Ney (Chen and Goodman 1999). Each level has three discounts, estimated from how many grams
 * were seen once to four times. The probability that they set free goes to the next lower order: a trigram seen
 * once, such as "phường dương nội", gives much of its count to "dương nội". */
#include "grams.h"

#include "model/lm_file.h"

#include <math.h>
#include <stdlib.h>

typedef struct Discounts {
    double d[4]; /* of a gram seen 0, 1, 2, 3 or more times */
} Discounts;

static Discounts find_discounts(const Level *l)
{
    double n[5] = {0};
    for (size_t i = 0; i < l->n; i++)
        if (l->count[i] >= 1 && l->count[i] <= 4) n[l->count[i]]++;
    Discounts d = {{0, 0.5, 1.0, 1.5}}; /* for tiny texts */
    if (n[1] < 1 || n[2] < 1 || n[3] < 1 || n[4] < 1) return d;
    double y = n[1] / (n[1] + 2 * n[2]);
    for (int k = 1; k <= 3; k++) {
        double v = k - (k + 1) * y * n[k + 1] / n[k];
        if (v > 0 && v < k) d.d[k] = v;
    }
    return d;
}

static double discount(const Discounts *d, uint32_t count)
{
    return d->d[count > 3 ? 3 : count];
}

static void smooth_unigrams(Level *l, uint32_t words)
{
    Discounts d = find_discounts(l);
    double total = 0, freed = 0;
    for (size_t i = 0; i < l->n; i++) total += l->count[i], freed += discount(&d, l->count[i]);
    l->prob = xalloc(l->n * sizeof *l->prob);
    for (size_t i = 0; i < l->n; i++) {
        double p = l->count[i] - discount(&d, l->count[i]);
        l->prob[i] = (float)((p + freed / (words - 1)) / total);
    }
    l->prob[LM_BEGIN] = 1e-9f; /* never predicted */
}

static void words_of(uint64_t key, int n, uint16_t *w)
{
    for (int i = n - 1; i >= 0; i--, key >>= 16) w[i] = (uint16_t)key;
}

/* Successors [from, to) of gram c of the level below. */
static void smooth_context(Grams *g, int k, size_t c, const Discounts *d)
{
    Level *l = &g->level[k], *low = &g->level[k - 1];
    size_t from = low->child[c], to = low->child[c + 1];
    double total = 0, freed = 0;
    for (size_t i = from; i < to; i++) total += l->count[i], freed += discount(d, l->count[i]);
    low->gamma[c] = total > 0 ? (float)(freed / total) : 1;
    for (size_t i = from; i < to; i++) {
        uint16_t w[GRAMS_MOST];
        words_of(l->key[i], k + 1, w);
        double p = (l->count[i] - discount(d, l->count[i])) / total;
        l->prob[i] = (float)(p + freed / total * grams_prob(g, w + 1, k));
    }
}

void grams_smooth(Grams *g)
{
    smooth_unigrams(&g->level[0], g->words);
    for (int k = 1; k < g->order; k++) {
        Level *l = &g->level[k], *low = &g->level[k - 1];
        Discounts d = find_discounts(l);
        l->prob = xalloc((l->n + 1) * sizeof *l->prob);
        low->gamma = xalloc((low->n + 1) * sizeof *low->gamma);
        for (size_t c = 0; c < low->n; c++) smooth_context(g, k, c, &d);
    }
}

double grams_prob(const Grams *g, const uint16_t *w, int n)
{
    double paid = 1;
    for (; n > 1; n--, w++) {
        long context = grams_find(g, w, n - 1);
        if (context < 0) continue;
        const Level *l = &g->level[n - 2];
        if (l->child[context] == l->child[context + 1]) continue;
        size_t low = l->child[context], high = l->child[context + 1], end = high;
        const Level *up = &g->level[n - 1];
        while (low < high) {
            size_t middle = (low + high) / 2;
            if ((uint16_t)up->key[middle] < w[n - 1])
                low = middle + 1;
            else
                high = middle;
        }
        if (low < end && (uint16_t)up->key[low] == w[n - 1]) return paid * up->prob[low];
        paid *= l->gamma[context];
    }
    return paid * g->level[0].prob[w[0]];
}

/* ---- after pruning ---- */

double grams_kept_prob(const Grams *g, const uint16_t *w, int n)
{
    double paid = 1;
    for (; n > 1; n--, w++) {
        long gram = grams_find(g, w, n);
        if (gram >= 0 && g->level[n - 1].keep[gram]) return paid * g->level[n - 1].prob[gram];
        long context = grams_find(g, w, n - 1);
        if (context >= 0 && g->level[n - 2].keep[context]) paid *= g->level[n - 2].gamma[context];
    }
    return paid * g->level[0].prob[w[0]];
}

void grams_back_off(Grams *g)
{
    for (int k = 1; k < g->order; k++) {
        Level *l = &g->level[k], *low = &g->level[k - 1];
        for (size_t c = 0; c < low->n; c++) {
            double kept = 0, lower = 0;
            for (size_t i = low->child[c]; i < low->child[c + 1]; i++) {
                uint16_t w[GRAMS_MOST];
                if (!l->keep[i]) continue;
                words_of(l->key[i], k + 1, w);
                kept += l->prob[i];
                lower += grams_kept_prob(g, w + 1, k);
            }
            double rest = kept < 0.9999 ? 1 - kept : 1e-4, under = lower < 0.9999 ? 1 - lower : 1e-4;
            low->gamma[c] = (float)(rest / under);
        }
    }
}
