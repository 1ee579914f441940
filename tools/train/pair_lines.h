/* pair_lines: pairs the lines of a page's truth with the lines that an engine read on it.
 *
 *     LinePairs pairs = {0};
 *     pair_lines("Mầm non Hoa Mai\nMầm non 3-2\n", "Mâm non Hoa Mai\nMam non 3-2\n", &pairs);       two pairs
 *     channel_release_pairs(&pairs);
 */
#ifndef DAU_TRAIN_PAIR_LINES_H
#define DAU_TRAIN_PAIR_LINES_H

#include "model/channel.h"

/* Appends the pairs, in the order of the page. A line that differs in more than half of its characters from every line of
 * the other text gets no pair. */
void pair_lines(const char *truth, const char *read, LinePairs *out);

#endif
