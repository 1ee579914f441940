/* utf8: UTF-8 (RFC 3629) and code points.
 *
 * Code points are int32_t, -1 where the bytes are not UTF-8. Low: includes nothing of ours.
 */
#ifndef DAU_BASE_UTF8_H
#define DAU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point at p (n > 0 bytes are there) in *c, or -1; returns how many bytes it took, at least 1.
 * Overlong forms, surrogates and values over U+10FFFF are not UTF-8. */
size_t utf8_decode(const char *p, size_t n, int32_t *c);
/* Writes 1 to 4 bytes; returns how many. A code point that cannot be is written as U+FFFD. */
size_t utf8_encode(int32_t c, char out[4]);
/* Where the first byte that is not UTF-8 stands, or n. */
size_t utf8_valid_prefix(const char *s, size_t n);
bool utf8_is_ascii(const char *s, size_t n);
/* Characters (code points) in a valid string. */
size_t utf8_length(const char *s);
/* Bytes of the longest part of s that has at most `chars` code points. */
size_t utf8_offset(const char *s, size_t chars);

#endif
