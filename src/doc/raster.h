/* raster: the pixels of one page on their way through load, clean, layout and ocr.
 *
 * Each picture is filled by one stage and left alone by the later ones. All but `scan` stand in the upright
 * space of the page (see Page.to_scan). `struct Pix` is Leptonica's; only the stages named in
 * ARCHITECTURE.md look inside. load_raster_release() frees all of them.
 */
#ifndef DAU_DOC_RASTER_H
#define DAU_DOC_RASTER_H

struct Pix;

typedef struct Raster {
    struct Pix *scan;  /* load: the page as scanned; 1, 8 or 32 bits a pixel */
    struct Pix *grey;  /* clean: 8 bit, upright, background even and near white */
    struct Pix *ink;   /* clean: 1 bit, upright, specks gone */
    struct Pix *clear; /* layout: `grey` with the rules of tables taken out; what is recognised */
} Raster;

#endif
