/* Which quarter turn sets a page upright? Example: a page was scanned lying on its side, 2338 x 1654, and "Trường Mầm non
 * Hoa Mai" runs upwards. Joined along the rows its letters stay single; joined down the columns they become words. So it
 * is turned by 90 degrees. Of the two ways to do so, one puts more small ink above the letters than below (the marks of
 * ầ, ế, ổ). That way is upright.
 */
#include "clean/private.h"

#include "base/bits.h"

#include <math.h>
#include <stdlib.h>

/* px at SMALL_DPI: gaps in a word are 1 to 3, between lines 6 and more */
enum { LETTER_GAP = 5, LEAST_LETTER = 5 };

static Bits bits_of(PIX *pix)
{
    return (Bits){pixGetData(pix), pixGetWidth(pix), pixGetHeight(pix), pixGetWpl(pix)};
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

/* Counts the small pieces of ink right above and right below letters. Returns how many more stand above, in standard
 * deviations of a throw of coins. Upright Vietnamese has four above (à á ả ã â ă, the dot of i) to one below (the dot of
 * ạ). */
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

PIX *upright_turned(PIX *pix, int degrees)
{
    return degrees ? pixRotateOrth(pix, degrees / 90) : pixClone(pix);
}

int upright_turn(PIX *ink, int dpi, double scale)
{
    PIX *text = small_text(ink, scale), *turned = pixRotateOrth(text, 1);
    int degrees = word_width(turned) > word_width(text) + SIDEWAYS ? 90 : 0;
    PIX *first = upright_turned(ink, degrees);

    if (uprightness(first, dpi) < UPSIDE_DOWN) degrees += 180;
    pixDestroy(&first);
    pixDestroy(&turned);
    pixDestroy(&text);
    return degrees;
}
