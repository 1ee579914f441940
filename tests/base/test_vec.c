#include "base/vec.h"
#include "tests/test.h"

typedef struct Row {
    int no;
    const char *school;
} Row;

typedef VEC(Row) RowVec;

TEST(pushed_elements_are_zeroed_and_kept)
{
    RowVec rows = {0};
    for (int i = 0; i < 1000; i++) {
        Row *r = vec_push(&rows);
        if (r->no || r->school) break;
        *r = (Row){i + 1, "Hoa Mai"};
    }
    CHECK_INT(rows.n, 1000);
    CHECK(rows.cap >= rows.n);
    int right = 0;
    for (size_t i = 0; i < rows.n; i++) right += rows.v[i].no == (int)i + 1 && rows.v[i].school;
    CHECK_INT(right, 1000);
    vec_release(&rows);
    CHECK(!rows.v && !rows.n && !rows.cap);
}

/* An element that was there before the vector was cleared does not show through. */
TEST(cleared_and_used_again)
{
    RowVec rows = {0};
    for (int i = 0; i < 20; i++) *vec_push(&rows) = (Row){7, "cũ"};
    size_t cap = rows.cap;
    vec_clear(&rows);
    CHECK_INT(rows.n, 0);
    CHECK_INT(rows.cap, cap);
    const Row *r = vec_push(&rows);
    CHECK(r == rows.v && !r->no && !r->school);
    vec_release(&rows);
}

TEST(reserved_room_needs_no_look)
{
    VEC(int) numbers = {0};
    *vec_push(&numbers) = 1;
    vec_reserve(&numbers, 5000);
    CHECK(numbers.cap >= 5001);
    const int *before = numbers.v;
    while (numbers.n < 5001) numbers.v[numbers.n] = (int)numbers.n + 1, numbers.n++;
    CHECK(numbers.v == before);
    CHECK_INT(numbers.v[0], 1);
    CHECK_INT(numbers.v[5000], 5001);
    vec_release(&numbers);
}

int main(void)
{
    RUN(pushed_elements_are_zeroed_and_kept);
    RUN(cleared_and_used_again);
    RUN(reserved_room_needs_no_look);
    return TEST_DONE();
}
