/* export/json: private to export*.c. Members of a JSON object; the comma before one is added where it is due.
 */
#ifndef DAU_EXPORT_JSON_H
#define DAU_EXPORT_JSON_H

#include "export/rows.h"

void json_add_key(Buf *b, const char *key);
void json_add_string(Buf *b, const char *key, const char *value); /* NULL: null */
void json_add_prob(Buf *b, float prob);                           /* "prob" */
void json_add_place(Buf *b, const Place *place);                  /* "page" and "box" */
void json_add_row(Buf *b, const Row *row);                        /* a pairing's object */

#endif
