/* Opening and closing along a row, run by run. Leptonica lays a brick of n pixels over the page n times,
 * which at 300 dpi, for rules of half an inch, was half of what layout took. A row has few runs: 0110111110
 * opened by 4 is 0000111110, closed by 2 is 0111111110. Words of 32 pixels that are all white or all black
 * are passed at once.
 */
#include "stage/layout_parts.h"

enum { WORD = 32 };

/* The first pixel at or after x that is `ink`; w when there is none. Pixel 0 is the highest bit of word 0. */
static int next(const l_uint32 *row, int x, int w, bool ink)
{
    while (x < w) {
        l_uint32 word = ink ? row[x / WORD] : ~row[x / WORD];
        word &= 0xFFFFFFFFu >> (x % WORD);
        if (word) {
            int at = x / WORD * WORD + __builtin_clz(word);
            return at < w ? at : w;
        }
        x = (x / WORD + 1) * WORD;
    }
    return w;
}

static void blacken(l_uint32 *row, int from, int to)
{
    for (int x = from; x < to;) {
        int end = (x / WORD + 1) * WORD < to ? (x / WORD + 1) * WORD : to;
        l_uint32 bits = 0xFFFFFFFFu >> (x % WORD);
        if (end % WORD) bits &= ~(0xFFFFFFFFu >> (end % WORD));
        row[x / WORD] |= bits;
        x = end;
    }
}

PIX *open_across(PIX *bits, int size)
{
    int w = pixGetWidth(bits), h = pixGetHeight(bits), wpl = pixGetWpl(bits);
    PIX *out = pixCreateTemplate(bits);
    for (int y = 0; out && y < h; y++) {
        const l_uint32 *from = pixGetData(bits) + (size_t)y * (size_t)wpl;
        l_uint32 *to = pixGetData(out) + (size_t)y * (size_t)wpl;
        for (int x = next(from, 0, w, true), end; x < w; x = next(from, end, w, true)) {
            end = next(from, x, w, false);
            if (end - x >= size) blacken(to, x, end);
        }
    }
    return out;
}

PIX *close_across(PIX *bits, int size)
{
    int w = pixGetWidth(bits), h = pixGetHeight(bits), wpl = pixGetWpl(bits);
    PIX *out = pixCopy(NULL, bits);
    for (int y = 0; out && y < h; y++) {
        const l_uint32 *from = pixGetData(bits) + (size_t)y * (size_t)wpl;
        l_uint32 *to = pixGetData(out) + (size_t)y * (size_t)wpl;
        for (int x = next(from, 0, w, true); x < w;) {
            int gap = next(from, x, w, false);
            x = next(from, gap, w, true);
            if (x < w && x - gap < size) blacken(to, gap, x);
        }
    }
    return out;
}
