/* The runs of a row are compared with those of the row above, both from left to right. In the seal over "Hoa Mai":
 *
 *     row 4   ..##...###..        runs 0 and 1
 *     row 5   ....###.....        run 2 touches both, run 1 at a corner: 0, 1, 2 are one piece
 *
 * Each run points to another of its piece with a smaller number. A run that points to itself stands for its piece.
 * bits_next() passes words of 32 pixels that are all white or all black at once.
 */
#include "base/bits.h"

enum { WORD = 32 };

/* The bits from..to - 1 of the word that holds `from`, and where the next word begins or the bits end. */
static uint32_t part_of_word(int from, int to, int *end)
{
    uint32_t bits = 0xFFFFFFFFu >> (from % WORD);
    *end = (from / WORD + 1) * WORD < to ? (from / WORD + 1) * WORD : to;
    return *end % WORD ? bits & ~(0xFFFFFFFFu >> (*end % WORD)) : bits;
}

void bits_ink(uint32_t *row, int from, int to)
{
    for (int end; from < to; from = end) {
        uint32_t *word = &row[from / WORD];
        *word |= part_of_word(from, to, &end);
    }
}

void bits_wipe(uint32_t *row, int from, int to)
{
    for (int end; from < to; from = end) {
        uint32_t *word = &row[from / WORD];
        *word &= ~part_of_word(from, to, &end);
    }
}

static const uint32_t *row_of(const Bits *bits, int y)
{
    return bits->word + (size_t)y * (size_t)bits->words;
}

bool bits_in_column(const Bits *bits, int x, int from, int to)
{
    if (x < 0 || x >= bits->w) return false;
    for (int y = from < 0 ? 0 : from; y < to && y < bits->h; y++)
        if (row_of(bits, y)[x / WORD] >> (WORD - 1 - x % WORD) & 1) return true;
    return false;
}

/* ---- pieces ---- */

static int find_root(InkRun *run, int i)
{
    while (run[i].next != i) i = run[i].next = run[run[i].next].next;
    return i;
}

static void join(InkRun *run, int a, int b)
{
    a = find_root(run, a), b = find_root(run, b);
    if (a < b)
        run[b].next = a;
    else
        run[a].next = b;
}

/* While roots are sought, `next` is the run that this one names. */
static void find_runs(Pieces *p, const Bits *bits)
{
    int above = 0, above_end = 0; /* runs of the row above */
    for (int y = 0; y < bits->h; y++) {
        const uint32_t *row = row_of(bits, y);
        int first = (int)p->runs.n, up = above;
        for (int from = bits_next(row, 0, bits->w, true), to; from < bits->w;
             from = bits_next(row, to, bits->w, true)) {
            int me = (int)p->runs.n;
            to = bits_next(row, from, bits->w, false);
            *vec_push(&p->runs) = (InkRun){.y = y, .from = from, .to = to, .next = me};
            while (up < above_end && p->runs.v[up].to < from) up++;
            for (int k = up; k < above_end && p->runs.v[k].from <= to; k++) join(p->runs.v, me, k);
        }
        above = first, above_end = (int)p->runs.n;
    }
}

static void widen(InkPiece *piece, const InkRun *r)
{
    int right = piece->x + piece->w > r->to ? piece->x + piece->w : r->to;
    if (r->from < piece->x) piece->x = r->from;
    piece->w = right - piece->x;
    piece->h = r->y + 1 - piece->y;
    piece->area += r->to - r->from;
}

/* A run points to one with a smaller number, so a piece's first run is met before its others. From here on `next` is the
 * next run of the piece. */
static void gather(Pieces *p)
{
    size_t n = p->runs.n;
    int *piece = xalloc((n + 1) * sizeof *piece), *last = xalloc((n + 1) * sizeof *last);
    for (size_t i = 0; i < n; i++) {
        InkRun *r = &p->runs.v[i];
        bool root = r->next == (int)i;
        piece[i] = root ? (int)p->v.n : piece[r->next];
        if (root)
            *vec_push(&p->v) = (InkPiece){.x = r->from, .y = r->y, .first = (int)i};
        else
            p->runs.v[last[piece[i]]].next = (int)i;
        last[piece[i]] = (int)i;
        widen(&p->v.v[piece[i]], r);
        r->next = -1;
    }
    free(piece);
    free(last);
}

void pieces_find(Pieces *pieces, const Bits *bits)
{
    vec_clear(&pieces->v);
    vec_clear(&pieces->runs);
    find_runs(pieces, bits);
    gather(pieces);
}

void pieces_draw(const Pieces *pieces, size_t i, Bits *to, int dx, int dy)
{
    for (int k = pieces->v.v[i].first; k >= 0; k = pieces->runs.v[k].next) {
        const InkRun *r = &pieces->runs.v[k];
        bits_ink(to->word + (size_t)(r->y - dy) * (size_t)to->words, r->from - dx, r->to - dx);
    }
}

void pieces_wipe(const Pieces *pieces, size_t i, Bits *to)
{
    for (int k = pieces->v.v[i].first; k >= 0; k = pieces->runs.v[k].next) {
        const InkRun *r = &pieces->runs.v[k];
        bits_wipe(to->word + (size_t)r->y * (size_t)to->words, r->from, r->to);
    }
}

void pieces_release(Pieces *pieces)
{
    vec_release(&pieces->v);
    vec_release(&pieces->runs);
}

void bits_keep(Bits *bits, bool (*wanted)(const InkPiece *piece, const int *limit), const int *limit)
{
    Pieces pieces = {0};
    pieces_find(&pieces, bits);
    for (size_t i = 0; i < pieces.v.n; i++)
        if (!wanted(&pieces.v.v[i], limit)) pieces_wipe(&pieces, i, bits);
    pieces_release(&pieces);
}
