/* Tables drawn here whose rules end inside, and letters that look like rules: which rows, columns and cells come of them. */
#include "layout/layout.h"
#include "layout/private.h"
#include "tests/test.h"

enum {
    DPI = 200,
    W = 1654,
    H = 2339,
    LEFT = 200,
    TOP = 300,
    ROW = 34,
    RULE = 3,
    STEM_HIGH = 20,
    TABLE_WIDE = 1200
};

typedef struct Drawn {
    PIX *ink;
    Page page;
} Drawn;

static Drawn drawn(void)
{
    Drawn d = {.ink = pixCreate(W, H, 1)};
    page_init(&d.page, 1);
    d.page.dpi = DPI;
    d.page.width = d.page.upright_width = W;
    d.page.height = d.page.upright_height = H;
    d.page.to_scan = affine_identity();
    return d;
}

static void forget(Drawn *d)
{
    pixDestroy(&d->ink);
    page_release(&d->page);
}

static void fill(Drawn *d, int x, int y, int w, int h)
{
    pixRasterop(d->ink, x, y, w, h, PIX_SET, NULL, 0, 0);
}

static int row_top(int row)
{
    return TOP + row * ROW;
}

static void rule_down(Drawn *d, int x, int from_row, int to_row)
{
    fill(d, LEFT + x, row_top(from_row), RULE, row_top(to_row) - row_top(from_row) + RULE);
}

/* The frame, the rules between rows, and the column of ordinals, as wide as `first`. */
static void draw_frame(Drawn *d, int rows, int first)
{
    for (int row = 0; row <= rows; row++) fill(d, LEFT, row_top(row), TABLE_WIDE, RULE);
    rule_down(d, 0, 0, rows);
    rule_down(d, first, 0, rows);
    rule_down(d, TABLE_WIDE - RULE, 0, rows);
}

/* Letters of two stems, as many as fit. */
static void write_word(Drawn *d, int x, int row, int letters)
{
    for (int i = 0; i < letters; i++, x += 18) {
        int y = row_top(row) + 8;
        fill(d, LEFT + x, y, 3, STEM_HIGH);
        fill(d, LEFT + x + 9, y + 6, 3, STEM_HIGH - 6);
        fill(d, LEFT + x, y + 12, 12, 3);
    }
}

static const Table *only_table(Drawn *d)
{
    Err err = {0};
    Raster raster = {.ink = d->ink, .grey = pixConvert1To8(NULL, d->ink, 250, 20)};
    CHECK(layout_page(&d->page, &raster, &err));
    pixDestroy(&raster.grey);
    pixDestroy(&raster.clear);
    CHECK_INT((int)d->page.tables.n, 1);
    return d->page.tables.n == 1 ? &d->page.tables.v[0] : NULL;
}

static const Cell *cell_of(const Drawn *d, const Table *t, int row, int col)
{
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &d->page.cells.v[i];
        if (c->row <= row && c->row + c->rowspan > row && c->col <= col && c->col + c->colspan > col)
            return c;
    }
    return NULL;
}

/* Ordinals of one stem in low rows, one below the other, reach nearly from rule to rule. */
TEST(ordinals_are_no_rule)
{
    Drawn d = drawn();
    draw_frame(&d, 14, 80);
    for (int row = 0; row < 14; row++) {
        fill(&d, LEFT + 40, row_top(row) + 8, 3, STEM_HIGH);
        write_word(&d, 120, row, 6 + row % 5);
    }
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        CHECK_INT(t->rows, 14);
        CHECK_INT(t->cols, 2);
    }
    forget(&d);
}

/* A list of `rows` rows in a table of others: its columns have rules there and nowhere else. */
static void check_part(int from, int rows)
{
    Drawn d = drawn();
    draw_frame(&d, 14, 80);
    rule_down(&d, 500, from, from + rows);
    rule_down(&d, 800, from, from + rows);
    for (int row = 0; row < 14; row++) {
        write_word(&d, 120, row, 8);
        if (row >= from && row < from + rows) write_word(&d, 540, row, 7), write_word(&d, 840, row, 5);
    }
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        CHECK_INT(t->rows, 14);
        CHECK_INT(t->cols, 4);
        for (int row = 0; row < t->rows; row++) {
            const Cell *c = cell_of(&d, t, row, 1);
            CHECK_INT(c ? c->colspan : 0, row >= from && row < from + rows ? 1 : 3);
        }
    }
    forget(&d);
}

TEST(columns_over_part_of_the_height)
{
    check_part(0, 4);
    check_part(10, 4);
    check_part(6, 2);
}

/* A heading over two columns: its letters stand where the rule between them would run. */
TEST(letters_over_two_columns)
{
    Drawn d = drawn();
    draw_frame(&d, 14, 80);
    rule_down(&d, 600, 0, 5);
    rule_down(&d, 600, 6, 14);
    for (int row = 0; row < 14; row++) {
        if (row == 5)
            write_word(&d, 600 - 18 * 20, row, 40);
        else
            write_word(&d, 120, row, 8), write_word(&d, 640, row, 9);
    }
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        CHECK_INT(t->cols, 3);
        const Cell *heading = cell_of(&d, t, 5, 1), *other = cell_of(&d, t, 6, 1);
        CHECK_INT(heading ? heading->colspan : 0, 2);
        CHECK_INT(other ? other->colspan : 0, 1);
    }
    forget(&d);
}

/* The stem of a letter below a rule down makes that rule longer, not the table. */
TEST(a_caption_is_no_row)
{
    Drawn d = drawn();
    draw_frame(&d, 8, 80);
    rule_down(&d, 600, 0, 8);
    for (int row = 0; row < 8; row++) write_word(&d, 120, row, 8), write_word(&d, 640, row, 9);
    write_word(&d, 600 - 18 * 12, 8, 30);
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        CHECK_INT(t->rows, 8);
        CHECK(!t->open_bottom);
    }
    forget(&d);
}

int main(void)
{
    RUN(ordinals_are_no_rule);
    RUN(columns_over_part_of_the_height);
    RUN(letters_over_two_columns);
    RUN(a_caption_is_no_row);
    return TEST_DONE();
}
