/* extract/head/head: private to extract/head/. The parts of a document that each find some of its facts. */
#ifndef DAU_EXTRACT_HEAD_HEAD_H
#define DAU_EXTRACT_HEAD_HEAD_H

#include "extract/head/fact.h"

/* The number, unless it is known; one that begins with a slash is a part. */
void head_add_number(Head *h, int first, int end, const char *value, float trust);

/* What digits are one word with. */
typedef enum Joined { JOINED_NOTHING, JOINED_SLASH, JOINED_WORD } Joined; /* "12/QĐ-UBND"; "Số:12" */
/* Probability that token i, a count, day or month of a letterhead, was written by hand; 0 where it was not read from
 * pixels. */
float head_by_hand(const Head *h, int i, Joined joined, bool month);
/* One past the last token of the row of the page that token i stands on: the lines after its own that stand beside it. */
int head_row_end(const Body *b, int i);

bool head_ink(const Tok *t); /* read from pixels */

/* Marks of electronic signatures, "Ký bởi: ...": facts of their own, and struck out with what stands above a time. */
void document_stamps(Head *h);
/* "Cầu Giấy, ngày 15 tháng 09 năm 2024" in the head. */
void document_date(Head *h);
/* "Số: 763/KH-PGDĐT" in the head; after the date. */
void document_number(Head *h);
/* The agencies of the head; after all else in it was struck out. */
void document_issuers(Head *h);
/* When all else is known: what the number says of the kind, and the kind and the issuer of the number. */
void document_number_end(Head *h);
void document_bases(Head *h);
void document_period(Head *h);
void document_signers(Head *h);
void document_recipients(Head *h);

/* A date of the text; nothing where one is known. */
bool head_add_date(Head *h, int first, int end, Date d, float trust);
/* The place before "ngày", which is token `at`. */
void head_add_place(Head *h, int at);

#endif
