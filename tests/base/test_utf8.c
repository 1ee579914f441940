#include "base/utf8.h"
#include "tests/test.h"

static bool decodes(const char *s, int32_t want, size_t bytes)
{
    int32_t c;
    size_t n = utf8_decode(s, strlen(s), &c);
    return c == want && n == bytes;
}

TEST(letters)
{
    CHECK(decodes("a", 'a', 1));
    CHECK(decodes("Đ", 0x110, 2));
    CHECK(decodes("ế", 0x1EBF, 3));
    CHECK(decodes("\xF0\x9F\x8F\xAB", 0x1F3EB, 4)); /* a school */
    CHECK(decodes("\xEF\xBF\xBF", 0xFFFF, 3));
    CHECK(decodes("\xF4\x8F\xBF\xBF", 0x10FFFF, 4));
}

TEST(what_is_not_utf8_takes_one_byte)
{
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xE0\x80\x80",
                                      "\xED\xA0\x80",
                                      "\xF0\x80\x80\x80",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "\xC3",
                                      "\xE1\xBB",
                                      "\xF0\x9F\x8F",
                                      "\xC3(",
                                      "\xE1\xBB("};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!CHECK(decodes(bad[i], -1, 1))) printf("    number %zu\n", i);
}

/* Every code point, there and back. */
TEST(all_there_and_back)
{
    int32_t c, wrong = 0;
    for (int32_t want = 0; want <= 0x10FFFF; want++) {
        if (want >= 0xD800 && want <= 0xDFFF) continue;
        char out[4];
        size_t n = utf8_encode(want, out);
        wrong += utf8_decode(out, n, &c) != n || c != want;
    }
    CHECK_INT(wrong, 0);
}

TEST(what_cannot_be_written)
{
    static const int32_t none[] = {-1, 0xD800, 0xDFFF, 0x110000};
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        char out[5] = {0};
        CHECK_INT(utf8_encode(none[i], out), 3);
        CHECK_STR(out, "\xEF\xBF\xBD");
    }
}

TEST(strings)
{
    CHECK_INT(utf8_valid_prefix("Đông", 6), 6);
    CHECK_INT(utf8_valid_prefix("Đ\xFFng", 5), 2);
    CHECK_INT(utf8_valid_prefix("ab\xE1\xBB", 4), 2); /* cut off */
    CHECK_INT(utf8_valid_prefix("", 0), 0);
    CHECK(utf8_is_ascii("abc", 3) && utf8_is_ascii("abcĐ", 3) && !utf8_is_ascii("Đ", 2));
    CHECK_INT(utf8_length("Trường Mầm non"), 14);
    CHECK_INT(utf8_length(""), 0);
    CHECK_INT(utf8_offset("Đông", 0), 0);
    CHECK_INT(utf8_offset("Đông", 2), 4);
    CHECK_INT(utf8_offset("Đông", 4), 6);
    CHECK_INT(utf8_offset("Đông", 99), 6);
}

int main(void)
{
    RUN(letters);
    RUN(what_is_not_utf8_takes_one_byte);
    RUN(all_there_and_back);
    RUN(what_cannot_be_written);
    RUN(strings);
    return TEST_DONE();
}
