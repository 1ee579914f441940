/* json: a writer of JSON (RFC 8259) that knows where a comma is due.
 *
 *     Buf b = {0};
 *     json_open(&b, '{');
 *     json_text(&b, "school", "Nguyễn Du");
 *     json_key(&b, "box"), json_open(&b, '[');
 *     for (int i = 0; i < 4; i++) json_int(&b, NULL, box[i]);
 *     json_close(&b, ']');
 *     json_close(&b, '}');                           {"school":"Nguyễn Du","box":[212,804,1210,60]}
 *
 * The comma before a member or an element is added unless the text so far ends in an opening bracket, a colon, a line
 * feed or nothing; no value ends in one of these. A key of NULL writes an element of an array. Low.
 */
#ifndef DAU_BASE_JSON_H
#define DAU_BASE_JSON_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

void json_open(Buf *b, char bracket);  /* '{' or '[', as an element or behind json_key() */
void json_close(Buf *b, char bracket); /* '}' or ']' */
void json_key(Buf *b, const char *key);

void json_text(Buf *b, const char *key, const char *value); /* NULL: null; bytes that are not UTF-8: U+FFFD */
void json_int(Buf *b, const char *key, int64_t value);
/* Up to `digits` after the point, trailing zeros dropped, never nan or inf. */
void json_number(Buf *b, const char *key, double value, int digits);
void json_bool(Buf *b, const char *key, bool value);

#endif
