/* plan_store: a database with one document of one page and three rows, for the tests of what people do with
 * them. */
#ifndef DAU_TEST_PLAN_STORE_H
#define DAU_TEST_PLAN_STORE_H

#include "store/store.h"
#include "tests/test.h"

#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX";
static const char sha[] = "3fa9c1d2e4b50000000000000000000000000000000000000000000000000000";

#define ID(n) "3fa9c1d2e4b5-" #n

static inline const char *in_folder(const char *name)
{
    static char path[2][200];
    static int turn;
    turn = !turn;
    snprintf(path[turn], sizeof path[turn], "%s/%s", folder, name);
    return path[turn];
}

/* Row n of a page: 40 pixels high, the school at the left, the partner at the right. */
static inline void add_row(Pairings *found, int y, const char *school, const char *partner, float prob)
{
    char no[12];
    snprintf(no, sizeof no, "%d", y / 50);
    *vec_push(&found->v) =
        (Pairing){.no = arena_str(&found->arena, no),
                  .level = LEVEL_TH,
                  .school = {school, school, "Hà Đông", NULL, prob, {1, {100, y, 200, 30}, 0, 0}},
                  .partner = {partner, partner, NULL, NULL, 1, {1, {500, y, 200, 30}, 0, 0}},
                  .prob = prob,
                  .place = {1, {50, y, 700, 40}, 0, 0},
                  .rule = "table 1",
                  .flags = ""};
}

static inline void read_document(Store *s, int64_t doc, const Pairings *found, Err *err)
{
    store_finish_document(s, doc, "0123", found, err);
    CHECK_STR(err->text, "");
}

static inline Store *make_store(const char *name, int64_t *doc, Err *err)
{
    Pairings found = {0};
    Page page;
    Store *s = store_open(in_folder(name), STORE_WRITE, err);
    *doc = store_add_document(s, sha, 100, err);
    store_put_file(s, "plan.pdf", "/x/plan.pdf", &(FileSeen){.document = *doc}, err);
    store_set_pages(s, *doc, "pdf", 1, err);
    page_init(&page, 1);
    page.width = 1000, page.height = 800, page.stage = STAGE_RESTORE, page.via = "image";
    store_put_page(s, *doc, &page, "0123", err);
    page_release(&page);
    add_row(&found, 50, "Nguyén Du", "Phú Lãm", 0.5f);
    add_row(&found, 100, "Kim Đồng", "An Mỹ", 0.9f);
    add_row(&found, 150, "Hoa Mai", "Vạn Kim, Đại Nghĩa", 0.7f);
    read_document(s, *doc, &found, err);
    pairings_release(&found);
    return s;
}

#endif
