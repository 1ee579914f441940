/* load/probe: remembers some pixels of a picture, to look for them in a rendering.
 *
 *     Probe *probe = probe_new(picture);
 *     double share = probe_score(probe, rendering, x, y);     (the picture's corner should be at pixel x, y)
 *     probe_free(probe);
 *
 * The score is the share of the remembered pixels that stand where they should. The best of the eight ways to turn and
 * mirror a picture counts. The score is 1 when the rendering is the picture bit for bit. It is near 0.5 when that is off
 * by a pixel, because only pixels at the edges of ink are remembered. It is -1 when they are too few to tell.
 */
#ifndef DAU_LOAD_PROBE_H
#define DAU_LOAD_PROBE_H

#include <cairo.h>

typedef struct Probe Probe;

Probe *probe_new(cairo_surface_t *picture); /* ARGB32, as poppler_page_get_image() gives it */
double probe_score(const Probe *probe, cairo_surface_t *rendering, int x, int y); /* RGB24 */
void probe_free(Probe *probe);                                                    /* NULL is allowed */

#endif
