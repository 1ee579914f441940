/* Pages of text drawn here with letters that are bars: what is a table without rules, and what is dirt beside prose. */
#include "layout/private.h"
#include "tests/test.h"

enum { DPI = 200, W = 1654, H = 2339, LETTER = 16, HIGH = 20, LINE = 48, TOP = 200, LINES = 24 };

typedef struct Drawn {
    PIX *ink;
    Page page;
    unsigned seed;
} Drawn;

static Drawn drawn(void)
{
    Drawn d = {.ink = pixCreate(W, H, 1), .seed = 7};
    page_init(&d.page, 1);
    d.page.dpi = DPI;
    d.page.width = d.page.upright_width = W;
    d.page.height = d.page.upright_height = H;
    return d;
}

static void forget(Drawn *d)
{
    pixDestroy(&d->ink);
    page_release(&d->page);
}

static int pick(Drawn *d, int from, int to)
{
    d->seed = d->seed * 1664525u + 1013904223u;
    return from + (int)(d->seed >> 8) % (to - from + 1);
}

static void fill(Drawn *d, int x, int y, int w, int h)
{
    pixRasterop(d->ink, x, y, w, h, PIX_SET, NULL, 0, 0);
}

/* Words of bars, a blank between, as far as `right`. */
static void write_words(Drawn *d, int x, int line, int right)
{
    int y = TOP + line * LINE;
    for (int in_word = pick(d, 2, 6); x + LETTER < right; x += LETTER, in_word--) {
        if (!in_word) x += LETTER, in_word = pick(d, 2, 6);
        fill(d, x, y, LETTER - 6, HIGH);
    }
}

static void write_prose(Drawn *d)
{
    for (int line = 0; line < LINES; line++)
        write_words(d, line % 4 ? 300 : 380, line, 1500 - 60 * (line % 4 == 3));
}

static int tables_of(Drawn *d)
{
    text_find(d->ink, &d->page);
    return (int)d->page.tables.n;
}

/* Grain in the gutter of a copy, joined to what looks like chunks. */
TEST(grain_beside_prose)
{
    Drawn d = drawn();
    write_prose(&d);
    for (int i = 0; i < 900; i++)
        fill(&d, pick(&d, 60, 190), pick(&d, TOP, TOP + LINES * LINE), pick(&d, 2, 6), pick(&d, 2, 6));
    CHECK_INT(tables_of(&d), 0);
    forget(&d);
}

/* Blots as high as letters, one beside each line. */
TEST(blots_beside_prose)
{
    Drawn d = drawn();
    write_prose(&d);
    for (int line = 0; line < LINES; line++) {
        int x = pick(&d, 80, 160), y = TOP + line * LINE + pick(&d, -4, 4), size = pick(&d, 10, 18);
        fill(&d, x + 2, y, size - 4, size);
        fill(&d, x, y + 2, size, size - 4);
    }
    CHECK_INT(tables_of(&d), 0);
    CHECK_INT((int)d.page.blocks.n, 1);
    forget(&d);
}

/* The edge of the paper, a broken black stroke all the way down, at the left or the right. */
static void check_edge(int x)
{
    Drawn d = drawn();
    write_prose(&d);
    for (int y = 100; y < H - 100; y += pick(&d, 30, 60))
        fill(&d, x + pick(&d, -1, 1), y, 4, pick(&d, 14, 28));
    CHECK_INT(tables_of(&d), 0);
    forget(&d);
}

TEST(edge_of_the_paper_beside_prose)
{
    check_edge(12);
    check_edge(W - 20);
}

/* Names beside names are a table, and ordinals of one thin stroke are letters. */
TEST(a_list_of_two_columns)
{
    Drawn d = drawn();
    for (int line = 0; line < 14; line++) {
        write_words(&d, 300, line, pick(&d, 500, 700));
        write_words(&d, 950, line, pick(&d, 1150, 1350));
    }
    CHECK_INT(tables_of(&d), 1);
    if (d.page.tables.n == 1) CHECK_INT(d.page.tables.v[0].cols, 2);
    forget(&d);
}

TEST(a_list_with_thin_ordinals)
{
    Drawn d = drawn();
    for (int line = 0; line < 14; line++) {
        fill(&d, 250, TOP + line * LINE, 3, HIGH);
        write_words(&d, 330, line, pick(&d, 500, 700));
        write_words(&d, 950, line, pick(&d, 1150, 1350));
    }
    CHECK_INT(tables_of(&d), 1);
    if (d.page.tables.n == 1) CHECK_INT(d.page.tables.v[0].cols, 3);
    forget(&d);
}

int main(void)
{
    RUN(grain_beside_prose);
    RUN(blots_beside_prose);
    RUN(edge_of_the_paper_beside_prose);
    RUN(a_list_of_two_columns);
    RUN(a_list_with_thin_ordinals);
    return TEST_DONE();
}
