/* bits: rows of a two-level picture, run by run, and its pieces of ink.
 *
 *     Pieces pieces = {0};
 *     pieces_find(&pieces, &page);
 *     for (size_t i = 0; i < pieces.v.n; i++)
 *         if (pieces.v.v[i].h > 40) pieces_wipe(&pieces, i, &page);
 *     pieces_release(&pieces);
 *
 * Pixel x of row y is bit 31 - x % 32 of word[y * words + x / 32]; 1 is ink. So Leptonica has it. A piece is
 * ink that touches, at corners too (8-connected). A picture here is lent: somebody else owns its words. Knows
 * of no library.
 *
 * Pieces are joined from runs in one pass down the page with union-find (Rosenfeld & Pfaltz 1966; runs: He,
 * Chao, Suzuki 2008): a page of text at 300 dpi has 200,000 runs and 8,700,000 pixels.
 */
#ifndef DAU_BASE_BITS_H
#define DAU_BASE_BITS_H

#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct Bits {
    uint32_t *word;
    int w, h;  /* pixels */
    int words; /* of a row */
} Bits;

/* The first pixel of the row at or after x that is `ink`, or is not; w when there is none. */
static inline int bits_next(const uint32_t *row, int x, int w, bool ink)
{
    if (x >= w) return w;
    int i = x / 32, last = (w - 1) / 32;
    uint32_t flip = ink ? 0 : ~0U, word = (row[i] ^ flip) & ~0U >> x % 32;
    while (!word && i < last) word = row[++i] ^ flip;
    int at = word ? i * 32 + __builtin_clz(word) : w;
    return at < w ? at : w;
}
/* Whether there is ink in rows from..to - 1 of column x; outside the picture there is none. */
bool bits_in_column(const Bits *bits, int x, int from, int to);
/* Ink, or none, in pixels from..to - 1 of the row. */
void bits_ink(uint32_t *row, int from, int to);
void bits_wipe(uint32_t *row, int from, int to);

typedef struct InkRun {
    int y, from, to; /* pixels from..to - 1 of row y */
    int next;        /* run of the same piece, further on; -1: the last */
} InkRun;

typedef struct InkPiece {
    int x, y, w, h; /* its box */
    int area;       /* pixels */
    int first;      /* run */
} InkPiece;

typedef struct Pieces {
    VEC(InkPiece) v; /* in the order of their first pixels, row by row */
    VEC(InkRun) runs;
} Pieces;

/* All of them; what pieces held before is let go. */
void pieces_find(Pieces *pieces, const Bits *bits);
/* Piece i becomes ink of `to`, what was at x, y there at x - dx, y - dy; or it is taken from `to`. It must
 * fit. */
void pieces_draw(const Pieces *pieces, size_t i, Bits *to, int dx, int dy);
void pieces_wipe(const Pieces *pieces, size_t i, Bits *to);
void pieces_release(Pieces *pieces);
/* Takes away the pieces that are not wanted; `limit` is handed to wanted(). */
void bits_keep(Bits *bits, bool (*wanted)(const InkPiece *piece, const int *limit), const int *limit);

#endif
