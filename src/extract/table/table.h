/* extract/table/table: private to extract/table. What a table with rows and columns is read by.
 *
 *     table/table.c       its rows become entries
 *     table/content.c     what a cell is, and a column
 *     table/header.c      which rows are the header, and what it says of each column
 *     table/roles.c       which column is for what: of all columns together, the likeliest
 *     table/said.c        which column is for what, where a person says so
 *     table/columns.c     the roles of a table become columns to read rows by; lists side by side are parted
 *     table/turned.c      a list that lies on its side
 *     table/couples.c     a list whose pairs stand one school below the other
 *     table/stacked.c     tables that stand one below the other in a grid
 *     table/rows.c        the lines of a table without rules, joined to rows
 *     table/whole_rows.c  a table whose cells are whole rows, parted by where the words stand
 */
#ifndef DAU_EXTRACT_TABLE_TABLE_H
#define DAU_EXTRACT_TABLE_TABLE_H

#include "extract/private.h"

enum { MOST_COLS = 64, MOST_HEADER_ROWS = 4, MOST_PARTNERS = 8 };

/* ---- the grid: which cell stands at a place ---- */

/* Why a cell could stand in a header: it says what the column holds, or whose it is. */
typedef enum HeaderLike {
    LIKE_NONE,
    LIKE_KIND, /* + HeaderKind */
    LIKE_SIDE = LIKE_KIND + HEADER_OTHER + 1,
    LIKE_DISTRICT,
    LIKE_LEVEL,
    LIKE_EVIDENCE,
    HEADER_LIKES
} HeaderLike;

typedef struct Grid {
    const XTable *t;
    const XCell **at; /* [row * cols + col] */
    int *
        like_header; /* [cols][HEADER_LIKES + 1], see header.c: cells by what makes them look like a header's */
    Arena *a;
} Grid;

Grid grid_of(Arena *a, const XTable *t);
/* NULL where none reaches to. */
const XCell *cell_at(const Grid *g, int row, int col);
Run run_at_cell(const Grid *g, int row, int col);
/* The letters of a row, cell by cell; in the grid's arena. */
const char *row_letters(const Grid *g, int row);

/* ---- what stands in a column ---- */

typedef enum CellKind {
    CELL_EMPTY,
    CELL_NUMBER,  /* an ordinal */
    CELL_LEVEL,   /* "MN" */
    CELL_SCHOOL,  /* "MN Hoa Mai", "Trường Hoa Mai" */
    CELL_NAME,    /* "Hoa Mai" */
    CELL_UNIT,    /* "xã Vân Hòa"; bare names of districts */
    CELL_PERSON,  /* "Bà Lê Thị Hoa" */
    CELL_CONTACT, /* "ĐT: 0912 345 678" */
    CELL_AMOUNT,  /* "350", "1.500.000 đ", "15/9/2024" */
    CELL_TEXT,    /* "Hỗ trợ sách giáo khoa" */
    CELL_DITTO,
    CELL_KINDS
} CellKind;

CellKind cell_kind(Run r);

/* Shares of a column's cells, 0..1, by kind. */
typedef struct Profile {
    double share[CELL_KINDS];
    double districts;   /* share of cells that say a district */
    Level level;        /* of its schools, where their words say it */
    bool levels_differ; /* they are of several */
    int n;              /* cells; one over several columns counts for none */
} Profile;

/* Of the rows from `from` on. */
Profile column_profile(Doc *doc, const Grid *g, int from, int col);
double profile_names(const Profile *k); /* schools and bare names */

/* ---- the header ---- */

typedef struct HeaderRows {
    int first, n;      /* n 0: there is none */
    Evidence evidence; /* of what stands in it */
} HeaderRows;

/* What the header says of a column: its lowest cell decides, those above it qualify. */
typedef struct HeaderPath {
    Header said;
    bool text;           /* anything stands there */
    bool shared;         /* the lowest cell stands over other columns too: what it says may be of them */
    const XCell *lowest; /* cell with text, or NULL */
    const XCell *side;   /* which says the side, or NULL */
} HeaderPath;

HeaderRows header_rows(Doc *doc, const Grid *g);
/* "Trường Phú Hải", "THCS Tây Đô": a school's name, though a header could begin so. */
bool header_is_name(Doc *doc, Run r);
/* Is this row the first one of a header? */
bool header_begins(Doc *doc, const Grid *g, int row);
/* The only cell with text of a row that it begins in; NULL: there are several, or none. */
const XCell *header_title(const Grid *g, int row);
HeaderPath header_path(Doc *doc, const Grid *g, const HeaderRows *h, int col);

/* ---- roles ---- */

typedef struct Roles {
    int cols;
    Role of[MOST_COLS];
    int groups,
        from[MOST_GROUPS + 1]; /* first columns of the lists that stand side by side, and one past the last */
    double prob;               /* that it is a list of twins and these are its columns, 0..1 */
    double evidence;           /* log-odds that it is one before its columns were looked at */
} Roles;

/* What is known of a column before they are looked at together. */
typedef struct Clues {
    Profile is;
    HeaderPath header;
    bool other_level; /* the header says another level over it than over the last column with one */
    bool repeats;     /* its header is that of a column before */
    bool counted_on; /* its header is that of the last column, counted on: "Trường 2" behind "Trường 1" */
    Role before; /* what it was in the table before, where that had as many columns and this has no header */
} Clues;

/* Does the header say both sides of a pairing, "nội thành" and "ngoại thành"? */
bool roles_two_sides(const Clues *clues, int cols);
/* The likeliest roles of all columns together. False: it is more likely not a list of twins. */
bool roles_find(const Clues *clues, int cols, double evidence, Roles *out);

/* ---- columns ---- */

/* One list's columns. */
typedef struct Columns {
    int cols;
    int of[ROLE_OTHER];         /* by role: the column, -1 none */
    int partner[MOST_PARTNERS]; /* columns of partners, the first as in `of` */
    int partners;
    int middle; /* x between school and partner, from the table's left, in thousandths of its width */
    NameStyle school_style, partner_style;
    const char *school_district, *partner_district; /* said over them */
    bool bare_district
        [2]; /* what stands in the columns of districts is one by the header: the school's, the partner's */
    Level level;     /* said over the schools: "Trường Mầm non"; or LEVEL_NONE */
    bool schools;    /* the header speaks of schools */
    double prob;     /* Roles.prob */
    const char *why; /* when explaining; else NULL */
    /* letters over school and partner, a row of the header each, to know them again; NULL: none */
    const char *header[MOST_HEADER_ROWS][2];
} Columns;

/* How a table is read: its lists, the first row after the header, and whether it goes on with the list of the table
 * before. */
typedef struct TablePlan {
    int groups;
    const XTable *part[MOST_GROUPS];
    Columns *columns[MOST_GROUPS];
    int first;
    bool header, continues;
    bool said; /* a person says what its columns hold */
} TablePlan;

/* NULL, or why it is not a list of twins. `over`: what a header tells that is not in the table any more. */
const char *table_plan(Doc *doc, const XTable *t, Evidence over, Carry *carry, TablePlan *out);
/* A head that nobody can read, above the first number; no heading of a level. */
bool columns_spoiled_head(const Grid *g, int row, const Columns *k);
/* The header once more, in the middle of a table or at the top of another page. */
bool columns_header_again(const Grid *g, const Columns *k, int row);

/* ---- other tables than one list row by row ---- */

/* The table, or where it lies on its side another whose rows are its columns. */
const XTable *table_upright(Doc *doc, const XTable *t);
/* The table, or where two rows share a number and are a pair another with them side by side. `carry`: the heading above. */
const XTable *table_of_couples(Doc *doc, const XTable *t, const Carry *carry);
enum { MOST_STACKED = 16 };
/* Where the tables begin that stand one below the other in a grid, by headers of other words in its middle: rows, the
 * first 0, and one past the last. Returns how many. */
int table_stacked(Doc *doc, const XTable *t, int from[MOST_STACKED + 1]);
/* Its rows from .. to - 1 as a table of their own. */
const XTable *table_rows(Arena *a, const XTable *t, int from, int to);

/* A table without rules with its lines joined to rows; another as it is. */
const XTable *table_joined(Doc *doc, const XTable *t);
/* The table of number, school and partner that a column of whole rows is ("3 Mầm non An Cư Mầm non Thới
 * Xuân"), a line a row; NULL: it has no such column. */
XTable *table_of_whole_rows(Doc *doc, const XTable *t);

#endif
