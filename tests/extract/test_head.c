/* The head of a scanned document: counts and days that a hand wrote are left open, those that were printed are taken. A
 * list of members holds no signers. */
#include "tests/test.h"

#include "base/utf8.h"
#include "extract/extract.h"

enum { FONT = 28, WIDE = 20 }; /* pixels: the height of printed digits, the width of a letter */

/* One line of words from x on; the word `by_hand` is as high as a pen writes, and read as well as `prob` says. */
static void add_line(Page *page, int x, int y, const char *text, const char *by_hand, float prob)
{
    Block *block = vec_push(&page->blocks);
    *block = (Block){.kind = BLOCK_TEXT, .table = -1, .first_line = (int)page->lines.n, .lines = 1};
    page_add_line(page);
    for (const char *p = text; *p; p += strcspn(p, " "), p += *p == ' ') {
        size_t n = strcspn(p, " ");
        char *word = arena_strn(&page->arena, p, n);
        bool hand = by_hand && strcmp(word, by_hand) == 0;
        int h = hand ? FONT * 4 / 3 : FONT, w = (int)utf8_length(word) * WIDE;
        Word *add = page_add_word(page, (Rect){x, y - h, w, h}, word, 1);
        add->text = add->raw, add->prob = hand ? prob : 0.98f, add->origin = ORIGIN_OCR;
        x += w + WIDE / 2;
    }
}

static void read_letter(Page *page, const char *number, const char *date, const char *by_hand, float prob)
{
    page_init(page, 1);
    page->unit = UNIT_PIXEL, page->stage = STAGE_RESTORE, page->via = "image";
    page->width = page->upright_width = 2400, page->height = page->upright_height = 3400;
    add_line(page, 300, 200, "UBND QUẬN HOA LƯ", NULL, 1);
    add_line(page, 300, 250, "SỞ Y TẾ", NULL, 1);
    add_line(page, 300, 340, number, by_hand, prob);
    add_line(page, 1100, 200, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", NULL, 1);
    add_line(page, 1200, 250, "Độc lập - Tự do - Hạnh phúc", NULL, 1);
    add_line(page, 1200, 340, date, by_hand, prob);
    add_line(page, 1000, 500, "QUYẾT ĐỊNH", NULL, 1);
    add_line(page, 800, 550, "Về việc khen thưởng", NULL, 1);
}

static void check_head(const char *number, const char *date, const char *by_hand, float prob,
                       const char *want_number, const char *want_date)
{
    Err err = {0};
    Page page;
    Pairings found = {0};
    Extract *x = extract_new();
    read_letter(&page, number, date, by_hand, prob);
    CHECK(extract_page(x, &page, &err) && extract_finish(x, &found, &err));
    const Fact *n = fact_lookup(&found.facts, FACT_NUMBER, 0), *d = fact_lookup(&found.facts, FACT_DATE, 0);
    CHECK_STR(n ? n->value : "", want_number);
    CHECK_STR(d ? d->value : "", want_date);
    CHECK(n && n->prob > 0.5f && d && d->prob > 0.5f);
    pairings_release(&found);
    extract_free(x);
    page_release(&page);
}

TEST(printed)
{
    check_head("Số: 214 /QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1, "214/QĐ-SYT", "2018-03-17");
    check_head("Số: 214/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1, "214/QĐ-SYT", "2018-03-17");
}

/* Sure or not, what a pen wrote is not known. */
TEST(by_hand)
{
    check_head("Số: 214 /QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", "214", 0.99f, "/QĐ-SYT", "2018-03-17");
    check_head("Số: 214 /QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", "17", 0.99f, "214/QĐ-SYT", "2018-03");
    check_head("Số: 2ï4 /QĐ-SYT", "Hoa Lư, ngày17tháng 3 năm 2018", NULL, 1, "/QĐ-SYT", "2018-03");
}

/* The code of the kind that is printed, and of the issuer above, mend what was misread of the symbol. */
TEST(symbol)
{
    check_head("Số: 214/QĐ-SYVT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1, "214/QĐ-SYT", "2018-03-17");
    check_head("Số: 214/QÐĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1, "214/QĐ-SYT", "2018-03-17");
}

int main(void)
{
    RUN(printed);
    RUN(by_hand);
    RUN(symbol);
    return TEST_DONE();
}
