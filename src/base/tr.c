/* gettext looks at LANGUAGE only under a locale that is not "C". On a machine without vi_VN.UTF-8, which is
 * most of them, LC_MESSAGES becomes C.UTF-8 and LANGUAGE "vi". */
#include "base/tr.h"

#include "base/file.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef DAU_PREFIX
#define DAU_PREFIX "/usr/local"
#endif

static const char domain[] = "dau";

static const char *wanted(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return value;
    }
    return "C";
}

/* build/share/locale beside build/dau; PREFIX/share/locale beside PREFIX/bin/dau. */
static void bind(void)
{
    char self[4096 + 32];
    if (file_self(self, 4096)) {
        char *name = strrchr(self, '/') + 1;
        strcpy(name, "share/locale");
        if (access(self, R_OK) != 0) strcpy(name, "../share/locale");
        bindtextdomain(domain, access(self, R_OK) == 0 ? self : DAU_PREFIX "/share/locale");
    } else {
        bindtextdomain(domain, DAU_PREFIX "/share/locale");
    }
    bind_textdomain_codeset(domain, "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8"); /* strerror() */
}

void tr_open(void)
{
    const char *locale = wanted();
    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 || strncmp(locale, "C.", 2) == 0) return;
    if (!setlocale(LC_MESSAGES, "") && setlocale(LC_MESSAGES, "C.UTF-8") && !getenv("LANGUAGE")) {
        char language[16];
        snprintf(language, sizeof language, "%.*s", (int)strcspn(locale, "._@"), locale);
        setenv("LANGUAGE", language, 1);
    }
    bind();
}

const char *tr(const char *message)
{
    return *message ? dgettext(domain, message) : message; /* "" is the catalogue's own head */
}
