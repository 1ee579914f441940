/* One pass, in place: `"Vạn Kim, ""A""";2` becomes the fields `Vạn Kim, "A"` and `2`, each moved left over
 * its quotes and ended by a NUL. */
#include "base/csv.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

static char guess_separator(const char *text)
{
    static const char known[] = ",;\t";
    int count[3] = {0};
    bool quoted = false;
    for (const char *p = text; *p && (quoted || (*p != '\n' && *p != '\r')); p++) {
        const char *at = strchr(known, *p);
        if (*p == '"') quoted = !quoted;
        if (at && !quoted) count[at - known]++;
    }
    int most = count[1] > count[0] ? 1 : 0;
    return known[count[2] > count[most] ? 2 : most];
}

void csv_init(Csv *t, const char *text, size_t len)
{
    *t = (Csv){.next_line = 1};
    t->text = xalloc(len + 1);
    memcpy(t->text, text, len);
    t->next = t->text + (len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0);
    t->end = t->text + len;
    t->separator = guess_separator(t->next);
}

void csv_release(Csv *t)
{
    free(t->text);
    t->text = NULL;
}

/* Moves a field left to `to`; stands behind it afterwards. */
static char *take_field(Csv *t, char *to)
{
    char *p = t->next;
    bool quoted = p < t->end && *p == '"';
    if (quoted) p++;
    for (; p < t->end; p++) {
        if (quoted && *p == '"') {
            if (p + 1 < t->end && p[1] == '"')
                p++;
            else {
                quoted = false;
                continue;
            }
        } else if (!quoted && (*p == t->separator || *p == '\n' || *p == '\r'))
            break;
        if (*p == '\n') t->next_line++;
        *to++ = *p;
    }
    t->next = p;
    return to;
}

static void end_line(Csv *t)
{
    if (t->next < t->end && *t->next == '\r' && t->next + 1 < t->end && t->next[1] == '\n') t->next++;
    if (t->next < t->end) t->next++;
    t->next_line++;
}

bool csv_next(Csv *t)
{
    if (t->next >= t->end) return false;
    t->fields = 0;
    t->line = t->next_line;
    for (;;) {
        char *begin = t->next, *end = take_field(t, begin);
        bool more = t->next < t->end && *t->next == t->separator;
        if (more)
            t->next++;
        else
            end_line(t);
        *end = '\0';
        if (t->fields < CSV_MOST_FIELDS) t->field[t->fields++] = begin;
        if (!more) return true;
    }
}
