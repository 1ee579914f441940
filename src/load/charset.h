/* load/charset: finds out which encoding the bytes of a text are in.
 *
 *     Encoding found;
 *     if (encoding_find(data, n, &found, &err)) encoding_decode(found, data, n, &utf8);
 */
#ifndef DAU_LOAD_CHARSET_H
#define DAU_LOAD_CHARSET_H

#include "base/charset.h"
#include "model/fluency.h"

typedef struct Encoding {
    Charset charset;
    bool misread;  /* the bytes are UTF-8 of text that a program took for Windows-1252 on the way */
    bool broken;   /* UTF-8, except for a byte here and there */
    bool doubtful; /* nothing fits: what comes out is not Vietnamese */
} Encoding;

/* Decides by the form of the bytes and, among the charsets that fit, by which makes the best Vietnamese. Empty and plain
 * ASCII texts are UTF-8. DAU_MISSING when the language model is needed and not there. */
bool encoding_find(const char *data, size_t n, Encoding *found, Err *err);
/* The first step alone: whether the bytes are UTF-16, with a byte order mark or without. */
bool encoding_is_utf16(const char *data, size_t n, Charset *charset);
/* The charset of a document's text whose letters may be those of a font from before Unicode ("Tr­êng" in .VnTime).
 * CHARSET_UTF8: leave it as it is. */
Charset encoding_of_font_text(const Fluent *f, const char *utf8, size_t n);
/* Whether what was typed in a font of that old charset is in it: converted, it is the better Vietnamese. Unicode is typed
 * in such fonts, too. Give all the text of the font at once, less what viet_has_own_letter(). */
bool encoding_is_font_text(const Fluent *f, Charset of_font, const char *utf8, size_t n);
/* The charset of a font's letters, by its name: ".VnTime", "ABCDEF+VNI-Times"; CHARSET_UTF8 for all others. *capitals
 * becomes true when it shows small letters as capitals (.VnTimeH). */
Charset charset_of_font(const char *name, bool *capitals);
/* Appends all of it as UTF-8, without a byte order mark. */
void encoding_decode(Encoding from, const char *data, size_t n, Buf *out);

#endif
