/* wear: does to a page what printing, copying and scanning do: a slant, a slightly uneven pull, soft edges, ink that fails
 * in places, grey paper, shadows at the edges, specks, noise.
 *
 *   Wear wear = {.level = 2, .skew = 0.7, .colours = WEAR_BILEVEL, .dpi = 200, .seed = 5};
 *   PIX *page = wear_page(surface, &wear);      (the caller destroys it)
 */
#ifndef DRAW_WEAR_H
#define DRAW_WEAR_H

#include <stdint.h>

#include <cairo.h>
#include <leptonica/allheaders.h>

typedef enum WearColours { WEAR_BILEVEL, WEAR_GREY, WEAR_COLOUR } WearColours;

enum { WEAR_LEVELS = 4 };

typedef struct Wear {
    int level;           /* 0 none, 1 a good office scanner, 2 a usual copy, 3 a poor copy of a copy */
    double skew;         /* degrees, clockwise positive */
    int turn;            /* 0, 90, 180, 270 degrees clockwise, after everything else */
    WearColours colours; /* depth of what comes out: 1, 8 or 32 bits */
    int dpi;
    uint64_t seed;
} Wear;

/* The page after its wear. The surface is RGB24. */
PIX *wear_page(cairo_surface_t *surface, const Wear *wear);

/* Moves a point of a clean page of w x h pixels to where it stands after the wear, to a pixel or two. Pixels. */
void wear_point(const Wear *wear, int w, int h, double *x, double *y);

/* A usual JPEG quality for the level. */
int wear_jpeg_quality(int level);

#endif
