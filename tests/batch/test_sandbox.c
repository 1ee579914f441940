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
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
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
    RUN(scratch_goes_with_its_process);
    folder_remove(outside);
    return TEST_DONE();
}
