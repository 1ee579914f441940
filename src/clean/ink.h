/* clean/ink: separates the inks of a colour scan. Private to src/clean/.
 *
 *     Inks inks = inks_of(raster->scan, page->dpi);
 *     (inks.grey is what is read; inks.red and inks.blue are what was taken off it)
 *     inks_release(&inks);
 *
 * Print is black, seals are red, pens are blue. In the grey picture seals and pen strokes become white as the paper, and
 * the black under them stays black. For that the channel of the ink replaces the luminance, stretched until the ink itself
 * is white: under red ink the red channel, under blue the blue one. (The colour filters of document scanners do the
 * same.) Two masks keep what was taken out, so that the words under it can be marked.
 *
 * Print that is itself red or blue stays. Red goes only round strokes larger than a letter, as a seal's ring is. Blue goes
 * only where it is larger than a letter or touches black print.
 */
#ifndef DAU_CLEAN_INK_H
#define DAU_CLEAN_INK_H

#include <leptonica/allheaders.h>

typedef struct Inks {
    PIX *grey;       /* 8 bit; of a scan of 1 bit the scan itself */
    PIX *red, *blue; /* 1 bit: what was taken out; NULL where there was none */
} Inks;

/* The inks of a scan of any depth, not turned yet. The caller releases them. */
Inks inks_of(PIX *scan, int dpi);
void inks_release(Inks *inks);

#endif
