/* Three steps:
 *
 *   1. grey        the luminance of each pixel. A pixel much redder than green and blue is red ink, in part or wholly;
 *                  blue likewise. Lines one pixel thin are a scanner's fringe along black print and are dropped.
 *   2. over print  of red: the boxes of strokes larger than a letter, with all the red in them. Boxes that are near each
 *                  other are joined, for a seal's ring may be broken. Of blue: pieces larger than a letter, or that
 *                  touch black.
 *   3. taken off   the channel of that ink replaces the luminance, stretched so that the ink's own level is white.
 *
 * Example: a seal of (212, 60, 73) lies over the o of "Hoa", which is (173, 22, 35) there. In luminance the ring is 107
 * and the letter under it 68; in the red channel they are 212 and 173; stretched 255 and 161, on paper of 250. */
#include "clean/ink.h"

#include "base/arena.h"
#include "doc/rect.h"

#include <stdbool.h>
#include <stdlib.h>

/* Red, green and blue are 0..255. A pixel this much redder than green and blue is red ink in part, or wholly. Aged paper
 * is 30 redder than blue, and as red as green; a cold scanner's paper is 10 bluer. */
enum { LEAST_RED = 24, LEAST_BLUE = 24 };
/* How much redder or bluer than dark a pixel beside such ink is, in hundredths: pure seals 90, pens 30 to 60 however thin
 * the stroke, print 0 to 5, and under a pad's ink hardly more. From the first value on it is ink in part, from the second
 * wholly. */
enum { LEAST_SHARE = 6, FULL_SHARE = 25 };
/* Darker than this and of no colour is print. */
enum { BLACK = 110 };
/* Where the pad was wet, black under ink is hardly darker than the ink: differences are multiplied by this. */
enum { STRETCH = 2 };
/* Inches: capitals of 14 points with their marks are 0.2 high. */
static const double LARGER_THAN_LETTERS = 0.35, NEAR = 0.3;
/* A page with fewer pieces than this has strokes; more are grain or a coloured picture, and not worth joining. */
enum { MOST_STROKES = 400 };

typedef enum Colour { RED, BLUE } Colour;

static l_uint32 *line_of(PIX *pix, int y)
{
    return pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix);
}

static int over(Colour ink, int red, int green, int blue)
{
    int own = ink == BLUE ? blue : red, other = ink == BLUE ? red : blue;
    return own - (green > other ? green : other);
}

/* ---- 1: grey and colours ---- */

static void part_colours(PIX *scan, PIX *grey, PIX *red, PIX *blue)
{
    int w = pixGetWidth(scan), h = pixGetHeight(scan);
    for (int y = 0; y < h; y++) {
        const l_uint32 *from = line_of(scan, y);
        l_uint32 *to = line_of(grey, y), *r_to = line_of(red, y), *b_to = line_of(blue, y);
        for (int x = 0; x < w; x++) {
            int r, g, b;
            extractRGBValues(from[x], &r, &g, &b);
            SET_DATA_BYTE(to, x, (77 * r + 150 * g + 29 * b) >> 8);
            if (r - (g > b ? g : b) >= LEAST_RED) SET_DATA_BIT(r_to, x);
            if (b - (g > r ? g : r) >= LEAST_BLUE) SET_DATA_BIT(b_to, x);
        }
    }
}

/* Without fringes; NULL when nothing is left. */
static PIX *strokes_of(PIX *mask, int dpi)
{
    int thin = dpi / 100 < 2 ? 2 : dpi / 100, none = 1;
    PIX *kept = pixOpenBrick(NULL, mask, thin, thin);
    if (kept) pixZero(kept, &none);
    if (none) pixDestroy(&kept);
    return kept;
}

/* ---- 2: what lies over print ---- */

static bool near(Rect a, Rect b, int reach)
{
    a = rect_grow(a, reach);
    return a.x < rect_right(b) && b.x < rect_right(a) && a.y < rect_bottom(b) && b.y < rect_bottom(a);
}

/* Joins boxes that are near, until none is; returns how many are left. */
static int join_near(Rect *box, int n, int reach)
{
    for (int i = 0; i < n; i++)
        for (int k = i + 1; k < n; k++) {
            if (!near(box[i], box[k], reach)) continue;
            box[i] = rect_union(box[i], box[k]);
            box[k] = box[--n];
            k = i; /* the larger box may reach those passed over */
        }
    return n;
}

/* Boxes of the large pieces; yours to free. */
static Rect *large_pieces(PIX *mask, int dpi, int *n)
{
    int large = (int)(LARGER_THAN_LETTERS * dpi);
    BOXA *boxes = pixConnComp(mask, NULL, 8);
    int all = boxes ? boxaGetCount(boxes) : 0;
    Rect *box = xalloc(((size_t)all + 1) * sizeof *box);
    *n = 0;
    for (int i = 0; i < all; i++) {
        Rect r;
        boxaGetBoxGeometry(boxes, i, &r.x, &r.y, &r.w, &r.h);
        if (r.w > large || r.h > large) box[(*n)++] = r;
    }
    boxaDestroy(&boxes);
    return box;
}

/* Seals: all the red within the boxes of large strokes. */
static PIX *within_seals(PIX *mask, int dpi)
{
    int n;
    Rect *box = large_pieces(mask, dpi, &n);
    if (n <= MOST_STROKES) n = join_near(box, n, (int)(NEAR * dpi));
    PIX *seals = n ? pixCreateTemplate(mask) : NULL;
    for (int i = 0; i < n; i++)
        pixRasterop(seals, box[i].x, box[i].y, box[i].w, box[i].h, PIX_SRC, mask, box[i].x, box[i].y);
    free(box);
    return seals;
}

/* Pen strokes: large pieces, and those that touch black print. */
static PIX *pen_strokes(PIX *mask, PIX *grey, int dpi)
{
    int large = (int)(LARGER_THAN_LETTERS * dpi), none = 1;
    PIX *black = pixThresholdToBinary(grey, BLACK);
    PIX *grown = pixDilateBrick(NULL, mask, 3, 3);
    pixSubtract(black, black, grown); /* a pen's blue is dark too, and so is its edge */
    PIX *print = pixDilateBrick(NULL, black, 7, 7);
    PIX *touching = pixAnd(NULL, print, mask);
    PIX *strokes = pixSeedfillBinary(NULL, touching, mask, 8);
    PIX *big = pixSelectBySize(mask, large, large, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GT, NULL);
    if (strokes && big) pixOr(strokes, strokes, big);
    if (strokes) pixZero(strokes, &none);
    if (none) pixDestroy(&strokes);
    pixDestroy(&black);
    pixDestroy(&grown);
    pixDestroy(&print);
    pixDestroy(&touching);
    pixDestroy(&big);
    return strokes;
}

/* ---- 3: taken off ---- */

static int channel_of(l_uint32 pixel, Colour ink)
{
    return (int)(pixel >> (ink == BLUE ? L_BLUE_SHIFT : L_RED_SHIFT)) & 0xff;
}

/* The channel's level in the darkest of the inks: a sixth of the pixels are print that shows through, or
 * darker. */
enum { DARKER = 6 };

static int level_of(PIX *scan, PIX *mask, Colour ink)
{
    long count[256] = {0}, all = 0, sum = 0;
    int w = pixGetWidth(scan), h = pixGetHeight(scan), level = 0;
    for (int y = 0; y < h; y++) {
        const l_uint32 *from = line_of(scan, y), *in = line_of(mask, y);
        for (int x = 0; x < w; x++)
            if (GET_DATA_BIT(in, x)) count[channel_of(from[x], ink)]++, all++;
    }
    while (level < 255 && (sum += count[level]) * DARKER < all) level++;
    return level > 0 ? level : 1;
}

/* What the pixel is without the ink, of which the level is `level`. */
static int without_ink(l_uint32 pixel, int grey, Colour ink, int level)
{
    int r, g, b;
    extractRGBValues(pixel, &r, &g, &b);
    int dark = 255 - grey, share = dark > 0 ? 100 * over(ink, r, g, b) / dark : 0;
    if (share <= LEAST_SHARE) return grey;
    int shown = 255 - STRETCH * (level - channel_of(pixel, ink)) * 255 / level;
    shown = shown < 0 ? 0 : shown > 255 ? 255 : shown;
    if (shown < grey) shown = grey; /* it only ever hides print */
    if (share >= FULL_SHARE) return shown;
    return grey + (shown - grey) * (share - LEAST_SHARE) / (FULL_SHARE - LEAST_SHARE);
}

/* Also the soft edge of the strokes, a little outside the mask. */
static void take_off(PIX *scan, PIX *grey, PIX *mask, int dpi, Colour ink)
{
    int edge = dpi / 50 < 3 ? 3 : dpi / 50 | 1, level = level_of(scan, mask, ink);
    int w = pixGetWidth(scan), h = pixGetHeight(scan);
    PIX *wide = pixDilateBrick(NULL, mask, edge, edge);
    for (int y = 0; y < h; y++) {
        const l_uint32 *from = line_of(scan, y), *in = line_of(wide, y);
        l_uint32 *to = line_of(grey, y);
        for (int x = 0; x < w; x++)
            if (GET_DATA_BIT(in, x))
                SET_DATA_BYTE(to, x, without_ink(from[x], GET_DATA_BYTE(to, x), ink, level));
    }
    pixDestroy(&wide);
}

static Inks inks_of_colours(PIX *scan, int dpi)
{
    int w = pixGetWidth(scan), h = pixGetHeight(scan);
    Inks inks = {.grey = pixCreate(w, h, 8)};
    PIX *red = pixCreate(w, h, 1), *blue = pixCreate(w, h, 1);
    part_colours(scan, inks.grey, red, blue);
    PIX *seals = strokes_of(red, dpi), *pens = strokes_of(blue, dpi);
    if (seals) inks.red = within_seals(seals, dpi);
    if (pens) inks.blue = pen_strokes(pens, inks.grey, dpi);
    if (inks.red) take_off(scan, inks.grey, inks.red, dpi, RED);
    if (inks.blue) take_off(scan, inks.grey, inks.blue, dpi, BLUE);
    pixDestroy(&red);
    pixDestroy(&blue);
    pixDestroy(&seals);
    pixDestroy(&pens);
    return inks;
}

Inks inks_of(PIX *scan, int dpi)
{
    if (pixGetDepth(scan) == 32) return inks_of_colours(scan, dpi);
    if (pixGetDepth(scan) == 1) return (Inks){.grey = pixClone(scan)};
    return (Inks){.grey = pixConvertTo8(scan, 0)};
}

void inks_release(Inks *inks)
{
    pixDestroy(&inks->grey);
    pixDestroy(&inks->red);
    pixDestroy(&inks->blue);
}
