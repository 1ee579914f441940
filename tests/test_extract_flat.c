/* tests/cases/extract/flat*.case: lines of a text after ">", the pairings that must come of them after "=":
 *
 *     = NO LEVEL SCHOOL | PARTNER [FLAGS]       "-" where there is no number or level
 *
 * The text is taken as it stands, without restoring. A first "=" with nothing after it: none must come. */
#include "test.h"

#include "base/file.h"
#include "base/str.h"
#include "stage/extract.h"
#include "stage/load.h"

#include <dirent.h>
#include <string.h>
#include <unistd.h>

static char path[] = "/tmp/dau-test-flat-XXXXXX";

static bool read_text(const Buf *text, Pairings *found, Err *err)
{
    Extract *x = extract_new();
    LoadOptions limits = {0};
    bool ok = file_write(path, buf_str(text), text->len, err);
    Load *doc = ok ? load_open(path, &limits, err) : NULL;
    for (int n = 1; doc && n <= load_pages(doc); n++) {
        Page page;
        Raster raster = {0};
        page_init(&page, n);
        ok = load_page(doc, n, &page, &raster, err) && extract_page(x, &page, err);
        load_raster_release(&raster);
        page_release(&page);
    }
    ok = ok && extract_finish(x, found, err);
    load_close(doc);
    extract_free(x);
    return ok;
}

static void print_pairing(Buf *b, const Pairing *p)
{
    const char *level = level_code(p->level);
    buf_addf(b, "= %s %s %s | %s", p->no ? p->no : "-", *level ? level : "-", p->school.name,
             p->partner.name);
    const char *doubt = strstr(p->flags, "doubtful"); /* hangs on weights that are fitted anew now and then */
    int n = doubt ? (int)(doubt - p->flags) : (int)strlen(p->flags);
    if (n && p->flags[n - 1] == ' ') n--;
    if (n) buf_addf(b, " [%.*s]", n, p->flags);
    buf_addc(b, '\n');
}

static void run_case(const char *name, const Buf *text, const Buf *want)
{
    Pairings found = {0};
    Err err = {0};
    Buf got = {0};
    CHECK(read_text(text, &found, &err));
    CHECK_STR(err.text, "");
    for (size_t i = 0; i < found.v.n; i++) print_pairing(&got, &found.v.v[i]);
    CHECK_STR(buf_str(&got), strcmp(buf_str(want), "=\n") == 0 ? "" : buf_str(want));
    if (strcmp(buf_str(&got), buf_str(want)) != 0 && strcmp(buf_str(want), "=\n") != 0)
        printf("    in the case of %s\n", name);
    pairings_release(&found);
    buf_release(&got);
}

static void run_file(const char *file)
{
    Buf all = {0}, text = {0}, want = {0};
    Err err = {0};
    char name[200] = "";
    if (!CHECK(file_read(file, 0, &all, &err))) return;
    for (char *line = all.s, *end; line && *line; line = end ? end + 1 : NULL) {
        if ((end = strchr(line, '\n'))) *end = '\0';
        if (want.len && *line != '=') {
            run_case(name, &text, &want);
            buf_clear(&text);
            buf_clear(&want);
        }
        if (*line == '#') snprintf(name, sizeof name, "%s", line + 1);
        if (*line == '>') buf_addf(&text, "%s\n", line[1] ? line + 2 : "");
        if (*line == '=') buf_addf(&want, "%s\n", line);
    }
    if (want.len) run_case(name, &text, &want);
    buf_release(&all);
    buf_release(&text);
    buf_release(&want);
}

TEST(cases)
{
    DIR *d = opendir("tests/cases/extract");
    if (!CHECK(d != NULL)) return;
    for (struct dirent *e; (e = readdir(d));)
        if (str_starts(e->d_name, "flat") && str_ends(e->d_name, ".case")) {
            char file[512];
            snprintf(file, sizeof file, "tests/cases/extract/%s", e->d_name);
            run_file(file);
        }
    closedir(d);
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0) return perror(path), 1;
    close(fd);
    RUN(cases);
    unlink(path);
    return TEST_DONE();
}
