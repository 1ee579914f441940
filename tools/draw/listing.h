/* listing: draws a plan's list of pairings as one table or several, in the plan's form.
 *
 *     listing_draw(plan, words, &flow, &rng, true);       (then each Pair.page says where its row stands)
 */
#ifndef DRAW_LISTING_H
#define DRAW_LISTING_H

#include "flow.h"
#include "plan.h"

/* Draws heading and table at flow->y and fills each pair's page. heading: "DANH SÁCH ..." above it. */
void listing_draw(Plan *plan, const Words *words, Flow *flow, Rng *rng, bool heading);

#endif
