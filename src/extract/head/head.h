/* extract/head/head: private to extract/head/. The parts of a document that each find some of its facts. */
#ifndef DAU_EXTRACT_HEAD_HEAD_H
#define DAU_EXTRACT_HEAD_HEAD_H

#include "extract/head/fact.h"

/* The number, unless it is known; one that begins with a slash is a part. */
void head_add_number(Head *h, int first, int end, const char *value, float trust);

/* "Số: 763/KH-PGDĐT" in the head. */
void document_number(Head *h);
/* When all else is known: what the number says of the kind, and the kind of the number. */
void document_number_end(Head *h);
void document_bases(Head *h);
void document_period(Head *h);
void document_signers(Head *h);
void document_recipients(Head *h);

#endif
