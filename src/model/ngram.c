/* A query goes from the longest context down: what a context's successors hold is answered by them, the rest
 * pays the context's back-off weight and asks the next shorter one.
 *
 * Example: after "trường mầm", the candidates of "non" are non, nón, nõn, nôn, nồn, nớn: adjacent ids. One
 * search in the successors of (trường mầm) finds "non"; one in those of (mầm) finds "non" again, which tells
 * where the context (mầm non) is; the others get back-off(trường mầm) + back-off(mầm) + their unigrams. */
#include "model/ngram.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    BACKOFF_BOOK = 256,
    LONG_LIST = 64,  /* successors that are worth jumps */
    BLOCK_HOLDS = 16 /* successors of a block, about: a line of the cache */
};

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

/* Bits of an id within a block, in a list of n successors. */
static unsigned block_bits(const Ngram *m, uint32_t n)
{
    uint32_t blocks = n / BLOCK_HOLDS, bits = 0;
    for (uint32_t span = m->level[0].grams / blocks; span > 1; span >>= 1) bits++;
    return bits;
}

/* An id that is no word's, of a model that is broken, falls into the last one. */
static uint32_t block_of(const Ngram *m, uint16_t id, unsigned bits)
{
    uint32_t last = m->level[0].grams >> bits, block = (uint32_t)id >> bits;
    return block < last ? block : last;
}

static uint16_t *make_jump(const Ngram *m, uint32_t from, uint32_t to)
{
    const uint16_t *ids = m->level[1].id;
    unsigned bits = block_bits(m, to - from);
    uint32_t all = (m->level[0].grams >> bits) + 2;
    uint16_t *jump = xalloc(all * sizeof *jump), *at = jump;
    for (uint32_t i = from; i <= to; i++) { /* blocks that begin at or before id i */
        uint32_t blocks = i < to ? block_of(m, ids[i], bits) + 1 : all;
        while (at - jump < blocks) *at++ = (uint16_t)(i - from);
    }
    return jump;
}

/* The first from `at` on that is not below `id`: near at hand as a rule, so by growing steps. */
static uint32_t step_to(const uint16_t *ids, uint32_t at, uint32_t to, uint16_t id)
{
    uint32_t step = 1;
    while (at + step < to && ids[at + step] < id) at += step, step *= 2;
    return lower_bound(ids, at, at + step < to ? at + step : to, id);
}

/* Words far from each other: the two lists side by side. */
static int collect_apart(const NgramLevel *l, uint32_t here, uint32_t to, const NgramWords *w,
                         NgramFound *found)
{
    int hits = 0;
    for (int i = 0; here < to; here++) {
        uint16_t id = l->id[here];
        while (i < w->n && w->id[i] < id) i++;
        if (i == w->n) break;
        if (w->id[i] > id)
            here = step_to(l->id, here, to, w->id[i]) - 1;
        else
            found[hits++] = (NgramFound){i, l->book[l->prob[here]], (int32_t)here};
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

/* Which successors: all of the context's, or none. */
static void seek_list(const Ngram *m, const NgramState *state, int level, uint16_t first, NgramSeek *s)
{
    const NgramLevel *up = &m->level[level], *l = &m->level[level + 1];
    int32_t c = context_at(m, state, level, &s->paid);
    s->at = s->to = s->end = 0, s->jump = NULL;
    if (c < 0) return;
    uint32_t from = up->child[c], to = up->child[c + 1], n = to - from;
    if (to > l->grams || from >= to) return;
    s->at = from, s->to = s->end = to;
    if (level == 0 && n >= LONG_LIST && n <= 0xFFFF) {
        if (!m->jump[c]) m->jump[c] = make_jump(m, from, to);
        s->jump = m->jump[c] + block_of(m, first, block_bits(m, n));
        __builtin_prefetch(s->jump);
    }
    __builtin_prefetch(&l->id[from + n / 2]);
}

/* A block of them, or half of them. */
static void seek_part(const NgramLevel *l, uint16_t first, NgramSeek *s)
{
    if (s->jump) {
        s->to = s->at + s->jump[1];
        s->at += s->jump[0];
        s->jump = NULL;
        __builtin_prefetch(&l->id[s->to]);
    } else if (s->to - s->at > LONG_LIST / 2) {
        uint32_t half = s->at + (s->to - s->at) / 2;
        bool past = l->id[half - 1] < first;
        s->at = past ? half : s->at;
        s->to = past ? s->to : half;
    }
    __builtin_prefetch(&l->id[s->at + (s->to - s->at) / 2]);
}

void ngram_seek(const Ngram *m, const NgramState *state, int level, uint16_t first, NgramSeek *s, int step)
{
    const NgramLevel *l = &m->level[level + 1];
    if (step == 0) {
        seek_list(m, state, level, first, s);
    } else if (step + 1 < NGRAM_STEPS) {
        seek_part(l, first, s);
    } else {
        s->at = lower_bound(l->id, s->at, s->to, first);
        __builtin_prefetch(&l->prob[s->at]);
    }
}

/* The words among the successors from the place found on, in order. */
static int collect(const NgramLevel *l, const NgramSeek *s, const NgramWords *w, NgramFound *found)
{
    int hits = 0;
    if (!w->span) return collect_apart(l, s->at, s->end, w, found);
    for (uint32_t here = s->at; here < s->end; here++) {
        unsigned past = (unsigned)(l->id[here] - w->id[0]);
        if (past >= w->span) break;
        if (w->place[past] == NGRAM_NOT) continue;
        found[hits++] = (NgramFound){w->place[past], l->book[l->prob[here]], (int32_t)here};
    }
    return hits;
}

void ngram_words(const Ngram *m, NgramWords *w)
{
    int lanes = ngram_lanes(w->n);
    unsigned span = w->n ? (unsigned)(w->id[w->n - 1] - w->id[0]) + 1 : 0;
    w->span = span <= NGRAM_SPAN ? span : 0;
    memset(w->place, NGRAM_NOT, w->span);
    for (int i = 0; i < w->n; i++) {
        w->unigram[i] = ngram_unigram(m, w->id[i]);
        if (w->span) w->place[w->id[i] - w->id[0]] = (uint8_t)i;
    }
    for (int i = w->n; i < lanes; i++) w->unigram[i] = -INFINITY;
}

/* What a longer context knows takes the place of what the shorter ones said. */
static void overrule(const NgramLevel *l, const NgramSeek *s, const NgramWords *w, float *logp, int32_t *gram)
{
    NgramFound found[NGRAM_MOST];
    int hits = collect(l, s, w, found);
    for (int h = 0; h < hits; h++) {
        logp[found[h].i] = found[h].logp;
        gram[found[h].i] = found[h].gram;
    }
}

void ngram_lower(const Ngram *m, const NgramState *state, const NgramWords *w, const NgramSeek *s,
                 NgramLower *lower)
{
    int lanes = ngram_lanes(w->n), levels = ngram_top(m);
    float paid = levels ? s->paid : 0;
    for (int i = 0; i < lanes; i += NGRAM_LANES)
        for (int k = i; k < i + NGRAM_LANES; k++) lower->logp[k] = w->unigram[k] + paid;
    for (int k = 0; k < levels; k++) {
        NgramSeek own = *s;
        memset(lower->gram[k], 0xFF, (size_t)w->n * sizeof lower->gram[k][0]);
        if (k) {
            for (int step = 0; step < NGRAM_STEPS; step++) ngram_seek(m, state, k, w->id[0], &own, step);
            for (int i = 0; i < w->n; i++) lower->logp[i] += own.paid;
        }
        overrule(&m->level[k + 1], &own, w, lower->logp, lower->gram[k]);
    }
}

int ngram_upper(const Ngram *m, const NgramWords *w, const NgramSeek *s, NgramFound *found)
{
    return collect(&m->level[ngram_top(m) + 1], s, w, found);
}

void ngram_fresh(const Ngram *m, const NgramWords *w, const NgramLower *lower, int i, NgramFresh *fresh)
{
    for (int k = 0; k < LM_MOST_ORDER - 1; k++) fresh->at[k] = -1;
    fresh->at[0] = w->id[i] < m->level[0].grams ? w->id[i] : LM_UNKNOWN;
    for (int k = 0; k < ngram_top(m); k++) {
        int32_t gram = lower->gram[k][i];
        fresh->at[k + 1] = gram;
        if (gram < 0) continue;
        __builtin_prefetch(&m->level[k + 1].has[gram / LM_RANK_BITS]);
        __builtin_prefetch(&m->level[k + 1].rank[gram / LM_RANK_BITS]);
    }
}

void ngram_prefetch(const Ngram *m, const NgramState *state)
{
    for (int k = ngram_top(m); k >= 0; k--) {
        int32_t c = state->at[k];
        if (c < 0 || (uint32_t)c >= m->level[k].contexts) continue;
        __builtin_prefetch(&m->level[k].child[c]);
        __builtin_prefetch(&m->level[k].backoff[c]);
        if (k == 0) __builtin_prefetch(&m->jump[c]);
    }
}

void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramFresh *next)
{
    NgramWords w;
    NgramLower lower;
    NgramFound found[NGRAM_MOST];
    NgramSeek low, top;
    for (int at = 0; at < n; at += w.n) {
        w.n = n - at < NGRAM_MOST ? n - at : NGRAM_MOST;
        memcpy(w.id, ids + at, (size_t)w.n * sizeof *ids);
        ngram_words(m, &w);
        for (int step = 0; step < NGRAM_STEPS; step++) {
            ngram_seek(m, state, 0, w.id[0], &low, step);
            ngram_seek(m, state, ngram_top(m), w.id[0], &top, step);
        }
        ngram_lower(m, state, &w, &low, &lower);
        int hits = ngram_upper(m, &w, &top, found);
        for (int i = 0; i < w.n; i++) {
            logp[at + i] = lower.logp[i] + top.paid;
            if (next) ngram_fresh(m, &w, &lower, i, &next[at + i]);
        }
        for (int h = 0; h < hits; h++) logp[at + found[h].i] = found[h].logp;
    }
}

float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next)
{
    float logp;
    ngram_extend(m, state, &id, 1, &logp, next);
    if (next) ngram_settle(m, next);
    return logp;
}

float ngram_unigram(const Ngram *m, uint16_t id)
{
    const NgramLevel *l = &m->level[0];
    return l->book[l->prob[id < l->grams ? id : LM_UNKNOWN]];
}

void ngram_settle(const Ngram *m, NgramState *s)
{
    for (int k = 0; k + 1 < m->order; k++)
        if (s->at[k] >= 0) s->at[k] = context_of(&m->level[k], (uint32_t)s->at[k]);
}

NgramState ngram_begin(const Ngram *m)
{
    NgramState s;
    memset(&s, 0xFF, sizeof s);
    s.at[0] = context_of(&m->level[0], LM_BEGIN);
    return s;
}
