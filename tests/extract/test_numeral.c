/* What tells a school from its sister, as written and as engines read it. */
#include "extract/names/numeral.h"
#include "tests/test.h"

static NumeralKind kind(const char *s)
{
    return numeral_kind(s, strlen(s));
}

TEST(written)
{
    CHECK(kind("II") == NUMERAL_ROMAN && kind("I") == NUMERAL_ROMAN && kind("IV") == NUMERAL_ROMAN);
    CHECK(kind("A") == NUMERAL_LETTER && kind("H") == NUMERAL_LETTER);
    CHECK(kind("2") == NUMERAL_DIGITS && kind("12") == NUMERAL_DIGITS);
    CHECK(kind("2B") == NUMERAL_BOTH && kind("12A") == NUMERAL_BOTH);
    CHECK(!kind("") && !kind("K") && !kind("Mai") && !kind("AB") && !kind("B2") && !kind("123A") &&
          !kind("ll"));
    CHECK(!kind("1975") && !kind("0912345678"));
}

TEST(stems)
{
    CHECK(school_stem("Đồng Phú II") == strlen("Đồng Phú"));
    CHECK(school_stem("Cổ Nhuế 2B") == strlen("Cổ Nhuế"));
    CHECK(school_stem("Hoa Mai") == strlen("Hoa Mai"));
    CHECK(school_stem("2B") == 2); /* a name that is nothing but its numeral */
}

static Numbering numbering(const char *const *words)
{
    Numbering n = {0};
    for (; *words; words++) numbering_add(&n, *words);
    return n;
}

TEST(read_by_its_list)
{
    Numbering roman = numbering((const char *const[]){"II", "III", "Mai", "2", NULL});
    Numbering arabic = numbering((const char *const[]){"2", "3", "II", "Mai", NULL});
    CHECK_STR(numeral_read("ll", &roman), "II");
    CHECK_STR(numeral_read("1T", &roman), "II");
    CHECK_STR(numeral_read("I1l", &roman), "III");
    CHECK_STR(numeral_read("lV", &roman), "IV");
    CHECK_STR(numeral_read("!", &roman), "I");
    CHECK_STR(numeral_read("!", &arabic), "1");
    CHECK_STR(numeral_read("Mai", &arabic), "Mai");
    CHECK_STR(numeral_read("2B", &arabic), "2B");
    CHECK_STR(numeral_read("1", &roman), "1"); /* read as a digit: it stays one */
}

TEST(h_is_two)
{
    Numbering roman = numbering((const char *const[]){"I", "II", NULL});
    Numbering letters = numbering((const char *const[]){"A", "B", "I", NULL});
    CHECK_STR(numeral_of_h("H", &roman), "II");
    CHECK_STR(numeral_of_h("HI", &roman), "III");
    CHECK(!numeral_of_h("H", &letters));
    CHECK(!numeral_of_h("I", &roman) && !numeral_of_h("HIH", &roman));
}

TEST(tokens)
{
    CHECK(numeral_is(&(Tok){.text = "II"}) && numeral_is(&(Tok){.text = "1T"}) &&
          numeral_is(&(Tok){.text = "2B"}));
    CHECK(!numeral_is(&(Tok){.text = "TT"}) && !numeral_is(&(Tok){.text = "Mai"}) &&
          !numeral_is(&(Tok){.text = "l"}));
    CHECK(!numeral_is(&(Tok){.text = "|", .mark = '|'}));
    CHECK(numeral_is_stray(&(Tok){.text = "X_", .prob = 0.5f}));
    CHECK(!numeral_is_stray(&(Tok){.text = "X", .prob = 0.95f}) &&
          !numeral_is_stray(&(Tok){.text = "A", .prob = 0.5f}));
    CHECK(numeral_lost(&(Tok){.text = "Hưng", .raw = "Hưng Ï"}) &&
          !numeral_lost(&(Tok){.text = "Hưng", .raw = "Hưng |"}));
}

TEST(restored)
{
    Arena a = {0};
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "A", .text = "Á"}), "A");
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "1T", .text = "từ"}), "II");
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "1Q", .text = "1Q"}), "IQ");
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "11", .text = "11"}), "11");
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "Mai", .text = "Mai"}), "Mai");
    arena_release(&a);
}

TEST(glued)
{
    bool sure = false;
    CHECK(numeral_glued("Can HituA", false, &sure) == strlen("Can Hitu") && sure);
    CHECK(numeral_glued("HaLong1", false, &sure) == strlen("HaLong") && sure);
    CHECK(numeral_glued("Dong SOB", false, &sure) == strlen("Dong SO") && !sure);
    CHECK(numeral_glued("Vinschool", true, &sure) == strlen("Vinschoo") && !sure);
    CHECK(numeral_glued("Vinschool", false, &sure) == 0);
    CHECK(numeral_glued("Hoa Mai", true, &sure) == 0);
}

TEST(guessed)
{
    Numbering roman = numbering((const char *const[]){"I", "II", "III", "Mai", NULL});
    Numbering arabic = numbering((const char *const[]){"1", "2", "2", "3", "Mai", "Sen", NULL});
    Numbering none = numbering((const char *const[]){"Mai", "Sen", "Hồng", "Phố", "Trung", "Lý", NULL});
    NumeralGuess guess = numeral_guess("l1", false, &roman, NULL, NULL);
    CHECK_STR(guess.text, "II");
    guess = numeral_guess("l1", false, &arabic, NULL, NULL);
    CHECK_STR(guess.text, "1");
    CHECK(guess.prob < 0.9);
    guess = numeral_guess("JL", false, &none, NULL, NULL);
    CHECK_STR(guess.text, "JL");
    CHECK(guess.prob < 0.9);
    guess = numeral_guess("]", true, &none, NULL, NULL);
    CHECK_STR(guess.text, "");
    guess = numeral_guess("]", true, &arabic, NULL, NULL);
    CHECK(guess.prob < 0.9);
    Numbering sisters = numbering((const char *const[]){"I", NULL});
    guess = numeral_guess("I1", false, &roman, &sisters, NULL); /* the first stands elsewhere */
    CHECK_STR(guess.text, "II");
    CHECK(numeral_doubtful("l1") && numeral_doubtful("]") && numeral_doubtful("JL") && numeral_doubtful("l"));
    CHECK(!numeral_doubtful("II") && !numeral_doubtful("2B") && !numeral_doubtful("Li") &&
          !numeral_doubtful("TT") && !numeral_doubtful("A") && !numeral_doubtful(""));
}

TEST(tails)
{
    CHECK_STR(numeral_tail(&(Tok){.text = "Trung", .raw = "Trung ]"}), "]");
    CHECK(!numeral_tail(&(Tok){.text = "Trung", .raw = "Trung"}) &&
          !numeral_tail(&(Tok){.text = "Hoa Mai", .raw = "Hoa Mai"}));
}

TEST(typed_stays)
{
    Arena a = {0};
    CHECK_STR(numeral_restored(&a, &(Tok){.raw = "1Q", .text = "1Q", .typed = TYPED_YES}), "1Q");
    arena_release(&a);
}

int main(void)
{
    RUN(written);
    RUN(stems);
    RUN(read_by_its_list);
    RUN(h_is_two);
    RUN(tokens);
    RUN(restored);
    RUN(glued);
    RUN(guessed);
    RUN(tails);
    RUN(typed_stays);
    return TEST_DONE();
}
