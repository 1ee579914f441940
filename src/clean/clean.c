/* Six steps, each from the picture of the one before; to_scan grows along:
 *
 *   1. light       white print on dark bands becomes black on white (dark.c)
 *   2. grey        the luminance without seals and pen strokes (ink.h); a 1-bit scan becomes black on white
 *   3. even        paper that is grey at one edge becomes white everywhere (not for 1-bit scans)
 *   4. upright     a quarter turn where the lines of text run downwards, or upside down (upright.c)
 *   5. straight    the skew of the lines of text and rules is turned back, on a border wide enough to lose nothing
 *   6. ink         1 bit by the local threshold; specks dropped
 *
 * Example: "Trường Mầm non Hoa Mai" slopes down by 1.2 degrees. Its grey picture is turned back by as much (rotate.c), on
 * a border wide enough for the corners. to_scan keeps the way back.
 */
#include "clean/clean.h"

#include "base/bits.h"
#include "clean/ink.h"
#include "clean/private.h"

#include <math.h>
#include <stdlib.h>

/* Skew beyond this is a page laid askew on purpose, or a wrong measurement (degrees). */
static const float LARGEST_SKEW = 8.0f;
/* Below this, turning back blurs more than it helps: 1 px over an A4 page at 150 dpi (degrees). */
static const float SMALLEST_SKEW = 0.03f;
/* Least confidence of pixFindSkewSweepAndSearch(), the ratio of its best to its worst sum; plain text gives 3 and more. */
static const float SKEW_CONFIDENCE = 2.0f;
/* A speck is at most this large: 1 px at 150 dpi, where the dot under ạ is 3 px (inches). */
static const double SPECK = 1.0 / 150;
/* Paper is made this white, 0..255. */
enum { PAPER = 250 };
/* What is at least this bright becomes white, so that the recogniser does not take the paper's grain for strokes. */
enum { WHITE = 240 };

static Bits bits_of(PIX *pix)
{
    return (Bits){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
}

static double ink_scale(const Page *page)
{
    return page->dpi > SMALL_DPI ? (double)SMALL_DPI / page->dpi : 1.0;
}

/* ---- 2 and 3: grey, even ---- */

/* Tiles of a sixth of an inch see enough paper between the lines to know how white it is. */
static PIX *even(PIX *grey, int dpi)
{
    int tile = dpi / 6 < 10 ? 10 : dpi / 6;
    PIX *flat = pixBackgroundNorm(grey, NULL, NULL, tile, tile, 80, tile * tile / 6, PAPER, 2, 2);
    if (!flat) flat = pixCopy(NULL, grey);
    return pixGammaTRC(flat, flat, 1.0f, 0, WHITE);
}

/* ---- 5: straight ---- */

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

/* ---- 6: ink ---- */

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
    PIX *scan = dark_turned(raster->scan, page->dpi);
    Inks inks = inks_of(scan, page->dpi);
    PIX *flat = two_level ? pixClone(inks.grey) : even(inks.grey, page->dpi);
    PIX *ink = ink_of(flat, page->dpi, two_level);
    double scale = ink_scale(page);

    bool unsure = false;
    page->turned = upright_turn(ink, page->dpi, scale, &unsure);
    if (unsure) page->via = arena_printf(&page->arena, "%s; %s", page->via, CLEAN_UNSURE);
    PIX *turned = upright_turned(flat, page->turned), *turned_ink = upright_turned(ink, page->turned);
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
    pixDestroy(&scan);
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
