/* tests/cases/extract/flat*.case: lines of a text after ">", the pairings that must come of them after "=":
 *
 *     = NO LEVEL SCHOOL | PARTNER [FLAGS]       "-" where there is no number or level
 *
 * The text is taken as it stands, without restoring. A first "=" with nothing after it: none must come. */
#include "tests/cases.h"

#include "extract/extract.h"
#include "load/load.h"

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

static void run_case(const TextCase *k)
{
    Pairings found = {0};
    cases_find(k, read_text, print_pairing, &found);
    pairings_release(&found);
}

static void run_file(const char *file)
{
    cases_read(file, run_case);
}

TEST(cases)
{
    cases_each("tests/cases/extract", "flat", run_file);
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
