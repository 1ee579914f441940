/* Two locks, each of which the kernel may lack. What a worker meets whose decoder a broken "kế hoạch.tif" has taken over:
 *
 *     socket(AF_INET, ...)                  ──► seccomp:  the call is on the list of those refused, EPERM
 *     open("/home/x/.profile", O_WRONLY)    ──► Landlock: the path is not under the worker's folder, EACCES
 *
 * A refused call fails and does not kill. Libraries try much (a socket to a name service, a cache of fonts) and go on
 * without it. Only a call in the numbers of another architecture kills, because nothing of ours makes one.
 */
#define _GNU_SOURCE /* syscall, O_PATH */
#include "batch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* ---- Landlock: declared here, for <linux/landlock.h> of Debian 12 knows only its first fields ---- */

enum { CREATE_RULESET = 444, ADD_RULE = 445, RESTRICT_SELF = 446 }; /* the same on every architecture */
enum { ASK_VERSION = 1, RULE_PATH_BENEATH = 1 };
enum {
    WRITE_FILE = 1 << 1,
    REMOVE_AND_MAKE = 0x1FF0, /* bits 4 to 12: remove dir and file, make char, dir, regular, socket, fifo,
                                 block, symlink */
    REFER = 1 << 13,          /* version 2: rename and link between folders */
    TRUNCATE = 1 << 14        /* version 3 */
};
enum { SCOPE_ABSTRACT_SOCKET = 1, SCOPE_SIGNAL = 2 }; /* version 6 */

typedef struct Ruleset {
    uint64_t files, network, scoped;
} Ruleset;

typedef struct PathBeneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed)) PathBeneath;

static int landlock_version(void)
{
    return (int)syscall(CREATE_RULESET, NULL, 0, ASK_VERSION);
}

static void allow_beneath(int ruleset, const char *path, uint64_t what)
{
    PathBeneath rule = {.allowed = what, .parent = open(path, O_PATH | O_CLOEXEC)};
    if (rule.parent < 0) return;
    syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent);
}

static bool lock_files(const char *folder)
{
    int version = landlock_version();
    if (version < 1) return false;
    uint64_t files = WRITE_FILE | REMOVE_AND_MAKE;
    if (version >= 2) files |= REFER;
    if (version >= 3) files |= TRUNCATE;
    Ruleset rules = {files, 0, version >= 6 ? SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL : 0};
    size_t size = version >= 6 ? sizeof rules : version >= 4 ? offsetof(Ruleset, scoped) : sizeof rules.files;
    int ruleset = (int)syscall(CREATE_RULESET, &rules, size, 0);
    if (ruleset < 0) return false;
    if (folder) allow_beneath(ruleset, folder, files);
#ifdef DAU_COVER /* make cover: where the counters are written */
    allow_beneath(ruleset, DAU_COVER, files);
#endif
    allow_beneath(ruleset, "/dev/null", files & (WRITE_FILE | TRUNCATE));
    bool locked = syscall(RESTRICT_SELF, ruleset, 0) == 0;
    close(ruleset);
    return locked;
}

/* ---- seccomp ---- */

/* libseccomp passes over those that an architecture does not have. */
static const int refused[] = {
    SCMP_SYS(socket),
    SCMP_SYS(connect),
    SCMP_SYS(bind),
    SCMP_SYS(listen),
    SCMP_SYS(accept),
    SCMP_SYS(accept4),
    SCMP_SYS(sendto),
    SCMP_SYS(sendmsg),
    SCMP_SYS(sendmmsg),
    SCMP_SYS(io_uring_setup), /* does the same behind seccomp's back */
    SCMP_SYS(ptrace),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(mount),
    SCMP_SYS(umount2),
    SCMP_SYS(pivot_root),
    SCMP_SYS(chroot),
    SCMP_SYS(setns),
    SCMP_SYS(unshare),
    SCMP_SYS(open_by_handle_at),
    /* what Landlock does not know of */
    SCMP_SYS(fchmod),
    SCMP_SYS(fchmodat),
    SCMP_SYS(fchown),
    SCMP_SYS(fchownat),
    SCMP_SYS(utimensat),
    SCMP_SYS(setxattr),
    SCMP_SYS(lsetxattr),
    SCMP_SYS(fsetxattr),
    SCMP_SYS(removexattr),
    SCMP_SYS(lremovexattr),
    SCMP_SYS(fremovexattr),
    SCMP_SYS(truncate),
    SCMP_SYS(chmod),
    SCMP_SYS(chown),
    SCMP_SYS(lchown),
    SCMP_SYS(utime),
    SCMP_SYS(utimes),
    SCMP_SYS(futimesat),
};

/* What writes, where there is no Landlock to look at the path. */
static const int refused_writing[] = {
    SCMP_SYS(mkdirat), SCMP_SYS(mknodat),   SCMP_SYS(unlinkat), SCMP_SYS(symlinkat),
    SCMP_SYS(linkat),  SCMP_SYS(renameat2), SCMP_SYS(openat2),  SCMP_SYS(renameat),
    SCMP_SYS(creat),   SCMP_SYS(mkdir),     SCMP_SYS(mknod),    SCMP_SYS(unlink),
    SCMP_SYS(rmdir),   SCMP_SYS(symlink),   SCMP_SYS(link),     SCMP_SYS(rename),
};

enum { COUNT_REFUSED = sizeof refused / sizeof *refused };
enum { COUNT_WRITING = sizeof refused_writing / sizeof *refused_writing };

static bool refuse(scmp_filter_ctx f, const int *calls, int n, unsigned error)
{
    bool ok = true;
    for (int i = 0; i < n; i++) ok &= seccomp_rule_add(f, SCMP_ACT_ERRNO(error), calls[i], 0) == 0;
    return ok;
}

/* open() with any flag that writes, a rule a flag. */
static bool refuse_open(scmp_filter_ctx f, int call, unsigned argument)
{
    static const unsigned flags[] = {O_WRONLY, O_RDWR, O_CREAT, O_TRUNC};
    bool ok = true;
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), call, 1,
                               SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, flags[i], flags[i])) == 0;
    return ok;
}

static bool lock_calls(bool files_too)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ALLOW);
    bool ok = f && seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
              refuse(f, refused, COUNT_REFUSED, EPERM);
    if (ok && files_too)
        ok = refuse(f, refused_writing, COUNT_WRITING, EACCES) && refuse_open(f, SCMP_SYS(openat), 2) &&
             refuse_open(f, SCMP_SYS(open), 1);
    ok = ok && seccomp_load(f) == 0;
    if (f) seccomp_release(f);
    return ok;
}

Sandbox sandbox_enter(const char *folder)
{
    Sandbox got = {0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return got;
    got.folder = lock_files(folder);
    got.network = lock_calls(!got.folder);
    got.files = got.folder || got.network;
    return got;
}

Sandbox sandbox_probe(void)
{
    Sandbox got = {.folder = landlock_version() >= 1};
    got.network = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0; /* EINVAL: the kernel was built without it */
    got.files = got.folder || got.network;
    return got;
}
