/* form: the forms that a list of pairings takes on paper. `draw plan --form NAME` draws one.
 *
 *     const Form *form = form_lookup("dotted");       (lent; NULL: there is none)
 *
 * To add a form, add its row to forms[].
 */
#ifndef DRAW_FORM_H
#define DRAW_FORM_H

#include <stdbool.h>

#include "table.h"

/* Where a row's school level is said. */
typedef enum LevelAs {
    LEVEL_SECTION, /* a row of its own before the rows: MẦM NON */
    LEVEL_COLUMN,  /* a column, said on every row */
    LEVEL_MERGED,  /* a column, one cell joined over the rows */
    LEVEL_PREFIX,  /* only in the names: Mầm non Hoa Mai */
    LEVEL_TABLES   /* a table for each level, with a heading */
} LevelAs;

typedef enum Ordinals { ORDINALS_RUN, ORDINALS_RESTART, ORDINALS_NONE } Ordinals;

typedef struct Form {
    const char *name;
    const char *help;
    Rules rules;
    Stroke stroke;
    LevelAs level;
    Ordinals ordinals;
    double lists;      /* share of rows whose cell names several schools */
    double notes;      /* share of rows with address and note; 0: no such columns */
    double groups;     /* share of rows whose cell names three to five */
    bool phones;       /* a column of telephone numbers */
    double unnumbered; /* share of rows that nobody numbered */
    bool in_header;    /* the districts stand in the header, always */
    bool district;     /* the district stands in the cells: Mầm non Hoa Mai (quận Ba Đình) */
    bool capitals;     /* names in capitals */
    bool two_header;   /* a header of two rows with joined cells */
    bool cut;          /* rows break inside at the page's end */
    bool landscape;
    int turn;         /* degrees clockwise the page was fed in wrong */
    bool seal;        /* a seal lies over the table */
    bool no_seal;     /* none does, not even by chance */
    bool signed_over; /* a seal and a signature over the last rows, in ink that mixes with the print */
    int pen;          /* pen strokes over the table */
    bool within;      /* the table stands in the letter, before the signature */
    bool repeated;    /* the header again on every page; else by chance */
    int rows;         /* where --rows does not say; 0: 20-36 by chance */
} Form;

extern const Form forms[]; /* ends with a NULL name */

/* The form of that name, or NULL. */
const Form *form_lookup(const char *name);

/* Writes the stroke or level of that name to *out; false when there is none. */
bool stroke_named(const char *name, Stroke *out);
bool level_named(const char *name, LevelAs *out);

#endif
