/* 'ế' is U+1EBF, 0001 1110 1011 1111: three bytes 1110|0001 10|111010 10|111111 = E1 BA BF. It is written by hand,
 * because every stage decodes text. */
#include "base/utf8.h"

enum { REPLACEMENT = 0xFFFD };

size_t utf8_decode(const char *p, size_t n, int32_t *c)
{
    const unsigned char *s = (const unsigned char *)p;
    *c = -1;
    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }
    int more = s[0] >= 0xF0 ? 3 : s[0] >= 0xE0 ? 2 : 1;
    if (s[0] < 0xC2 || s[0] > 0xF4 || (size_t)more >= n) return 1;
    int32_t v = s[0] & (0x3F >> more);
    for (int i = 1; i <= more; i++) {
        if ((s[i] & 0xC0) != 0x80) return 1;
        v = v << 6 | (s[i] & 0x3F);
    }
    bool overlong = (more == 2 && v < 0x800) || (more == 3 && v < 0x10000);
    if (overlong || v > 0x10FFFF || (v >= 0xD800 && v <= 0xDFFF)) return 1;
    *c = v;
    return (size_t)more + 1;
}

size_t utf8_encode(int32_t c, char out[4])
{
    if (c < 0 || c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF)) c = REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    for (int i = more; i > 0; i--, c >>= 6) out[i] = (char)(0x80 | (c & 0x3F));
    out[0] = (char)((0xFF00 >> (more + 1) & 0xFF) | c);
    return (size_t)more + 1;
}

size_t utf8_valid_prefix(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n) {
        int32_t c;
        size_t len = utf8_decode(s + i, n - i, &c);
        if (c < 0) return i;
        i += len;
    }
    return n;
}

bool utf8_is_ascii(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80) return false;
    return true;
}

size_t utf8_length(const char *s)
{
    size_t n = 0;
    for (; *s; s++) n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

size_t utf8_offset(const char *s, size_t chars)
{
    size_t i = 0;
    while (s[i]) {
        if (((unsigned char)s[i] & 0xC0) != 0x80 && chars-- == 0) break;
        i++;
    }
    return i;
}
