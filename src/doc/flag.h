/* flag: the names of what checks find odd about a row. Pairing.flags has them, with blanks between.
 *
 *     flag_name(FLAG_LEVEL)                      "level-differs"
 *     flag_words("level-differs", "vi")          "lệch cấp"
 *
 * A new flag needs three things: a value here, an entry of the table in flag.c, and the line that raises it. All strings
 * are constants.
 */
#ifndef DAU_DOC_FLAG_H
#define DAU_DOC_FLAG_H

typedef enum Flag {
    FLAG_GAP = 1 << 0,         /* the ordinal before it is not there */
    FLAG_REPEATED = 1 << 1,    /* the ordinal was there already */
    FLAG_LEVEL = 1 << 2,       /* prefix, partner's prefix, column and section do not agree */
    FLAG_UNREAD = 1 << 3,      /* a name is not there */
    FLAG_JOINED = 1 << 4,      /* parts of a row on two pages, or two grid rows, put together */
    FLAG_PARTING = 1 << 5,     /* where one name ends and the next begins was guessed */
    FLAG_TWICE = 1 << 6,       /* the same school twice in the same role */
    FLAG_ORDINAL = 1 << 7,     /* the ordinal was not read; it follows from its neighbours */
    FLAG_COLUMNS = 1 << 8,     /* which column holds what was guessed, or columns read one after another */
    FLAG_NO_LEVEL = 1 << 9,    /* nothing says the level */
    FLAG_MENDED = 1 << 10,     /* letters of a name were changed to those of one in the lists */
    FLAG_NO_NUMBER = 1 << 11,  /* it has no ordinal where the others have */
    FLAG_TOTAL = 1 << 12,      /* the last row under a total that does not agree */
    FLAG_SEAL = 1 << 13,       /* a name was read under red ink, as of a seal */
    FLAG_PEN = 1 << 14,        /* a name was read under a pen's strokes */
    FLAG_DISPUTED = 1 << 15,   /* a second look, or its strokes, read a word of a name otherwise */
    FLAG_DOUBT = 1 << 16,      /* it is too likely that something of it is wrong */
    FLAG_UNREADABLE = 1 << 17, /* a person said that nobody can tell */
    FLAG_CONFLICT = 1 << 18,   /* a correction and what is read now differ */
    FLAG_NOT_READ_AGAIN = 1 << 19, /* a row a person corrected, which is not read any more */
    FLAG_NUMERAL = 1 << 20, /* what tells a school from its sister, at its name's end, was not read surely */
    FLAG_INK = 1 << 21,     /* ink like letters stands beside a name and was not read */
    FLAGS = 22
} Flag;

const char *flag_name(Flag flag); /* "gap" */
/* What a person is told, in Vietnamese for "vi" and in English for every other language. NULL where no flag has the
 * name. */
const char *flag_words(const char *name, const char *language);
/* The name of the factor in extract/prob.c by which the flag changes the probability of a row; NULL: it does not.
 * tools/fit-rows.sh fits the weights. */
const char *flag_factor(Flag flag);

#endif
