/* The xz program unpacks, and a pipe carries the lines. A line that may hold combining marks, such as "Truo\u031B\u0300ng",
 * is brought to NFC; the others are NFC already. */
#include "corpus.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"
#include "base/tsv.h"
#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool manifest_read(Manifest *m, const char *path, Err *err)
{
    Buf b = {0};
    Tsv t = {0};
    *m = (Manifest){0};
    if (!file_read(path, 0, &b, err)) return false;
    tsv_init(&t, b.s, b.len);
    while (tsv_next(&t)) {
        if (t.fields < 4) continue;
        m->v = xrealloc(m->v, (m->n + 1) * sizeof *m->v);
        Source *s = &m->v[m->n++];
        *s = (Source){.weight = atoi(t.field[2])};
        snprintf(s->role, sizeof s->role, "%s", t.field[0]);
        snprintf(s->path, sizeof s->path, "%s", t.field[1]);
        snprintf(s->sha256, sizeof s->sha256, "%s", t.field[3]);
    }
    tsv_release(&t);
    buf_release(&b);
    return true;
}

bool manifest_check(const Manifest *m, const char *folder, Err *err)
{
    for (size_t i = 0; i < m->n; i++) {
        char path[4096], hex[65];
        snprintf(path, sizeof path, "%s/%s", folder, m->v[i].path);
        if (!file_sha256(path, hex, err)) return false;
        if (strcmp(hex, m->v[i].sha256) != 0)
            return err_set(err, DAU_BAD_INPUT, "'%s' is another than the manifest's; see corpus/README.md",
                           path);
    }
    return true;
}

void manifest_release(Manifest *m)
{
    free(m->v);
    *m = (Manifest){0};
}

static bool is_plain(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] == 0xCC || (unsigned char)s[i] == 0xCD || (unsigned char)s[i] == 0xC3)
            return false;
    return true;
}

static void use_line(char *line, size_t n, LineUse *use, void *with)
{
    while (n && (line[n - 1] == '\n' || line[n - 1] == '\r')) n--;
    if (is_plain(line, n)) {
        use(with, line, n);
        return;
    }
    Arena a = {0};
    char *nfc = viet_nfc(&a, line, n);
    use(with, nfc, strlen(nfc));
    arena_release(&a);
}

bool source_lines(const Source *s, const char *folder, int every, LineUse *use, void *with, Err *err)
{
    char command[4400];
    if (strchr(folder, '\'') || strchr(s->path, '\''))
        return err_set(err, DAU_USAGE, "a path with a quote in it cannot be read here: '%s'", folder);
    snprintf(command, sizeof command, "%s '%s/%s'", str_ends(s->path, ".xz") ? "xz -dc" : "cat", folder,
             s->path);
    FILE *in = popen(command, "r");
    if (!in) return err_set(err, DAU_FILE_ACCESS, "cannot run '%s'", command);
    char *line = NULL;
    size_t cap = 0;
    ssize_t n;
    for (long number = 0; (n = getline(&line, &cap, in)) > 0; number++)
        if (number % every == 0) use_line(line, (size_t)n, use, with);
    free(line);
    if (pclose(in) != 0) return err_set(err, DAU_FILE_ACCESS, "cannot read '%s/%s'", folder, s->path);
    return true;
}
