/* Pages drawn here that lie in all four ways: those with letters enough are set upright, the others stay and say so. */
#include "clean/clean.h"
#include "clean/private.h"
#include "load/load.h"
#include "tests/test.h"

#include <string.h>

enum {
    DPI = 200,
    WIDE = 1200,
    HIGH = 1600,
    LEFT = 120,
    TOP = 120,
    LINE = 60,
    LINES = 24,
    FONT = 8,
    BIG_FONT = 20
};

typedef struct Sheet {
    PIX *ink;
    L_BMF *font;
    unsigned seed;
} Sheet;

static void sheet_init(Sheet *s)
{
    *s = (Sheet){.ink = pixCreate(WIDE, HIGH, 1), .font = bmfCreate(NULL, FONT), .seed = 5};
}

static void sheet_release(Sheet *s)
{
    pixDestroy(&s->ink);
    bmfDestroy(&s->font);
}

static int pick(Sheet *s, int from, int to)
{
    s->seed = s->seed * 1664525u + 1013904223u;
    return from + (int)(s->seed >> 8) % (to - from + 1);
}

static void write_text(Sheet *s, int x, int y, const char *text)
{
    l_int32 width, overflow;
    pixSetTextline(s->ink, s->font, text, 1, x, y, &width, &overflow);
}

static void write_words(Sheet *s, int line, int words)
{
    static const char *const word[] = {"Truong", "Mam",   "non",  "Hoa", "Mai", "huyen", "ket",
                                       "nghia",  "Thanh", "Binh", "xa",  "lop", "hai",   "ky"};
    char text[200] = "";
    for (int i = 0; i < words; i++) {
        if (i) strcat(text, " ");
        strcat(text, word[pick(s, 0, 13)]);
    }
    write_text(s, LEFT, TOP + line * LINE, text);
}

/* What clean makes of the sheet when it was scanned turned clockwise by `degrees`. */
static int turn_of(const Sheet *s, int degrees, bool *unsure)
{
    Page page;
    Err err = {0};
    Raster raster = {.scan = upright_turned(s->ink, degrees)};
    page_init(&page, 1);
    page.width = pixGetWidth(raster.scan), page.height = pixGetHeight(raster.scan), page.dpi = DPI;
    CHECK(clean_page(&page, &raster, &err));
    *unsure = strstr(page.via, CLEAN_UNSURE) != NULL;
    int turned = page.turned;
    load_raster_release(&raster);
    page_release(&page);
    return turned;
}

/* All four ways: set upright, and sure. */
static void check_all_ways(const Sheet *s)
{
    bool unsure;
    for (int degrees = 0; degrees < 360; degrees += 90) {
        CHECK_INT((turn_of(s, degrees, &unsure) + degrees) % 360, 0);
        CHECK(!unsure);
    }
}

/* As it lies it stays. */
static void check_stays(const Sheet *s)
{
    bool unsure;
    CHECK_INT(turn_of(s, 0, &unsure), 0);
}

TEST(a_page_of_text)
{
    Sheet s;
    sheet_init(&s);
    for (int line = 0; line < LINES; line++) write_words(&s, line, 8);
    check_all_ways(&s);
    sheet_release(&s);
}

/* Rows of dots below the words, as forms have them, look like marks of letters that stand on their heads. */
TEST(dots_to_write_on)
{
    Sheet s;
    sheet_init(&s);
    for (int line = 0; line < LINES; line++) {
        write_words(&s, line, 6);
        for (int x = LEFT; x < LEFT + 700; x += 12)
            pixRasterop(s.ink, x, TOP + line * LINE + 9, 3, 3, PIX_SET, NULL, 0, 0);
    }
    check_stays(&s);
    sheet_release(&s);
}

TEST(columns_of_digits)
{
    Sheet s;
    char digit[2] = "0";
    sheet_init(&s);
    for (int row = 0; row < LINES; row++)
        for (int col = 0; col < 12; col++) {
            digit[0] = (char)('0' + pick(&s, 0, 9));
            write_text(&s, LEFT + col * 80, TOP + row * LINE / 2, digit);
        }
    check_stays(&s);
    sheet_release(&s);
}

/* A number on a cover: as wide as the gaps between its digits, and no evidence of anything. */
TEST(a_big_number)
{
    Sheet s;
    bool unsure;
    sheet_init(&s);
    bmfDestroy(&s.font);
    s.font = bmfCreate(NULL, BIG_FONT);
    write_text(&s, 50, 60, "So 2991");
    PIX *big = pixExpandReplicate(s.ink, 3);
    pixDestroy(&s.ink);
    s.ink = big;
    CHECK_INT(turn_of(&s, 0, &unsure), 0);
    CHECK_INT(turn_of(&s, 90, &unsure), 0);
    sheet_release(&s);
}

/* Stamps on the back of a page. */
TEST(a_few_letters_stay_and_say_so)
{
    Sheet s;
    bool unsure;
    sheet_init(&s);
    write_text(&s, LEFT, TOP, "Truong Mam non");
    CHECK_INT(turn_of(&s, 90, &unsure), 0);
    CHECK(unsure);
    sheet_release(&s);
}

int main(void)
{
    RUN(a_page_of_text);
    RUN(dots_to_write_on);
    RUN(columns_of_digits);
    RUN(a_big_number);
    RUN(a_few_letters_stay_and_say_so);
    return TEST_DONE();
}
