/* fuzz_review: requests to the review page. The lines of the input are path, query, host, origin, kind, and
 * the rest is the body; a first line that begins with '@' is put behind the token, '!' makes it a POST. What
 * comes out must be UTF-8 and the database must take it. */
#include "base/viet.h"
#include "review/review.h"
#include "store/sql.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char *const hosts[] = {"h", NULL};
static Desk desk = {.who = "fuzz", .token = "t", .hosts = hosts};

static void die(const char *why)
{
    fprintf(stderr, "fuzz_review: %s\n", why);
    abort();
}

static void open_desk(void)
{
    char path[] = "/tmp/dau-fuzz-XXXXXX";
    Err err = {0};
    int fd = mkstemp(path);
    Pairings found = {0};
    Page page;
    if (fd < 0) die("no temporary file");
    close(fd);
    desk.store = store_open(path, STORE_WRITE, &err);
    sql_script(desk.store, "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY", &err);
    unlink(path);
    char sha[65] = "3fa9c1d2e4b50000000000000000000000000000000000000000000000000000";
    int64_t doc = store_add_document(desk.store, sha, 1, &err);
    store_put_file(desk.store, "plan.pdf", NULL, &(FileSeen){.document = doc}, &err);
    store_set_pages(desk.store, doc, "pdf", 1, &err);
    page_init(&page, 1);
    page.width = page.height = 1000, page.stage = STAGE_RESTORE, page.via = "image";
    store_put_page(desk.store, doc, &page, "0", &err);
    page_release(&page);
    for (int i = 0; i < 9; i++)
        *vec_push(&found.v) = (Pairing){.no = "1",
                                        .school = {.name = "A, B", .prob = 0.5f},
                                        .partner = {.name = "C", .prob = 0.5f},
                                        .place = {1, {10, 50 * i, 500, 40}, 0, 0},
                                        .prob = 0.5f,
                                        .flags = ""};
    store_finish_document(desk.store, doc, "0", &found, &err);
    pairings_release(&found);
    if (err_is(&err)) die(err.text);
}

static char *next_line(char **p)
{
    char *line = *p, *end = strchr(line, '\n');
    *p = end ? end + 1 : line + strlen(line);
    if (end) *end = '\0';
    return line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!desk.store) open_desk();
    char *text = xalloc(size + 1), *p = text;
    memcpy(text, data, size);
    Buf path = {0};
    Request q = {.method = "GET"};
    char *line = next_line(&p);
    if (*line == '!') q.method = "POST", line++;
    if (*line == '@') buf_add(&path, "/t/"), line++;
    buf_add(&path, line);
    q.path = buf_str(&path);
    q.query = next_line(&p), q.host = next_line(&p), q.origin = next_line(&p), q.type = next_line(&p);
    if (!*q.host) q.host = "h";
    if (!*q.origin) q.origin = NULL;
    if (!*q.type) q.type = "application/x-www-form-urlencoded";
    q.body = p, q.len = size - (size_t)(p - text);
    Response res;
    desk_answer(&desk, &q, &res);
    if (res.status < 200 || res.status > 503 || res.status == 500) die(buf_str(&res.body));
    if (utf8_valid_prefix(buf_str(&res.body), res.body.len) != res.body.len)
        die("an answer that is no UTF-8");
    response_release(&res);
    buf_release(&path);
    free(text);
    return 0;
}
