/* First error wins; long sentences are cut where a UTF-8 character ends, so that "không mở được" never
 * ends in half an "ợ". */
#include "base/err.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static const char *as_it_is(const char *message)
{
    return message;
}

static const char *(*_Atomic translate)(const char *) = as_it_is;

void err_translate(const char *(*by)(const char *))
{
    translate = by;
}

static void cut_at_character(char *s, size_t cap)
{
    size_t n = strlen(s);
    if (n + 1 < cap) return;
    while (n > 0 && ((unsigned char)s[n - 1] & 0xC0) == 0x80) n--;
    if (n > 0 && (unsigned char)s[n - 1] >= 0xC0) n--;
    s[n] = '\0';
}

bool err_setv(Err *err, int code, const char *fmt, va_list ap)
{
    if (err_is(err)) return false;
    err->code = code;
    vsnprintf(err->text, sizeof err->text, translate(fmt), ap);
    cut_at_character(err->text, sizeof err->text);
    return false;
}

bool err_set(Err *err, int code, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    err_setv(err, code, fmt, ap);
    va_end(ap);
    return false;
}

void err_prefix(Err *err, const char *fmt, ...)
{
    if (!err_is(err)) return;
    char all[sizeof err->text * 2 + 4];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(all, sizeof err->text, translate(fmt), ap);
    va_end(ap);
    size_t n = strlen(all);
    snprintf(all + n, sizeof all - n, ": %s", err->text);
    all[sizeof err->text - 1] = '\0';
    memcpy(err->text, all, sizeof err->text);
    cut_at_character(err->text, sizeof err->text);
}

void err_clear(Err *err)
{
    err->code = 0;
    err->text[0] = '\0';
}
