/* ocr_net: our run of the network against Tesseract's own, the plain inner loops against those for this processor, and
 * model files that are broken. The picture is tests/pages/table.png. */
#include "base/file.h"
#include "stage/clean.h"
#include "stage/layout.h"
#include "stage/load.h"
#include "stage/ocr_net.h"
#include "stage/ocr_net_own.h"
#include "stage/ocr_private.h"
#include "test.h"

enum { WIDTH = 200 };
static char model[4096];

static void read_picture(Page *page, Ocr *ocr)
{
    Err err = {0};
    Raster raster = {0};
    Load *doc = load_open("tests/pages/table.png", &(LoadOptions){0}, &err);
    page_init(page, 1);
    CHECK(doc && load_page(doc, 1, page, &raster, &err) && clean_page(page, &raster, &err) &&
          layout_page(page, &raster, &err) && ocr_page(ocr, page, &raster, &err));
    load_close(doc);
    load_raster_release(&raster);
}

/* All words, probabilities to the last bit. */
TEST(the_same_as_tesseract)
{
    Err err = {0};
    Page ours, theirs;
    Ocr *both = ocr_open(&(OcrOptions){0}, &err), *alone = ocr_open(&(OcrOptions){.engine_alone = true}, &err);
    CHECK_STR(err.text, "");
    read_picture(&ours, both);
    read_picture(&theirs, alone);
    Buf a = {0}, b = {0};
    page_dump(&ours, &a);
    page_dump(&theirs, &b);
    CHECK_STR(buf_str(&a), buf_str(&b));
    CHECK(ours.words.n > 10);
    for (size_t i = 0; i < ours.words.n && i < theirs.words.n; i++)
        CHECK(ours.words.v[i].conf == theirs.words.v[i].conf);
    CHECK(ocr_own_of(alone)->compared == 0);
    if (vector_set_up(false)) CHECK(!ocr_own_of(both)->unfit && ocr_own_of(both)->compared >= 100);
    buf_release(&a);
    buf_release(&b);
    page_release(&ours);
    page_release(&theirs);
    ocr_close(both);
    ocr_close(alone);
}

static float *answers(OcrNet *net, const int8_t *pixels, bool plain)
{
    float *out = xalloc((size_t)ocr_net_steps(WIDTH) * (size_t)ocr_net_outputs(net) * sizeof *out);
    vector_set_up(plain);
    CHECK(ocr_net_run(net, pixels, WIDTH, out));
    return out;
}

TEST(the_same_on_any_processor)
{
    Err err = {0};
    int8_t pixels[NET_HEIGHT * WIDTH];
    for (int i = 0; i < NET_HEIGHT * WIDTH; i++) pixels[i] = (int8_t)(i * 7919 % 255 - 127);
    if (!vector_set_up(false)) return;
    OcrNet *net = ocr_net_open(model, &err);
    CHECK_STR(err.text, "");
    if (!net) return;
    float *fast = answers(net, pixels, false), *plain = answers(net, pixels, true), sum = 0;
    CHECK(memcmp(fast, plain, (size_t)ocr_net_steps(WIDTH) * (size_t)ocr_net_outputs(net) * sizeof *fast) == 0);
    for (int i = 0; i < ocr_net_outputs(net); i++) sum += fast[i];
    CHECK(sum > 0.999F && sum < 1.001F);
    CHECK(!ocr_net_run(net, pixels, NET_POOL - 1, fast));
    CHECK(!ocr_net_run(net, pixels, NET_WIDEST + 1, fast));
    free(fast);
    free(plain);
    ocr_net_close(net);
}

/* Cut short anywhere, or with a byte that is another: refused, or read as something. */
TEST(broken_files)
{
    Err err = {0};
    Buf file = {0};
    CHECK(file_read(model, 0, &file, &err));
    for (size_t cut = 0; cut < file.len; cut += cut < 2000 ? 7 : 9973) {
        struct OcrNet net = {0};
        Err why = {0};
        net_parse(&net, (const unsigned char *)file.s, cut, &why);
        net_release(&net);
    }
    for (size_t at = 0; at < 2000; at += 3) {
        struct OcrNet net = {0};
        Err why = {0};
        char was = file.s[at];
        file.s[at] = (char)(was ^ 0x81);
        net_parse(&net, (const unsigned char *)file.s, file.len, &why);
        net_release(&net);
        file.s[at] = was;
    }
    buf_release(&file);
    CHECK(!ocr_net_open("tests/pages/table.png", &err));
}

int main(int argc, char **argv)
{
    (void)argc;
    ocr_set_up(argv);
    CHECK(ocr_model_path(&(OcrOptions){0}, model, sizeof model));
    RUN(the_same_as_tesseract);
    RUN(the_same_on_any_processor);
    RUN(broken_files);
    return TEST_DONE();
}
