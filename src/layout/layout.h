/* layout: finds rules, tables, cells and blocks of text in the pixels, before anything is recognised.
 *
 *     layout_page(&page, &raster, &err);                        (after clean_page())
 *     for (size_t i = 0; i < page.blocks.n; i++)
 *         if (page.blocks.v[i].kind == BLOCK_TABLE) use(&page.tables.v[page.blocks.v[i].table]);
 *
 * It looks for rules in the ink, broken, faint, dotted and slightly skewed ones too. It joins them to a grid and takes
 * them out of the grey picture that ocr reads. Squares of the grid with no rule between them are one cell, with a row or
 * column span. What is left outside tables becomes blocks of text in reading order. Columns side by side, as in a
 * letterhead, stay apart.
 *
 * Fills page->blocks, tables, cells, and raster->clear, which is the raster's (load_raster_release()). A page of text
 * passes through unchanged.
 */
#ifndef DAU_LAYOUT_LAYOUT_H
#define DAU_LAYOUT_LAYOUT_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

/* False, with DAU_INTERNAL, when clean gave no picture; nothing else fails. */
bool layout_page(Page *page, Raster *raster, Err *err);

#endif
