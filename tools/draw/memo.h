/* memo: a memorandum of two schools: both letterheads at the top, articles, both heads under it. */
#ifndef DRAW_MEMO_H
#define DRAW_MEMO_H

#include "flow.h"
#include "plan.h"

/* Of the plan's pairs keeps one of two schools, and makes its issuer, title and signer those of the
 * memorandum; it has no number. */
void memo_choose(Plan *plan, const Words *words, Rng *rng);
void memo_draw(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

#endif
