/* letter: draws the first page of a plan: letterhead in two columns, title, body, recipients, and signature with the
 * seal, in the order of Nghị định 30/2020/NĐ-CP.
 *
 *     letter_draw_top(plan, words, &flow, &rng);
 *     letter_draw_end(plan, words, &flow, &rng);
 */
#ifndef DRAW_LETTER_H
#define DRAW_LETTER_H

#include "flow.h"
#include "plan.h"

/* Draws down to the last paragraph. */
void letter_draw_top(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

/* Draws the recipients on the left; office, seal and name on the right. */
void letter_draw_end(const Plan *plan, const Words *words, Flow *flow, Rng *rng);

#endif
