/* Puts the words of a text layer into the cells and blocks that layout found.
 *
 * Example: "Mầm non Hoa Mai" stands at 410,820. Its middle lies in row 3, column 2, so it goes into that cell. In a cell
 * the words whose middles are within half a word's height of each other make a line. Words in no cell go to the nearest
 * block of text; those far from all get a block of their own at the end.
 */
#include "ocr/ocr.h"

#include <stdlib.h>

enum { NOWHERE = -1 };
static const double NEAR = 0.3; /* inches from a block of text that a word outside all of them belongs to */

typedef struct Placed {
    Rect at;    /* upright */
    int target; /* cell: its index; block: cells + its index; NOWHERE */
    int middle; /* of its line, for sorting; its own until the lines are known */
    int index;  /* in page->layer */
} Placed;

static int middle_y(Rect r)
{
    return r.y + r.h / 2;
}

static bool holds(Rect r, int x, int y)
{
    return x >= r.x && x < rect_right(r) && y >= r.y && y < rect_bottom(r);
}

static int64_t distance(Rect r, int x, int y)
{
    int64_t dx = x < r.x ? r.x - x : x > rect_right(r) ? x - rect_right(r) : 0;
    int64_t dy = y < r.y ? r.y - y : y > rect_bottom(r) ? y - rect_bottom(r) : 0;
    return dx * dx + dy * dy;
}

static int find_cell(const Page *page, int x, int y)
{
    for (size_t t = 0; t < page->tables.n; t++) {
        const Table *table = &page->tables.v[t];
        if (!holds(table->at, x, y)) continue;
        for (int i = table->first_cell; i < table->first_cell + table->cells; i++)
            if (holds(page->cells.v[i].at, x, y)) return i;
    }
    return NOWHERE;
}

static int find_block(const Page *page, int x, int y)
{
    int64_t most = (int64_t)(NEAR * page->dpi), least = most * most;
    int found = NOWHERE;
    for (size_t i = 0; i < page->blocks.n; i++) {
        if (page->blocks.v[i].kind != BLOCK_TEXT) continue;
        int64_t d = distance(page->blocks.v[i].at, x, y);
        if (d > least || (found != NOWHERE && d == least)) continue;
        least = d;
        found = (int)i;
    }
    return found;
}

static Placed place(const Page *page, int index, Affine upright)
{
    Placed p = {.at = affine_rect(upright, page->layer.v[index].box), .index = index};
    int x = p.at.x + p.at.w / 2, y = middle_y(p.at), cell = find_cell(page, x, y);
    int block = cell == NOWHERE ? find_block(page, x, y) : NOWHERE;
    p.target = cell != NOWHERE ? cell : block == NOWHERE ? NOWHERE : (int)page->cells.n + block;
    p.middle = y;
    return p;
}

static int by_target_and_height(const void *a, const void *b)
{
    const Placed *p = a, *q = b;
    if (p->target != q->target) return p->target < q->target ? -1 : 1;
    if (p->middle != q->middle) return p->middle < q->middle ? -1 : 1;
    return p->at.x != q->at.x ? (p->at.x < q->at.x ? -1 : 1) : p->index - q->index;
}

/* Sorted by height: words that begin less than half a word below the last are on its line. */
static void join_lines(Placed *p, int n)
{
    for (int i = 1; i < n; i++) {
        int low = p[i].at.h < p[i - 1].at.h ? p[i].at.h : p[i - 1].at.h;
        if (p[i].target == p[i - 1].target && p[i].middle - p[i - 1].middle <= low / 2)
            p[i].middle = p[i - 1].middle;
    }
    qsort(p, (size_t)n, sizeof *p, by_target_and_height);
}

/* The words of one target become lines that are appended; says which. */
static void write_lines(Page *page, const Placed *p, int n, int *first_line, int *lines)
{
    *first_line = (int)page->lines.n;
    for (int i = 0; i < n; i++) {
        if (!i || p[i].middle != p[i - 1].middle) page_add_line(page);
        page_add_word(page, p[i].at, page->layer.v[p[i].index].raw, 1);
    }
    *lines = (int)page->lines.n - *first_line;
}

typedef struct Sorted {
    Placed *v;
    int n;
} Sorted;

/* Those of a target, found by halving. */
static Sorted part_of(Sorted all, int target)
{
    int low = 0, high = all.n;
    while (low < high) {
        int middle = (low + high) / 2;
        if (all.v[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    for (high = low; high < all.n && all.v[high].target == target;) high++;
    return (Sorted){all.v + low, high - low};
}

static void write_table(Page *page, const Table *table, Sorted all)
{
    for (int i = table->first_cell; i < table->first_cell + table->cells; i++) {
        Sorted words = part_of(all, i);
        Cell *cell = &page->cells.v[i];
        write_lines(page, words.v, words.n, &cell->first_line, &cell->lines);
        if (words.n) cell->blank = false;
    }
}

static void add_block(Page *page, Sorted words)
{
    Block b = {.kind = BLOCK_TEXT, .table = -1};
    if (!words.n) return;
    write_lines(page, words.v, words.n, &b.first_line, &b.lines);
    for (int i = 0; i < b.lines; i++) {
        b.at = rect_union(b.at, page->lines.v[b.first_line + i].at);
        b.box = rect_union(b.box, page->lines.v[b.first_line + i].box);
    }
    *vec_push(&page->blocks) = b;
}

bool ocr_take_layer(Page *page, Err *err)
{
    if (err_is(err)) return false;
    int n = (int)page->layer.n, blocks = (int)page->blocks.n, cells = (int)page->cells.n;
    Sorted all = {xalloc(((size_t)n + 1) * sizeof *all.v), n};
    Affine upright = affine_invert(page->to_scan);
    for (int i = 0; i < n; i++) all.v[i] = place(page, i, upright);
    qsort(all.v, (size_t)n, sizeof *all.v, by_target_and_height);
    join_lines(all.v, n);
    for (int i = 0; i < blocks; i++) {
        Block *b = &page->blocks.v[i];
        Sorted words = part_of(all, cells + i);
        if (b->kind == BLOCK_TABLE)
            write_table(page, &page->tables.v[b->table], all);
        else if (b->kind == BLOCK_TEXT)
            write_lines(page, words.v, words.n, &b->first_line, &b->lines);
    }
    add_block(page, part_of(all, NOWHERE));
    free(all.v);
    return true;
}
