/* Does the text agree with the grid that the rules gave?
 *
 *   1. words: pieces of ink joined over the blanks of a line
 *   2. in each column the white between two words side by side is followed from row to row; a corridor through most rows
 *      is a rule that was not found
 *   3. words close beside the table, in line with its rows, are a column that was not found
 *   4. cells of a row with two lines each, the ordinal's too, are two rows
 *   5. several cells over more than one column that hold words far apart are cells whose rules were lost
 *
 * Example: a faint grid lost the rule between "Mầm non Hoa Mai" and "Mầm non Cao Viên". Each cell of the column holds
 * both names, with the same white between them.
 */
#include "layout/private.h"

#include <stdlib.h>

static const double WORD_GAP = 1.0 / 9; /* inches: closed between the words of a line */
static const double CORRIDOR = 1.0 / 6; /* inches of white that part two columns */
static const double BESIDE = 1.0;       /* inches from the table to a column of it */
enum { LEAST_ROWS = 3 };                /* that agree */

static void find_words(PIX *ink, const Page *page, Rects *words)
{
    int across = (int)(WORD_GAP * page->dpi), least = page->dpi / 22;
    PIX *closed = close_across(ink, across);
    Bits bits = bits_of(closed);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        Rect r = {p.x, p.y, p.w, p.h};
        if (r.h >= least && r.h <= page->dpi / 2 && r.w >= page->dpi / 40) *vec_push(words) = r;
    }
    pieces_release(&pieces);
    pixDestroy(&closed);
}

static bool inside(Rect word, Rect cell)
{
    int x = word.x + word.w / 2, y = word.y + word.h / 2;
    return x >= cell.x && x < rect_right(cell) && y >= cell.y && y < rect_bottom(cell);
}

static bool on_one_line(Rect a, Rect b)
{
    int top = a.y > b.y ? a.y : b.y,
        bottom = rect_bottom(a) < rect_bottom(b) ? rect_bottom(a) : rect_bottom(b);
    return 2 * (bottom - top) > (a.h < b.h ? a.h : b.h);
}

/* Those of the words that stand in the cell. */
static void words_in(const Rects *words, Rect cell, Rects *in)
{
    in->n = 0;
    for (size_t i = 0; i < words->n; i++)
        if (inside(words->v[i], cell)) *vec_push(in) = words->v[i];
}

/* The white from a word to the next on its line; 0 when it is the last. */
static int white_after(const Rects *in, Rect word)
{
    int next = INT32_MAX;
    for (size_t i = 0; i < in->n; i++) {
        Rect other = in->v[i];
        if (other.x > word.x && other.x < next && on_one_line(word, other)) next = other.x;
    }
    return next == INT32_MAX ? 0 : next - rect_right(word);
}

/* The word with the widest white after it, and how wide that is. */
static int widest_white(const Rects *in, Rect *word)
{
    int best = 0;
    for (size_t i = 0; i < in->n; i++) {
        int white = white_after(in, in->v[i]);
        if (white > best) best = white, *word = in->v[i];
    }
    return best;
}

/* Step 2 for one column. */
static bool column_is_two(const Rects *words, const Page *page, const Table *t, int col, Rects *in)
{
    int least = (int)(CORRIDOR * page->dpi), left = 0, right = INT32_MAX, rows = 0, filled = 0;
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &page->cells.v[t->first_cell + i];
        Rect word = {0};
        if (c->col != col || c->colspan != 1 || c->blank) continue;
        words_in(words, c->at, in);
        int white = widest_white(in, &word);
        filled++;
        if (white < least) continue;
        int l = rect_right(word) > left ? rect_right(word) : left;
        int r = rect_right(word) + white < right ? rect_right(word) + white : right;
        if (r - l >= least / 2) left = l, right = r, rows++;
    }
    return rows >= LEAST_ROWS && 2 * rows > filled;
}

/* Step 5: joined cells with words side by side, as far apart as columns are. */
static bool joins_columns(const Rects *words, const Page *page, const Table *t, Rects *in)
{
    int least = (int)(CORRIDOR * page->dpi), n = 0;
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &page->cells.v[t->first_cell + i];
        Rect word = {0};
        if (c->colspan == 1 || c->blank) continue;
        words_in(words, c->at, in);
        n += widest_white(in, &word) >= least;
    }
    return n >= LEAST_ROWS;
}

/* Step 3: rows with words close beside the table. */
static bool goes_on_beside(const Rects *words, const Page *page, const Table *t, bool before)
{
    int reach = (int)(BESIDE * page->dpi), n = 0;
    for (size_t i = 0; i < words->n; i++) {
        Rect w = words->v[i];
        int gap = before ? t->at.x - rect_right(w) : w.x - rect_right(t->at);
        n += gap > -w.w / 2 && gap < reach && w.y >= t->at.y && rect_bottom(w) <= rect_bottom(t->at) &&
             rect_right(w) < page->upright_width - page->dpi / 3 && w.x > page->dpi / 3;
    }
    return n >= LEAST_ROWS && 4 * n >= t->rows;
}

/* Step 4: how many lines of words the cell has. */
static int lines_in(const Rects *words, Rect cell, Rects *in)
{
    int lines = 0;
    words_in(words, cell, in);
    for (size_t i = 0; i < in->n; i++) {
        bool first = true;
        for (size_t k = 0; k < i && first; k++) first = !on_one_line(in->v[i], in->v[k]);
        lines += first;
    }
    return lines;
}

/* Whether all filled cells of the row, two at least, have as many lines of words, more than one. */
static bool is_stacked(const Rects *words, const Page *page, const Table *t, int row, Rects *in)
{
    int filled = 0, lines = 0;
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &page->cells.v[t->first_cell + i];
        if (c->row != row || c->blank) continue;
        int n = c->rowspan == 1 ? lines_in(words, c->at, in) : 0;
        if (n < 2 || (filled && n != lines)) return false;
        lines = n, filled++;
    }
    return filled >= 2;
}

static bool rows_are_more(const Rects *words, const Page *page, const Table *t, Rects *in)
{
    int stacked = 0;
    for (int row = 0; row < t->rows; row++) stacked += is_stacked(words, page, t, row, in);
    return stacked >= 2 && 4 * stacked >= t->rows;
}

typedef enum Fit { FITS, LACKS_PIECES, LACKS_LINES } Fit;

static Fit fit_of(const Rects *words, const Page *page, const Table *t)
{
    Rects in = {0};
    bool lines = goes_on_beside(words, page, t, true) || goes_on_beside(words, page, t, false) ||
                 rows_are_more(words, page, t, &in);
    for (int col = 0; col < t->cols && !lines; col++) lines = column_is_two(words, page, t, col, &in);
    bool pieces = !lines && joins_columns(words, page, t, &in);
    vec_release(&in);
    return lines ? LACKS_LINES : pieces ? LACKS_PIECES : FITS;
}

/* Filled cells, less two for each word that a side of its cell cuts. */
static int worth_of(const Rects *words, const Page *page, const Table *t)
{
    int worth = 0;
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &page->cells.v[t->first_cell + i];
        worth += !c->blank;
        for (size_t k = 0; k < words->n; k++) {
            Rect w = words->v[k];
            if (!inside(w, c->at)) continue;
            int out = (c->at.x > w.x ? c->at.x - w.x : 0) +
                      (rect_right(w) > rect_right(c->at) ? rect_right(w) - rect_right(c->at) : 0);
            int high = (c->at.y > w.y ? c->at.y - w.y : 0) +
                       (rect_bottom(w) > rect_bottom(c->at) ? rect_bottom(w) - rect_bottom(c->at) : 0);
            if (4 * out > w.w || 4 * high > w.h) worth -= 2;
        }
    }
    return worth;
}

GridFit grid_fit(PIX *ink, Page *page, bool drop)
{
    Rects words = {0};
    GridFit fit = {0};
    int n = (int)page->tables.n;
    if (!n) return fit;
    bool *keep = xalloc((size_t)n * sizeof *keep);
    find_words(ink, page, &words);
    for (int i = 0; i < n; i++) {
        const Table *t = &page->tables.v[i];
        Fit one = fit_of(&words, page, t);
        keep[i] = one != LACKS_LINES || !drop;
        fit.broken += one != FITS;
        if (keep[i]) fit.rows += t->rows, fit.worth += worth_of(&words, page, t);
    }
    grid_keep(page, keep);
    vec_release(&words);
    free(keep);
    return fit;
}
