/* extract/lines/rows: private to extract/lines/. What a list without rules is taken apart into.
 *
 *     lines/readings.c several readings of the same lines, of which the likeliest is kept
 *     lines/items.c    items of a list, each a pair or a part of one
 *     lines/rows.c     which lines are rows; rows broken over lines
 *     lines/line.c     one line: its ordinal, its marks, whether it looks like names
 *     lines/part.c     where one name ends and the next begins
 *     lines/columns.c  columns that were read one after another
 *     lines/cells.c    names that begin with their levels, each a cell
 *     lines/layout.c   what stands round the names in most rows
 *     lines/clusters.c one school beside the middle of its many partners
 *     lines/places.c   a column of places behind the names
 *     lines/beside.c   several lists side by side, by their header
 *     lines/delimited.c lines in which commas, semicolons or bars of a machine part the cells
 *     lines/about.c    what stands over a list: is it of twins?
 *     lines/weave.c    a row whose cells are broken over lines that run through all of them
 */
#ifndef DAU_EXTRACT_LINES_ROWS_H
#define DAU_EXTRACT_LINES_ROWS_H

#include "base/map.h"
#include "extract/private.h"

/* ---- one line ---- */

typedef enum LineKind {
    LINE_PROSE,   /* a sentence, or dirt */
    LINE_NOTE,    /* in brackets: "(Kèm theo Kế hoạch số ...)" */
    LINE_TITLE,   /* "DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA" */
    LINE_HEADER,  /* "TT Tên trường Đơn vị kết nghĩa", or one column's part of it */
    LINE_SECTION, /* "TIỂU HỌC" */
    LINE_NAMES,   /* looks like one name or several, after an ordinal or not */
    LINE_ORDINAL, /* an ordinal and nothing else */
} LineKind;

typedef struct FlatLine {
    const XLine *x;
    LineKind kind;
    Run run;     /* marks that restoring swallowed put back */
    Role role;   /* LINE_HEADER: of its only column; ROLE_ORDINAL: of a whole header */
    Level level; /* LINE_SECTION, LINE_TITLE and LINE_HEADER, or LEVEL_NONE */
} FlatLine;

void flat_line(Arena *a, const XLine *x, FlatLine *out);
/* "Ghi chú" or "Nội dung" over the last column; a line of it may be read too badly to be a header else. */
bool names_notes(const FlatLine *l);
/* The ordinal a run begins with (0: none) and in *rest what follows it. `expected` helps to read "I1" and
 * "431" (a 43 whose separator became a 1); 0 when nothing is expected. */
int flat_ordinal(Arena *a, Run r, int expected, Run *rest);
/* "* LH: Huỳnh Chánh Lành", "SĐT: 0368680035", "(Lê Cát Lành - 0984305605)": whom to call, and no school. */
bool is_contact(Run r);
/* Capitals, few words, no sentence. */
bool looks_like_names(Run r);

/* ---- parting ---- */

enum { MOST_DISTRICTS = 6 };

/* Names that stand in this document for sure; they come again. And the districts it names. */
typedef struct Known {
    Map names; /* viet_key: how often */
    int total;
    const char *district[MOST_DISTRICTS];
    int districts;
} Known;

void known_add(Known *k, Run cell);
void known_add_districts(Known *k, Doc *doc);
void known_release(Known *k);
/* The logarithm of the probability that the names of a cell are names. */
double cell_score(const Doc *doc, const Known *known, Run cell);
/* The same of one name without its level, its place and its numeral. */
double parsed_score(const Doc *doc, const Known *known, const Name *name);
/* Fills e->column, school and partner where a mark or the words of a level part them. */
bool part_by_rule(Run r, Entry *e);
/* "Giao cho Trường A kết nghĩa với Trường B": words that join two names part them. */
bool part_sentence(Run r, Entry *e);
/* The same; white space wider than between words parts too. */
bool part_for_sure(Run r, Entry *e);
/* The same where nothing does: the likeliest names; fills e->parting and flags. */
void part_by_names(const Doc *doc, const Known *known, Run r, bool notes, Entry *e);
/* A wrapped line at the partner's end that continues the school's name goes there. */
void part_wrapped(const Doc *doc, const Known *known, Entry *e);
/* Without the words at its end that are of the column of notes: small ones ("Hồng Thượng học sinh") unless a
 * list has such a name, what follows a name's number, and, where a header names the column, what follows a
 * name that a list has. */
Run without_notes(const Doc *doc, Run r, bool column);
/* Words of the level alone at the front of a run that goes on with another level's words or is over: how many
 * tokens; 0: none. */
int level_column(Run r, Level *level);

/* Levels that a line over lists side by side names one after another: "Mầm non  Tiểu học  THCS" is three. Returns
 * how many, at most `most`; *other: words that are none. */
int levels_beside(Run r, Level *level, int most, int *other);

/* ---- rows whose cells are broken over lines ---- */

/* A line of a row. */
typedef struct RowLine {
    Run run;             /* without the row's number */
    int school, partner; /* where a level's words begin the one and the other; -1: not in this line */
    bool apart;          /* white space above it */
    bool above;          /* the partner's first line, above the school's */
} RowLine;

enum { MOST_ROW_LINES = 8, MOST_STARTS = 12 };

/* What stands behind the names in most rows of a list, and between its cells. */
typedef struct Layout {
    bool places, persons, bars; /* "Xã Lũng Niêm"; "Lê Thanh Hương"; a bar and anything */
    bool levels;                /* the code of the row's level */
    bool notes;                 /* words, under a header of notes */
    bool sentences;   /* its rows are sentences, "A kết nghĩa với B", over as many lines as they need */
    bool beside;      /* two lists side by side */
    const char *code; /* letters of a word before most levels, "cdcs"; NULL */
} Layout;

/* Is the word that code, misread or not? */
bool layout_code(const Layout *layout, const Tok *t);
/* Where the code of a level stands behind two names, and no name behind it: "... MN | Tiếp tục"; r.n: nowhere. */
int layout_level(Run r);

/* Gives every word of the lines to the school, the partner or what stands in columns after them, so that the
 * names are the likeliest together; fills e->school, partner, their districts, parting and flags. */
void weave_row(Doc *doc, const Known *known, const Layout *layout, const RowLine *line, int n, Entry *e);
/* Where names begin with their level's words in the run, and how many; those after a comma or in brackets are
 * of the cell before. */
int name_starts(Run r, int start[MOST_STARTS]);
/* "Xã Lũng Niêm", "huyện Bá Thước": where a unit's words begin, behind a name that ends at `from` or later, not
 * in brackets nor behind a comma; r.n: nowhere. `at_once`: nothing needs to stand between. */
int place_start(Run r, int from, bool at_once);
/* Two to four words to the end, the first a family name. */
bool is_person_to_end(Run r, int from);

/* ---- the list ---- */

typedef struct Flat {
    Doc *doc;
    Carry *carry;
    Entries *out;
    const char *school_district, *partner_district; /* by the header */
    bool notes;                                     /* the header names a column of notes */
} Flat;

Layout layout_of(const Flat *f, const FlatLine *lines, int n);
/* "TT Trường quận Tây Hồ Trường huyện Sóc Sơn": two districts are the school's and the partner's; one is of
 * the column whose words stand before it. */
void flat_districts(Flat *f, Run header);
/* Are nearly all their words as somebody typed them? */
bool all_typed(const XLine *const *lines, int n);
/* Items of lists become entries; false: the lines hold none, and nothing was changed. */
bool flat_items(Flat *f, const XLine *const *lines, int n);
/* The first table that a machine wrote as lines ("1,Trường A,Trường B"), and which of them it is; NULL: none. */
XTable *table_of_lines(Doc *doc, const Item *items, int n, int *first, int *lines);
/* Drops the entries from `first` on that stand under words of something else than twins; tells of them. */
void keep_twins(Flat *f, const FlatLine *lines, int n, size_t first);
/* Was a page read one column after another, not row by row? */
bool read_by_columns(Arena *a, const FlatLine *lines, int n);
void flat_columns(Flat *f, const FlatLine *lines, int n);
void flat_rows(Flat *f, const FlatLine *lines, int n);
/* A list in which names begin with the words of their levels: those tell the cells, whatever became of marks,
 * numbers and lines. */
void flat_cells(Flat *f, const FlatLine *lines, int n);
/* A list whose schools have many partners each, lines with one name above and below their own: is it one? */
bool has_clusters(Flat *f, const FlatLine *lines, int n);
void flat_clusters(Flat *f, const FlatLine *lines, int n);
/* Several lists side by side under one number, whose names begin with no level: does a header say so? */
bool lists_beside(const FlatLine *lines, int n);
void flat_beside(Flat *f, const FlatLine *lines, int n);

/* ---- places ---- */

/* Takes the places of a column that stands behind the names off the ends of the entries from `first` on; where they are
 * districts, the names get them. */
void cut_places(Doc *doc, Entries *entries, size_t first);

#endif
