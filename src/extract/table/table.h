/* extract/table/table: private to extract_table*.c. What a table with rows and columns is read by.
 *
 *     table/table.c           its rows become entries
 *     table/columns.c   which column holds what: by the header, or by what stands in them
 *     table/groups.c    a list that stands twice side by side in one table
 *     table/whole_rows.c     a table whose cells are whole rows, parted by where the words stand
 */
#ifndef DAU_EXTRACT_TABLE_TABLE_H
#define DAU_EXTRACT_TABLE_TABLE_H

#include "extract/private.h"

enum { MOST_COLS = 64, MOST_HEADER_ROWS = 3, MOST_GROUPS = 4 };

/* ---- the grid: which cell stands at a place ---- */

typedef struct Grid {
    const XTable *t;
    const XCell **at; /* [row * cols + col] */
    Arena *a;
} Grid;

Grid grid_of(Arena *a, const XTable *t);
/* NULL where none reaches to. */
const XCell *cell_at(const Grid *g, int row, int col);
Run run_at_cell(const Grid *g, int row, int col);

/* ---- columns ---- */

typedef struct Columns {
    int cols;
    int of[ROLE_OTHER]; /* by role: the column, -1 none */
    int middle;         /* x between school and partner, from the table's left, in thousandths of its width */
    NameStyle school_style, partner_style;
    const char *school_district, *partner_district;
    Level level;     /* said over the schools: "Trường Mầm non"; or LEVEL_NONE */
    bool guessed;    /* not by a header */
    const char *why; /* when explaining; else NULL */
    /* letters over school and partner, a row of the header each, to know them again; NULL: none */
    const char *header[MOST_HEADER_ROWS][2];
} Columns;

/* What stands in a column: shares of its cells, 0..1. */
typedef struct Content {
    double ordinals, levels, names, filled;
} Content;

/* Of the rows from `from` on; a cell over several columns counts for none. */
Content content_of(const Grid *g, int from, int col);
/* How many rows from `row` on are the header; a cell that reaches further down takes its rows in. */
int header_rows(const Grid *g, int row);
/* What stands in a column of those rows. */
Run header_run(const Grid *g, int row, int rows, int col);
/* False when they do not tell two columns of schools. */
bool columns_by_header(Doc *doc, const Grid *g, int row, int rows, Columns *k);
bool columns_by_content(const Grid *g, int from, Columns *k);
/* Numbers stand where names should: the header's columns are others than the rows'. */
bool columns_contradicted(const Grid *g, int from, const Columns *k);
/* A head that nobody can read, above the first number; no heading of a level. */
bool columns_spoiled_head(const Grid *g, int row, const Columns *k);
/* The rest of *k, when it is known that the rows begin at `from`. */
void columns_finish(const Grid *g, int from, Columns *k);
/* Fills k->why, for a person. */
void columns_explain(Doc *doc, Columns *k, bool header, bool carried);
/* The header once more, in the middle of a table or at the top of another page. */
bool columns_header_again(const Grid *g, const Columns *k, int row);

/* ---- other tables than one list row by row ---- */

/* Where the lists begin that stand side by side in a table. */
typedef struct Groups {
    int n;                     /* 1: it is one list */
    int from[MOST_GROUPS + 1]; /* first columns, and one past the last */
} Groups;

/* Those lists as tables of their own; returns how many. A table without a header is parted as the one before,
 * where it has as many columns. */
int table_groups(Doc *doc, const XTable *t, Carry *carry, const XTable *part[MOST_GROUPS]);

/* The table of number, school and partner that a column of whole rows is ("3 Mầm non An Cư Mầm non Thới
 * Xuân"), a line a row; NULL: it has no such column. */
XTable *table_of_whole_rows(Doc *doc, const XTable *t);

#endif
