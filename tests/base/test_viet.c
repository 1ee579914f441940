#include "base/viet.h"
#include "tests/test.h"

static Arena a;

TEST(letters)
{
    Letter e = viet_letter(0x1EBF); /* ế */
    CHECK(e.base == 'e' && e.mark == MARK_CIRCUMFLEX && e.tone == TONE_ACUTE && !e.upper);
    CHECK_INT(viet_compose(e), 0x1EBF);
    CHECK_INT(viet_compose((Letter){.base = 'd', .mark = MARK_STROKE, .upper = true}), 0x110);
    CHECK_INT(viet_compose((Letter){.base = 'e', .mark = MARK_HORN}), -1);
    for (int32_t c = 'A'; c < 0x1F00; c++) {
        Letter l = viet_letter(c);
        if (l.base && c != 0xD0 && viet_compose(l) != c) CHECK(!"compose undoes viet_letter");
    }
}

TEST(skeletons)
{
    CHECK_STR(viet_skeleton(&a, "Đông Mai, Phú Lương II"), "dong mai, phu luong ii");
    CHECK_STR(viet_key(&a, " Hà Nội- Thăng Long "), "ha noi thang long");
    CHECK_STR(viet_key(&a, "Nguye\xCC\x82\xCC\x83n"), "nguyen");
    CHECK_STR(viet_nfc(&a, "Nguye\xCC\x82\xCC\x83n \xC3\x90", 13), "Nguyễn Đ");
    CHECK_STR(viet_nfc(&a, "a\xFFz", 3), "a\xEF\xBF\xBDz");
    CHECK_STR(viet_trim(&a, "  Hoa \t Mai\xC2\xA0 "), "Hoa Mai");
    CHECK_STR(viet_upper_str(&a, "trường mầm non"), "TRƯỜNG MẦM NON");
}

TEST(a_run_of_marks_is_cut)
{
    Buf b = {0};
    buf_add(&b, "b");
    for (int i = 0; i < 1000000; i++) buf_add(&b, i % 2 ? "\xCC\x81" : "\xCC\xA3"); /* acute, dot below */
    CHECK_INT(utf8_length(viet_nfc(&a, b.s, b.len)), 30); /* of b and 30 marks; b and a dot are one letter */
    buf_release(&b);
}

TEST(utf8)
{
    int32_t c;
    CHECK_INT(utf8_decode("\xC0\x80", 2, &c), 1);
    CHECK_INT(c, -1);
    CHECK_INT(utf8_decode("\xED\xA0\x80", 3, &c), 1); /* a surrogate */
    CHECK_INT(c, -1);
    CHECK_INT(utf8_decode("\xE1\xBB", 2, &c), 1); /* cut off */
    CHECK_INT(c, -1);
    CHECK_INT(utf8_valid_prefix("ab\xFF", 3), 2);
    CHECK_INT(utf8_length("Đông"), 4);
    CHECK_INT(utf8_offset("Đông", 1), 2);
}

int main(void)
{
    RUN(letters);
    RUN(skeletons);
    RUN(a_run_of_marks_is_cut);
    RUN(utf8);
    arena_release(&a);
    return TEST_DONE();
}
