/* clean/private: what the files of clean share. Private to src/clean/. The caller destroys the pictures that it gets. */
#ifndef DAU_CLEAN_PRIVATE_H
#define DAU_CLEAN_PRIVATE_H

#include <leptonica/allheaders.h>
#include <stdbool.h>

/* Ink by the threshold of Sauvola and Pietikäinen (2000): m * (1 - factor * (1 - s / 128)), with the mean m and the
 * deviation s of 2 * half + 1 pixels each way. What is as bright as `darker_than` is never ink. `grey` has 8 bits. NULL
 * when the picture is smaller than the window. Bit for bit what Leptonica's pixSauvolaBinarize() gives. */
PIX *sauvola_ink(PIX *grey, int half, float factor, int darker_than);

/* Puts the picture of 1 or 8 bits on a white border of `pad` pixels and turns it clockwise about its middle. The result
 * has 8 bits and is, bit for bit, that of Leptonica's pixRotateAMGray(). */
PIX *turn_grey(PIX *pix, double radians, int pad);

/* dark.c: the scan, of any depth, with white print on dark bands, as of a table's head, made black on white and framed.
 * A scan without bands is handed back as it is; ours to destroy either way. */
PIX *dark_turned(PIX *scan, int dpi);

/* The resolution, about, at which skew and turning are measured (dpi). */
enum { SMALL_DPI = 100 };

/* upright.c: the clockwise quarter turn, in degrees (0, 90, 180, 270), that sets the ink upright. `scale` brings ink of
 * `dpi` to SMALL_DPI. A page stays as it is where what tells is little or contradicts itself; *unsure is set where it
 * may lie otherwise. */
int upright_turn(PIX *ink, int dpi, double scale, bool *unsure);
/* The picture turned by so many degrees. */
PIX *upright_turned(PIX *pix, int degrees);

#endif
