/* strip_marks: reads text and writes it without marks and tones; capitals and all else stay. "Mầm non Hoa Mai" becomes
 * "Mam non Hoa Mai". */
#include "base/arena.h"
#include "base/str.h"
#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void strip(const char *s, Buf *out)
{
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        Letter l = viet_letter(c);
        if (l.base)
            buf_addc(out, l.upper ? (char)(l.base - 'a' + 'A') : l.base);
        else
            buf_add_char(out, c);
    }
}

int main(void)
{
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    Buf out = {0};
    while ((n = getline(&line, &cap, stdin)) > 0) {
        Arena a = {0};
        buf_clear(&out);
        strip(viet_nfc(&a, line, (size_t)n), &out);
        fwrite(out.s, 1, out.len, stdout);
        arena_release(&a);
    }
    free(line);
    buf_release(&out);
    return 0;
}
