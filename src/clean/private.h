/* clean/private: what the files of clean share. Private to clean/. Pictures that are returned are yours. */
#ifndef DAU_CLEAN_PRIVATE_H
#define DAU_CLEAN_PRIVATE_H

#include <leptonica/allheaders.h>

/* Ink by the threshold of Sauvola & Pietikäinen (2000), m * (1 - factor * (1 - s / 128)) of mean m and
 * deviation s of the 2 * half + 1 pixels round, each way; never what is `darker_than` or brighter. `grey` has
 * 8 bits. NULL when the picture is smaller than the window. As Leptonica's pixSauvolaBinarize(), bit for bit.
 */
PIX *sauvola_ink(PIX *grey, int half, float factor, int darker_than);

/* The picture of 1 or 8 bits on a white border of `pad` pixels, turned clockwise about its middle; 8 bits. As
 * Leptonica's pixRotateAMGray(), bit for bit. */
PIX *turn_grey(PIX *pix, double radians, int pad);

/* Ink is looked at for skew and turning at about this resolution (dpi). */
enum { SMALL_DPI = 100 };

/* upright.c: the clockwise quarter turn, in degrees (0, 90, 180, 270), that sets the ink upright. `scale` brings ink of
 * `dpi` to SMALL_DPI. A page with little text stays as it is. */
int upright_turn(PIX *ink, int dpi, double scale);
/* The picture turned by so many degrees. */
PIX *upright_turned(PIX *pix, int degrees);

#endif
