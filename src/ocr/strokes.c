/* A word of upright strokes is counted in its own picture. The strokes of a roman numeral are whole between a quarter and
 * three quarters of its height, and white lies between them. H has a bar there, N a slant.
 *
 * Example: "Tân Thông Hội I", of which the engine read "Tân Thông Hội" and, on the next line, "|". The picture of "|" has one
 * stroke, as high as a capital: it is I. So "Thanh Trì H" becomes II where its picture has two strokes and no bar.
 */
#include "ocr/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum {
    MOST_STROKES = 3, /* of a numeral that is counted: I, II, III */
    MOST_WIDTH = 400, /* px of a word that is looked at */
    DARK = 170        /* of 255 greys: what is darker is ink */
};
static const double WHOLE = 0.85; /* of the rows looked at: a stroke's column has ink in as many */
static const double WHITE = 0.12; /* the same of a column between two strokes */
static const double CAPITAL =
    0.72; /* of the height of the word beside it: marks and tails make that word higher */
static const double HIGHEST = 1.1;  /* the same: a rest of a rule is higher */
static const double BESIDE = 1.5;   /* of its height: it stands no farther from the word before */
static const float COUNTED = 0.85f; /* confidence of what was counted, where the engine read none of it */

/* What engines make of one upright stroke. */
static bool is_stroke(int32_t c)
{
    return c > 0 && c < 0x80 ? strchr("I|l1!][", c) != NULL : viet_bare(c) == 'i' || c == 0xCF || c == 0xA1;
}

/* How many strokes the reading stands for; 0: it is not of strokes. "H", "JL" and "IL" are what engines make of two. */
static int strokes_read_as(const char *s)
{
    int n = 0;
    if (str_eq(s, "H") || str_eq(s, "JL") || str_eq(s, "IL") || str_eq(s, "LI")) return 2;
    if (str_eq(s, "HI") || str_eq(s, "IH")) return 3;
    for (size_t len = strlen(s); len > 0; n++) {
        int32_t c;
        size_t bytes = utf8_decode(s, len, &c);
        if (!is_stroke(c)) return 0;
        s += bytes, len -= bytes;
    }
    return n <= MOST_STROKES ? n : 0;
}

static bool is_dark(PIX *grey, int x, int y)
{
    l_uint32 v = 255;
    return pixGetPixel(grey, x, y, &v) == 0 && v < DARK;
}

/* Whether a row has ink from one stroke to the next: the bar of an H. */
static bool has_bar(PIX *grey, Rect band, int from, int to)
{
    for (int y = band.y; y < rect_bottom(band); y++) {
        int x = from;
        while (x < to && is_dark(grey, x, y)) x++;
        if (x == to) return true;
    }
    return false;
}

static double column_share(PIX *grey, Rect band, int x)
{
    int dark = 0;
    for (int y = band.y; y < rect_bottom(band); y++) dark += is_dark(grey, x, y);
    return (double)dark / band.h;
}

int strokes_count(PIX *grey, Rect at)
{
    Rect band = {at.x, at.y + at.h / 4, at.w, at.h / 2};
    int n = 0, end = -1;
    bool white = true;
    if (rect_empty(band) || at.w > MOST_WIDTH) return 0;
    for (int x = band.x; x < rect_right(band); x++) {
        double share = column_share(grey, band, x);
        white = white || share <= WHITE;
        if (share < WHOLE) continue;
        if (end >= 0 && x > end + 1) {
            if (!white || has_bar(grey, band, end + 1, x)) return 0;
        }
        n += end < 0 || x > end + 1;
        white = false, end = x;
    }
    return n <= MOST_STROKES ? n : 0;
}

/* Close behind the word on its line, or on another line, where the cell's text was wrapped. */
static bool is_behind(const Word *w, const Word *before)
{
    bool same_line = w->at.y < rect_bottom(before->at) && before->at.y < rect_bottom(w->at);
    return !same_line || w->at.x - rect_right(before->at) <= BESIDE * w->at.h;
}

/* As high as a capital of the word beside it, so neither a comma nor the rest of a rule. */
static bool is_capital(const Word *w, const Word *beside)
{
    return w->at.h >= CAPITAL * beside->at.h && w->at.h <= HIGHEST * beside->at.h;
}

static void count_word(Page *page, const Raster *raster, Word *w, const Word *beside)
{
    static const char *const numerals[] = {"", "I", "II", "III"};
    int read = strokes_read_as(w->raw), n;
    if (!read || !is_capital(w, beside) || !is_behind(w, beside)) return;
    if (strspn(w->raw, "1") == strlen(w->raw)) return; /* a figure */
    n = strokes_count(raster->clear, w->at);
    if (!n || str_eq(w->raw, numerals[n])) return;
    bool numeral = strspn(w->raw, "I") == strlen(w->raw);
    Reading *both = arena_new(&page->arena, Reading, 2);
    both[0] = (Reading){numerals[n], -0.1f}, both[1] = (Reading){w->raw, -2.3f};
    if (numeral) w->marks |= WORD_DISPUTED;
    w->raw = numerals[n], w->choice = both, w->choices = 2;
    if (w->conf < COUNTED || numeral) w->conf = COUNTED;
}

void strokes_read(Page *page, const Raster *raster, size_t first_word)
{
    for (size_t i = first_word + 1; i < page->words.n; i++)
        count_word(page, raster, &page->words.v[i], &page->words.v[i - 1]);
}
