/* marks: draws what people put on a page: the round red seal, signatures, pen strokes. None of it is text of the truth.
 *
 *     mark_seal(book, sheet, &rng, 400, 620, 50, "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO");
 *     mark_signature(sheet, &rng, 400, 640, 90);
 *
 * Lengths are points.
 */
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
