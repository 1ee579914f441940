#include "base/json.h"
#include "tests/test.h"

#include <float.h>
#include <stdlib.h>

TEST(commas_stand_between_members_and_elements)
{
    Buf b = {0};
    json_open(&b, '{');
    json_text(&b, "school", "Nguyễn \"Du\"");
    json_text(&b, "partner", NULL);
    json_key(&b, "box"), json_open(&b, '[');
    for (int i = 0; i < 3; i++) json_int(&b, NULL, i * 10);
    json_close(&b, ']');
    json_key(&b, "none"), json_open(&b, '['), json_close(&b, ']');
    json_number(&b, "prob", 0.97500, 4);
    json_bool(&b, "done", true);
    json_close(&b, '}');
    CHECK_STR(buf_str(&b), "{\"school\":\"Nguyễn \\\"Du\\\"\",\"partner\":null,\"box\":[0,10,20],\"none\":[],"
                           "\"prob\":0.975,\"done\":true}");
    buf_release(&b);
}

TEST(objects_on_lines_of_their_own_have_no_comma_between)
{
    Buf b = {0};
    for (int i = 0; i < 2; i++) {
        json_open(&b, '{'), json_int(&b, "n", i), json_close(&b, '}');
        buf_addc(&b, '\n');
    }
    CHECK_STR(buf_str(&b), "{\"n\":0}\n{\"n\":1}\n");
    buf_release(&b);
}

TEST(lines_and_blanks_for_people_come_after_the_comma)
{
    Buf b = {0};
    json_open(&b, '[');
    for (int i = 0; i < 2; i++) {
        json_line(&b, 2);
        json_open(&b, '{'), json_text(&b, "id", "a"), json_blank(&b), json_int(&b, "n", i),
            json_close(&b, '}');
    }
    buf_add(&b, "\n]");
    CHECK_STR(buf_str(&b), "[\n  {\"id\":\"a\", \"n\":0},\n  {\"id\":\"a\", \"n\":1}\n]");
    buf_release(&b);
}

TEST(a_float_is_read_back_as_it_was)
{
    const float values[] = {0.1f, -0.3f, 1.0f / 3, 16777217.0f, -FLT_MAX, FLT_MIN};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        Buf b = {0};
        json_float(&b, NULL, values[i]);
        CHECK(strtof(buf_str(&b), NULL) == values[i]);
        buf_release(&b);
    }
}

int main(void)
{
    RUN(commas_stand_between_members_and_elements);
    RUN(objects_on_lines_of_their_own_have_no_comma_between);
    RUN(lines_and_blanks_for_people_come_after_the_comma);
    RUN(a_float_is_read_back_as_it_was);
    return TEST_DONE();
}
