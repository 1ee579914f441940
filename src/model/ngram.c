/* A query goes from the longest context down: what a context's successors hold is answered by them, the rest
 * pays the context's back-off weight and asks the next shorter one.
 *
 * Example: after "trường mầm", the candidates of "non" are non, nón, nõn, nôn, nồn, nớn: adjacent ids. One
 * search in the successors of (trường mầm) finds "non"; one in those of (mầm) finds "non" again, which tells
 * where the context (mầm non) is; the others get back-off(trường mầm) + back-off(mầm) + their unigrams. */
#include "model/ngram.h"

#include <string.h>

enum { BACKOFF_BOOK = 256 };

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
}

/* The context of a gram, or -1 when nothing follows it. */
static int32_t context_of(const NgramLevel *l, uint32_t gram)
{
    uint32_t word = gram >> 6, block = gram / LM_RANK_BITS;
    uint64_t bits = l->has[word];
    if (!(bits >> (gram & 63) & 1)) return -1;
    uint32_t n = l->rank[block];
    for (uint32_t w = block * (LM_RANK_BITS / 64); w < word; w++)
        n += (uint32_t)__builtin_popcountll(l->has[w]);
    n += (uint32_t)__builtin_popcountll(bits & ((UINT64_C(1) << (gram & 63)) - 1));
    return n < l->contexts ? (int32_t)n : -1;
}

/* The first of id[low..high) that is not below `id`. */
static uint32_t lower_bound(const uint16_t *ids, uint32_t low, uint32_t high, uint16_t id)
{
    uint32_t n = high - low;
    while (n > 0) {
        uint32_t half = n / 2;
        bool below = ids[low + half] < id;
        low = below ? low + half + 1 : low;
        n = below ? n - half - 1 : half;
    }
    return low;
}

/* Answers from the successors of context `c` of level k (they lie in level k + 1) for the candidates that
 * have no answer yet, and notes every candidate's context there. */
static void ask(const Ngram *m, int k, int32_t c, const uint16_t *ids, int n, float paid, bool *done,
                float *logp, NgramState *next)
{
    const NgramLevel *up = &m->level[k], *l = &m->level[k + 1];
    uint32_t from = up->child[c], to = up->child[c + 1];
    bool keeps = next && k + 2 < m->order;
    if (to > l->grams || from >= to) return;
    uint32_t at = lower_bound(l->id, from, to, ids[0]);
    for (int i = 0; i < n && at < to;) {
        uint16_t found = l->id[at];
        if (found < ids[i]) {
            if (ids[i] - found > 8) /* far: search; near: step */
                at = lower_bound(l->id, at + 1, to, ids[i]);
            else
                at++;
            continue;
        }
        if (found == ids[i]) {
            if (!done[i]) logp[i] = paid + l->book[l->prob[at]], done[i] = true;
            if (keeps) next[i].at[k + 1] = context_of(l, at);
            at++;
        }
        i++;
    }
}

static void ask_unigrams(const Ngram *m, const uint16_t *ids, int n, float paid, const bool *done,
                         float *logp, NgramState *next)
{
    const NgramLevel *l = &m->level[0];
    for (int i = 0; i < n; i++) {
        uint16_t id = ids[i] < l->grams ? ids[i] : LM_UNKNOWN;
        if (!done[i]) logp[i] = paid + l->book[l->prob[id]];
        if (next) next[i].at[0] = context_of(l, id);
    }
}

static void extend_some(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                        NgramState *next)
{
    bool done[64];
    float paid = 0;
    memset(done, 0, (size_t)n);
    if (next) memset(next, 0xFF, (size_t)n * sizeof *next);
    for (int k = m->order - 2; k >= 0; k--) {
        int32_t c = state->at[k];
        if (c < 0 || (uint32_t)c >= m->level[k].contexts) continue;
        ask(m, k, c, ids, n, paid, done, logp, next);
        paid += m->level[k].book[BACKOFF_BOOK + m->level[k].backoff[c]];
    }
    ask_unigrams(m, ids, n, paid, done, logp, next);
}

void ngram_extend(const Ngram *m, const NgramState *state, const uint16_t *ids, int n, float *logp,
                  NgramState *next)
{
    for (int i = 0; i < n; i += 64) {
        int some = n - i < 64 ? n - i : 64;
        extend_some(m, state, ids + i, some, logp + i, next ? next + i : NULL);
    }
}

float ngram_score(const Ngram *m, const NgramState *state, uint16_t id, NgramState *next)
{
    float logp;
    NgramState out;
    extend_some(m, state, &id, 1, &logp, &out);
    if (next) *next = out;
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
    s.at[0] = context_of(&m->level[0], LM_BEGIN);
    return s;
}

bool ngram_state_equal(const NgramState *a, const NgramState *b)
{
    return memcmp(a, b, sizeof *a) == 0;
}
