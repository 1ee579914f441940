/* Ink on which no word stands. Letters are told from specks and from rests of rules by their size: that of the ink under
 * the words.
 *
 * Example: the cell "Mường Lầm 1" is read "Mường Lầm". The box of "Lầm" ends before the "1", whose piece of ink is as high
 * as the L. It is unread, and "Lầm", the word beside it, is marked.
 */
#include "ocr/private.h"

#include <math.h>
#include <stdlib.h>

static const double LETTER = 0.07;      /* inches: a low letter of 12 points, where no word says better */
static const double NARROW = 1.0 / 120; /* inches: what is thinner is not a stroke of a letter */
static const double LOW = 0.85;         /* of a low letter's height; marks, points and commas are lower */
static const double HIGH = 2.6;         /* a capital with two marks: Ễ */
static const double WIDE = 6; /* letters that touch; what is wider is a rule, a seal, an arm of a bracket */
static const double ON_WORD = 0.5;   /* of a piece's box: it belongs to the word */
static const double FULL = 0.92;     /* of a piece's box: a letter has white in it, unless it is a stroke */
static const double EMPTY = 0.1;     /* of a piece's box: a scratch or a bow, no letter */
static const double SIDE = 1.0 / 40; /* inches from the side of the part, where rests of rules stand */

static const double GAP = 0.12; /* inches between letters of one place */

static const double ROW =
    0.3; /* inches: outside cells, letters that stand together so far are text, others a seal's */
static const double APART = 0.45; /* of a low letter's height: less white is not a blank between words */
static const double TALL = 1.15;  /* of a low letter's height: capitals and digits */

typedef struct Scale {
    double letter; /* pixels: height of a low letter */
    int dpi;
} Scale;

static long area(Rect r)
{
    return (long)r.w * r.h;
}

static Rect box_of(const InkPiece *p, Rect at)
{
    return (Rect){at.x + p->x, at.y + p->y, p->w, p->h};
}

static const Word *lookup_word(const Page *page, size_t first, Rect box)
{
    for (size_t i = first; i < page->words.n; i++)
        if ((double)area(rect_intersect(page->words.v[i].at, box)) >= ON_WORD * (double)area(box))
            return &page->words.v[i];
    return NULL;
}

static int by_height(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* The lower quartile of what is higher than marks: letters without a stem, of which there are most. */
static Scale scale_of(const Pieces *ink, const Page *page, size_t first, Rect at)
{
    Scale s = {LETTER * page->dpi, page->dpi};
    VEC(int) heights = {0};
    for (size_t i = 0; i < ink->v.n; i++) {
        const InkPiece *p = &ink->v.v[i];
        if (p->h < s.letter * 0.6 || p->h > s.letter * 2.5) continue;
        if (lookup_word(page, first, box_of(p, at))) *vec_push(&heights) = p->h;
    }
    enum { ENOUGH = 4 };
    if (heights.n >= ENOUGH) {
        qsort(heights.v, heights.n, sizeof *heights.v, by_height);
        s.letter = heights.v[heights.n / 4];
    }
    vec_release(&heights);
    return s;
}

/* Engines cut a word's box short: what stands close by a box, on its line, is of the word. */
static bool is_apart(const Page *page, size_t first, Rect box, const Scale *s)
{
    int gap = (int)(APART * s->letter);
    Rect wide = {box.x - gap, box.y, box.w + 2 * gap, box.h};
    for (size_t i = first; i < page->words.n; i++)
        if (rect_intersect(page->words.v[i].at, wide).h * 2 > box.h) return false;
    return true;
}

/* Whether the piece may be a letter by its size and its ink. A stroke (I, 1, l) is all ink, but away from the sides. */
static bool is_letter(const InkPiece *p, const Scale *s, Rect at)
{
    double full = (double)p->area / ((double)p->w * p->h);
    bool stroke = p->w * 3 < p->h;
    int side = (int)(SIDE * s->dpi);
    if (p->h < LOW * s->letter || p->h > HIGH * s->letter || p->w > WIDE * s->letter) return false;
    if (p->w < NARROW * s->dpi || full < EMPTY) return false;
    if (!stroke) return full < FULL;
    return p->x >= side && p->x + p->w <= at.w - side && p->h >= TALL * s->letter;
}

/* Low pieces by themselves are dirt more often than letters. */
static void drop_lone(Unread *unread, size_t from, const Scale *s)
{
    Unread kept = {0};
    for (size_t i = from; i < unread->n; i++) {
        Rect r = unread->v[i], wide = rect_grow(r, (int)s->letter);
        bool beside = false;
        for (size_t k = from; k < unread->n && !beside; k++)
            beside = k != i && !rect_empty(rect_intersect(wide, unread->v[k]));
        if (beside || r.h >= TALL * s->letter) *vec_push(&kept) = r;
    }
    unread->n = from;
    for (size_t i = 0; i < kept.n; i++) *vec_push(unread) = kept.v[i];
    vec_release(&kept);
}

void unread_find(const Pieces *ink, const Page *page, size_t first_word, Rect at, Unread *unread)
{
    Scale s = scale_of(ink, page, first_word, at);
    size_t before = unread->n;
    for (size_t i = 0; i < ink->v.n; i++) {
        const InkPiece *p = &ink->v.v[i];
        Rect box = box_of(p, at);
        if (!is_letter(p, &s, at) || lookup_word(page, first_word, box)) continue;
        if (is_apart(page, first_word, box, &s)) *vec_push(unread) = box;
    }
    drop_lone(unread, before, &s);
}

/* How far the word is from the box: sideways on its line, else far. */
static double distance(Rect word, Rect box)
{
    int across = box.x > word.x ? box.x - rect_right(word) : word.x - rect_right(box);
    int down = box.y > word.y ? box.y - rect_bottom(word) : word.y - rect_bottom(box);
    return (across > 0 ? across : 0) + 4.0 * (down > 0 ? down : 0);
}

void unread_mark(Page *page, size_t first_word, const Unread *unread)
{
    for (size_t i = 0; i < unread->n; i++) {
        Word *nearest = NULL;
        for (size_t k = first_word; k < page->words.n; k++) {
            Word *w = &page->words.v[k];
            if (!nearest || distance(w->at, unread->v[i]) < distance(nearest->at, unread->v[i])) nearest = w;
        }
        if (nearest) nearest->marks |= WORD_INK;
    }
}

static Rect near(Rect r, int by)
{
    return (Rect){r.x - by, r.y - by / 2, r.w + 2 * by, r.h + by};
}

/* Joins boxes that stand together, until none does. */
static void join(Unread *boxes, int gap)
{
    for (size_t i = 0; i < boxes->n; i++)
        for (size_t k = i + 1; k < boxes->n; k++) {
            if (rect_empty(rect_intersect(near(boxes->v[i], gap), boxes->v[k]))) continue;
            boxes->v[i] = rect_union(boxes->v[i], boxes->v[k]);
            boxes->v[k] = boxes->v[--boxes->n];
            k = i;
        }
}

static bool in_read_cell(const Page *page, Rect box)
{
    for (size_t i = 0; i < page->cells.n; i++)
        if (!page->cells.v[i].blank && !rect_empty(rect_intersect(page->cells.v[i].at, box))) return true;
    return false;
}

void unread_outside(const Pieces *ink, const Page *page, Unread *unread)
{
    Unread all = {0}, outside = {0};
    unread_find(ink, page, 0, (Rect){0, 0, page->upright_width, page->upright_height}, &all);
    for (size_t i = 0; i < all.n; i++)
        if (!in_read_cell(page, all.v[i])) *vec_push(&outside) = all.v[i];
    join(&outside, (int)(GAP * page->dpi));
    for (size_t i = 0; i < outside.n; i++)
        if (outside.v[i].w > ROW * page->dpi) *vec_push(unread) = outside.v[i];
    vec_release(&all);
    vec_release(&outside);
}

void unread_tell(Page *page, Unread *unread)
{
    join(unread, (int)(GAP * page->dpi));
    for (size_t i = 0; i < unread->n; i++)
        *vec_push(&page->blocks) = (Block){.kind = BLOCK_PICTURE,
                                           .at = unread->v[i],
                                           .box = page_to_scan(page, unread->v[i]),
                                           .first_line = (int)page->lines.n,
                                           .table = -1};
}
