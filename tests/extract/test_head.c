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

static Pairings read_page(Page *page)
{
    Err err = {0};
    Pairings found = {0};
    Extract *x = extract_new();
    CHECK(extract_page(x, page, &err) && extract_finish(x, &found, &err));
    extract_free(x);
    return found;
}

static void check_fact(const Pairings *found, FactKind kind, int item, const char *want)
{
    const Fact *f = fact_lookup(&found->facts, kind, item);
    CHECK_STR(f ? f->value : "", want);
}

/* Of the lines at the end of a letter, from below the recipients on: who signed, as what, for whom. */
static void check_signer(const char *const *lines, const char *name, const char *office,
                         const char *signed_for)
{
    Page page;
    read_letter(&page, "Số: 214/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1);
    add_line(&page, 400, 700, "Điều 1. Khen thưởng các cá nhân có tên trong danh sách.", NULL, 1);
    add_line(&page, 300, 900, "Nơi nhận:", NULL, 1);
    add_line(&page, 300, 950, "- Lưu: VT.", NULL, 1);
    for (int i = 0; lines[i]; i++) add_line(&page, 1300, 900 + 60 * i, lines[i], NULL, 1);
    Pairings found = read_page(&page);
    check_fact(&found, FACT_SIGNER, 1, name);
    check_fact(&found, FACT_SIGNER_OFFICE, 1, office);
    check_fact(&found, FACT_SIGNER_FOR, 1, signed_for);
    check_fact(&found, FACT_SIGNER_OF, 1, "");
    pairings_release(&found);
    page_release(&page);
}

/* Specks and a "KT." that a hand wrote stand before the office; no name is made of the two posts of one person. */
TEST(offices)
{
    check_signer((const char *[]){"GIÁM ĐỐC", "Trần Văn Minh", NULL}, "Trần Văn Minh", "Giám đốc", "");
    check_signer((const char *[]){"- GIÁM ĐỐC", "Trần Văn Minh", NULL}, "Trần Văn Minh", "Giám đốc", "");
    check_signer((const char *[]){"tXL. GIÁM ĐỐC", "Trần Văn Minh", NULL}, "Trần Văn Minh", "", "Giám đốc");
    check_signer((const char *[]){"GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Minh", NULL}, "Trần Văn Minh",
                 "Phó giám đốc", "Giám đốc");
    check_signer((const char *[]){"TRƯỞNG BAN", "CHỦ TỊCH UBND HUYỆN", "Trần Văn Minh", NULL},
                 "Trần Văn Minh", "Trưởng ban", "");
}

/* What an engine made of an office's letters is mended; of two words of a name under a seal one is mostly missing. */
TEST(misread_ends)
{
    check_signer((const char *[]){"GIÁM ĐÓC", "- Trần Văn Minh", NULL}, "Trần Văn Minh", "Giám đốc", "");
    check_signer((const char *[]){"GIÁM ĐỐC", "Hoàng Minh", NULL}, "Hoàng Minh", "Giám đốc", "");
}

/* The symbol names an office that was not read: the committee above it is doubted. What kind and symbol say alike is sure. */
TEST(witnesses)
{
    Page page;
    read_letter(&page, "Số: 214/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", "QUYẾT", 1);
    page.words.v[page.lines.v[5].first_word].prob = 0.1f; /* "QUYẾT" */
    Pairings found = read_page(&page);
    const Fact *kind = fact_lookup(&found.facts, FACT_KIND, 0);
    CHECK(kind && kind->prob > 0.9f);
    pairings_release(&found);
    page.words.v[page.lines.v[1].first_word].text = "\u00b7",
    page.words.v[page.lines.v[1].first_word + 1].text = "\u00b7";
    page.words.v[page.lines.v[1].first_word + 2].text = "\u00b7"; /* of "SỞ Y TẾ" nothing was read */
    found = read_page(&page);
    check_fact(&found, FACT_ISSUER, 1, "UBND quận Hoa Lư");
    const Fact *issuer = fact_lookup(&found.facts, FACT_ISSUER, 1);
    CHECK(issuer && issuer->prob < 0.5f);
    pairings_release(&found);
    page_release(&page);
}

/* Both columns of the letterhead were read as one line. */
TEST(one_line)
{
    Page page;
    read_letter(&page, "Số: 214/QĐ-SYT Hoa Lư, ngày 17 tháng 3 năm 2018", "", NULL, 1);
    Pairings found = read_page(&page);
    check_fact(&found, FACT_PLACE, 0, "Hoa Lư");
    check_fact(&found, FACT_NUMBER, 0, "214/QĐ-SYT");
    check_fact(&found, FACT_DATE, 0, "2018-03-17");
    pairings_release(&found);
    page_release(&page);
}

/* An office in the middle of a sentence is none that signs. */
TEST(sentence)
{
    check_signer((const char *[]){"trường Mầm non Hoa Mai, Thành viên;", "GIÁM ĐỐC", "Trần Văn Minh", NULL},
                 "Trần Văn Minh", "Giám đốc", "");
}

/* Over the motto in the right column stands the stamp of a gazette, with a seal whose specks are read. */
TEST(stamp)
{
    Page page;
    read_letter(&page, "Số: 214/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1);
    add_line(&page, 1400, 60, "TRUNG TÂM CÔNG BÁO", NULL, 1);
    add_line(&page, 1400, 95, "VÀ TIN HỌC", NULL, 1);
    add_line(&page, 1400, 130, "17.01.2025 09:17:04", NULL, 1);
    Pairings found = read_page(&page);
    check_fact(&found, FACT_ISSUER, 1, "Sở Y tế quận Hoa Lư");
    pairings_release(&found);
    page_release(&page);
}

/* Letters read between the digits of a count: a hand wrote it. A subject whose small "v" was lost is one. */
TEST(letter)
{
    Page page;
    check_head("Số:2o9/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1, "/QĐ-SYT", "2018-03-17");
    page_init(&page, 1);
    page.unit = UNIT_PIXEL, page.stage = STAGE_RESTORE, page.via = "image";
    page.width = page.upright_width = 2400, page.height = page.upright_height = 3400;
    add_line(&page, 300, 200, "UBND QUẬN HOA LƯ", NULL, 1);
    add_line(&page, 300, 250, "SỞ Y TẾ", NULL, 1);
    add_line(&page, 300, 340, "Số: 214/SYT-NVY", NULL, 1);
    add_line(&page, 300, 390, "V/ triển khai công tác phòng dịch", NULL, 1);
    add_line(&page, 800, 500, "Kính gửi: Các trung tâm y tế", NULL, 1);
    Pairings found = read_page(&page);
    check_fact(&found, FACT_TITLE, 0, "triển khai công tác phòng dịch");
    check_fact(&found, FACT_KIND, 0, "công văn");
    pairings_release(&found);
    page_release(&page);
}

static void add_centred(Page *page, int y, const char *text)
{
    add_line(page, 0, y, text, NULL, 1);
    Line *line = &page->lines.v[page->lines.n - 1];
    Word *w = &page->words.v[line->first_word];
    int n = line->words, wide = rect_right(w[n - 1].box), x = (page->width - wide) / 2;
    line->box.x += x, line->at.x += x;
    for (int i = 0; i < n; i++) w[i].box.x += x, w[i].at.x += x;
}

/* The lines of a long title are as long as sentences, and stand centred. */
TEST(long_title)
{
    Page page;
    read_letter(&page, "Số: 214/QĐ-SYT", "Hoa Lư, ngày 17 tháng 3 năm 2018", NULL, 1);
    page.lines.n -= 1, page.blocks.n -= 1, page.words.n -= 4; /* "Về việc khen thưởng" goes */
    add_centred(&page, 550, "Về việc đề nghị xây dựng Nghị quyết của huyện bãi bỏ việc thông qua");
    add_centred(&page, 590, "Quy hoạch tổng thể phát triển du lịch của huyện Hoa Lư đến năm hai nghìn ba");
    page.blocks.n -= 1, page.blocks.v[page.blocks.n - 1].lines = 2; /* both lines are of one block */
    add_line(&page, 300, 700, "Thực hiện Luật Ban hành văn bản quy phạm pháp luật, huyện trình như sau.",
             NULL, 1);
    Pairings found = read_page(&page);
    check_fact(&found, FACT_TITLE, 0,
               "Về việc đề nghị xây dựng Nghị quyết của huyện bãi bỏ việc thông qua Quy hoạch tổng thể "
               "phát triển du lịch của huyện Hoa Lư đến năm hai nghìn ba");
    pairings_release(&found);
    page_release(&page);
}

int main(void)
{
    RUN(printed);
    RUN(by_hand);
    RUN(symbol);
    RUN(offices);
    RUN(misread_ends);
    RUN(witnesses);
    RUN(one_line);
    RUN(sentence);
    RUN(stamp);
    RUN(letter);
    RUN(long_title);
    return TEST_DONE();
}
