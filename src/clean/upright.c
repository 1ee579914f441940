/* Which quarter turn sets a page upright? Example: a page was scanned lying on its side, 2338 x 1654, and "Trường Mầm non
 * Hoa Mai" runs upwards.
 *
 *   1. axis: joined along the rows its letters stay single; joined down the columns they become words. So it lies on its
 *      side
 *   2. way: the stems of T, h and b rise above the letters beside them and few fall below (ascenders). The marks of ầ, ế,
 *      ổ stand above (marks). The two know nothing of each other: rows of dots to write on fool the marks alone, columns
 *      of digits have neither
 *   3. it is turned where both say so, or one does and the other has nothing against it; to its side only where the marks
 *      do. A number on a cover has letters too few to tell. Such a page stays as it is, and the page says that it is
 *      unsure
 *
 * Ascenders: Bloomberg, Kopec and Dasari, Measuring document image skew and orientation, SPIE 2422 (1995); Leptonica's
 * pixUpDownDetect().
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

PIX *upright_turned(PIX *pix, int degrees)
{
    return degrees ? pixRotateOrth(pix, degrees / 90) : pixClone(pix);
}

/* The letters at 150 dpi or a little more, without marks, dots and pictures. */
static PIX *letters_of(PIX *ink, int dpi, int *n)
{
    enum { FINE = 250, COARSE = 140 }; /* dpi: pixUpDownDetect() wants 150 to 300, and is fastest at 150 */
    int low = dpi / 20, high = dpi / 5;
    PIX *letters = pixCreateTemplate(ink);
    Bits bits = bits_of(ink), drawn = bits_of(letters);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    *n = 0;
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        if (p.h <= low || p.h > high || p.w > high) continue;
        pieces_draw(&pieces, i, &drawn, 0, 0);
        *n += 1;
    }
    pieces_release(&pieces);
    PIX *sized = dpi >= FINE    ? pixReduceRankBinary2(letters, 2, NULL)
                 : dpi < COARSE ? pixExpandBinaryPower2(letters, 2)
                                : pixClone(letters);
    pixDestroy(&letters);
    return sized;
}

/* What tells the two ways of an axis apart, in standard deviations of a throw of coins; above 0: it is upright. */
typedef struct WayUp {
    double ascenders, marks;
} WayUp;

static WayUp way_of(PIX *ink, PIX *letters, int dpi, int degrees)
{
    enum { LEAST_ASCENDERS = 8 };
    l_float32 twice = 0;
    PIX *turned_ink = upright_turned(ink, degrees), *turned = upright_turned(letters, degrees);
    pixUpDownDetect(turned, &twice, LEAST_ASCENDERS, 0, 0);
    WayUp way = {.ascenders = (double)twice / 2, .marks = uprightness(turned_ink, dpi)};
    pixDestroy(&turned_ink);
    pixDestroy(&turned);
    return way;
}

static double sum_of(WayUp w)
{
    return w.ascenders + w.marks;
}

/* Letters, at least, for a page to be turned: below it are numbers on covers, stamps on the backs of pages. */
enum { LEAST_LETTERS = 30 };
/* Words are wider by this on the turned page, in logs. Measured -1.4 to -0.2 on 190 upright pages of 30 letters and more. */
static const double SIDEWAYS = 0.1;
/* Measured on 190 upright pages: the sum is 2 to 50, but for one of 0.8; ascenders alone -0.4 to 22, marks -1.3 to 30. */
static const double SURE = 3.5;  /* of the sum: the page is that way up */
static const double AGAINST = 1; /* of one of the two: it has something against turning the page over */
static const double LEANING = 1; /* of the sum: it may be that way up */
static const double MARKS = 2;   /* of the marks, for a page to lie on its side */

/* Digits on their side have much that rises and falls, and no marks. */
static bool lies_on_its_side(WayUp as_it_lies, WayUp on_its_side)
{
    double sum = sum_of(on_its_side), sign = sum < 0 ? -1 : 1;
    if (on_its_side.marks * sign < MARKS || on_its_side.ascenders * sign < -AGAINST) return false;
    return fabs(sum) >= SURE || fabs(sum) > fabs(sum_of(as_it_lies));
}

static bool is_upside_down(WayUp w)
{
    return sum_of(w) <= -SURE && w.ascenders <= AGAINST && w.marks <= AGAINST;
}

int upright_turn(PIX *ink, int dpi, double scale, bool *unsure)
{
    int n = 0, degrees = 0;
    PIX *text = small_text(ink, scale), *turned = pixRotateOrth(text, 1), *letters = letters_of(ink, dpi, &n);
    WayUp way = way_of(ink, letters, dpi, 0);
    if (word_width(turned) > word_width(text) + SIDEWAYS) {
        WayUp side = way_of(ink, letters, dpi, 90);
        *unsure = n < LEAST_LETTERS || !lies_on_its_side(way, side);
        if (!*unsure) degrees = sum_of(side) < 0 ? 270 : 90;
    } else {
        bool over = n >= LEAST_LETTERS && is_upside_down(way);
        *unsure = !over && sum_of(way) <= -LEANING && way.ascenders < SURE;
        if (over) degrees = 180;
    }
    pixDestroy(&turned);
    pixDestroy(&text);
    pixDestroy(&letters);
    return degrees;
}
