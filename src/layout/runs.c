/* Morphology with bricks over a whole page. Leptonica lays a brick of n pixels over the page n times. At 300 dpi, for
 * rules of half an inch, that was half of the time of layout. Here
 *
 *   1. along a row it goes run by run: 0110111110 opened by 4 is 0000111110, closed by 2 is 0111111110
 *   2. down the page it goes in words of 32 pixels, by doubling. The page over itself moved by 1 is a brick of 2; that
 *      over itself moved by 2 is a brick of 4; moved by 1 once more, one of 5
 *   3. a brick of both is grown down, closed across, shrunk down: growing comes before shrinking, and each of the two is
 *      the same in either order of its directions
 */
#include "layout/private.h"

#include <string.h>

/* Each run of `least` pixels and more, grown by `left` and `right`. */
static PIX *copy_runs(PIX *bits, int least, int left, int right)
{
    PIX *out = pixCreateTemplate(bits);
    Bits in = bits_of(bits), to = bits_of(out);
    for (int y = 0; y < in.h; y++) {
        const uint32_t *from = in.word + (size_t)y * (size_t)in.words;
        uint32_t *row = to.word + (size_t)y * (size_t)to.words;
        for (int x = bits_next(from, 0, in.w, true), end; x < in.w; x = bits_next(from, end, in.w, true)) {
            end = bits_next(from, x, in.w, false);
            if (end - x < least) continue;
            bits_ink(row, x > left ? x - left : 0, end + right < in.w ? end + right : in.w);
        }
    }
    return out;
}

PIX *open_across(PIX *bits, int size)
{
    return copy_runs(bits, size, 0, 0);
}

PIX *grow_across(PIX *bits, int left, int right)
{
    return copy_runs(bits, 0, left, right);
}

static void fill_gaps(Bits bits, int size)
{
    for (int y = 0; y < bits.h; y++) {
        uint32_t *row = bits.word + (size_t)y * (size_t)bits.words;
        for (int x = bits_next(row, 0, bits.w, true); x < bits.w;) {
            int gap = bits_next(row, x, bits.w, false);
            x = bits_next(row, gap, bits.w, true);
            if (x < bits.w && x - gap < size) bits_ink(row, gap, x);
        }
    }
}

PIX *close_across(PIX *bits, int size)
{
    PIX *out = pixCopy(NULL, bits);
    fill_gaps(bits_of(out), size);
    return out;
}

/* ---- down ---- */

static void or_rows(Bits b, int from, int to)
{
    uint32_t *down = b.word + (size_t)to * (size_t)b.words;
    const uint32_t *up = b.word + (size_t)from * (size_t)b.words;
    for (int i = 0; i < b.words; i++) down[i] |= up[i];
}

static void and_rows(Bits b, int from, int to)
{
    uint32_t *up = b.word + (size_t)to * (size_t)b.words;
    const uint32_t *down = b.word + (size_t)from * (size_t)b.words;
    for (int i = 0; i < b.words; i++) up[i] &= down[i];
}

/* Row y becomes all of rows y - size + 1 to y; the moves add up to size - 1, each at most what there is. */
static void add_above(Bits b, int size)
{
    for (int have = 1; have < size;) {
        int by = have < size - have ? have : size - have;
        for (int y = b.h - 1; y >= by; y--) or_rows(b, y - by, y);
        have += by;
    }
}

/* Row y becomes what is in every row from y to y + size - 1; there is no ink below the picture. */
static void keep_below(Bits b, int size)
{
    for (int have = 1; have < size;) {
        int by = have < size - have ? have : size - have;
        for (int y = 0; y < b.h - by; y++) and_rows(b, y + by, y);
        int first = b.h - by > 0 ? b.h - by : 0;
        memset(b.word + (size_t)first * (size_t)b.words, 0,
               (size_t)(b.h - first) * (size_t)b.words * sizeof *b.word);
        have += by;
    }
}

PIX *open_down(PIX *bits, int size)
{
    PIX *out = pixCopy(NULL, bits);
    keep_below(bits_of(out), size);
    add_above(bits_of(out), size);
    return out;
}

PIX *grow_down(PIX *bits, int by)
{
    PIX *out = pixCreateTemplate(bits);
    Bits in = bits_of(bits), to = bits_of(out);
    for (int y = 0; y < in.h; y++)
        for (int k = y > by ? y - by : 0; k <= y + by && k < in.h; k++) {
            const uint32_t *from = in.word + (size_t)k * (size_t)in.words;
            uint32_t *row = to.word + (size_t)y * (size_t)to.words;
            for (int i = 0; i < in.words; i++) row[i] |= from[i];
        }
    return out;
}

PIX *close_brick(PIX *bits, int across, int down)
{
    PIX *high = pixAddBorderGeneral(bits, 0, 0, 0, down - 1, 0);
    add_above(bits_of(high), down);
    fill_gaps(bits_of(high), across);
    keep_below(bits_of(high), down);
    PIX *out = pixRemoveBorderGeneral(high, 0, 0, 0, down - 1);
    pixDestroy(&high);
    return out;
}

/* ---- grey, down ---- */

enum { LANES = 16 }; /* bytes that are compared at once */

static void brighter(uint8_t *to, const uint8_t *from, size_t n)
{
    for (; n >= LANES; n -= LANES, to += LANES, from += LANES)
        for (int k = 0; k < LANES; k++) to[k] = to[k] > from[k] ? to[k] : from[k];
    for (size_t k = 0; k < n; k++) to[k] = to[k] > from[k] ? to[k] : from[k];
}

static void darker(uint8_t *to, const uint8_t *from, size_t n)
{
    for (; n >= LANES; n -= LANES, to += LANES, from += LANES)
        for (int k = 0; k < LANES; k++) to[k] = to[k] < from[k] ? to[k] : from[k];
    for (size_t k = 0; k < n; k++) to[k] = to[k] < from[k] ? to[k] : from[k];
}

/* By doubling, as with bits; rows past the edges change nothing. */
static PIX *extreme_down(PIX *grey, int reach, int neutral, void (*take)(uint8_t *, const uint8_t *, size_t))
{
    PIX *high = pixAddBorderGeneral(grey, 0, 0, reach, reach, (l_uint32)neutral);
    uint8_t *rows = (uint8_t *)pixGetData(high);
    size_t row = (size_t)pixGetWpl(high) * sizeof(l_uint32), h = (size_t)pixGetHeight(high);
    for (size_t have = 1, size = 2 * (size_t)reach + 1; have < size;) {
        size_t by = have < size - have ? have : size - have;
        for (size_t y = 0; y + by < h; y++) take(rows + y * row, rows + (y + by) * row, row);
        have += by;
    }
    PIX *out = pixRemoveBorderGeneral(high, 0, 0, 0, 2 * reach);
    pixDestroy(&high);
    return out;
}

PIX *brightest_down(PIX *grey, int reach)
{
    return extreme_down(grey, reach, 0, brighter);
}

PIX *darkest_down(PIX *grey, int reach)
{
    return extreme_down(grey, reach, 255, darker);
}

/* ---- x and y changed ---- */

enum { WORD = 32 };

/* Transposes 32 x 32 bits: the halves off the diagonal are exchanged, then those of each quarter, and so on (Warren,
 * Hacker's Delight, 7-3). */
static void transpose_block(uint32_t a[WORD])
{
    uint32_t mask = 0xFFFF;
    for (int j = WORD / 2; j; j >>= 1, mask ^= mask << j)
        for (int k = 0; k < WORD; k = (k + j + 1) & ~j) {
            uint32_t t = (a[k] ^ (a[k + j] >> j)) & mask;
            a[k] ^= t;
            a[k + j] ^= t << j;
        }
}

static void transpose_bits(Bits from, Bits to)
{
    for (int y = 0; y < from.h; y += WORD)
        for (int i = 0; i < from.words; i++) {
            uint32_t block[WORD] = {0};
            for (int k = 0; k < WORD && y + k < from.h; k++)
                block[k] = from.word[(size_t)(y + k) * (size_t)from.words + (size_t)i];
            transpose_block(block);
            for (int k = 0; k < WORD && i * WORD + k < to.h; k++)
                to.word[(size_t)(i * WORD + k) * (size_t)to.words + (size_t)(y / WORD)] = block[k];
        }
}

PIX *transposed(PIX *pix)
{
    if (pixGetDepth(pix) == 1) {
        PIX *out = pixCreate(pixGetHeight(pix), pixGetWidth(pix), 1);
        transpose_bits(bits_of(pix), bits_of(out));
        return out;
    }
    PIX *turned = pixRotateOrth(pix, 1);
    return pixFlipLR(turned, turned);
}

/* ---- pieces ---- */

PIX *keep_pieces(PIX *bits, bool (*wanted)(const InkPiece *piece, const int *limit), const int *limit)
{
    PIX *out = pixCopy(NULL, bits);
    Bits to = bits_of(out);
    bits_keep(&to, wanted, limit);
    return out;
}
