/* load/grid: gathers the cells of a spreadsheet's sheet, and gives them to a flow as paragraphs and a table.
 *
 *     SheetGrid g = {0};
 *     grid_put(&g, 0, 0, "DANH SÁCH TRƯỜNG KẾT NGHĨA"); grid_merge(&g, 0, 0, 1, 3);
 *     grid_put(&g, 2, 0, "STT"); grid_put(&g, 2, 1, "Trường"); grid_put(&g, 2, 2, "Trường kết nghĩa"); ...
 *     grid_give(&g, flow);
 *     grid_release(&g);
 *
 * A sheet has one table. What stands above it, as letterhead and title, and below it behind an empty row, as signatures,
 * becomes paragraphs. Rows and columns without text are left out.
 */
#ifndef DAU_LOAD_GRID_H
#define DAU_LOAD_GRID_H

#include "base/arena.h"
#include "base/vec.h"
#include "load/flow.h"

enum { GRID_COLUMNS = 128, GRID_ROWS = 1 << 20 }; /* cells beyond are left out: no list has them */

typedef struct GridCell {
    int row, col, rows, cols; /* places from 0; how many it covers */
    const char *text;
} GridCell;

typedef struct SheetGrid {
    Arena arena;
    VEC(GridCell) cells; /* by row, then column */
} SheetGrid;

/* Adds a cell, in order of rows and columns. Copies the text; nothing where it is blank. */
void grid_put(SheetGrid *g, int row, int col, const char *text);
/* Says that the cell put there covers that many rows and columns. Nothing where there is none. */
void grid_merge(SheetGrid *g, int row, int col, int rows, int cols);
void grid_give(const SheetGrid *g, Flow *f);
void grid_release(SheetGrid *g); /* leaves it empty */

#endif
