/* pair_lines: the lines of a page's truth and those of what was read on it, in pairs. */
#ifndef DAU_TRAIN_PAIR_LINES_H
#define DAU_TRAIN_PAIR_LINES_H

#include "model/channel.h"

/* In order; lines too unlike stay alone. */
void pair_lines(const char *truth, const char *read, LinePairs *out);

#endif
