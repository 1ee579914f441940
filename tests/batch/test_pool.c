#include "base/file.h"
#include "batch/pool.h"
#include "batch/sandbox.h"
#include "doc/pairing.h"
#include "tests/test.h"

#include <fcntl.h>
#include <signal.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static char folder[] = "/tmp/dau-test-XXXXXX", path[64];
static const char text[] = "TRƯỜNG TIỂU HỌC HOA MAI\n\f25 | Tiểu học Hoa Mai | Tiểu học Bình Minh\n";

static Pool *make_pool(PageLine *line, int workers, double seconds)
{
    return pool_new(line, &(PoolOptions){.workers = workers, .job_seconds = seconds});
}

static Answer ask(Pool *pool, int worker, const Job *job)
{
    Answer a = {0};
    Err err = {0};
    CHECK(pool_send(pool, worker, job, &err));
    CHECK(pool_wait(pool, 20000, &a));
    CHECK(a.worker == worker && a.kind == job->kind && a.doc == job->doc && a.page == job->page);
    return a;
}

TEST(a_document)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 2, 0);
    Err err = {0};
    CHECK_INT(pool_find_idle(pool), 0);
    Answer a = ask(pool, 0, &(Job){JOB_COUNT, .doc = 7, .path = path});
    CHECK_STR(a.err.text, "");
    CHECK_INT(a.pages, 2);
    CHECK_STR(file_kind_name(a.file), "text");
    Answer pages[2];
    for (int i = 0; i < 2; i++)
        pages[i] = ask(pool, i, &(Job){JOB_PAGE, .doc = 7, .page = i + 1, .path = path});
    CHECK(pages[0].data.len > 0 && strstr(pages[0].data.s, "HOA"));
    for (int i = 0; i < 2; i++) {
        Answer taken = ask(pool, 1,
                           &(Job){JOB_EXTRACT, .doc = 7, .page = i + 1, .first = i == 0,
                                  .data = pages[i].data.s, .len = pages[i].data.len});
        CHECK_STR(taken.err.text, "");
        pool_answer_release(&taken);
        pool_answer_release(&pages[i]);
    }
    a = ask(pool, 1, &(Job){JOB_FINISH, .doc = 7});
    Pairings found = {0};
    CHECK(pairings_parse(buf_str(&a.data), a.data.len, &found, &err));
    pairings_release(&found);
    pool_answer_release(&a);
    pool_free(pool);
    line_free(line);
}

TEST(errors_come_through)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 0);
    Answer a = ask(pool, 0, &(Job){JOB_COUNT, .doc = 1, .path = "/nowhere/x.pdf"});
    CHECK_INT(a.err.code, DAU_FILE_ACCESS);
    CHECK(strstr(a.err.text, "/nowhere/x.pdf"));
    a = ask(pool, 0, &(Job){JOB_EXTRACT, .doc = 1, .page = 1, .data = "nonsense\n", .len = 9});
    CHECK_INT(a.err.code, DAU_BAD_INPUT);
    CHECK(!pool_wait(pool, 1000, &a)); /* nobody has a job: does not wait */
    pool_free(pool);
    line_free(line);
}

/* They go to the worker before the page, which comes through whole. */
TEST(columns_go_along)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 0);
    Page page;
    Buf data = {0};
    page_init(&page, 1);
    page_dump(&page, &data);
    page_release(&page);
    Job job = {JOB_EXTRACT, .doc = 1, .page = 1, .first = true, .data = data.s, .len = data.len};
    job.columns = "no,school,friend";
    Answer a = ask(pool, 0, &job);
    CHECK_INT(a.err.code, DAU_USAGE);
    CHECK(strstr(a.err.text, "'friend' is not a kind of column"));
    pool_answer_release(&a);
    job.columns = "no,school,partner";
    a = ask(pool, 0, &job);
    CHECK_STR(a.err.text, "");
    pool_answer_release(&a);
    buf_release(&data);
    pool_free(pool);
    line_free(line);
}

static bool is_shut_in(void *context, Buf *out, Err *err)
{
    int fd = open(context, O_WRONLY | O_CREAT, 0600);
    if (fd >= 0) close(fd);
    buf_add(out, fd < 0 ? "shut in" : "free");
    return !err_is(err);
}

TEST(a_call_of_ones_own)
{
    char name[96];
    snprintf(name, sizeof name, "%s/new", folder);
    Err err = {0};
    Buf out = {0};
    CHECK(pool_call(&(PoolOptions){.call = is_shut_in, .context = name}, &out, &err));
    if (sandbox_probe().files)
        CHECK_STR(buf_str(&out), "shut in");
    else
        SKIP("this kernel cannot keep a process from writing");
    buf_release(&out);
}

/* Starts a process that stays, and says its number. */
static bool leaves_one(void *context, Buf *out, Err *err)
{
    (void)context;
    pid_t child = fork();
    if (child == 0) {
        for (;;) pause();
    }
    buf_addf(out, "%d %s", (int)child, getsid(0) == getpid() ? "leads" : "follows");
    return !err_is(err);
}

static bool is_running(int pid)
{
    char name[64], state = 'X';
    snprintf(name, sizeof name, "/proc/%d/stat", pid);
    FILE *f = fopen(name, "r");
    if (f && fscanf(f, "%*d (%*[^)]) %c", &state) != 1) state = 'X';
    if (f) fclose(f);
    return state != 'X' && state != 'Z';
}

TEST(what_a_worker_started_ends_with_it)
{
    Err err = {0};
    Buf out = {0};
    CHECK(pool_call(&(PoolOptions){.call = leaves_one}, &out, &err));
    CHECK(strstr(buf_str(&out), " leads"));
    int pid = atoi(buf_str(&out)), waited = 0;
    while (is_running(pid) && waited++ < 2000) poll(NULL, 0, 1);
    CHECK(pid > 0 && !is_running(pid));
    buf_release(&out);
}

TEST(no_temporary_folder)
{
    char name[96];
    snprintf(name, sizeof name, "%s/new", folder);
    Err err = {0};
    Buf out = {0};
    setenv("TMPDIR", "/does/not/exist", 1);
    CHECK(pool_call(&(PoolOptions){.call = is_shut_in, .context = name}, &out, &err));
    CHECK(!sandbox_probe().files || str_eq(buf_str(&out), "shut in"));
    unsetenv("TMPDIR");
    buf_release(&out);
}

TEST(pixels_come_back)
{
    static const char scan[] = "tests/pages/table.png";
    Err err = {0};
    Page page;
    Raster here = {0}, there = {0};
    Buf one = {0}, two = {0};
    Load *doc = load_open(scan, NULL, &err);
    page_init(&page, 1);
    CHECK(doc && load_page(doc, 1, &page, &here, &err));
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 0);
    Answer a;
    CHECK(pool_do(pool, 0, &(Job){.kind = JOB_SCAN, .path = scan, .page = 1}, &a, &err));
    CHECK(load_raster_parse(buf_str(&a.data), a.data.len, &there, &err));
    CHECK(load_raster_is(&there, page.width, page.height));
    load_raster_dump(&here, &one, &err), load_raster_dump(&there, &two, &err);
    CHECK(one.len == two.len && memcmp(one.s, two.s, one.len) == 0);
    Raster none = {0};
    CHECK(!load_raster_parse(one.s, one.len - 1, &none, &err));
    load_raster_release(&here), load_raster_release(&there);
    buf_release(&one), buf_release(&two);
    pool_answer_release(&a);
    page_release(&page);
    load_close(doc);
    pool_free(pool);
    line_free(line);
}

TEST(a_death_is_an_answer)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 1);
    Job job = {JOB_COUNT, .doc = 1, .path = path};
    Answer a = ask(pool, 0, &job);
    int first = pool_pid(pool, 0);
    kill(first, SIGSTOP); /* hangs */
    a = ask(pool, 0, &job);
    CHECK_INT(a.err.code, DAU_LIMIT);
    CHECK(strstr(a.err.text, "stopped after 1 s"));
    a = ask(pool, 0, &job);
    CHECK_STR(a.err.text, "");
    CHECK(pool_pid(pool, 0) != first);
    int second = pool_pid(pool, 0);
    Err err = {0};
    kill(second, SIGSTOP);
    CHECK(pool_send(pool, 0, &job, &err));
    kill(second, SIGSEGV);
    kill(second, SIGCONT);
    CHECK(pool_wait(pool, 5000, &a));
    CHECK(a.err.code == DAU_ENGINE || a.err.code == 0); /* the job may have been faster than the signal */
    a = ask(pool, 0, &job);
    CHECK_STR(a.err.text, "");
    kill(pool_pid(pool, 0), SIGKILL); /* while it has nothing to do: nobody misses it */
    siginfo_t ended;
    waitid(P_PID, (id_t)pool_pid(pool, 0), &ended, WEXITED | WNOWAIT);
    a = ask(pool, 0, &job);
    CHECK_STR(a.err.text, "");
    pool_free(pool);
    line_free(line);
}

/* A new worker knows nothing of the pages: it must not say that there is nothing in them. */
TEST(a_death_between_two_jobs)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 0);
    Answer page = ask(pool, 0, &(Job){JOB_PAGE, .doc = 7, .page = 1, .path = path});
    Job take = {JOB_EXTRACT, .doc = 7, .page = 1, .first = true, .data = page.data.s, .len = page.data.len};
    Answer a = ask(pool, 0, &take);
    CHECK_STR(a.err.text, "");
    siginfo_t ended;
    kill(pool_pid(pool, 0), SIGKILL);
    waitid(P_PID, (id_t)pool_pid(pool, 0), &ended, WEXITED | WNOWAIT);
    a = ask(pool, 0, &(Job){JOB_FINISH, .doc = 7});
    CHECK_INT(a.err.code, DAU_LIMIT);
    CHECK_INT(a.data.len, 0);
    a = ask(pool, 0, &take); /* begun again */
    CHECK_STR(a.err.text, "");
    a = ask(pool, 0, &(Job){JOB_FINISH, .doc = 7});
    CHECK_STR(a.err.text, "");
    CHECK(a.data.len > 0);
    pool_answer_release(&a);
    pool_answer_release(&page);
    pool_free(pool);
    line_free(line);
}

static bool status_says(int pid, const char *what)
{
    char name[64], said[4096] = "";
    snprintf(name, sizeof name, "/proc/%d/status", pid);
    FILE *f = fopen(name, "r");
    size_t n = f ? fread(said, 1, sizeof said - 1, f) : 0;
    if (f) fclose(f);
    return n && strstr(said, what);
}

TEST(workers_are_shut_in)
{
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = make_pool(line, 1, 0);
    Answer a = ask(pool, 0, &(Job){JOB_COUNT, .doc = 1, .path = path});
    CHECK_STR(a.err.text, "");
    if (access("/proc/self/status", R_OK) != 0)
        SKIP("there is no /proc to ask");
    else if (sandbox_probe().network)
        CHECK(status_says(pool_pid(pool, 0), "NoNewPrivs:\t1") &&
              status_says(pool_pid(pool, 0), "Seccomp:\t2"));
    else
        SKIP("this kernel has no seccomp");
    pool_free(pool);
    line_free(line);
}

#ifndef __SANITIZE_ADDRESS__
static const char *why_page_fails(const PoolOptions *options)
{
    static char why[500];
    PageLine *line = line_new(&(LineOptions){0});
    Pool *pool = pool_new(line, options);
    Answer a = ask(pool, 0, &(Job){JOB_PAGE, .doc = 1, .page = 1, .path = path});
    CHECK_INT(a.err.code, DAU_LIMIT);
    snprintf(why, sizeof why, "%s", a.err.text);
    pool_answer_release(&a);
    pool_free(pool);
    line_free(line);
    return why;
}

TEST(limits_say_what_they_are)
{
    CHECK_STR(why_page_fails(&(PoolOptions){.workers = 1, .memory_mb = 45}),
              "the worker ran out of memory; --memory gives more than 45 MB");
}
#endif

TEST(pairings_through_a_pipe)
{
    Pairings p = {0}, q = {0};
    Buf one = {0}, two = {0};
    Err err = {0};
    *vec_push(&p.v) =
        (Pairing){.no = "2\t5",
                  .level = LEVEL_THCS_THPT,
                  .school = {.name = "Hoa\nMai", .prob = 0.1f, .place = {2, {1, 2, 3, 4}, 5, 6}},
                  .partner = {.name = "", .raw = "x", .registry = "r"},
                  .prob = 0.3f,
                  .flags = "",
                  .why = "level\tTH by the words before the name\n",
                  .factors = "base=1"};
    *vec_push(&p.findings) = (Finding){"gap", "number 24\tis missing", {4, {1, 2, 3, 4}, 0, 0}};
    pairings_dump(&p, &one);
    CHECK(pairings_parse(one.s, one.len, &q, &err));
    pairings_dump(&q, &two);
    CHECK_STR(two.s, one.s);
    CHECK(!q.v.v[0].rule && q.v.v[0].school.place.box.h == 4);
    pairings_release(&q);
    const char *bad[] = {"school\tx", "pairing\t1\tTH\tnan", "what", "\\N"};
    for (int i = 0; i < 4; i++) {
        err_clear(&err);
        CHECK(!pairings_parse(bad[i], strlen(bad[i]), &q, &err) && err_is(&err));
        pairings_release(&q);
    }
    pairings_release(&p);
    buf_release(&one);
    buf_release(&two);
}

int main(void)
{
    Err err = {0};
    if (!mkdtemp(folder)) return 2;
    snprintf(path, sizeof path, "%s/x.txt", folder);
    file_write(path, text, sizeof text - 1, &err);
    RUN(a_document);
    RUN(errors_come_through);
    RUN(columns_go_along);
    RUN(a_call_of_ones_own);
    RUN(what_a_worker_started_ends_with_it);
    RUN(no_temporary_folder);
    RUN(pixels_come_back);
    RUN(a_death_is_an_answer);
    RUN(a_death_between_two_jobs);
    RUN(workers_are_shut_in);
#ifndef __SANITIZE_ADDRESS__
    RUN(limits_say_what_they_are);
#endif
    RUN(pairings_through_a_pipe);
    unlink(path);
    rmdir(folder);
    return TEST_DONE();
}
