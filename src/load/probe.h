/* load/probe: some pixels of a picture, remembered, to be looked for in a rendering.
 *
 *     Probe *probe = probe_new(picture);
 *     double share = probe_score(probe, rendering, x, y);     (the picture's corner should be at pixel x, y)
 *     probe_free(probe);
 *
 * Share of the remembered pixels that stand where they should, in the best of the eight ways a picture can be
 * turned and mirrored: 1 when the rendering is the picture bit for bit, near 0.5 when it is off by a pixel,
 * for only pixels at the edges of ink are remembered. -1 when there are too few of them to tell.
 */
#ifndef DAU_LOAD_PROBE_H
#define DAU_LOAD_PROBE_H

#include <cairo.h>

typedef struct Probe Probe;

Probe *probe_new(cairo_surface_t *picture); /* ARGB32, as poppler_page_get_image() gives it */
double probe_score(const Probe *probe, cairo_surface_t *rendering, int x, int y); /* RGB24 */
void probe_free(Probe *probe);                                                    /* NULL is fine */

#endif
