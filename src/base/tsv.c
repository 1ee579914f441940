/* Splits its own copy of the text in place. "Kim Liên\tA" is unescaped in place too, because an escape is longer than what
 * it stands for. */
#include "base/tsv.h"

#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void tsv_init(Tsv *t, const char *text, size_t len)
{
    *t = (Tsv){0};
    t->text = t->next = xalloc(len + 1);
    if (len) memcpy(t->text, text, len);
    t->end = t->text + len;
}

static char *unescape(char *s)
{
    if (strcmp(s, "\\N") == 0) return NULL;
    char *out = s;
    for (char *p = s; *p; p++) {
        if (*p != '\\' || !p[1]) {
            *out++ = *p;
            continue;
        }
        p++;
        *out++ = *p == 't' ? '\t' : *p == 'n' ? '\n' : *p == 'r' ? '\r' : *p;
    }
    *out = '\0';
    return s;
}

static void split(Tsv *t, char *line)
{
    t->fields = 0;
    while (line && t->fields < TSV_MOST_FIELDS) {
        char *tab = t->fields + 1 < TSV_MOST_FIELDS ? strchr(line, '\t') : NULL;
        if (tab) *tab = '\0';
        t->field[t->fields++] = unescape(line);
        line = tab ? tab + 1 : NULL;
    }
}

bool tsv_next(Tsv *t)
{
    while (t->next < t->end) {
        char *line = t->next, *feed = memchr(line, '\n', (size_t)(t->end - line));
        char *stop = feed ? feed : t->end;
        t->next = stop + 1;
        t->line++;
        if (stop > line && stop[-1] == '\r') stop--;
        *stop = '\0';
        if (line == stop || *line == '#') continue;
        split(t, line);
        return true;
    }
    return false;
}

void tsv_release(Tsv *t)
{
    free(t->text);
    *t = (Tsv){0};
}

static void part(Buf *b)
{
    if (b->len && b->s[b->len - 1] != '\n') buf_addc(b, '\t');
}

static void add_escaped(Buf *b, const char *s)
{
    for (; *s; s++) {
        if (*s == '\t')
            buf_add(b, "\\t");
        else if (*s == '\n')
            buf_add(b, "\\n");
        else if (*s == '\r')
            buf_add(b, "\\r");
        else if (*s == '\\')
            buf_add(b, "\\\\");
        else
            buf_addc(b, *s);
    }
}

void tsv_add(Buf *b, const char *field)
{
    part(b);
    if (field)
        add_escaped(b, field);
    else
        buf_add(b, "\\N");
}

void tsv_addf(Buf *b, const char *fmt, ...)
{
    char text[512];
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    tsv_add(b, text);
}

void tsv_end(Buf *b)
{
    buf_addc(b, '\n');
}
