/* Beam search with exact recombination: two ways that leave the language model in the same state have the
 * same future, the better one stays. The posteriors are forward-backward over the ways the beam kept.
 *
 * Example: after "trường mầm" the slot "non" has six candidates and two states lead to it; twelve ways, of
 * which those within `beam` nats of the best become states of the next node. */
#include "stage/restore_lattice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STATES = 32 }; /* of a node */

static const float BREAK_COST = 0.7f; /* nats: a line end parts two texts, or not: one in two */

void lattice_clear(Lattice *l)
{
    l->node.n = l->slot.n = l->cand.n = l->state.n = l->edge.n = 0;
}

void lattice_release(Lattice *l)
{
    vec_release(&l->node);
    vec_release(&l->slot);
    vec_release(&l->cand);
    vec_release(&l->state);
    vec_release(&l->edge);
    for (size_t i = 0; i < l->waiting_nodes; i++) vec_release(&l->waiting[i]);
    free(l->waiting);
}

int lattice_add_node(Lattice *l)
{
    *vec_push(&l->node) = (Node){.slots = -1, .best = -INFINITY};
    return (int)l->node.n - 1;
}

Slot *lattice_add_slot(Lattice *l, int from, int to)
{
    Slot *s = vec_push(&l->slot);
    *s = (Slot){.from = from, .to = to, .first_cand = (int)l->cand.n, .next = l->node.v[from].slots};
    l->node.v[from].slots = (int32_t)(s - l->slot.v);
    return s;
}

void lattice_sort_cands(Lattice *l, Slot *slot)
{
    Cand *c = l->cand.v + slot->first_cand;
    int n = slot->cands, kept = 0;
    for (int i = 1; i < n; i++) { /* nearly sorted already: insertion */
        Cand x = c[i];
        int k = i;
        for (; k > 0 && (c[k - 1].id > x.id || (c[k - 1].id == x.id && c[k - 1].score < x.score)); k--)
            c[k] = c[k - 1];
        c[k] = x;
    }
    for (int i = 0; i < n; i++)
        if (!kept || c[kept - 1].id != c[i].id) c[kept++] = c[i];
    slot->cands = kept;
    l->cand.n = (size_t)(slot->first_cand + kept);
}

static float log_add(float a, float b)
{
    float high = a > b ? a : b, low = a > b ? b : a;
    return low - high < -20 ? high : high + log1pf(expf(low - high));
}

/* ---- states of a node ---- */

/* Those within the beam, best first. */
static size_t sort_fresh(State *f, size_t n, float least)
{
    size_t kept = 0;
    for (size_t i = 0; i < n; i++) {
        State x = f[i];
        if (x.score < least) continue;
        size_t k = kept++;
        for (; k > 0 && f[k - 1].score < x.score; k--) f[k] = f[k - 1];
        f[k] = x;
    }
    return kept;
}

/* The node's ways become at most MOST_STATES different language states. */
static void settle(Lattice *l, const Ngram *lm, int node)
{
    Node *nd = &l->node.v[node];
    State *f = l->waiting[node].v;
    size_t kept = sort_fresh(f, l->waiting[node].n, nd->best - l->beam);
    nd->first_state = (int)l->state.n;
    for (size_t i = 0; i < kept; i++) {
        int same = nd->first_state, end = (int)l->state.n;
        if (!f[i].settled) f[i].lm = ngram_settle(lm, &f[i].lm);
        f[i].settled = true;
        while (same < end && !ngram_state_equal(&l->state.v[same].lm, &f[i].lm)) same++;
        if (same == end) {
            if (end - nd->first_state >= MOST_STATES) continue;
            *vec_push(&l->state) = f[i];
        } else if (l->wants_edges) {
            l->state.v[same].alpha = log_add(l->state.v[same].alpha, f[i].alpha);
        }
        if (l->wants_edges && f[i].prev >= 0)
            *vec_push(&l->edge) =
                (Edge){f[i].prev, same, f[i].slot, f[i].cand, f[i].alpha - l->state.v[f[i].prev].alpha};
    }
    nd->states = (int)l->state.n - nd->first_state;
    l->waiting[node].n = 0;
}

/* A line ends: what follows may be a new text, or must. */
static void add_break(Lattice *l, const Ngram *lm, int node)
{
    Node *nd = &l->node.v[node];
    NgramState begin = ngram_begin(lm);
    int first = nd->first_state, n = nd->states;
    float best = -INFINITY, alpha = -INFINITY;
    int32_t from = -1;
    for (int i = first; i < first + n; i++) {
        State *s = &l->state.v[i];
        float end = ngram_score(lm, &s->lm, LM_END, NULL);
        if (s->score + end > best) best = s->score + end, from = i;
        alpha = log_add(alpha, s->alpha + end);
    }
    if (from < 0) return;
    State fresh = {
        .lm = begin, .score = best - BREAK_COST, .alpha = alpha - BREAK_COST, .prev = from, .slot = -1};
    if (l->wants_edges) /* approximate: the break is entered from the best state with all the weight */
        *vec_push(&l->edge) = (Edge){from, (int32_t)l->state.n, -1, -1, fresh.alpha - l->state.v[from].alpha};
    *vec_push(&l->state) = fresh;
    nd = &l->node.v[node];
    if (nd->must_break)
        nd->first_state = (int)l->state.n - 1, nd->states = 1;
    else
        nd->states++;
}

/* A piece that is no token: the language model hears nothing of it. */
static void pass_over(Lattice *l, const Slot *slot, int32_t number, int32_t from)
{
    const State s = l->state.v[from];
    Node *to = &l->node.v[slot->to];
    float w = l->weight * l->cand.v[slot->first_cand].score;
    if (s.score + w < to->best - l->beam) return;
    if (s.score + w > to->best) to->best = s.score + w;
    *vec_push(&l->waiting[slot->to]) = (State){.lm = s.lm,
                                               .settled = true,
                                               .score = s.score + w,
                                               .alpha = s.alpha + w,
                                               .prev = from,
                                               .slot = number,
                                               .cand = slot->first_cand};
}

/* What states with the same last word share: the shorter contexts' answers for a slot's candidates. */
typedef struct Shared {
    NgramState of;
    float logp[NGRAM_MOST];
    NgramFresh next[NGRAM_MOST];
} Shared;

enum { MOST_SHARED = 6 };

typedef struct Asked {
    uint16_t ids[NGRAM_MOST];
    int n;
    Shared shared[MOST_SHARED]; /* the last used, round robin */
    int used;
} Asked;

static const Shared *ask_shared(Asked *q, const Ngram *lm, const NgramState *state)
{
    int have = q->used < MOST_SHARED ? q->used : MOST_SHARED;
    for (int i = 0; i < have; i++)
        if (ngram_same_lower(lm, &q->shared[i].of, state)) return &q->shared[i];
    Shared *s = &q->shared[q->used++ % MOST_SHARED];
    s->of = *state;
    ngram_lower(lm, state, q->ids, q->n, s->logp, s->next);
    return s;
}

static void extend_state(Lattice *l, const Ngram *lm, const Slot *slot, int32_t number, int32_t from,
                         Asked *q)
{
    float logp[NGRAM_MOST];
    const Cand *c = l->cand.v + slot->first_cand;
    const State s = l->state.v[from];
    const Shared *shared = ask_shared(q, lm, &s.lm);
    Node *to = &l->node.v[slot->to];
    ngram_upper(lm, &s.lm, q->ids, q->n, shared->logp, logp);
    for (int i = 0; i < q->n; i++) {
        float w = logp[i] + l->weight * c[i].score;
        if (s.score + w < to->best - l->beam) continue;
        if (s.score + w > to->best) to->best = s.score + w;
        *vec_push(&l->waiting[slot->to]) = (State){.lm = shared->next[i],
                                                   .score = s.score + w,
                                                   .alpha = s.alpha + w,
                                                   .prev = from,
                                                   .slot = number,
                                                   .cand = slot->first_cand + i};
    }
}

static void extend_slot(Lattice *l, const Ngram *lm, const Slot *slot, int32_t number, const Node *nd)
{
    Asked q;
    q.used = 0;
    q.n = slot->cands < NGRAM_MOST ? slot->cands : NGRAM_MOST;
    for (int i = 0; i < q.n; i++) q.ids[i] = l->cand.v[slot->first_cand + i].id;
    for (int stage = 0; stage < 2; stage++)
        for (int k = nd->first_state; k < nd->first_state + nd->states; k++)
            ngram_prefetch(lm, &l->state.v[k].lm, q.ids[0], stage);
    for (int k = nd->first_state; k < nd->first_state + nd->states; k++)
        extend_state(l, lm, slot, number, k, &q);
}

/* ---- the search ---- */

static void trace(const Lattice *l, int32_t state, Steps *path)
{
    path->n = 0;
    for (; state >= 0; state = l->state.v[state].prev)
        if (l->state.v[state].slot >= 0)
            *vec_push(path) = (Step){l->state.v[state].slot, l->state.v[state].cand};
    for (size_t i = 0, k = path->n; i + 1 < k; i++) {
        Step swap = path->v[i];
        path->v[i] = path->v[--k];
        path->v[k] = swap;
    }
}

static int32_t best_last(const Lattice *l, const Ngram *lm)
{
    const Node *end = &l->node.v[l->node.n - 1];
    int32_t best = -1;
    float most = -INFINITY;
    for (int i = end->first_state; i < end->first_state + end->states; i++) {
        float score = l->state.v[i].score + ngram_score(lm, &l->state.v[i].lm, LM_END, NULL);
        if (score > most) most = score, best = i;
    }
    return best;
}

static void make_room(Lattice *l)
{
    if (l->node.n <= l->waiting_nodes) return;
    l->waiting = xrealloc(l->waiting, l->node.n * sizeof *l->waiting);
    memset(l->waiting + l->waiting_nodes, 0, (l->node.n - l->waiting_nodes) * sizeof *l->waiting);
    l->waiting_nodes = l->node.n;
}

static void leave_node(Lattice *l, const Ngram *lm, const Node *nd)
{
    for (int32_t s = nd->slots; s >= 0; s = l->slot.v[s].next) {
        const Slot *slot = &l->slot.v[s];
        bool no_token = slot->cands == 1 && l->cand.v[slot->first_cand].id == LM_NONE;
        if (slot->cands && !no_token) extend_slot(l, lm, slot, s, nd);
        for (int k = nd->first_state; no_token && k < nd->first_state + nd->states; k++)
            pass_over(l, slot, s, k);
    }
}

void lattice_search(Lattice *l, const Ngram *lm, Steps *path)
{
    l->state.n = l->edge.n = 0;
    make_room(l);
    *vec_push(&l->waiting[0]) =
        (State){.lm = ngram_begin(lm), .settled = true, .prev = -1, .slot = -1, .cand = -1};
    l->node.v[0].best = 0;
    for (size_t i = 0; i < l->node.n; i++) {
        settle(l, lm, (int)i);
        if ((l->node.v[i].may_break || l->node.v[i].must_break) && i) add_break(l, lm, (int)i);
        const Node nd = l->node.v[i];
        leave_node(l, lm, &nd);
    }
    trace(l, best_last(l, lm), path);
}

/* ---- posteriors ---- */

void lattice_posteriors(Lattice *l)
{
    const Node *end = &l->node.v[l->node.n - 1];
    float total = -INFINITY;
    for (size_t i = 0; i < l->state.n; i++) l->state.v[i].beta = -INFINITY;
    for (int i = end->first_state; i < end->first_state + end->states; i++) {
        l->state.v[i].beta = 0;
        total = log_add(total, l->state.v[i].alpha);
    }
    for (size_t e = l->edge.n; e-- > 0;) {
        const Edge *x = &l->edge.v[e];
        State *from = &l->state.v[x->from];
        float beta = l->state.v[x->to].beta;
        if (beta == -INFINITY) continue;
        float p = expf(from->alpha + x->weight + beta - total);
        if (x->cand >= 0) l->cand.v[x->cand].posterior += p;
        from->beta = log_add(from->beta, x->weight + beta);
    }
}
