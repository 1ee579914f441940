/* show: what `dau show` is made of. */
#ifndef DAU_CMD_SHOW_H
#define DAU_CMD_SHOW_H

#include "base/err.h"
#include "base/str.h"
#include "doc/page.h"
#include "doc/pairing.h"
#include "doc/raster.h"

/* The page for a person: its blocks, tables and cells with their texts; with `words`, a line a word too. */
void show_page_text(const Page *p, bool words, Buf *b);

/* The page as SVG: the scan (made smaller, embedded) with the boxes that the stages found drawn over it;
 * pairings (may be NULL) that stand on this page are drawn too. */
bool show_page_svg(const Page *page, const Raster *raster, const Pairings *found, Buf *out, Err *err);

#endif
