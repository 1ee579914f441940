/* test: the whole harness.
 *
 *     #include "tests/test.h"
 *     TEST(letters) { CHECK(viet_is_letter('a')); CHECK_STR(viet_key(&a, "Đông"), "dong"); }
 *     int main(void) { RUN(letters); return TEST_DONE(); }
 *
 * A failed check prints the place and goes on. The last line counts the checks; none at all is a failure.
 */
#ifndef DAU_TEST_H
#define DAU_TEST_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int test_passed, test_failed, test_skipped;

static inline int test_check(int ok, const char *file, int line, const char *what)
{
    if (ok)
        test_passed++;
    else
        test_failed++, printf("%s:%d: failed: %s\n", file, line, what);
    return ok;
}

static inline int test_str(const char *got, const char *want, const char *file, int line, const char *what)
{
    int ok = got && want ? strcmp(got, want) == 0 : got == want;
    test_check(ok, file, line, what);
    if (!ok) printf("    got:  %s\n    want: %s\n", got ? got : "(null)", want ? want : "(null)");
    return ok;
}

#define TEST(name)           static void test_##name(void)
#define CHECK(x)             test_check(!!(x), __FILE__, __LINE__, #x)
#define CHECK_STR(got, want) test_str((got), (want), __FILE__, __LINE__, #got)
#define CHECK_INT(got, want)                                    \
    do {                                                        \
        long long g_ = (got), w_ = (want);                      \
        if (!test_check(g_ == w_, __FILE__, __LINE__, #got))    \
            printf("    got:  %lld\n    want: %lld\n", g_, w_); \
    } while (0)
#define SKIP(why) (test_skipped++, printf("%s:%d: skipped: %s\n", __FILE__, __LINE__, (why)))
#define RUN(name) test_##name()
#define TEST_DONE()                                                                                      \
    (printf("%s: %d passed, %d failed, %d skipped\n", __FILE__, test_passed, test_failed, test_skipped), \
     test_failed || !test_passed ? 1 : 0)

#endif
