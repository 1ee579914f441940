/* raster: the pictures of one page on their way through load, clean, layout and ocr.
 *
 *     Raster r = {0};
 *     load_page(doc, 1, &page, &r, &err);       (fills r.scan)
 *     clean_page(&page, &r, &err);                 (fills r.grey, r.ink, r.red, r.blue)
 *     load_raster_release(&r);                     (frees all of them)
 *
 * Each picture is filled by one stage and left alone by the later ones. All but `scan` are upright (see Page.to_scan).
 * `struct Pix` is Leptonica's; only the stages named in ARCHITECTURE.md look inside.
 */
#ifndef DAU_DOC_RASTER_H
#define DAU_DOC_RASTER_H

#include "base/str.h"

#include <stdbool.h>

struct Pix;

typedef struct Raster {
    struct Pix *scan;  /* load: the page as scanned; 1, 8 or 32 bits a pixel */
    struct Pix *grey;  /* clean: 8 bit, upright, background even and near white */
    struct Pix *ink;   /* clean: 1 bit, upright, specks gone */
    struct Pix *red;   /* clean: 1 bit, upright: red ink that was taken out of `grey`; NULL: none */
    struct Pix *blue;  /* clean: the same of a pen's blue */
    struct Pix *clear; /* layout: `grey` with the rules of tables taken out; what is recognised */
} Raster;

/* A picture as a file holds it: one strip of fax (ITU-T T.6, 1 bit) or a JPEG. */
typedef struct Coded {
    Buf bytes;
    int width, height; /* pixels */
    bool fax;          /* else JPEG */
    bool colour;       /* JPEG: three samples a pixel, else one */
    bool black_is_one; /* fax: how the bits are to be taken */
} Coded;

#endif
