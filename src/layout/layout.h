/* layout/layout: rules, tables, cells and blocks of text, found in the pixels before anything is recognised.
 *
 * Rules are looked for in the ink (broken, faint, dotted, slightly skewed ones too), joined to a grid, and
 * taken out of the grey picture that is recognised. Cells of the grid that no rule parts are one cell with
 * a row or column span. What is left outside tables becomes blocks of text in reading order; columns side by
 * side (a letterhead) are kept apart.
 *
 * Fills page->blocks, tables, cells and raster->clear. A page of text passes through.
 */
#ifndef DAU_LAYOUT_LAYOUT_H
#define DAU_LAYOUT_LAYOUT_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

bool layout_page(Page *page, Raster *raster, Err *err);

#endif
