#include "base/str.h"
#include "base/align.h"
#include "tests/test.h"

#include <limits.h>
#include <math.h>

static Buf b;

/* What one of the ways of writing makes of s. */
static const char *made(void (*add)(Buf *, const char *), const char *s)
{
    buf_clear(&b);
    add(&b, s);
    return buf_str(&b);
}

static const char *number(double v, int digits)
{
    buf_clear(&b);
    buf_add_number(&b, v, digits);
    return buf_str(&b);
}

static const char *base64(const char *s)
{
    buf_clear(&b);
    buf_add_base64(&b, s, strlen(s));
    return buf_str(&b);
}

TEST(a_buf_grows)
{
    Buf all = {0};
    CHECK_STR(buf_str(&all), "");
    buf_add(&all, NULL);
    buf_addf(&all, "%s", "");
    CHECK_INT(all.len, 0);
    for (int i = 0; i < 2000; i++) buf_addf(&all, "%04d ", i);
    CHECK_INT(all.len, 10000);
    CHECK(strncmp(all.s + 9995, "1999 ", 6) == 0);
    buf_clear(&all);
    CHECK_STR(all.s, "");
    buf_addn(&all, "a\0b", 3);
    CHECK_INT(all.len, 3);
    CHECK(all.s[2] == 'b' && !all.s[3]);
    buf_addc(&all, 'c');
    buf_add_char(&all, 0x1EBF);
    CHECK_STR(all.s + 2, "bcế");
    char *s = buf_steal(&all);
    CHECK(!all.s && !all.len);
    free(s);
    s = buf_steal(&all);
    CHECK_STR(s, "");
    free(s);
    buf_release(&all);
}

TEST(json)
{
    CHECK_STR(made(buf_add_json, "Đông \"Mai\" \\ 1"), "\"Đông \\\"Mai\\\" \\\\ 1\"");
    CHECK_STR(made(buf_add_json, "a\nb\tc\rd\x01\x7F"), "\"a\\nb\\tc\\u000dd\\u0001\\u007f\"");
    CHECK_STR(made(buf_add_json, "x\xFFy\xE1\xBB"), "\"x\xEF\xBF\xBDy\xEF\xBF\xBD\xEF\xBF\xBD\"");
    CHECK_STR(made(buf_add_json, NULL), "null");
    CHECK_STR(made(buf_add_json, ""), "\"\"");
}

TEST(numbers_for_json)
{
    CHECK_STR(number(0.9700, 4), "0.97");
    CHECK_STR(number(12, 3), "12");
    CHECK_STR(number(100, 0), "100");
    CHECK_STR(number(-0.00001, 2), "0");
    CHECK_STR(number(-0.25, 2), "-0.25");
    CHECK_STR(number(NAN, 2), "0");
    CHECK_STR(number(INFINITY, 2), "0");
}

TEST(csv)
{
    CHECK_STR(made(buf_add_csv, "Phú Lãm"), "Phú Lãm");
    CHECK_STR(made(buf_add_csv, "a,b"), "\"a,b\"");
    CHECK_STR(made(buf_add_csv, "nói \"vậy\""), "\"nói \"\"vậy\"\"\"");
    CHECK_STR(made(buf_add_csv, "a\r\nb"), "\"a\r\nb\"");
    CHECK_STR(made(buf_add_csv, " a"), "\" a\"");
    CHECK_STR(made(buf_add_csv, "a "), "\"a \"");
    CHECK_STR(made(buf_add_csv, ""), "");
    CHECK_STR(made(buf_add_csv, NULL), "");
}

/* What a spreadsheet would reckon with is text, wherever it came from. */
TEST(formulas)
{
    static const char *const formulas[] = {"=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1"};
    for (size_t i = 0; i < sizeof formulas / sizeof *formulas; i++) {
        CHECK(str_like_formula(formulas[i]));
        CHECK(strchr(made(buf_add_csv_text, formulas[i]), '\''));
    }
    CHECK(!str_like_formula("Hoa Mai"));
    CHECK_STR(made(buf_add_csv_text, "=1+1"), "'=1+1");
    CHECK_STR(made(buf_add_csv_text, "Hoa Mai"), "Hoa Mai");
}

TEST(xml)
{
    CHECK_STR(made(buf_add_xml, "<a b=\"c\">&'"), "&lt;a b=&quot;c&quot;&gt;&amp;&#39;");
    CHECK_STR(made(buf_add_xml, "Đông\x01\x08\n\xFF"), "Đông\n\xEF\xBF\xBD");
    CHECK_STR(made(buf_add_xml, NULL), "");
}

/* RFC 4648, section 10 */
TEST(base64_of_the_rfc)
{
    static const char *const pair[][2] = {{"", ""},
                                          {"f", "Zg=="},
                                          {"fo", "Zm8="},
                                          {"foo", "Zm9v"},
                                          {"foob", "Zm9vYg=="},
                                          {"fooba", "Zm9vYmE="},
                                          {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pair / sizeof *pair; i++) CHECK_STR(base64(pair[i][0]), pair[i][1]);
}

TEST(text_for_programs_and_terminals)
{
    CHECK_STR(made(buf_add_utf8, "ok\xC3\x28 Đ\xFF"), "ok\xEF\xBF\xBD( Đ\xEF\xBF\xBD");
    CHECK_STR(made(buf_add_utf8, NULL), "");
    char name[] = "a\x1B[31m\nb\x7F\xC2\x9B"
                  "c Đ";
    str_plain(name, "\n");
    CHECK(!strchr(name, 0x1B) && !strchr(name, 0x7F) && strchr(name, '\n') && strstr(name, "Đ"));
    CHECK(!strstr(name, "\xC2\x9B"));
}

TEST(comparing)
{
    CHECK(str_eq(NULL, NULL) && !str_eq(NULL, "") && !str_eq("a", NULL) && str_eq("a", "a"));
    CHECK(str_starts("Tiểu học", "Tiểu") && !str_starts("Tiểu", "Tiểu học") && str_starts("a", ""));
    CHECK(str_ends("plan.pdf", ".pdf") && !str_ends("pdf", ".pdf") && str_ends("a", ""));
}

TEST(whole_numbers)
{
    CHECK_INT(str_int("25"), 25);
    CHECK_INT(str_int(" -7 rows"), -7);
    CHECK_INT(str_int("1ˆ"), 1);
    CHECK_INT(str_int("x"), 0);
    CHECK_INT(str_int(""), 0);
    CHECK_INT(str_int("99999999999999999999999"), INT_MAX);
    CHECK_INT(str_int("-99999999999"), INT_MIN);
}

TEST(distance)
{
    CHECK_INT(edit_distance("hoa mai", 7, "hoa mai", 7, 3), 0);
    CHECK_INT(edit_distance("hoa mai", 7, "hoa ma", 6, 3), 1);
    CHECK_INT(edit_distance("kitten", 6, "sitting", 7, 3), 3);
    CHECK_INT(edit_distance("kitten", 6, "sitting", 7, 2), 3); /* most + 1: further than asked */
    CHECK_INT(edit_distance("", 0, "abc", 3, 5), 3);
    char longer[DISTANCE_MOST + 1] = {0};
    memset(longer, 'a', DISTANCE_MOST);
    CHECK_INT(edit_distance(longer, DISTANCE_MOST, longer, DISTANCE_MOST, 4), 5);
    CHECK_INT(edit_distance(longer, DISTANCE_MOST - 1, longer, DISTANCE_MOST - 1, 4), 0);
}

int main(void)
{
    RUN(a_buf_grows);
    RUN(json);
    RUN(numbers_for_json);
    RUN(csv);
    RUN(formulas);
    RUN(xml);
    RUN(base64_of_the_rfc);
    RUN(text_for_programs_and_terminals);
    RUN(comparing);
    RUN(whole_numbers);
    RUN(distance);
    buf_release(&b);
    return TEST_DONE();
}
