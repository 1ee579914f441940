/* Bands drawn here in grey, in colour and in black: white print on them becomes black on white; what looks like one stays. */
#include "clean/private.h"
#include "tests/test.h"

enum { DPI = 200, WIDE = 1000, HIGH = 700, X = 150, Y = 200, BAND_WIDE = 700, BAND_HIGH = 60, LETTERS = 12 };

typedef struct Colour {
    int red, green, blue;
} Colour;

static const Colour PAPER = {240, 240, 236}, WHITE = {250, 250, 250}, BLACK = {10, 10, 10};

static void fill(PIX *pix, int x, int y, int w, int h, Colour c)
{
    l_uint32 value = 0;
    composeRGBPixel(c.red, c.green, c.blue, &value);
    int grey = (c.red + c.green + c.blue) / 3, depth = pixGetDepth(pix);
    if (depth == 8) value = (l_uint32)grey;
    if (depth == 1) value = grey < 128;
    for (int i = 0; i < w; i++)
        for (int k = 0; k < h; k++) pixSetPixel(pix, x + i, y + k, value);
}

/* An H, 16 x 24, strokes of 4. */
static void write_letter(PIX *pix, int x, int y, Colour c)
{
    fill(pix, x, y, 4, 24, c);
    fill(pix, x + 12, y, 4, 24, c);
    fill(pix, x, y + 10, 16, 4, c);
}

static int letter_x(int i)
{
    return X + 40 + i * 50;
}

/* A band with white letters; letters on paper below. */
static PIX *drawn(int depth, Colour band)
{
    PIX *pix = pixCreate(WIDE, HIGH, depth);
    fill(pix, 0, 0, WIDE, HIGH, PAPER);
    fill(pix, X, Y, BAND_WIDE, BAND_HIGH, band);
    for (int i = 0; i < LETTERS; i++) {
        write_letter(pix, letter_x(i), Y + 18, WHITE);
        write_letter(pix, letter_x(i), Y + BAND_HIGH + 30, BLACK);
    }
    return pix;
}

/* Whether what dark_turned() made is black there. */
static bool ink_at(PIX *pix, int x, int y)
{
    l_uint32 value = 0;
    l_int32 red = 0, green = 0, blue = 0;
    pixGetPixel(pix, x, y, &value);
    if (pixGetDepth(pix) == 1) return value;
    if (pixGetDepth(pix) == 8) return value < 128;
    extractRGBValues(value, &red, &green, &blue);
    return red + green + blue < 3 * 128;
}

static void check_band(int depth, Colour band)
{
    PIX *scan = drawn(depth, band), *light = dark_turned(scan, DPI);
    for (int i = 0; i < LETTERS; i++) {
        int x = letter_x(i);
        CHECK(ink_at(light, x + 2, Y + 22) && ink_at(light, x + 8, Y + 30));
        CHECK(!ink_at(light, x + 8, Y + 22) && !ink_at(light, x + 30, Y + 30));
        CHECK(ink_at(light, x + 2, Y + BAND_HIGH + 34));
    }
    CHECK(!ink_at(light, X + 20, Y + 10));
    CHECK(ink_at(light, X + 20, Y) && ink_at(light, X + 20, Y + BAND_HIGH - 1)); /* its frame */
    CHECK(ink_at(light, X, Y + 30) && ink_at(light, X + BAND_WIDE - 1, Y + 30));
    pixDestroy(&scan);
    pixDestroy(&light);
}

TEST(white_print_becomes_black)
{
    check_band(8, (Colour){51, 51, 51});
    check_band(8, (Colour){110, 110, 110});
    check_band(32, (Colour){31, 78, 121});
    check_band(32, (Colour){160, 30, 30});
    check_band(1, BLACK);
}

/* Rules between the columns of the head, lighter than it or darker. */
static void check_rules(Colour rule)
{
    PIX *scan = drawn(8, (Colour){70, 70, 70});
    fill(scan, X + 75, Y, 3, BAND_HIGH, rule);
    PIX *light = dark_turned(scan, DPI);
    CHECK(ink_at(light, X + 76, Y + 10) && ink_at(light, X + 76, Y + 50));
    pixDestroy(&scan);
    pixDestroy(&light);
}

TEST(rules_in_a_band_stay_rules)
{
    check_rules(WHITE);
    check_rules((Colour){0, 0, 0});
}

/* The shadow of the paper's edge, a filled shape, bold lines and a thick rule. */
TEST(what_is_no_band_stays)
{
    PIX *scan = pixCreate(WIDE, HIGH, 8);
    fill(scan, 0, 0, WIDE, HIGH, PAPER);
    fill(scan, 0, 0, WIDE, 40, BLACK);
    fill(scan, 300, 400, 200, 120, BLACK);
    fill(scan, X, 300, BAND_WIDE, 5, BLACK);
    for (int i = 0; i < LETTERS; i++) {
        write_letter(scan, X + i * 22, 200, BLACK);
        write_letter(scan, X + i * 22, 230, BLACK);
        write_letter(scan, 400 + i * 22, 10, WHITE);
    }
    PIX *same = dark_turned(scan, DPI);
    l_int32 equal = 0;
    pixEqual(scan, same, &equal);
    CHECK(equal);
    pixDestroy(&scan);
    pixDestroy(&same);
}

int main(void)
{
    RUN(white_print_becomes_black);
    RUN(rules_in_a_band_stay_rules);
    RUN(what_is_no_band_stays);
    return TEST_DONE();
}
