/* A query goes from the longest context down. A word among a context's successors is answered there. The others pay the
 * context's back-off weight and ask the next shorter context.
 *
 * Example: after "trường mầm" the candidates of "non" are non, nón, nõn, nôn, nồn, nớn: adjacent ids. One search in the
 * successors of (trường mầm) finds "non". One in those of (mầm) finds "non" again, and there the context (mầm non). The
 * others get back-off(trường mầm) + back-off(mầm) + their unigrams. */
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
    m->after = xalloc((m->level[0].grams + 1) * sizeof *m->after);
    for (uint32_t i = 0; i < m->level[0].grams; i++)
        m->after[i] = (uint16_t)ngram_context_of(&m->level[0], i);
}

void ngram_release(Ngram *m)
{
    for (uint32_t c = 0; m->jump && c < m->level[0].contexts; c++) free(m->jump[c]);
    free(m->jump);
    free(m->after);
    *m = (Ngram){0};
}

/* The first of id[low..high) that is not below `id`. It has no branch on what is compared: half of them would be
 * mispredicted. */
static uint32_t lower_bound(const uint16_t *ids, uint32_t low, uint32_t high, uint16_t id)
{
    const uint16_t *at = ids + low;
    uint32_t n = high - low;
    if (n == 0) return low;
    while (n > 1) {
        uint32_t half = n / 2;
        at += -(uint32_t)(at[half - 1] < id) & half;
        n -= half;
    }
    return (uint32_t)(at - ids) + (*at < id);
}

static unsigned log2_of(uint32_t x)
{
    return 31u - (unsigned)__builtin_clz(x | 1);
}

/* Bits of an id within a block, in a list of n successors. */
static unsigned block_bits(const Ngram *m, uint32_t n)
{
    unsigned all = log2_of(m->level[0].grams), blocks = log2_of(n / BLOCK_HOLDS);
    return all > blocks ? all - blocks : 0;
}

/* An id that is not a word's, of a model that is broken, falls into the last one. */
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
    uint16_t *jump = xalloc(all * sizeof *jump);
    for (uint32_t block = 0, i = from; block < all; block++) {
        while (i < to && block_of(m, ids[i], bits) < block) i++;
        jump[block] = (uint16_t)(i - from);
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

/* The context of `state` in level k, or -1; and what a word that is not known there pays. */
static int32_t context_at(const Ngram *m, const NgramState *state, int k, float *paid)
{
    int32_t c = state->at[k];
    bool known = c >= 0 && (uint32_t)c < m->level[k].contexts;
    *paid = known ? m->level[k].book[BACKOFF_BOOK + m->level[k].backoff[c]] : 0;
    return known ? c : -1;
}

/* ---- a place among successors, in three steps ---- */

/* Which successors: all of the context's, or none. */
static inline void seek_list(const Ngram *m, const NgramState *state, int level, uint16_t first, NgramSeek *s)
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
    } else {
        __builtin_prefetch(&l->id[from + n / 2]);
        if (n <= LONG_LIST / 2) return;
        __builtin_prefetch(&l->id[from + n / 4]);
        __builtin_prefetch(&l->id[to - n / 4]);
    }
}

static inline void seek_half(const NgramLevel *l, uint16_t first, NgramSeek *s)
{
    uint32_t half = s->at + (s->to - s->at) / 2;
    bool past = l->id[half - 1] < first;
    s->at = past ? half : s->at;
    s->to = past ? s->to : half;
}

/* A block of them, or a quarter of them. */
static inline void seek_part(const NgramLevel *l, uint16_t first, NgramSeek *s)
{
    if (s->jump) {
        s->to = s->at + s->jump[1];
        s->at += s->jump[0];
        __builtin_prefetch(&l->id[s->to]);
    } else if (s->to - s->at > LONG_LIST / 2) {
        seek_half(l, first, s);
        seek_half(l, first, s);
        uint32_t n = s->to - s->at;
        __builtin_prefetch(&l->id[s->at + n / 4]);
        __builtin_prefetch(&l->id[s->to - n / 4]);
    }
    __builtin_prefetch(&l->id[s->at + (s->to - s->at) / 2]);
}

/* The word, or where it would stand. */
static inline void seek_word(const NgramLevel *l, uint16_t first, NgramSeek *s)
{
    s->at = lower_bound(l->id, s->at, s->to, first);
    __builtin_prefetch(&l->prob[s->at]);
}

void ngram_reach(const Ngram *m, int level, const NgramState *const *state, NgramSeek *const *seek, int n,
                 uint16_t first)
{
    for (int i = 0; i < n; i++) seek_list(m, state[i], level, first, seek[i]);
}

void ngram_near(const Ngram *m, int level, NgramSeek *const *seek, int n, uint16_t first)
{
    const NgramLevel *l = &m->level[level + 1];
    for (int i = 0; i < n; i++) seek_part(l, first, seek[i]);
}

void ngram_find(const Ngram *m, int level, NgramSeek *const *seek, int n, uint16_t first)
{
    const NgramLevel *l = &m->level[level + 1];
    for (int i = 0; i < n; i++) seek_word(l, first, seek[i]);
}

/* The three steps at once. */
static void ask_list(const Ngram *m, int level, const NgramState *state, NgramSeek *seek, uint16_t first)
{
    seek_list(m, state, level, first, seek);
    seek_part(&m->level[level + 1], first, seek);
    seek_word(&m->level[level + 1], first, seek);
}

/* ---- words among successors ---- */

void ngram_words(const Ngram *m, NgramWords *w)
{
    const NgramLevel *l = &m->level[0];
    int n = w->n, lanes = ngram_lanes(n);
    unsigned span = n ? (unsigned)(w->id[n - 1] - w->id[0]) + 1 : 0;
    w->span = span <= NGRAM_SPAN ? span : 0;
    memset(w->place, NGRAM_NOT, sizeof w->place);
    for (int i = 0; i < n; i++) {
        w->alone[i] = l->book[l->prob[w->id[i] < l->grams ? w->id[i] : LM_UNKNOWN]] + w->own[i];
        w->place[(w->id[i] - w->id[0]) & (NGRAM_SPAN - 1)] = (uint8_t)i;
    }
    for (int i = n; i < lanes; i++) w->alone[i] = -INFINITY;
}

/* What the successors say of a word: the probability of the one at `here`, with what is paid already. */
static inline void say(const NgramLevel *l, const NgramWords *w, int i, uint32_t here, float paid,
                       float *logp, int32_t *gram)
{
    logp[i] = paid + (l->book[l->prob[here]] + w->own[i]);
    if (!gram) return;
    gram[i] = (int32_t)here;
    __builtin_prefetch(&l->has[here / LM_RANK_BITS]);
    __builtin_prefetch(&l->rank[here / LM_RANK_BITS]);
}

/* Words far from each other: the two lists side by side. */
static void say_apart(const NgramLevel *l, const NgramSeek *s, const NgramWords *w, float paid, float *logp,
                      int32_t *gram)
{
    int i = 0;
    for (uint32_t here = s->at; here < s->end; here++) {
        uint16_t id = l->id[here];
        while (i < w->n && w->id[i] < id) i++;
        if (i == w->n) break;
        if (w->id[i] > id)
            here = step_to(l->id, here, s->end, w->id[i]) - 1;
        else
            say(l, w, i, here, paid, logp, gram);
    }
}

/* What a longer context knows takes the place of what the shorter ones said. */
static inline void overrule(const NgramLevel *l, const NgramSeek *s, const NgramWords *w, float paid,
                            float *logp, int32_t *gram)
{
    if (!w->span) {
        say_apart(l, s, w, paid, logp, gram);
        return;
    }
    for (uint32_t here = s->at; here < s->end; here++) {
        unsigned past = (unsigned)(l->id[here] - w->id[0]);
        if (past >= w->span) break;
        if (w->place[past] != NGRAM_NOT) say(l, w, w->place[past], here, paid, logp, gram);
    }
}

/* The context of two words, of a model of four. */
static void ask_second(const Ngram *m, const NgramState *state, const NgramWords *w, NgramLower *lower)
{
    NgramSeek s;
    ask_list(m, 1, state, &s, w->id[0]);
    for (int i = 0; i < w->n; i++) lower->logp[i] += s.paid, lower->gram[1][i] = -1;
    overrule(&m->level[2], &s, w, 0, lower->logp, lower->gram[1]);
}

static inline void ask_first(const Ngram *m, const NgramWords *w, NgramLower *lower)
{
    int lanes = ngram_lanes(w->n);
    float paid = lower->seek.paid;
    for (int i = 0; i < lanes; i += NGRAM_LANES)
        for (int k = i; k < i + NGRAM_LANES; k++) lower->logp[k] = w->alone[k] + paid, lower->gram[0][k] = -1;
    overrule(&m->level[1], &lower->seek, w, 0, lower->logp, lower->gram[0]);
}

void ngram_lower(const Ngram *m, const NgramState *const *state, int n, const NgramWords *w,
                 NgramLower *lower)
{
    for (int i = 0; ngram_top(m) == 0 && i < n; i++) memcpy(lower[i].logp, w->alone, sizeof lower[i].logp);
    for (int i = 0; ngram_top(m) > 0 && i < n; i++) ask_first(m, w, &lower[i]);
    for (int i = 0; ngram_top(m) > 1 && i < n; i++) ask_second(m, state[i], w, &lower[i]);
}

void ngram_upper(const Ngram *m, const NgramWords *w, const NgramLower *lower, const NgramSeek *seek,
                 float score, float *logp)
{
    int lanes = ngram_lanes(w->n);
    float base = score + seek->paid;
    for (int i = 0; i < lanes; i += NGRAM_LANES)
        for (int k = i; k < i + NGRAM_LANES; k++) logp[k] = base + lower->logp[k];
    overrule(&m->level[ngram_top(m) + 1], seek, w, score, logp, NULL);
}

void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramState *next)
{
    NgramWords w;
    NgramLower lower;
    NgramSeek top;
    float score[NGRAM_MOST];
    for (int at = 0; at < n; at += w.n) {
        w.n = n - at < NGRAM_MOST ? n - at : NGRAM_MOST;
        memcpy(w.id, ids + at, (size_t)w.n * sizeof *ids);
        for (int i = 0; i < w.n; i++) w.own[i] = 0;
        ngram_words(m, &w);
        ask_list(m, 0, state, &lower.seek, w.id[0]);
        ask_list(m, ngram_top(m), state, &top, w.id[0]);
        ngram_lower(m, &state, 1, &w, &lower);
        ngram_upper(m, &w, &lower, &top, 0, score);
        memcpy(logp + at, score, (size_t)w.n * sizeof *score);
        for (int i = 0; next && i < w.n; i++) ngram_follow(m, &w, &lower, i, &next[at + i]);
    }
}

float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next)
{
    float logp;
    ngram_extend(m, state, &id, 1, &logp, next);
    return logp;
}

float ngram_unigram(const Ngram *m, uint16_t id)
{
    const NgramLevel *l = &m->level[0];
    return l->book[l->prob[id < l->grams ? id : LM_UNKNOWN]];
}

NgramState ngram_begin(const Ngram *m)
{
    NgramState s;
    memset(&s, 0xFF, sizeof s);
    s.at[0] = ngram_context_of(&m->level[0], LM_BEGIN);
    return s;
}
