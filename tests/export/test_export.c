#include "base/viet.h"
#include "export/rows.h"
#include "export/page.h"
#include "tests/test.h"

static Pairing sample(void)
{
    return (Pairing){
        .no = "25",
        .level = LEVEL_TH,
        .school = {.name = "Nguyễn Du", .raw = "Nguyén Du", .district = "Hà Đông", .prob = 0.98f},
        .partner = {.name = "Phú Lãm", .raw = "Phu Lam", .prob = 0.99f},
        .prob = 0.97f,
        .place = {.page = 4, .box = {212, 804, 1210, 60}},
        .rule = "table 1 row 27",
        .flags = ""};
}

TEST(json_line)
{
    Buf b = {0};
    Pairing p = sample();
    export_pairing_json(&b, "plan.pdf", &p);
    CHECK_STR(buf_str(&b),
              "{\"file\":\"plan.pdf\",\"page\":4,\"no\":\"25\",\"level\":\"TH\",\"school\":\"Nguyễn Du\","
              "\"partner\":\"Phú Lãm\",\"school_raw\":\"Nguyén Du\",\"partner_raw\":\"Phu Lam\","
              "\"district\":\"Hà Đông\",\"partner_district\":null,\"prob\":0.97,\"box\":[212,804,1210,60],"
              "\"rule\":\"table 1 row 27\",\"flags\":[],\"since\":null,\"until\":null,\"mentions\":[],"
              "\"school_prob\":0.98,\"partner_prob\":0.99,\"kind\":\"school\"}\n");
    buf_clear(&b);
    p.flags = " gap  level-differs", p.no = NULL, p.level = LEVEL_NONE;
    export_row_json(&b, &(Row){.id = "ab-1", .file = "a\"b", .pairing = p});
    CHECK(strstr(b.s, "{\"id\":\"ab-1\",\"file\":\"a\\\"b\",\"page\":4,\"no\":null,\"level\":null,"));
    CHECK(strstr(b.s, "\"flags\":[\"gap\",\"level-differs\"],"));
    buf_release(&b);
}

TEST(csv)
{
    Buf b = {0};
    Row row = {.id = "ab-1", .file = "a,b.pdf", .pairing = sample()};
    row.pairing.partner.name = "Mai \"Vàng\"";
    export_format(&b, FORMAT_CSV, &row, 1, 0);
    const char *second = strstr(b.s, "\r\n") + 2;
    CHECK_STR(second,
              "ab-1,\"a,b.pdf\",4,25,TH,Nguyễn Du,\"Mai \"\"Vàng\"\"\",Hà Đông,,Nguyén Du,Phu Lam,0.97,"
              "212,804,1210,60,table 1 row 27,,,,,0.98,0.99,school\r\n");
    buf_release(&b);
}

static size_t widest_line(const char *s)
{
    size_t widest = 0;
    for (const char *end; *s; s = *end ? end + 1 : end) {
        char line[1000];
        end = s + strcspn(s, "\n");
        snprintf(line, sizeof line, "%.*s", (int)(end - s), s);
        if (utf8_length(line) > widest) widest = utf8_length(line);
    }
    return widest;
}

/* A page with a line of four words: one joined to the word before, one with signs that each form must hide.
 */
static void fill_page(Page *p)
{
    static const struct {
        const char *raw, *text;
    } words[] = {{"Phu", "Phú"}, {"Lam", "Lãm"}, {"m", ""}, {"<A&B>|*", "<A&B>|*"}};
    page_init(p, 3);
    p->width = 1000, p->height = 800, p->dpi = 200, p->to_scan = affine_identity();
    page_add_line(p);
    for (int i = 0; i < 4; i++) {
        Word *w = page_add_word(p, (Rect){100 * i, 40, 90, 20}, words[i].raw, 0.9f);
        w->text = words[i].text, w->prob = 0.5f, w->alts = i == 0;
        if (i == 0) w->alt = arena_new(&p->arena, Reading, 1), w->alt[0] = (Reading){"Phù", -1};
    }
    Block *b = vec_push(&p->blocks);
    *b = (Block){.kind = BLOCK_TEXT, .table = -1, .lines = 1};
}

static void form_page(const char *form, Buf *b)
{
    Page page;
    PageBook book = {"a&b.pdf", 1, "2024-09-15T00:00:00Z", "dau"};
    const PageForm *f = page_form(form);
    fill_page(&page);
    f->begin(b, &book);
    f->page(b, &book, &page);
    f->end(b, &book);
    page_release(&page);
}

TEST(forms_of_a_page)
{
    Buf b = {0};
    form_page("hocr", &b);
    CHECK(strstr(b.s, "title='bbox 0 40 90 60; x_wconf 50'>Phú</span>"));
    CHECK(strstr(b.s, "&lt;A&amp;B&gt;|*</span>"));
    CHECK(!strstr(b.s, "word_3_3"));
    buf_clear(&b);
    form_page("alto", &b);
    CHECK(strstr(b.s, "CONTENT=\"Phú\" HPOS=\"0\" VPOS=\"40\" WIDTH=\"90\" HEIGHT=\"20\" WC=\"0.5\">"
                      "<ALTERNATIVE>Phù</ALTERNATIVE></String>"));
    buf_clear(&b);
    form_page("page", &b);
    CHECK(strstr(
        b.s, "<Coords points=\"0,40 90,40 90,60 0,60\"/><TextEquiv index=\"0\" conf=\"0.5\"><Unicode>Phú"));
    CHECK(strstr(b.s, "<TextEquiv index=\"1\"><Unicode>Phù"));
    buf_clear(&b);
    form_page("markdown", &b);
    CHECK_STR(buf_str(&b), "# a&b.pdf\n\n<!-- page 3 -->\n\nPhú Lãm \\<A&B>\\|\\*\n");
    buf_clear(&b);
    form_page("text", &b);
    CHECK_STR(buf_str(&b), "Phú Lãm <A&B>|*\n\f");
    CHECK(!page_form("nonsense"));
    buf_release(&b);
}

TEST(csv_holds_no_formula)
{
    Buf b = {0};
    Row row = {.id = "ab-1", .file = "=1+1.pdf", .pairing = sample()};
    row.pairing.school.name = "@SUM(A1)", row.pairing.partner.name = "-Phú Lãm";
    export_format(&b, FORMAT_CSV, &row, 1, 0);
    CHECK(strstr(b.s, "ab-1,'=1+1.pdf,4,25,TH,'@SUM(A1),'-Phú Lãm,"));
    buf_clear(&b);
    export_format(&b, FORMAT_JSONL, &row, 1, 0);
    CHECK(strstr(b.s, "\"school\":\"@SUM(A1)\""));
    buf_release(&b);
}

TEST(table)
{
    Buf b = {0};
    Row rows[3] = {{"3fa9c1d2e4b5-1", "a.pdf", sample()},
                   {"3fa9c1d2e4b5-2", "a.pdf", sample()},
                   {"3fa9c0000000-1", "b.pdf", sample()}};
    rows[1].pairing.school.name = "Dân lập liên cấp Hoa Hướng Dương Xanh Thẳm Bên Dòng Sông Nhuệ\x1b[31m";
    rows[1].pairing.partner.name = "Phổ thông dân tộc bán trú Lê Quý Đôn Đèo Gió";
    export_format(&b, FORMAT_TABLE, rows, 3, 80);
    CHECK_INT(widest_line(b.s), 80);
    CHECK(!strchr(b.s, '\x1b'));
    CHECK(strstr(b.s, "…"));
    CHECK(strstr(b.s, "a.pdf\nid"));
    CHECK(strstr(b.s, "\n3fa9c1-2 "));
    CHECK(strstr(b.s, "\n3fa9c0-1 "));
    CHECK(!strstr(b.s, "flags"));
    buf_clear(&b);
    export_format(&b, FORMAT_TABLE, rows, 3, 20); /* nothing can be done: still whole lines */
    CHECK(strstr(b.s, "0.97"));
    buf_release(&b);
}

TEST(nothing)
{
    Buf b = {0};
    export_format(&b, FORMAT_JSON, NULL, 0, 0);
    CHECK_STR(buf_str(&b), "[]\n");
    buf_clear(&b);
    export_format(&b, FORMAT_CSV, NULL, 0, 0);
    CHECK(str_starts(buf_str(&b), "id,file,page,") &&
          str_ends(b.s, "flags,since,until,mentions,school_prob,partner_prob,kind\r\n"));
    buf_clear(&b);
    export_format(&b, FORMAT_TABLE, NULL, 0, 0);
    export_format(&b, FORMAT_JSONL, NULL, 0, 0);
    CHECK_STR(buf_str(&b), "");
    buf_release(&b);
}

int main(void)
{
    RUN(json_line);
    RUN(csv);
    RUN(csv_holds_no_formula);
    RUN(forms_of_a_page);
    RUN(table);
    RUN(nothing);
    return TEST_DONE();
}
