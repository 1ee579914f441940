/* clean: red ink goes, and the black under it stays. */
#include "stage/clean.h"
#include "stage/load.h"
#include "test.h"

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
    fill(raster.scan, 480, 98, 40, 12, 25, 35, 130);  /* a pen's blue */
    CHECK(clean_page(&page, &raster, &err));
    CHECK(page.turned == 0);
    CHECK(!has_ink(&raster, 200, 104));
    CHECK(has_ink(&raster, 304, 104));
    CHECK(has_ink(&raster, 304, 109));
    CHECK(has_ink(&raster, 504, 104));
    load_raster_release(&raster);
    page_release(&page);
}

int main(void)
{
    RUN(red_ink_goes);
    return TEST_DONE();
}
