#include "base/align.h"
#include "base/arena.h"
#include "tests/test.h"

static size_t letters(const char *s, int32_t *out)
{
    size_t n = strlen(s);
    for (size_t i = 0; i < n; i++) out[i] = s[i];
    return n;
}

static size_t distance(const char *a, const char *b)
{
    int32_t x[64], y[64];
    size_t n = letters(a, x), m = letters(b, y);
    return align_distance(x, n, y, m);
}

/* The steps as a word: = alike, x changed, - lost, + come. */
static const char *way_text(const int32_t *a, size_t n, const int32_t *b, size_t m, char *out)
{
    unsigned char way[200];
    size_t steps = align_way(a, n, b, m, way), i = 0, j = 0;
    for (size_t k = 0; k < steps; k++) {
        out[k] = "=x-+"[way[k] == ALIGN_BOTH ? a[i] != b[j] : way[k]];
        i += way[k] != ALIGN_B;
        j += way[k] != ALIGN_A;
    }
    out[steps] = '\0';
    CHECK(i == n && j == m);
    return out;
}

TEST(short_ones)
{
    int32_t x[64], y[64];
    char out[200];
    CHECK_INT(distance("", ""), 0);
    CHECK_INT(distance("", "abc"), 3);
    CHECK_INT(distance("kitten", "sitting"), 3);
    CHECK_INT(distance("abcd", "bcda"), 2);
    size_t n = letters("phong", x), m = letters("pong!", y);
    CHECK_STR(way_text(x, n, y, m, out), "=-===+");
    CHECK_STR(way_text(x, 0, y, 2, out), "++");
    CHECK_STR(way_text(x, 2, y, 0, out), "--");
    CHECK_STR(way_text(x, 0, y, 0, out), "");
}

/* Of `from`, with one in `every` changed, lost or doubled. */
static size_t worn(const int32_t *from, size_t n, int every, int32_t *to)
{
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        int what = rand() % every;
        if (what == 0) continue;
        to[m++] = what == 1 ? rand() : from[i];
        if (what == 2) to[m++] = from[i];
    }
    return m;
}

static size_t cost(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    unsigned char *way = xalloc(n + m + 1);
    size_t steps = align_way(a, n, b, m, way), i = 0, j = 0, sum = 0;
    for (size_t k = 0; k < steps; k++) {
        sum += way[k] != ALIGN_BOTH || a[i] != b[j];
        i += way[k] != ALIGN_B;
        j += way[k] != ALIGN_A;
    }
    CHECK(i == n && j == m);
    free(way);
    return sum;
}

/* What is too large for a table is cut; the way costs what the distance is, and that is what one row gives.
 */
TEST(long_ones)
{
    enum { MOST = 6000 };
    int32_t *a = xalloc(MOST * sizeof *a), *b = xalloc(2 * MOST * sizeof *b);
    srand(7);
    for (int kind = 0; kind < 4; kind++) {
        size_t n = MOST - (size_t)kind * 37, m;
        for (size_t i = 0; i < n; i++) a[i] = rand() % (kind == 3 ? 3 : 2000);
        m = kind == 2 ? worn(a, n / 2, 10, b) : worn(a, n, kind ? 3 : 50, b);
        size_t far = align_distance(a, n, b, m);
        CHECK_INT(cost(a, n, b, m), far);
        CHECK_INT(cost(b, m, a, n), far);
        CHECK_INT(align_distance(b, m, a, n), far);
    }
    CHECK_INT(cost(a, MOST - 200, b, 0), MOST - 200);
    free(a);
    free(b);
}

/* Blocks of 64 rows against the table, at every length near their borders. */
TEST(borders_of_blocks)
{
    int32_t a[200], b[420];
    srand(3);
    for (size_t n = 60; n < 200; n += n % 64 == 2 ? 58 : 1) {
        for (size_t i = 0; i < n; i++) a[i] = rand() % 5;
        size_t m = worn(a, n, 6, b);
        CHECK_INT(align_distance(a, n, b, m), cost(a, n, b, m));
    }
}

int main(void)
{
    RUN(short_ones);
    RUN(long_ones);
    RUN(borders_of_blocks);
    return TEST_DONE();
}
