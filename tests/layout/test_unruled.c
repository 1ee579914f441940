/* Pages drawn here with letters that are bars: whether columns without rules are found, and where there are none. */
#include "layout/private.h"
#include "tests/test.h"

enum { DPI = 200, W = 1200, H = 1000, LETTER = 14, HIGH = 18, LINE = 34, PAGE_LINES = 24 };

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
    return d;
}

static void forget(Drawn *d)
{
    pixDestroy(&d->ink);
    page_release(&d->page);
}

/* Letters as bars, a blank as a blank; `half` lines down. */
static void write_at(Drawn *d, int x, int half, const char *text)
{
    for (int y = 40 + half * LINE / 2; *text; text++, x += LETTER)
        if (*text != ' ') pixRasterop(d->ink, x, y, LETTER - 5, HIGH, PIX_SET, NULL, 0, 0);
}

static const Table *only_table(Drawn *d)
{
    unruled_find(d->ink, &d->page);
    return d->page.tables.n == 1 ? &d->page.tables.v[0] : NULL;
}

static const Cell *cell_of(const Drawn *d, const Table *t, int row, int col)
{
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &d->page.cells.v[i];
        if (c->row == row && c->col <= col && c->col + c->colspan > col) return c;
    }
    return NULL;
}

/* Two lines beside a number that stands between them, again and again. */
static void write_rows(Drawn *d, int half, int rows)
{
    for (int i = 0; i < rows; i++, half += 4) {
        write_at(d, 100, half + 1, "12");
        write_at(d, 200, half, "Mam non Hoa Mai");
        write_at(d, 200, half + 2, "so 2");
        write_at(d, 600, half + 1, "Cao Vien");
    }
}

TEST(columns_of_centred_cells)
{
    Drawn d = drawn();
    write_rows(&d, 0, 5);
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        CHECK_INT(t->cols, 3);
        CHECK(t->kind == TABLE_UNRULED);
        CHECK(t->rows >= 5);
    }
    forget(&d);
}

/* Letters of a cell are never cut where those of another column stand half a line higher. */
TEST(cells_hold_their_letters)
{
    Drawn d = drawn();
    write_rows(&d, 0, 5);
    const Table *t = only_table(&d);
    int filled = 0;
    for (int i = 0; t && i < t->cells; i++) {
        const Cell *c = &d.page.cells.v[t->first_cell + i];
        if (c->blank) continue;
        filled++;
        int half = (c->at.y + c->at.h / 2 - 40) * 2 / LINE;
        CHECK(c->at.y <= 40 + half * LINE / 2 && rect_bottom(c->at) >= 40 + half * LINE / 2 + HIGH);
    }
    CHECK_INT(filled, 5 * 4);
    forget(&d);
}

TEST(a_header_over_two_columns_hides_neither)
{
    Drawn d = drawn();
    write_at(&d, 330, 0, "Truong thu nhat ket nghia");
    write_at(&d, 100, 2, "TT");
    write_at(&d, 260, 2, "Truong");
    write_at(&d, 620, 2, "Huyen");
    write_rows(&d, 4, 6);
    const Table *t = only_table(&d);
    if (CHECK(t)) CHECK_INT(t->cols, 3);
    forget(&d);
}

/* The line over two columns, beside the header of another. */
TEST(levels_of_a_header_are_rows)
{
    Drawn d = drawn();
    write_at(&d, 100, 2, "TT");
    write_at(&d, 330, 0, "Truong thu nhat ket nghia");
    write_at(&d, 900, 0, "Ghi chu");
    write_at(&d, 260, 2, "Truong");
    write_at(&d, 620, 2, "Huyen");
    for (int i = 0; i < 8; i++) {
        write_at(&d, 100, 4 + 2 * i, "1");
        write_at(&d, 200, 4 + 2 * i, "Hoa Mai");
        write_at(&d, 600, 4 + 2 * i, "Cao Vien");
        write_at(&d, 900, 4 + 2 * i, "moi");
    }
    const Table *t = only_table(&d);
    if (CHECK(t)) {
        const Cell *over = cell_of(&d, t, 0, 1), *under = cell_of(&d, t, 1, 1);
        CHECK_INT(t->cols, 4);
        CHECK(over && over->colspan == 2);
        CHECK(under && under->colspan == 1 && !under->blank);
    }
    forget(&d);
}

TEST(prose_is_no_table)
{
    Drawn d = drawn();
    for (int i = 0; i < PAGE_LINES; i++)
        write_at(&d, 60, 2 * i,
                 i % 3 ? "Cac don vi bao cao ve Phong de duoc huong dan thuc hien ke hoach nay"
                       : "  Phong phan cong cac truong ket nghia nhu sau va bao cao truoc ngay");
    CHECK(!only_table(&d));
    CHECK_INT(d.page.tables.n, 0);
    forget(&d);
}

/* Names beside "Nơi nhận" and a ring over them. */
TEST(a_signature_is_no_table)
{
    Drawn d = drawn();
    static const char *const left[] = {"Noi nhan", "- Nhu tren", "- Lanh dao Phong", "- Luu VT"};
    for (int i = 0; i < 4; i++) write_at(&d, 80, 2 * i, left[i]);
    write_at(&d, 700, 0, "TRUONG PHONG");
    write_at(&d, 680, 6, "Le Thi Hoa");
    for (int y = 50; y < 250; y++)
        for (int x = 600; x < 800; x++) {
            int at = (x - 700) * (x - 700) + (y - 150) * (y - 150);
            if (at < 100 * 100 && at > 94 * 94) pixSetPixel(d.ink, x, y, 1);
        }
    CHECK(!only_table(&d));
    forget(&d);
}

/* What stands far below is another thing, though the same white runs through it. */
TEST(white_ends_a_table)
{
    Drawn d = drawn();
    write_rows(&d, 0, 5);
    write_at(&d, 200, 26, "Noi nhan");
    write_at(&d, 600, 26, "TRUONG PHONG");
    const Table *t = only_table(&d);
    if (CHECK(t)) CHECK(rect_bottom(t->at) < 40 + 26 * LINE / 2);
    forget(&d);
}

int main(void)
{
    RUN(columns_of_centred_cells);
    RUN(cells_hold_their_letters);
    RUN(a_header_over_two_columns_hides_neither);
    RUN(levels_of_a_header_are_rows);
    RUN(prose_is_no_table);
    RUN(a_signature_is_no_table);
    RUN(white_ends_a_table);
    return TEST_DONE();
}
