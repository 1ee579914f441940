/* Of err_set(&err, 5, "cannot open '%s': %s", "kế hoạch.pdf", err_system(ENOENT)) this is kept, with | for the
 * unit separator and ^ for the mark of tr_later():
 *
 *     cannot open '%s': %s|kế hoạch.pdf|^No such file or directory
 *
 * For a reader of Vietnamese the format is translated, "không mở được '%s': %s". The first value goes in as it is, the
 * second translated: "không mở được 'kế hoạch.pdf': không có tệp hay thư mục này". Nothing that was stored reaches
 * printf(): phrase_say() only looks where %s and its like stand. */
#include "base/phrase.h"

#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    MOST_VALUES = 16,
    VALUE_SIZE = 600, /* bytes: over what Err.text holds, so that a long path is cut where it is said */
};

static const char VALUE = '\x1f', NEXT = '\x1e', LATER = '\1', INNER = TR_VALUE[0];

size_t phrase_cut(const char *s, size_t n)
{
    size_t start = n;
    while (start > 0 && ((unsigned char)s[start - 1] & 0xC0) == 0x80) start--;
    if (!start || (unsigned char)s[start - 1] < 0xC0) return n;
    unsigned char lead = (unsigned char)s[--start];
    size_t whole = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    return n - start < whole ? start : n;
}

/* ---- text into a fixed place ---- */

typedef struct Out {
    char *s;
    size_t len, cap;
} Out;

static void put(Out *o, const char *s, size_t n)
{
    size_t room = o->cap - 1 - o->len;
    if (n > room) n = phrase_cut(s, room), o->cap = o->len + n + 1;
    memcpy(o->s + o->len, s, n);
    o->s[o->len += n] = '\0';
}

static Out out_into(char *to, size_t cap)
{
    to[0] = '\0';
    return (Out){to, 0, cap};
}

/* ---- conversions ---- */

typedef struct Conversion {
    const char *flags; /* behind the % and the place */
    size_t plain;      /* bytes of flags, width and precision */
    size_t len;        /* bytes of all of it */
    int place;         /* of %2$s: 2; else 0 */
    int most;          /* of %.60s: 60; else INT_MAX */
    char size;         /* 'h', 'l', 'L' for ll, 'z', 'j', 't'; 0 for none */
    char kind;         /* d s f ...; % for %% */
} Conversion;

static Conversion conversion_at(const char *percent)
{
    Conversion c = {.flags = percent + 1, .most = INT_MAX};
    size_t digits = strspn(c.flags, "0123456789");
    if (c.flags[digits] == '$') c.place = str_int(c.flags), c.flags += digits + 1;
    c.plain = strspn(c.flags, "-+ #0123456789.*");
    const char *dot = memchr(c.flags, '.', c.plain), *at = c.flags + c.plain;
    if (dot && dot[1] != '*') c.most = str_int(dot + 1);
    for (; *at && strchr("hlzjt", *at); at++) c.size = c.size == 'l' && *at == 'l' ? 'L' : *at;
    c.kind = *at;
    c.len = (size_t)(at - percent) + (*at != '\0');
    return c;
}

static long long signed_value(char size, va_list *ap)
{
    switch (size) {
    case 'l': return va_arg(*ap, long);
    case 'L': return va_arg(*ap, long long);
    case 'z': return (long long)va_arg(*ap, size_t);
    case 'j': return va_arg(*ap, intmax_t);
    case 't': return va_arg(*ap, ptrdiff_t);
    default: return va_arg(*ap, int);
    }
}

static unsigned long long unsigned_value(char size, va_list *ap)
{
    switch (size) {
    case 'l': return va_arg(*ap, unsigned long);
    case 'L': return va_arg(*ap, unsigned long long);
    case 'z': return va_arg(*ap, size_t);
    case 'j': return va_arg(*ap, uintmax_t);
    case 't': return (unsigned long long)va_arg(*ap, ptrdiff_t);
    default: return va_arg(*ap, unsigned);
    }
}

/* "%" flags, width and precision, each * as its number, then the length and the kind. */
static void conversion_spell(const Conversion *c, const char *length, char how[64], va_list *ap)
{
    Out o = out_into(how, 64);
    put(&o, "%", 1);
    for (size_t i = 0; i < c->plain; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", c->flags[i] == '*' ? va_arg(*ap, int) : 0);
        if (c->flags[i] == '*')
            put(&o, number, strlen(number));
        else
            put(&o, c->flags + i, 1);
    }
    put(&o, length, strlen(length));
    put(&o, &c->kind, 1);
}

static int print_value(const Conversion *c, const char *how, char value[VALUE_SIZE], va_list *ap)
{
    switch (c->kind) {
    case 'd':
    case 'i': return snprintf(value, VALUE_SIZE, how, signed_value(c->size, ap));
    case 'u':
    case 'x':
    case 'X':
    case 'o': return snprintf(value, VALUE_SIZE, how, unsigned_value(c->size, ap));
    case 's':
    case 'p': return snprintf(value, VALUE_SIZE, how, va_arg(*ap, const void *));
    case 'c': return snprintf(value, VALUE_SIZE, how, va_arg(*ap, int));
    default: return snprintf(value, VALUE_SIZE, how, va_arg(*ap, double));
    }
}

static void write_value(const Conversion *c, char value[VALUE_SIZE], va_list *ap)
{
    char how[64];
    conversion_spell(c, strchr("diuxXo", c->kind) ? "ll" : "", how, ap);
    int n = print_value(c, how, value, ap);
    if (n >= VALUE_SIZE || n == c->most) value[phrase_cut(value, strlen(value))] = '\0';
}

/* A value that holds a separator must not become two. */
static void put_value(Out *o, const char *value)
{
    put(o, &VALUE, 1);
    size_t from = o->len;
    put(o, value, strlen(value));
    for (; from < o->len; from++)
        if (o->s[from] == VALUE || o->s[from] == NEXT) o->s[from] = '?';
}

void phrase_makev(char made[PHRASE_SIZE], const char *fmt, va_list ap)
{
    Out o = out_into(made, PHRASE_SIZE);
    va_list values;
    va_copy(values, ap);
    put(&o, fmt, strlen(fmt));
    for (const char *at = fmt; (at = strchr(at, '%')) != NULL;) {
        Conversion c = conversion_at(at);
        char value[VALUE_SIZE];
        at += c.len;
        if (c.kind == '%' || !c.kind) continue;
        write_value(&c, value, &values);
        put_value(&o, value);
    }
    va_end(values);
}

void phrase_make(char made[PHRASE_SIZE], const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    phrase_makev(made, fmt, ap);
    va_end(ap);
}

void phrase_plain(char made[PHRASE_SIZE], const char *sentence)
{
    phrase_make(made, "%s", sentence);
}

void phrase_prefix(char made[PHRASE_SIZE], const char before[PHRASE_SIZE])
{
    char all[PHRASE_SIZE];
    Out o = out_into(all, sizeof all);
    put(&o, before, strlen(before));
    put(&o, &NEXT, 1);
    put(&o, made, strlen(made));
    memcpy(made, all, sizeof all);
}

/* ---- saying ---- */

/* A phrase taken apart in place: one format and its values. */
typedef struct Parts {
    const char *format;
    const char *value[MOST_VALUES];
    int values;
} Parts;

static Parts parts_split(char *at, char separator)
{
    Parts to = {.format = at};
    while ((at = strchr(at, separator)) != NULL) {
        *at++ = '\0';
        if (to.values < MOST_VALUES) to.value[to.values++] = at;
    }
    return to;
}

/* Takes the first format off *rest, which is written into; false at the end. */
static bool parts_take(char **rest, Parts *to)
{
    if (!*rest) return false;
    char *end = strchr(*rest, NEXT), *at = *rest;
    if (end) *end++ = '\0';
    *rest = end;
    *to = parts_split(at, VALUE);
    return true;
}

static const char *in_english(const char *message)
{
    return message;
}

static void say_parts(Out *o, const Parts *p, Translate by);

static void say_value(Out *o, const Conversion *c, const char *value, Translate by)
{
    char inner[VALUE_SIZE], text[VALUE_SIZE];
    if (value[0] == LATER) {
        snprintf(inner, sizeof inner, "%s", value + 1);
        Parts p = parts_split(inner, INNER);
        Out to = out_into(text, sizeof text);
        say_parts(&to, &p, by);
        value = text;
    }
    size_t n = strlen(value);
    if (c->kind == 's' && (size_t)c->most < n) n = phrase_cut(value, (size_t)c->most);
    put(o, value, n);
}

static void say_parts(Out *o, const Parts *p, Translate by)
{
    int next = 0;
    for (const char *at = by(p->format); *at;) {
        size_t n = strcspn(at, "%");
        put(o, at, n);
        at += n;
        if (!*at) return;
        Conversion c = conversion_at(at);
        int which = c.place ? c.place - 1 : next++;
        at += c.len;
        if (c.kind == '%')
            put(o, "%", 1), next--;
        else if (which >= 0 && which < p->values)
            say_value(o, &c, p->value[which], by);
    }
}

void phrase_say(const char *made, Translate by, char *text, size_t cap)
{
    char copy[PHRASE_SIZE], *rest = copy;
    snprintf(copy, sizeof copy, "%s", made);
    Out o = out_into(text, cap);
    Parts p;
    for (bool first = true; parts_take(&rest, &p); first = false) {
        if (!first) put(&o, ": ", 2);
        say_parts(&o, &p, by ? by : in_english);
    }
}

/* ---- stored ---- */

void phrase_keep(const char *made, Buf *out)
{
    char text[PHRASE_SIZE];
    phrase_say(made, NULL, text, sizeof text);
    buf_add_utf8(out, text);
    buf_addc(out, NEXT);
    buf_add_utf8(out, made);
}

void phrase_recall(const char *stored, char made[PHRASE_SIZE])
{
    const char *end = strchr(stored, NEXT);
    if (end)
        snprintf(made, PHRASE_SIZE, "%s", end + 1);
    else
        phrase_plain(made, stored);
}

void phrase_say_kept(const char *stored, Translate by, char *text, size_t cap)
{
    char made[PHRASE_SIZE];
    phrase_recall(stored, made);
    phrase_say(made, by, text, cap);
}
