/* The table of what an engine makes of letters, and what corrections add to it. */
#include "model/channel.h"
#include "model/confuse.h"
#include "tests/test.h"

#include "base/file.h"

#include <string.h>
#include <unistd.h>

static const char table[] = "a\ta\t900\t1000\na\tâ\t100\t1000\nô\tô\t990\t1000\nô\t6\t10\t1000\n";

TEST(learn)
{
    Confuse c;
    Err err = {0};
    char path[] = "/tmp/dau-test-XXXXXX";
    static const char seen[] = "Đô Hòa\tD6 Hoa\t9\nHoa Mai\tHoa Mai\t2\n", bad[] = "Đô Hòa\tD6 Hoa\n";
    close(mkstemp(path));
    CHECK(confuse_parse(&c, table, strlen(table), "table", &err));
    float six = confuse_one(&c, 0xF4, '6'), own = confuse_one(&c, 0xF4, 0xF4),
          other = confuse_one(&c, 'u', 'u');
    CHECK(file_write(path, seen, strlen(seen), &err) && confuse_learn(&c, path, &err));
    CHECK(confuse_one(&c, 0xF4, '6') < six - 1.5f);
    CHECK(confuse_one(&c, 0xF4, 0xF4) > own);
    CHECK(confuse_one(&c, 'u', 'u') == other);
    CHECK(file_write(path, bad, strlen(bad), &err) && !confuse_learn(&c, path, &err));
    CHECK(strstr(err.text, "line 1"));
    confuse_release(&c);
    unlink(path);
}

TEST(part)
{
    Arena a = {0};
    CHECK_STR(channel_part(&a, "Hòa Sơn B", "Trudng MN Hda Son B oe"), "Hda Son B");
    CHECK_STR(channel_part(&a, "Tân Tiến B", "Tan TiénB"), "Tan TiénB");
    CHECK(!channel_part(&a, "Nguyễn Du", "Truong THCS Binh Minh"));
    CHECK(!channel_part(&a, "Nguyễn Du", "") && !channel_part(&a, "Nguyễn Du", "  "));
    arena_release(&a);
}

int main(void)
{
    RUN(learn);
    RUN(part);
    return TEST_DONE();
}
