/* ocr/private: what the files of ocr share. Private to ocr*.c. */
#ifndef DAU_OCR_PRIVATE_H
#define DAU_OCR_PRIVATE_H

#include "ocr/ocr.h"

#include <leptonica/allheaders.h>

/* A part of the page as the engine gets it. */
typedef struct Region {
    PIX *pix;     /* grey, with a white margin */
    Rect at;      /* of the page, upright */
    double scale; /* pixels of pix for one of the page */
    bool one_line;
} Region;

/* `part` of the page, that stands at `at`, brought to the size the engine likes; yours: pixDestroy(pix). */
Region region_of(PIX *part, Rect at, int dpi, bool one_line);
/* Reads the region into lines and words that are appended to the page. */
bool region_read(Ocr *ocr, const Region *region, Page *page, Err *err);

#endif
