#include "base/arena.h"
#include "tests/test.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>
#include <unistd.h>

static bool is_zero(const unsigned char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i]) return false;
    return true;
}

TEST(memory_is_zeroed_and_aligned)
{
    static const size_t sizes[] = {1, 7, 16, 17, 5000, 16 * 1024, 40000, 3, 3 << 20, 9};
    Arena a = {0};
    size_t used = 0;
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        unsigned char *p = arena_alloc(&a, sizes[i]);
        CHECK(is_zero(p, sizes[i]));
        CHECK_INT((uintptr_t)p % _Alignof(max_align_t), 0);
        memset(p, 0xFF, sizes[i]);
        used += sizes[i];
    }
    CHECK(a.used >= used);
    arena_release(&a);
    CHECK(!a.head && !a.used);
}

/* More than a block holds, between small ones: what was handed out stays where and as it was. */
TEST(pointers_stay)
{
    enum { N = 3000 };
    Arena a = {0};
    char *name[N];
    char want[32];
    for (int i = 0; i < N; i++) {
        name[i] = arena_printf(&a, "Trường %d", i);
        if (i % 500 == 0) memset(arena_alloc(&a, 200000), 'x', 200000);
    }
    int same = 0;
    for (int i = 0; i < N; i++) {
        snprintf(want, sizeof want, "Trường %d", i);
        same += strcmp(name[i], want) == 0;
    }
    CHECK_INT(same, N);
    arena_release(&a);
    CHECK_STR(arena_str(&a, "again"), "again"); /* it may be used again */
    arena_release(&a);
}

TEST(copies)
{
    Arena a = {0};
    char text[] = "Mầm non Hoa Mai";
    char *copy = arena_str(&a, text), *part = arena_strn(&a, text, 8);
    int *numbers = arena_dup(&a, (int[]){25, 26}, 2 * sizeof(int));
    text[0] = 'X';
    CHECK_STR(copy, "Mầm non Hoa Mai");
    CHECK_STR(part, "Mầm no");
    CHECK_INT(numbers[1], 26);
    CHECK_STR(arena_str(&a, NULL), NULL);
    CHECK_STR(arena_strn(&a, NULL, 0), "");
    arena_release(&a);
}

static int code_of(void (*run)(void))
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        if (!freopen("/dev/null", "w", stderr)) _exit(1);
        run();
        _exit(0);
    }
    waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void ask_for_too_many(void)
{
    Arena a = {0};
    (void)arena_new(&a, uint64_t, SIZE_MAX / 4);
}

static void ask_for_all(void)
{
    Arena a = {0};
    (void)arena_alloc(&a, SIZE_MAX);
}

static void ask_for_few(void)
{
    Arena a = {0};
    (void)arena_new(&a, uint64_t, 4);
    arena_release(&a);
}

TEST(too_much_ends_the_program)
{
    CHECK_INT(code_of(ask_for_few), 0);
    CHECK_INT(code_of(ask_for_too_many), 15);
    CHECK_INT(code_of(ask_for_all), 15);
    CHECK_INT(arena_array_size(12, 8), 96);
    CHECK_INT(arena_array_size(SIZE_MAX, 0), 0);
}

TEST(the_heap)
{
    unsigned char *p = xalloc(100), *lines = xalloc_lines(100);
    CHECK(is_zero(p, 100) && is_zero(lines, 100));
    CHECK_INT((uintptr_t)lines % 64, 0);
    p[99] = 7;
    p = xrealloc(p, 100000);
    CHECK_INT(p[99], 7);
    free(p);
    free(lines);
    void *none = xalloc(0);
    CHECK(none);
    free(none);
    char *s = xstrdup("Đông");
    CHECK_STR(s, "Đông");
    free(s);
}

int main(void)
{
    RUN(memory_is_zeroed_and_aligned);
    RUN(pointers_stay);
    RUN(copies);
    RUN(too_much_ends_the_program);
    RUN(the_heap);
    return TEST_DONE();
}
