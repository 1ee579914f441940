/* Counting by sorting. Every window of n words is a 64-bit key: "trường mầm non" is the three ids side by side, the first
 * word highest. A radix sort brings equal keys together, and the runs are counted. Two hundred million keys take some ten
 * seconds and 3 GB. */
#include "grams.h"

#include "model/lm_file.h"

#include <stdlib.h>
#include <string.h>

static void radix_pass(const uint64_t *from, uint64_t *to, size_t n, int shift)
{
    size_t *at = xalloc(65537 * sizeof *at);
    for (size_t i = 0; i < n; i++) at[(from[i] >> shift & 0xFFFF) + 1]++;
    for (size_t b = 0; b < 65536; b++) at[b + 1] += at[b];
    for (size_t i = 0; i < n; i++) to[at[from[i] >> shift & 0xFFFF]++] = from[i];
    free(at);
}

/* Sorts keys of `words` ids; gives back the sorted array, frees the other. */
static uint64_t *sort_keys(uint64_t *key, size_t n, int words)
{
    uint64_t *other = xalloc((n + 1) * sizeof *other);
    for (int k = 0; k < words; k++) {
        radix_pass(key, other, n, 16 * k);
        uint64_t *swap = key;
        key = other;
        other = swap;
    }
    free(other);
    return key;
}

/* Sorted keys into different keys and counts, in place. */
static void count_runs(Level *l)
{
    size_t out = 0;
    l->count = xalloc((l->n + 1) * sizeof *l->count);
    for (size_t i = 0; i < l->n; i++) {
        if (out && l->key[out - 1] == l->key[i]) {
            l->count[out - 1]++;
        } else {
            l->key[out] = l->key[i];
            l->count[out++] = 1;
        }
    }
    l->n = out;
    l->key = xrealloc(l->key, (out + 1) * sizeof *l->key);
    l->count = xrealloc(l->count, (out + 1) * sizeof *l->count);
}

/* Windows of `order` ids. A line is <s> w1 .. wn </s>; shorter windows at its begin go to the lower levels.
 */
static void collect(Grams *g, const uint16_t *row, size_t n)
{
    int order = g->order;
    size_t breaks = 0;
    for (size_t i = 0; i < n; i++) breaks += row[i] == ROW_BREAK;
    for (int k = 1; k < order; k++) g->level[k - 1].key = xalloc((breaks + 1) * sizeof(uint64_t));
    g->level[order - 1].key = xalloc((n + 1) * sizeof(uint64_t));
    uint64_t window = LM_BEGIN, mask = order == 4 ? ~UINT64_C(0) : (UINT64_C(1) << 16 * order) - 1;
    int have = 1;
    for (size_t i = 0; i < n; i++) {
        bool ends = row[i] == ROW_BREAK;
        window = (window << 16 | (ends ? LM_END : row[i])) & mask;
        have += have < order;
        Level *l = &g->level[have - 1];
        if (have == order || (window >> 16 * (have - 1)) == LM_BEGIN) l->key[l->n++] = window;
        if (ends) window = LM_BEGIN, have = 1;
    }
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Level k from the different grams of level k + 1: each counts once for its suffix; line begins as they are.
 */
static void continue_level(Grams *g, int k)
{
    Level *l = &g->level[k - 1], *up = &g->level[k];
    uint64_t mask = (UINT64_C(1) << 16 * k) - 1;
    l->key = xrealloc(l->key, (l->n + up->n + 1) * sizeof *l->key);
    for (size_t i = 0; i < up->n; i++) l->key[l->n++] = up->key[i] & mask;
    if (l->n > 1 << 20)
        l->key = sort_keys(l->key, l->n, k);
    else
        qsort(l->key, l->n, sizeof *l->key, compare_keys);
    count_runs(l);
}

/* Every word of the vocabulary has a unigram. */
static void fill_unigrams(Grams *g)
{
    Level *l = &g->level[0];
    uint64_t *key = xalloc((g->words + 1) * sizeof *key);
    uint32_t *count = xalloc((g->words + 1) * sizeof *count);
    for (uint32_t i = 0; i < g->words; i++) key[i] = i;
    for (size_t i = 0; i < l->n; i++) count[l->key[i]] = l->count[i];
    count[LM_BEGIN] = 0;
    free(l->key);
    free(l->count);
    *l = (Level){.n = g->words, .key = key, .count = count};
}

static void link_children(Level *l, const Level *up)
{
    size_t at = 0;
    l->child = xalloc((l->n + 1) * sizeof *l->child);
    for (size_t i = 0; i < l->n; i++) {
        while (at < up->n && up->key[at] >> 16 < l->key[i]) at++;
        l->child[i] = (uint32_t)at;
    }
    l->child[l->n] = (uint32_t)up->n;
}

static void sum_raw(Level *l, const Level *up)
{
    l->raw = xalloc((l->n + 1) * sizeof *l->raw);
    for (size_t i = 0; i < l->n; i++)
        for (uint32_t c = l->child[i]; c < l->child[i + 1]; c++) l->raw[i] += up->raw[c];
    for (size_t i = 0; i < l->n; i++)
        if (l->raw[i] < l->count[i]) l->raw[i] = l->count[i];
}

void grams_count(Grams *g, const uint16_t *row, size_t n, uint32_t words, int order)
{
    *g = (Grams){.order = order, .words = words};
    collect(g, row, n);
    Level *top = &g->level[order - 1];
    top->key = sort_keys(top->key, top->n, order);
    count_runs(top);
    top->raw = top->count;
    for (int k = order - 1; k > 0; k--) continue_level(g, k);
    fill_unigrams(g);
    for (int k = 0; k + 1 < order; k++) link_children(&g->level[k], &g->level[k + 1]);
    for (int k = order - 2; k >= 0; k--) sum_raw(&g->level[k], &g->level[k + 1]);
}

void grams_release(Grams *g)
{
    for (int k = 0; k < g->order; k++) {
        Level *l = &g->level[k];
        if (l->raw != l->count) free(l->raw);
        free(l->key);
        free(l->count);
        free(l->prob);
        free(l->gamma);
        free(l->child);
        free(l->keep);
    }
    *g = (Grams){0};
}

long grams_find(const Grams *g, const uint16_t *w, int n)
{
    size_t from = 0, to = g->words;
    long at = w[0] < g->words ? w[0] : -1;
    for (int k = 1; k < n && at >= 0; k++) {
        const Level *l = &g->level[k];
        from = g->level[k - 1].child[at];
        to = g->level[k - 1].child[at + 1];
        size_t end = to;
        while (from < to) {
            size_t middle = (from + to) / 2;
            if ((uint16_t)l->key[middle] < w[k])
                from = middle + 1;
            else
                to = middle;
        }
        at = from < end && (uint16_t)l->key[from] == w[k] ? (long)from : -1;
    }
    return at;
}
