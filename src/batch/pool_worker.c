/* A worker sets up limits and sandbox first. Then it takes one job after the other from the socket, until that is closed.
 *
 *     PAGE doc 7 page 3, "kế hoạch.pdf"   ──► load ► clean ► layout ► ocr ► restore ──►   code 0, the dump
 *
 * A library that got no memory dies in its own way: abort() out of a C++ exception, a NULL that is followed. errno still
 * says ENOMEM then, or the address space is full. So the worker ends with WORKER_NO_MEMORY in place of a signal that
 * explains nothing.
 */
#define _GNU_SOURCE /* close_range */
#include "batch/private.h"

#include "base/file.h"
#include "batch/sandbox.h"
#include "doc/pairing.h"
#include "extract/extract.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

enum { OLD_KERNEL_FDS = 1024 }; /* descriptors that are looked at where close_range() is not known */

/* Under `make cover` what was counted is written first: _exit() alone would lose it. */
static _Noreturn void leave(int code)
{
#ifdef DAU_COVER
    extern void __gcov_dump(void);
    __gcov_dump();
#endif
    _exit(code);
}

/* ---- the end of memory ---- */

static rlim_t address_space; /* bytes that we may have; 0: not watched */

/* The most that this process had so far came near it. Calls only what a signal handler may. */
static bool memory_was_short(void)
{
    char text[1024] = "";
    unsigned long kb = 0;
    int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    const char *at = n > 0 ? strstr(text, "VmPeak:") : NULL;
    for (at = at ? at + 7 : ""; *at == ' ' || *at == '\t'; at++) continue;
    for (; *at >= '0' && *at <= '9'; at++) kb = kb * 10 + (unsigned)(*at - '0');
    return (rlim_t)kb * 1024 > address_space / 8 * 7;
}

static void on_crash(int signal_number)
{
    if (errno == ENOMEM || memory_was_short()) _exit(WORKER_NO_MEMORY);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

/* What libraries make of it: Tesseract gives up, a picture "is broken". */
static void end_without_memory(const Err *err)
{
    bool other = err->code == DAU_LIMIT || err->code == DAU_ENCRYPTED || err->code == DAU_MISSING;
    if (err_is(err) && !other && address_space && (errno == ENOMEM || memory_was_short()))
        leave(WORKER_NO_MEMORY);
}

static void watch_memory(int megabytes)
{
#ifndef __SANITIZE_ADDRESS__ /* which reports crashes itself */
    static const int crashes[] = {SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGFPE, SIGILL};
    static char stack[64 * 1024]; /* its own: the crash may be a stack that is full */
    stack_t own = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
    address_space = (rlim_t)megabytes << 20;
    sigaltstack(&own, NULL);
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) sigaction(crashes[i], &action, NULL);
#else
    (void)megabytes;
    (void)on_crash;
#endif
}

/* ---- jobs ---- */

typedef struct Bench {
    PageLine *line;
    const PoolOptions *options;
    char *path; /* of doc */
    Load *doc;
    Extract *extract;
} Bench;

static bool read_full(int fd, void *p, size_t n)
{
    for (char *at = p; n > 0;) {
        ssize_t got = read(fd, at, n);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return false;
        at += got;
        n -= (size_t)got;
    }
    return true;
}

static bool write_full(int fd, const void *p, size_t n)
{
    for (const char *at = p; n > 0;) {
        ssize_t put = write(fd, at, n);
        if (put < 0 && errno == EINTR) continue;
        if (put <= 0) return false;
        at += put;
        n -= (size_t)put;
    }
    return true;
}

/* The document stays open from page to page. */
static bool bench_open(Bench *b, const char *path, bool again, Err *err)
{
    if (b->doc && !again && str_eq(b->path, path)) return true;
    load_close(b->doc);
    free(b->path);
    b->path = xstrdup(path);
    b->doc = line_load(b->line, path, err);
    return b->doc != NULL;
}

static void do_count(Bench *b, const char *path, Frame *frame, Err *err)
{
    if (!bench_open(b, path, true, err)) return;
    frame->pages = load_pages(b->doc);
    frame->file = (int32_t)load_kind(b->doc);
}

static void do_page(Bench *b, const char *path, int number, Buf *out, Err *err)
{
    Page page;
    Raster raster = {0};
    if (!bench_open(b, path, false, err)) return;
    page_init(&page, number);
    if (line_page(b->line, b->doc, number, STAGE_RESTORE, &page, &raster, err)) page_dump(&page, out);
    load_raster_release(&raster);
    page_release(&page);
}

static void do_scan(Bench *b, const char *path, int number, Buf *out, Err *err)
{
    Page page;
    Raster raster = {0};
    if (!bench_open(b, path, false, err)) return;
    page_init(&page, number);
    if (load_page(b->doc, number, &page, &raster, err)) load_raster_dump(&raster, out, err);
    load_raster_release(&raster);
    page_release(&page);
}

static void do_restore(Bench *b, const Buf *data, Buf *out, Err *err)
{
    Page page;
    page_init(&page, 0);
    if (page_parse(data->s, data->len, &page, err) && line_restore(b->line, &page, err))
        page_dump(&page, out);
    page_release(&page);
}

/* The page stands behind what is said of the columns. */
static void do_extract(Bench *b, const Frame *frame, const Buf *data, Err *err)
{
    Page page;
    size_t columns = (size_t)frame->columns;
    if (frame->first || !b->extract) {
        extract_free(b->extract);
        b->extract = line_extract(b->line, err);
        if (b->extract && columns) extract_say_columns(b->extract, data->s, err);
    }
    page_init(&page, 0);
    if (page_parse(data->s + columns, data->len - columns, &page, err)) extract_page(b->extract, &page, err);
    page_release(&page);
}

static void do_finish(Bench *b, bool first, Buf *out, Err *err)
{
    Pairings found = {0};
    if (b->extract && !first && extract_finish(b->extract, &found, err)) pairings_dump(&found, out);
    pairings_release(&found);
    extract_free(b->extract);
    b->extract = NULL;
}

static void do_job(Bench *b, Frame *frame, const Buf *data, Buf *out)
{
    Err err = {0};
    switch ((JobKind)frame->kind) {
    case JOB_COUNT: do_count(b, data->s, frame, &err); break;
    case JOB_PAGE: do_page(b, data->s, frame->page, out, &err); break;
    case JOB_RESTORE: do_restore(b, data, out, &err); break;
    case JOB_EXTRACT: do_extract(b, frame, data, &err); break;
    case JOB_FINISH: do_finish(b, frame->first, out, &err); break;
    case JOB_SCAN: do_scan(b, data->s, frame->page, out, &err); break;
    case JOB_CALL: b->options->call(b->options->context, out, &err); break;
    }
    end_without_memory(&err);
    frame->code = err.code;
    if (!err_is(&err)) return;
    buf_clear(out);
    buf_add(out, err.made);
}

/* Of the job at hand: what was used before does not count. */
static void limit_cpu(int seconds)
{
    struct rusage used;
    struct rlimit limit;
    if (getrusage(RUSAGE_SELF, &used) != 0 || getrlimit(RLIMIT_CPU, &limit) != 0) return;
    rlim_t want = (rlim_t)(used.ru_utime.tv_sec + used.ru_stime.tv_sec + seconds + 1);
    limit.rlim_cur = want < limit.rlim_max ? want : limit.rlim_max;
    setrlimit(RLIMIT_CPU, &limit);
}

static void serve(int fd, Bench *b, int cpu_seconds)
{
    Frame frame;
    Buf data = {0}, out = {0};
    while (read_full(fd, &frame, sizeof frame)) {
        buf_clear(&data);
        buf_clear(&out);
        char *bytes = xalloc(frame.len + 1);
        bool there = read_full(fd, bytes, frame.len);
        buf_addn(&data, bytes, frame.len);
        free(bytes);
        if (!there) break;
        limit_cpu(cpu_seconds);
        errno = 0;
        do_job(b, &frame, &data, &out);
        frame.len = out.len;
        if (!write_full(fd, &frame, sizeof frame) || !write_full(fd, buf_str(&out), out.len)) break;
    }
}

/* Nothing of the parent's stays open: its database and its lock among them. */
static void close_others(int keep)
{
    unsigned first = STDERR_FILENO + 1, own = (unsigned)keep;
    bool done = own == first || close_range(first, own - 1, 0) == 0;
    if (done && close_range(own + 1, ~0U, 0) == 0) return;
    for (int fd = STDERR_FILENO + 1; fd < OLD_KERNEL_FDS; fd++) /* Linux before 5.9 */
        if (fd != keep) close(fd);
}

static void silence(bool talk, bool input)
{
    int null = open("/dev/null", O_RDWR);
    if (null < 0) return;
    if (!input) dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    if (!talk) dup2(null, STDERR_FILENO);
    close(null);
}

static void set_limit(int what, int megabytes)
{
    rlim_t bytes = (rlim_t)megabytes << 20;
    struct rlimit limit = {bytes, bytes};
    setrlimit(what, &limit);
}

static void set_limits(const PoolOptions *options)
{
    set_limit(RLIMIT_CORE, 0);
    set_limit(RLIMIT_FSIZE, options->file_mb);
    signal(SIGXFSZ, SIG_IGN); /* writing fails with EFBIG */
#ifndef __SANITIZE_ADDRESS__  /* which reserves terabytes of address space */
    set_limit(RLIMIT_AS, options->memory_mb);
#endif
}

_Noreturn void worker_run(PageLine *line, const PoolOptions *options, const char *folder, int fd,
                          pid_t parent)
{
    if (!options->threaded) prctl(PR_SET_PDEATHSIG, SIGKILL); /* which is sent when a thread ends */
    if (getppid() != parent) _exit(0);
    setsid(); /* no terminal to type into, and a group that the parent can end whole */
    prctl(PR_SET_NAME, "dau worker");
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    signal(SIGTERM, SIG_IGN); /* of the whole group: the parent decides */
    silence(options->talk, options->input);
    close_others(fd);
    if (folder) setenv("TMPDIR", folder, 1);
    set_limits(options);
    watch_memory(options->memory_mb);
    sandbox_enter(folder);
    Bench bench = {.line = line, .options = options};
    serve(fd, &bench, (int)options->cpu_seconds);
    leave(0);
}
