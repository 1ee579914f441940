/* Every file that is read here is made here, but for the two encrypted ones in pages/bad. */
#include "load/load.h"
#include "tests/test.h"

#include "base/charset.h"
#include "base/file.h"

#include <fcntl.h>
#include <leptonica/allheaders.h>
#include <sys/stat.h>
#include <tiffio.h>
#include <unistd.h>

static char folder[] = "/tmp/dau-test-load-XXXXXX";

/* ---- making files ---- */

static const char *path_of(const char *name)
{
    static char path[4][200];
    static int next;
    next = (next + 1) % 4;
    snprintf(path[next], sizeof path[next], "%s/%s", folder, name);
    return path[next];
}

static const char *put(const char *name, const void *data, size_t n)
{
    Err err = {0};
    CHECK(file_write(path_of(name), data, n, &err));
    return path_of(name);
}

/* What is drawn on our pages: no turn or mirroring leaves it as it is, and no two rows are alike. */
static int has_ink(int x, int y)
{
    return (x * 7 + y * y / 3 + x * y / 50) % 11 < 4 && (x > 20 || y > 30);
}

static PIX *drawn_pix(int w, int h)
{
    PIX *pix = pixCreate(w, h, 1);
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++)
            if (has_ink(x, y)) pixSetPixel(pix, x, y, 1);
    return pix;
}

/* A picture of w x h as a PDF object, 1 bit a pixel, not compressed. */
static void add_picture(Buf *b, int w, int h)
{
    int row = (w + 7) / 8;
    buf_addf(b, "<</Type/XObject/Subtype/Image/Width %d/Height %d", w, h);
    buf_addf(b, "/ColorSpace/DeviceGray/BitsPerComponent 1/Length %d>>\nstream\n", row * h);
    for (int y = 0; y < h; y++)
        for (int i = 0; i < row; i++) {
            unsigned byte = 0;
            for (int bit = 0; bit < 8; bit++)
                byte = byte << 1 | !(8 * i + bit < w && has_ink(8 * i + bit, y));
            buf_addc(b, (char)byte);
        }
    buf_add(b, "\nendstream");
}

/* A PDF of one page: `attributes` of the page, what is drawn, and object 5, the picture /I. */
static const char *put_pdf(const char *name, const char *attributes, const char *drawn, const Buf *picture)
{
    Buf b = {0};
    size_t at[6];
    buf_add(&b, "%PDF-1.4\n");
    for (int i = 1; i <= 5; i++) {
        at[i] = b.len;
        buf_addf(&b, "%d 0 obj\n", i);
        if (i == 1) buf_add(&b, "<</Type/Catalog/Pages 2 0 R>>");
        if (i == 2) buf_add(&b, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
        if (i == 3)
            buf_addf(&b,
                     "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>"
                     "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>%s>>",
                     attributes);
        if (i == 4) buf_addf(&b, "<</Length %zu>>\nstream\n%s\nendstream", strlen(drawn), drawn);
        if (i == 5) picture ? buf_addn(&b, picture->s, picture->len) : buf_add(&b, "null");
        buf_add(&b, "\nendobj\n");
    }
    size_t xref = b.len;
    buf_add(&b, "xref\n0 6\n0000000000 65535 f \n");
    for (int i = 1; i <= 5; i++) buf_addf(&b, "%010zu 00000 n \n", at[i]);
    buf_addf(&b, "trailer\n<</Size 6/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", xref);
    const char *path = put(name, b.s, b.len);
    buf_release(&b);
    return path;
}

/* ---- reading them ---- */

typedef struct Got {
    Page page;
    Raster raster;
    Err err;
    int pages;
} Got;

static Got got_page(const char *path, int n, const LoadOptions *limits)
{
    Got g = {0};
    page_init(&g.page, n);
    Load *doc = load_open(path, limits, &g.err);
    if (doc) g.pages = load_pages(doc);
    if (doc && load_page(doc, n, &g.page, &g.raster, &g.err)) page_check(&g.page, &g.err);
    load_close(doc);
    return g;
}

static void release(Got *g)
{
    load_raster_release(&g->raster);
    page_release(&g->page);
}

static void check_refused(const char *path, int code, const char *words)
{
    Got g = got_page(path, 1, NULL);
    CHECK_INT(g.err.code, code);
    if (!CHECK(strstr(g.err.text, words))) printf("    got:  %s\n    want: %s\n", g.err.text, words);
    CHECK(!g.raster.scan && !g.page.words.n);
    release(&g);
}

static void check_size(const Got *g, int width, int height, int dpi)
{
    CHECK_STR(g->err.text, "");
    CHECK_INT(g->page.width, width);
    CHECK_INT(g->page.height, height);
    CHECK_INT(g->page.dpi, dpi);
}

/* Pixels of ours that are not what was drawn, after a clockwise turn by `degrees`. */
static int wrong_pixels(PIX *scan, int w, int h, int degrees)
{
    int wrong = 0;
    if (!scan || pixGetDepth(scan) != 1) return -1;
    for (int y = 0; y < h; y++)
        for (int x = 0; x < w; x++) {
            int px = degrees == 90 ? h - 1 - y : degrees == 180 ? w - 1 - x : degrees == 270 ? y : x;
            int py = degrees == 90 ? x : degrees == 180 ? h - 1 - y : degrees == 270 ? w - 1 - x : y;
            l_uint32 v = 2;
            pixGetPixel(scan, px, py, &v);
            wrong += (int)v != has_ink(x, y);
        }
    return wrong;
}

/* ---- PDF ---- */

enum { W = 413, H = 585 }; /* A4 at 50 dpi, but for the checks below it may stand for any */

static void check_scan(const char *attributes, const char *drawn, int degrees, int width, int height)
{
    Buf picture = {0};
    add_picture(&picture, W, H);
    Got g = got_page(put_pdf("scan.pdf", attributes, drawn, &picture), 1, NULL);
    check_size(&g, width, height, 100);
    CHECK_INT(strncmp(g.page.via, "image", 5), 0);
    CHECK_STR(g.page.via + 5,
              strstr(drawn, "Tj") ? "; text layer not used: 1 of its 1 words are known, 0 with marks" : "");
    if (width * height == W * H) CHECK_INT(wrong_pixels(g.raster.scan, W, H, degrees), 0);
    release(&g);
    buf_release(&picture);
}

TEST(a_scan_comes_back_pixel_for_pixel)
{
    /* 413 x 585 pixels at 100 dpi are 297.36 x 421.2 points */
    check_scan("/MediaBox[0 0 297.36 421.2]", "q 297.36 0 0 421.2 0 0 cm /I Do Q", 0, W, H);
    check_scan("/MediaBox[0 0 297 421]", "q 297 0 0 421 0 0 cm /I Do Q", 0, W, H);
    check_scan("/MediaBox[0 0 297.36 421.2]/Rotate 90", "q 297.36 0 0 421.2 0 0 cm /I Do Q", 90, H, W);
    check_scan("/MediaBox[0 0 297.36 421.2]/Rotate 180", "q 297.36 0 0 421.2 0 0 cm /I Do Q", 180, W, H);
    check_scan("/MediaBox[0 0 297.36 421.2]/Rotate 270", "q 297.36 0 0 421.2 0 0 cm /I Do Q", 270, H, W);
    check_scan("/MediaBox[0 0 421.2 297.36]", "q 0 297.36 -421.2 0 421.2 0 cm /I Do Q", 270, H, W);
    check_scan("/MediaBox[100 200 397.36 621.2]", "q 297.36 0 0 421.2 100 200 cm /I Do Q", 0, W, H);
    /* the sheet is a little smaller than the picture */
    check_scan("/MediaBox[0 0 297 420.8]", "q 297.36 0 0 421.2 0 0 cm /I Do Q", 0, W, H - 1);
    /* text that an OCR program laid under it unseen */
    check_scan("/MediaBox[0 0 297.36 421.2]", "q 297.36 0 0 421.2 0 0 cm /I Do Q BT 3 Tr /F 9 Tf (x) Tj ET",
               0, W, H);
}

/* Some scanners cut a page into strips. */
TEST(strips)
{
    Buf picture = {0};
    add_picture(&picture, W, H);
    const char *drawn = "q 297.36 0 0 421.2 0 421.2 cm /I Do Q q 297.36 0 0 421.2 0 0 cm /I Do Q";
    Got g = got_page(put_pdf("strips.pdf", "/MediaBox[0 0 297.36 842.4]", drawn, &picture), 1, NULL);
    check_size(&g, W, 2 * H, 100);
    CHECK_STR(g.page.via, "image: of several pictures");
    CHECK_INT(wrong_pixels(g.raster.scan, W, H, 0), 0);
    release(&g);
    buf_release(&picture);
}

static void check_via(const Got *g, const char *begins)
{
    if (!CHECK(strncmp(g->page.via, begins, strlen(begins)) == 0)) printf("    got: %s\n", g->page.via);
}

TEST(a_typed_page_is_rendered)
{
    Buf drawn = {0}, picture = {0};
    add_picture(&picture, W, H);
    buf_add(&drawn, "BT /F 12 Tf 20 400 Td ");
    for (int i = 0; i < 60; i++) buf_add(&drawn, "(Hoa Mai) Tj 0 -6 Td ");
    buf_add(&drawn, "ET");
    Got g = got_page(put_pdf("typed.pdf", "/MediaBox[0 0 300 420]", drawn.s, NULL), 1, NULL);
    check_size(&g, 1250, 1750, 300);
    check_via(&g, "render: no picture on the page; text layer not used: ");
    release(&g);
    buf_add(&drawn, " q 30 0 0 40 10 10 cm /I Do Q");
    g = got_page(put_pdf("typed.pdf", "/MediaBox[0 0 300 420]", drawn.s, &picture), 1, NULL);
    check_via(&g, "render: pictures cover less than half of the page; text layer not used: ");
    release(&g);
    buf_add(&drawn, " q 300 0 0 420 0 0 cm /I Do Q"); /* 99 dpi, under typed text */
    g = got_page(put_pdf("typed.pdf", "/MediaBox[0 0 300 420]", drawn.s, &picture), 1,
                 &(LoadOptions){.render_dpi = 200});
    check_size(&g, 834, 1167, 200);
    check_via(&g, "render: the picture is a background; text layer not used: ");
    release(&g);
    buf_release(&drawn);
    buf_release(&picture);
}

TEST(sheets_and_pictures_that_are_too_large)
{
    Buf bomb = {0}, picture = {0};
    add_picture(&picture, W, H);
    buf_add(&bomb, "<</Type/XObject/Subtype/Image/Height 100000\n/Width  100000/ColorSpace/DeviceGray"
                   "/BitsPerComponent 1/Length 4>>\nstream\nabcd\nendstream");
    check_refused(put_pdf("huge.pdf", "/MediaBox[0 0 200000 200000]", "0 0 99 99 re f", NULL), DAU_LIMIT,
                  "200000 x 200000 points");
    Got g = got_page(put_pdf("bomb.pdf", "/MediaBox[0 0 600 800]", "q 600 0 0 800 0 0 cm /I Do Q", &bomb), 1,
                     NULL);
    if (g.err.code) /* newer Popplers do not give the picture */
        CHECK(g.err.code == DAU_LIMIT && strstr(g.err.text, "100000 x 100000 pixels"));
    else
        check_via(&g, "render: no picture on the page");
    release(&g);
    /* A0 fits, coarser */
    g = got_page(put_pdf("a0.pdf", "/MediaBox[0 0 2384 3370]", "0 0 99 99 re f", NULL), 1,
                 &(LoadOptions){.most_megapixels = 40});
    check_size(&g, 5298, 7489, 160);
    release(&g);
    /* a scan finer than any OCR needs: 413 pixels on half an inch */
    g = got_page(put_pdf("fine.pdf", "/MediaBox[0 0 36 51]", "q 36 0 0 51 0 0 cm /I Do Q", &picture), 1,
                 NULL);
    check_size(&g, 138, 195, 275);
    CHECK_STR(g.page.via, "image: a scan of 826 dpi, one pixel for 3 x 3");
    release(&g);
    buf_release(&bomb);
    buf_release(&picture);
}

TEST(broken_pdf)
{
    Buf whole = {0}, junk = {0};
    Err err = {0};
    add_picture(&junk, W, H);
    put_pdf("whole.pdf", "/MediaBox[0 0 300 420]", "q 300 0 0 420 0 0 cm /I Do Q", &junk);
    CHECK(file_read(path_of("whole.pdf"), 0, &whole, &err));
    check_refused(put("cut.pdf", whole.s, whole.len / 2), DAU_BAD_INPUT, "broken or cut short");
    check_refused(put("head.pdf", whole.s, 9), DAU_BAD_INPUT, "broken or cut short");
    buf_clear(&junk);
    buf_add(&junk,
            "<</Type/XObject/Subtype/Image/Width 900/Height 900/ColorSpace/DeviceGray/BitsPerComponent 8"
            "/Filter/DCTDecode/Length 4>>\nstream\nabcd\nendstream");
    check_refused(put_pdf("junk.pdf", "/MediaBox[0 0 300 300]", "q 300 0 0 300 0 0 cm /I Do Q", &junk),
                  DAU_BAD_INPUT, "cannot be decoded");
    static const char none[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
                               "2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    static const char ring[] =
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Kids[2 0 R]/Count 1>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF";
    check_refused(put("none.pdf", none, sizeof none - 1), DAU_BAD_INPUT, "without pages");
    check_refused(put("ring.pdf", ring, sizeof ring - 1), DAU_BAD_INPUT, "'");
    check_refused("tests/pages/bad/password.pdf", DAU_ENCRYPTED, "asks for a password");
    const char *const wrong[] = {"guess", NULL}, *const right[] = {"guess", "secret", NULL};
    Got g = got_page("tests/pages/bad/password.pdf", 1, &(LoadOptions){.passwords = wrong});
    CHECK_INT(g.err.code, DAU_ENCRYPTED);
    CHECK(strstr(g.err.text, "no line of the password file") != NULL);
    release(&g);
    g = got_page("tests/pages/bad/password.pdf", 1, &(LoadOptions){.passwords = right});
    CHECK_INT(g.err.code, DAU_OK);
    release(&g);
    g = got_page("tests/pages/bad/owner-only.pdf", 1, NULL);
    check_size(&g, 834, 834, 300);
    release(&g);
    buf_release(&whole);
    buf_release(&junk);
}

/* ---- pictures ---- */

TEST(tiff_of_many_pages)
{
    PIX *a = drawn_pix(W, H), *b = drawn_pix(600, 300), *c = drawn_pix(1728, 1145);
    pixSetResolution(a, 100, 100);
    pixSetResolution(c, 204, 98); /* a fax */
    char path[200];
    snprintf(path, sizeof path, "%s", path_of("many.tif"));
    pixWriteTiff(path, a, IFF_TIFF_G4, "w");
    pixWriteTiff(path, b, IFF_TIFF_ZIP, "a");
    pixWriteTiff(path, c, IFF_TIFF_G4, "a");
    Got g = got_page(path, 1, NULL);
    CHECK_INT(g.pages, 3);
    check_size(&g, W, H, 100);
    CHECK_INT(wrong_pixels(g.raster.scan, W, H, 0), 0);
    release(&g);
    g = got_page(path, 2, NULL);
    check_size(&g, 600, 300, 300); /* what Leptonica writes unasked; a piece of a page may be so small */
    CHECK_INT(wrong_pixels(g.raster.scan, 600, 300, 0), 0);
    release(&g);
    g = got_page(path, 3, NULL);
    check_size(&g, 1728, 2383, 204);
    release(&g);
    g = got_page(path, 4, NULL);
    CHECK_INT(g.err.code, DAU_USAGE);
    release(&g);
    pixDestroy(&a);
    pixDestroy(&b);
    pixDestroy(&c);
}

TEST(colour_only_where_there_is_colour)
{
    PIX *ink = drawn_pix(1654, 2339), *grey = pixConvertTo8(ink, 0), *rgb = pixConvertTo32(ink);
    pixSetResolution(rgb, 72, 72);
    pixWrite(path_of("a.jpg"), rgb, IFF_PNG); /* a PNG by another name */
    Got g = got_page(path_of("a.jpg"), 1, NULL);
    check_size(&g, 1654, 2339, 200);
    CHECK(strstr(g.page.via, "72 dpi cannot be"));
    CHECK_INT(wrong_pixels(g.raster.scan, 1654, 2339, 0), 0);
    release(&g);
    pixSetResolution(rgb, 0, 0);
    pixWrite(path_of("b.png"), rgb, IFF_PNG);
    g = got_page(path_of("b.png"), 1, NULL);
    check_size(&g, 1654, 2339, 200);
    CHECK(strstr(g.page.via, "taken as A4"));
    release(&g);
    pixSetRGBPixel(rgb, 1000, 2000, 200, 40, 40);
    pixSetResolution(rgb, 150, 150);
    pixWrite(path_of("b.png"), rgb, IFF_PNG);
    g = got_page(path_of("b.png"), 1, NULL);
    check_size(&g, 1654, 2339, 150);
    CHECK_INT(pixGetDepth(g.raster.scan), 32);
    release(&g);
    pixSetResolution(grey, 200, 200);
    pixWrite(path_of("c.jpg"), grey, IFF_JFIF_JPEG);
    g = got_page(path_of("c.jpg"), 1, NULL);
    check_size(&g, 1654, 2339, 200);
    CHECK_STR(g.page.via, "image");
    CHECK_INT(pixGetDepth(g.raster.scan), 8);
    release(&g);
    pixDestroy(&ink);
    pixDestroy(&grey);
    pixDestroy(&rgb);
}

/* A picture of 400 x 300 in this form, read back; its bytes stay in the file of that name. */
static void check_form(const char *name, int format, const char *kind)
{
    PIX *bits = drawn_pix(400, 300), *grey = pixConvertTo32(bits);
    l_uint8 *data = NULL;
    size_t size = 0;
    CHECK_INT(pixWriteMem(&data, &size, grey, format), 0);
    Err err = {0};
    Load *doc = load_open(put(name, data, size), NULL, &err);
    CHECK(doc && load_knows(path_of(name)));
    if (doc) CHECK_STR(file_kind_name(load_kind(doc)), kind);
    load_close(doc);
    Got g = got_page(path_of(name), 1, NULL);
    CHECK(g.err.code == DAU_OK && g.page.width == 400 && g.page.height == 300);
    release(&g);
    g = got_page(path_of(name), 1, &(LoadOptions){.most_megapixels = 0.1});
    CHECK_INT(g.err.code, DAU_LIMIT);
    release(&g);
    check_refused(put("cut.bin", data, size / 3), DAU_BAD_INPUT, "broken");
    check_refused(put("cut.bin", data, 14), DAU_BAD_INPUT, "broken");
    lept_free(data);
    pixDestroy(&grey);
    pixDestroy(&bits);
}

/* Two pixels, black and white. */
TEST(gif)
{
    static const char gif[] = "GIF89a\2\0\1\0\x80\0\0\0\0\0\xFF\xFF\xFF,\0\0\0\0\2\0\1\0\0\2\2\x44\x0A\0;";
    Got g = got_page(put("plan.txt", gif, sizeof gif - 1), 1, NULL);
    CHECK(g.err.code == DAU_OK && g.page.width == 2 && g.page.height == 1);
    release(&g);
}

TEST(jpeg_2000_and_webp)
{
    check_form("plan.jp2", IFF_JP2, "jpeg2000");
    check_form("plan.webp", IFF_WEBP, "webp");
}

/* A page of our drawing, w x h at 200 dpi, in tiles of 64 x 64 or strips of 64 rows; grey, not compressed. */
static void add_tiff_page(TIFF *tif, int w, int h, bool tiled)
{
    enum { SIDE = 64 };
    static unsigned char part[2048 * SIDE];
    TIFFSetField(tif, TIFFTAG_IMAGEWIDTH, w);
    TIFFSetField(tif, TIFFTAG_IMAGELENGTH, h);
    TIFFSetField(tif, TIFFTAG_BITSPERSAMPLE, 8);
    TIFFSetField(tif, TIFFTAG_SAMPLESPERPIXEL, 1);
    TIFFSetField(tif, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK);
    TIFFSetField(tif, TIFFTAG_XRESOLUTION, 200.0);
    TIFFSetField(tif, TIFFTAG_YRESOLUTION, 200.0);
    if (tiled) TIFFSetField(tif, TIFFTAG_TILEWIDTH, SIDE);
    TIFFSetField(tif, tiled ? TIFFTAG_TILELENGTH : TIFFTAG_ROWSPERSTRIP, SIDE);
    int across = tiled ? SIDE : w;
    uint32_t n = 0;
    for (int y0 = 0; y0 < h; y0 += SIDE)
        for (int x0 = 0; x0 < w; x0 += across, n++) {
            for (int i = 0; i < across * SIDE; i++)
                part[i] = has_ink(x0 + i % across, y0 + i / across) ? 0 : 255;
            int rows = tiled || h - y0 > SIDE ? SIDE : h - y0;
            if (tiled)
                TIFFWriteEncodedTile(tif, n, part, across * rows);
            else
                TIFFWriteEncodedStrip(tif, n, part, across * rows);
        }
    TIFFWriteDirectory(tif);
}

/* Pages in tiles, in strips, and in tiles again; in the byte order and the form of `mode`. */
static void check_tiff(const char *mode)
{
    TIFF *tif = TIFFOpen(path_of("tiles.tif"), mode);
    if (!CHECK(tif != NULL)) return;
    for (int i = 0; i < 3; i++) add_tiff_page(tif, W + i, H + i, i != 1);
    TIFFClose(tif);
    for (int i = 0; i < 3; i++) {
        Got g = got_page(path_of("tiles.tif"), i + 1, NULL);
        CHECK_INT(g.pages, 3);
        check_size(&g, W + i, H + i, 200);
        CHECK_STR(g.page.via, "image");
        PIX *bits = g.raster.scan ? pixConvertTo1(g.raster.scan, 128) : NULL;
        CHECK_INT(wrong_pixels(bits, W + i, H + i, 0), 0);
        pixDestroy(&bits);
        release(&g);
    }
}

TEST(tiff_in_tiles_and_strips)
{
    check_tiff("wl");
    check_tiff("wb");
    check_tiff("w8");
    Got g = got_page(path_of("tiles.tif"), 1, &(LoadOptions){.most_megapixels = 0.2});
    CHECK_INT(g.err.code, DAU_LIMIT);
    release(&g);
}

/* Of three pages the directory of the second, or the chain after it, is broken; the others are read. */
TEST(a_broken_page_of_a_tiff)
{
    Buf b = {0};
    Err err = {0};
    TIFF *tif = TIFFOpen(path_of("pages.tif"), "wl");
    if (!CHECK(tif != NULL)) return;
    for (int i = 0; i < 3; i++) add_tiff_page(tif, W, H, i != 1);
    TIFFClose(tif);
    tif = TIFFOpen(path_of("pages.tif"), "r");
    TIFFSetDirectory(tif, 1);
    size_t at = (size_t)TIFFCurrentDirOffset(tif);
    TIFFClose(tif);
    CHECK(file_read(path_of("pages.tif"), 0, &b, &err));
    size_t entries = (unsigned char)b.s[at];
    for (size_t e = at + 2; e < at + 2 + 12 * entries; e += 12) /* StripOffsets becomes a tag of nobody */
        if ((unsigned char)b.s[e] == 0x11 && b.s[e + 1] == 1) b.s[e + 1] = 0x70;
    put("pages.tif", b.s, b.len);
    for (int i = 1; i <= 3; i++) {
        Got g = got_page(path_of("pages.tif"), i, NULL);
        CHECK_INT(g.pages, 3);
        CHECK_INT(g.err.code, i == 2 ? DAU_BAD_INPUT : DAU_OK);
        if (i == 2) CHECK(strstr(g.err.text, "page 2 of '") && strstr(g.err.text, "cannot be decoded"));
        release(&g);
    }
    memset(b.s + at + 2 + 12 * entries, 0x7F, 4); /* the next page stands outside the file */
    put("pages.tif", b.s, b.len);
    Got g = got_page(path_of("pages.tif"), 1, NULL);
    CHECK_INT(g.pages, 3);
    check_size(&g, W, H, 200);
    release(&g);
    g = got_page(path_of("pages.tif"), 3, NULL);
    CHECK_INT(g.err.code, DAU_BAD_INPUT);
    CHECK(strstr(g.err.text, "page 3 of '") && strstr(g.err.text, "is not in the file"));
    release(&g);
    buf_release(&b);
}

/* A BMP of the test's own, 24 bits a pixel, top = -1: the rows stand from the top. */
static void put_bmp(const char *name, int w, int h, int top)
{
    Buf b = {0};
    uint32_t row = ((uint32_t)w * 3 + 3) / 4 * 4;
    const uint32_t head[] = {54 + row * (uint32_t)h,
                             0,
                             54,
                             40,
                             (uint32_t)w,
                             (uint32_t)(top * h),
                             1 | 24 << 16,
                             0,
                             row * (uint32_t)h,
                             7874,
                             7874,
                             0,
                             0}; /* 7874 pixels a metre are 200 dpi */
    buf_add(&b, "BM");
    buf_addn(&b, head, sizeof head);
    for (int y = 0; y < h; y++)
        for (uint32_t i = 0; i < row; i++)
            buf_addc(&b, (char)(has_ink((int)i / 3, top < 0 ? y : h - 1 - y) ? 0 : 255));
    put(name, b.s, b.len);
    buf_release(&b);
}

TEST(bmp)
{
    check_form("plan.bmp", IFF_BMP, "bmp");
    for (int top = -1; top <= 1; top += 2) {
        put_bmp("drawn.png", W, H, top); /* its bytes tell, not its name */
        Got g = got_page(path_of("drawn.png"), 1, NULL);
        check_size(&g, W, H, 200);
        CHECK_INT(wrong_pixels(g.raster.scan, W, H, 0), 0);
        release(&g);
    }
    Buf b = {0};
    Err err = {0};
    CHECK(file_read(path_of("drawn.png"), 0, &b, &err));
    CHECK(load_knows(put("bmp.without-ending", b.s, b.len)));
    b.s[30] = 1;
    check_refused(put("packed.bmp", b.s, b.len), DAU_BAD_INPUT, "compressed");
    static const char text[] = "BMI của học sinh lớp 5\n";
    Got g = got_page(put("bmi.txt", text, sizeof text - 1), 1, NULL);
    CHECK_INT(g.err.code, DAU_OK);
    release(&g);
    check_refused(put("plan.bmp", text, sizeof text - 1), DAU_BAD_INPUT, "holds text");
    buf_release(&b);
}

/* What is recognised and not read says what it is and what to do, with the right code. */
TEST(kinds_that_are_not_read)
{
    static const struct {
        const char *bytes;
        size_t n;
        const char *said;
    } odd[] = {
        {"{\\rtf1\\ansi Hoa Mai}", 20, "it is an RTF document; save it as DOCX or PDF first"},
        {"%!PS-Adobe-3.0\n", 15, "it is PostScript; turn it into PDF first"},
        {"AT&TFORM\0\0\1\0\0\0", 14, "it is a DjVu document; save it as PDF first"},
        {"\37\213\10\0\0\0\0\0", 8, "it is a gzip file; unpack it first"},
        {"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0", 12, "it is an Office file, but not a Word document"},
        {"\177ELF\2\1\1\0\0\0\0\0", 12,
         "convert it to one of: odt, ods, xlsx, docx, doc, tiff, png, jpeg, jpeg2000, webp, bmp, pdf, gif, "
         "html, csv, text"},
    };
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        check_refused(put("odd.bin", odd[i].bytes, odd[i].n), DAU_BAD_INPUT, odd[i].said);
        CHECK(!load_knows(path_of("odd.bin")));
    }
    CHECK_STR(file_kind_name(-1), "unknown");
    CHECK_STR(file_kind_name(1000), "unknown");
    Got g = got_page(put("gif8.txt", "GIF89a là một dạng ảnh\n", 28), 1, NULL);
    CHECK_INT(g.err.code, DAU_OK); /* letters with which a text may begin */
    release(&g);
}

TEST(broken_pictures)
{
    static const char *const whole[] = {"many.tif", "a.jpg", "c.jpg"};
    for (size_t i = 0; i < 3; i++) {
        Buf b = {0};
        Err err = {0};
        CHECK(file_read(path_of(whole[i]), 0, &b, &err));
        check_refused(put("cut.png", b.s, 12), DAU_BAD_INPUT, "broken");
        buf_release(&b);
    }
    static const char png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\x86\xa0\0\1\x86\xa0\1\0\0\0\0"
                              "\0\0\0\0\0\0\0\0\0\0\0";
    static const char tiff[] =
        "II*\0\x08\0\0\0\x02\0\0\1\4\0\1\0\0\0\xa0\x86\1\0\1\1\4\0\1\0\0\0\xa0\x86\1\0\0\0\0";
    static const char ring[] =
        "II*\0\x08\0\0\0\x02\0\0\1\4\0\1\0\0\0\x50\0\0\0\1\1\4\0\1\0\0\0\x50\0\0\0\x08\0\0";
    check_refused(put("huge.png", png, sizeof png - 1), DAU_LIMIT, "100000 x 100000 pixels");
    check_refused(put("huge.tif", tiff, sizeof tiff), DAU_LIMIT, "100000 x 100000 pixels");
    check_refused(put("ring.tif", ring, sizeof ring), DAU_BAD_INPUT, "ring");
    static const char tiles[] = "II*\0\x08\0\0\0\x03\0\0\1\3\0\1\0\0\0\x50\0\0\0\1\1\3\0\1\0\0\0\x50\0\0\0"
                                "\x42\1\3\0\1\0\0\0\x40\0\0\0\0\0\0";
    check_refused(put("tiles.tif", tiles, sizeof tiles), DAU_BAD_INPUT, "cannot be decoded");
}

/* ---- text ---- */

TEST(text_is_pages_of_lines)
{
    static const char text[] = "\xEF\xBB\xBFSố  1\tMâ\xCC\x80m non\r\n\n  Hoa Mai\nSao\n\f trang 2";
    const char *path = put("a.txt", text, sizeof text - 1);
    Got g = got_page(path, 1, NULL);
    CHECK_STR(g.err.text, "");
    CHECK_INT(g.pages, 2);
    CHECK_STR(g.page.via, "text");
    CHECK_INT(g.page.unit, UNIT_CHARACTER);
    CHECK_INT(g.page.lines.n, 3);
    CHECK_INT(g.page.blocks.n, 2);
    CHECK_INT(g.page.blocks.v[1].lines, 2);
    CHECK_STR(g.page.words.v[2].raw, "Mầm"); /* NFC */
    Rect r = g.page.words.v[2].at, hoa = g.page.words.v[4].box;
    CHECK(r.x == 8 && r.y == 0 && r.w == 3 && r.h == 1); /* behind the tab, at its stop */
    CHECK(hoa.x == 2 && hoa.y == 2 && hoa.w == 3);
    CHECK(g.page.width == 15 && g.page.height == 4);
    release(&g);
    g = got_page(path, 2, NULL);
    CHECK_INT(g.page.words.n, 2);
    release(&g);
    g = got_page(put("mac.txt", "Hoa Mai\rSao\r", 12), 1, NULL);
    CHECK_INT(g.page.lines.n, 2);
    release(&g);
    g = got_page(put("blank.txt", " \n\n \t", 5), 1, NULL);
    CHECK_STR(g.err.text, "");
    CHECK(g.pages == 1 && g.page.words.n == 0);
    release(&g);
}

TEST(what_is_no_text)
{
    check_refused(put("nul.txt", "abc\ndef\0gh\n", 11), DAU_BAD_INPUT, "NUL at byte 7 (line 2)");
    check_refused(put("junk.txt", "a \xE9\xC3\xA1\xD0 b\n\xFF\xFF\xFE\xB0 \xB1\xD7 \xA4\xA2\xA3 x", 22),
                  DAU_BAD_INPUT, "not in UTF-8 (line 1, byte 2");
    check_refused(put("empty.txt", "", 0), DAU_BAD_INPUT, "is empty");
    check_refused(put("empty.pdf", "", 0), DAU_BAD_INPUT, "is empty");
    check_refused(put("plan.pdf", "Hoa Mai\n", 8), DAU_BAD_INPUT, "holds text");
    check_refused(put("plan.TIF", "Hoa Mai\n", 8), DAU_BAD_INPUT, "holds text");
    check_refused(put("plan.docx", "PK\3\4\0\0\0\0", 8), DAU_BAD_INPUT, "a zip file with no document");
    check_refused(put("a.bin", "\0\1\2\3\4\5\6\7", 8), DAU_BAD_INPUT, "no kind that dau reads");
}

static void check_charset(Charset charset, const char *text, const char *via)
{
    Buf bytes = {0};
    Arena a = {0};
    charset_encode(charset, text, strlen(text), &bytes);
    Got g = got_page(put("charset.txt", buf_str(&bytes), bytes.len), 1, NULL);
    if (CHECK(g.err.code == DAU_OK) && CHECK_STR(g.page.via, via))
        CHECK_STR(page_text(&g.page, &a, 0, (int)g.page.words.n, TEXT_RAW), text);
    else
        printf("    %s: %s\n", text, g.err.text);
    release(&g);
    buf_release(&bytes);
    arena_release(&a);
}

TEST(text_of_every_charset)
{
    static const char *const texts[] = {"Trường Mầm non Hoa Mai kết nghĩa với Trường Mầm non Phú Lương",
                                        "Đông Anh, huyện Ứng Hòa", "Danh sách 12 trường - lớp 5 tuổi"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        check_charset(CHARSET_UTF8, texts[i], "text");
        check_charset(CHARSET_UTF16LE, texts[i], "text: was in UTF-16 (little-endian)");
        check_charset(CHARSET_UTF16BE, texts[i], "text: was in UTF-16 (big-endian)");
        check_charset(CHARSET_CP1258, texts[i], "text: was in Windows-1258");
        check_charset(CHARSET_TCVN3, texts[i], "text: was in TCVN3 (ABC)");
        check_charset(CHARSET_VNI, texts[i], "text: was in VNI");
        check_charset(CHARSET_VIQR, texts[i], "text: was in VIQR");
    }
    check_charset(CHARSET_UTF8, "Danh sach truong: 12 (a) don't? Co. Hoa.", "text");
    check_charset(CHARSET_UTF8, "12 345 6,7 (8) - 9/10/2008", "text");
    check_charset(CHARSET_UTF8, "The café is naïve", "text");
    check_charset(CHARSET_UTF8, "Trulmg Mém non Hoa két nghïa vdi trudng", "text");
}

TEST(files_that_cannot_be_read)
{
    check_refused(path_of("nowhere.pdf"), DAU_FILE_ACCESS, "cannot open");
    check_refused(folder, DAU_FILE_ACCESS, "folder");
    CHECK_INT(mkfifo(path_of("pipe.pdf"), 0600), 0);
    check_refused(path_of("pipe.pdf"), DAU_FILE_ACCESS, "a pipe or a device");
    CHECK(!load_knows(path_of("pipe.pdf")));
    CHECK(!load_knows(path_of("nowhere.pdf")));
    Got g = got_page(put("long.txt", "0123456789", 10), 1, &(LoadOptions){.most_bytes = 9});
    CHECK_INT(g.err.code, DAU_LIMIT);
    release(&g);
}

TEST(what_a_folder_holds)
{
    CHECK(load_knows(path_of("a.txt")));
    CHECK(load_knows(path_of("empty.pdf"))); /* to be told about, not passed over */
    CHECK(load_knows(put("scan", "%PDF-1.4", 8)));
    CHECK(!load_knows(put("notes.md", "Hoa Mai", 7)));
    CHECK(!load_knows(path_of("a.bin")));
}

TEST(a_piece_as_png)
{
    Buf out = {0};
    Err err = {0};
    Raster r = {.scan = drawn_pix(400, 300)};
    CHECK(load_png(&r, (Rect){30, 40, 50, 20}, 0, &out, &err));
    PIX *got = pixReadMem((l_uint8 *)out.s, out.len);
    CHECK(got && pixGetWidth(got) == 50 && pixGetHeight(got) == 20);
    l_uint32 v = 2;
    if (got) pixGetPixel(got, 7, 9, &v);
    CHECK_INT(v, has_ink(37, 49));
    pixDestroy(&got);
    buf_clear(&out);
    CHECK(load_png(&r, (Rect){0}, 100, &out, &err));
    got = pixReadMem((l_uint8 *)out.s, out.len);
    CHECK(got && pixGetWidth(got) == 100 && pixGetHeight(got) == 75 && pixGetDepth(got) == 8);
    pixDestroy(&got);
    CHECK(!load_png(&r, (Rect){500, 0, 10, 10}, 0, &out, &err));
    CHECK_INT(err.code, DAU_BAD_INPUT);
    load_raster_release(&r);
    CHECK(!r.scan);
    buf_release(&out);
}

static void empty_folder(void)
{
    char command[100];
    snprintf(command, sizeof command, "rm -r %s", folder);
    CHECK_INT(system(command), 0);
}

int main(void)
{
    struct stat said;
    if (!mkdtemp(folder)) return 1;
    int own = dup(STDERR_FILENO), log = open(path_of("stderr"), O_RDWR | O_CREAT, 0600);
    dup2(log, STDERR_FILENO);
    RUN(a_scan_comes_back_pixel_for_pixel);
    RUN(strips);
    RUN(a_typed_page_is_rendered);
    RUN(sheets_and_pictures_that_are_too_large);
    RUN(broken_pdf);
    RUN(tiff_of_many_pages);
    RUN(colour_only_where_there_is_colour);
    RUN(gif);
    RUN(jpeg_2000_and_webp);
    RUN(tiff_in_tiles_and_strips);
    RUN(a_broken_page_of_a_tiff);
    RUN(bmp);
    RUN(kinds_that_are_not_read);
    RUN(broken_pictures);
    RUN(text_is_pages_of_lines);
    RUN(what_is_no_text);
    RUN(text_of_every_charset);
    RUN(files_that_cannot_be_read);
    RUN(what_a_folder_holds);
    RUN(a_piece_as_png);
    dup2(own, STDERR_FILENO);
    if (fstat(log, &said) == 0) CHECK_INT(said.st_size, 0); /* no library spoke */
    empty_folder();
    return TEST_DONE();
}
