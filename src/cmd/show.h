/* cmd/show: what `dau show` is made of: a page as text, and as a picture.
 *
 *     show_page_text(&page, false, &b);
 *     show_page_svg(&page, &raster, NULL, &b, &err);
 */
#ifndef DAU_CMD_SHOW_H
#define DAU_CMD_SHOW_H

#include "base/err.h"
#include "base/str.h"
#include "doc/page.h"
#include "doc/pairing.h"
#include "doc/raster.h"

/* Appends the page for a person: its blocks, tables and cells with their texts; with `words`, also a line a word. */
void show_page_text(const Page *p, bool words, Buf *b);

/* Appends the page as SVG: the scan, made smaller and embedded, with the boxes that the stages found drawn over it.
 * Pairings that stand on this page are drawn, too; `found` may be NULL. */
bool show_page_svg(const Page *page, const Raster *raster, const Pairings *found, Buf *out, Err *err);

#endif
