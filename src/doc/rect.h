/* rect: boxes, and the maps between the page as scanned and the page set upright.
 *
 *     Rect cell = {400, 600, 180, 40};
 *     rect_right(cell)                                                580, the first column past it
 *     Affine turn = affine_quarter_turn(90, 1654, 2338);              a page of 1654 x 2338 becomes 2338 x 1654
 *     affine_rect(turn, cell)                                         {1698, 400, 40, 180}
 *     affine_rect(affine_invert(turn), affine_rect(turn, cell))       {400, 600, 180, 40}
 *
 * Units are pixels. The origin is the top left corner, x grows to the right and y down. (x, y) is the first pixel inside,
 * w and h count pixels. (Leptonica owns the name Box, hence Rect.)
 */
#ifndef DAU_DOC_RECT_H
#define DAU_DOC_RECT_H

#include "base/json.h"

#include <stdbool.h>
#include <stdint.h>

#define RADIANS_PER_DEGREE (3.14159265358979323846 / 180.0)

typedef struct Rect {
    int32_t x, y, w, h;
} Rect;

static inline bool rect_empty(Rect r)
{
    return r.w <= 0 || r.h <= 0;
}
static inline int32_t rect_right(Rect r)
{
    return r.x + r.w;
} /* first column past it */
static inline int32_t rect_bottom(Rect r)
{
    return r.y + r.h;
} /* first row past it */
Rect rect_union(Rect a, Rect b);     /* round both; an empty one adds nothing */
Rect rect_intersect(Rect a, Rect b); /* empty (all 0) when they do not meet */
Rect rect_grow(Rect r, int32_t by);  /* on all four sides; negative shrinks */
/* The part inside a picture of width x height; empty where there is none. */
Rect rect_clip(Rect r, int32_t width, int32_t height);
/* Whether no side of `inner` lies outside `outer`. */
bool rect_within(Rect inner, Rect outer);

/* An affine map of points: x' = xx*x + xy*y + x0, y' = yx*x + yy*y + y0. */
typedef struct Affine {
    double xx, xy, x0, yx, yy, y0;
} Affine;

Affine affine_identity(void);
/* First a, then b. */
Affine affine_then(Affine a, Affine b);
/* The map back; the identity where a has none. */
Affine affine_invert(Affine a);
/* Turns a w x h picture clockwise by 90, 180 or 270 degrees; its top left corner is the origin again. Any other number
 * of degrees gives the identity. */
Affine affine_quarter_turn(int degrees, int32_t w, int32_t h);
/* Turns clockwise by any number of degrees about (cx, cy). */
Affine affine_rotate(double degrees, double cx, double cy);
/* The smallest upright box of whole pixels round the image of r. */
Rect affine_rect(Affine a, Rect r);

void json_rect(Buf *b, const char *key, Rect r); /* appends [x,y,w,h]; key NULL: an element of an array */

#endif
