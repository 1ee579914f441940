/* extract/private: private to extract/. What the parts of the stage hand one another.
 *
 *     extract.c   copies what the pages hold; makes pairings of entries
 *     names/      tokens, levels, districts, the names in a cell or sentence
 *     table/      tables with rows and columns -> entries
 *     lines/      lines of text -> entries
 *     text/       the running text; head/: what the document says of itself; prose/: pairings told in sentences
 *     evidence.c  what tells that a list is of twins
 *     nothing.c   documents about twins that give nothing
 *     check.c     numbers, levels, repeats, totals: flags and findings
 *     prob.c      how likely a row is right
 *
 * An entry is one row of a list, whatever form the list came in. All strings and arrays here live in the
 * stage's arena.
 */
#ifndef DAU_EXTRACT_PRIVATE_H
#define DAU_EXTRACT_PRIVATE_H

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/page.h"
#include "doc/flag.h"
#include "doc/pairing.h"
#include "model/confuse.h"
#include "model/gazetteer.h"
#include "model/words.h"
#include "extract/names/names.h"

/* ---- entries ---- */

typedef struct Entry {
    int no;              /* 0: none printed */
    bool again;          /* its number's cell is the one of the entry before */
    Level column;        /* by a level column */
    bool column_sure;    /* which was typed, or read well */
    Level section;       /* by the heading above */
    Level title;         /* by the document's title */
    Run school, partner; /* cells; may hold several names */
    NameStyle school_style, partner_style;
    const char *school_district, *partner_district; /* by header or district column; NULL */
    const char *rule;
    int page;
    Rect box; /* the row on that page, as scanned */
    unsigned flags;
    PairKind kind;       /* by the header of its table */
    float parting;       /* probability that the two cells were parted right; 1 when a rule did it */
    float form;          /* that the list is of twins and its columns are these; 0: not asked */
    bool text;           /* from lines, not from a table */
    const char *columns; /* when explaining: which column holds what, and how that is known; else NULL */
} Entry;

typedef VEC(Entry) Entries;

/* ---- the document ---- */

typedef struct XCell {
    int row, col, rowspan, colspan;
    Rect at, box;
    bool blank; /* no ink in it */
    Run run;    /* without the words of unions and the like, see run_of_schools() */
    Run whole;
} XCell;

typedef struct XTable {
    int page, number; /* page; which table of it, from 1 */
    TableKind kind;
    int rows, cols, cells;
    int above; /* rows of the table that stand before the first of these */
    XCell *cell;
    Rect at, box;
    bool open_top, open_bottom;
} XTable;

typedef struct XLine {
    int page, block;  /* lines of one block belong together */
    bool after_blank; /* white space above it */
    Unit unit;
    Rect at, box;
    Run run, whole; /* as of a cell */
} XLine;

typedef struct Item {
    XTable *table; /* or NULL */
    XLine *line;   /* or NULL */
} Item;

typedef VEC(Item) Items;

/* How much words tell that a list is of twins, and that it is of something else: 0 to 3, of dicts/words.tsv. */
typedef struct Evidence {
    int twins, against;
} Evidence;

/* A page on which ink like letters was not read (BLOCK_PICTURE). */
typedef struct UnreadInk {
    int page, places;
    Rect largest;
} UnreadInk;

typedef struct Doc {
    Arena a;
    Items items; /* in reading order */
    const Gazetteer *names;
    const Keywords *words;
    const Registry *schools;     /* the user's, or NULL */
    bool about_twins;            /* "kết nghĩa" or the like stands somewhere */
    bool maybe_twins;            /* what is less like it, so that the rows have to tell */
    Evidence title;              /* of the document's title */
    bool about_schools;          /* a title about twins speaks of schools */
    Level level;                 /* that the title names, and no other; or LEVEL_NONE */
    const char *district;        /* the office's, by the letterhead; or NULL */
    const char *other_district;  /* the other one that the title names, which the partners are of; or NULL */
    VEC(const char *) districts; /* all that are named in its lines */
    Map listed;                  /* names of the gazetteer that stand in it: how often, in thousandths */
    int listed_total;            /* names in all */
    VEC(const char *) provinces; /* that tell which of several districts is meant; where no marks were read */
    Map sisters;                 /* key of a name without its numeral: index + 1 into numbered */
    VEC(Numbering) numbered;     /* how the schools of such a name are numbered */
    Numbering numbers;           /* how its names are numbered */
    bool marks_read;             /* the engine knew Vietnamese: it read letters with marks */
    const Confuse *channel;      /* where it did not: what it makes of letters; else NULL */
    const struct Roles *said;    /* what a person says of the columns, or NULL (table/table.h) */
    bool said_fits;              /* there is a table of so many columns */
    VEC(UnreadInk) unread;       /* a page each */
    bool explain;                /* say why; what was passed over too */
    Pairings *found;             /* what comes out; findings are added as they are made */
} Doc;

enum { MOST_GROUPS = 4 }; /* lists side by side in a table */

/* What a list carries on from one table or stretch of lines to the next. */
typedef struct Carry {
    Level section;
    int last_no;
    Evidence heading;          /* of the last heading above */
    const struct Roles *roles; /* of the columns of the last table that was a list (table/table.h) */
    int groups;                /* lists that stood side by side in it */
    struct Columns *columns[MOST_GROUPS]; /* of each */
} Carry;

/* ---- evidence that a list is of twins ---- */

Evidence evidence_read(Run r);
bool evidence_is(Evidence e); /* any */
void evidence_add(Evidence *e, Evidence more);
/* "DANH SÁCH CÁC TRƯỜNG KẾT NGHĨA" holds for the tables below it until another heading comes; "Ban chỉ đạo gồm các ông, bà:"
 * for the next one only. */
typedef enum HeadingKind { HEADING_IS_NONE, HEADING_INTRODUCES, HEADING_LASTS } HeadingKind;
/* What the lines above a table tell, the nearest first; *e is left as it is where none of them tells anything. */
HeadingKind evidence_of_heading(const Run *above, int n, Evidence *e);
/* May the line be part of a title: a few words, no sentence, without number? */
bool evidence_is_title(Run r);
/* Does any word speak of twins? */
bool evidence_for_twins(const Doc *doc, Evidence header, Evidence heading);
/* Natural logarithm of the odds that a list with these is of twins, before its columns are looked at. */
double evidence_log_odds(const Doc *doc, Evidence header, Evidence heading);
/* The same for a person. */
const char *evidence_explained(const Doc *doc, Evidence header, Evidence heading, Arena *a);

/* ---- probability ---- */

/* What tells whether a row is right. For each name, where not said otherwise, how many of the two. */
typedef enum Factor {
    FACTOR_BASE,
    FACTOR_READ_WORSE,  /* log-odds that the name read worse was read right */
    FACTOR_READ_BETTER, /* and the other */
    FACTOR_PARTING,     /* log-odds that the names were parted right, less the most there is; 0 by a rule */
    FACTOR_SURE,        /* log-odds of Name.sure, of the name less sure */
    FACTOR_TEXT,        /* 1: from lines of text, not from a table */
    FACTOR_HERE,
    FACTOR_UNLISTED,
    FACTOR_STRANGE, /* unlisted, with a syllable that no listed name has */
    FACTOR_ODD,     /* digits, capitals or marks where no name has them */
    FACTOR_MENDED,
    FACTOR_STRAY,
    FACTOR_SHORT, /* unlisted, of one syllable */
    FACTOR_LONG,  /* of five syllables or more */
    FACTOR_GUESSED,
    FACTOR_GAP, /* this and what follows: the flag, 1; no-level: nothing says it, nor was it guessed */
    FACTOR_REPEATED,
    FACTOR_LEVEL,
    FACTOR_JOINED,
    FACTOR_TWICE,
    FACTOR_ORDINAL,
    FACTOR_COLUMNS,
    FACTOR_NO_LEVEL,
    FACTOR_NO_NUMBER,
    FACTORS
} Factor;

/* Of a row that has both names. */
void row_factors(const Doc *doc, const Entry *e, const Name *school, const Name *partner, unsigned flags,
                 double x[FACTORS]);
double row_prob(const double x[FACTORS]);
bool row_doubtful(double prob);                          /* so little that the row is flagged */
void factors_text(const double x[FACTORS], Buf *out);    /* "base=1 read-worse=3.9": those that are not 0 */
void factors_explain(const double x[FACTORS], Buf *out); /* with what each adds, for a person */

/* ---- checks ---- */

/* The names in an entry's two cells. */
typedef struct Sides {
    Names school, partner;
} Sides;

/* A misread ordinal between its neighbours is set right; then gaps, repeats, missing numbers and schools that
 * stand twice become flags of entries and findings. */
void check_entries(Doc *doc, Entries *entries, const Sides *sides);
/* After the pairings were made: rows unread or of two levels become findings; totals that the text prints are
 * compared with what was found. */
void check_found(Doc *doc);
/* After the document's date is known: districts that were gone by then become findings. */
void check_units(Doc *doc);
/* "Tổng số: 55 cặp", "Tổng cộng 30 trường": such a row or line is not a school. */
bool is_total(Run r);
/* "gap mended": the names of a set of Flag, parted by blanks. */
const char *flag_names(Arena *a, unsigned set);
/* A finding in doc->found; text by the format, which is what translators see (base/phrase.h). */
void finding_add(Doc *doc, const char *kind, Place place, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
/* Does the line or cell speak of twins: "kết nghĩa", or what an engine may make of it? */
bool speaks_of_twins(Run r);
/* Pages with ink that was not read become findings. */
void check_unread(Doc *doc);
/* At the end: a document that speaks of twins and gave no pairing becomes a finding, if none tells so already. Columns
 * that a person says and that no table has become one too. */
void check_nothing(Doc *doc);
/* When explaining: of this row or table no pairing was made. */
void reject(Doc *doc, Place place, const char *what, Run run, const char *why);

/* The roles that a person's words say (extract_say_columns()); NULL on error. */
const struct Roles *roles_said(Arena *a, const char *columns, Err *err);
/* `above`: the lines over it, the nearest first. */
void table_entries(Doc *doc, const XTable *t, const Run *above, int lines_above, Carry *carry, Entries *out);
/* "DANH SACH CA Goo aby NGHiA" */
bool is_misread_title(Run r);
void flat_entries(Doc *doc, const Item *items, int n, Carry *carry, Entries *out);

#endif
