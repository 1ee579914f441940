/* extract/text/body: private to text/body.c, head/ and prose/. The running text of a document: its words one
 * after another, and the lines and paragraphs they stand in.
 *
 *     text/body.c     words and lines
 *     text/find.c     dates, agencies, persons, numbers in them, found by their letters
 *     head/head.c     the letterhead, kind, title
 *     head/number.c   the document's number
 *     head/end.c      its legal bases, period, signers and recipients
 *     prose/prose.c   which schools the sentences say are twinned
 *     prose/school.c  schools named in sentences
 *     prose/cue.c     words that tell of a pairing
 *     prose/pair.c    the pairings of all that is said
 *
 * Positions are indices of tokens from the document's beginning. A line of the body is a line of the page or,
 * where columns stand side by side, its part in one of them. Tables and lines that gave rows of a list are
 * left out.
 */
#ifndef DAU_EXTRACT_TEXT_BODY_H
#define DAU_EXTRACT_TEXT_BODY_H

#include "extract/private.h"

typedef struct BodyLine {
    int first, n; /* tokens */
    int page;
    Rect at;
    bool paragraph; /* begins one */
    bool capitals;  /* in capital letters throughout */
    bool list; /* in a table of so many columns and rows that it is a list, no letterhead or signatures */
} BodyLine;

typedef struct Body {
    Doc *doc;
    Toks tok;
    const char **text, **raw; /* of each token: compact() of what was restored and of what was read */
    int *line;                /* of each token */
    VEC(BodyLine) lines;
} Body;

void body_make(Body *b, Doc *doc, const Entries *entries);
void body_release(Body *b);

/* How many tokens from i on (before end) are this word, by what was restored or else by what was read; 0: they are
 * not. As many letters may be misread as the word allows, not the first. */
int body_is(const Body *b, int i, int end, const Keyword *w);
/* The first word of the kind, in the order of dicts/words.tsv, that begins at i and ends before end; *used its
 * tokens. NULL: none. Lent. */
const Keyword *body_word(const Body *b, int i, int end, WordKind kind, int *used);
/* The first whose marks are right too (body_marked()). */
const Keyword *body_word_marked(const Body *b, int i, int end, WordKind kind, int *used);
/* How many tokens a word of the kind takes at i; 0: none is there. */
int body_says(const Body *b, int i, int end, WordKind kind);
/* The first place of such a word in [i, end), or -1; *used tokens (may be NULL). */
int body_find(const Body *b, int i, int end, WordKind kind, int *used);
/* With how many letters of a word of the kind token i begins ("ngày15"); 0: none. */
int body_begins(const Body *b, int i, WordKind kind);
/* Tokens that have the letters of a word: are they that word, by their marks? "Phương" is not "phường"; but
 * without any mark, in a text of an engine that reads none, it may be. NULL: no marks are right. */
bool body_marked(const Body *b, int i, int end, const char *word);
bool body_capital(const Body *b, int i);               /* token i begins with a capital letter */
bool body_capitals(const Body *b, int first, int end); /* all in capitals */
bool body_ends(const Body *b, int i);                  /* a sentence or clause ends with token i */
int body_line_end(const Body *b, int i); /* one past the last token of the line that i stands on */

/* What a fact or a school is made of. */
const char *body_text(const Body *b, int first,
                      int end); /* words with single blanks, marks set as in print */
const char *body_raw(const Body *b, int first, int end);
Place body_place(const Body *b, int first, int end); /* on the page of the first token */
float body_prob(const Body *b, int first, int end);  /* that all its words are right */

/* ---- things in the text; each returns one past its last token, or 0 when it does not begin at i ---- */

typedef struct Date {
    int year, month, day; /* 0: not said, or not readable */
} Date;

/* "ngày 15 tháng 09 năm 2024", "15/9/2024", "tháng 6/2023", "năm 2023" with `loose`. */
int body_date(const Body *b, int i, int end, bool loose, Date *date);
const char *date_text(Arena *a, Date d); /* ISO 8601 */
/* "763/KH-PGDĐT", "02-NQ/TW", "64/2025/QH15"; in *value without blanks. */
int body_number(const Body *b, int i, int end, const char **value);
/* "Sở Giáo dục và Đào tạo Hà Nội", "UBND quận Cầu Giấy", "Trường Mầm non Hoa Mai". */
int body_agency(const Body *b, int i, int end);
/* 1: ministries, people's committees; 2: departments and offices; 3: schools; 0: no agency begins here. */
int body_agency_rank(const Body *b, int i, int end);
/* "Nguyễn Thị Bích Hạnh": two to five syllables with capitals, the first one a family name. */
int body_person(const Body *b, int i, int end);
bool body_name_word(const Body *b, int i); /* a word of a name, well read */
/* A kind of document, "kế hoạch", in *value. */
int body_kind(const Body *b, int i, int end, const char **value);
/* quận, huyện, thị xã, thành phố and the like, as sentences have them. */
int body_unit(const Body *b, int i, int end);
/* The same: its word, with a UnitKind for a value, and *used tokens; NULL: none. */
const Keyword *body_unit_word(const Body *b, int i, int end, int *used);
/* As it stands, but what is all in capitals is written as a sentence would: "Phòng Giáo dục và Đào tạo". */
const char *body_proper(const Body *b, int first, int end);

/* ---- the two parts ---- */

/* What the document says of itself. */
void document_facts(const Body *b, Pairings *found);
/* Pairings told in sentences, letterheads and signatures; none that the list has already. */
void prose_pairings(const Body *b, Pairings *found);

#endif
