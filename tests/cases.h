/* cases: the text files of tests/cases, for tests that read them.
 *
 *     static void run_file(const char *path) { ... }
 *     TEST(cases) { cases_each("tests/cases/extract", "table", run_file); }
 *
 * And the form that flat*.case and prose*.case share, a case after the other:
 *
 *     # name            > a line of the text            = what must come of it            @ what else must
 *
 *     static void run_case(const TextCase *k) { ... k->text, k->want, k->also ... }
 *     static void run_file(const char *path) { cases_read(path, run_case); }
 *
 * Of such a case, whether the pairings that are found in its text are those it wants:
 *
 *     Pairings found = {0};
 *     cases_find(k, read_text, print_pairing, &found);
 *     pairings_release(&found);
 */
#ifndef DAU_TEST_CASES_H
#define DAU_TEST_CASES_H

#include "base/file.h"
#include "doc/pairing.h"
#include "base/str.h"
#include "tests/test.h"

#include <dirent.h>

/* Each file PREFIX*.case of the folder; none is a failure. */
static inline void cases_each(const char *folder, const char *prefix, void (*run)(const char *path))
{
    DIR *d = opendir(folder);
    int files = 0;
    if (!CHECK(d != NULL)) return;
    for (struct dirent *e; (e = readdir(d));)
        if (str_starts(e->d_name, prefix) && str_ends(e->d_name, ".case")) {
            char path[512];
            snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
            run(path);
            files++;
        }
    closedir(d);
    CHECK(files > 0);
}

typedef struct TextCase {
    char name[200];
    Buf text; /* lines after ">" without it */
    Buf want; /* lines that begin with "=", whole */
    Buf also; /* lines after "@" without it */
} TextCase;

static inline void cases_read(const char *path, void (*run)(const TextCase *k))
{
    Buf all = {0};
    TextCase k = {.name = ""};
    Err err = {0};
    if (!CHECK(file_read(path, 0, &all, &err))) return;
    for (char *at = all.s, *end; at && *at; at = end ? end + 1 : NULL) {
        if ((end = strchr(at, '\n'))) *end = '\0';
        if (k.want.len && *at != '=' && *at != '@') {
            run(&k);
            buf_clear(&k.text), buf_clear(&k.want), buf_clear(&k.also);
        }
        if (*at == '#') snprintf(k.name, sizeof k.name, "%.190s", at + 1);
        if (*at == '>') buf_addf(&k.text, "%s\n", at[1] ? at + 2 : "");
        if (*at == '=') buf_addf(&k.want, "%s\n", at);
        if (*at == '@') buf_addf(&k.also, "%s\n", at + 2);
    }
    if (k.want.len) run(&k);
    buf_release(&all);
    buf_release(&k.text), buf_release(&k.want), buf_release(&k.also);
}

/* `find` reads a text, `print` writes a pairing as a line of the case; a first "=" alone wants none. */
static inline void cases_find(const TextCase *k, bool (*find)(const Buf *text, Pairings *found, Err *err),
                              void (*print)(Buf *b, const Pairing *p), Pairings *found)
{
    Err err = {0};
    Buf got = {0};
    CHECK(find(&k->text, found, &err));
    CHECK_STR(err.text, "");
    for (size_t i = 0; i < found->v.n; i++) print(&got, &found->v.v[i]);
    if (!CHECK_STR(buf_str(&got), strcmp(buf_str(&k->want), "=\n") == 0 ? "" : buf_str(&k->want)))
        printf("    in the case of %s\n", k->name);
    buf_release(&got);
}

#endif
