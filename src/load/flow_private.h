/* load/flow_private: a flow from the inside. Private to flow.c, which gathers it, and flow_page.c, which makes pages of
 * it. */
#ifndef DAU_LOAD_FLOW_PRIVATE_H
#define DAU_LOAD_FLOW_PRIVATE_H

#include "base/charset.h"
#include "load/flow.h"

enum {
    MOST_COLUMNS = 256, /* of a table; what lies beyond is put into the last */
    MOST_NESTED = 12,   /* tables inside tables; deeper ones are text */
};

typedef enum FlowKind { FLOW_PARA, FLOW_TABLE, FLOW_PAGE } FlowKind;

typedef struct FlowBlock {
    FlowKind kind;
    int first, n;   /* PARA: lines; TABLE: cells */
    int rows, cols; /* TABLE */
    int column;     /* PARA: as Block.column; paragraphs of one row of columns have the same `side` */
    int side;       /* 0: alone */
} FlowBlock;

typedef struct FlowCell {
    int row, col, rowspan, colspan;
    int first_line, lines;
    bool grid; /* a table of rows and columns stands in it */
} FlowCell;

typedef VEC(FlowCell) FlowCells;

typedef VEC(FlowBlock) FlowBlocks;

typedef struct OpenTable {
    FlowCells cells;
    FlowBlocks blocks; /* what is in the cells, should it turn out to be no table */
    int inner;         /* tables that ended inside it */
    int row, col;      /* of the next cell; row -1 before the first */
    bool in_cell;
    int cell_of[MOST_COLUMNS]; /* the last cell that begins in the column, from 1; 0: none */
    int busy[MOST_COLUMNS];    /* rows, from 0, before which a cell above reaches into the column */
} OpenTable;

/* A piece of a line that stands in a font from before Unicode. */
typedef struct FlowRun {
    int line;
    size_t from, to; /* bytes of the line */
    Charset charset; /* of the font */
    bool capitals;   /* the font shows small letters as capitals */
} FlowRun;

struct Flow {
    Arena arena;
    VEC(FlowRun) runs; /* by line and place; until flow_end() converts them */
    VEC(const char *) lines;
    FlowBlocks blocks;
    FlowCells cells;
    OpenTable *open[MOST_NESTED];
    int depth;       /* tables open */
    int ignored;     /* tables open below MOST_NESTED */
    Buf line;        /* begun */
    int para_line;   /* first line of the paragraph */
    Charset charset; /* of the font of what comes */
    bool capitals;   /* and it shows small letters as capitals */
    int sides;       /* rows of columns so far */
    VEC(int) pages;  /* first block of each */
    Charset old;     /* met in the document */
    const char *what;
    const char *left_out; /* what was, and */
    int left;             /*   how many */
};

#endif
