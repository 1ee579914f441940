/* marks.h: what people put on a page: the round red seal, signatures, pen strokes. None is text for
 * the truth. */
#ifndef DRAW_MARKS_H
#define DRAW_MARKS_H

#include "rng.h"
#include "sheet.h"

/* A seal of that radius (points; real ones 34-38 mm across) round x, y: rings, star, words round it. */
void mark_seal(Book *book, Sheet *sheet, Rng *rng, double x, double y, double radius, const char *words);

/* A signature about width points wide, round x, y, in blue ink. */
void mark_signature(Sheet *sheet, Rng *rng, double x, double y, double width);

/* Ticks, crosses, rings and wavy lines of a pen in the given box. */
void mark_pen(Sheet *sheet, Rng *rng, double x, double y, double w, double h, int count);

#endif
