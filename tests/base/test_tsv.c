#include "base/tsv.h"
#include "tests/test.h"

static Tsv t;

static void open_text(const char *text)
{
    tsv_release(&t);
    tsv_init(&t, text, strlen(text));
}

TEST(lines_and_fields)
{
    open_text("# a comment\n\nnàng tiên cá\t4\r\n\t\nlast");
    CHECK(tsv_next(&t));
    CHECK_INT(t.line, 3);
    CHECK_INT(t.fields, 2);
    CHECK_STR(t.field[0], "nàng tiên cá");
    CHECK_STR(t.field[1], "4");
    CHECK(tsv_next(&t));
    CHECK_INT(t.fields, 2);
    CHECK_STR(t.field[0], "");
    CHECK_STR(t.field[1], "");
    CHECK(tsv_next(&t));
    CHECK_INT(t.line, 5);
    CHECK_INT(t.fields, 1);
    CHECK_STR(t.field[0], "last");
    CHECK(!tsv_next(&t));
    CHECK(!tsv_next(&t));
}

TEST(nothing_to_read)
{
    open_text("");
    CHECK(!tsv_next(&t));
    open_text("# only this");
    CHECK(!tsv_next(&t));
    tsv_release(&t);
    tsv_init(&t, NULL, 0);
    CHECK(!tsv_next(&t));
}

/* Whatever a field holds, it comes back as it was. */
TEST(written_and_read_back)
{
    static const char *const fields[] = {"Mầm non", "a\tb\nc\rd", "\\N", "\\t", "", "\\", NULL, "#1"};
    enum { N = sizeof fields / sizeof *fields };
    Buf b = {0};
    for (int i = 0; i < N; i++) tsv_add(&b, fields[i]);
    tsv_end(&b);
    tsv_add(&b, "next");
    tsv_addf(&b, "%d|%s", 7, "x\ty");
    tsv_end(&b);
    open_text(b.s);
    CHECK(tsv_next(&t));
    CHECK_INT(t.fields, N);
    for (int i = 0; i < N; i++) CHECK_STR(t.field[i], fields[i]);
    CHECK(tsv_next(&t));
    CHECK_STR(t.field[0], "next");
    CHECK_STR(t.field[1], "7|x\ty");
    CHECK(!tsv_next(&t));
    buf_release(&b);
}

TEST(more_fields_than_there_is_room_for)
{
    Buf b = {0};
    for (int i = 0; i < TSV_MOST_FIELDS + 3; i++) tsv_addf(&b, "%d", i);
    open_text(b.s);
    CHECK(tsv_next(&t));
    CHECK_INT(t.fields, TSV_MOST_FIELDS);
    CHECK_STR(t.field[TSV_MOST_FIELDS - 2], "62");
    CHECK_STR(t.field[TSV_MOST_FIELDS - 1], "63\t64\t65\t66");
    buf_release(&b);
}

int main(void)
{
    RUN(lines_and_fields);
    RUN(nothing_to_read);
    RUN(written_and_read_back);
    RUN(more_fields_than_there_is_room_for);
    tsv_release(&t);
    return TEST_DONE();
}
