/* Ink that was not read, strokes and figures, on pictures and pages drawn here: letters are boxes of ink. */
#include "ocr/private.h"
#include "tests/test.h"

enum { DPI = 200, LOW = 14, HIGH = 20, TOP = 40 };

typedef struct Sheet {
    Page page;
    PIX *pix; /* grey */
    int x;    /* where the next letter stands */
} Sheet;

static void sheet_init(Sheet *s)
{
    page_init(&s->page, 1);
    s->page.dpi = DPI, s->page.width = s->page.upright_width = 600;
    s->page.height = s->page.upright_height = 100;
    s->pix = pixCreate(600, 100, 8);
    pixSetAll(s->pix);
    s->x = 30;
}

static void sheet_release(Sheet *s)
{
    page_release(&s->page);
    pixDestroy(&s->pix);
}

static void ink(PIX *pix, int x, int y, int w, int h)
{
    for (int i = x; i < x + w; i++)
        for (int k = y; k < y + h; k++) pixSetPixel(pix, i, k, 0);
}

/* A frame, as of an "o" or "D": half of it is white. */
static void letter(Sheet *s, int h)
{
    int y = TOP + HIGH - h;
    ink(s->pix, s->x, y, 10, 2), ink(s->pix, s->x, y + h - 2, 10, 2);
    ink(s->pix, s->x, y, 2, h), ink(s->pix, s->x + 8, y, 2, h);
    s->x += 12;
}

/* A word of a capital and five low letters. */
static Word *word(Sheet *s, const char *raw)
{
    int from = s->x;
    letter(s, HIGH);
    for (int i = 0; i < 5; i++) letter(s, LOW);
    Word *w = page_add_word(&s->page, (Rect){from, TOP, s->x - from - 2, HIGH}, raw, 0.97f);
    s->x += 8;
    return w;
}

static size_t unread(Sheet *s, Unread *found)
{
    PIX *bits = pixThresholdToBinary(s->pix, 170);
    Pieces pieces = {0};
    pieces_find(&pieces, &(Bits){pixGetData(bits), pixGetWidth(bits), pixGetHeight(bits), pixGetWpl(bits)});
    unread_find(&pieces, &s->page, 0, (Rect){0, 0, 600, 100}, found);
    pieces_release(&pieces);
    pixDestroy(&bits);
    return found->n;
}

TEST(a_lost_numeral_is_unread_ink)
{
    Sheet s;
    Unread found = {0};
    sheet_init(&s);
    word(&s, "Mường"), word(&s, "Lầm");
    CHECK_INT(unread(&s, &found), 0);
    ink(s.pix, s.x, TOP, 4, HIGH);
    if (CHECK(unread(&s, &found) == 1)) {
        CHECK_INT(found.v[0].x, s.x);
        CHECK_INT(found.v[0].h, HIGH);
    }
    unread_mark(&s.page, 0, &found);
    CHECK_INT(s.page.words.v[0].marks, 0);
    CHECK_INT(s.page.words.v[1].marks, WORD_INK);
    unread_tell(&s.page, &found);
    CHECK_INT(s.page.blocks.n, 1);
    CHECK_INT(s.page.blocks.v[0].kind, BLOCK_PICTURE);
    vec_release(&found);
    sheet_release(&s);
}

/* A comma, dirt, the rest of a rule at the side, a long rule, a letter that the word's box cuts off. */
TEST(other_ink_is_not)
{
    Sheet s;
    Unread found = {0};
    sheet_init(&s);
    word(&s, "Lầm");
    ink(s.pix, s.x, TOP + HIGH - 3, 3, 6);
    ink(s.pix, 300, 20, 4, 4);
    ink(s.pix, 0, TOP, 3, HIGH), ink(s.pix, 596, TOP, 3, HIGH);
    ink(s.pix, 200, 90, 300, 2);
    s.page.words.v[0].at.w -= 12;
    CHECK_INT(unread(&s, &found), 0);
    vec_release(&found);
    sheet_release(&s);
}

/* Outside cells a row of letters is text that was lost; a lone one is part of a seal. */
TEST(a_lost_line_is_found)
{
    Sheet s;
    Unread found = {0};
    sheet_init(&s);
    word(&s, "Mường");
    s.x = 300;
    letter(&s, HIGH);
    PIX *bits = pixThresholdToBinary(s.pix, 170);
    Pieces pieces = {0};
    pieces_find(&pieces, &(Bits){pixGetData(bits), 600, 100, pixGetWpl(bits)});
    unread_outside(&pieces, &s.page, &found);
    CHECK_INT(found.n, 0);
    for (int i = 0; i < 8; i++) letter(&s, LOW);
    pixDestroy(&bits);
    bits = pixThresholdToBinary(s.pix, 170);
    pieces_find(&pieces, &(Bits){pixGetData(bits), 600, 100, pixGetWpl(bits)});
    unread_outside(&pieces, &s.page, &found);
    CHECK_INT(found.n, 1);
    pieces_release(&pieces);
    pixDestroy(&bits);
    vec_release(&found);
    sheet_release(&s);
}

/* Strokes with the feet of a serif, `bar` with the bar of an H. */
static void draw_strokes(PIX *pix, int x, int n, bool bar)
{
    for (int i = 0; i < n; i++) ink(pix, x + 3 + i * 10, TOP, 4, HIGH);
    ink(pix, x, TOP, 10 * n, 2), ink(pix, x, TOP + HIGH - 2, 10 * n, 2);
    if (bar) ink(pix, x + 3, TOP + HIGH / 2 - 1, 10 * (n - 1), 2);
}

TEST(strokes_are_counted)
{
    for (int n = 1; n <= 4; n++) {
        Sheet s;
        sheet_init(&s);
        draw_strokes(s.pix, 100, n, false);
        CHECK_INT(strokes_count(s.pix, (Rect){100, TOP, 10 * n, HIGH}), n <= 3 ? n : 0);
        draw_strokes(s.pix, 100, n, true);
        CHECK_INT(strokes_count(s.pix, (Rect){100, TOP, 10 * n, HIGH}), n == 1 ? 1 : 0);
        CHECK_INT(strokes_count(s.pix, (Rect){300, TOP, 40, HIGH}), 0);
        sheet_release(&s);
    }
}

/* The name's last word of n strokes, read as `read`. */
static void check_numeral(int n, bool bar, const char *read, const char *want, unsigned marks)
{
    Sheet s;
    sheet_init(&s);
    word(&s, "Trung");
    draw_strokes(s.pix, s.x, n, bar);
    page_add_word(&s.page, (Rect){s.x, TOP, 10 * n, HIGH}, read, 0.99f);
    strokes_read(&s.page, &(Raster){.clear = s.pix}, 0);
    CHECK_STR(s.page.words.v[0].raw, "Trung");
    CHECK_STR(s.page.words.v[1].raw, want);
    CHECK_INT(s.page.words.v[1].marks, marks);
    sheet_release(&s);
}

TEST(numerals_are_read_by_their_strokes)
{
    check_numeral(1, false, "|", "I", 0);
    check_numeral(1, false, "Ï", "I", 0);
    check_numeral(2, false, "H", "II", 0);
    check_numeral(2, false, "JL", "II", 0);
    check_numeral(2, true, "H", "H", 0);
    check_numeral(1, false, "1", "1", 0);
    check_numeral(2, false, "I", "II", WORD_DISPUTED);
    check_numeral(2, false, "II", "II", 0);
    check_numeral(3, false, "II", "III", WORD_DISPUTED);
}

/* The rest of a rule, high or far from the name, is not a numeral. */
TEST(rests_of_rules_are_no_numerals)
{
    Sheet s;
    sheet_init(&s);
    word(&s, "Trung");
    ink(s.pix, 400, TOP, 3, HIGH), ink(s.pix, 120, TOP - 8, 3, HIGH + 12);
    page_add_word(&s.page, (Rect){400, TOP, 3, HIGH}, "|", 0.9f);
    page_add_word(&s.page, (Rect){120, TOP - 8, 3, HIGH + 12}, "|", 0.9f);
    strokes_read(&s.page, &(Raster){.clear = s.pix}, 0);
    CHECK_STR(s.page.words.v[1].raw, "|");
    CHECK_STR(s.page.words.v[2].raw, "|");
    sheet_release(&s);
}

/* A table of one column with these cells. */
static void check_column(const char *const *cells, int n, const char *const *want)
{
    Page p;
    page_init(&p, 1);
    Table t = {.rows = n, .cols = 1, .cells = n};
    for (int i = 0; i < n; i++) {
        page_add_line(&p);
        page_add_word(&p, (Rect){0, i * 20, 10, 10}, cells[i], 0.9f);
        *vec_push(&p.cells) = (Cell){.row = i, .rowspan = 1, .colspan = 1, .first_line = i, .lines = 1};
    }
    column_read_figures(&p, &t);
    for (int i = 0; i < n; i++) CHECK_STR(p.words.v[i].raw, want[i]);
    page_release(&p);
}

TEST(a_column_of_figures_has_figures)
{
    check_column((const char *const[]){"TT", "l", "2", "3", "4.", "5", "6", "1O", "|1", "12"}, 10,
                 (const char *const[]){"TT", "1", "2", "3", "4.", "5", "6", "10", "11", "12"});
    check_column((const char *const[]){"I", "II", "1", "2", "A", "l"}, 6,
                 (const char *const[]){"I", "II", "1", "2", "A", "l"});
}

int main(void)
{
    RUN(a_lost_numeral_is_unread_ink);
    RUN(other_ink_is_not);
    RUN(a_lost_line_is_found);
    RUN(strokes_are_counted);
    RUN(numerals_are_read_by_their_strokes);
    RUN(rests_of_rules_are_no_numerals);
    RUN(a_column_of_figures_has_figures);
    return TEST_DONE();
}
