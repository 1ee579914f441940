/* charset: Vietnamese writing in the encodings from before Unicode, to UTF-8 and back.
 *
 *     Buf b = {0};
 *     charset_decode(CHARSET_TCVN3, "Tr\xAD\xEAng", 6, &b);        "Trường"
 *     charset_decode(CHARSET_VNI, "Tr\xF6\xF4\xF8ng", 7, &b);      "Trường", too
 *     charset_decode(CHARSET_VIQR, "Tru+o+`ng", 9, &b);            and again
 *
 * Tables from TCVN 5712:1993 (VN2, whose lower-case half is what the fonts of TCVN3, "ABC", show), the VNI
 * Windows fonts, RFC 1456 (VIQR) and Microsoft's code page 1258. Where a table says nothing a byte is what it
 * is in Windows-1252, which is how such files carry quotes and dashes. What comes out is composed letter by
 * letter, but not NFC where the bytes hold odd marks: viet_nfc() is the next step. Which charset a text is in
 * is not known here. Low: sees str and viet.
 */
#ifndef DAU_BASE_CHARSET_H
#define DAU_BASE_CHARSET_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum Charset {
    CHARSET_UTF8,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_CP1258, /* Windows-1258: a tone is a byte behind its letter */
    CHARSET_TCVN3,  /* ABC: a byte a letter */
    CHARSET_VNI,    /* marks and tone are one byte behind their letter */
    CHARSET_CP1252, /* Windows-1252, of Western Europe: no Vietnamese in it */
    CHARSET_VIQR,   /* ASCII: "Vie^.t Nam" */
    CHARSETS
} Charset;

const char *charset_name(Charset charset); /* for people: "TCVN3 (ABC)" */

/* Appends n bytes as UTF-8. What cannot be becomes U+FFFD. */
void charset_decode(Charset from, const char *s, size_t n, Buf *out);
/* The same for text whose bytes somebody took for Windows-1252 and wrote as UTF-8: "Tr­êng". Only for
 * charsets of single bytes and VIQR; characters that Windows-1252 has not are kept. */
void charset_decode_misread(Charset from, const char *utf8, size_t n, Buf *out);
/* Appends the charset's bytes of a UTF-8 text; '?' for what it does not have. */
void charset_encode(Charset to, const char *utf8, size_t n, Buf *out);

#endif
