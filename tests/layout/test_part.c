/* Pages drawn here: two or three tables one below the other, and single tables that are worn; whether layout
 * finds as many, with their rows and columns. FIRST and LAST are the seeds. */
#include "layout/layout.h"
#include "layout/private.h"
#include "tests/test.h"

#ifndef FIRST
#define FIRST 1
#define LAST  12
#endif

enum { DPI = 200, WIDE = 1654, HIGH = 2339, LEFT = 235, MOST_TABLES = 3, MOST_COLS = 5, MOST_ROWS = 12 };

typedef struct Drawn {
    int rows, cols;
    int x[MOST_COLS + 1], y[MOST_ROWS + 1]; /* of its rules */
} Drawn;

typedef struct Sheet {
    PIX *ink;
    L_BMF *font;
    unsigned seed;
    int wear; /* of a hundred pieces of a rule, how many lack */
    Drawn table[MOST_TABLES];
    int tables;
} Sheet;

static int pick(Sheet *s, int from, int to)
{
    s->seed = s->seed * 1664525u + 1013904223u;
    return from + (int)(s->seed >> 8) % (to - from + 1);
}

static void fill(PIX *pix, int x, int y, int w, int h)
{
    pixRasterop(pix, x, y, w, h, PIX_SET, NULL, 0, 0);
}

/* A rule in pieces of 1/20 to 1/3 inch, some of which lack. */
static void draw_rule(Sheet *s, int x, int y, int length, bool down)
{
    for (int at = 0; at < length;) {
        int piece = pick(s, 10, 66);
        if (piece > length - at) piece = length - at;
        if (pick(s, 0, 99) >= s->wear)
            fill(s->ink, x + !down * at, y + down * at, down ? 3 : piece, down ? piece : 3);
        at += piece;
    }
}

static void write_text(Sheet *s, int x, int y, const char *text)
{
    l_int32 width, overflow;
    pixSetTextline(s->ink, s->font, text, 1, x, y, &width, &overflow);
}

static void write_number(Sheet *s, int x, int y, int number)
{
    char text[12];
    snprintf(text, sizeof text, "%d", number);
    write_text(s, x, y, text);
}

static void write_words(Sheet *s, int x, int y, int words)
{
    static const char *const word[] = {"Hoa", "Sen", "Minh", "Khai", "Anh",
                                       "Sao", "Kim", "Long", "Phu",  "Thuong"};
    char text[80] = "";
    for (int i = 0; i < words; i++) {
        if (i) strcat(text, " ");
        strcat(text, word[pick(s, 0, 9)]);
    }
    write_text(s, x, y, text);
}

static void choose_columns(Sheet *s, Drawn *t)
{
    int rest = 1290, first = pick(s, 70, 110);
    t->cols = pick(s, 2, MOST_COLS);
    t->x[0] = LEFT;
    t->x[1] = LEFT + first;
    for (int c = 2; c < t->cols; c++) {
        int even = (rest - first) / (t->cols - 1);
        t->x[c] = t->x[c - 1] + even + pick(s, -20, 20);
    }
    t->x[t->cols] = LEFT + rest;
}

/* A table from `y` on; where it ends. */
static int draw_table(Sheet *s, Drawn *t, int y, int rows)
{
    t->rows = rows;
    t->y[0] = y;
    for (int r = 0; r < rows; r++) t->y[r + 1] = t->y[r] + (pick(s, 0, 5) ? 42 : 80);
    for (int r = 0; r <= rows; r++) draw_rule(s, LEFT, t->y[r], t->x[t->cols] - LEFT + 3, false);
    for (int c = 0; c <= t->cols; c++) draw_rule(s, t->x[c], y, t->y[rows] - y, true);
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < t->cols; c++) {
            int words = (t->x[c + 1] - t->x[c] - 20) / 110;
            if (c)
                write_words(s, t->x[c] + 18, t->y[r] + 31, words < 1 ? 1 : words > 3 ? 3 : words);
            else
                write_number(s, t->x[c] + 18, t->y[r] + 31, r + 1);
        }
    return t->y[rows];
}

static void draw_heading(Sheet *s, int from, int to)
{
    int lines = pick(s, 1, (to - from - 30) / 45), left = pick(s, 0, 1);
    for (int i = 0; i < lines && i < 3; i++)
        write_words(s, left ? LEFT + 12 : 560, from + 50 + 45 * i, pick(s, 3, 6));
}

static void sheet_init(Sheet *s, unsigned seed)
{
    *s = (Sheet){.ink = pixCreate(WIDE, HIGH, 1), .font = bmfCreate(NULL, 8), .seed = seed * 7919u};
    pick(s, 0, 9);
}

static void sheet_release(Sheet *s)
{
    pixDestroy(&s->ink);
    bmfDestroy(&s->font);
}

/* Tables with white of 1/10 to 2 inches between, headings in some. */
static void draw_stack(Sheet *s)
{
    int y = 260, n = pick(s, 2, 3);
    bool alike = pick(s, 0, 1);
    for (s->tables = 0; s->tables < n; s->tables++) {
        Drawn *t = &s->table[s->tables];
        if (s->tables && alike)
            *t = s->table[0];
        else
            choose_columns(s, t);
        int end = draw_table(s, t, y, pick(s, 2, 9)),
            gap = pick(s, 0, 2) ? pick(s, 20, 130) : pick(s, 130, 400);
        if (s->tables + 1 < n && gap >= 80 && pick(s, 0, 3)) draw_heading(s, end, end + gap);
        y = end + gap;
    }
}

static void draw_single(Sheet *s)
{
    choose_columns(s, &s->table[0]);
    draw_table(s, &s->table[0], 260, pick(s, 6, MOST_ROWS));
    s->tables = 1;
}

static void speckle(Sheet *s)
{
    for (int i = 0; i < 600; i++)
        fill(s->ink, pick(s, 0, WIDE - 1), pick(s, 0, HIGH - 1), pick(s, 1, 3), pick(s, 1, 3));
}

static void tilt(Sheet *s)
{
    double angle = pick(s, -40, 40) / 10000.0; /* what is left when clean has set it straight */
    PIX *turned = pixRotate(s->ink, (l_float32)angle, L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0);
    pixDestroy(&s->ink);
    s->ink = turned;
}

/* Ours to release: the page that layout makes of the sheet. */
static void lay_out(const Sheet *s, Page *page)
{
    Err err = {0};
    Raster raster = {.ink = s->ink, .grey = pixConvert1To8(NULL, s->ink, 250, 20)};
    page_init(page, 1);
    page->dpi = DPI;
    page->width = page->upright_width = WIDE;
    page->height = page->upright_height = HIGH;
    page->to_scan = (Affine){1, 0, 0, 0, 1, 0};
    CHECK(layout_page(page, &raster, &err));
    pixDestroy(&raster.grey);
    pixDestroy(&raster.clear);
}

/* Whether as many tables are found, each with as many rows and columns. */
static bool has_grid(const Sheet *s, const Page *page)
{
    bool found = (int)page->tables.n == s->tables;
    for (int i = 0; i < s->tables && found; i++)
        found = page->tables.v[i].rows == s->table[i].rows && page->tables.v[i].cols == s->table[i].cols;
    return found;
}

static bool has_tables(const Sheet *s, const Page *page)
{
    return (int)page->tables.n == s->tables;
}

static void complain(const Sheet *s, const Page *page, unsigned seed)
{
    printf("    seed %u, wear %d, drawn", seed, s->wear);
    for (int i = 0; i < s->tables; i++)
        printf(" %dx%d at %d", s->table[i].rows, s->table[i].cols, s->table[i].y[0]);
    printf("; found");
    for (size_t i = 0; i < page->tables.n; i++)
        printf(" %dx%d at %d", page->tables.v[i].rows, page->tables.v[i].cols, page->tables.v[i].at.y);
    puts("");
}

static int look(void (*draw)(Sheet *), int wear, bool dirty, bool (*is_right)(const Sheet *, const Page *))
{
    int missed = 0;
    for (unsigned seed = FIRST; seed <= LAST; seed++) {
        Sheet s;
        Page page;
        sheet_init(&s, seed);
        s.wear = wear;
        draw(&s);
        if (dirty) speckle(&s), tilt(&s);
        lay_out(&s, &page);
        if (!is_right(&s, &page)) missed++, complain(&s, &page, seed);
        page_release(&page);
        sheet_release(&s);
    }
    return missed;
}

TEST(tables_that_stand_one_below_the_other)
{
    CHECK_INT(look(draw_stack, 0, false, has_grid), 0);
}

TEST(on_a_scan_too)
{
    CHECK_INT(look(draw_stack, 0, true, has_grid), 0);
}

TEST(a_worn_table_stays_one)
{
    CHECK_INT(look(draw_single, 15, true, has_tables), 0);
}

/* Where a rule lacks a third of an inch right at a table's end, or the white is as narrow as that, they may stay
 * one. */
TEST(worn_tables_are_parted_mostly)
{
    CHECK(look(draw_stack, 8, true, has_tables) <= (LAST - FIRST + 1) / 4);
}

int main(void)
{
    RUN(tables_that_stand_one_below_the_other);
    RUN(on_a_scan_too);
    RUN(a_worn_table_stays_one);
    RUN(worn_tables_are_parted_mostly);
    return TEST_DONE();
}
