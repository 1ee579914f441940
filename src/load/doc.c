/* Old Word files (.doc) go through antiword, a program of its own that is run when it is there. Its DocBook is read like a
 * web page (<row> for <tr>, <entry> for <td>): <entry>Mầm non Hoa Mai</entry> is a cell. It runs under limits of time and
 * memory and may write no file. Whatever it does, this process goes on.
 */
#include "load/html.h"
#include "load/private.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST_SECONDS = 30, /* antiword takes 0.1 s for a hundred pages */
    MOST_MEMORY_MB = 512,
    NOT_THERE = 127, /* exit code of a child that found no program */
    CHUNK = 64 * 1024
};

static void limit(int what, rlim_t most)
{
    struct rlimit l = {most, most};
    setrlimit(what, &l);
}

/* "-rf.doc" is not an option. */
static _Noreturn void run_antiword(const char *path, int out)
{
    char *named = xalloc(strlen(path) + 3);
    memcpy(named, "./", 2);
    memcpy(named + 2, path, strlen(path));
    int null = open("/dev/null", O_RDWR);
    limit(RLIMIT_CPU, MOST_SECONDS);
    limit(RLIMIT_AS, (rlim_t)MOST_MEMORY_MB << 20);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    dup2(null, STDIN_FILENO);
    dup2(null, STDERR_FILENO);
    dup2(out, STDOUT_FILENO);
    execlp("antiword", "antiword", "-x", "db", *path == '/' ? path : named, (char *)NULL);
    _exit(NOT_THERE);
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* All that comes until it ends; false when that is too much or takes too long. */
static bool drain(const Load *doc, int fd, Buf *out, Err *err)
{
    char *chunk = xalloc(CHUNK);
    double end = now() + MOST_SECONDS;
    for (ssize_t n = 1; n != 0 && !err_is(err);) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        double left = end - now();
        if (left <= 0)
            err_set(err, DAU_LIMIT,
                    "antiword did not come to an end with '%s' in %d s; save it as DOCX or PDF", doc->path,
                    MOST_SECONDS);
        else if (poll(&p, 1, (int)(left * 1000) + 1) > 0 && (n = read(fd, chunk, CHUNK)) > 0)
            buf_addn(out, chunk, (size_t)n);
        if (n < 0 && errno != EINTR) break;
        if (out->len > doc->options.most_unpacked)
            err_set(err, DAU_LIMIT,
                    "antiword makes more than %zu MB of '%s'; --max-unpacked raises the limit",
                    doc->options.most_unpacked >> 20, doc->path);
    }
    free(chunk);
    return !err_is(err);
}

static bool judge_end(const Load *doc, int status, Err *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return true;
    if (WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE)
        return err_set(
            err, DAU_BAD_INPUT,
            "'%s' is an old Word document, which antiword reads, and that is not installed; apt-get install "
            "antiword, or save it as DOCX or PDF",
            doc->path);
    return err_set(err, DAU_BAD_INPUT, "antiword cannot read '%s'; save it as DOCX or PDF", doc->path);
}

static bool read_through(const Load *doc, Buf *out, Err *err)
{
    int ends[2], status = 0;
    if (strcmp(doc->path, "-") == 0)
        return err_set(err, DAU_BAD_INPUT, "an old Word document cannot come through '-'; save it to a file");
    if (pipe(ends) != 0) return err_set(err, DAU_LIMIT, "cannot run antiword: %s", err_system(errno));
    pid_t pid = fork();
    if (pid == 0) run_antiword(doc->path, ends[1]);
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return err_set(err, DAU_LIMIT, "cannot run antiword: %s", err_system(errno));
    }
    if (!drain(doc, ends[0], out, err)) kill(pid, SIGKILL);
    close(ends[0]);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) continue;
    return !err_is(err) && judge_end(doc, status, err);
}

static bool doc_open(Load *doc, Err *err)
{
    Buf docbook = {0};
    Flow *flow = flow_new();
    bool ok = read_through(doc, &docbook, err) && html_walk(doc, &docbook, true, flow, err);
    buf_release(&docbook);
    return load_take_flow(doc, flow, ok, err);
}

const Reader load_doc = {doc_open, load_flow_page, load_flow_close};
