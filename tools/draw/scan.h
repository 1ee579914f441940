/* scan: writes finished pages as scanners do: image-only PDF (CCITT G4, JPEG or Flate), TIFF (G4 or Flate), PNG, JPEG.
 *
 *     scan_write_pdf(pages, 200, 0, "plan-7.pdf");
 *
 * Each file carries its dpi. None carries a date, so that the same pages give the same bytes.
 */
#ifndef DRAW_SCAN_H
#define DRAW_SCAN_H

#include <stdbool.h>

#include <leptonica/allheaders.h>

/* quality: of JPEG, 1..100, for pages of more than one bit; 0: Flate, without loss. Dies when it cannot write. */
void scan_write_pdf(PIXA *pages, int dpi, int quality, const char *path);
void scan_write_tiff(PIXA *pages, const char *path);

/* Writes one picture: JPEG when quality > 0 (a 1-bit page becomes grey), else PNG. */
void scan_write_picture(PIX *page, int quality, const char *path);

#endif
