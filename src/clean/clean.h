/* clean/clean: the scan becomes an upright, straight, even picture.
 *
 * Grey, in which seals and pen strokes over the print are taken off; background evened out (division by a
 * closed and smoothed copy); turned by 90, 180 or 270 degrees where the lines of text say so; deskewed;
 * binarised by local threshold (Sauvola & Pietikäinen 2000) where the scan has grey to use; specks below the
 * size of a dot of an "i" dropped. The way back is kept in page->to_scan, so that every box found later ends
 * on the page as scanned.
 *
 * Fills raster->grey, raster->ink, raster->red and blue (colour scans with such ink), page->turned, skew,
 * to_scan, upright_width, upright_height. A page of text passes through.
 */
#ifndef DAU_CLEAN_CLEAN_H
#define DAU_CLEAN_CLEAN_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

bool clean_page(Page *page, Raster *raster, Err *err);

#endif
