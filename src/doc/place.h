/* place: where a value was read: its page, box and words.
 *
 *     Place p = {.page = 4, .box = {212, 804, 1210, 60}, .first_word = 118, .words = 6};
 *     place_add(&b, &p);                     "4  212 804 1210 60  118 6" and the line's end
 *     place_take(&t.field[6], &p);           and back, from a record that was read
 */
#ifndef DAU_DOC_PLACE_H
#define DAU_DOC_PLACE_H

#include "base/str.h"
#include "doc/rect.h"

typedef struct Place {
    int page;              /* from 1; 0: on no page (a level that a section gave) */
    Rect box;              /* as scanned; characters on a page of text */
    int first_word, words; /* page->words of that page; words 0: none */
} Place;

/* ---- as fields of a TSV record: seven numbers at the record's end ---- */
enum { PLACE_FIELDS = 7 };
void place_add(Buf *b, const Place *p);         /* appends them and ends the line */
bool place_take(char *const *field, Place *p);  /* false when they are not numbers */
bool prob_take(const char *field, float *prob); /* false unless it is 0 to 1 */

#endif
