/* clean: red ink goes, and the black under it stays. */
#include "clean/clean.h"
#include "clean/private.h"
#include "load/load.h"
#include "tests/test.h"

#include <leptonica/allheaders.h>

static void fill(PIX *pix, int x, int y, int w, int h, int red, int green, int blue)
{
    l_uint32 colour = 0;
    composeRGBPixel(red, green, blue, &colour);
    for (int i = 0; i < w; i++)
        for (int k = 0; k < h; k++) pixSetPixel(pix, x + i, y + k, colour);
}

static bool has_ink(const Raster *raster, int x, int y)
{
    l_uint32 bit = 0;
    pixGetPixel(raster->ink, x, y, &bit);
    return bit;
}

static bool masked(PIX *mask, int x, int y)
{
    l_uint32 bit = 0;
    pixGetPixel(mask, x, y, &bit);
    return bit;
}

TEST(red_ink_goes)
{
    Page page;
    Raster raster = {.scan = pixCreate(600, 400, 32)};
    Err err = {0};
    page_init(&page, 1);
    page.width = 600, page.height = 400, page.dpi = 150;
    fill(raster.scan, 0, 0, 600, 400, 245, 243, 235);
    fill(raster.scan, 100, 100, 300, 8, 204, 30, 45); /* the ring of a seal */
    fill(raster.scan, 300, 98, 40, 12, 20, 5, 8);     /* print, the seal over it */
    fill(raster.scan, 480, 98, 20, 12, 25, 35, 130);  /* blue print */
    fill(raster.scan, 520, 98, 20, 12, 200, 30, 40);  /* red print, far from the seal */
    CHECK(clean_page(&page, &raster, &err));
    CHECK(page.turned == 0);
    CHECK(!has_ink(&raster, 200, 104));
    CHECK(has_ink(&raster, 304, 104));
    CHECK(has_ink(&raster, 304, 109));
    CHECK(has_ink(&raster, 490, 104));
    CHECK(has_ink(&raster, 530, 104));
    CHECK(raster.red && masked(raster.red, 200, 104) && !masked(raster.red, 530, 104));
    CHECK(!masked(raster.red, 320, 104));
    CHECK(!raster.blue);
    load_raster_release(&raster);
    page_release(&page);
}

/* Strokes over print and signatures; print in blue stays. */
TEST(a_pens_blue_goes)
{
    Page page;
    Raster raster = {.scan = pixCreate(600, 400, 32)};
    Err err = {0};
    page_init(&page, 1);
    page.width = 600, page.height = 400, page.dpi = 150;
    fill(raster.scan, 0, 0, 600, 400, 235, 240, 250); /* a cold scanner's paper */
    fill(raster.scan, 100, 100, 40, 10, 20, 22, 25);  /* print */
    fill(raster.scan, 125, 96, 6, 30, 20, 30, 140);   /* a tick over it */
    fill(raster.scan, 126, 102, 4, 4, 3, 4, 18);      /* the print shows through */
    fill(raster.scan, 300, 200, 120, 5, 60, 70, 190); /* a signature */
    fill(raster.scan, 500, 100, 10, 20, 25, 35, 130); /* print in blue */
    CHECK(clean_page(&page, &raster, &err));
    CHECK(has_ink(&raster, 104, 104) && has_ink(&raster, 127, 104));
    CHECK(!has_ink(&raster, 128, 120));
    CHECK(!has_ink(&raster, 360, 202));
    CHECK(has_ink(&raster, 505, 110));
    CHECK(raster.blue && masked(raster.blue, 128, 120) && masked(raster.blue, 360, 202));
    CHECK(!masked(raster.blue, 505, 110) && !raster.red);
    load_raster_release(&raster);
    page_release(&page);
}

/* Grey slopes with dark strokes and grain. */
static PIX *made_up(int w, int h)
{
    PIX *p = pixCreate(w, h, 8);
    unsigned seed = 3;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            seed = seed * 1664525u + 1013904223u;
            int stroke = x % 37 < 5 || y % 53 < 3 ? 110 : 0,
                v = 255 - x * 60 / w - stroke - (int)(seed >> 27);
            pixSetPixel(p, x, y, (l_uint32)(seed % 7 && v > 225 ? 255 : v < 0 ? 0 : v));
        }
    return p;
}

static bool is_same(PIX *a, PIX *b)
{
    l_int32 equal = 0;
    bool same = a && b && pixEqual(a, b, &equal) == 0 && equal;
    pixDestroy(&a);
    pixDestroy(&b);
    return same;
}

TEST(ink_as_leptonica_finds_it)
{
    const int widths[] = {61, 64, 203}, halves[] = {8, 25};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++) {
            PIX *p = made_up(widths[i], 90), *theirs = NULL;
            pixSauvolaBinarize(p, halves[k], 0.3f, 1, NULL, NULL, NULL, &theirs);
            CHECK(is_same(sauvola_ink(p, halves[k], 0.3f, 256), theirs));
            pixDestroy(&p);
        }
    PIX *small = made_up(20, 90);
    CHECK(!sauvola_ink(small, 9, 0.3f, 256));
    pixDestroy(&small);
}

TEST(turned_as_leptonica_turns)
{
    const double angles[] = {0.0005, 0.0012, -0.02, 0.13};
    for (int i = 0; i < 4; i++) {
        PIX *p = made_up(203, 90), *bits = pixThresholdToBinary(p, 128),
            *grey = pixConvert1To8(NULL, bits, 255, 0);
        PIX *wide = pixAddBorder(p, 7, 255), *wide_grey = pixAddBorder(grey, 7, 255);
        CHECK(is_same(turn_grey(p, angles[i], 7), pixRotateAMGray(wide, (l_float32)angles[i], 255)));
        CHECK(is_same(turn_grey(bits, angles[i], 7), pixRotateAMGray(wide_grey, (l_float32)angles[i], 255)));
        pixDestroy(&p);
        pixDestroy(&bits);
        pixDestroy(&grey);
        pixDestroy(&wide);
        pixDestroy(&wide_grey);
    }
}

int main(void)
{
    RUN(red_ink_goes);
    RUN(a_pens_blue_goes);
    RUN(ink_as_leptonica_finds_it);
    RUN(turned_as_leptonica_turns);
    return TEST_DONE();
}
