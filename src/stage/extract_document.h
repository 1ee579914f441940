/* extract_document: private to extract_document*.c. What its parts hand one another. */
#ifndef DAU_STAGE_EXTRACT_DOCUMENT_H
#define DAU_STAGE_EXTRACT_DOCUMENT_H

#include "stage/extract_body.h"

typedef struct Head {
    const Body *b;
    Pairings *found;
    bool *struck;               /* of each token: taken for something else already */
    int end_line, end;          /* the first line, and token, that is not of the head */
    int kind_line, title;       /* line of the kind, -1: none; one past the kind's last token */
    int title_first, title_end; /* tokens of the title; equal: none */
} Head;

/* A fact of the tokens [first, end); `trust` is how sure the way is by which it was found, 0..1. NULL and no
 * fact when value is NULL or empty. */
Fact *head_add(Head *h, FactKind kind, int item, const char *value, int first, int end, float trust);

void document_bases(Head *h);
void document_period(Head *h);
void document_signers(Head *h);
void document_recipients(Head *h);

#endif
