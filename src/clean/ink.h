/* clean/ink: the inks of a colour scan, parted. Private to clean*.c.
 *
 * Print is black; seals are red, pens are blue. What is read is the grey picture in which seals and the
 * strokes of pens are white as the paper and the black under them is black: under red ink the red channel,
 * under blue the blue one, stretched so that the ink itself is white (separation by channel, as the colour
 * filters of document scanners do it). What was taken out is kept as two masks, so that words under it can be
 * marked.
 *
 * Print that is itself red or blue stays: red goes only round strokes larger than a letter, as a seal's ring,
 * and blue only where it is larger than a letter or touches black print.
 */
#ifndef DAU_CLEAN_INK_H
#define DAU_CLEAN_INK_H

#include <leptonica/allheaders.h>

typedef struct Inks {
    PIX *grey;       /* 8 bit; of a scan of 1 bit the scan itself */
    PIX *red, *blue; /* 1 bit: what was taken out; NULL where there was none */
} Inks;

/* Of a scan of any depth, as it lies; yours: inks_release(). */
Inks inks_of(PIX *scan, int dpi);
void inks_release(Inks *inks);

#endif
