/* Five steps, each from the last one's picture; to_scan grows along:
 *
 *   1. grey        the luminance; a 1-bit scan becomes black on white
 *   2. even        paper that is grey at one edge becomes white everywhere (not for 1-bit scans)
 *   3. upright     a quarter turn where the lines of text run downwards, or upside down
 *   4. straight    the skew of the lines of text and rules is turned back, on a border wide enough to lose
 * nothing
 *   5. ink         1 bit by the local threshold; specks dropped
 *
 * Example: a page scanned lying on its side, 2338 x 1654, "Trường Mầm non Hoa Mai" running upwards: its ink
 * has clear gaps between columns and none between rows, so it is turned by 90 degrees; of the two ways, the
 * one that puts more strokes above the middle band than below (the marks of ầ, ế, ổ) is upright.
 */
#include "stage/clean.h"

#include <leptonica/allheaders.h>
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
/* A speck is at most this large: 1 px at 150 dpi, where the dot under ạ is 3 px (inches). */
static const double SPECK = 1.0 / 150;
/* Paper is made this white, 0..255. */
enum { PAPER = 250 };

static double ink_scale(const Page *page)
{
    return page->dpi > SMALL_DPI ? (double)SMALL_DPI / page->dpi : 1.0;
}

/* ---- 1 and 2: grey, even ---- */

static PIX *grey_of(PIX *scan)
{
    if (pixGetDepth(scan) == 1) return pixConvert1To8(NULL, scan, 255, 0);
    return pixConvertTo8(scan, 0);
}

/* Tiles of a sixth of an inch see enough paper between the lines to know how white it is. */
static PIX *even(PIX *grey, int dpi)
{
    int tile = dpi / 6 < 10 ? 10 : dpi / 6;
    PIX *flat = pixBackgroundNorm(grey, NULL, NULL, tile, tile, 80, tile * tile / 6, PAPER, 2, 2);
    return flat ? flat : pixClone(grey);
}

/* ---- 3: upright ---- */

/* Sum of squared differences of neighbouring rows' ink: large where lines of text and the white between them
 * take turns (Postl 1986; pixFindDifferentialSquareSum). */
static double row_contrast(PIX *ink)
{
    l_float32 sum = 0;
    if (pixFindDifferentialSquareSum(ink, &sum) != 0) return 0;
    return sum;
}

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

/* Row contrast of text set straight first: at 1 degree of skew the lines of a page blur into each other. */
static double straight_contrast(PIX *text)
{
    l_float32 angle = 0, confidence = 0;
    pixFindSkewSweepAndSearch(text, &angle, &confidence, 2, 1, 3, 0.5f, 0.05f);
    PIX *straight =
        pixRotate(text, (l_float32)(angle * RADIANS_PER_DEGREE), L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0);
    double contrast = row_contrast(straight) / pixGetHeight(straight);
    pixDestroy(&straight);
    return contrast;
}

/* How far the marks stand above the letters rather than below, in standard deviations (Leptonica's count of
 * ascenders over descenders). Upright Latin text has three ascenders to one descender, Vietnamese more: every
 * ầ, ế, ổ is one. Near 0 where the text runs downwards. */
static double uprightness(PIX *ink)
{
    l_float32 up = 0;
    return pixUpDownDetect(ink, &up, 8, 0, 0) == 0 ? up : 0;
}

/* Measured on 70 pages: 0.1 to 1.0 upright, 3.5 and more sideways; and -0.5 to 35 upright. */
static const double SIDEWAYS = 1.8;     /* lines stand out this much more on the turned page */
static const double UPSIDE_DOWN = -2.5; /* uprightness of a page that is turned over */

/* The clockwise quarter turn, in degrees, that sets the ink upright. */
static int quarter_turn(PIX *ink, double scale)
{
    PIX *text = small_text(ink, scale), *turned = pixRotateOrth(text, 1);
    int degrees = straight_contrast(turned) > SIDEWAYS * straight_contrast(text) ? 90 : 0;
    PIX *first = pixRotateOrth(ink, degrees / 90);
    if (uprightness(first) < UPSIDE_DOWN) degrees += 180;
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

/* Turned about its middle on a white border that takes up the corners; *way: from the old picture to the new.
 */
static PIX *straighten(PIX *grey, float degrees, Affine *way)
{
    int w = pixGetWidth(grey), h = pixGetHeight(grey), most = w > h ? w : h;
    int pad = (int)ceil(most / 2.0 * sin(fabs(degrees) * RADIANS_PER_DEGREE)) + 1;
    PIX *wide = pixAddBorder(grey, pad, 255);
    PIX *straight = pixRotateAMGray(wide, (l_float32)(degrees * RADIANS_PER_DEGREE), 255);
    Affine shift = affine_identity();
    shift.x0 = shift.y0 = pad;
    *way = affine_then(shift, affine_rotate(degrees, (w + 2 * pad) / 2, (h + 2 * pad) / 2));
    pixDestroy(&wide);
    return straight;
}

/* ---- 5: ink ---- */

static const float SAUVOLA_FACTOR =
    0.30f; /* Sauvola & Pietikäinen 2000 use 0.5 for clean pages, 0.3 keeps thin marks */
enum { INK_DARKER_THAN = 200 }; /* never ink above this, however even the surroundings (0..255) */

static PIX *threshold(PIX *grey, int dpi, bool two_level)
{
    if (two_level) return pixThresholdToBinary(grey, 128);
    PIX *ink = NULL;
    int half = dpi / 12 < 8 ? 8 : dpi / 12;
    if (pixSauvolaBinarize(grey, half, SAUVOLA_FACTOR, 1, NULL, NULL, NULL, &ink) != 0 || !ink)
        return pixThresholdToBinary(grey, INK_DARKER_THAN);
    PIX *dark = pixThresholdToBinary(grey, INK_DARKER_THAN);
    pixAnd(ink, ink, dark);
    pixDestroy(&dark);
    return ink;
}

static PIX *without_specks(PIX *ink, int dpi)
{
    int most = (int)(dpi * SPECK);
    if (most < 1) return pixClone(ink);
    PIX *kept = pixSelectBySize(ink, most + 1, most + 1, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
    return kept ? kept : pixClone(ink);
}

static PIX *ink_of(PIX *grey, int dpi, bool two_level)
{
    PIX *raw = threshold(grey, dpi, two_level), *kept = without_specks(raw, dpi);
    pixDestroy(&raw);
    return kept;
}

/* ---- all of it ---- */

static void set_upright(Page *page, Raster *raster)
{
    bool two_level = pixGetDepth(raster->scan) == 1;
    PIX *grey = grey_of(raster->scan), *flat = two_level ? pixClone(grey) : even(grey, page->dpi);
    PIX *ink = ink_of(flat, page->dpi, two_level);
    double scale = ink_scale(page);

    page->turned = quarter_turn(ink, scale);
    PIX *turned = pixRotateOrth(flat, page->turned / 90), *turned_ink = pixRotateOrth(ink, page->turned / 90);
    Affine to_upright = affine_quarter_turn(page->turned, page->width, page->height);

    page->skew = skew_of(turned_ink, scale);
    if (page->skew != 0) {
        Affine way;
        raster->grey = straighten(turned, page->skew, &way);
        raster->ink = ink_of(raster->grey, page->dpi, two_level);
        to_upright = affine_then(to_upright, way);
    } else {
        raster->grey = pixClone(turned);
        raster->ink = pixClone(turned_ink);
    }
    page->to_scan = affine_invert(to_upright);
    pixDestroy(&grey);
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
