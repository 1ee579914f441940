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

static int count_doubtful(const char *lines, Pairings *found, bool *told)
{
    Buf text = {0};
    Err err = {0};
    int n = 0;
    *told = false;
    buf_addf(&text, "DANH SACH CAC TRUONG KET NGHIA\n\nTT  Ten truong  Truong ket nghia\n%s", lines);
    CHECK(read_text(&text, found, &err));
    for (size_t i = 0; i < found->v.n; i++) n += strstr(found->v.v[i].flags, "doubtful") != NULL;
    for (size_t i = 0; i < found->findings.n; i++)
        if (strcmp(found->findings.v[i].kind, "doubtful") == 0) *told = true;
    buf_release(&text);
    return n;
}

/* Rows 2 and 4 of five were read badly, so that no row is sure; where one was, the others stand as they are. */
TEST(badly_read)
{
    Pairings bad = {0}, good = {0};
    bool told;
    int n = count_doubtful("1  Truong TH Nguyen Du  Truong TH Phu Lam\n"
                           "2  Truong TH Ngwyzn Xq  Truong TH Pbw Kqm\n"
                           "3  Truong TH Kim Dong  Truong TH Van Khe\n"
                           "4  Truong TH Tqax Hwng  Truong TH Bxa Wai\n"
                           "5  Truong TH Le Loi  Truong TH Yen Nghia\n",
                           &bad, &told);
    CHECK_INT((int)bad.v.n, 5);
    CHECK_INT(n, 5);
    CHECK(told);
    n = count_doubtful("1  Truong TH Nguyen Du  Truong TH Phu Lam\n"
                       "2  Truong TH Ngwyzn Xq  Truong TH Pbw Kqm\n"
                       "3  Truong TH Kim Dong  Truong TH Van Khe\n"
                       "4  Truong TH Tran Phu  Truong TH Ba La\n"
                       "5  Truong TH Le Loi  Truong TH Yen Nghia\n",
                       &good, &told);
    CHECK_INT((int)good.v.n, 5);
    CHECK(n < 3 && !told);
    pairings_release(&bad);
    pairings_release(&good);
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
    RUN(badly_read);
    RUN(cases);
    unlink(path);
    return TEST_DONE();
}
