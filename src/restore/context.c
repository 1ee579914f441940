/* A second look at the words in doubt, with all that the first one chose around them.
 *
 * Example: "phong chay va chua chay": two words on each side leave the last "chay" at cháy 0.6, chạy 0.4;
 * that "phòng" and "chữa" stand before it makes it cháy 0.98. Each word so settled is context for the next.
 */
#include "restore/private.h"

#include "base/real.h"

#include <math.h>
#include <string.h>

/* Of the likeliest reading: above it, a second look changes next to nothing. */
static const float SURE = 0.95f;

/* The path's words, and a line's end between two lines of which the second begins anew. */
static void fill_row(Restore *r)
{
    const Lattice *l = &r->lattice;
    r->row.n = r->place.n = 0;
    for (size_t i = 0; i < r->path.n; i++) {
        const Slot *s = &l->slot.v[r->path.v[i].slot];
        WordId id = l->cand.v[r->path.v[i].cand].id;
        if (i && l->node.v[s->from].must_break) *vec_push(&r->row) = CONTEXT_BREAK;
        *vec_push(&r->place) = (uint32_t)r->row.n;
        if (id != LM_NONE) *vec_push(&r->row) = id;
    }
    *vec_push(&r->row) = CONTEXT_BREAK;
}

static bool is_in_doubt(const Lattice *l, const Slot *s)
{
    float best = 0;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++)
        if (l->cand.v[i].posterior > best) best = l->cand.v[i].posterior;
    return s->cands > 1 && best < SURE && !s->label;
}

static void judge_again(Restore *r, Step *step, size_t at)
{
    Lattice *l = &r->lattice;
    const Slot *s = &l->slot.v[step->slot];
    ContextDoubt d = {.n = 0};
    WordId id[CONTEXT_MOST];
    float logp[CONTEXT_MOST], was = 0, is = 0, most = -INFINITY;
    int best = 0;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++)
        context_offer(&d, i, l->cand.v[i].posterior);
    if (d.n < 2) return;
    for (int i = 0; i < d.n; i++) id[i] = l->cand.v[d.cand[i]].id, logp[i] = real_log(d.p[i]), was += d.p[i];
    context_judge(&r->context, r->row.v, r->row.n, at, id, logp, d.n);
    for (int i = 0; i < d.n; i++)
        if (logp[i] > most) most = logp[i], best = i;
    for (int i = 0; i < d.n; i++) is += real_exp(logp[i] - most);
    for (int i = 0; i < d.n; i++) l->cand.v[d.cand[i]].posterior = was * real_exp(logp[i] - most) / is;
    step->cand = d.cand[best];
    r->row.v[at] = id[best];
}

void restore_in_context(Restore *r)
{
    fill_row(r);
    for (size_t i = 0; i < r->path.n; i++)
        if (is_in_doubt(&r->lattice, &r->lattice.slot.v[r->path.v[i].slot]))
            judge_again(r, &r->path.v[i], r->place.v[i]);
}
