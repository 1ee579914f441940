/* Tables that go on over pages, with and without a header printed again, and what parts two tables. */
#include "export/tables.h"
#include "tests/test.h"

static void add_text(Page *p, int x, int y, const char *text)
{
    page_add_line(p);
    Word *w = page_add_word(p, (Rect){x, y, 8, 1}, text, 1);
    w->text = w->raw, w->prob = 0.5f;
}

/* A table of two columns; rows of "a|b". */
static void add_table(Page *p, const char *const *rows, int n, int y)
{
    Rect box = {0, y, 20, n};
    *vec_push(&p->tables) =
        (Table){.box = box, .at = box, .rows = n, .cols = 2, .first_cell = (int)p->cells.n, .cells = 2 * n};
    for (int i = 0; i < 2 * n; i++) {
        char text[32];
        const char *row = rows[i / 2], *bar = strchr(row, '|');
        Rect at = {10 * (i % 2), y + i / 2, 10, 1};
        *vec_push(&p->cells) = (Cell){.box = at,
                                      .at = at,
                                      .row = i / 2,
                                      .col = i % 2,
                                      .rowspan = 1,
                                      .colspan = 1,
                                      .first_line = (int)p->lines.n,
                                      .lines = 1};
        snprintf(text, sizeof text, "%.*s", i % 2 ? (int)strlen(bar + 1) : (int)(bar - row),
                 i % 2 ? bar + 1 : row);
        add_text(p, at.x, at.y, text);
    }
    *vec_push(&p->blocks) =
        (Block){.kind = BLOCK_TABLE, .box = box, .at = box, .table = (int)p->tables.n - 1};
}

static void add_para(Page *p, const char *text, int y)
{
    *vec_push(&p->blocks) =
        (Block){.kind = BLOCK_TEXT, .first_line = (int)p->lines.n, .lines = 1, .table = -1};
    add_text(p, 0, y, text);
}

static const char *const first[] = {"STT|Trường", "1|Hoa Mai"}, *const next[] = {"STT|Trường", "2|Sao Mai"},
                         *const rest[] = {"2|Sao Mai", "3|Kim Liên"};

/* Page 1 with the first table, page 2 with that one below a paragraph, or without. */
static const char *joined(const char *between, const char *const *rows)
{
    static Buf b;
    TableSet *set = tables_new();
    Page p;
    buf_clear(&b);
    page_init(&p, 1);
    p.unit = UNIT_CHARACTER;
    add_table(&p, first, 2, 0);
    tables_add(set, &p);
    page_release(&p);
    page_init(&p, 2);
    p.unit = UNIT_CHARACTER;
    if (between) add_para(&p, between, 0);
    add_table(&p, rows, 2, 2);
    tables_add(set, &p);
    page_release(&p);
    tables_form("csv")->write(&b, "plan.pdf", set);
    tables_free(set);
    return buf_str(&b);
}

TEST(tables_over_pages)
{
    CHECK_STR(joined(NULL, rest), "STT,Trường\r\n1,Hoa Mai\r\n2,Sao Mai\r\n3,Kim Liên\r\n");
    CHECK_STR(joined(NULL, next), "STT,Trường\r\n1,Hoa Mai\r\n2,Sao Mai\r\n");
    CHECK_STR(joined("2", next), "STT,Trường\r\n1,Hoa Mai\r\n2,Sao Mai\r\n"); /* the page's number */
    CHECK_STR(joined("Phụ_lục_2_của_kế_hoạch", next),
              "STT,Trường\r\n1,Hoa Mai\r\n\r\nSTT,Trường\r\n2,Sao Mai\r\n");
}

TEST(forms)
{
    Buf b = {0};
    TableSet *set = tables_new();
    Page p;
    page_init(&p, 3);
    p.unit = UNIT_CHARACTER;
    add_table(&p, first, 2, 0);
    p.cells.v[0].colspan = 2, p.cells.v[1] = p.cells.v[2], p.cells.v[2] = p.cells.v[3];
    p.tables.v[0].cells = 3;
    tables_add(set, &p);
    CHECK_INT(tables_count(set), 1);
    tables_form("json")->write(&b, "a.pdf", set);
    CHECK_STR(b.s, "{\"file\":\"a.pdf\",\"table\":1,\"pages\":[3],\"kind\":\"ruled\",\"unit\":\"character\","
                   "\"rows\":2,\"cols\":2,"
                   "\"cells\":[{\"row\":0,\"col\":0,\"rowspan\":1,\"colspan\":2,\"text\":\"STT\",\"prob\":0."
                   "5,\"page\":3,\"box\":[0,0,10,1]},"
                   "{\"row\":1,\"col\":0,\"rowspan\":1,\"colspan\":1,\"text\":\"1\",\"prob\":0.5,\"page\":3,"
                   "\"box\":[0,1,10,1]},"
                   "{\"row\":1,\"col\":1,\"rowspan\":1,\"colspan\":1,\"text\":\"Hoa "
                   "Mai\",\"prob\":0.5,\"page\":3,\"box\":[10,1,10,1]}]}\n");
    buf_clear(&b);
    tables_form("html")->write(&b, "a.pdf", set);
    CHECK(strstr(
        b.s, "<tr><td colspan=\"2\" data-prob=\"0.500\">STT</td></tr>\n<tr><td data-prob=\"0.500\">1</td>"));
    CHECK(!tables_form("pdf"));
    page_release(&p);
    tables_free(set);
    buf_release(&b);
}

int main(void)
{
    RUN(tables_over_pages);
    RUN(forms);
    return TEST_DONE();
}
