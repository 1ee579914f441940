/* Page.via says how the text was obtained. "text layer: drawn on the page, was in TCVN3 (ABC)" counts as a page whose
 * layer was taken and as one that was converted: its "Tr­êng" became "Trường". */
#include "cmd/came.h"

#include "clean/clean.h"
#include "cmd/cmd.h"
#include "doc/page.h"

#include <string.h>

static bool was_in(const char *via, Charset charset)
{
    const char *at = strstr(via, "was in ");
    return at && str_starts(at + strlen("was in "), charset_name(charset));
}

void came_count(Came *c, const char *via)
{
    if (!via) return;
    for (int i = CHARSET_UTF8 + 1; i <= CHARSET_VIQR; i++) c->converted[i] += was_in(via, (Charset)i);
    c->taken += str_starts(via, "text layer");
    c->unused += strstr(via, "text layer not used") != NULL;
    c->unsure += strstr(via, CLEAN_UNSURE) != NULL;
}

static void say_layers(const Came *c, const char *path)
{
    const char *s = plural(c->taken);
    if (!c->taken && !c->unused) return;
    if (path)
        say("'%s': text layer taken on %d page%s, not on %d; -v says why", path, c->taken, s, c->unused);
    else
        say("text layer taken on %d page%s, not on %d; --log or 'dau show FILE --stage load' says why",
            c->taken, s, c->unused);
}

static void say_unsure(const Came *c, const char *path)
{
    int n = c->unsure;
    if (n && path)
        say("'%s': which way is up is not sure on %d page%s, read as scanned; see 'dau show FILE --stage "
            "clean'",
            path, n, plural(n));
    else if (n)
        say("which way is up is not sure on %d page%s, read as scanned; see 'dau show FILE --stage clean'", n,
            plural(n));
}

void came_say(const Came *c, const char *path)
{
    for (int i = CHARSET_UTF8 + 1; i <= CHARSET_VIQR; i++) {
        int n = c->converted[i];
        if (n && path)
            say("'%s' was in %s and was converted", path, charset_name((Charset)i));
        else if (n)
            say("%d page%s in %s, converted", n, plural(n), charset_name((Charset)i));
    }
    say_layers(c, path);
    say_unsure(c, path);
}

/* The page's own record stands first. */
const char *came_via(const Buf *dump, Arena *a)
{
    Page page;
    Err none = {0};
    page_init(&page, 0);
    const char *end = dump->len ? memchr(dump->s, '\n', dump->len) : NULL;
    bool ok = end && page_parse(dump->s, (size_t)(end - dump->s) + 1, &page, &none);
    const char *via = ok ? arena_str(a, page.via) : NULL;
    page_release(&page);
    return via;
}
