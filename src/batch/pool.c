/* Each worker has a socket pair. Frames go over it: a head of fixed size and `len` bytes:
 *
 *     parent ──► PAGE doc 7 page 3, "kế hoạch.pdf"      ──► worker: load ► clean ► layout ► ocr ► restore
 *     parent ◄── PAGE doc 7 page 3, code 0, the dump    ◄──
 *
 * The parent polls. It sends and receives what goes through without waiting, kills a worker whose time is over, and turns a
 * closed socket into the answer "the worker died". A worker has one job at a time, so it is always clear what an answer
 * belongs to.
 */
#include "batch/private.h"

#include "batch/sandbox.h"
#include "batch/scratch.h"

#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    DEFAULT_SECONDS = 300,     /* a dense page takes 10 s; thirty times that is a hang */
    DEFAULT_CPU_SECONDS = 240, /* less: on a machine with other work the wall clock runs faster */
    DEFAULT_FILE_MB = 512,     /* nothing of ours writes any; a converter of documents may */
    DEFAULT_MEMORY_MB = 2048,  /* an A3 page at 600 dpi in colour and its copies take 1 GB */
    MOST_WORKERS = 256,
    MOST_ANSWER_MB = 640, /* a full page dumps to 1 MB; the pixels of the largest are 480 MB */
    CHUNK = 64 * 1024,    /* bytes read at a time */
    WAIT_MS = 60000,      /* between looks, for a caller that has nothing else to do */
};

typedef struct Worker {
    pid_t pid; /* 0: not forked yet */
    int fd;
    bool busy;
    Frame job;       /* the one in hand */
    char *path;      /* of the file in hand, for messages */
    double deadline; /* seconds on the monotonic clock */
    bool killed;     /* by us, over the clock */
    bool lost;       /* it is gone, with what the job in hand goes on from */
    Buf out, in;     /* bytes to send, bytes received */
    size_t sent;
} Worker;

struct Pool {
    PageLine *line;
    PoolOptions options;
    Scratch *scratch; /* where workers may write, a folder each; NULL: nowhere */
    Worker *worker;
    int workers;
};

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
    if (!(pool->options.cpu_seconds > 0)) pool->options.cpu_seconds = DEFAULT_CPU_SECONDS;
    if (pool->options.memory_mb <= 0) pool->options.memory_mb = DEFAULT_MEMORY_MB;
    if (pool->options.file_mb <= 0) pool->options.file_mb = DEFAULT_FILE_MB;
    Err none = {0};
    scratch_sweep();
    pool->scratch = scratch_new(&none);
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

/* The worker's own folder, empty; NULL: it has none. Yours to free. */
static char *make_folder(const Pool *pool, const Worker *w)
{
    Buf path = {0};
    if (!pool->scratch) return NULL;
    buf_addf(&path, "%s/%d", scratch_path(pool->scratch), (int)(w - pool->worker));
    folder_remove(path.s);
    if (mkdir(path.s, 0700) == 0) return buf_steal(&path);
    buf_release(&path);
    return NULL;
}

static bool hire(Pool *pool, Worker *w, Err *err)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return err_set(err, DAU_LIMIT, "cannot make a worker: %s", err_system(errno));
    char *folder = make_folder(pool, w);
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) worker_run(pool->line, &pool->options, folder, pair[1], parent);
    int why = errno;
    free(folder);
    close(pair[1]);
    if (pid < 0) {
        close(pair[0]);
        return err_set(err, DAU_LIMIT, "cannot make a worker: %s", err_system(why));
    }
    w->pid = pid;
    w->fd = pair[0];
    return true;
}

/* Waits for its end and ends what it started, which is in its group; returns how it ended. Until it is taken off the
 * system's list nobody else can have its number. */
static int dismiss(Worker *w)
{
    int status = 0;
    siginfo_t ended;
    close(w->fd);
    while (waitid(P_PID, (id_t)w->pid, &ended, WEXITED | WNOWAIT) < 0 && errno == EINTR) continue;
    kill(-w->pid, SIGKILL);
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

/* Somebody killed it while it had nothing to do. */
static void bury(Worker *w)
{
    siginfo_t ended = {0};
    bool gone = w->pid && waitid(P_PID, (id_t)w->pid, &ended, WEXITED | WNOHANG | WNOWAIT) == 0;
    if (gone && ended.si_pid) dismiss(w);
}

/* It needs what the worker took in before. */
static bool goes_on(const Job *job)
{
    return (job->kind == JOB_EXTRACT || job->kind == JOB_FINISH) && !job->first;
}

bool pool_send(Pool *pool, int worker, const Job *job, Err *err)
{
    Worker *w = &pool->worker[worker];
    bury(w);
    w->lost = goes_on(job) && !w->pid;
    if (err_is(err) || (!w->pid && !w->lost && !hire(pool, w, err))) return false;
    bool path = job->kind == JOB_COUNT || job->kind == JOB_PAGE || job->kind == JOB_SCAN;
    size_t len = path ? strlen(job->path) : job->data ? job->len : 0;
    size_t columns = job->kind == JOB_EXTRACT && job->columns ? strlen(job->columns) + 1 : 0;
    w->job = (Frame){.doc = job->doc,
                     .kind = (int32_t)job->kind,
                     .page = job->page,
                     .first = job->first,
                     .columns = (int32_t)columns,
                     .len = columns + len};
    w->busy = true;
    w->deadline = now() + pool->options.job_seconds;
    if (w->lost) return true;
    free(w->path);
    w->path = job->path ? xstrdup(job->path) : NULL;
    buf_addn(&w->out, &w->job, sizeof w->job);
    buf_addn(&w->out, job->columns, columns);
    buf_addn(&w->out, path ? job->path : job->data, len);
    flush(w);
    return true;
}

static void answer_head(const Pool *pool, const Worker *w, Answer *a)
{
    *a = (Answer){.worker = (int)(w - pool->worker),
                  .kind = (JobKind)w->job.kind,
                  .doc = w->job.doc,
                  .page = w->job.page,
                  .seconds = now() - (w->deadline - pool->options.job_seconds)};
}

static bool had_no_memory(int status)
{
    return WIFEXITED(status) &&
           (WEXITSTATUS(status) == DAU_INTERNAL || WEXITSTATUS(status) == WORKER_NO_MEMORY);
}

/* Over a limit: false when it was none of them. */
static bool say_limit(const PoolOptions *o, int status, bool killed, Err *err)
{
    if (killed)
        err_set(err, DAU_LIMIT, "stopped after %g s; --page-timeout gives more", o->job_seconds);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        err_set(err, DAU_LIMIT, "stopped after %g s of computing; --page-cpu gives more", o->cpu_seconds);
    else if (had_no_memory(status))
        err_set(err, DAU_LIMIT, "the worker ran out of memory; --memory gives more than %d MB", o->memory_mb);
    return err_is(err);
}

/* The same where no option raises it. */
static bool say_fixed_limit(const PoolOptions *o, int status, bool killed, Err *err)
{
    if (killed)
        err_set(err, DAU_LIMIT, "stopped after %g s", o->job_seconds);
    else if (WIFSIGNALED(status) && WTERMSIG(status) == SIGXCPU)
        err_set(err, DAU_LIMIT, "stopped after %g s of computing", o->cpu_seconds);
    else if (had_no_memory(status))
        err_set(err, DAU_LIMIT, "the worker ran out of memory, of which it has %d MB", o->memory_mb);
    return err_is(err);
}

static void say_it_was_killed(Err *err)
{
    err_set(err, DAU_LIMIT, "the worker was killed: most likely the machine ran out of memory");
}

static void say_how_it_died(const PoolOptions *o, int status, bool killed, Err *err)
{
    if ((o->fixed ? say_fixed_limit : say_limit)(o, status, killed, err)) return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
        say_it_was_killed(err);
    else if (WIFSIGNALED(status))
        err_set(err, DAU_ENGINE, "the worker died: signal %d (%s)", WTERMSIG(status),
                err_signal(WTERMSIG(status)));
    else
        err_set(err, DAU_ENGINE, "the worker ended with %d", WEXITSTATUS(status));
}

static void answer_died(Pool *pool, Worker *w, Answer *a)
{
    bool killed = w->killed;
    answer_head(pool, w, a);
    kill(w->pid, SIGKILL); /* a closed socket may belong to one that is still there */
    say_how_it_died(&pool->options, dismiss(w), killed, &a->err);
    w->busy = false;
}

/* A new worker would find nothing in the pages that the one before took in, and say so. */
static void answer_lost(const Pool *pool, Worker *w, Answer *a)
{
    answer_head(pool, w, a);
    say_it_was_killed(&a->err);
    w->busy = w->lost = false;
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
        err_take(&a->err, head.code, w->in.s + sizeof head);
    else if (head.len)
        buf_addn(&a->data, w->in.s + sizeof head, head.len);
    buf_release(&w->in);
    w->busy = false;
}

static bool take_answer(Pool *pool, Answer *a)
{
    for (int i = 0; i < pool->workers; i++) {
        Worker *w = &pool->worker[i];
        if (w->busy && w->lost) return answer_lost(pool, w, a), true;
        int state = w->busy ? receive(w) : 0;
        if (state > 0) answer_whole(pool, w, a);
        if (state < 0) answer_died(pool, w, a);
        if (state != 0) return true;
    }
    return false;
}

/* Kills the workers whose time is over. Returns milliseconds until the next one's is, at most `most`. */
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

bool pool_do(Pool *pool, int worker, const Job *job, Answer *answer, Err *err)
{
    *answer = (Answer){0};
    if (!pool_send(pool, worker, job, err)) return false;
    while (!pool_wait(pool, WAIT_MS, answer)) continue;
    if (err_is(&answer->err)) *err = answer->err;
    return !err_is(err);
}

bool pool_call(const PoolOptions *options, Buf *out, Err *err)
{
    PoolOptions one = *options;
    Answer answer;
    one.workers = 1;
    Pool *pool = pool_new(NULL, &one);
    if (pool_do(pool, 0, &(Job){.kind = JOB_CALL}, &answer, err))
        buf_addn(out, buf_str(&answer.data), answer.data.len);
    pool_answer_release(&answer);
    pool_free(pool);
    return !err_is(err);
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
    scratch_free(pool->scratch);
    free(pool->worker);
    free(pool);
}
