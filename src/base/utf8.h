/* utf8: reads and writes code points of UTF-8 (RFC 3629).
 *
 *     for (size_t i = 0, n = strlen(s); i < n;) {
 *         int32_t c;
 *         i += utf8_decode(s + i, n - i, &c);
 *         if (c < 0) ...                           (a byte that is not UTF-8)
 *     }
 *
 * A code point is an int32_t, -1 where the bytes are not UTF-8. This header includes nothing of ours.
 */
#ifndef DAU_BASE_UTF8_H
#define DAU_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads the code point at p, where n > 0 bytes are, into *c, or -1. Returns how many bytes it took, at least 1. Overlong
 * forms, surrogates and values over U+10FFFF are not UTF-8. */
size_t utf8_decode(const char *p, size_t n, int32_t *c);
/* Writes 1 to 4 bytes, without a NUL, and returns how many. What is not a code point is written as U+FFFD. */
size_t utf8_encode(int32_t c, char out[4]);
/* Bytes before the first one that is not UTF-8; n where all are. */
size_t utf8_valid_prefix(const char *s, size_t n);
bool utf8_is_ascii(const char *s, size_t n);
/* Characters (code points) in a valid string. */
size_t utf8_length(const char *s);
/* Bytes of the longest part of s that has at most `chars` code points. */
size_t utf8_offset(const char *s, size_t chars);

#endif
