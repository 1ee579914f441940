#include "doc/page.h"
#include "tests/test.h"

/* A page of one table with two cells, by hand. */
static void make_page(Page *p)
{
    page_init(p, 4);
    p->width = 1000, p->height = 800, p->dpi = 200, p->via = "image";
    p->to_scan = affine_quarter_turn(90, 800, 1000);
    p->upright_width = 800, p->upright_height = 1000;
    *vec_push(&p->tables) = (Table){.rows = 1, .cols = 2, .cells = 2};
    *vec_push(&p->blocks) = (Block){.kind = BLOCK_TABLE, .table = 0};
    *vec_push(&p->cells) = (Cell){.rowspan = 1, .colspan = 1, .lines = 1};
    *vec_push(&p->cells) = (Cell){.col = 1, .rowspan = 1, .colspan = 1, .first_line = 1, .lines = 1};
    page_add_line(p);
    page_add_word(p, (Rect){10, 20, 30, 12}, "1", 0.5f);
    page_add_line(p);
    Word *w = page_add_word(p, (Rect){100, 20, 60, 12}, "M4m\tnon", 0.75f);
    w->choice = arena_new(&p->arena, Reading, 1);
    w->choice[0] = (Reading){"Mam", -1.5f};
    w->choices = 1;
    w->marks = WORD_UNDER_RED | WORD_DISPUTED;
    page_add_word(p, (Rect){170, 22, 60, 12}, "Mai", 1);
    p->stage = STAGE_OCR;
}

TEST(dump_and_back)
{
    Page p, q;
    Err err = {0};
    Buf one = {0}, two = {0};
    make_page(&p);
    CHECK(page_check(&p, &err));
    page_dump(&p, &one);
    page_init(&q, 0);
    CHECK(page_parse(one.s, one.len, &q, &err));
    CHECK_STR(err.text, "");
    page_dump(&q, &two);
    CHECK_STR(two.s, one.s);
    CHECK_STR(q.words.v[1].raw, "M4m\tnon");
    CHECK_INT(q.words.v[1].marks, WORD_UNDER_RED | WORD_DISPUTED);
    CHECK_INT(q.words.v[2].marks, 0);
    CHECK_STR(page_cell_text(&q, &q.arena, &q.cells.v[1], TEXT_RAW), "M4m\tnon Mai");
    page_release(&p);
    page_release(&q);
    buf_release(&one);
    buf_release(&two);
}

TEST(boxes_go_back_to_the_scan)
{
    Page p;
    make_page(&p);
    Rect box = p.words.v[0].box; /* upright (10, 20, 30, 12), turned clockwise by 90 in a 1000 wide scan */
    CHECK(box.x == 1000 - 20 - 12 && box.y == 10 && box.w == 12 && box.h == 30);
    page_release(&p);
}

TEST(broken_dumps)
{
    const char *bad[] = {"word\t1",
                         "page\tx",
                         "what\t1",
                         "choice\ta\t0",
                         "line\t0\t0\t0\t0\t0\t0\t0\t0\t5\t9\n",
                         "word\t0\t0\t0\t0\t0\t0\t0\t0\ta\tnan\tb\t0\tocr"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Page p;
        Err err = {0};
        page_init(&p, 0);
        CHECK(!page_parse(bad[i], strlen(bad[i]), &p, &err));
        CHECK(err_is(&err));
        page_release(&p);
    }
}

int main(void)
{
    RUN(dump_and_back);
    RUN(boxes_go_back_to_the_scan);
    RUN(broken_dumps);
    return TEST_DONE();
}
