/* Beam search with exact recombination: two ways that leave the language model in the same state have the
 * same future, the better one stays. The posteriors are forward-backward over the ways the beam kept.
 *
 * Example: after "trường mầm" the slot "non" has six candidates and two states lead to it; twelve ways, of
 * which those within `beam` nats of the best become states of the next node. */
#include "restore/lattice.h"

#include "base/real.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_STATES = 160 }; /* of a node */

/* A small table by hash of a node's states or groups: its number and one, 0 where none is. */
enum { SEEN_BITS = 8, SEEN_PLACES = 1 << SEEN_BITS };

static unsigned place_of(uint64_t key)
{
    return (unsigned)(key * 0x9E3779B97F4A7C15u >> (64 - SEEN_BITS));
}

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
    for (size_t i = 0; i < l->spare.n; i++) vec_release(&l->spare.v[i]);
    vec_release(&l->spare);
    free(l->waiting);
    free(l->ask);
    vec_release(&l->row);
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

/* ---- states of a node ---- */

/* The ways to a node; their memory is lent from node to node, for what was used last is in the caches. */
static WayVec *ways_to(Lattice *l, int node)
{
    WayVec *ways = &l->waiting[node];
    if (!ways->v && l->spare.n) *ways = l->spare.v[--l->spare.n];
    return ways;
}

/* The place of a node's state in `seen`, or the free one where it would stand. */
static uint8_t *seen_at(const State *own, const NgramState *lm, uint8_t seen[SEEN_PLACES])
{
    unsigned at = place_of(ngram_state_key(lm));
    while (seen[at] && !ngram_state_equal(&own[seen[at] - 1].lm, lm)) at = (at + 1) % SEEN_PLACES;
    return &seen[at];
}

enum { SLICES = 64 }; /* of the beam */

static inline int slice_of(float behind, float slices)
{
    float slice = behind * slices;
    return slice < SLICES - 1 ? (int)slice : SLICES - 1;
}

/* Where the ways are too many, those the farthest behind go, a slice of the beam at once. */
static void thin_out(const Lattice *l, WayVec *ways, float best)
{
    float slices = (SLICES - 1) / l->beam;
    int count[SLICES] = {0}, last = 0, kept;
    size_t n = 0;
    for (size_t i = 0; i < ways->n; i++) count[slice_of(best - ways->v[i].score, slices)]++;
    for (kept = count[0]; last + 1 < SLICES && kept + count[last + 1] <= l->most_ways; last++)
        kept += count[last + 1];
    for (size_t i = 0; i < ways->n; i++)
        if (slice_of(best - ways->v[i].score, slices) <= last) ways->v[n++] = ways->v[i];
    ways->n = n;
}

/* The ways within the beam stay. */
static void drop_ways(const Lattice *l, WayVec *ways, float best)
{
    float least = best - l->beam;
    size_t n = 0;
    while (n < ways->n && ways->v[n].score >= least) n++;
    for (size_t i = n; i < ways->n; i++)
        if (ways->v[i].score >= least) ways->v[n++] = ways->v[i];
    ways->n = n;
    if (n > (size_t)l->most_ways) thin_out(l, ways, best);
}

/* The ways become the node's states. Of two ways to one state the better one stays; all are edges. */
static void find_states(Lattice *l, Node *nd, const WayVec *ways)
{
    uint8_t seen[SEEN_PLACES] = {0};
    nd->first_state = (int)l->state.n;
    nd->states = 0;
    if (!ways->n) return;
    vec_reserve(&l->state, ways->n);
    vec_reserve(&l->edge, ways->n);
    State *own = l->state.v + l->state.n;
    Edge *edge = l->edge.v + l->edge.n;
    int states = 0;
    for (const Way *way = ways->v, *end = way + ways->n; way < end; way++) {
        uint8_t *place = seen_at(own, &way->lm, seen);
        if (!*place) {
            if (states == MOST_STATES) continue;
            own[states++] = (State){way->lm, way->score, 0, 0, 0, way->prev, way->slot, way->cand};
            *place = (uint8_t)states;
        }
        State *s = &own[*place - 1];
        if (way->score > s->score)
            s->score = way->score, s->prev = way->prev, s->slot = way->slot, s->cand = way->cand;
        *edge++ = (Edge){way->prev, nd->first_state + *place - 1, way->cand, way->weighs};
    }
    l->state.n += (size_t)states;
    nd->states = states;
    if (l->wants_edges) l->edge.n = (size_t)(edge - l->edge.v);
}

/* All ways to a node weigh 1 together: of the whole text's weight neither float nor its logarithm would keep
 * enough. A way weighs what its score says against the node's scale, for which the first way's stands until
 * the sum is known. */
static void weigh_node(Lattice *l, const Node *nd)
{
    size_t n = l->edge.n - l->weighed;
    if (!n) return;
    Edge *edge = l->edge.v + l->weighed;
    l->weighed = l->edge.n;
    State *all = l->state.v, *own = all + nd->first_state;
    float sum = 0, scale = edge->weight;
    l->row.n = 0;
    vec_reserve(&l->row, n);
    float *row = l->row.v;
    for (size_t i = 0; i < n; i++) row[i] = edge[i].weight - scale;
    for (size_t i = 0; i < n; i++) row[i] = real_exp(row[i]);
    for (size_t i = 0; i < n; i++) {
        float mass = row[i] * all[edge[i].from].mass;
        all[edge[i].to].mass += mass;
        sum += mass;
    }
    float share = 1 / sum;
    scale += real_log(sum);
    for (State *s = own; s < own + nd->states; s++) s->mass *= share, s->behind = s->score - scale;
    for (size_t i = 0; i < n; i++) edge[i].weight = row[i] * share;
}

/* The node's ways within the beam become its states. */
static void settle(Lattice *l, int node)
{
    Node *nd = &l->node.v[node];
    WayVec *ways = &l->waiting[node];
    drop_ways(l, ways, nd->best);
    find_states(l, nd, ways);
    ways->n = 0;
    if (ways->v) *vec_push(&l->spare) = *ways, *ways = (WayVec){0};
}

/* A line ends: what follows may be a new text. */
static void add_break(Lattice *l, const Ngram *lm, int node)
{
    Node *nd = &l->node.v[node];
    int first = nd->first_state, n = nd->states;
    float best = -INFINITY, mass = 0;
    int32_t from = -1;
    for (int i = first; i < first + n; i++) {
        const State *s = &l->state.v[i];
        float end = ngram_score(lm, &s->lm, LM_END, NULL) - BREAK_COST;
        if (s->score + end > best) best = s->score + end, from = i;
        if (l->wants_edges) mass += s->mass * real_exp(end);
    }
    if (from < 0) return;
    const State s = l->state.v[from];
    State fresh = {.lm = ngram_begin(lm), .mass = mass, .prev = from, .slot = -1};
    fresh.score = best, fresh.behind = best - s.score + s.behind;
    if (l->wants_edges) /* approximate: the break is entered from the best state with all the weight */
        *vec_push(&l->edge) = (Edge){from, (int32_t)l->state.n, -1, mass / s.mass}, l->weighed++;
    *vec_push(&l->state) = fresh;
    nd->states++;
}

/* A piece that is not a token: the language model hears nothing of it. */
static void pass_over(Lattice *l, const Slot *slot, int32_t number, int32_t from)
{
    const State *s = &l->state.v[from];
    Node *to = &l->node.v[slot->to];
    float score = s->score + l->weight * l->cand.v[slot->first_cand].score;
    if (score < to->best - l->beam) return;
    if (score > to->best) to->best = score;
    *vec_push(ways_to(l, slot->to)) = (Way){s->lm, score, score - s->behind, from, number, slot->first_cand};
}

/* ---- a slot ---- */

/* States with the same last word: the shorter contexts answer for all of them, and a candidate takes them all
 * to the same state, so that only the best of them goes on. */
typedef struct WayGroup {
    float ahead; /* logp of the best candidate by the shorter contexts; later the best score reached */
    bool asked;  /* by a state, so that best and from are set */
    float best[NGRAM_MOST];
    int32_t from[NGRAM_MOST]; /* of a candidate: the best way's score and state */
} WayGroup;

struct Ask { /* a slot's candidates, and what the states are told of them */
    const Slot *slot;
    int32_t number;
    NgramWords words;
    int groups;
    const NgramState *of[MOST_STATES + 1]; /* by group: one of its states */
    uint64_t key[MOST_STATES + 1];         /* by group: what its states share */
    NgramLower low[MOST_STATES + 1];
    NgramSeek *near[MOST_STATES + 1]; /* by group: of low */
    WayGroup group[MOST_STATES + 1];
    int own[MOST_STATES + 1];         /* by state: its group */
    float lookahead[MOST_STATES + 1]; /* by state: its score after one word of lookahead */
    NgramSeek seek[MOST_STATES + 1];
    const NgramState *all[MOST_STATES + 1];
    NgramSeek *far[MOST_STATES + 1];
    int asks; /* the states that ask their longest contexts */
    int ways[MOST_STATES + 1];
    NgramSeek *asking[MOST_STATES + 1];
};

static int group_of(Ask *q, const Ngram *lm, const NgramState *state, uint8_t seen[SEEN_PLACES])
{
    uint64_t key = ngram_lower_key(lm, state);
    unsigned at = place_of(key);
    while (seen[at] && q->key[seen[at] - 1] != key) at = (at + 1) % SEEN_PLACES;
    if (seen[at]) return seen[at] - 1;
    int i = q->groups++;
    seen[at] = (uint8_t)q->groups;
    q->of[i] = state;
    q->key[i] = key;
    q->near[i] = &q->low[i].seek;
    q->group[i].asked = false;
    return i;
}

static void fill_words(Ask *q, const Lattice *l, const Ngram *lm, const Slot *slot)
{
    const Cand *c = l->cand.v + slot->first_cand;
    int n = slot->cands < NGRAM_MOST ? slot->cands : NGRAM_MOST;
    q->words.n = n;
    for (int i = 0; i < n; i++) q->words.id[i] = c[i].id, q->words.own[i] = l->weight * c[i].score;
    ngram_words(lm, &q->words);
}

static void find_groups(Ask *q, const Ngram *lm, const State *s, int states)
{
    uint8_t seen[SEEN_PLACES] = {0};
    q->groups = 0;
    for (int k = 0; k < states; k++) {
        q->own[k] = group_of(q, lm, &s[k].lm, seen);
        q->all[k] = &s[k].lm, q->far[k] = &q->seek[k];
    }
}

static inline float more(float a, float b)
{
    return a > b ? a : b;
}

static inline float most_of(const float *w, int lanes)
{
    float most[NGRAM_LANES];
    memcpy(most, w, sizeof most);
    for (int i = NGRAM_LANES; i < lanes; i += NGRAM_LANES)
        for (int k = 0; k < NGRAM_LANES; k++) most[k] = more(w[i + k], most[k]);
    for (int k = 0; k < NGRAM_LANES / 2; k++) most[k] = more(most[k], most[k + NGRAM_LANES / 2]);
    return more(more(most[0], most[2]), more(most[1], most[3]));
}

/* There is room. What the next slot reads of the way is on its way, of the longest context if it is ahead. */
static inline void push_way(const Ngram *lm, const Ask *q, int group, int i, int32_t from, float score,
                            float behind, WayVec *to)
{
    NgramState next;
    ngram_follow(lm, &q->words, &q->low[group], i, &next);
    ngram_prefetch(lm, &next, ngram_top(lm));
    ngram_prefetch(lm, &next, 0);
    to->v[to->n++] = (Way){next, score, score - behind, from, q->number, q->slot->first_cand + i};
}

/* The best of the group's ways, candidate by candidate. */
static void keep_best(WayGroup *g, const float *w, int lanes, int32_t from)
{
    if (!g->asked) {
        for (int i = 0; i < lanes; i += NGRAM_LANES)
            for (int k = i; k < i + NGRAM_LANES; k++) g->best[k] = w[k], g->from[k] = from;
        g->asked = true;
        return;
    }
    for (int i = 0; i < lanes; i += NGRAM_LANES)
        for (int k = i; k < i + NGRAM_LANES; k++) {
            bool better = w[k] > g->best[k];
            g->best[k] = better ? w[k] : g->best[k];
            g->from[k] = better ? from : g->from[k];
        }
}

/* Which of the candidates are worth `least`; without a branch that nobody could guess. Returns how many. */
static int worth_it(const float *w, int n, float least, uint8_t out[NGRAM_MOST])
{
    int found = 0;
    for (int i = 0; i < n; i++) {
        out[found] = (uint8_t)i;
        found += w[i] >= least;
    }
    return found;
}

/* State `number` of the node, which is state `from` of all. */
static void extend_state(Lattice *l, const Ngram *lm, Ask *q, int32_t from, int number)
{
    int group = q->own[number];
    float w[NGRAM_MOST];
    const State *s = &l->state.v[from];
    Node *to = &l->node.v[q->slot->to];
    int n = q->words.n, lanes = ngram_lanes(n);
    ngram_upper(lm, &q->words, &q->low[group], &q->seek[number], s->score, w);
    if (!l->wants_edges) {
        keep_best(&q->group[group], w, lanes, from);
        return;
    }
    WayVec *ways = ways_to(l, q->slot->to);
    float most = most_of(w, lanes);
    if (most > to->best) to->best = most;
    float least = to->best - l->beam;
    if (most < least) return;
    uint8_t which[NGRAM_MOST];
    vec_reserve(ways, (size_t)n);
    for (int k = 0, found = worth_it(w, n, least, which); k < found; k++)
        push_way(lm, q, group, which[k], from, w[which[k]], s->behind, ways);
}

/* Of each group's ways with a candidate the best one, where it is within the beam. */
static void push_best(Lattice *l, const Ngram *lm, Ask *q)
{
    Node *to = &l->node.v[q->slot->to];
    WayVec *ways = ways_to(l, q->slot->to);
    int n = q->words.n, lanes = ngram_lanes(n);
    for (WayGroup *g = q->group; g < q->group + q->groups; g++) {
        g->ahead = g->asked ? most_of(g->best, lanes) : -INFINITY;
        if (g->ahead > to->best) to->best = g->ahead;
    }
    float least = to->best - l->beam;
    for (int k = 0; k < q->groups; k++) {
        const WayGroup *g = &q->group[k];
        uint8_t which[NGRAM_MOST];
        if (g->ahead < least) continue;
        vec_reserve(ways, (size_t)n);
        for (int i = 0, found = worth_it(g->best, n, least, which); i < found; i++)
            push_way(lm, q, k, which[i], g->from[which[i]], g->best[which[i]], 0, ways);
    }
}

/* Scores one word of lookahead for each state by the shorter contexts, which cost little. States within the
 * lookahead beam of the best go on to ask their longest context; the others are pruned. */
static void prune_by_lookahead(const Lattice *l, const Ngram *lm, Ask *q, const State *s, int states)
{
    float most = -INFINITY;
    int n = 0, lanes = ngram_lanes(q->words.n);
    ngram_lower(lm, q->of, q->groups, &q->words, q->low);
    for (int i = 0; i < q->groups; i++) q->group[i].ahead = most_of(q->low[i].logp, lanes);
    for (int k = 0; k < states; k++) {
        q->lookahead[k] = s[k].score + q->group[q->own[k]].ahead;
        if (q->lookahead[k] > most) most = q->lookahead[k];
    }
    for (int k = 0; k < states; k++) {
        q->ways[n] = k, q->asking[n] = &q->seek[k];
        n += q->lookahead[k] >= most - l->lookahead_beam;
    }
    q->asks = n;
}

/* The states that this slot's candidates leave behind, judged by the shorter contexts, are not asked further:
 * a state is so judged with one word more than it had when the node's beam let it pass. Memory is slow: what
 * a step reads was asked for some steps before, with other work between. */
static void extend_slot(Lattice *l, const Ngram *lm, const Slot *slot, int32_t number, const Node *nd)
{
    Ask *q = l->ask;
    const State *s = l->state.v + nd->first_state;
    uint16_t first = l->cand.v[slot->first_cand].id;
    int top = ngram_top(lm);
    q->slot = slot;
    q->number = number;
    find_groups(q, lm, s, nd->states);
    ngram_reach(lm, 0, q->of, q->near, q->groups, first);
    ngram_reach(lm, top, q->all, q->far, nd->states, first);
    ngram_near(lm, 0, q->near, q->groups, first);
    weigh_node(l, nd);
    ngram_find(lm, 0, q->near, q->groups, first);
    fill_words(q, l, lm, slot);
    prune_by_lookahead(l, lm, q, s, nd->states);
    ngram_near(lm, top, q->asking, q->asks, first);
    ngram_find(lm, top, q->asking, q->asks, first);
    for (int i = 0; i < q->asks; i++) extend_state(l, lm, q, nd->first_state + q->ways[i], q->ways[i]);
    if (!l->wants_edges) push_best(l, lm, q);
}

/* ---- posteriors ---- */

/* From the text's end, where each state's beta is set, back to its begin. */
static void weigh_back(Lattice *l, const Node *end)
{
    float sum = 0;
    for (int i = end->first_state; i < end->first_state + end->states; i++)
        sum += l->state.v[i].mass * l->state.v[i].beta;
    for (int i = end->first_state; i < end->first_state + end->states; i++) l->state.v[i].beta /= sum;
    for (size_t e = l->edge.n; e-- > 0;) {
        const Edge *x = &l->edge.v[e];
        State *from = &l->state.v[x->from];
        float ahead = x->weight * l->state.v[x->to].beta;
        if (x->cand >= 0) l->cand.v[x->cand].posterior += from->mass * ahead;
        from->beta += ahead;
    }
}

/* ---- the search ---- */

static void trace(const Lattice *l, int32_t state, Steps *path)
{
    size_t first = path->n;
    for (; state >= 0; state = l->state.v[state].prev)
        if (l->state.v[state].slot >= 0)
            *vec_push(path) = (Step){l->state.v[state].slot, l->state.v[state].cand};
    for (size_t i = first, k = path->n; i + 1 < k; i++) {
        Step swap = path->v[i];
        path->v[i] = path->v[--k];
        path->v[k] = swap;
    }
}

/* The best way of a text that ends at the node goes to the path. False: none ends here. */
static bool end_text(Lattice *l, const Ngram *lm, const Node *nd, Steps *path)
{
    int32_t best = -1;
    float most = -INFINITY;
    for (State *s = l->state.v + nd->first_state, *end = s + nd->states; s < end; s++) {
        float last = ngram_score(lm, &s->lm, LM_END, NULL);
        if (l->wants_edges) s->beta = 1;
        if (s->score + last > most) most = s->score + last, best = (int32_t)(s - l->state.v);
    }
    if (best >= 0) trace(l, best, path);
    return best >= 0;
}

/* The first state of a text that begins at the node. */
static void begin_text(Lattice *l, const Ngram *lm, Node *nd)
{
    l->state.n = l->edge.n = l->weighed = 0;
    *vec_push(&l->state) = (State){.lm = ngram_begin(lm), .mass = 1, .prev = -1, .slot = -1, .cand = -1};
    nd->first_state = 0, nd->states = 1;
}

static void begin(Lattice *l)
{
    if (!l->ask) l->ask = xalloc(sizeof *l->ask);
    if (l->node.n <= l->waiting_nodes) return;
    l->waiting = xrealloc(l->waiting, l->node.n * sizeof *l->waiting);
    memset(l->waiting + l->waiting_nodes, 0, (l->node.n - l->waiting_nodes) * sizeof *l->waiting);
    l->waiting_nodes = l->node.n;
}

static void leave_node(Lattice *l, const Ngram *lm, const Node *nd)
{
    if (nd->slots < 0) weigh_node(l, nd);
    for (int32_t s = nd->slots; s >= 0; s = l->slot.v[s].next) {
        const Slot *slot = &l->slot.v[s];
        bool no_token = slot->cands == 1 && l->cand.v[slot->first_cand].id == LM_NONE;
        if (slot->cands && !no_token) extend_slot(l, lm, slot, s, nd);
        if (no_token || !slot->cands) weigh_node(l, nd);
        for (int k = nd->first_state; no_token && k < nd->first_state + nd->states; k++)
            pass_over(l, slot, s, k);
    }
}

/* A text that ends within the lattice is done with there: a page of short lines needs no more states than its
 * longest line, and they stay in the caches. */
void lattice_search(Lattice *l, const Ngram *lm, Steps *path)
{
    int last = (int)l->node.n - 1;
    path->n = 0;
    begin(l);
    begin_text(l, lm, &l->node.v[0]);
    for (int i = 0; i <= last; i++) {
        Node *nd = &l->node.v[i];
        if (i) settle(l, i);
        if (nd->must_break || nd->may_break || i == last) weigh_node(l, nd);
        if (i && i < last && nd->must_break) {
            if (!end_text(l, lm, nd, path)) break;
            if (l->wants_edges) weigh_back(l, nd);
            begin_text(l, lm, nd);
        } else if (i && nd->may_break) {
            add_break(l, lm, i);
        }
        const Node from = *nd;
        leave_node(l, lm, &from);
    }
    if (!end_text(l, lm, &l->node.v[last], path)) path->n = 0;
}

void lattice_posteriors(Lattice *l)
{
    weigh_back(l, &l->node.v[l->node.n - 1]);
}
