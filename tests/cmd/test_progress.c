#include "base/viet.h"
#include "cmd/progress.h"
#include "tests/test.h"

static const char name[] = "kế hoạch/Kế hoạch kết nghĩa giữa các trường năm học 2024-2025.pdf";

TEST(fits_every_width)
{
    Count counts[] = {{0, 1, 0, true}, {12, 80, 1, false}, {123456, 1000000, 60, true}, {5, 0, 0, false}};
    for (int width = 39; width < 200; width++)
        for (int i = 0; i < 4; i++) {
            Buf b = {0};
            progress_line(&b, &counts[i], name, 100, width, false);
            if (utf8_length(b.s) > (size_t)width) CHECK_STR(b.s, "narrower");
            buf_release(&b);
        }
    CHECK(1);
}

TEST(what_it_says)
{
    Buf b = {0};
    progress_line(&b, &(Count){12, 80, 1, false}, "plan-3.pdf", 6, 99, false);
    CHECK_STR(b.s, "[####>-----------------------]  12/80 pages  1 failed  34 s left  2.0/s  plan-3.pdf");
    buf_clear(&b);
    progress_line(&b, &(Count){12, 80, 0, true}, name, 600, 60, false);
    CHECK_STR(b.s, "[#>-------]  12/~80 pages  56 min 40 s left  1/min  …025.pdf");
    buf_clear(&b);
    progress_line(&b, &(Count){0, 80, 0, true}, "a\x1b[31m\nb.pdf", 600, 99, false);
    CHECK(!strchr(b.s, '\x1b') && strstr(b.s, "a?[31m?b.pdf"));
    buf_release(&b);
}

TEST(durations)
{
    const double seconds[] = {0, 59.4, 61, 3599, 7500};
    const char *const words[] = {"0 s", "59 s", "1 min 1 s", "59 min 59 s", "2 h 5 min"};
    for (int i = 0; i < 5; i++) {
        Buf b = {0};
        add_duration(&b, seconds[i]);
        CHECK_STR(b.s, words[i]);
        buf_release(&b);
    }
}

int main(void)
{
    RUN(fits_every_width);
    RUN(what_it_says);
    RUN(durations);
    return TEST_DONE();
}
