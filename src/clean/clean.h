/* clean: makes an upright, straight, even picture of a scan.
 *
 *     clean_page(&page, &raster, &err);              (after load_page(); fills raster.grey and raster.ink)
 *     Rect on_scan = page_to_scan(&page, at);        (for each box that is found on them later)
 *
 * White print on dark bands becomes black on white. Seals and pen strokes are taken off the grey picture. The background is evened out (division by a smoothed copy of
 * it). The page is turned by 90, 180 or 270 degrees where its letters say so beyond doubt, and straightened. Where they
 * may lie otherwise but are too few, or contradict each other, it stays as it is and page->via says CLEAN_UNSURE. It is
 * thresholded locally where the scan has greys. Specks smaller than the dot of an "i" are dropped. page->to_scan keeps
 * the way back, so that every box found later can be drawn on the page as scanned.
 *
 * Fills raster->grey, ink, and for colour scans with such ink red and blue; page->turned, skew, to_scan, upright_width
 * and upright_height. The pictures are the raster's (load_raster_release()). A page of text passes through unchanged.
 *
 * Threshold: Sauvola and Pietikäinen, Adaptive document image binarization, Pattern Recognition 33 (2000), 225.
 */
#ifndef DAU_CLEAN_CLEAN_H
#define DAU_CLEAN_CLEAN_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

/* In page->via, after "; ": the page was left as it lies, and may lie on its side or upside down. */
#define CLEAN_UNSURE "which way is up is not sure"

/* False, with DAU_INTERNAL, when load gave no picture; nothing else fails. */
bool clean_page(Page *page, Raster *raster, Err *err);

#endif
