/* `school=Nguy%E1%BB%85n+Du&level=TH` is cut at &, then at the first =, then unescaped: school is "Nguyễn Du". */
#include "review/form.h"

#include "base/str.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

static int hex(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* NULL: it cannot be text. */
static const char *unescape(Arena *a, const char *s, size_t n)
{
    char *out = arena_alloc(a, n + 1), *to = out;
    for (size_t i = 0; i < n; i++) {
        int c = (unsigned char)s[i];
        if (c == '+') c = ' ';
        if (c == '%') {
            if (i + 2 >= n || hex(s[i + 1]) < 0 || hex(s[i + 2]) < 0) return NULL;
            c = hex(s[i + 1]) << 4 | hex(s[i + 2]);
            i += 2;
        }
        if (!c) return NULL;
        *to++ = (char)c;
    }
    *to = '\0';
    return utf8_valid_prefix(out, (size_t)(to - out)) == (size_t)(to - out) ? out : NULL;
}

bool form_parse(Form *f, Arena *a, const char *text, size_t len)
{
    *f = (Form){0};
    for (size_t at = 0, n; at < len; at += n + 1) {
        const char *p = text + at, *end = memchr(p, '&', len - at);
        n = end ? (size_t)(end - p) : len - at;
        const char *is = memchr(p, '=', n);
        size_t name = is ? (size_t)(is - p) : n;
        if (!n) continue;
        if (f->n == FORM_MOST) return false;
        f->name[f->n] = unescape(a, p, name);
        f->value[f->n] = is ? unescape(a, is + 1, n - name - 1) : "";
        if (!f->name[f->n] || !f->value[f->n]) return false;
        f->n++;
    }
    return true;
}

const char *form_value(const Form *f, const char *name)
{
    for (int i = 0; i < f->n; i++)
        if (str_eq(f->name[i], name)) return f->value[i];
    return NULL;
}

long form_number(const Form *f, const char *name, long low, long high, long missing)
{
    const char *value = form_value(f, name);
    char *end;
    if (!value || !*value) return missing;
    long n = strtol(value, &end, 10);
    return *end || n < low || n > high ? missing : n;
}
