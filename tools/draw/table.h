/* table: draws tables as Vietnamese offices set them: ruled in many ways or not at all, cells joined over rows and columns,
 * rows that run over a page's end.
 *
 *   Table *table = table_new(4);
 *   TableRow *row = table_add_row(table);
 *   row_set(row, 0, "1", ALIGN_CENTRE, false);
 *   table_draw(table, &flow, &rng);          (row->page then says where the row began)
 *   table_free(table);
 */
#ifndef DRAW_TABLE_H
#define DRAW_TABLE_H

#include "flow.h"
#include "rng.h"

enum { TABLE_COLS = 8 };

typedef enum Rules { RULES_ALL, RULES_HORIZONTAL, RULES_NONE } Rules;

typedef enum Stroke {
    STROKE_SOLID,
    STROKE_DOTTED,
    STROKE_DASHED,
    STROKE_BROKEN, /* gaps of 2-9 points by chance */
    STROKE_FAINT,  /* thin and grey: half lost in black and white */
    STROKE_DOUBLE
} Stroke;

typedef struct TableCell {
    char *text; /* "" for an empty cell; NULL where the cell belongs to the one above or on the left */
    bool up;    /* joined to the cell above */
    bool left;  /* joined to the cell on the left */
    bool bold, italic;
    Align align;
} TableCell;

typedef struct TableRow {
    TableCell cell[TABLE_COLS];
    bool keep; /* stays with the next row (section rows) */
    int page;  /* after table_draw: page it began on, from 1 */
} TableRow;

typedef struct Table {
    int cols;
    double share[TABLE_COLS]; /* of the width; any unit */
    GPtrArray *rows;          /* TableRow * */
    int header;               /* leading rows that are the header */
    bool repeat_header;       /* repeated on every page */
    bool repeat_joined;       /* text of a cell joined over rows again on the next page */
    bool cut;                 /* a row may break inside at the page's end */
    bool open_break;          /* no rule where the page ends the table */
    bool middle;              /* text in the middle of its cell's height, else at the top */
    Rules rules;
    Stroke stroke;
    double rule_width; /* points */
    double size;       /* points: the text's */
    double pad_x, pad_y;
    double left, right; /* points: where it stands; 0, 0: the flow's margins */
} Table;

/* A table without rows; the caller frees it. */
Table *table_new(int cols);
void table_free(Table *table);
/* A new empty row at the end, which the table owns. */
TableRow *table_add_row(Table *table);
/* Sets a cell; the text is copied. */
void row_set(TableRow *row, int col, const char *text, Align align, bool bold);

/* Joins cols first..last of the row into its cell first. */
void row_join(TableRow *row, int first, int last);

/* Draws it at flow->y on as many pages as it takes. */
void table_draw(Table *table, Flow *flow, Rng *rng);

#endif
