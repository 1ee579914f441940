/* gettext looks at LANGUAGE only under a locale that is not "C". Most machines have no vi_VN.UTF-8. There, for
 * LANG=vi_VN.UTF-8, tr_open() sets LC_MESSAGES to C.UTF-8 and LANGUAGE to "vi_VN".
 *
 * gettext knows one language for the whole process. For a thread's own language this file reads the catalogue
 * vi/LC_MESSAGES/dau.mo itself and looks messages up by binary search. */
#include "base/tr.h"

#include "base/err.h"
#include "base/file.h"

#include <libintl.h>
#include <locale.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FOLDER = 4096 + 32 }; /* bytes of a path */

#ifndef DAU_PREFIX
#define DAU_PREFIX "/usr/local"
#endif

static const char domain[] = "dau";

static bool is_set(const char *name)
{
    const char *value = getenv(name);
    return value && *value;
}

static const char *wanted(void)
{
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (int i = 0; i < 3; i++) {
        if (is_set(names[i])) return getenv(names[i]);
    }
    return "C";
}

/* build/share/locale beside build/dau; PREFIX/share/locale beside PREFIX/bin/dau and PREFIX/libexec/dau/dau-read. */
static void find_folder(char folder[FOLDER])
{
    static const char *const beside[] = {"share/locale", "../share/locale", "../../share/locale"};
    char self[FOLDER];
    if (file_self(self, sizeof self - sizeof "../../share/locale")) {
        char *name = strrchr(self, '/') + 1;
        for (int i = 0; i < 3; i++) {
            snprintf(name, (size_t)(self + sizeof self - name), "%s", beside[i]);
            if (access(self, R_OK) == 0) {
                memcpy(folder, self, sizeof self);
                return;
            }
        }
    }
    snprintf(folder, FOLDER, "%s", DAU_PREFIX "/share/locale");
}

static void bind(void)
{
    char folder[FOLDER];
    find_folder(folder);
    bindtextdomain(domain, folder);
    bind_textdomain_codeset(domain, "UTF-8");
}

void tr_open(void)
{
    const char *locale = wanted();
    err_translate(tr);
    if (strcmp(locale, "C") == 0 || strcmp(locale, "POSIX") == 0 ||
        (strncmp(locale, "C.", 2) == 0 && !is_set("LANGUAGE")))
        return;
    if (!setlocale(LC_MESSAGES, "") && setlocale(LC_MESSAGES, "C.UTF-8") && !getenv("LANGUAGE")) {
        char language[16];
        snprintf(language, sizeof language, "%.*s", (int)strcspn(locale, "._@"), locale);
        setenv("LANGUAGE", language, 1);
    }
    bind();
}

/* ---- a thread's own language ---- */

/* gettext's catalogue (GNU gettext manual, The Format of GNU MO Files): a head, then two tables of lengths and places, of
 * the messages, sorted, and of their translations. It is never freed: messages point into it. */
typedef struct Catalogue {
    char code[3]; /* "vi" */
    Buf file;
    uint32_t n, messages, others; /* how many; where the tables begin */
} Catalogue;

enum { MOST_CATALOGUES = 8, MOST_BYTES = 4 << 20 };
static const uint32_t MO_MAGIC = 0x950412de;

static Catalogue catalogues[MOST_CATALOGUES]; /* the first is English: without a file */
static int held = 1;
static pthread_mutex_t catalogues_lock = PTHREAD_MUTEX_INITIALIZER;
static _Thread_local const Catalogue *chosen; /* NULL: the language of the process */

static uint32_t number_at(const Catalogue *c, size_t at)
{
    uint32_t n = 0;
    if (at + 4 <= c->file.len) memcpy(&n, c->file.s + at, 4);
    return n;
}

/* String i of the table, "" when the file is not sound. */
static const char *string_at(const Catalogue *c, uint32_t table, uint32_t i)
{
    size_t at = (size_t)table + 8 * (size_t)i, len = number_at(c, at), from = number_at(c, at + 4);
    bool sound = from < c->file.len && len < c->file.len - from && !c->file.s[from + len];
    return sound ? c->file.s + from : "";
}

static bool load_catalogue(Catalogue *c)
{
    char folder[FOLDER], path[4096 + 96];
    Err none = {0};
    find_folder(folder);
    snprintf(path, sizeof path, "%s/%s/LC_MESSAGES/dau.mo", folder, c->code);
    if (!file_read(path, MOST_BYTES, &c->file, &none) || number_at(c, 0) != MO_MAGIC) return false;
    c->n = number_at(c, 8), c->messages = number_at(c, 12), c->others = number_at(c, 16);
    return true;
}

static const Catalogue *find_catalogue(const char *code)
{
    if (strncmp(code, "en", 2) == 0) return &catalogues[0];
    for (int i = 1; i < held; i++)
        if (strncmp(catalogues[i].code, code, 2) == 0) return &catalogues[i];
    if (held == MOST_CATALOGUES) return &catalogues[0];
    Catalogue *c = &catalogues[held];
    snprintf(c->code, sizeof c->code, "%.2s", code);
    if (load_catalogue(c)) return held++, c;
    buf_release(&c->file);
    return &catalogues[0];
}

void tr_language(const char *language)
{
    err_translate(tr);
    chosen = language ? &catalogues[0] : NULL;
    if (!language || language[0] < 'a' || language[0] > 'z' || language[1] < 'a' || language[1] > 'z') return;
    pthread_mutex_lock(&catalogues_lock);
    chosen = find_catalogue(language);
    pthread_mutex_unlock(&catalogues_lock);
}

static const char *look_up(const Catalogue *c, const char *message)
{
    uint32_t low = 0, high = c->n;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        int order = strcmp(message, string_at(c, c->messages, middle));
        if (!order) return string_at(c, c->others, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return message;
}

const char *tr(const char *message)
{
    if (!*message) return message; /* "" is the catalogue's own head */
    return chosen ? look_up(chosen, message) : dgettext(domain, message);
}
