/* A query goes from the longest context down: what a context's successors hold is answered by them, the rest
 * pays the context's back-off weight and asks the next shorter one.
 *
 * Example: after "trường mầm", the candidates of "non" are non, nón, nõn, nôn, nồn, nớn: adjacent ids. One
 * search in the successors of (trường mầm) finds "non"; one in those of (mầm) finds "non" again, which tells
 * where the context (mầm non) is; the others get back-off(trường mầm) + back-off(mầm) + their unigrams. */
#include "model/ngram.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

enum { BACKOFF_BOOK = 256, LONG_LIST = 128 /* successors that are worth jumps */ };

static NgramLevel level_over(const LmFile *f, int k)
{
    const LmHeader *h = f->header;
    int s = k * LM_PARTS;
    return (NgramLevel){
        .grams = h->grams[k],
        .contexts = h->contexts[k],
        .id = lm_section(f, s + LM_ID),
        .prob = lm_section(f, s + LM_PROB),
        .backoff = lm_section(f, s + LM_BACKOFF),
        .has = lm_section(f, s + LM_HAS),
        .rank = lm_section(f, s + LM_RANK),
        .child = lm_section(f, s + LM_CHILD),
        .book = lm_section(f, s + LM_BOOK),
    };
}

void ngram_over(Ngram *m, const LmFile *file)
{
    *m = (Ngram){.order = (int)file->header->order};
    for (int k = 0; k < m->order; k++) m->level[k] = level_over(file, k);
    m->jumps = (int)(file->header->words >> 8) + 2;
    m->jump = xalloc((m->level[0].contexts + 1) * sizeof *m->jump);
}

void ngram_release(Ngram *m)
{
    for (uint32_t c = 0; m->jump && c < m->level[0].contexts; c++) free(m->jump[c]);
    free(m->jump);
    *m = (Ngram){0};
}

static uint32_t ones(uint64_t x) /* the portable way is a call */
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return (uint32_t)(((x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* The context of a gram, or -1 when nothing follows it. */
static int32_t context_of(const NgramLevel *l, uint32_t gram)
{
    uint64_t bits = l->has[gram / LM_RANK_BITS], bit = UINT64_C(1) << gram % LM_RANK_BITS;
    if (!(bits & bit)) return -1;
    uint32_t n = l->rank[gram / LM_RANK_BITS] + ones(bits & (bit - 1));
    return n < l->contexts ? (int32_t)n : -1;
}

/* The first of id[low..high) that is not below `id`. Without branches on what is compared: they would be
 * guessed wrong every other time. */
static uint32_t lower_bound(const uint16_t *ids, uint32_t low, uint32_t high, uint16_t id)
{
    const uint16_t *at = ids + low;
    uint32_t n = high - low;
    if (n == 0) return low;
    while (n > 1) {
        uint32_t half = n / 2;
        at += (uint32_t)(at[half - 1] < id) * half;
        n -= half;
    }
    return (uint32_t)(at - ids) + (*at < id);
}

static uint16_t *make_jump(const Ngram *m, uint32_t from, uint32_t to)
{
    const uint16_t *ids = m->level[1].id;
    uint16_t *jump = xalloc((size_t)m->jumps * sizeof *jump);
    uint32_t at = from;
    for (int k = 0; k < m->jumps; k++) {
        while (at < to && ids[at] < (unsigned)k << 8) at++;
        jump[k] = (uint16_t)(at - from);
    }
    return jump;
}

/* lower_bound among the successors of context c of level k; the long lists of single words by their jumps. */
static uint32_t find_first(const Ngram *m, int k, int32_t c, uint32_t from, uint32_t to, uint16_t id)
{
    const uint16_t *ids = m->level[k + 1].id;
    int part = id >> 8;
    if (k > 0 || to - from < LONG_LIST || to - from > 0xFFFF || part + 1 >= m->jumps)
        return lower_bound(ids, from, to, id);
    if (!m->jump[c]) m->jump[c] = make_jump(m, from, to);
    const uint16_t *jump = m->jump[c];
    return lower_bound(ids, from + jump[part], from + jump[part + 1], id);
}

/* The first from `at` on that is not below `id`: near at hand as a rule, so by growing steps. */
static uint32_t step_to(const uint16_t *ids, uint32_t at, uint32_t to, uint16_t id)
{
    uint32_t step = 1;
    while (at + step < to && ids[at + step] < id) at += step, step *= 2;
    return lower_bound(ids, at, at + step < to ? at + step : to, id);
}

/* The candidates that context c of level k knows (its successors lie in level k + 1), in order, with where
 * they stand there in `at`, which may be NULL. */
static int ask(const Ngram *m, int k, int32_t c, const uint16_t *ids, int n, NgramFound *found, int32_t *at)
{
    const NgramLevel *up = &m->level[k], *l = &m->level[k + 1];
    uint32_t from = up->child[c], to = up->child[c + 1];
    int hits = 0;
    if (to > l->grams || from >= to) return 0;
    uint32_t here = find_first(m, k, c, from, to, ids[0]);
    for (int i = 0; here < to; here++) {
        uint16_t id = l->id[here];
        while (i < n && ids[i] < id) i++;
        if (i == n) break;
        if (ids[i] > id) {
            here = step_to(l->id, here, to, ids[i]) - 1;
            continue;
        }
        if (at) at[hits] = (int32_t)here;
        found[hits++] = (NgramFound){i, l->book[l->prob[here]]};
    }
    return hits;
}

/* The context of `state` in level k, or -1; and what who is not known there has to pay. */
static int32_t context_at(const Ngram *m, const NgramState *state, int k, float *paid)
{
    int32_t c = state->at[k];
    bool known = c >= 0 && (uint32_t)c < m->level[k].contexts;
    *paid = known ? m->level[k].book[BACKOFF_BOOK + m->level[k].backoff[c]] : 0;
    return known ? c : -1;
}

/* What context c of level k knows takes the place of what the shorter ones said. */
static void overrule(const Ngram *m, int k, int32_t c, const uint16_t *ids, int n, float *logp,
                     NgramFresh *next)
{
    NgramFound found[NGRAM_MOST];
    int32_t at[NGRAM_MOST];
    int hits = c < 0 ? 0 : ask(m, k, c, ids, n, found, at);
    for (int h = 0; h < hits; h++) {
        logp[found[h].i] = found[h].logp;
        if (next) next[found[h].i].at[k + 1] = at[h];
    }
}

void ngram_lower(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, const float *unigram,
                 float *logp, NgramFresh *next)
{
    float paid = 0;
    int32_t c = m->order < 3 ? -1 : context_at(m, state, 0, &paid);
    for (int i = 0; i < n; i++) {
        logp[i] = unigram[i] + paid;
        if (next) next[i] = (NgramFresh){{ids[i] < m->level[0].grams ? ids[i] : LM_UNKNOWN, -1, -1}};
    }
    overrule(m, 0, c, ids, n, logp, next);
    for (int k = 1; k <= m->order - 3; k++) {
        c = context_at(m, state, k, &paid);
        for (int i = 0; i < n; i++) logp[i] += paid;
        overrule(m, k, c, ids, n, logp, next);
    }
}

int ngram_upper(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *paid,
                NgramFound *found)
{
    int k = m->order - 2;
    int32_t c = context_at(m, state, k, paid);
    return c < 0 ? 0 : ask(m, k, c, ids, n, found, NULL);
}

/* The single word's list: where the jump says that id lies. */
static void prefetch_long(const Ngram *m, int32_t c, uint16_t id)
{
    const NgramLevel *l = &m->level[1];
    uint32_t at = m->level[0].child[c];
    if (m->jump[c]) at += m->jump[c][id >> 8];
    __builtin_prefetch(&l->id[at]);
    __builtin_prefetch(&l->prob[at]);
}

void ngram_prefetch(const Ngram *m, const NgramState *state, uint16_t id, int stage)
{
    for (int k = m->order - 2; k >= 0; k--) {
        int32_t c = state->at[k];
        if (c < 0 || (uint32_t)c >= m->level[k].contexts) continue;
        uint32_t at = stage ? m->level[k].child[c] : 0;
        if (stage == 0) {
            __builtin_prefetch(&m->level[k].child[c]);
            __builtin_prefetch(&m->level[k].backoff[c]);
            if (k == 0) __builtin_prefetch(&m->jump[c]);
        } else if (k == 0) {
            prefetch_long(m, c, id);
        } else {
            __builtin_prefetch(&m->level[k + 1].id[at]);
            __builtin_prefetch(&m->level[k + 1].prob[at]);
        }
    }
}

void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramFresh *next)
{
    float unigram[NGRAM_MOST], paid;
    NgramFound found[NGRAM_MOST];
    for (int i = 0; i < n; i += NGRAM_MOST) {
        int some = n - i < NGRAM_MOST ? n - i : NGRAM_MOST;
        for (int k = 0; k < some; k++) unigram[k] = ngram_unigram(m, ids[i + k]);
        ngram_lower(m, state, ids + i, some, unigram, logp + i, next ? next + i : NULL);
        int hits = ngram_upper(m, state, ids + i, some, &paid, found);
        for (int k = 0; k < some; k++) logp[i + k] += paid;
        for (int h = 0; h < hits; h++) logp[i + found[h].i] = found[h].logp;
    }
}

float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next)
{
    float logp;
    NgramFresh fresh;
    ngram_extend(m, state, &id, 1, &logp, &fresh);
    if (next) *next = ngram_settle(m, &fresh);
    return logp;
}

float ngram_unigram(const Ngram *m, uint16_t id)
{
    const NgramLevel *l = &m->level[0];
    return l->book[l->prob[id < l->grams ? id : LM_UNKNOWN]];
}

NgramState ngram_settle(const Ngram *m, const NgramFresh *fresh)
{
    NgramState s = *fresh;
    for (int k = 0; k + 1 < m->order; k++)
        if (s.at[k] >= 0) s.at[k] = context_of(&m->level[k], (uint32_t)s.at[k]);
    return s;
}

NgramState ngram_begin(const Ngram *m)
{
    NgramState s;
    memset(&s, 0xFF, sizeof s);
    s.at[0] = context_of(&m->level[0], LM_BEGIN);
    return s;
}
