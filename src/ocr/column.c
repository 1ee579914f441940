/* A column of figures is read as figures. Where most of a column's cells are of digits, a stroke that stands alone in a cell
 * is 1, and a ring 0.
 *
 * Example: the column "TT" has 1 to 24, and "l", "|", "1O" among them. They are 1, 1 and 10. The cell "Tổng" has no stroke
 * and no ring alone: it stays.
 */
#include "ocr/private.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum {
    LEAST_DIGITS = 3,
    LONGEST = 4
};                              /* cells of digits that make a column of figures; characters of a figure */
static const double MOST = 0.7; /* of the column's cells with text */

/* The only word of a cell, or NULL. */
static Word *lone_word(Page *page, const Cell *cell)
{
    int n, first = page_lines_first_word(page, cell->first_line, cell->lines, &n);
    return n == 1 ? &page->words.v[first] : NULL;
}

static bool is_figure(const char *s)
{
    size_t n = strspn(s, "0123456789");
    return n && !s[n + strspn(s + n, ".,)")];
}

/* The figure that a reading of digits, strokes and rings stands for; false where it holds anything else, or only rings. */
static bool figure_of(const char *s, char out[LONGEST + 1])
{
    int n = 0;
    bool other = false;
    for (size_t len = strlen(s); len > 0 && n < LONGEST; n++) {
        int32_t c;
        size_t bytes = utf8_decode(s, len, &c);
        bool stroke = c < 0x80 ? c && strchr("Il|!][", c) : viet_bare(c) == 'i' || c == 0xCF;
        if (!stroke && !viet_is_digit(c) && c != 'O' && c != 'o') return false;
        out[n] = stroke ? '1' : viet_is_digit(c) ? (char)c : '0';
        other = other || stroke || viet_is_digit(c);
        s += bytes, len -= bytes;
    }
    out[n] = '\0';
    return !*s && other;
}

static bool is_of_figures(Page *page, const Table *t, int col)
{
    int figures = 0, all = 0;
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &page->cells.v[i];
        if (c->col != col || c->colspan > 1 || !c->lines) continue;
        char meant[LONGEST + 1];
        const Word *w = lone_word(page, c);
        bool figure = w && is_figure(w->raw);
        figures += figure, all += figure || !w || !figure_of(w->raw, meant);
    }
    return figures >= LEAST_DIGITS && figures >= MOST * all;
}

static void read_figure(Page *page, const Cell *cell)
{
    char figure[LONGEST + 1];
    Word *w = lone_word(page, cell);
    if (!w || is_figure(w->raw) || !figure_of(w->raw, figure)) return;
    Reading *both = arena_new(&page->arena, Reading, 2);
    both[0] = (Reading){arena_str(&page->arena, figure), -0.1f}, both[1] = (Reading){w->raw, -2.3f};
    w->raw = both[0].text, w->choice = both, w->choices = 2;
}

void column_read_figures(Page *page, const Table *t)
{
    for (int col = 0; col < t->cols; col++) {
        if (!is_of_figures(page, t, col)) continue;
        for (int i = t->first_cell; i < t->first_cell + t->cells; i++)
            if (page->cells.v[i].col == col) read_figure(page, &page->cells.v[i]);
    }
}
