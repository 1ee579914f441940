#include "layout/private.h"
#include "tests/test.h"

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

/* Both are destroyed. */
static void check_same(PIX *ours, PIX *leptonicas, const char *what, int w, int size)
{
    if (!CHECK(same(ours, leptonicas))) printf("    %s: width %d, size %d\n", what, w, size);
    pixDestroy(&ours);
    pixDestroy(&leptonicas);
}

TEST(as_leptonica_does_it)
{
    const int widths[] = {1, 31, 32, 33, 64, 200, 257}, sizes[] = {1, 2, 3, 10, 31, 32, 33, 64, 75};
    for (size_t i = 0; i < 7; i++)
        for (size_t k = 0; k < 9; k++) {
            int w = widths[i], n = sizes[k];
            PIX *p = random_rows(w, 140, (unsigned)(i * 9 + k)), *q = pixRotateOrth(p, 1);
            check_same(open_across(p, n), pixOpenBrick(NULL, p, n, 1), "open across", w, n);
            check_same(close_across(p, n), pixCloseSafeBrick(NULL, p, n, 1), "close across", w, n);
            check_same(open_down(q, n), pixOpenBrick(NULL, q, 1, n), "open down", w, n);
            check_same(close_brick(p, n, 3), pixCloseSafeBrick(NULL, p, n, 3), "close low", w, n);
            check_same(close_brick(q, 3, n), pixCloseSafeBrick(NULL, q, 3, n), "close high", w, n);
            check_same(grow_across(p, n / 2, n - 1 - n / 2), pixDilateBrick(NULL, p, n, 1), "grow", w, n);
            check_same(grow_down(p, n / 2), pixDilateBrick(NULL, p, 1, n / 2 * 2 + 1), "grow down", w, n);
            pixDestroy(&p);
            pixDestroy(&q);
        }
}

/* y and x changed by Leptonica. */
static PIX *changed(PIX *pix)
{
    PIX *turned = pixRotateOrth(pix, 1);
    return pixFlipLR(turned, turned);
}

TEST(grey_and_transposed_as_leptonica_does_it)
{
    const int widths[] = {1, 31, 33, 64, 257};
    for (int i = 0; i < 5; i++) {
        int w = widths[i];
        PIX *p = random_rows(w, 140, (unsigned)i), *half = pixScaleToGray2(p),
            *q = half ? half : pixConvertTo8(p, 0);
        check_same(transposed(p), changed(p), "transposed", w, 1);
        check_same(transposed(q), changed(q), "transposed grey", w, 8);
        check_same(brightest_down(q, 1), pixDilateGray(q, 1, 3), "brightest", w, 3);
        check_same(darkest_down(q, 4), pixErodeGray(q, 1, 9), "darkest", w, 9);
        PIX *bright = brightest_down(q, 3);
        check_same(darkest_down(bright, 3), pixCloseGray(q, 1, 7), "closed", w, 7);
        pixDestroy(&p);
        pixDestroy(&q);
        pixDestroy(&bright);
    }
}

static bool is_large(const InkPiece *p, const int *least)
{
    return p->w >= *least || p->h >= *least;
}

TEST(pieces_as_leptonica_finds_them)
{
    PIX *p = random_rows(257, 140, 7);
    Bits bits = bits_of(p);
    Pieces pieces = {0};
    BOXA *boxes = pixConnComp(p, NULL, 8);
    pieces_find(&pieces, &bits);
    CHECK_INT(pieces.v.n, boxaGetCount(boxes));
    for (int i = 0; i < boxaGetCount(boxes); i++) {
        int x, y, w, h;
        InkPiece own = pieces.v.v[i];
        boxaGetBoxGeometry(boxes, i, &x, &y, &w, &h);
        CHECK(own.x == x && own.y == y && own.w == w && own.h == h);
    }
    check_same(keep_pieces(p, is_large, &(int){4}),
               pixSelectBySize(p, 4, 4, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL), "large", 257, 4);
    pieces_release(&pieces);
    boxaDestroy(&boxes);
    pixDestroy(&p);
}

int main(void)
{
    RUN(as_leptonica_does_it);
    RUN(grey_and_transposed_as_leptonica_does_it);
    RUN(pieces_as_leptonica_finds_them);
    return TEST_DONE();
}
