/* scan: finished pages into files as scanners write them: image-only PDF (CCITT G4, JPEG or Flate),
 * TIFF (G4 or Flate), PNG, JPEG. Each carries its dpi; nothing carries a date, so that the same pages
 * give the same bytes. */
#ifndef DRAW_SCAN_H
#define DRAW_SCAN_H

#include <stdbool.h>

#include <leptonica/allheaders.h>

/* quality: JPEG quality for pages of more than one bit; 0: Flate, no loss. Dies when it cannot write. */
void scan_write_pdf(PIXA *pages, int dpi, int quality, const char *path);
void scan_write_tiff(PIXA *pages, const char *path);

/* One picture; JPEG when quality > 0 (a 1-bit page becomes grey), else PNG. */
void scan_write_picture(PIX *page, int quality, const char *path);

#endif
