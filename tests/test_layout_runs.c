#include "stage/layout_parts.h"
#include "test.h"

/* Runs and gaps of all lengths, to the edges. */
static PIX *random_rows(int w, int h, unsigned seed)
{
    PIX *p = pixCreate(w, h, 1);
    for (int y = 0; y < h; y++)
        for (int x = 0, ink = 0; x < w; ink = !ink) {
            seed = seed * 1664525u + 1013904223u;
            for (int end = x + 1 + (int)(seed >> 16) % (1 + y % 70); x < end && x < w; x++)
                if (ink) pixSetPixel(p, x, y, 1);
        }
    return p;
}

static bool same(PIX *a, PIX *b)
{
    l_int32 equal = 0;
    return a && b && pixEqual(a, b, &equal) == 0 && equal;
}

TEST(as_leptonica_does_it)
{
    const int widths[] = {1, 31, 32, 33, 64, 200, 257}, sizes[] = {1, 2, 3, 10, 31, 32, 33, 64, 75};
    for (size_t i = 0; i < 7; i++)
        for (size_t k = 0; k < 9; k++) {
            PIX *p = random_rows(widths[i], 140, (unsigned)(i * 9 + k));
            PIX *opened = pixOpenBrick(NULL, p, sizes[k], 1),
                *closed = pixCloseSafeBrick(NULL, p, sizes[k], 1);
            PIX *open = open_across(p, sizes[k]), *close = close_across(p, sizes[k]);
            if (!CHECK(same(open, opened))) printf("    open: width %d, size %d\n", widths[i], sizes[k]);
            if (!CHECK(same(close, closed))) printf("    close: width %d, size %d\n", widths[i], sizes[k]);
            pixDestroy(&p);
            pixDestroy(&opened);
            pixDestroy(&closed);
            pixDestroy(&open);
            pixDestroy(&close);
        }
}

int main(void)
{
    RUN(as_leptonica_does_it);
    return TEST_DONE();
}
