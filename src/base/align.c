/* Myers keeps only the differences between neighbours of the table of distances D, a bit each (row i, column j: the
 * first i of a against the first j of b). So 64 rows are one machine word, and a dozen operations make a column from
 * the one before it. What comes out is the last row: the distance of all of a from every beginning of b.
 *
 * The way. a = "Phòng Giáo dục quận Hà Đông", b = "Phòng GD quận Hà Đông":
 *
 *   1. The longer, a, is cut in the middle: "Phòng Giáo dục" and "quận Hà Đông".
 *   2. The last row of the first half says what each beginning of b costs. That of the second half, read backwards,
 *      says what each end of b costs. b is cut where the sum is least, after "GD".
 *   3. Both halves are treated the same, until the whole table of a piece fits into TABLE_MOST. */
#include "base/align.h"

#include "base/arena.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_MOST = 1 << 24 }; /* cells, a byte each, of a piece that is solved by its table */
enum { BITS = 64 };
static const float NO_WAY = ALIGN_NEVER / 10; /* sums from here on hold a pair that cannot be */

/* ---- the last row of the table ---- */

typedef struct BitBlock { /* 64 rows of one column */
    uint64_t up, down;    /* D grows, or falls, by one from the row above */
    uint64_t equal;       /* a of the row is b of the column */
} BitBlock;

typedef struct Spot { /* where a number stands in a */
    int32_t what;
    uint32_t at;
} Spot;

static int spot_order(const void *x, const void *y)
{
    const Spot *a = x, *b = y;
    return a->what != b->what ? (a->what < b->what ? -1 : 1) : (a->at > b->at) - (a->at < b->at);
}

static Spot *spots_new(const int32_t *a, size_t n, bool back)
{
    Spot *spots = xalloc((n + 1) * sizeof *spots);
    for (size_t i = 0; i < n; i++) spots[i] = (Spot){a[back ? n - 1 - i : i], (uint32_t)i};
    qsort(spots, n, sizeof *spots, spot_order);
    return spots;
}

static size_t first_spot(const Spot *spots, size_t n, int32_t what)
{
    size_t from = 0, to = n;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (spots[middle].what < what)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}

/* One column of a block (Myers 1999, figure 8). `in` is the change of D from the column before in the row above the
 * block: -1, 0 or 1. Returns the same of the row `last`. */
static int block_step(BitBlock *k, int in, int last)
{
    uint64_t equal = k->equal | (in < 0), still = k->equal | k->down,
             flat = (((equal & k->up) + k->up) ^ k->up) | equal, grow = k->down | ~(flat | k->up),
             fall = k->up & flat;
    int out = (int)(grow >> last & 1) - (int)(fall >> last & 1);
    grow = grow << 1 | (in > 0);
    fall = fall << 1 | (in < 0);
    k->up = fall | ~(still | grow);
    k->down = grow & still;
    return out;
}

/* ---- texts of bytes ---- */

enum { BLOCKS = (DISTANCE_MOST + BITS - 1) / BITS };

/* The pattern, its rows on which each byte stands, and its column. */
typedef struct AlignColumn {
    uint64_t equal[256][BLOCKS]; /* only those of bytes that occur are set */
    BitBlock block[BLOCKS];
    int blocks, last; /* the row of the pattern's end, in the last block */
} AlignColumn;

static void column_init(AlignColumn *c, const unsigned char *pattern, int m, const unsigned char *text, int n)
{
    c->blocks = (m + BITS - 1) / BITS, c->last = (m - 1) % BITS;
    for (int k = 0; k < c->blocks; k++) c->block[k] = (BitBlock){.up = ~(uint64_t)0};
    for (int j = 0; j < n; j++) memset(c->equal[text[j]], 0, sizeof c->equal[0]);
    for (int i = 0; i < m; i++) memset(c->equal[pattern[i]], 0, sizeof c->equal[0]);
    for (int i = 0; i < m; i++) c->equal[pattern[i]][i / BITS] |= (uint64_t)1 << i % BITS;
}

/* One byte of the text; `in` is by how much the row above the pattern grows. By how much the last row does. */
static int column_step(AlignColumn *c, unsigned char byte, int in)
{
    for (int k = 0; k < c->blocks; k++) {
        c->block[k].equal = c->equal[byte][k];
        in = block_step(&c->block[k], in, k + 1 < c->blocks ? BITS - 1 : c->last);
    }
    return in;
}

int edit_distance(const char *a, int n, const char *b, int m, int most)
{
    if (n >= DISTANCE_MOST || m >= DISTANCE_MOST || n - m > most || m - n > most) return most + 1;
    while (n && m && *a == *b) a++, n--, b++, m--;
    while (n && m && a[n - 1] == b[m - 1]) n--, m--;
    int distance = n + m;
    if (n && m) {
        AlignColumn c;
        column_init(&c, (const unsigned char *)a, n, (const unsigned char *)b, m);
        distance = n;
        for (int j = 0; j < m; j++) distance += column_step(&c, (unsigned char)b[j], 1);
    }
    return distance > most ? most + 1 : distance;
}

int edit_distance_inside(const char *text, int n, const char *pattern, int m, int most)
{
    AlignColumn c;
    if (m == 0) return 0;
    if (m >= DISTANCE_MOST) return most + 1;
    column_init(&c, (const unsigned char *)pattern, m, (const unsigned char *)text, n);
    int now = m, best = m;
    for (int j = 0; j < n && best > 0; j++) {
        now += column_step(&c, (unsigned char)text[j], 0); /* a match may begin anywhere */
        if (now < best) best = now;
    }
    return best > most ? most + 1 : best;
}

/* ---- numbers ---- */

/* row[j]: the distance of all of a from the first j of b, j = 0..m; from their ends when `back`. n > 0. */
static void last_row(const int32_t *a, size_t n, const int32_t *b, size_t m, bool back, size_t *row)
{
    size_t blocks = (n + BITS - 1) / BITS;
    Spot *spots = spots_new(a, n, back);
    BitBlock *block = xalloc(blocks * sizeof *block);
    for (size_t k = 0; k < blocks; k++) block[k] = (BitBlock){.up = ~(uint64_t)0};
    row[0] = n;
    for (size_t j = 0; j < m; j++) {
        int32_t what = b[back ? m - 1 - j : j];
        size_t from = first_spot(spots, n, what), to = from;
        for (; to < n && spots[to].what == what; to++)
            block[spots[to].at / BITS].equal |= (uint64_t)1 << spots[to].at % BITS;
        int change = 1;
        for (size_t k = 0; k + 1 < blocks; k++) change = block_step(&block[k], change, BITS - 1);
        change = block_step(&block[blocks - 1], change, (int)((n - 1) % BITS));
        row[j + 1] = row[j] + (size_t)change;
        for (; from < to; from++) block[spots[from].at / BITS].equal = 0;
    }
    free(block);
    free(spots);
}

static size_t same_begin(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    size_t k = 0;
    while (k < n && k < m && a[k] == b[k]) k++;
    return k;
}

static size_t same_end(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    size_t k = 0;
    while (k < n && k < m && a[n - 1 - k] == b[m - 1 - k]) k++;
    return k;
}

size_t align_distance(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    size_t same = same_begin(a, n, b, m);
    a += same, n -= same, b += same, m -= same;
    same = same_end(a, n, b, m);
    n -= same, m -= same;
    if (!n || !m) return n + m;
    size_t *row = xalloc((m + 1) * sizeof *row);
    last_row(a, n, b, m, false, row);
    size_t distance = row[m];
    free(row);
    return distance;
}

/* ---- the way ---- */

typedef struct AlignSteps {
    unsigned char *steps;
    size_t n;
} AlignSteps;

static void way_add(AlignSteps *way, AlignStep step, size_t times)
{
    memset(way->steps + way->n, step, times);
    way->n += times;
}

/* The cheapest step to each cell of the table, (n + 1) rows of (m + 1). Where a pair is as cheap as a gap it is a pair. */
static unsigned char *cost_table_new(const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    unsigned char *table = xalloc((n + 1) * (m + 1));
    unsigned *row = xalloc((m + 1) * sizeof *row);
    for (size_t j = 0; j <= m; j++) row[j] = (unsigned)j, table[j] = ALIGN_B;
    for (size_t i = 1; i <= n; i++) {
        unsigned char *steps = table + i * (m + 1);
        unsigned corner = row[0];
        row[0] = (unsigned)i, steps[0] = ALIGN_A;
        for (size_t j = 1; j <= m; j++) {
            unsigned best = corner + (a[i - 1] != b[j - 1]);
            steps[j] = ALIGN_BOTH;
            if (row[j] + 1 < best) best = row[j] + 1, steps[j] = ALIGN_A;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1, steps[j] = ALIGN_B;
            corner = row[j];
            row[j] = best;
        }
    }
    free(row);
    return table;
}

static void way_by_table(AlignSteps *way, const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    unsigned char *table = cost_table_new(a, n, b, m), *to = way->steps + way->n;
    size_t steps = 0;
    for (size_t i = n, j = m; i + j > 0;) { /* from the end */
        unsigned char step = table[i * (m + 1) + j];
        to[steps++] = step;
        if (step != ALIGN_B) i--;
        if (step != ALIGN_A) j--;
    }
    for (size_t k = 0; k < steps / 2; k++) {
        unsigned char swap = to[k];
        to[k] = to[steps - 1 - k];
        to[steps - 1 - k] = swap;
    }
    way->n += steps;
    free(table);
}

/* Where b is cut when a is cut at `half`. */
static size_t best_cut(const int32_t *a, size_t n, size_t half, const int32_t *b, size_t m)
{
    size_t *before = xalloc((m + 1) * sizeof *before), *after = xalloc((m + 1) * sizeof *after), best = 0;
    last_row(a, half, b, m, false, before);
    last_row(a + half, n - half, b, m, true, after);
    for (size_t j = 1; j <= m; j++)
        if (before[j] + after[m - j] < before[best] + after[m - best]) best = j;
    free(before);
    free(after);
    return best;
}

static void way_find(AlignSteps *way, const int32_t *a, size_t n, const int32_t *b, size_t m)
{
    if ((n + 1) <= TABLE_MOST / (m + 1)) {
        way_by_table(way, a, n, b, m);
        return;
    }
    size_t begin = same_begin(a, n, b, m);
    way_add(way, ALIGN_BOTH, begin);
    a += begin, n -= begin, b += begin, m -= begin;
    size_t end = same_end(a, n, b, m);
    n -= end, m -= end;
    if (!n || !m)
        way_add(way, n ? ALIGN_A : ALIGN_B, n + m);
    else { /* the longer one is halved */
        size_t i = n < m ? 0 : n / 2, j = n < m ? m / 2 : 0;
        if (i)
            j = best_cut(a, n, i, b, m);
        else
            i = best_cut(b, m, j, a, n);
        way_find(way, a, i, b, j);
        way_find(way, a + i, n - i, b + j, m - j);
    }
    way_add(way, ALIGN_BOTH, end);
}

size_t align_way(const int32_t *a, size_t n, const int32_t *b, size_t m, unsigned char *way)
{
    AlignSteps found = {way, 0};
    way_find(&found, a, n, b, m);
    return found.n;
}

/* ---- segments with costs ---- */

typedef struct AlignCell {
    float cost;
    uint8_t p, q; /* lengths of the segments that end here */
} AlignCell;

static void fill_cell(const AlignTask *t, AlignCell *grid, size_t i, size_t j)
{
    size_t width = t->m + 1;
    AlignCell *cell = &grid[i * width + j];
    for (int p = 0; p <= t->most_a && (size_t)p <= i; p++)
        for (int q = p ? 0 : 1; q <= t->most_b && (size_t)q <= j; q++) {
            float paid = grid[(i - (size_t)p) * width + j - (size_t)q].cost;
            if (paid >= NO_WAY) continue;
            paid += t->cost(t->context, i - (size_t)p, p, j - (size_t)q, q);
            if (paid < cell->cost) *cell = (AlignCell){paid, (uint8_t)p, (uint8_t)q};
        }
}

static void take_pairs(const AlignTask *t, const AlignCell *grid, AlignPair *take)
{
    for (size_t i = t->n, j = t->m; i + j > 0;) {
        const AlignCell *cell = &grid[i * (t->m + 1) + j];
        i -= cell->p, j -= cell->q;
        take(t->context, i, cell->p, j, cell->q);
    }
}

float align_cheapest(const AlignTask *t, AlignPair *take)
{
    size_t width = t->m + 1, cells = (t->n + 1) * width;
    AlignCell *grid = xalloc(cells * sizeof *grid);
    for (size_t k = 0; k < cells; k++) grid[k].cost = ALIGN_NEVER;
    grid[0].cost = 0;
    for (size_t i = 0; i <= t->n; i++) {
        size_t middle = i * t->m / (t->n ? t->n : 1);
        size_t from = middle > t->band ? middle - t->band : 0;
        size_t to = t->m - middle > t->band ? middle + t->band : t->m;
        for (size_t j = from; j <= to; j++)
            if (i + j) fill_cell(t, grid, i, j);
    }
    float total = grid[cells - 1].cost < NO_WAY ? grid[cells - 1].cost : ALIGN_NEVER;
    if (take && total < NO_WAY) take_pairs(t, grid, take);
    free(grid);
    return total;
}
