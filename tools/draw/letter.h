/* letter: a plan's first page: letterhead in two columns, title, body, recipients and signature with
 * the seal, in the order of decree 30/2020/ND-CP. */
#ifndef DRAW_LETTER_H
#define DRAW_LETTER_H

#include "flow.h"
#include "plan.h"

/* Down to the last paragraph. */
void letter_draw_top(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

/* Recipients on the left, office, seal and name on the right. */
void letter_draw_end(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

#endif
