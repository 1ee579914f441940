/* charset: converts Vietnamese text between UTF-8 and the encodings from before Unicode.
 *
 *     Buf b = {0};
 *     charset_decode(CHARSET_TCVN3, "Tr\xAD\xEAng", 6, &b);        "Trường"
 *     charset_decode(CHARSET_VNI, "Tr\xF6\xF4\xF8ng", 7, &b);      "Trường", too
 *     charset_decode(CHARSET_VIQR, "Tru+o+`ng", 9, &b);            and again
 *     buf_release(&b);
 *
 * Tables: TCVN 5712:1993 (VN2; fonts of TCVN3, "ABC", show its lower-case half), the VNI Windows fonts, RFC 1456 (VIQR)
 * and Microsoft's code page 1258. A byte that a table does not have is read as Windows-1252, because such files write
 * quotes and dashes so.
 *
 * A letter and its marks come out as one composed character. Where the bytes hold marks that fit no letter, the result
 * is not NFC; callers pass it on to viet_nfc(). Which charset a text is in, load/charset.h finds out. Nothing here fails.
 * Of our headers it needs str and, in the code, viet.
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

/* Appends n bytes of the charset to `out`, as UTF-8. What the charset does not allow becomes U+FFFD. */
void charset_decode(Charset from, const char *s, size_t n, Buf *out);
/* The same for text that another program took for Windows-1252 and wrote as UTF-8: "Tr­êng". `from` is a charset of
 * single bytes, or VIQR. Characters that Windows-1252 does not have stay as they are. */
void charset_decode_misread(Charset from, const char *utf8, size_t n, Buf *out);
/* Appends a UTF-8 text to `out` in the charset; '?' stands for a character that it does not have. */
void charset_encode(Charset to, const char *utf8, size_t n, Buf *out);

#endif
