/* Two locks, each of which the kernel may lack. A worker whose decoder was taken over by a broken TIFF:
 *
 *     socket(AF_INET, ...)                  ──► seccomp: a list of calls, EPERM for each
 *     open("/home/x/.profile", O_WRONLY)    ──► Landlock: not under the folder, EACCES
 *
 * Calls are refused, not killed for: libraries try much (a socket to a name service, a cache of fonts) and do
 * without when they are told no.
 */
#define _GNU_SOURCE /* syscall, O_PATH */
#include "batch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
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
    allow_beneath(ruleset, "/dev/null", files & (WRITE_FILE | TRUNCATE));
    bool locked = syscall(RESTRICT_SELF, ruleset, 0) == 0;
    close(ruleset);
    return locked;
}

/* ---- seccomp ---- */

#if defined __x86_64__
#define ARCH AUDIT_ARCH_X86_64
#elif defined __aarch64__
#define ARCH AUDIT_ARCH_AARCH64
#endif

/* Calls whose numbers not every architecture has. */
static const int refused[] = {
    SYS_socket,
    SYS_connect,
    SYS_bind,
    SYS_listen,
    SYS_accept,
    SYS_accept4,
    SYS_sendto,
    SYS_sendmsg,
    SYS_sendmmsg,
    425 /* io_uring_setup: does the same behind seccomp's back */,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_chroot,
    SYS_setns,
    SYS_unshare,
    SYS_open_by_handle_at,
    /* what Landlock does not know of */
    SYS_fchmod,
    SYS_fchmodat,
    SYS_fchown,
    SYS_fchownat,
    SYS_utimensat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_fsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_fremovexattr,
    SYS_truncate,
#ifdef SYS_chmod
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
    SYS_utime,
    SYS_utimes,
    SYS_futimesat,
#endif
};

/* What writes, where there is no Landlock to look at the path. */
static const int refused_writing[] = {
    SYS_mkdirat,  SYS_mknodat, SYS_unlinkat, SYS_symlinkat, SYS_linkat, SYS_renameat2, 437 /* openat2 */,
#ifdef SYS_renameat
    SYS_renameat,
#endif
#ifdef SYS_creat
    SYS_creat,    SYS_mkdir,   SYS_mknod,    SYS_unlink,    SYS_rmdir,  SYS_symlink,   SYS_link,
    SYS_rename,
#endif
};

enum { COUNT_REFUSED = sizeof refused / sizeof *refused };
enum { COUNT_WRITING = sizeof refused_writing / sizeof *refused_writing };
enum { MOST_STEPS = 2 * (COUNT_REFUSED + COUNT_WRITING) + 24 };

typedef struct Filter {
    struct sock_filter step[MOST_STEPS];
    unsigned short n;
} Filter;

#ifdef ARCH

static void put(Filter *f, uint16_t code, uint32_t k, uint8_t yes, uint8_t no)
{
    f->step[f->n++] = (struct sock_filter){code, yes, no, k};
}

static void load(Filter *f, size_t offset)
{
    put(f, BPF_LD | BPF_W | BPF_ABS, (uint32_t)offset, 0, 0);
}

static void answer(Filter *f, uint32_t what)
{
    put(f, BPF_RET | BPF_K, what, 0, 0);
}

static void refuse(Filter *f, const int *calls, int n, int error)
{
    for (int i = 0; i < n; i++) {
        put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)calls[i], 0, 1);
        answer(f, SECCOMP_RET_ERRNO | (uint32_t)error);
    }
}

/* open() with a flag that writes; the number of the call stands in the accumulator, before and after. */
static void refuse_open(Filter *f, int call, int argument)
{
    put(f, BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)call, 0, 4);
    load(f, offsetof(struct seccomp_data, args) + 8 * (size_t)argument); /* low half: little endian */
    put(f, BPF_JMP | BPF_JSET | BPF_K, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC, 0, 1);
    answer(f, SECCOMP_RET_ERRNO | EACCES);
    answer(f, SECCOMP_RET_ALLOW);
}

static void make_filter(Filter *f, bool files_too)
{
    load(f, offsetof(struct seccomp_data, arch));
    put(f, BPF_JMP | BPF_JEQ | BPF_K, ARCH, 1, 0);
    answer(f, SECCOMP_RET_KILL_PROCESS);
    load(f, offsetof(struct seccomp_data, nr));
#ifdef __x86_64__
    put(f, BPF_JMP | BPF_JGE | BPF_K, 0x40000000, 0, 1); /* the x32 calls have numbers of their own */
    answer(f, SECCOMP_RET_KILL_PROCESS);
#endif
    refuse(f, refused, COUNT_REFUSED, EPERM);
    if (files_too) {
        refuse(f, refused_writing, COUNT_WRITING, EACCES);
        refuse_open(f, SYS_openat, 2);
#ifdef SYS_open
        refuse_open(f, SYS_open, 1);
#endif
    }
    answer(f, SECCOMP_RET_ALLOW);
}

static bool lock_calls(bool files_too)
{
    Filter f = {.n = 0};
    make_filter(&f, files_too);
    struct sock_fprog program = {f.n, f.step};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}

#else

static bool lock_calls(bool files_too)
{
    (void)files_too;
    return false;
}

#endif

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
#ifdef ARCH
    got.network = prctl(PR_GET_SECCOMP, 0, 0, 0, 0) >= 0; /* EINVAL: the kernel was built without it */
#endif
    got.files = got.folder || got.network;
    return got;
}
