/* Dark heads of tables become black on white, for neither rules nor letters are found in them otherwise. Example: "Trường
 * kết nghĩa" in white on a band of 36 % grey, on a page whose paper is 245.
 *
 *   1. dark: what is far below the paper. A run of it as long as a word and as high as the margin above a letter is in no
 *      line of text; without one the page is left as it is
 *   2. bands: those runs, closed over the lines of letters between them. A band is filled, not wide of a rectangle, and holds white
 *      pieces of the size of letters. A photograph, a seal and the shadow of the paper's edge do not
 *   3. in a band, white is as far as a pixel is from the band's own grey: letters turn black, rules that are lighter or
 *      darker than the band too
 *   4. the band gets a frame, as the head of a table has
 */
#include "clean/private.h"

#include "base/bits.h"

#include <stdlib.h>

static const float PAPER_RANK =
    0.8f;                       /* of ten pixels of a page eight are darker, or as bright as its paper */
static const double DARK = 0.6; /* share of the paper's grey */
static const double SOLID_WIDE = 0.25;                                    /* inches */
static const double SOLID_HIGH = 1.0 / 32;                                /* inches; a thick rule is lower */
static const double STROKE = 1.0 / 14;                                    /* inches closed along a line */
static const double LEAST_WIDE = 0.3, LEAST_HIGH = 0.13, MOST_HIGH = 2.0; /* inches, of a band */
static const double FILLED = 0.8;                                         /* share of its box, closed */
static const double LEAST_DARK = 0.55;                          /* share of its box, with the letters white */
static const double LETTER_LEAST = 1.0 / 25, LETTER_MOST = 0.3; /* inches, of height */
static const double AT_EDGE = 1.0 / 20; /* inches from the edge of the picture: a shadow */
static const double FRAME = 1.0 / 100;  /* inches */
enum {
    SAMPLED = 8 /* px apart */,
    LEAST_LETTERS = 2,
    DARKER_RULE = 40 /* grey levels: a band below cannot show a darker rule */
};

static Bits bits_of(PIX *pix)
{
    return (Bits){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
}

static int pixels(double inches, int dpi)
{
    int n = (int)(inches * dpi + 0.5);
    return n < 1 ? 1 : n;
}

/* Step 1; `grey` has 8 bits, or 1. */
static PIX *dark_of(PIX *grey)
{
    l_float32 paper = 255;
    if (pixGetDepth(grey) == 8) pixGetRankValueMasked(grey, NULL, 0, 0, SAMPLED, PAPER_RANK, &paper, NULL);
    PIX *dark =
        pixGetDepth(grey) == 1 ? pixClone(grey) : pixThresholdToBinary(grey, (int)(DARK * (double)paper));
    return dark;
}

/* The runs of it that no line of text has; NULL: none. */
static PIX *solid_of(PIX *dark, int dpi)
{
    l_int32 empty = 1;
    PIX *solid = pixOpenBrick(NULL, dark, pixels(SOLID_WIDE, dpi), pixels(SOLID_HIGH, dpi));
    pixZero(solid, &empty);
    if (empty) pixDestroy(&solid);
    return solid;
}

/* How many white pieces inside the box have the height of letters. */
static int letters_in(PIX *dark, BOX *box, int dpi)
{
    int n = 0, w = 0, h = 0;
    PIX *part = pixClipRectangle(dark, box, NULL);
    pixInvert(part, part);
    pixGetDimensions(part, &w, &h, NULL);
    Bits bits = bits_of(part);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        bool inside = p.x > 0 && p.y > 0 && p.x + p.w < w && p.y + p.h < h;
        n += inside && p.h >= LETTER_LEAST * dpi && p.h <= LETTER_MOST * dpi && p.w <= LETTER_MOST * 2 * dpi;
    }
    pieces_release(&pieces);
    pixDestroy(&part);
    return n;
}

/* Step 2. */
static bool is_band(PIX *dark, const InkPiece *p, int dpi)
{
    int edge = pixels(AT_EDGE, dpi), w = pixGetWidth(dark), h = pixGetHeight(dark);
    l_int32 count = 0;
    if (p->w < LEAST_WIDE * dpi || p->h < LEAST_HIGH * dpi || p->h > MOST_HIGH * dpi ||
        p->area < FILLED * p->w * p->h)
        return false;
    if (p->x < edge || p->y < edge || p->x + p->w > w - edge || p->y + p->h > h - edge) return false;
    BOX *box = boxCreate(p->x, p->y, p->w, p->h);
    pixCountPixelsInRect(dark, box, &count, NULL);
    bool is = count >= LEAST_DARK * p->w * p->h && letters_in(dark, box, dpi) >= LEAST_LETTERS;
    boxDestroy(&box);
    return is;
}

/* The bands, 1 bit; NULL: none. Between the solid runs above and below a line of letters the band goes on. */
static PIX *bands_of(PIX *dark, PIX *solid, int dpi)
{
    int found = 0;
    PIX *closed = pixCloseSafeBrick(NULL, solid, pixels(STROKE, dpi), pixels(LETTER_MOST, dpi)),
        *bands = pixCreateTemplate(dark);
    Bits bits = bits_of(closed), drawn = bits_of(bands);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++)
        if (is_band(dark, &pieces.v.v[i], dpi)) pieces_draw(&pieces, i, &drawn, 0, 0), found++;
    pieces_release(&pieces);
    pixDestroy(&closed);
    if (!found) pixDestroy(&bands);
    return bands;
}

/* The middle of the greys of what is dark in the bands. */
static int level_of(PIX *grey, PIX *dark, PIX *bands)
{
    l_float32 level = 0;
    PIX *own = pixAnd(NULL, dark, bands);
    pixGetRankValueMasked(grey, own, 0, 0, 1, 0.5f, &level, NULL);
    pixDestroy(&own);
    return (int)level;
}

/* Step 3 for one pixel. */
static int turned_grey(int grey, int level)
{
    enum { WHITE = 255 };
    int off = grey - level;
    if (off >= 0) return WHITE - off * WHITE / (WHITE - level + 1);
    return level >= DARKER_RULE && -2 * off > level ? 0 : WHITE;
}

static void turn_bands(PIX *out, PIX *grey, PIX *bands, int level)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey);
    Bits mask = bits_of(bands);
    for (int y = 0; y < h; y++) {
        const uint32_t *row = mask.word + (size_t)y * (size_t)mask.words;
        for (int x = bits_next(row, 0, w, true); x < w; x = bits_next(row, x + 1, w, true)) {
            l_uint32 value = 0, colour = 0;
            pixGetPixel(grey, x, y, &value);
            int v = turned_grey((int)value, level);
            composeRGBPixel(v, v, v, &colour);
            pixSetPixel(out, x, y, pixGetDepth(out) == 8 ? (l_uint32)v : colour);
        }
    }
}

/* Step 4. */
static void draw_frame(PIX *out, PIX *bands, int dpi)
{
    int by = 2 * pixels(FRAME, dpi) + 1;
    PIX *inner = pixErodeBrick(NULL, bands, by, by), *frame = pixSubtract(NULL, bands, inner);
    if (pixGetDepth(out) == 1)
        pixOr(out, out, frame);
    else
        pixSetMasked(out, frame, 0);
    pixDestroy(&inner);
    pixDestroy(&frame);
}

static PIX *without_bands(PIX *scan, PIX *grey, PIX *dark, PIX *bands, int dpi)
{
    int depth = pixGetDepth(scan);
    PIX *out =
        depth == 1 || (depth == 32 && !pixGetColormap(scan)) ? pixCopy(NULL, scan) : pixCopy(NULL, grey);
    if (depth == 1)
        pixXor(out, out, bands);
    else
        turn_bands(out, grey, bands, level_of(grey, dark, bands));
    draw_frame(out, bands, dpi);
    return out;
}

PIX *dark_turned(PIX *scan, int dpi)
{
    bool two_level = pixGetDepth(scan) == 1 && !pixGetColormap(scan);
    PIX *grey = two_level ? pixClone(scan) : pixConvertTo8(scan, 0), *dark = dark_of(grey);
    PIX *solid = solid_of(dark, dpi), *bands = solid ? bands_of(dark, solid, dpi) : NULL;
    PIX *out = bands ? without_bands(scan, grey, dark, bands, dpi) : pixClone(scan);
    pixDestroy(&grey);
    pixDestroy(&dark);
    pixDestroy(&solid);
    pixDestroy(&bands);
    return out;
}
