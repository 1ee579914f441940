/* ocr/private: what the files of ocr share. Private to src/ocr/. */
#ifndef DAU_OCR_PRIVATE_H
#define DAU_OCR_PRIVATE_H

#include "ocr/ocr.h"

#include <leptonica/allheaders.h>

/* A part of the page as the engine gets it. */
typedef struct Region {
    PIX *pix;     /* grey, with a white margin */
    Rect at;      /* where it lies on the upright page */
    double scale; /* pixels of pix for one pixel of the page */
    bool one_line;
} Region;

/* Brings a part of the page, which lies at `at`, to the resolution that the engine was trained on. The caller destroys
 * the region's pix. */
Region region_of(PIX *part, Rect at, int dpi, bool one_line);
/* Reads the region and appends its lines and words to the page. */
bool region_read(Ocr *ocr, const Region *region, Page *page, Err *err);

#endif
