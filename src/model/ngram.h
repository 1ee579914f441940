/* ngram: says how likely a word is after the words before it: a back-off n-gram model, mapped read-only.
 *
 * tools/train estimates it by modified Kneser-Ney smoothing, prunes it and quantises it. lm_file.h has the layout. A state
 * is what the model remembers of the words so far.
 *
 * Smoothing: Chen and Goodman, An empirical study of smoothing techniques for language modeling, Computer Speech and
 * Language 13 (1999), 359.
 *
 *     Ngram lm;
 *     ngram_over(&lm, &file);
 *     NgramState s = ngram_begin(&lm), next[2];
 *     WordId ids[] = {dong, đông};                     (ascending, as lexicon_run() gives them)
 *     float logp[2];
 *     ngram_extend(&lm, &s, ids, 2, logp, next);       (ln P(id | s), and the states that follow)
 *     ngram_release(&lm);
 *
 * All values are natural logarithms. The model borrows the file's mapping, which must outlive it. Nothing here fails: a
 * word that the model does not have counts as LM_UNKNOWN.
 */
#ifndef DAU_MODEL_NGRAM_H
#define DAU_MODEL_NGRAM_H

#include "model/lm_file.h"

typedef struct NgramState {
    int32_t at[LM_MOST_ORDER - 1]; /* three; at[k]: context of the last k + 1 words in level k + 1, or -1 */
} NgramState;

typedef struct NgramLevel {
    uint32_t grams, contexts;
    const uint16_t *id;
    const uint8_t *prob, *backoff;
    const uint64_t *has;
    const uint32_t *rank, *child;
    const float *book;
} NgramLevel;

typedef struct Ngram {
    int order;
    NgramLevel level[LM_MOST_ORDER];
    uint16_t *after; /* by word: its context of level 1, or LM_NONE */
    uint16_t **jump; /* by context of level 1 with many successors: where among them each block of ids
                        begins; made when first asked for */
} Ngram;

void ngram_over(Ngram *m, const LmFile *file); /* for one thread at a time: jump[] is filled on the way */
void ngram_release(Ngram *m);

/* The state at the beginning of a line. */
NgramState ngram_begin(const Ngram *m);
/* ids ascend strictly. logp[i] becomes ln P(ids[i] | state); next[i], unless next is NULL, the state after it. */
void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramState *next);
/* The same in two parts, for a search that asks many states for the same words. The file is far larger than
 * the caches: all states take a step before any takes the next, and each step asks for what the next reads.
 *
 *     NgramWords w = {.n = 2, .id = {dong, đông}};                     (ascending; own[] as it pleases)
 *     ngram_reach(&lm, 0, group, low, n, dong);                        (of one ngram_lower_key: once)
 *     ngram_words(&lm, &w);
 *     ngram_near(&lm, 0, low, n, dong);                                (low[i] is &lower[i].seek)
 *     ngram_find(&lm, 0, low, n, dong);
 *     ngram_lower(&lm, group, n, &w, lower);
 *     ngram_reach(&lm, ngram_top(&lm), state, seek, m, dong);          (of those states that are worth it;
 *     ngram_near(&lm, ngram_top(&lm), seek, m, dong);                   any work may stand between the steps)
 *     ngram_find(&lm, ngram_top(&lm), seek, m, dong);
 *     ngram_upper(&lm, &w, &lower[0], seek[k], score, logp);
 *
 * States of one ngram_lower_key share the lower part, which also tells the states that the words lead to. The
 * upper part adds what the longest context knows. */
enum {
    NGRAM_MOST = 96, /* words asked for at once */
    NGRAM_LANES = 8, /* arrays of numbers are filled up to a multiple of this with -INFINITY */
    NGRAM_SPAN = 64, /* ids so near to each other are found by their distance */
    NGRAM_NOT = 0xFF,
};
typedef struct NgramWords { /* what is asked for */
    int n;
    uint16_t id[NGRAM_MOST];
    float own[NGRAM_MOST]; /* what the caller adds to a word's answers */
    /* private */
    unsigned span;             /* last id - first id + 1 where that is at most NGRAM_SPAN, else 0 */
    uint8_t place[NGRAM_SPAN]; /* of first id + k among them, or NGRAM_NOT */
    float alone[NGRAM_MOST];   /* logarithm of a word with no context, and its own */
} NgramWords;
typedef struct NgramSeek { /* a place among the successors of a context */
    uint32_t at, to, end;  /* all 0 where there is no context */
    float paid;            /* by words that are not there */
    const uint16_t *jump;  /* where the word's block begins and ends, in the first step */
} NgramSeek;
typedef struct NgramLower {
    NgramSeek seek;
    float logp[NGRAM_MOST];                      /* and the word's own */
    int32_t gram[LM_MOST_ORDER - 2][NGRAM_MOST]; /* in level 1 and up, or -1 */
} NgramLower;
/* To be called after id[0..n) and own[0..n) are set, n <= NGRAM_MOST. */
void ngram_words(const Ngram *m, NgramWords *w);
void ngram_reach(const Ngram *m, int level, const NgramState *const *state, NgramSeek *const *seek, int n,
                 uint16_t first);
void ngram_near(const Ngram *m, int level, NgramSeek *const *seek, int n, uint16_t first);
void ngram_find(const Ngram *m, int level, NgramSeek *const *seek, int n, uint16_t first);
void ngram_lower(const Ngram *m, const NgramState *const *state, int n, const NgramWords *w,
                 NgramLower *lower);
/* logp[i] is of word i after the state, with its own and the state's score added. Filled up as ngram_lower() does. */
void ngram_upper(const Ngram *m, const NgramWords *w, const NgramLower *lower, const NgramSeek *seek,
                 float score, float *logp);
/* One word. */
float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next);
float ngram_unigram(const Ngram *m, uint16_t id);

/* The innermost loops of the search, inline because a call would cost more than they do. */
static inline int ngram_top(const Ngram *m) /* the level of the longest context */
{
    return m->order - 2;
}

static inline int ngram_lanes(int n)
{
    return (n + NGRAM_LANES - 1) & -NGRAM_LANES;
}

static inline uint32_t ngram_ones(uint64_t x) /* the portable way is a call */
{
    x -= x >> 1 & 0x5555555555555555u;
    x = (x & 0x3333333333333333u) + (x >> 2 & 0x3333333333333333u);
    return (uint32_t)(((x + (x >> 4)) & 0x0F0F0F0F0F0F0F0Fu) * 0x0101010101010101u >> 56);
}

/* The context of a gram, or -1 when nothing follows it. */
static inline int32_t ngram_context_of(const NgramLevel *l, uint32_t gram)
{
    uint64_t bits = l->has[gram / LM_RANK_BITS], bit = UINT64_C(1) << gram % LM_RANK_BITS;
    if (!(bits & bit)) return -1;
    uint32_t n = l->rank[gram / LM_RANK_BITS] + ngram_ones(bits & (bit - 1));
    return n < l->contexts ? (int32_t)n : -1;
}

static inline void ngram_follow_to(const Ngram *m, const NgramWords *w, const NgramLower *lower, int i,
                                   int top, NgramState *next)
{
    uint16_t after = m->after[w->id[i] < m->level[0].grams ? w->id[i] : LM_UNKNOWN];
    *next = (NgramState){{after == LM_NONE ? -1 : after, -1, -1}};
    for (int k = 0; k < top; k++) {
        int32_t gram = lower->gram[k][i];
        if (gram >= 0) next->at[k + 1] = ngram_context_of(&m->level[k + 1], (uint32_t)gram);
    }
}

/* The state that word i leads to; what the lower part found of it is on its way since. */
static inline void ngram_follow(const Ngram *m, const NgramWords *w, const NgramLower *lower, int i,
                                NgramState *next)
{
    if (m->order == 3) /* the usual, without a loop */
        ngram_follow_to(m, w, lower, i, 1, next);
    else
        ngram_follow_to(m, w, lower, i, ngram_top(m), next);
}

/* What the first step reads of a state in a level. */
static inline void ngram_prefetch(const Ngram *m, const NgramState *state, int level)
{
    int32_t c = state->at[level];
    if (c < 0) return;
    __builtin_prefetch(&m->level[level].child[c]);
    __builtin_prefetch(&m->level[level].backoff[c]);
    if (level == 0) __builtin_prefetch(&m->jump[c]);
}

static inline bool ngram_state_equal(const NgramState *a, const NgramState *b)
{
    return a->at[0] == b->at[0] && a->at[1] == b->at[1] && a->at[2] == b->at[2];
}

/* The same of equal states, and hardly ever of others. */
static inline uint64_t ngram_state_key(const NgramState *s)
{
    uint64_t key = (uint64_t)(uint32_t)s->at[1] << 32 | (uint32_t)s->at[0];
    return key ^ (uint64_t)(uint32_t)s->at[2] * 0x9E3779B97F4A7C15u;
}

/* The same of states that differ only in their longest context, and of no others. */
static inline uint64_t ngram_lower_key(const Ngram *m, const NgramState *s)
{
    uint64_t key = 0;
    for (int k = 0; k < ngram_top(m); k++) key = key << 32 | (uint32_t)s->at[k];
    return key;
}

#endif
