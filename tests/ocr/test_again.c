/* ocr_again: what a second reading does to words that are doubted. Some words of tests/pages/table.png are
 * doubted without reason, some made to have been read wrongly, and read again: by the model it was read with,
 * and by the better one where that is installed (tools/setup.sh --with best). */
#include "clean/clean.h"
#include "layout/layout.h"
#include "load/load.h"
#include "ocr/ocr.h"
#include "tests/test.h"

#include "base/file.h"
#include "line/line.h"

static const char PICTURE[] = "tests/pages/table.png";

typedef struct Read {
    Page page;
    Raster raster;
    bool *doubted;
} Read;

static bool read_picture(Read *r, Ocr *ocr)
{
    Err err = {0};
    Load *doc = load_open(PICTURE, &(LoadOptions){0}, &err);
    page_init(&r->page, 1);
    bool ok = doc && load_page(doc, 1, &r->page, &r->raster, &err) &&
              clean_page(&r->page, &r->raster, &err) && layout_page(&r->page, &r->raster, &err) &&
              ocr_page(ocr, &r->page, &r->raster, &err);
    CHECK_STR(err.text, "");
    load_close(doc);
    r->doubted = xalloc((r->page.words.n + 1) * sizeof *r->doubted);
    return ok;
}

static void read_release(Read *r)
{
    load_raster_release(&r->raster);
    page_release(&r->page);
    free(r->doubted);
}

static bool has_choice(const Word *w, const char *text)
{
    for (int i = 0; i < w->choices; i++)
        if (strcmp(w->choice[i].text, text) == 0) return true;
    return false;
}

static bool is_good(const Word *w)
{
    return w->conf > 0.9f && strlen(w->raw) >= 4;
}

/* Of the words that were read well one is doubted without reason, the next made a misread one, the next left.
 */
static void spoil(Read *r, const char **was)
{
    int n = 0;
    for (size_t i = 0; i < r->page.words.n; i++) {
        Word *w = &r->page.words.v[i];
        if (!is_good(w) || n++ % 3 == 2) continue;
        was[i] = w->raw;
        r->doubted[i] = true;
        w->conf = 0.4f;
        if (n % 3 == 2) w->raw = "Qvm", w->choice = NULL, w->choices = 0;
    }
}

typedef struct Tally {
    int doubted, surer, misread, mended;
} Tally;

static void check_word(const Word *w, const char *was, Tally *t)
{
    if (!was) {
        CHECK(!w->marks);
    } else if (w->raw == was) { /* agreement makes it surer, else it is disputed */
        bool disputed = w->marks & WORD_DISPUTED;
        t->doubted++, t->surer += w->conf > 0.5f;
        CHECK(disputed ? w->conf < 0.4f : w->conf >= 0.4f);
    } else { /* what was read first stays; what stands there is among its choices */
        t->misread++, t->mended += has_choice(w, was);
        CHECK_STR(w->raw, "Qvm");
        CHECK(w->conf <= 0.4f && (!w->choices || strcmp(w->choice[0].text, "Qvm") == 0));
    }
}

static void look_again(Ocr *first, Ocr *second)
{
    Read r = {0};
    Err err = {0};
    Tally t = {0};
    int again = 0;
    if (!CHECK(read_picture(&r, first))) return;
    const char **was = xalloc((r.page.words.n + 1) * sizeof *was);
    spoil(&r, was);
    CHECK(ocr_again(second, &r.page, &r.raster, r.doubted, &again, &err));
    CHECK_STR(err.text, "");
    for (size_t i = 0; i < r.page.words.n; i++) check_word(&r.page.words.v[i], was[i], &t);
    CHECK(t.doubted >= 5 && t.surer * 10 >= t.doubted * 7);
    CHECK(t.misread >= 5 && t.mended * 10 >= t.misread * 7);
    CHECK(again <= t.doubted + t.misread && again * 10 >= (t.doubted + t.misread) * 8);
    CHECK(page_check(&r.page, &err));
    free(was);
    read_release(&r);
}

TEST(the_same_model)
{
    Err err = {0};
    Ocr *ocr = ocr_open(&(OcrOptions){0}, &err);
    if (CHECK(ocr)) look_again(ocr, ocr);
    ocr_close(ocr);
}

TEST(the_better_model)
{
    char path[4096];
    Err err = {0};
    if (!file_data("best/vie.traineddata", path, sizeof path, &err)) {
        SKIP("the better model is not installed (tools/setup.sh --with best)");
        return;
    }
    *strrchr(path, '/') = '\0';
    Ocr *ocr = ocr_open(&(OcrOptions){0}, &err), *best = ocr_open(&(OcrOptions){.tessdata = path}, &err);
    if (CHECK(ocr && best)) look_again(ocr, best);
    ocr_close(ocr);
    ocr_close(best);
}

/* Without it the line reads once; with it some doubted words of a poor photograph are read twice. */
TEST(the_line_looks_twice_only_with_it)
{
    char path[4096];
    Err err = {0};
    int twice = 0;
    bool best = file_data("best/vie.traineddata", path, sizeof path, &err);
    err_clear(&err);
    PageLine *line = line_new(&(LineOptions){0});
    Load *doc = line_load(line, "tests/pages/photo.jpg", &err);
    Page page;
    Raster raster = {0};
    page_init(&page, 1);
    CHECK(doc && line_page(line, doc, 1, STAGE_RESTORE, &page, &raster, &err));
    CHECK_STR(err.text, "");
    for (size_t i = 0; i < page.words.n; i++) twice += (page.words.v[i].marks & WORD_DISPUTED) != 0;
    CHECK(best || twice == 0);
    load_raster_release(&raster);
    page_release(&page);
    load_close(doc);
    line_free(line);
}

int main(int argc, char **argv)
{
    (void)argc;
    ocr_set_up(argv);
    RUN(the_same_model);
    RUN(the_better_model);
    RUN(the_line_looks_twice_only_with_it);
    return TEST_DONE();
}
