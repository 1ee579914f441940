/* words: the Vietnamese words that the program knows plans by, from dicts/words.tsv and from a file of the user's.
 *
 *     Keywords *w = words_open(NULL, &err);               dicts/words.tsv; a path adds the user's own
 *     KeywordList levels = words_of_kind(w, WORD_LEVEL);  in the order of the file
 *     words_lookup(w, WORD_LEVEL, "mamnon")               .text "mầm non", .value LEVEL_MN, .edits 2
 *     words_close(w);
 *
 * A line of the file has a kind, the words as people write them, a value, and how many letters may be misread. The value
 * is what the words mean in that kind. dicts/README.md explains the kinds. Rows of the user's file follow ours. Where the
 * first word that fits decides, the order of the file counts. After opening, Keywords are only read; everything they
 * return is lent until words_close().
 */
#ifndef DAU_MODEL_WORDS_H
#define DAU_MODEL_WORDS_H

#include "base/err.h"
#include "doc/pairing.h"

#include <stdbool.h>
#include <stdint.h>

/* What words are for. The comment says what Keyword.value is, where that is one of an enum. After "also" it says what
 * Keyword.also tells. */
typedef enum WordKind {
    /* names of schools and units */
    WORD_LEVEL,       /* Level; also: a code, written in capitals */
    WORD_LEVEL_START, /* Level: letters that a heading in one piece begins with */
    WORD_CODE_MISREAD,
    WORD_CODE_GLUED,
    WORD_LEAD,       /* "trường" */
    WORD_LEAD_SHORT, /* "Tr." */
    WORD_LEAD_MISREAD,
    WORD_HEADING,
    WORD_HEADING_PAIR,
    WORD_BLOCK,
    WORD_UNIT,      /* UnitKind */
    WORD_UNIT_CELL, /* the same: only in cells, headings and brackets */
    WORD_UNIT_BEGINS,
    WORD_CONTACT,
    WORD_MONEY,
    WORD_DITTO,
    WORD_BELONGS,
    WORD_AND,
    /* columns and lines of lists */
    WORD_HEADER,      /* HeaderKind; also: the header is this and nothing else */
    WORD_HEADER_SIDE, /* HeaderSide */
    WORD_EVIDENCE,    /* 1 to 3: how much it tells; also: against twins */
    WORD_HEADER_BEGINS,
    WORD_HEADER_LEAD,
    WORD_HEADER_AFTER,
    WORD_HEADER_PART,
    WORD_NOTES,
    WORD_CONTENT,
    WORD_LIST_TITLE,
    WORD_PLAN_PART,
    WORD_LIST_OF,
    WORD_TWIN,
    WORD_ROW_LABEL,
    WORD_ROW_OPENS,
    WORD_TOTAL,
    WORD_SUM,
    WORD_COUNTED,
    WORD_JOINS,
    WORD_NOBODY,       /* "chưa có": there is no partner */
    WORD_OUTSIDER,     /* what helps a school and is none: "công ty" */
    WORD_BEFORE_JOINS, /* between a name and the word that joins it: "nhận" */
    WORD_ASSIGNS,
    /* documents, agencies, persons */
    WORD_DOCUMENT,      /* Keyword.meaning: the kind as it is called */
    WORD_DOCUMENT_CODE, /* Keyword.meaning: the same */
    WORD_JOINT,
    WORD_ISSUER_CODE,
    WORD_AGENCY, /* 1 to 3: its rank */
    WORD_AGENCY_INSIDE,
    WORD_AGENCY_ENDS,
    WORD_SURNAME,
    WORD_PERSON_TITLE,
    WORD_NO_PERSON,
    WORD_PERSON,
    WORD_PROPER,
    WORD_SMALL,
    WORD_SHORT_FORM,
    WORD_FOR,    /* WordFor */
    WORD_OFFICE, /* 1: a deputy's */
    WORD_DEGREE, /* 1: only with a full stop */
    /* the head and the end of a document */
    WORD_DAY,
    WORD_MONTH,
    WORD_YEAR,
    WORD_TODAY,
    WORD_FROM,
    WORD_UNTIL,
    WORD_UNTIL_END,
    WORD_UNTIL_LATE,
    WORD_SCHOOL_YEAR,
    WORD_YEARS,
    WORD_TERM,
    WORD_MOTTO,
    WORD_MOTTO_BEGINS,
    WORD_SIGNATURE_MARK, /* WordSigned */
    WORD_OPENS_SENTENCE,
    WORD_OPENS_TEXT, /* 1: under a title in capitals too */
    WORD_OPENS_BASIS,
    WORD_ISSUES,
    WORD_NUMBER,
    WORD_ABOUT,
    WORD_CARRIES_OUT,
    WORD_ENCLOSED,
    WORD_ANNEX,
    WORD_ARTICLE,
    WORD_ADDRESSED,
    WORD_RECIPIENTS,
    WORD_FILED,
    WORD_STANDS_FOR,
    /* sentences that tell of twinning */
    WORD_CUE, /* also: only in a text that is about twinning */
    WORD_CUE_PAIR,
    WORD_CUE_WEAK,
    WORD_DENIED,
    WORD_DENIED_NOT,
    WORD_DENIED_AFTER,
    WORD_PLANNED,
    WORD_OTHER_KIND,
    WORD_OTHER_DEED,
    WORD_WATCHES,
    WORD_CONNECTS,
    WORD_BETWEEN,
    WORD_WITH,
    WORD_OF,
    WORD_BEFORE_PARTNER,
    WORD_PARTNER_UNIT,
    WORD_PARTNER_NOUN,
    WORD_OTHERS,
    WORD_EACH_OTHER,
    WORD_IN_ORDER,
    WORD_BY,
    WORD_EVENT,
    WORD_ORGANISATION, /* PairKind */
    WORD_COUNTED_NOUN,
    WORD_TWO,
    WORD_SIDE,
    WORD_SEVERAL,
    WORD_ALL,
    WORD_TITLE_TELLS,
    WORD_AFTER_NAME, /* 1: only where marks are lost */
    WORD_ENDS_NAME,
    WORD_NO_SCHOOL,
    WORD_OF_PLACE, /* 1: with a capital too */
    WORD_SCHOOL_KIND,
    WORD_NO_LEAD,
    WORD_BEFORE_NO_LEAD,
    /* the user's list of schools */
    WORD_LIST_COLUMN, /* ListColumn */
    WORD_KINDS
} WordKind;

typedef enum UnitKind { UNIT_NONE, UNIT_DISTRICT, UNIT_WARD, UNIT_PROVINCE } UnitKind;

/* What a column of a list holds, by the words over it. */
typedef enum HeaderKind {
    HEADER_NONE,
    HEADER_ORDINAL,
    HEADER_LEVEL,
    HEADER_SCHOOL,
    HEADER_DISTRICT,
    HEADER_PLACE, /* a ward, a commune, an address */
    HEADER_OTHER
} HeaderKind;

/* On which side of a pairing it stands. */
typedef enum HeaderSide {
    HEADER_NO_SIDE,
    HEADER_FIRST,
    HEADER_SECOND, /* "được giúp đỡ" */
    HEADER_RELATED /* a word of the relation, "kết nghĩa": commonly the second */
} HeaderSide;

/* Where "KT.", "TM." and their like mean "for somebody else": everywhere, in a signature, in the name of an office. */
typedef enum WordFor { FOR_ALL, FOR_SIGNATURE, FOR_NAME } WordFor;

/* What stands behind a word of an electronic signature's mark: nothing that is looked for, who, their office, when. */
typedef enum WordSigned { SIGNED_MARK, SIGNED_BY, SIGNED_OFFICE, SIGNED_AT } WordSigned;

/* What a column of the user's list of schools holds. */
typedef enum ListColumn { COL_NAME, COL_LEVEL, COL_DISTRICT, COL_ALIASES, LIST_COLUMNS } ListColumn;

typedef struct Keyword {
    const char *text;    /* as it is written: "Mầm non" */
    const char *lower;   /* in small letters: "mầm non" */
    const char *key;     /* viet_key() of it: "mam non" */
    const char *letters; /* the same without blanks: "mamnon" */
    const char *meaning; /* its value as the file has it; where that is empty, the text */
    int len;             /* letters */
    unsigned bag;        /* which letters it has: letters_bag() */
    int edits;           /* how many of them may be misread */
    int value;           /* of the kind's enum, or 0 */
    bool also;           /* what the kind says of it */
} Keyword;

enum { WORD_MOST = 72 }; /* letters of a word */

typedef struct KeywordList {
    const Keyword *v; /* in the order of the file */
    int n;
} KeywordList;

typedef struct Keywords Keywords;

/* Reads dicts/words.tsv and then the user's file, unless `own` is NULL. NULL on error; DAU_BAD_INPUT names file and
 * line. */
Keywords *words_open(const char *own, Err *err);
void words_close(Keywords *w); /* NULL is allowed */
/* Reads more words from text and appends them; `name` is the file's, for messages. */
bool words_read(Keywords *w, const char *name, const char *text, size_t len, Err *err);
Keywords *words_new(void); /* without any words */

/* Which of a to z stand in it, a bit each: a letter that only one of two strings has is an edit between them. */
unsigned letters_bag(const char *letters);

KeywordList words_of_kind(const Keywords *w, WordKind kind); /* lent */
/* The first word of the kind with exactly these letters; NULL: there is none. Lent. */
const Keyword *words_lookup(const Keywords *w, WordKind kind, const char *letters);
/* Whether a word of a level, or "trường" before it, begins with the first two of these letters. */
bool words_begin_level(const Keywords *w, const char *letters);

/* How many letters of a word may be misread when its row does not say: one in five, from six letters on. It holds for
 * kinds that engines are known to misread; in the others every letter must be right. */
int words_edits(int letters);

#endif
