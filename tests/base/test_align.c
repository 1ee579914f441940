#include "base/align.h"
#include "base/arena.h"
#include "base/str.h"
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

/* What a table of all distances says; from anywhere in b when `inside`. */
static int slow_distance(const char *a, int n, const char *b, int m, bool inside)
{
    int row[DISTANCE_MOST + 1], best;
    for (int i = 0; i <= n; i++) row[i] = i;
    best = row[n];
    for (int j = 1; j <= m; j++) {
        int corner = row[0];
        row[0] = inside ? 0 : j;
        for (int i = 1; i <= n; i++) {
            int left = row[i], least = corner + (a[i - 1] != b[j - 1]);
            if (left + 1 < least) least = left + 1;
            if (row[i - 1] + 1 < least) least = row[i - 1] + 1;
            row[i] = least;
            corner = left;
        }
        if (row[n] < best) best = row[n];
    }
    return inside ? best : row[n];
}

TEST(texts)
{
    char a[DISTANCE_MOST], b[2 * DISTANCE_MOST];
    CHECK_INT(edit_distance("tieu hoc", 8, "tieuhoc", 7, 2), 1);
    CHECK_INT(edit_distance("tieu hoc", 8, "mam non", 7, 2), 3); /* further than asked */
    CHECK_INT(edit_distance_inside("truong thcs le loi", 18, "thcs", 4, 0), 0);
    CHECK_INT(edit_distance_inside("truong thcs le loi", 18, "thpt", 4, 1), 2);
    CHECK_INT(edit_distance_inside("", 0, "thpt", 4, 4), 4);
    srand(7);
    for (int round = 0; round < 20000;
         round++) { /* short and over a word of 64 rows; few letters, so that much is alike */
        int n = rand() % DISTANCE_MOST, m = rand() % DISTANCE_MOST, most = rand() % DISTANCE_MOST;
        for (int i = 0; i < n; i++) a[i] = (char)(rand() % 3 - 1);
        for (int j = 0; j < 2 * m; j++) b[j] = j < n && rand() % 4 ? a[j] : (char)(rand() % 3 - 1);
        int whole = slow_distance(a, n, b, m, false), part = slow_distance(a, n, b, 2 * m, true);
        if (!CHECK(edit_distance(a, n, b, m, most) == (whole > most ? most + 1 : whole))) return;
        if (!CHECK(edit_distance_inside(b, 2 * m, a, n, most) == (part > most ? most + 1 : part))) return;
    }
    memset(b, 'a', sizeof b);
    CHECK_INT(edit_distance(b, DISTANCE_MOST, b, DISTANCE_MOST, 3), 4);
}

typedef struct Taken {
    const char *a, *b;
    Buf pairs;
} Taken;

/* A letter for itself costs nothing, "rn" for "m" 1, any other 3, one more or less 2. */
static float taught(void *context, size_t i, int p, size_t j, int q)
{
    const Taken *t = context;
    if (p == 1 && q == 1) return t->a[i] == t->b[j] ? 0 : 3;
    if (p + q == 1) return 2;
    return p == 1 && q == 2 && t->a[i] == 'm' && strncmp(t->b + j, "rn", 2) == 0 ? 1 : ALIGN_NEVER;
}

static void take(void *context, size_t i, int p, size_t j, int q)
{
    Taken *t = context;
    buf_addf(&t->pairs, "%.*s=%.*s ", p, t->a + i, q, t->b + j);
}

static void check_cheapest(const char *a, const char *b, size_t band, float cost, const char *pairs)
{
    Taken t = {a, b, {0}};
    AlignTask task = {strlen(a), strlen(b), 1, 2, band, taught, &t};
    CHECK(align_cheapest(&task, take) == cost);
    CHECK_STR(buf_str(&t.pairs), pairs);
    buf_release(&t.pairs);
}

TEST(segments_with_costs)
{
    check_cheapest("mam", "rnarn", 5, 2, "m=rn a=a m=rn ");
    check_cheapest("nam", "an", 2, 5, "m=n a=a n= ");
    check_cheapest("", "", 0, 0, "");
    check_cheapest("", "aa", 2, 4, "=a =a ");
    check_cheapest("aaaa", "", 0, 8, "a= a= a= a= ");
    check_cheapest("abcd", "xxxxabcd", 8, 8, "d=d c=c b=b a=a =x =x =x =x ");
    check_cheapest("abcd", "xxxxabcd", 0, ALIGN_NEVER, ""); /* no way stays on the diagonal alone */
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
    RUN(texts);
    RUN(segments_with_costs);
    RUN(long_ones);
    RUN(borders_of_blocks);
    return TEST_DONE();
}
