#include "base/err.h"
#include "base/utf8.h"
#include "tests/test.h"

TEST(the_first_error_wins)
{
    Err err = {0};
    CHECK(!err_is(&err));
    CHECK(!err_set(&err, DAU_FILE_ACCESS, "cannot open '%s': %s", "x.pdf", "no such file"));
    CHECK(err_is(&err));
    CHECK(!err_set(&err, DAU_LIMIT, "later"));
    CHECK_INT(err.code, DAU_FILE_ACCESS);
    CHECK_STR(err.text, "cannot open 'x.pdf': no such file");
    err_clear(&err);
    CHECK(!err_is(&err));
    CHECK_STR(err.text, "");
}

TEST(the_place_goes_before)
{
    Err err = {0};
    err_prefix(&err, "page %d", 3);
    CHECK_STR(err.text, ""); /* nothing went wrong */
    err_set(&err, DAU_BAD_INPUT, "the picture is broken");
    err_prefix(&err, "page %d", 3);
    err_prefix(&err, "'%s'", "plan.pdf");
    CHECK_STR(err.text, "'plan.pdf': page 3: the picture is broken");
    CHECK_INT(err.code, DAU_BAD_INPUT);
}

/* However long, and wherever it is cut, it ends with a whole letter. */
TEST(long_sentences_are_cut_between_letters)
{
    char longer[2000];
    int broken = 0, full = 0;
    for (size_t from = 0; from < 8; from++) {
        memset(longer, 'x', from);
        size_t n = from;
        while (n + 3 < sizeof longer) memcpy(longer + n, "ợ", 3), n += 3;
        longer[n] = '\0';
        Err err = {0}, placed = {0};
        err_set(&err, DAU_INTERNAL, "%s", longer);
        err_set(&placed, DAU_INTERNAL, "%s", longer);
        err_prefix(&placed, "%s", longer);
        err_prefix(&err, "%s", "trang");
        broken += utf8_valid_prefix(err.text, strlen(err.text)) != strlen(err.text);
        broken += utf8_valid_prefix(placed.text, strlen(placed.text)) != strlen(placed.text);
        full += strlen(err.text) > sizeof err.text - 5 && strlen(placed.text) > sizeof err.text - 5;
    }
    CHECK_INT(broken, 0);
    CHECK_INT(full, 8);
}

static const char *in_vietnamese(const char *message)
{
    return strcmp(message, "'%s' is empty") == 0 ? "'%s' rỗng" : message;
}

static const char *as_it_is(const char *message)
{
    return message;
}

TEST(sentences_are_translated_before_their_values_go_in)
{
    Err err = {0}, other = {0};
    err_translate(in_vietnamese);
    err_set(&err, DAU_BAD_INPUT, "'%s' is empty", "a.txt");
    err_set(&other, DAU_BAD_INPUT, "'%s' is full", "a.txt");
    err_translate(as_it_is);
    CHECK_STR(err.text, "'a.txt' rỗng");
    CHECK_STR(other.text, "'a.txt' is full");
}

int main(void)
{
    RUN(the_first_error_wins);
    RUN(the_place_goes_before);
    RUN(long_sentences_are_cut_between_letters);
    RUN(sentences_are_translated_before_their_values_go_in);
    return TEST_DONE();
}
