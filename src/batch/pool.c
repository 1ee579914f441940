/* A socket pair a worker; on it frames, a head of fixed size and `len` bytes:
 *
 *     parent ──► PAGE doc 7 page 3, "plan.pdf"          ──► worker: load ► clean ► layout ► ocr ► restore
 *     parent ◄── PAGE doc 7 page 3, code 0, the dump    ◄──
 *
 * The parent polls: it sends and receives what goes through without waiting, kills who is over the clock, and
 * turns a closed socket into the answer "the worker died". One job a worker, so an answer is never in doubt.
 */
#include "batch/pool.h"

#include "base/file.h"
#include "doc/pairing.h"
#include "stage/extract.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    DEFAULT_SECONDS = 300,    /* a dense page takes 10 s; thirty times that is a hang */
    DEFAULT_MEMORY_MB = 2048, /* an A3 page at 600 dpi in colour and its copies take 1 GB */
    MOST_WORKERS = 256,
    MOST_ANSWER_MB = 256, /* a full page dumps to 1 MB */
    CHUNK = 64 * 1024,    /* bytes read at a time */
};

typedef struct Frame {
    int64_t doc;
    uint64_t len; /* bytes that follow */
    int32_t kind, page, first;
    int32_t code;        /* answer: of the error; the bytes are its text */
    int32_t pages, file; /* answer to COUNT */
} Frame;

typedef struct Worker {
    pid_t pid; /* 0: not forked yet */
    int fd;
    bool busy;
    Frame job;       /* the one in hand */
    char *path;      /* of the file in hand, for messages */
    double deadline; /* seconds on the monotonic clock */
    bool killed;     /* by us, over the clock */
    Buf out, in;     /* bytes to send, bytes received */
    size_t sent;
} Worker;

struct Pool {
    PageLine *line;
    PoolOptions options;
    Worker *worker;
    int workers;
};

/* ---- the worker's side ---- */

typedef struct Bench {
    PageLine *line;
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

static void do_extract(Bench *b, bool first, const Buf *data, Err *err)
{
    Page page;
    if (first || !b->extract) {
        extract_free(b->extract);
        b->extract = extract_new();
    }
    page_init(&page, 0);
    if (page_parse(data->s, data->len, &page, err)) extract_page(b->extract, &page, err);
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
    case JOB_EXTRACT: do_extract(b, frame->first, data, &err); break;
    case JOB_FINISH: do_finish(b, frame->first, out, &err); break;
    }
    frame->code = err.code;
    if (!err_is(&err)) return;
    buf_clear(out);
    buf_add(out, err.text);
}

static void serve(int fd, Bench *b)
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
        do_job(b, &frame, &data, &out);
        frame.len = out.len;
        if (!write_full(fd, &frame, sizeof frame) || !write_full(fd, buf_str(&out), out.len)) break;
    }
}

/* Nothing of the parent's stays open: its database and its lock among them. */
static void close_others(int keep)
{
    DIR *d = opendir("/proc/self/fd");
    if (!d) { /* a bare chroot has no /proc */
        for (int fd = STDERR_FILENO + 1; fd < 1024; fd++)
            if (fd != keep) close(fd);
        return;
    }
    int fds[1024], n = 0, own = dirfd(d);
    for (struct dirent *e; (e = readdir(d)) && n < 1024;) {
        int fd = atoi(e->d_name);
        if (fd > STDERR_FILENO && fd != keep && fd != own) fds[n++] = fd;
    }
    closedir(d);
    for (int i = 0; i < n; i++) close(fds[i]);
}

static void silence(bool talk)
{
    int null = open("/dev/null", O_RDWR);
    if (null < 0) return;
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    if (!talk) dup2(null, STDERR_FILENO);
    close(null);
}

static void set_limits(int memory_mb)
{
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
#ifndef __SANITIZE_ADDRESS__ /* which reserves terabytes of address space */
    rlim_t bytes = (rlim_t)memory_mb << 20;
    struct rlimit space = {bytes, bytes};
    setrlimit(RLIMIT_AS, &space);
#else
    (void)memory_mb;
#endif
}

static _Noreturn void work(Pool *pool, int fd, pid_t parent)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) _exit(0);
    prctl(PR_SET_NAME, "dau worker");
    signal(SIGINT, SIG_IGN);
    signal(SIGTERM, SIG_DFL);
    silence(pool->options.talk);
    close_others(fd);
    set_limits(pool->options.memory_mb);
    Bench bench = {.line = pool->line};
    serve(fd, &bench);
    _exit(0);
}

/* ---- the parent's side ---- */

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

Pool *pool_new(PageLine *line, const PoolOptions *options)
{
    Pool *pool = xalloc(sizeof *pool);
    pool->line = line;
    pool->options = *options;
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    pool->workers = options->workers > 0 ? options->workers : cores > 0 ? (int)cores : 1;
    if (pool->workers > MOST_WORKERS) pool->workers = MOST_WORKERS;
    if (!(pool->options.job_seconds > 0)) pool->options.job_seconds = DEFAULT_SECONDS;
    if (pool->options.memory_mb <= 0) pool->options.memory_mb = DEFAULT_MEMORY_MB;
    pool->worker = xalloc((size_t)pool->workers * sizeof *pool->worker);
    return pool;
}

int pool_workers(const Pool *pool)
{
    return pool->workers;
}

int pool_find_idle(const Pool *pool)
{
    for (int i = 0; i < pool->workers; i++)
        if (!pool->worker[i].busy) return i;
    return -1;
}

bool pool_is_idle(const Pool *pool, int worker)
{
    return !pool->worker[worker].busy;
}

int pool_busy(const Pool *pool)
{
    int n = 0;
    for (int i = 0; i < pool->workers; i++) n += pool->worker[i].busy;
    return n;
}

int pool_pid(const Pool *pool, int worker)
{
    return (int)pool->worker[worker].pid;
}

static bool hire(Pool *pool, Worker *w, Err *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return err_set(err, DAU_LIMIT, "cannot make a worker: %s", strerror(errno));
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) work(pool, pair[1], parent);
    int why = errno;
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return err_set(err, DAU_LIMIT, "cannot make a worker: %s", strerror(why));
    }
    w->pid = pid;
    w->fd = pair[0];
    return true;
}

/* Waits for its end; returns how it ended. */
static int dismiss(Worker *w)
{
    int status = 0;
    close(w->fd);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR) continue;
    w->pid = 0;
    w->killed = false;
    buf_release(&w->in);
    buf_release(&w->out);
    return status;
}

static void flush(Worker *w)
{
    while (w->sent < w->out.len) {
        ssize_t n = send(w->fd, w->out.s + w->sent, w->out.len - w->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return; /* full: later; gone: receiving tells */
        w->sent += (size_t)n;
    }
    buf_clear(&w->out);
    w->sent = 0;
}

bool pool_send(Pool *pool, int worker, const Job *job, Err *err)
{
    Worker *w = &pool->worker[worker];
    if (err_is(err) || (!w->pid && !hire(pool, w, err))) return false;
    bool path = job->kind == JOB_COUNT || job->kind == JOB_PAGE;
    size_t len = path ? strlen(job->path) : job->kind == JOB_EXTRACT ? job->len : 0;
    w->job = (Frame){
        .doc = job->doc, .kind = (int32_t)job->kind, .page = job->page, .first = job->first, .len = len};
    w->busy = true;
    w->deadline = now() + pool->options.job_seconds;
    free(w->path);
    w->path = job->path ? xstrdup(job->path) : NULL;
    buf_addn(&w->out, &w->job, sizeof w->job);
    buf_addn(&w->out, path ? job->path : job->data, len);
    flush(w);
    return true;
}

static void answer_head(const Pool *pool, const Worker *w, Answer *a)
{
    *a = (Answer){.worker = (int)(w - pool->worker),
                  .kind = (JobKind)w->job.kind,
                  .doc = w->job.doc,
                  .page = w->job.page};
}

static void say_how_it_died(const Pool *pool, int status, bool killed, Err *err)
{
    if (killed)
        err_set(err, DAU_LIMIT, "stopped after %g s; --page-timeout gives more", pool->options.job_seconds);
    else if (WIFEXITED(status) && WEXITSTATUS(status) == DAU_INTERNAL)
        err_set(err, DAU_LIMIT, "the worker ran out of memory; --memory gives more than %d MB",
                pool->options.memory_mb);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        err_set(err, DAU_LIMIT, "the worker was killed: most likely the machine ran out of memory");
    else if (WIFSIGNALED(status))
        err_set(err, DAU_ENGINE, "the worker died: signal %d (%s)", WTERMSIG(status),
                strsignal(WTERMSIG(status)));
    else
        err_set(err, DAU_ENGINE, "the worker ended with %d", WEXITSTATUS(status));
}

static void answer_died(Pool *pool, Worker *w, Answer *a)
{
    bool killed = w->killed;
    answer_head(pool, w, a);
    kill(w->pid, SIGKILL); /* a closed socket may belong to one that is still there */
    say_how_it_died(pool, dismiss(w), killed, &a->err);
    w->busy = false;
}

/* Takes in what is there; 1: an answer is whole, -1: the worker is gone or talks nonsense, 0: not yet. */
static int receive(Worker *w)
{
    char chunk[CHUNK];
    for (;;) {
        Frame head;
        if (w->in.len >= sizeof head) {
            memcpy(&head, w->in.s, sizeof head);
            if (head.len > (uint64_t)MOST_ANSWER_MB << 20) return -1;
            if (w->in.len >= sizeof head + head.len) return 1;
        }
        ssize_t n = recv(w->fd, chunk, sizeof chunk, MSG_DONTWAIT);
        if (n > 0)
            buf_addn(&w->in, chunk, (size_t)n);
        else if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
            return 0;
        else if (n == 0 || errno != EINTR)
            return -1;
    }
}

static void answer_whole(const Pool *pool, Worker *w, Answer *a)
{
    Frame head;
    memcpy(&head, w->in.s, sizeof head);
    answer_head(pool, w, a);
    a->pages = head.pages;
    a->file = (FileKind)head.file;
    if (head.code)
        err_set(&a->err, head.code, "%s", w->in.s + sizeof head);
    else if (head.len)
        buf_addn(&a->data, w->in.s + sizeof head, head.len);
    buf_release(&w->in);
    w->busy = false;
}

static bool take_answer(Pool *pool, Answer *a)
{
    for (int i = 0; i < pool->workers; i++) {
        Worker *w = &pool->worker[i];
        int state = w->busy ? receive(w) : 0;
        if (state > 0) answer_whole(pool, w, a);
        if (state < 0) answer_died(pool, w, a);
        if (state != 0) return true;
    }
    return false;
}

/* Kills who is over the clock; returns milliseconds until the next one is, at most `most`. */
static int watch_clock(Pool *pool, int most)
{
    double t = now();
    for (int i = 0; i < pool->workers; i++) {
        Worker *w = &pool->worker[i];
        if (!w->busy || w->killed) continue;
        double left = (w->deadline - t) * 1000;
        if (left <= 0) {
            w->killed = true;
            kill(w->pid, SIGKILL);
        } else if (left < most) {
            most = (int)left + 1;
        }
    }
    return most;
}

/* Until something can be received or sent; false after a signal. */
static bool wait_for_any(Pool *pool, int ms)
{
    struct pollfd fds[MOST_WORKERS];
    nfds_t n = 0;
    for (int i = 0; i < pool->workers; i++) {
        Worker *w = &pool->worker[i];
        if (!w->busy) continue;
        fds[n++] = (struct pollfd){.fd = w->fd, .events = (short)(POLLIN | (w->out.len ? POLLOUT : 0))};
    }
    if (poll(fds, n, ms) < 0) return false;
    for (int i = 0; i < pool->workers; i++)
        if (pool->worker[i].busy) flush(&pool->worker[i]);
    return true;
}

bool pool_wait(Pool *pool, int timeout_ms, Answer *answer)
{
    double end = now() + timeout_ms / 1000.0;
    for (;;) {
        if (take_answer(pool, answer)) return true;
        double left = (end - now()) * 1000;
        if (left <= 0 || !pool_busy(pool)) return false;
        if (!wait_for_any(pool, watch_clock(pool, (int)left + 1))) return false;
    }
}

void pool_answer_release(Answer *answer)
{
    buf_release(&answer->data);
}

void pool_free(Pool *pool)
{
    if (!pool) return;
    for (int i = 0; i < pool->workers; i++) {
        Worker *w = &pool->worker[i];
        if (w->pid && w->busy) kill(w->pid, SIGKILL);
        if (w->pid) dismiss(w);
        free(w->path);
    }
    free(pool->worker);
    free(pool);
}
