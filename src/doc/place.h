/* place: evidence: where a value was read. */
#ifndef DAU_DOC_PLACE_H
#define DAU_DOC_PLACE_H

#include "base/str.h"
#include "doc/rect.h"

typedef struct Place {
    int page;              /* from 1; 0: nowhere (a level that a section gave) */
    Rect box;              /* as scanned; characters on a page of text */
    int first_word, words; /* page->words of that page; words 0: none */
} Place;

/* ---- as fields of a TSV record: seven numbers, with which the record ends ---- */
enum { PLACE_FIELDS = 7 };
void place_add(Buf *b, const Place *p);         /* and ends the line */
bool place_take(char *const *field, Place *p);  /* false when they are not a place */
bool prob_take(const char *field, float *prob); /* a probability */

#endif
