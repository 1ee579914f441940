#include "base/tr.h"
#include "tests/plan_store.h"
#include "review/form.h"
#include "review/review.h"
#include "store/sql.h"

#include <time.h>

static const char token[] = "0123456789abcdef";
static const char *const hosts[] = {"127.0.0.1:8000", "localhost:8000", NULL};
static Desk desk = {.who = "lan", .token = token, .hosts = hosts};
static Response res;

static int complete(void *context, const char *typed, const char **names, int cap)
{
    (void)context, (void)cap;
    names[0] = typed;
    return 1;
}

/* The status; the answer is in res. */
static int visit(Request q)
{
    response_release(&res);
    if (!q.host) q.host = hosts[0];
    if (!q.query) q.query = "";
    if (q.body && !q.len) q.len = strlen(q.body);
    if (q.body && !q.type) q.type = "application/x-www-form-urlencoded";
    desk_answer(&desk, &q, &res);
    return res.status;
}

static int get(const char *path, const char *query)
{
    return visit((Request){.method = "GET", .path = path, .query = query});
}

static int post(const char *path, const char *body)
{
    return visit((Request){.method = "POST", .path = path, .body = body});
}

#define AT "/0123456789abcdef/"

static bool says(const char *text)
{
    bool there = strstr(buf_str(&res.body), text) != NULL;
    if (!there) printf("    not '%s' in: %.600s\n", text, buf_str(&res.body));
    return there;
}

TEST(who_may)
{
    CHECK_INT(get(AT, ""), 200);
    CHECK(says("<!doctype html>"));
    CHECK_INT(get(AT "page.js", ""), 200);
    CHECK_INT(get(AT "icon.svg", ""), 200);
    CHECK_INT(get("/", ""), 403);
    CHECK_INT(get("/0123456789abcdef", ""), 403);
    CHECK_INT(get("/0123456789abcdee/", ""), 403);
    CHECK_INT(get("//queue", ""), 403);
    CHECK_INT(get("", ""), 403);
    CHECK_INT(get(AT "../" AT "queue", ""), 404);
    CHECK_INT(get(AT "..%2f..%2fetc/passwd", ""), 404);
    CHECK_INT(get(AT "queue/", ""), 404);
    const char *foreign[] = {"evil.example", "127.0.0.1", "127.0.0.1:80000", "localhost.evil.example:8000"};
    for (int i = 0; i < 4; i++)
        CHECK_INT(visit((Request){.method = "GET", .path = AT "queue", .host = foreign[i]}), 403);
    CHECK_INT(visit((Request){.method = "GET", .path = AT "queue", .host = hosts[1]}), 200);
    const char *origins[] = {"http://evil.example", "null", "https://127.0.0.1:8000", "file://"};
    for (int i = 0; i < 4; i++)
        CHECK_INT(visit((Request){.method = "POST",
                                  .path = AT "undo",
                                  .body = "",
                                  .origin = origins[i],
                                  .type = "application/x-www-form-urlencoded"}),
                  403);
    CHECK_INT(visit((Request){.method = "GET", .path = AT "queue", .origin = "http://127.0.0.1:8000"}), 200);
    CHECK_INT(visit((Request){.method = "DELETE", .path = AT "row"}), 405);
    CHECK(says("GET and POST only"));
    CHECK_INT(visit((Request){.method = "DELETE", .path = AT "row", .language = "vi-VN,en;q=0.5"}), 405);
    CHECK(says("chỉ nhận GET và POST"));
    CHECK_INT(visit((Request){.method = "DELETE", .path = AT "row", .language = "../../etc"}), 405);
    CHECK(says("GET and POST only"));
    CHECK_STR(tr("schools"), "schools");
    CHECK_INT(visit((Request){.method = "POST", .path = AT "row", .body = "{}", .type = "text/plain"}), 415);
    CHECK_INT(visit((Request){.method = "POST", .path = AT "row", .body = "x", .len = REVIEW_MOST_BODY + 1}),
              413);
    CHECK_INT(get(AT "undo", ""), 404);
    CHECK_INT(post(AT "queue", "n=1"), 404);
}

TEST(forms)
{
    Form f;
    Arena a = {0};
    CHECK(form_parse(&f, &a, "a=1+2&b=%C4%90%C3%B4ng&c&&d=x=y", 31));
    CHECK_STR(form_value(&f, "a"), "1 2");
    CHECK_STR(form_value(&f, "b"), "Đông");
    CHECK_STR(form_value(&f, "c"), "");
    CHECK_STR(form_value(&f, "d"), "x=y");
    CHECK(!form_value(&f, "e"));
    const char *bad[] = {"a=%", "a=%4", "a=%zz", "a=%00", "a=%ff%fe", "%c3=1", "a=%C0%80", "a=%ED%A0%80"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) CHECK(!form_parse(&f, &a, bad[i], strlen(bad[i])));
    CHECK(form_parse(&f, &a, "n=12&m=12x&k=99999999999999999999", 33));
    CHECK_INT(form_number(&f, "n", 1, 20, 7), 12);
    CHECK_INT(form_number(&f, "n", 1, 10, 7), 7);
    CHECK_INT(form_number(&f, "m", 1, 20, 7), 7);
    CHECK_INT(form_number(&f, "k", 1, 20, 7), 7);
    arena_release(&a);
    CHECK_INT(post(AT "row", "id=%ff"), 400);
    CHECK(says("UTF-8"));
}

TEST(reading)
{
    CHECK_INT(get(AT "queue", "n=2"), 200);
    CHECK(says("\"outlook\":{\"rows\":3,\"left\":3,\"done\":0,\"now\":0.7"));
    CHECK(says("\"ahead\":[\"" ID(1) "\",\"" ID(3) "\"]"));
    CHECK_INT(get(AT "row", "id=" ID(1)), 200);
    CHECK(says("\"version\":0"));
    CHECK(says("\"name\":\"Nguyén Du\",\"raw\":\"Nguyén Du\""));
    CHECK_INT(get(AT "row", "id=nothing"), 404);
    CHECK_INT(get(AT "row", ""), 404);
    CHECK_INT(get(AT "page", "doc=1&page=1"), 200);
    CHECK(says("\"width\":1000"));
    CHECK_INT(get(AT "page", "doc=1&page=2"), 404);
    CHECK_INT(get(AT "page", "doc=9&page=1"), 404);
    CHECK_INT(get(AT "picture", "doc=1&page=1"), 404);
    desk.help.complete = complete;
    CHECK_INT(get(AT "complete", "q=nguyen+trai"), 200);
    CHECK(says("{\"names\":[\"nguyen trai\"]}"));
    CHECK_INT(get(AT "complete", ""), 200);
}

TEST(changing)
{
    CHECK_INT(post(AT "row", "id=" ID(1) "&version=0&school=Nguy%E1%BB%85n+Du&verdict=accept"), 200);
    CHECK(says("\"result\":\"done\""));
    CHECK(says("\"state\":\"accepted\""));
    CHECK(says("\"left\":2"));
    CHECK_INT(post(AT "row", "id=" ID(1) "&version=0&school=X&verdict=accept"), 409);
    CHECK(says("\"result\":\"stale\""));
    CHECK(says("Nguyễn Du"));
    CHECK_INT(post(AT "row", "id=" ID(1) "&verdict=perhaps"), 400);
    CHECK_INT(post(AT "row", "id=" ID(1) "&level=XX"), 400);
    CHECK_INT(post(AT "row", "verdict=accept"), 400);
    CHECK_INT(post(AT "split", "id=" ID(3) "&field=partner&first=V%E1%BA%A1n+Kim&second=B"), 200);
    CHECK_INT(post(AT "split", "id=" ID(3) "&field=no&first=1&second=2"), 400);
    CHECK_INT(post(AT "merge", "id=" ID(1) "&other=" ID(2) "&partner=P"), 200);
    CHECK_INT(post(AT "merge", "id=" ID(1) "&other=" ID(1)), 400);
    CHECK_INT(post(AT "add",
                   "doc=1&page=1&x=1&y=500&w=100&h=30&school=%3Cscript%3Ealert(1)%3C/script%3E&partner=B"),
              200);
    CHECK(
        says("<script>alert(1)")); /* as JSON, which no browser takes for a page: nosniff, application/json */
    CHECK(strstr(res.type, "application/json"));
    CHECK_INT(post(AT "add", "doc=1&page=9&school=A&partner=B"), 400);
    for (int i = 0; i < 4; i++) CHECK_INT(post(AT "undo", ""), 200);
    CHECK(says("\"left\":3"));
    CHECK_INT(post(AT "undo", ""), 200);
    CHECK(says("\"result\":\"same\""));
    for (int i = 0; i < 4; i++) CHECK_INT(post(AT "redo", ""), 200);
    CHECK(says("\"result\":\"done\""));
    Err err = {0};
    CHECK_INT(sql_number(desk.store, &err, "SELECT count(*) FROM pairings", SQL_NONE), 4);
    CHECK_INT(sql_number(desk.store, &err, "SELECT count(*) FROM corrections WHERE who <> 'lan'", SQL_NONE),
              0);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* `make bench-review`: a document of 1000 rows reviewed to the end, and a queue of 100,000. */
static int bench(void)
{
    Err err = {0};
    Arena a = {0};
    double worst = 0, all = 0, t;
    Store *s = store_open(in_folder("bench.db"), STORE_WRITE, &err);
    desk.store = s;
    for (int d = 0; d < 100; d++) {
        char other[65];
        Pairings found = {0};
        snprintf(other, sizeof other, "%064x", d + 1);
        snprintf(other, 13, "%012x", d + 1), other[12] = '0';
        int64_t doc = store_add_document(s, other, 1, &err);
        store_put_file(s, arena_printf(&a, "plan-%d.pdf", d), NULL, &(FileSeen){.document = doc}, &err);
        store_set_pages(s, doc, "pdf", 1, &err);
        for (int i = 0; i < 1000; i++)
            add_row(&found, 50 * i, arena_printf(&found.arena, "Trường %d %d", d, i), "Hoa Mai",
                    0.5f + (float)(i % 400) / 1000);
        store_finish_document(s, doc, "0", &found, &err);
        pairings_release(&found);
    }
    t = now();
    CHECK_INT(get(AT "queue", "n=4"), 200);
    printf("the queue of 100000 opens in %.1f ms\n", 1000 * (now() - t));
    for (int i = 0; i < 1000; i++) {
        Ids ids = {0};
        review_ahead(s, &a, 0, 1, &ids, &err);
        t = now();
        post(AT "row", arena_printf(&a, "id=%s&verdict=accept&school=B%d", ids.v[0], i));
        double took = now() - t;
        CHECK_INT(res.status, 200);
        all += took;
        if (took > worst) worst = took;
        vec_release(&ids);
    }
    printf("1000 steps: %.1f ms each, the slowest %.1f ms\n", all, 1000 * worst);
    CHECK_STR(err.text, "");
    arena_release(&a);
    store_close(s);
    return 0;
}

int main(int argc, char **argv)
{
    Err err = {0};
    int64_t doc;
    if (!mkdtemp(folder)) return 2;
    if (argc > 1 && strcmp(argv[1], "bench") == 0)
        bench();
    else {
        desk.store = make_store("review.db", &doc, &err);
        RUN(who_may);
        RUN(forms);
        RUN(reading);
        RUN(changing);
        store_close(desk.store);
    }
    response_release(&res);
    char command[100];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) return 2;
    return TEST_DONE();
}
