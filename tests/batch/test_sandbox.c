#define _GNU_SOURCE
#include "batch/sandbox.h"
#include "base/file.h"
#include "batch/scratch.h"
#include "tests/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static char outside[] = "/tmp/dau-test-XXXXXX", inside[80], file[80];

/* Tries in a child what a worker must not; the sum of what was possible after all. */
enum {
    NETWORK = 1,
    UNIX = 2,
    MAKE = 4,
    WRITE = 8,
    REMOVE = 16,
    RENAME = 32,
    MODE = 64,
    READ_FAILED = 128,
};

static int writes(const char *path, int flags)
{
    int fd = open(path, flags, 0600);
    if (fd >= 0) close(fd);
    return fd >= 0;
}

static int try_all(const char *folder)
{
    char path[160], to[160];
    int could = 0;
    snprintf(path, sizeof path, "%s/new", folder);
    snprintf(to, sizeof to, "%s/newer", folder);
    if (socket(AF_INET, SOCK_STREAM, 0) >= 0) could |= NETWORK;
    if (socket(AF_UNIX, SOCK_STREAM, 0) >= 0) could |= UNIX;
    if (writes(path, O_WRONLY | O_CREAT) || mkdir(to, 0700) == 0) could |= MAKE;
    snprintf(path, sizeof path, "%s/there", folder);
    if (writes(path, O_RDWR) || writes(path, O_RDONLY | O_TRUNC) || truncate(path, 0) == 0) could |= WRITE;
    if (chmod(path, 0777) == 0) could |= MODE;
    if (rename(path, to) == 0) could |= RENAME;
    if (unlink(path) == 0 || unlink(to) == 0) could |= REMOVE;
    if (!writes(file, O_RDONLY)) could |= READ_FAILED;
    return could;
}

/* A kernel without Landlock: its calls do not exist. */
static void take_landlock_away(void)
{
    struct sock_filter step[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 444, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | ENOSYS),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {4, step};
    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0);
}

static int in_sandbox(const char *allowed, const char *tried, bool landlock)
{
    Err err = {0};
    char there[160];
    snprintf(there, sizeof there, "%s/there", tried);
    file_write(there, "x", 1, &err);
    pid_t child = fork();
    if (child == 0) {
        if (!landlock) take_landlock_away();
        sandbox_enter(allowed);
        _exit(try_all(tried));
    }
    int status = 0;
    waitpid(child, &status, 0);
    unlink(there);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

TEST(nothing_goes_out)
{
    Sandbox has = sandbox_probe();
    if (!has.network || !has.folder) {
        SKIP("this kernel lacks seccomp or Landlock");
        return;
    }
    CHECK_INT(in_sandbox(inside, outside, true), 0);
    CHECK_INT(in_sandbox(NULL, inside, true), 0);
}

TEST(the_own_folder_is_open)
{
    if (!sandbox_probe().folder) return;
    int could = in_sandbox(inside, inside, true);
    CHECK_INT(could & (MAKE | WRITE | RENAME | REMOVE), MAKE | WRITE | RENAME | REMOVE);
    CHECK(!(could & (NETWORK | UNIX | MODE | READ_FAILED)));
    folder_remove(inside);
    mkdir(inside, 0700);
}

TEST(a_kernel_without_landlock)
{
    if (!sandbox_probe().network) return;
    CHECK_INT(in_sandbox(inside, outside, false), 0);
    CHECK_INT(in_sandbox(inside, inside, false), 0);
}

/* ---- which calls are open ---- */

enum { CALLS = 500, OPEN = 1, SHUT = 2, TRY_MS = 300 };

/* What the kernel answers to call `n` with arguments that make no sense. */
static _Noreturn void try_call(int n)
{
    errno = 0;
    long got = syscall(n, -1L, -1L, -1L, -1L, -1L, -1L);
    _exit(got == -1 && (errno == ENOSYS || errno == EPERM) ? SHUT : OPEN);
}

/* Whoever ends otherwise, or waits, was let in. */
static bool is_open(int n)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) try_call(n);
    for (int ms = 0; waitpid(child, &status, WNOHANG) == 0; ms++) {
        poll(NULL, 0, 1);
        if (ms >= TRY_MS) kill(child, SIGKILL);
    }
    return !(WIFEXITED(status) && WEXITSTATUS(status) == SHUT);
}

/* Writes a byte a call, 1 where it is open. It does not answer as long as the walk goes on. */
static void walk_calls(char *open_calls)
{
    int ends[2];
    if (pipe(ends) != 0) return;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        setsid();
        sandbox_enter(NULL);
        for (int n = 0; n <= CALLS; n++) {
            char is = is_open(n);
            if (write(ends[1], &is, 1) != 1) _exit(1);
        }
        _exit(0);
    }
    close(ends[1]);
    for (int n = 0; n <= CALLS && read(ends[0], open_calls + n, 1) == 1; n++) continue;
    close(ends[0]);
    waitpid(child, NULL, 0);
}

/* By number from here on, the same on every architecture: pidfd_send_signal, io_uring, mounts, pidfd_open, clone3,
 * process_madvise, Landlock, mseal and what came since. Of these, faccessat2 and close_range are harmless. */
enum { FIRST_COMMON = 424, CLOSE_RANGE = 436, OPENAT2 = 437, FACCESSAT2 = 439, EPOLL_PWAIT2 = 441 };

TEST(few_calls_are_open)
{
    static const int never[] = {
        SYS_socket,  SYS_connect,   SYS_ptrace,      SYS_setsid,  SYS_setpgid,     SYS_mount,
        SYS_unshare, SYS_setns,     SYS_bpf,         SYS_reboot,  SYS_init_module, SYS_keyctl,
        SYS_shmget,  SYS_msgget,    SYS_userfaultfd, SYS_swapoff, SYS_acct,        SYS_syslog,
        SYS_fchmod,  SYS_fsetxattr, SYS_setpriority, SYS_mq_open, SYS_personality, SYS_setuid,
        SYS_capset,  SYS_clone,     SYS_ioctl,       SYS_prctl,   SYS_prlimit64,   SYS_mlockall,
    };
    char is[CALLS + 1] = {0};
    int open_calls = 0, wrong = 0;
    if (!sandbox_probe().network) return;
    walk_calls(is);
    printf("open with senseless arguments:");
    for (int n = 0; n <= CALLS; n++)
        if (is[n]) open_calls++, printf(" %d", n);
    printf("\n");
    CHECK(is[SYS_read] && is[SYS_openat] && is[SYS_munmap]);
    for (size_t i = 0; i < sizeof never / sizeof *never; i++)
        if (is[never[i]]) wrong++, printf("call %d is open\n", never[i]);
    for (int n = FIRST_COMMON; n <= CALLS; n++)
        if (is[n] && n != CLOSE_RANGE && n != OPENAT2 && n != FACCESSAT2)
            wrong++, printf("call %d is open\n", n);
    CHECK_INT(wrong, 0);
    CHECK(open_calls < 190);
}

/* ---- what is allowed in part ---- */

static void *nothing(void *it)
{
    return it;
}

enum { THREAD = 1, SPACE = 2, TERMINAL = 4, LIMITS = 8, FORK = 16, NAME = 32 };

static int try_parts(void)
{
    int could = 0;
    pthread_t thread;
    struct rlimit own;
    if (pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0) could |= THREAD;
    pid_t child = (pid_t)syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (child == 0) _exit(0);
    if (child > 0) could |= SPACE;
    if (ioctl(STDIN_FILENO, TIOCSTI, "x") == 0 || errno != ENOSYS) could |= TERMINAL;
    if (prlimit(getppid(), RLIMIT_NOFILE, NULL, &own) == 0) could |= LIMITS;
    if (getrlimit(RLIMIT_NOFILE, &own) != 0) could |= LIMITS;
    child = fork();
    if (child == 0) _exit(0);
    if (child > 0 && waitpid(child, NULL, 0) == child) could |= FORK;
    if (prctl(PR_SET_NAME, "x") == 0 && prctl(PR_SET_DUMPABLE, 0) != 0) could |= NAME;
    return could;
}

TEST(some_requests_of_a_call)
{
    if (!sandbox_probe().network) return;
    fflush(stdout);
    pid_t child = fork();
    int status = 0;
    if (child == 0) {
        sandbox_enter(NULL);
        _exit(try_parts());
    }
    waitpid(child, &status, 0);
    CHECK_INT(WIFEXITED(status) ? WEXITSTATUS(status) : -1, THREAD | FORK | NAME);
}

TEST(scratch_goes_with_its_process)
{
    Err err = {0};
    char mine[200];
    setenv("TMPDIR", outside, 1);
    pid_t child = fork();
    if (child == 0) { /* killed with its folder there */
        Scratch *s = scratch_new(&err);
        snprintf(mine, sizeof mine, "%s/tmp.pdf", scratch_path(s));
        file_write(mine, "x", 1, &err);
        kill(getpid(), SIGKILL);
    }
    waitpid(child, NULL, 0);
    Scratch *s = scratch_new(&err);
    CHECK_STR(err.text, "");
    snprintf(mine, sizeof mine, "%s", scratch_path(s));
    CHECK_INT(scratch_sweep(), 1); /* the one, not the other */
    CHECK_INT(scratch_sweep(), 0);
    CHECK(access(mine, F_OK) == 0);
    scratch_free(s);
    CHECK(access(mine, F_OK) != 0);
    unsetenv("TMPDIR");
}

int main(void)
{
    Err err = {0};
    if (!mkdtemp(outside)) return 2;
    snprintf(inside, sizeof inside, "%s/own", outside);
    snprintf(file, sizeof file, "%s/file", outside);
    mkdir(inside, 0700);
    file_write(file, "x", 1, &err);
    RUN(nothing_goes_out);
    RUN(the_own_folder_is_open);
    RUN(a_kernel_without_landlock);
    RUN(few_calls_are_open);
    RUN(some_requests_of_a_call);
    RUN(scratch_goes_with_its_process);
    folder_remove(outside);
    return TEST_DONE();
}
