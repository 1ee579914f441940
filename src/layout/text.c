/* What is not in a ruled table: lines, columns side by side, blocks, and tables that have no rules.
 *
 *   1. chunks: the ink closed by the width of a wide blank. A line of text becomes one piece, but the two halves of a
 *      letterhead, "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO" and "Độc lập - Tự do - Hạnh phúc", become two. A chunk without a letter
 *      is dropped: grain at the edge of a copy, holes for a file
 *   2. bands: chunks side by side
 *   3. zones: bands one below the other through which the same white corridors run. A zone of two columns is read column
 *      by column; one with more columns, or with many rows, is a table without rules
 *   4. other bands, as long as they follow closely, are one block of text
 */
#include "layout/private.h"

#include <math.h>
#include <stdlib.h>

static const double BLANK = 1.0 / 5; /* inches: the widest blank between words of a justified line */
static const double LINE_GAP =
    1.0 / 28; /* inches closed downwards: from a letter to its marks, not to the next line */
static const double SMALLEST = 1.0 / 32; /* inches: a chunk lower and narrower than this is dirt */
static const double LETTER = 1.0 / 22;   /* inches: the lowest letter */
static const double EDGE = 0.3;     /* inches: the shadow of the paper's edge is a row of strokes this near */
static const double DIRT = 1.0;     /* inches: what is wider, such as dots to write on, stays */
static const double PICTURE = 0.55; /* inches: a piece of ink higher than this is a seal or a signature */
static const double CORRIDOR = 1.0 / 8; /* inches: the narrowest white between columns of a zone */
static const double FAR = 0.5;          /* inches of white that part two zones */
static const double NEAR = 1.0 / 6;     /* inches between the lines of one block */
enum { TABLE_BANDS = 4, TWO_COLUMN_TABLE_BANDS = 9, MOST_CORRIDORS = 16 };

typedef struct Band {
    Rect at;
    int first, n; /* of the chunks, from left to right */
} Band;
typedef VEC(Band) Bands;

typedef struct Gap {
    int from, to; /* columns of white */
} Gap;

typedef struct Zone {
    int first, n;            /* bands */
    Gap gap[MOST_CORRIDORS]; /* white all the way down */
    int gaps;
} Zone;

/* ---- 1: chunks ---- */

static void blank_out(PIX *pix, Rect r)
{
    pixRasterop(pix, r.x, r.y, r.w, r.h, PIX_CLR, NULL, 0, 0);
}

static bool is_low(const InkPiece *p, const int *most)
{
    return p->h <= *most;
}

PIX *without_tables(PIX *ink, const Page *page)
{
    PIX *rest = pixCopy(NULL, ink);
    int margin = page->dpi / 40 + 1;
    for (size_t i = 0; i < page->tables.n; i++) blank_out(rest, rect_grow(page->tables.v[i].at, margin));
    return rest;
}

static PIX *outside_tables(PIX *ink, const Page *page)
{
    PIX *rest = without_tables(ink, page);
    int most = (int)(PICTURE * page->dpi);
    PIX *lean = keep_pieces(rest, is_low, &most);
    pixDestroy(&rest);
    return lean;
}

/* A hole or a blot: filled and about as wide as high. Too small a one may be the bold "o" of a coarse scan. */
static bool is_blot(const InkPiece *p)
{
    enum { LEAST = 9 /* px */ };
    return p->w >= LEAST && p->h >= LEAST && 2 * p->w > p->h && 2 * p->h > p->w &&
           4 * (int64_t)p->area >= 3 * (int64_t)p->w * p->h;
}

static bool holds(Rect r, const InkPiece *p)
{
    int x = p->x + p->w / 2, y = p->y + p->h / 2;
    return x >= r.x && x < rect_right(r) && y >= r.y && y < rect_bottom(r);
}

/* A piece of the shadow along the left or the right edge of the paper: as thin as a 1, but nothing is printed there. */
static bool is_shadow(const InkPiece *p, int width, int dpi)
{
    int near = (int)(EDGE * dpi);
    return p->h > 2 * p->w && (p->x < near || p->x + p->w > width - near);
}

/* Drops the small chunks that hold no letter. */
static void drop_dirt(Bits ink, int dpi, Rects *chunks)
{
    size_t kept = 0;
    Pieces pieces = {0};
    pieces_find(&pieces, &ink);
    for (size_t i = 0; i < chunks->n; i++) {
        Rect chunk = chunks->v[i];
        bool letters = chunk.w > DIRT * dpi;
        for (size_t k = 0; k < pieces.v.n && !letters; k++) {
            const InkPiece *p = &pieces.v.v[k];
            letters = p->h >= LETTER * dpi && holds(chunk, p) && !is_blot(p) && !is_shadow(p, ink.w, dpi);
        }
        if (letters) chunks->v[kept++] = chunk;
    }
    chunks->n = kept;
    pieces_release(&pieces);
}

static void find_chunks(PIX *ink, const Page *page, Rects *chunks)
{
    PIX *rest = outside_tables(ink, page);
    int across = (int)(BLANK * page->dpi), down = (int)(LINE_GAP * page->dpi),
        least = (int)(SMALLEST * page->dpi);
    PIX *closed = close_brick(rest, across, down < 1 ? 1 : down);
    Bits bits = bits_of(closed);
    Pieces pieces = {0};
    pieces_find(&pieces, &bits);
    for (size_t i = 0; i < pieces.v.n; i++) {
        InkPiece p = pieces.v.v[i];
        Rect r = {p.x, p.y, p.w, p.h};
        if (r.h > least && (r.w > least || r.h > 2 * least)) *vec_push(chunks) = r;
    }
    pieces_release(&pieces);
    drop_dirt(bits_of(rest), page->dpi, chunks);
    pixDestroy(&closed);
    pixDestroy(&rest);
}

/* ---- 2: bands ---- */

static int by_middle(const void *a, const void *b)
{
    const Rect *p = a, *q = b;
    int py = 2 * p->y + p->h, qy = 2 * q->y + q->h;
    return py != qy ? (py < qy ? -1 : 1) : p->x < q->x ? -1 : p->x > q->x;
}

static int by_left(const void *a, const void *b)
{
    const Rect *p = a, *q = b;
    return p->x < q->x ? -1 : p->x > q->x;
}

static int overlap_down(Rect a, Rect b)
{
    int top = a.y > b.y ? a.y : b.y,
        bottom = rect_bottom(a) < rect_bottom(b) ? rect_bottom(a) : rect_bottom(b);
    return bottom - top;
}

static bool side_by_side(Rect band, Rect chunk)
{
    int lower = band.h < chunk.h ? band.h : chunk.h;
    return overlap_down(band, chunk) * 2 > lower;
}

/* Chunks are sorted so that each band's stand together. */
static void find_bands(Rects *chunks, Bands *bands)
{
    if (chunks->n) qsort(chunks->v, chunks->n, sizeof *chunks->v, by_middle);
    for (size_t i = 0; i < chunks->n; i++) {
        Band *last = bands->n ? &bands->v[bands->n - 1] : NULL;
        if (!last || !side_by_side(last->at, chunks->v[i])) {
            last = vec_push(bands);
            last->first = (int)i;
        }
        last->at = rect_union(last->at, chunks->v[i]);
        last->n++;
    }
    for (size_t i = 0; i < bands->n; i++)
        qsort(chunks->v + bands->v[i].first, (size_t)bands->v[i].n, sizeof *chunks->v, by_left);
}

/* ---- 3: zones ---- */

static void band_gaps(const Band *b, const Rect *chunks, Zone *z)
{
    int right = rect_right(chunks[b->first]);
    z->gaps = 0;
    for (int i = 1; i < b->n && z->gaps < MOST_CORRIDORS; i++) {
        Rect c = chunks[b->first + i];
        if (c.x > right) z->gap[z->gaps++] = (Gap){right, c.x};
        if (rect_right(c) > right) right = rect_right(c);
    }
}

/* What of the corridors stays white through the band too. */
static Zone narrowed(const Zone *z, const Band *b, const Rect *chunks, int least)
{
    Zone out = *z;
    out.gaps = 0;
    for (int i = 0; i < z->gaps; i++) {
        Gap g = z->gap[i];
        for (int k = 0; k < b->n; k++) {
            Rect c = chunks[b->first + k];
            if (rect_right(c) <= g.from || c.x >= g.to) continue;
            bool from_left = c.x <= g.from, to_right = rect_right(c) >= g.to;
            if (from_left && to_right)
                g.to = g.from;
            else if (from_left)
                g.from = rect_right(c);
            else if (to_right)
                g.to = c.x;
            else if (c.x - g.from > g.to - rect_right(c))
                g.to = c.x;
            else
                g.from = rect_right(c);
        }
        if (g.to - g.from >= least) out.gap[out.gaps++] = g;
    }
    return out;
}

static int white_between(const Band *a, const Band *b)
{
    return b->at.y - rect_bottom(a->at);
}

/* A heading over all columns of a table may cross a corridor, if the bands right after it have all of them again. */
static bool goes_on_after(const Zone *z, const Bands *bands, int next, const Rect *chunks, int least)
{
    if (z->gaps < 2 || z->n < 2 || next + 1 >= (int)bands->n || bands->v[next].n > 1) return false;
    const Band *after = &bands->v[next + 1];
    return after->n > z->gaps && narrowed(z, after, chunks, least).gaps == z->gaps;
}

static Zone zone_from(int first, const Bands *bands, const Rect *chunks, int dpi)
{
    Zone z = {.first = first, .n = 1};
    int least = (int)(CORRIDOR * dpi);
    band_gaps(&bands->v[first], chunks, &z);
    while (z.gaps && first + z.n < (int)bands->n) {
        const Band *b = &bands->v[first + z.n];
        if (white_between(&bands->v[first + z.n - 1], b) > FAR * dpi) break;
        Zone next = narrowed(&z, b, chunks, least);
        if (!next.gaps || (next.gaps < z.gaps && z.n >= TABLE_BANDS)) {
            if (!goes_on_after(&z, bands, first + z.n, chunks, least)) break;
            next = z;
        }
        next.n = z.n + 1;
        z = next;
    }
    return z;
}

/* Lone bands at the end belong to the zone only where they follow closely. */
static void trim(Zone *z, const Bands *bands, int dpi)
{
    while (z->n > 1 && bands->v[z->first + z->n - 1].n == 1 &&
           white_between(&bands->v[z->first + z->n - 2], &bands->v[z->first + z->n - 1]) > NEAR * dpi)
        z->n--;
}

static int column_of(const Zone *z, Rect c)
{
    int middle = c.x + c.w / 2, col = 0;
    while (col < z->gaps && middle >= (z->gap[col].from + z->gap[col].to) / 2) col++;
    return col;
}

static void add_text(Page *page, Rect at, int column)
{
    Rect grown = rect_clip(rect_grow(at, page->dpi / 50 + 1), page->upright_width, page->upright_height);
    *vec_push(&page->blocks) = (Block){.kind = BLOCK_TEXT, .at = grown, .column = column, .table = -1};
}

static void add_columns(const Zone *z, const Bands *bands, const Rect *chunks, Page *page)
{
    for (int col = 0; col <= z->gaps; col++) {
        Rect at = {0};
        for (int i = z->first; i < z->first + z->n; i++)
            for (int k = 0; k < bands->v[i].n; k++) {
                Rect c = chunks[bands->v[i].first + k];
                if (column_of(z, c) == col) at = rect_union(at, c);
            }
        if (!rect_empty(at)) add_text(page, at, col + 1);
    }
}

/* ---- tables without rules ---- */

/* Two columns are a table where most lines stand in both, but for those that go on below. */
static bool is_table(const Zone *z, const Bands *bands)
{
    enum { SHARE = 2, OF = 5 };
    int full = 0;
    for (int i = z->first; i < z->first + z->n; i++) full += bands->v[i].n > z->gaps;
    if (z->gaps >= 2) return full >= TABLE_BANDS;
    return z->gaps == 1 && full >= TWO_COLUMN_TABLE_BANDS && OF * full >= SHARE * z->n;
}

static Rect column_rect(const Zone *z, const Band *b, int from, int to, Rect all)
{
    int left = from == 0 ? all.x : (z->gap[from - 1].from + z->gap[from - 1].to) / 2;
    int right = to == z->gaps ? rect_right(all) : (z->gap[to].from + z->gap[to].to) / 2;
    return (Rect){left, b->at.y, right - left, b->at.h};
}

static void add_row(const Zone *z, const Band *b, const Rect *chunks, int row, Rect all, Page *page, Table *t)
{
    for (int col = 0; col <= z->gaps;) {
        int end = col; /* last column that the chunks starting here reach */
        bool any = false;
        for (int k = 0; k < b->n; k++) {
            Rect c = chunks[b->first + k];
            int first = column_of(z, (Rect){c.x, c.y, 1, c.h}),
                last = column_of(z, (Rect){rect_right(c) - 1, c.y, 1, c.h});
            if (first <= end && last >= col) any = true, end = last > end ? last : end;
        }
        Cell *cell = vec_push(&page->cells);
        *cell = (Cell){.row = row, .col = col, .rowspan = 1, .colspan = end - col + 1, .blank = !any};
        Rect grown = rect_grow(column_rect(z, b, col, end, all), page->dpi / 60 + 1);
        cell->at = rect_clip(grown, page->upright_width, page->upright_height);
        t->cells++;
        col = end + 1;
    }
}

static void add_unruled(const Zone *z, const Bands *bands, const Rect *chunks, Page *page)
{
    Rect all = {0};
    for (int i = z->first; i < z->first + z->n; i++) all = rect_union(all, bands->v[i].at);
    Table t = {.kind = TABLE_UNRULED,
               .at = all,
               .rows = z->n,
               .cols = z->gaps + 1,
               .first_cell = (int)page->cells.n};
    for (int i = 0; i < z->n; i++) add_row(z, &bands->v[z->first + i], chunks, i, all, page, &t);
    *vec_push(&page->tables) = t;
    *vec_push(&page->blocks) = (Block){.kind = BLOCK_TABLE, .at = all, .table = (int)page->tables.n - 1};
}

/* ---- 4: blocks, order ---- */

static bool crosses_table(const Page *page, const Band *a, const Band *b)
{
    for (size_t i = 0; i < page->tables.n; i++) {
        Rect t = page->tables.v[i].at;
        if (t.y >= a->at.y && t.y < b->at.y) return true;
    }
    return false;
}

/* How many bands from `first` on make one block. */
static int paragraph(const Page *page, const Bands *bands, const Rect *chunks, int first)
{
    int n = 1;
    while (first + n < (int)bands->n) {
        const Band *a = &bands->v[first + n - 1], *b = &bands->v[first + n];
        if (white_between(a, b) > NEAR * page->dpi || crosses_table(page, a, b)) break;
        if (b->n > 1 && zone_from(first + n, bands, chunks, page->dpi).n > 1) break;
        n++;
    }
    return n;
}

static int by_reading(const void *a, const void *b)
{
    const Block *p = a, *q = b;
    bool columns = p->column && q->column && overlap_down(p->at, q->at) > 0;
    if (columns && p->column != q->column) return p->column < q->column ? -1 : 1;
    return p->at.y != q->at.y ? (p->at.y < q->at.y ? -1 : 1) : p->at.x < q->at.x ? -1 : p->at.x > q->at.x;
}

/* Insertion, for by_reading is not a total order over blocks of different zones. */
static void sort_blocks(Blocks *b)
{
    for (size_t i = 1; i < b->n; i++) {
        Block x = b->v[i];
        size_t k = i;
        while (k > 0 && by_reading(&b->v[k - 1], &x) > 0) b->v[k] = b->v[k - 1], k--;
        b->v[k] = x;
    }
}

void text_find(PIX *ink, Page *page)
{
    Rects chunks = {0};
    Bands bands = {0};
    unruled_find(ink, page);
    find_chunks(ink, page, &chunks);
    find_bands(&chunks, &bands);
    for (int i = 0; i < (int)bands.n;) {
        Zone z = zone_from(i, &bands, chunks.v, page->dpi);
        trim(&z, &bands, page->dpi);
        if (z.gaps && z.n > 1) {
            if (is_table(&z, &bands))
                add_unruled(&z, &bands, chunks.v, page);
            else
                add_columns(&z, &bands, chunks.v, page);
            i += z.n;
            continue;
        }
        int n = paragraph(page, &bands, chunks.v, i);
        Rect at = {0};
        for (int k = i; k < i + n; k++) at = rect_union(at, bands.v[k].at);
        add_text(page, at, 0);
        i += n;
    }
    sort_blocks(&page->blocks);
    vec_release(&chunks);
    vec_release(&bands);
}
