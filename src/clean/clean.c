/* Five steps, each from the last one's picture; to_scan grows along:
 *
 *   1. grey        the luminance without seals and pen strokes (ink.h); a 1-bit scan becomes black on white
 *   2. even        paper that is grey at one edge becomes white everywhere (not for 1-bit scans)
 *   3. upright     a quarter turn where the lines of text run downwards, or upside down
 *   4. straight    the skew of the lines of text and rules is turned back, on a border wide enough to lose nothing
 *   5. ink         1 bit by the local threshold; specks dropped
 *
 * Example: a page scanned lying on its side, 2338 x 1654, "Trường Mầm non Hoa Mai" running upwards: its ink
 * has clear gaps between columns and none between rows, so it is turned by 90 degrees; of the two ways, the
 * one that puts more strokes above the middle band than below (the marks of ầ, ế, ổ) is upright.
 */
#include "clean/clean.h"

#include "base/bits.h"
#include "clean/ink.h"
#include "clean/private.h"

#include <math.h>
#include <stdlib.h>

/* Skew beyond this is a page laid in crooked on purpose, or a misreading (degrees). */
static const float LARGEST_SKEW = 8.0f;
/* Below this turning back blurs more than it mends: 1 px over an A4 page at 150 dpi (degrees). */
static const float SMALLEST_SKEW = 0.03f;
/* Of pixFindSkew's confidence: the ratio of its best to its worst sum; plain text gives 3 and more. */
static const float SKEW_CONFIDENCE = 2.0f;
/* Ink is looked at for skew and turning at about this resolution (dpi). */
enum { SMALL_DPI = 100 };
enum {
    LETTER_GAP = 5,
    LEAST_LETTER = 5
}; /* px at that resolution: gaps in a word are 1 to 3, between lines 6 and more */
/* A speck is at most this large: 1 px at 150 dpi, where the dot under ạ is 3 px (inches). */
static const double SPECK = 1.0 / 150;
/* Paper is made this white, 0..255. */
enum { PAPER = 250 };
/* And what is at least this bright is white: the grain of the paper, which the recogniser would take for
 * strokes. */
enum { WHITE = 240 };

static Bits bits_of(PIX *pix)
{
    return (Bits){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
}

static double ink_scale(const Page *page)
{
    return page->dpi > SMALL_DPI ? (double)SMALL_DPI / page->dpi : 1.0;
}

/* ---- 1 and 2: grey, even ---- */

/* Tiles of a sixth of an inch see enough paper between the lines to know how white it is. */
static PIX *even(PIX *grey, int dpi)
{
    int tile = dpi / 6 < 10 ? 10 : dpi / 6;
    PIX *flat = pixBackgroundNorm(grey, NULL, NULL, tile, tile, 80, tile * tile / 6, PAPER, 2, 2);
    if (!flat) flat = pixCopy(NULL, grey);
    return pixGammaTRC(flat, flat, 1.0f, 0, WHITE);
}

/* ---- 3: upright ---- */

/* Small ink without long strokes: rules and frames would outvote the text. */
static PIX *small_text(PIX *ink, double scale)
{
    PIX *small = scale < 1 ? pixScaleToGray(ink, (l_float32)scale) : pixConvert1To8(NULL, ink, 255, 0);
    PIX *bits = pixThresholdToBinary(small, 180);
    PIX *across = pixOpenBrick(NULL, bits, SMALL_DPI / 3, 1),
        *down = pixOpenBrick(NULL, bits, 1, SMALL_DPI / 3);
    pixOr(across, across, down);
    PIX *grown = pixDilateBrick(NULL, across, 3, 3);
    pixSubtract(bits, bits, grown);
    pixDestroy(&small);
    pixDestroy(&across);
    pixDestroy(&down);
    pixDestroy(&grown);
    return bits;
}

/* How much wider than high the words are: the mean of log(w / h) over the pieces of ink once letters next to
 * each other are joined, each weighed by its ink. Words of upright text are three or four times as wide as
 * high; joined the wrong way, letters stay single. (Contrast of row sums, the usual measure, is fooled by a
 * table in which each name starts with the same "Trường THCS", one under the other.) */
static double word_width(PIX *text)
{
    PIX *joined = pixCloseSafeBrick(NULL, text, LETTER_GAP, 1);
    Bits bits = bits_of(joined);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    double sum = 0, ink = 0;
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        if (p.h < LEAST_LETTER && p.w < LEAST_LETTER) continue;
        sum += p.area * log((double)p.w / p.h);
        ink += p.area;
    }
    pieces_release(&pieces);
    pixDestroy(&joined);
    return ink > 0 ? sum / ink : 0;
}

/* Of the small pieces of ink right above or right below a letter, how many more stand above, in standard
 * deviations of a throw of coins. Upright Vietnamese has four above (à á ả ã â ă, the dot of i) to one below
 * (the dot of ạ). */
static double uprightness(PIX *ink, int dpi)
{
    int low = dpi / 20, high = dpi / 5, reach = dpi / 14, above = 0, below = 0;
    PIX *letters = pixCreateTemplate(ink);
    Bits bits = bits_of(ink), drawn = bits_of(letters);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++)
        if (pieces.v.v[i].h > low && pieces.v.v[i].h <= high) pieces_draw(&pieces, i, &drawn, 0, 0);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        if (p.h > low || p.w > 2 * low || p.h <= dpi / 100 || p.w <= dpi / 100) continue;
        int x = p.x + p.w / 2, y = p.y + p.h / 2;
        bool over = bits_in_column(&drawn, x, y, y + reach + 1),
             under = bits_in_column(&drawn, x, y - reach, y + 1);
        above += over && !under;
        below += under && !over;
    }
    pieces_release(&pieces);
    pixDestroy(&letters);
    return above + below ? (above - below) / sqrt(above + below) : 0;
}

/* Words are wider by this on the turned page, in logs: measured -1.7 to -0.2 on 170 upright pages, 0.2 to 1.2
 * on 7 that lay on their side. */
static const double SIDEWAYS = 0.1;
/* Measured -0.8 to 30 on 180 upright pages but one of -1.9, -3.3 to -11 on 4 turned over. */
static const double UPSIDE_DOWN = -2.6;

static PIX *turned_by(PIX *pix, int degrees)
{
    return degrees ? pixRotateOrth(pix, degrees / 90) : pixClone(pix);
}

/* The clockwise quarter turn, in degrees, that sets the ink upright. */
static int quarter_turn(PIX *ink, int dpi, double scale)
{
    PIX *text = small_text(ink, scale), *turned = pixRotateOrth(text, 1);
    int degrees = word_width(turned) > word_width(text) + SIDEWAYS ? 90 : 0;
    PIX *first = turned_by(ink, degrees);

    if (uprightness(first, dpi) < UPSIDE_DOWN) degrees += 180;
    pixDestroy(&first);
    pixDestroy(&turned);
    pixDestroy(&text);
    return degrees;
}

/* ---- 4: straight ---- */

/* Clockwise degrees to turn by, 0 when not sure. */
static float skew_of(PIX *ink, double scale)
{
    int reduction = scale <= 0.5 ? 2 : 1;
    l_float32 angle = 0, confidence = 0;
    if (pixFindSkewSweepAndSearch(ink, &angle, &confidence, reduction * 2, reduction, LARGEST_SKEW, 0.5f,
                                  0.01f) != 0)
        return 0;
    if (confidence < SKEW_CONFIDENCE || fabsf(angle) < SMALLEST_SKEW) return 0;
    return angle;
}

/* A border that takes up the corners of a picture that is turned. */
static int border_of(PIX *pix, float degrees)
{
    int w = pixGetWidth(pix), h = pixGetHeight(pix), most = w > h ? w : h;
    return (int)ceil(most / 2.0 * sin(fabs(degrees) * RADIANS_PER_DEGREE)) + 1;
}

/* Turned about its middle on a white border; *way: from the old picture to the new. */
static PIX *straighten(PIX *grey, float degrees, Affine *way)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey), pad = border_of(grey, degrees);
    PIX *straight = turn_grey(grey, (l_float32)(degrees * RADIANS_PER_DEGREE), pad);
    Affine shift = affine_identity();
    shift.x0 = shift.y0 = pad;
    *way = affine_then(shift, affine_rotate(degrees, (w + 2 * pad) / 2, (h + 2 * pad) / 2));
    return straight;
}

/* A mask of the scan as the page stands once it is turned and straight; NULL of NULL. */
static PIX *mask_upright(PIX *mask, const Page *page)
{
    if (!mask) return NULL;
    PIX *turned = pixRotateOrth(mask, page->turned / 90);
    if (page->skew == 0) return turned;
    PIX *wide = pixAddBorder(turned, border_of(turned, page->skew), 0);
    PIX *straight = pixRotate(wide, (l_float32)(page->skew * RADIANS_PER_DEGREE), L_ROTATE_SAMPLING,
                              L_BRING_IN_WHITE, 0, 0);
    pixDestroy(&turned);
    pixDestroy(&wide);
    return straight;
}

/* ---- 5: ink ---- */

static const float SAUVOLA_FACTOR =
    0.30f; /* Sauvola & Pietikäinen 2000 use 0.5 for clean pages, 0.3 keeps thin marks */
enum { INK_DARKER_THAN = 200 }; /* never ink above this, however even the surroundings (0..255) */

static PIX *threshold(PIX *grey, int dpi, bool two_level)
{
    if (two_level) return pixGetDepth(grey) == 1 ? pixCopy(NULL, grey) : pixThresholdToBinary(grey, 128);
    int half = dpi / 12 < 8 ? 8 : dpi / 12;
    PIX *ink = sauvola_ink(grey, half, SAUVOLA_FACTOR, INK_DARKER_THAN);
    return ink ? ink : pixThresholdToBinary(grey, INK_DARKER_THAN);
}

static bool is_no_speck(const InkPiece *p, const int *speck)
{
    return p->w > *speck || p->h > *speck;
}

static PIX *ink_of(PIX *grey, int dpi, bool two_level)
{
    PIX *ink = threshold(grey, dpi, two_level);
    Bits bits = bits_of(ink);
    int speck = (int)(dpi * SPECK);
    if (speck > 0) bits_keep(&bits, is_no_speck, &speck);
    return ink;
}

/* ---- all of it ---- */

static void set_upright(Page *page, Raster *raster)
{
    bool two_level = pixGetDepth(raster->scan) == 1;
    Inks inks = inks_of(raster->scan, page->dpi);
    PIX *flat = two_level ? pixClone(inks.grey) : even(inks.grey, page->dpi);
    PIX *ink = ink_of(flat, page->dpi, two_level);
    double scale = ink_scale(page);

    page->turned = quarter_turn(ink, page->dpi, scale);
    PIX *turned = turned_by(flat, page->turned), *turned_ink = turned_by(ink, page->turned);
    Affine to_upright = affine_quarter_turn(page->turned, page->width, page->height);

    page->skew = skew_of(turned_ink, scale);
    if (page->skew != 0) {
        Affine way;
        raster->grey = straighten(turned, page->skew, &way);
        raster->ink = ink_of(raster->grey, page->dpi, two_level);
        to_upright = affine_then(to_upright, way);
    } else {
        raster->grey = two_level ? pixConvert1To8(NULL, turned, 255, 0) : pixClone(turned);
        raster->ink = pixClone(turned_ink);
    }
    page->to_scan = affine_invert(to_upright);
    raster->red = mask_upright(inks.red, page);
    raster->blue = mask_upright(inks.blue, page);
    inks_release(&inks);
    pixDestroy(&flat);
    pixDestroy(&ink);
    pixDestroy(&turned);
    pixDestroy(&turned_ink);
}

bool clean_page(Page *page, Raster *raster, Err *err)
{
    if (err_is(err) || page->unit == UNIT_CHARACTER) return !err_is(err);
    if (!raster->scan) return err_set(err, DAU_INTERNAL, "page %d: clean was given no picture", page->number);
    setMsgSeverity(L_SEVERITY_NONE);
    set_upright(page, raster);
    page->upright_width = pixGetWidth(raster->grey);
    page->upright_height = pixGetHeight(raster->grey);
    return true;
}
