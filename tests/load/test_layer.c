/* Text layers of PDFs that are written here: a table drawn by a program, garbage, a stamp, an old font. Each
 * letter is drawn as a block of ink by a Type 3 font, so no font of the machine has a say; what it is,
 * /ToUnicode tells. */
#include "line/line.h"
#include "extract/extract.h"
#include "tests/test.h"

#include "base/charset.h"
#include "base/file.h"
#include "base/viet.h"

#include <unistd.h>

static char path[] = "/tmp/dau-test-layer-XXXXXX";

/* ---- writing a PDF ---- */

typedef struct Pdf {
    Buf drawn;        /* the page's content */
    int32_t c[256];   /* by code: what it is */
    int codes;        /* used, from 1 */
    const char *font; /* its name */
    bool scan;        /* a picture fills the page */
} Pdf;

static int code_of(Pdf *p, int32_t c)
{
    for (int i = 1; i <= p->codes; i++)
        if (p->c[i] == c) return i;
    p->c[++p->codes] = c;
    return p->codes;
}

/* At x, y points from the bottom left, 10 points high. */
static void put_text(Pdf *p, int x, int y, const char *s)
{
    buf_addf(&p->drawn, "BT /F 10 Tf 1 0 0 1 %d %d Tm <", x, y);
    for (size_t i = 0, n = strlen(s); i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        buf_addf(&p->drawn, "%02x", (unsigned)code_of(p, c));
    }
    buf_add(&p->drawn, "> Tj ET\n");
}

static void put_rule(Pdf *p, int x, int y, int w, int h)
{
    buf_addf(&p->drawn, "%d %d %d %d re f\n", x, y, w, h);
}

static void add_stream(Buf *b, int number, const char *more, const char *data, size_t n)
{
    buf_addf(b, "%d 0 obj <<%s/Length %zu>> stream\n", number, more, n);
    buf_addn(b, data, n);
    buf_add(b, "\nendstream endobj\n");
}

/* Blank is a glyph of nothing, all else a block; 600 units wide. */
static void add_font(Buf *b, const Pdf *p)
{
    Buf map = {0};
    buf_addf(
        b,
        "4 0 obj <</Type/Font/Subtype/Type3/BaseFont/%s/Name/%s/FontBBox[0 0 600 700]/FontMatrix[.001 0 0 "
        ".001 0 0]"
        "/FirstChar 1/LastChar %d/ToUnicode 6 0 R/CharProcs<</g 5 0 R/space 8 0 R>>/Encoding<</Differences[1",
        p->font, p->font, p->codes);
    for (int i = 1; i <= p->codes; i++) buf_add(b, p->c[i] == ' ' ? "/space" : "/g");
    buf_add(b, "]>>/Widths[");
    for (int i = 1; i <= p->codes; i++) buf_add(b, "600 ");
    buf_add(b, "]>> endobj\n");
    static const char block[] = "600 0 50 0 550 650 d1 50 0 500 650 re f", nothing[] = "600 0 0 0 1 1 d1";
    add_stream(b, 5, "", block, sizeof block - 1);
    add_stream(b, 8, "", nothing, sizeof nothing - 1);
    buf_add(&map, "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def\n"
                  "1 begincodespacerange <00> <ff> endcodespacerange\n");
    for (int i = 1; i <= p->codes; i++)
        buf_addf(&map, "1 beginbfchar <%02x> <%04x> endbfchar\n", (unsigned)i, (unsigned)p->c[i]);
    buf_add(&map, "endcmap end end");
    add_stream(b, 6, "", map.s, map.len);
    buf_release(&map);
}

/* One page of 600 x 800 points. */
static const char *write_pdf(Pdf *p)
{
    Buf b = {0}, content = {0};
    Err err = {0};
    enum { W = 600, H = 800 };
    char *pixels = xalloc(W * H / 8);
    for (int i = 0; i < W * H / 8; i++) pixels[i] = (i / 75) % 40 < 20 && (i % 3) ? (char)0x0f : (char)0xff;
    if (p->scan) buf_add(&content, "q 600 0 0 800 0 0 cm /I Do Q\n");
    buf_add(&content, buf_str(&p->drawn));
    buf_add(
        &b,
        "%PDF-1.4\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> "
        "endobj\n"
        "3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 7 0 R/Resources<</Font<</F 4 0 R>>"
        "/XObject<</I 9 0 R>>>>>> endobj\n");
    add_font(&b, p);
    add_stream(&b, 7, "", content.s, content.len);
    add_stream(&b, 9,
               "/Type/XObject/Subtype/Image/Width 600/Height 800/ColorSpace/DeviceGray/BitsPerComponent 1",
               pixels, W * H / 8);
    buf_add(&b, "trailer <</Root 1 0 R>>\n");
    CHECK(file_write(path, b.s, b.len, &err));
    free(pixels);
    buf_release(&b);
    buf_release(&content);
    buf_release(&p->drawn);
    return path;
}

/* ---- reading it ---- */

typedef struct Got {
    PageLine *line;
    Load *doc;
    Page page;
    Raster raster;
    Err err;
} Got;

static void read_pdf(Got *g, Pdf *p, TextLayer how, Stage until)
{
    LineOptions options = {.load.text_layer = how};
    *g = (Got){.line = line_new(&options)};
    page_init(&g->page, 1);
    g->doc = load_open(write_pdf(p), &options.load, &g->err);
    if (g->doc) line_page(g->line, g->doc, 1, until, &g->page, &g->raster, &g->err);
    if (!CHECK(g->err.code == DAU_OK)) printf("    %s\n", g->err.text);
}

static void release(Got *g)
{
    load_raster_release(&g->raster);
    page_release(&g->page);
    load_close(g->doc);
    line_free(g->line);
}

static void check_via(Pdf *p, TextLayer how, const char *via, bool taken)
{
    Got g;
    read_pdf(&g, p, how, STAGE_LOAD);
    if (!CHECK(strstr(g.page.via, via) != NULL)) printf("    got: %s\n", g.page.via);
    CHECK_INT(g.page.layer.n > 0, taken);
    release(&g);
}

static const char *const rows[][3] = {{"TT", "Trường nội thành", "Trường kết nghĩa"},
                                      {"1", "Mầm non Hoa Mai", "Mầm non Phú Lương"},
                                      {"2", "Tiểu học Lê Lợi", "Tiểu học Đông La"},
                                      {"3", "THCS Ngọc Thụy", "THCS Minh Khai"}};

static void put_table(Pdf *p)
{
    static const int column[] = {60, 100, 320, 540};
    for (int r = 0; r < 4; r++)
        for (int c = 0; c < 3; c++) put_text(p, column[c] + 8, 500 - 40 * r + 14, rows[r][c]);
    for (int r = 0; r <= 4; r++) put_rule(p, 60, 540 - 40 * r, 481, 1);
    for (int c = 0; c < 4; c++) put_rule(p, column[c], 380, 1, 160);
}

TEST(a_table_that_a_program_drew)
{
    Pdf p = {.font = "Times"};
    Arena a = {0};
    Got g;
    put_text(&p, 60, 700, "KẾ HOẠCH KẾT NGHĨA GIỮA CÁC TRƯỜNG");
    put_text(&p, 60, 680, "Phòng Giáo dục và Đào tạo phân công như sau:");
    put_table(&p);
    read_pdf(&g, &p, TEXT_LAYER_AUTO, STAGE_RESTORE);
    CHECK_STR(g.page.via, "text layer: drawn on the page");
    CHECK_INT(g.page.dpi, 200);
    if (CHECK(g.page.tables.n == 1)) {
        const Table *t = &g.page.tables.v[0];
        CHECK_INT(t->rows, 4);
        CHECK_INT(t->cols, 3);
        for (int i = 0; i < t->cells; i++) {
            const Cell *c = &g.page.cells.v[t->first_cell + i];
            CHECK_STR(page_cell_text(&g.page, &a, c, TEXT_RESTORED), rows[c->row][c->col]);
        }
    }
    const Word *first =
        g.page.words.n ? &g.page.words.v[0] : NULL; /* "KẾ" at 60, 700: points to pixels of 200 dpi */
    CHECK(first && abs(first->box.x - 60 * 200 / 72) < 4 && first->box.y < 100 * 200 / 72 &&
          rect_bottom(first->box) > 90 * 200 / 72);
    CHECK(first && first->origin == ORIGIN_TEXT_LAYER && first->prob >= 1);
    Extract *x = extract_new();
    Pairings found = {0};
    CHECK(extract_page(x, &g.page, &g.err) && extract_finish(x, &found, &g.err));
    CHECK_INT(found.v.n, 3);
    if (found.v.n) CHECK_STR(found.v.v[0].partner.name, "Phú Lương");
    pairings_release(&found);
    extract_free(x);
    release(&g);
    arena_release(&a);
}

static void put_plan(Pdf *p, int lines)
{
    static const char *const text[] = {
        "Căn cứ kế hoạch năm học, Phòng Giáo dục và Đào tạo giao cho các trường",
        "phối hợp tổ chức sinh hoạt chuyên môn, trao đổi sách và đồ dùng dạy học;",
        "mỗi học kỳ hai bên gặp nhau ít nhất một lần, có ghi biên bản và ảnh chụp."};
    for (int i = 0; i < lines; i++) put_text(p, 60, 700 - 14 * i, text[i % 3]);
}

TEST(what_to_believe)
{
    Pdf p = {.font = "Times"};
    put_plan(&p, 30);
    check_via(&p, TEXT_LAYER_AUTO, "text layer: drawn on the page", true);
    p = (Pdf){.font = "Times"};
    put_plan(&p, 30);
    check_via(&p, TEXT_LAYER_IGNORE, "render: no picture on the page", false);
    p = (Pdf){.font = "Times"}; /* an engine without Vietnamese */
    for (int i = 0; i < 30; i++)
        put_text(&p, 60, 700 - 14 * i, "C&n ci? ké hoach nam hoc, Ph6ng Gido duc va Dao t§o giao");
    check_via(&p, TEXT_LAYER_AUTO, "text layer not used: ", false);
    p = (Pdf){.font = "Times"};
    for (int i = 0; i < 30; i++)
        put_text(&p, 60, 700 - 14 * i, "C&n ci? ké hoach nam hoc, Ph6ng Gido duc va Dao t§o giao");
    check_via(&p, TEXT_LAYER_USE, "doubtful", true);
    p = (Pdf){.font = "Times", .scan = true}; /* a signature's stamp on a scan */
    put_text(&p, 300, 40, "Người ký: Phòng Giáo dục và Đào tạo huyện Ứng Hòa, ngày ký 9 tháng 10");
    check_via(&p, TEXT_LAYER_AUTO, "of the ink lies outside its words", false);
    p = (Pdf){.font = "Times"};
    put_text(&p, 60, 700, "12 345 6.789");
    check_via(&p, TEXT_LAYER_AUTO, "0 of its 0 words are known", false);
}

/* Text as a program writes it that takes the old charset's bytes for Western European. */
static void put_old(Pdf *p, Charset charset, int lines)
{
    static const char *const text[] = {"Căn cứ kế hoạch năm học, phòng giáo dục giao cho các trường",
                                       "phối hợp tổ chức sinh hoạt chuyên môn, trao đổi sách và đồ dùng"};
    for (int i = 0; i < lines; i++) {
        Buf bytes = {0}, latin = {0};
        charset_encode(charset, text[i % 2], strlen(text[i % 2]), &bytes);
        charset_decode(CHARSET_CP1252, bytes.s, bytes.len, &latin);
        put_text(p, 60, 700 - 14 * i, latin.s);
        buf_release(&bytes);
        buf_release(&latin);
    }
}

static void check_old(const char *font, Charset charset, const char *via, const char *first)
{
    Pdf p = {.font = font};
    Arena a = {0};
    Got g;
    put_old(&p, charset, 30);
    read_pdf(&g, &p, TEXT_LAYER_AUTO, STAGE_RESTORE);
    CHECK_STR(g.page.via, via);
    CHECK_STR(page_text(&g.page, &a, 0, 6, TEXT_RESTORED), first);
    release(&g);
    arena_release(&a);
}

TEST(fonts_from_before_unicode)
{
    check_old("ABCDEF+.VnTime", CHARSET_TCVN3, "text layer: drawn on the page, was in TCVN3 (ABC)",
              "Căn cứ kế hoạch năm học,");
    check_old("VNI-Times", CHARSET_VNI, "text layer: drawn on the page, was in VNI",
              "Căn cứ kế hoạch năm học,");
    check_old("F12", CHARSET_TCVN3, "text layer: drawn on the page, was in TCVN3 (ABC)",
              "Căn cứ kế hoạch năm học,");
    check_old("ABCDEF+.VnTimeH", CHARSET_TCVN3, "text layer: drawn on the page, was in TCVN3 (ABC)",
              "CĂN CỨ KẾ HOẠCH NĂM HỌC,");
}

TEST(a_list_of_names)
{
    Pdf p = {.font = "Times"};
    for (int i = 0; i < 30; i++)
        put_text(&p, 60, 700 - 14 * i, "Hà Thị Nhượng Hlăng Phùng Quốc Ksơr Đỗ Hữu Hblưk");
    check_via(&p, TEXT_LAYER_AUTO, "text layer: drawn on the page", true);
}

TEST(a_hyphen_for_the_byte_of_a_letter)
{
    Pdf p = {.font = ".VnTime"};
    Arena a = {0};
    Got g;
    for (int i = 0; i < 20; i++)
        put_text(&p, 60, 700 - 14 * i, "C¸c tr-êng ®-îc giao kÕ ho¹ch GD-§T n¨m häc 2024-2025, nh- sau");
    read_pdf(&g, &p, TEXT_LAYER_AUTO, STAGE_RESTORE);
    CHECK_STR(page_text(&g.page, &a, 0, 12, TEXT_RESTORED),
              "Các trường được giao kế hoạch GD-ĐT năm học 2024-2025, như sau");
    release(&g);
    arena_release(&a);
}

int main(void)
{
    int fd = mkstemp(path);
    if (fd < 0) return 1;
    close(fd);
    RUN(a_table_that_a_program_drew);
    RUN(what_to_believe);
    RUN(fonts_from_before_unicode);
    RUN(a_list_of_names);
    RUN(a_hyphen_for_the_byte_of_a_letter);
    unlink(path);
    return TEST_DONE();
}
