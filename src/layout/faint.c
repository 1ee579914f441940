/* Rules too pale, too thin or too dotted to survive the threshold are found in the grey picture, by their mean:
 *
 *   1. at half the resolution where the scan is fine: a mean of four keeps a hair line and loses the noise
 *   2. thin and dark: how much darker a pixel is than the white right above and right below it (black top hat). It counts
 *      PALE at most, so that a black speck counts no more than a dot of the rule. It counts nothing where a letter
 *      stands, or within FLANK of one
 *   3. dense: the mean over a window along the rule is at least DENSE of PALE. A line of text has less than a tenth,
 *      because its bars have other bars above or below
 *   4. where the ends of a window are rule too, its middle is rule, and the run goes on to the last of its dots
 *
 * Example: a dotted rule under "Mầm non Hoa Mai" at 100 dpi has dots of one pixel in four, each half as dark as the
 * letters. Its mean still reaches DENSE.
 */
#include "layout/private.h"

#include <math.h>
#include <stdlib.h>

enum { HALVED_FROM = 240 };            /* dpi */
enum { PALE = 48 };                    /* grey levels below the paper, of a rule worth looking at */
enum { LETTER_DARK = 88 };             /* grey levels below the paper, of the strokes of a letter */
static const double EDGE = 1.0 / 55;   /* inches from the middle of a rule to where the paper is white */
static const double FLANK = 1.0 / 20;  /* inches: half a small letter's height */
static const double WINDOW = 0.3;      /* inches: three dashes of 3 pt with gaps of 4 pt */
static const double DENSE = 0.4;       /* share of PALE */
static const double EVEN = 0.6;        /* share of the window */
static const double LONG_WINDOW = 1.2; /* inches: over several words, so that no word's bars can fill it */
static const double LONG_DENSE = 0.2;  /* share of PALE */
static const double LONG_EVEN =
    0.8; /* share of the window; stems of letters one under the other leave a half */
static const double GAP = 1.0 / 12; /* inches: a rule that has nothing for longer is broken there */

static const double LETTER_HIGH = 1.0 / 22; /* inches */
static const double LETTER_WIDE = 1.0 / 40; /* inches; what is narrower may be a dash of a rule */
static const double LETTERS_HIGH = 0.3;     /* inches, with marks above and below */
static const double LETTER_INK = 0.18;      /* share of its box; less is where two rules cross */
static const double LETTERS_WIDE = 1.0;     /* inches: the letters of a word that touch */

static int pixels(double inches, int dpi)
{
    return (int)ceil(inches * dpi);
}

static const l_uint32 *row_of(PIX *pix, int y)
{
    int last = pixGetHeight(pix) - 1;
    y = y < 0 ? 0 : y > last ? last : y;
    return pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
}

/* Step 2. */
static PIX *thin_dark(PIX *grey, int dpi)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey), near = pixels(EDGE, dpi), far = pixels(FLANK, dpi);
    int reach = (far - near) | 1, off = near + reach / 2 + 1;
    PIX *bright = brightest_down(grey, near), *white = darkest_down(bright, near),
        *darkest = darkest_down(grey, reach / 2);
    PIX *out = pixCreate(w, h, 8);
    for (int y = 0; y < h; y++) {
        const l_uint32 *at = row_of(grey, y), *paper = row_of(white, y), *above = row_of(darkest, y - off),
                       *below = row_of(darkest, y + off);
        l_uint32 *to = pixGetData(out) + (size_t)y * (size_t)pixGetWpl(out);
        for (int x = 0; x < w; x++) {
            int level = GET_DATA_BYTE(paper, x), dark = level - GET_DATA_BYTE(at, x);
            if (dark <= 0 || level - GET_DATA_BYTE(above, x) > LETTER_DARK ||
                level - GET_DATA_BYTE(below, x) > LETTER_DARK)
                continue;
            SET_DATA_BYTE(to, x, dark > PALE ? PALE : dark);
        }
    }
    pixDestroy(&bright);
    pixDestroy(&white);
    pixDestroy(&darkest);
    return out;
}

typedef struct Window {
    int half;     /* pixels to each side */
    double dense; /* share of PALE that the mean has at least */
    double even;  /* share of the window that is near something dark */
} Window;

/* Where the window round a pixel has it. */
static PIX *dense_runs(PIX *dark, PIX *near_dark, Window window)
{
    int w = pixGetWidth(dark), h = pixGetHeight(dark), half = window.half, size = 2 * half + 1;
    long least = lround(window.dense * PALE * size), least_even = lround(window.even * size);
    PIX *bits = pixCreate(w, h, 1);
    for (int y = 0; y < h; y++) {
        const l_uint32 *from = row_of(dark, y), *even = row_of(near_dark, y);
        l_uint32 *to = pixGetData(bits) + (size_t)y * (size_t)pixGetWpl(bits);
        long sum = 0, near = 0;
        for (int x = -half; x < w; x++) {
            int in = x + half, out = x - half - 1;
            if (in < w) sum += GET_DATA_BYTE(from, in), near += GET_DATA_BIT(even, in);
            if (out >= 0) sum -= GET_DATA_BYTE(from, out), near -= GET_DATA_BIT(even, out);
            if (x >= 0 && sum >= least && near >= least_even) SET_DATA_BIT(to, x);
        }
    }
    PIX *runs = open_across(bits, size);
    pixDestroy(&bits);
    return runs;
}

/* Step 4. */
static void reach_out(PIX *runs, PIX *near_dark)
{
    int w = pixGetWidth(runs);
    for (int y = 0; y < pixGetHeight(runs); y++) {
        const l_uint32 *dark = row_of(near_dark, y);
        l_uint32 *at = pixGetData(runs) + (size_t)y * (size_t)pixGetWpl(runs);
        for (int x = 1; x < w; x++)
            if (GET_DATA_BIT(at, x - 1) && GET_DATA_BIT(dark, x)) SET_DATA_BIT(at, x);
        for (int x = w - 2; x >= 0; x--)
            if (GET_DATA_BIT(at, x + 1) && GET_DATA_BIT(dark, x)) SET_DATA_BIT(at, x);
    }
}

static PIX *dense(PIX *dark, int dpi)
{
    PIX *wide = brightest_down(dark, 1); /* a worn rule steps up and down by a pixel */
    PIX *light = pixThresholdToBinary(wide, PALE / 4), *bits = pixInvert(NULL, light);
    int gap = pixels(GAP, dpi);
    PIX *near_dark = grow_across(bits, gap / 2, gap - 1 - gap / 2);
    PIX *out = dense_runs(wide, near_dark, (Window){pixels(WINDOW, dpi) / 2, DENSE, EVEN});
    PIX *thin = dense_runs(wide, near_dark, (Window){pixels(LONG_WINDOW, dpi) / 2, LONG_DENSE, LONG_EVEN});
    pixOr(out, out, thin);
    reach_out(out, near_dark);
    pixDestroy(&wide);
    pixDestroy(&light);
    pixDestroy(&bits);
    pixDestroy(&near_dark);
    pixDestroy(&thin);
    return out;
}

/* Clears the places of letters: pieces of ink of the size of a letter, or of several that touch. The picture may lie on
 * its side. */
static void blank_letters(PIX *dark, PIX *ink, int by, int dpi)
{
    Pieces pieces = {0};
    Bits bits = bits_of(ink);
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        int longer = p.w > p.h ? p.w : p.h, shorter = p.w > p.h ? p.h : p.w;
        if (longer < LETTER_HIGH * dpi || shorter < LETTER_WIDE * dpi || shorter > LETTERS_HIGH * dpi ||
            longer > LETTERS_WIDE * dpi)
            continue;
        if (p.area < LETTER_INK * p.w * p.h) continue;
        pixRasterop(dark, p.x / by - 1, p.y / by - 1, p.w / by + 3, p.h / by + 3, PIX_CLR, NULL, 0, 0);
    }
    pieces_release(&pieces);
}

PIX *faint_picture(PIX *grey, int dpi)
{
    return dpi >= HALVED_FROM ? pixScaleAreaMap2(grey) : pixClone(grey);
}

PIX *faint_runs(PIX *ink, PIX *small, int dpi)
{
    int by = dpi >= HALVED_FROM ? 2 : 1, w = pixGetWidth(ink), h = pixGetHeight(ink);
    PIX *dark = thin_dark(small, dpi / by), *out = pixCreate(w, h, 1);
    blank_letters(dark, ink, by, dpi);
    PIX *runs = dense(dark, dpi / by);
    PIX *full = pixExpandReplicate(runs, by);
    pixRasterop(out, 0, 0, w, h, PIX_SRC, full, 0, 0);
    pixDestroy(&dark);
    pixDestroy(&runs);
    pixDestroy(&full);
    return out;
}
