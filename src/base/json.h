/* json: writes JSON (RFC 8259) and puts the commas.
 *
 *     Buf b = {0};
 *     json_open(&b, '{');
 *     json_text(&b, "school", "Nguyễn Du");
 *     json_key(&b, "box"), json_open(&b, '[');
 *     for (int i = 0; i < 4; i++) json_int(&b, NULL, box[i]);
 *     json_close(&b, ']');
 *     json_close(&b, '}');                           {"school":"Nguyễn Du","box":[212,804,1210,60]}
 *
 * Values are appended to a Buf, which the caller owns. A key of NULL writes an element of an array. A comma comes first,
 * unless the text so far is empty or ends in an opening bracket, a colon, a blank or a line feed. No value ends in one of
 * these. So a caller may put blanks and lines between for people, as json_line() does.
 * Nothing fails, and nothing checks that brackets match. Of our headers it needs str alone.
 */
#ifndef DAU_BASE_JSON_H
#define DAU_BASE_JSON_H

#include "base/str.h"

#include <stdbool.h>
#include <stdint.h>

void json_open(Buf *b, char bracket);  /* '{' or '[', as an element or behind json_key() */
void json_close(Buf *b, char bracket); /* '}' or ']' */
/* The key of the next member, and its colon. */
void json_key(Buf *b, const char *key);

void json_text(Buf *b, const char *key, const char *value); /* NULL: null; broken bytes: U+FFFD */
void json_int(Buf *b, const char *key, int64_t value);
/* Up to `digits` after the point, trailing zeros dropped; 0 for nan and inf, which JSON does not have. */
void json_number(Buf *b, const char *key, double value, int digits);
void json_bool(Buf *b, const char *key, bool value);
/* A float with as many digits as it takes to read the same one back (%.9g). It must be finite. */
void json_float(Buf *b, const char *key, float value);

/* For files that people read, too: the comma that is due, then a new line that begins with `indent` blanks; the comma,
 * then a blank. The next member, element or closing bracket follows. */
void json_line(Buf *b, int indent);
void json_blank(Buf *b);

#endif
