#include "base/bits.h"
#include "tests/test.h"

enum { W = 70, H = 6, WORDS = 3 };

/* '#' is ink. */
static Bits draw(uint32_t *word, const char *const rows[H])
{
    memset(word, 0, H * WORDS * sizeof *word);
    for (int y = 0; y < H; y++)
        for (int x = 0; rows[y][x]; x++)
            if (rows[y][x] == '#') bits_ink(word + y * WORDS, x, x + 1);
    return (Bits){word, W, H, WORDS};
}

static const char *const page[H] = {
    "..##...###........................#####",
    "....###................................",
    "#....................................#.",
    "##...........##...##.......##..........",
    ".............#.###.#.......##..........",
    ".............#######..................................................",
};

TEST(runs)
{
    uint32_t word[H * WORDS];
    Bits b = draw(word, page);
    CHECK_INT(bits_next(b.word, 0, W, true), 2);
    CHECK_INT(bits_next(b.word, 2, W, false), 4);
    CHECK_INT(bits_next(b.word, 39, W, true), W);
    bits_ink(b.word, 20, W);
    CHECK_INT(bits_next(b.word, 20, W, false), W);
    bits_wipe(b.word, 31, 65);
    CHECK_INT(bits_next(b.word, 20, W, false), 31);
    CHECK_INT(bits_next(b.word, 31, W, true), 65);
}

TEST(pieces)
{
    uint32_t word[H * WORDS];
    Bits b = draw(word, page);
    Pieces p = {0};
    pieces_find(&p, &b);
    CHECK_INT(p.v.n, 6);
    InkPiece bow = p.v.v[0], cup = p.v.v[4]; /* joined at corners; two arms that meet at the foot */
    CHECK(bow.x == 2 && bow.y == 0 && bow.w == 8 && bow.h == 2 && bow.area == 8);
    CHECK(cup.x == 13 && cup.y == 3 && cup.w == 7 && cup.h == 3 && cup.area == 16);
    for (size_t i = 0; i < p.v.n; i++) pieces_wipe(&p, i, &b);
    for (int i = 0; i < H * WORDS; i++) CHECK_INT(word[i], 0);
    pieces_draw(&p, 4, &b, 13, 3);
    CHECK_INT(word[0], 0xC6000000);
    CHECK_INT(word[2 * WORDS], 0xFE000000);
    pieces_release(&p);
}

static bool is_high(const InkPiece *p, const int *least)
{
    return p->h >= *least;
}

TEST(kept)
{
    uint32_t word[H * WORDS];
    Bits b = draw(word, page);
    Pieces p = {0};
    int least = 3;
    bits_keep(&b, is_high, &least);
    pieces_find(&p, &b);
    CHECK_INT(p.v.n, 1);
    CHECK_INT(p.v.v[0].x, 13);
    pieces_release(&p);
}

int main(void)
{
    RUN(runs);
    RUN(pieces);
    RUN(kept);
    return TEST_DONE();
}
