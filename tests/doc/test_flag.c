#include "doc/flag.h"

#include "base/str.h"
#include "doc/pairing.h"
#include "tests/test.h"

TEST(every_flag_has_a_name_and_words)
{
    for (int i = 0; i < FLAGS; i++) {
        const char *name = flag_name((Flag)(1u << i));
        CHECK(name && *name && !strchr(name, ' '));
        CHECK(flag_words(name, "en") && flag_words(name, "vi"));
        CHECK(!str_eq(flag_words(name, "en"), flag_words(name, "vi")));
        for (int k = 0; k < i; k++) CHECK(!str_eq(name, flag_name((Flag)(1u << k))));
    }
    CHECK_STR(flag_name(FLAG_LEVEL), "level-differs");
    CHECK_STR(flag_words("gap", "vi"), "nhảy số");
    CHECK_STR(flag_factor(FLAG_PARTING), "guessed");
    CHECK(!flag_factor(FLAG_UNREAD));
    CHECK(!flag_words("no such flag", "en"));
}

TEST(every_level_has_a_code)
{
    for (int i = LEVEL_NONE + 1; i < LEVELS; i++) {
        Level level = LEVEL_NONE;
        CHECK(*level_words((Level)i));
        CHECK(level_from_code(level_code((Level)i), &level) && level == (Level)i);
    }
}

int main(void)
{
    RUN(every_flag_has_a_name_and_words);
    RUN(every_level_has_a_code);
    return TEST_DONE();
}
