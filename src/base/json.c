/* {"no":"25" ends in a quote, so the next key gets a comma. {"box":[ ends in a bracket, so the first element gets
 * none. {"school":"Nguyễn Du", and a blank has had its comma. */
#include "base/json.h"

#include <string.h>

static void comma(Buf *b)
{
    if (b->len && !strchr("{[: \n", b->s[b->len - 1])) buf_addc(b, ',');
}

/* What stands before a value: the comma, and the key if it has one. */
static void begin(Buf *b, const char *key)
{
    if (key)
        json_key(b, key);
    else
        comma(b);
}

void json_open(Buf *b, char bracket)
{
    comma(b);
    buf_addc(b, bracket);
}

void json_close(Buf *b, char bracket)
{
    buf_addc(b, bracket);
}

void json_key(Buf *b, const char *key)
{
    comma(b);
    buf_add_json(b, key);
    buf_addc(b, ':');
}

void json_text(Buf *b, const char *key, const char *value)
{
    begin(b, key);
    buf_add_json(b, value);
}

void json_int(Buf *b, const char *key, int64_t value)
{
    begin(b, key);
    buf_addf(b, "%lld", (long long)value);
}

void json_number(Buf *b, const char *key, double value, int digits)
{
    begin(b, key);
    buf_add_number(b, value, digits);
}

void json_bool(Buf *b, const char *key, bool value)
{
    begin(b, key);
    buf_add(b, value ? "true" : "false");
}

void json_float(Buf *b, const char *key, float value)
{
    begin(b, key);
    buf_addf(b, "%.9g", (double)value);
}

void json_line(Buf *b, int indent)
{
    comma(b);
    buf_addf(b, "\n%*s", indent, "");
}

void json_blank(Buf *b)
{
    comma(b);
    buf_addc(b, ' ');
}
