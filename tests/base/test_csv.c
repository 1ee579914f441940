#include "base/csv.h"
#include "tests/test.h"

static Csv t;

static void open_text(const char *text)
{
    csv_release(&t);
    csv_init(&t, text, strlen(text));
}

TEST(quotes_and_line_ends)
{
    open_text("\xEF\xBB\xBF"
              "a,b\r\n\"x, \"\"y\"\"\nz\",\r\rlast");
    CHECK(csv_next(&t));
    CHECK_INT(t.fields, 2);
    CHECK_STR(t.field[0], "a");
    CHECK(csv_next(&t));
    CHECK_INT(t.line, 2);
    CHECK_INT(t.fields, 2);
    CHECK_STR(t.field[0], "x, \"y\"\nz");
    CHECK_STR(t.field[1], "");
    CHECK(csv_next(&t));
    CHECK_INT(t.fields, 1);
    CHECK(csv_next(&t));
    CHECK_STR(t.field[0], "last");
    CHECK(!csv_next(&t));
}

TEST(separators)
{
    open_text("a;b;c,d\n1,5;2");
    CHECK(csv_next(&t));
    CHECK_INT(t.fields, 3);
    CHECK_STR(t.field[2], "c,d");
    CHECK(csv_next(&t));
    CHECK_STR(t.field[0], "1,5");
    open_text("a\tb\n");
    csv_next(&t);
    CHECK_INT(t.fields, 2);
    open_text("\"never closed, 1");
    CHECK(csv_next(&t));
    CHECK_INT(t.fields, 1);
    open_text("");
    CHECK(!csv_next(&t));
}

int main(void)
{
    RUN(quotes_and_line_ends);
    RUN(separators);
    csv_release(&t);
    return TEST_DONE();
}
