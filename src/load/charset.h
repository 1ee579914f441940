/* load/charset: what encoding the bytes of a text are in. */
#ifndef DAU_LOAD_CHARSET_H
#define DAU_LOAD_CHARSET_H

#include "base/charset.h"
#include "model/fluency.h"

typedef struct Encoding {
    Charset charset;
    bool misread;  /* the bytes are UTF-8 of text that somebody took for Windows-1252 on the way */
    bool broken;   /* UTF-8, but for a byte here and there */
    bool doubtful; /* nothing fits: what comes out is not Vietnamese */
} Encoding;

/* By what the bytes look like and, among the charsets that fit, by which makes the best Vietnamese. Empty and
 * plain ASCII texts are UTF-8. DAU_MISSING when a model is needed and not there. */
bool encoding_find(const char *data, size_t n, Encoding *found, Err *err);
/* The first step alone: bytes that are UTF-16, with a mark of byte order or without. */
bool encoding_is_utf16(const char *data, size_t n, Charset *charset);
/* The same among charsets of bytes for text of a document, whose letters may be those of a font from before
 * Unicode ("Tr­êng" in .VnTime). UTF-8: leave it as it is. */
Charset encoding_of_font_text(const Fluent *f, const char *utf8, size_t n);
/* What the letters of a font are in by its name: ".VnTime", "ABCDEF+VNI-Times"; UTF-8 for all others.
 * *capitals: it shows small letters as capitals (.VnTimeH). */
Charset charset_of_font(const char *name, bool *capitals);
/* All of it as UTF-8, appended. A mark of byte order is left out. */
void encoding_decode(Encoding from, const char *data, size_t n, Buf *out);

#endif
