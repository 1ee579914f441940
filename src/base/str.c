/* JSON keeps Vietnamese letters as they are ("Phú Lãm", not \u00fa). Only quotes, backslashes, control characters and
 * broken bytes are changed. A Buf at least doubles when it grows, so that adding letter by letter stays cheap. */
#include "base/str.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void make_room(Buf *b, size_t more)
{
    size_t need = b->len + more + 1;
    if (need <= b->cap) return;
    b->cap = need > b->cap * 2 ? need + 32 : b->cap * 2;
    b->s = xrealloc(b->s, b->cap);
}

void buf_addn(Buf *b, const void *p, size_t n)
{
    make_room(b, n);
    if (n) memcpy(b->s + b->len, p, n);
    b->len += n;
    b->s[b->len] = '\0';
}

void buf_add(Buf *b, const char *s)
{
    if (s) buf_addn(b, s, strlen(s));
}

void buf_addc(Buf *b, char c)
{
    buf_addn(b, &c, 1);
}

void buf_add_char(Buf *b, int32_t c)
{
    char out[4];
    buf_addn(b, out, utf8_encode(c, out));
}

void buf_addf(Buf *b, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n > 0) {
        make_room(b, (size_t)n);
        vsnprintf(b->s + b->len, (size_t)n + 1, fmt, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

void buf_clear(Buf *b)
{
    b->len = 0;
    if (b->s) b->s[0] = '\0';
}

const char *buf_str(const Buf *b)
{
    return b->s ? b->s : "";
}

char *buf_steal(Buf *b)
{
    char *s = b->s ? b->s : xstrdup("");
    *b = (Buf){0};
    return s;
}

void buf_release(Buf *b)
{
    free(b->s);
    *b = (Buf){0};
}

static const char replacement[] = "\xEF\xBF\xBD";

void buf_add_utf8(Buf *b, const char *s)
{
    size_t n = s ? strlen(s) : 0;
    while (n > 0) {
        size_t sound = utf8_valid_prefix(s, n);
        buf_addn(b, s, sound);
        if (sound == n) return;
        buf_add(b, replacement);
        s += sound + 1, n -= sound + 1;
    }
}

void buf_add_json(Buf *b, const char *s)
{
    if (!s) {
        buf_add(b, "null");
        return;
    }
    buf_addc(b, '"');
    for (const char *p = s, *end = s + strlen(s); p < end;) {
        int32_t c;
        size_t n = utf8_decode(p, (size_t)(end - p), &c);
        if (c < 0)
            buf_add(b, replacement);
        else if (c == '"' || c == '\\')
            buf_addf(b, "\\%c", (char)c);
        else if (c == '\n')
            buf_add(b, "\\n");
        else if (c == '\t')
            buf_add(b, "\\t");
        else if (c < 0x20 || c == 0x7F)
            buf_addf(b, "\\u%04x", (unsigned)c);
        else
            buf_addn(b, p, n);
        p += n;
    }
    buf_addc(b, '"');
}

void buf_add_number(Buf *b, double v, int digits)
{
    char num[64];
    if (!isfinite(v)) v = 0;
    snprintf(num, sizeof num, "%.*f", digits, v);
    if (strchr(num, '.')) {
        size_t n = strlen(num);
        while (num[n - 1] == '0') n--;
        if (num[n - 1] == '.') n--;
        num[n] = '\0';
    }
    buf_add(b, strcmp(num, "-0") == 0 ? "0" : num);
}

void buf_add_csv(Buf *b, const char *s)
{
    if (!s) return;
    if (!s[strcspn(s, ",\"\r\n")] && s[0] != ' ' && !str_ends(s, " ")) {
        buf_add(b, s);
        return;
    }
    buf_addc(b, '"');
    for (; *s; s++) {
        if (*s == '"') buf_addc(b, '"');
        buf_addc(b, *s);
    }
    buf_addc(b, '"');
}

void str_plain(char *s, const char *keep)
{
    for (unsigned char *p = (unsigned char *)s; *p; p++) {
        if ((*p < 0x20 && !strchr(keep, *p)) || *p == 0x7F) *p = '?';
        if (*p == 0xC2 && p[1] >= 0x80 && p[1] < 0xA0) p[0] = p[1] = '?';
    }
}

bool str_like_formula(const char *s)
{
    return s && *s && strchr("=+-@\t\r", *s);
}

void buf_add_csv_text(Buf *b, const char *s)
{
    Buf guarded = {0};
    if (str_like_formula(s)) buf_addc(&guarded, '\'');
    buf_add_utf8(&guarded, s);
    buf_add_csv(b, buf_str(&guarded));
    buf_release(&guarded);
}

static const char *xml_entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return NULL;
    }
}

/* A character that XML 1.0 allows, section 2.2. */
static bool is_xml(int32_t c)
{
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\n' || c == '\t';
}

void buf_add_xml(Buf *b, const char *s)
{
    for (const char *end = s ? s + strlen(s) : s; s < end;) {
        int32_t c;
        size_t n = utf8_decode(s, (size_t)(end - s), &c);
        const char *entity = xml_entity(*s);
        if (entity || c < 0)
            buf_add(b, entity ? entity : replacement);
        else if (is_xml(c))
            buf_addn(b, s, n);
        s += n;
    }
}

void buf_add_base64(Buf *b, const void *p, size_t n)
{
    static const char digit[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *q = p;
    for (size_t i = 0; i < n; i += 3) {
        uint32_t v =
            (uint32_t)q[i] << 16 | (i + 1 < n ? (uint32_t)q[i + 1] << 8 : 0) | (i + 2 < n ? q[i + 2] : 0);
        char four[4] = {digit[v >> 18], digit[v >> 12 & 63], i + 1 < n ? digit[v >> 6 & 63] : '=',
                        i + 2 < n ? digit[v & 63] : '='};
        buf_addn(b, four, 4);
    }
}

bool str_eq(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool str_starts(const char *s, const char *prefix)
{
    return strncmp(s, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *s, const char *suffix)
{
    size_t n = strlen(s), m = strlen(suffix);
    return n >= m && strcmp(s + n - m, suffix) == 0;
}

int str_int(const char *s)
{
    long v = strtol(s, NULL, 10);
    return v > INT_MAX ? INT_MAX : v < INT_MIN ? INT_MIN : (int)v;
}
