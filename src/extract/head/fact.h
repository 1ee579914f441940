/* extract/head/fact: private to extract/head/. What is known of a document's head, and the facts found in it.
 */
#ifndef DAU_EXTRACT_HEAD_FACT_H
#define DAU_EXTRACT_HEAD_FACT_H

#include "extract/text/body.h"

enum { MOST_DIRT = 3 /* tokens that a stamp may leave before the kind's line */ };

typedef struct Head {
    const Body *b;
    Pairings *found;
    bool *struck;                 /* of each token: taken for something else already */
    int end_line, end;            /* the first line, and token, that is not of the head */
    int kind_line, title;         /* line of the kind, -1: none; one past the kind's last token */
    int title_first, title_end;   /* tokens of the title; equal: none */
    int issuer_first, issuer_end; /* tokens of the first issuer in the letterhead; equal: none */
    bool issuer_doubted;          /* the number names another office */
    bool letter;                  /* its title stood behind "V/v", and no kind stands over it */
    Typed number_typed;           /* who wrote the number's symbol */
    int digit_h;                  /* pixels: how high the letterhead's date prints digits; 0: not known */
} Head;

/* How far each way of finding a value is to be trusted, besides the reading of its words. */
static const float TRUST_FORM = 0.99f, /* at its place and in its form */
    TRUST_ANNEX = 0.95f,               /* from the line that ties an annex to its plan */
    TRUST_SENTENCE = 0.85f,            /* from a sentence of the text */
    TRUST_PART = 0.3f;                 /* a part of it could not be read */

/* A fact of the tokens [first, end); `trust` is how sure the way is by which it was found, 0..1. NULL and no
 * fact when value is NULL or empty. */
Fact *head_add(Head *h, FactKind kind, int item, const char *value, int first, int end, float trust);

/* The document's own, item 0, or NULL. */
const Fact *head_known(const Head *h, FactKind kind);
void head_strike(Head *h, int first, int end);

/* A kind of document in capitals on this line: its first token, one past its last and the kind; or false. */
bool head_kind_line(const Body *b, const BodyLine *line, int *first, int *end, const char **kind);

#endif
