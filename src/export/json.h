/* export/json: members of a row's JSON. Private to src/export/; base/json writes. */
#ifndef DAU_EXPORT_JSON_H
#define DAU_EXPORT_JSON_H

#include "base/json.h"
#include "doc/fields.h"
#include "export/rows.h"

void json_add_prob(Buf *b, float prob);          /* "prob" */
void json_add_place(Buf *b, const Place *place); /* "page" and "box" */
void json_add_row(Buf *b, const Row *row);       /* a pairing's object */

#endif
