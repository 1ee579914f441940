/* memo: draws a memorandum of two schools: both letterheads at the top, articles, both heads under it.
 *
 *     memo_choose(plan, words, &rng);
 *     memo_draw(plan, words, &flow, &rng);
 */
#ifndef DRAW_MEMO_H
#define DRAW_MEMO_H

#include "flow.h"
#include "plan.h"

/* Keeps one of the plan's pairs, of two single schools. Issuer, title and signer become those of the memorandum, which
 * has no number. */
void memo_choose(Plan *plan, const Words *words, Rng *rng);
void memo_draw(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

#endif
