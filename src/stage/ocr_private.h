/* ocr_private: what the files of ocr share. Private to ocr*.c. */
#ifndef DAU_STAGE_OCR_PRIVATE_H
#define DAU_STAGE_OCR_PRIVATE_H

#include "stage/ocr.h"
#include "stage/ocr_net.h"

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

/* Our network in the place of the engine's (ocr_engine.c), of one handle. */
typedef struct OcrOwn {
    char model[4096];  /* the traineddata file */
    OcrNet *net;       /* opened when it is first wanted */
    bool unfit;        /* it cannot be had, or said something else than the engine's */
    int compared;      /* steps on which both said the same */
    const void *input; /* the engine's own copy of the line in pixels, or NULL */
    int8_t *pixels;    /* NET_HEIGHT rows of width */
    int width;
    float *out; /* what ours said last */
} OcrOwn;

/* Of the handle that is reading in this thread, NULL while none does. */
extern _Thread_local OcrOwn *ocr_own;
const OcrOwn *ocr_own_of(const Ocr *ocr);
/* Finds the engine's functions. Who calls it has ocr_engine.c linked: without, the engine's network is asked.
 */
void ocr_engine_set_up(void);

#endif
