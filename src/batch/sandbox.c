/* Locks, each of which the kernel may lack. What a worker meets whose decoder a broken "kế hoạch.tif" has taken over:
 *
 *     socket(AF_INET, ...)                  ──► seccomp:  the call is not among those allowed, EPERM
 *     ioctl(tty, TIOCSTI, "r")              ──► seccomp:  the call is, but not this request, ENOSYS
 *     open("/home/x/.profile", O_WRONLY)    ──► Landlock: the path is not under the worker's folder, EACCES
 *
 * A refused call fails and does not kill. Libraries try much (a socket to a name service, a cache of fonts) and go on
 * without it. ENOSYS is what a kernel says that does not know a call. The C library then takes an older one: clone() for
 * clone3(). So calls that are newer than this list are refused, and nothing breaks. Only a call in the numbers of another
 * architecture kills, because nothing of ours makes one.
 */
#define _GNU_SOURCE /* syscall, O_PATH */
#include "batch/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
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
    TRUNCATE = 1 << 14,       /* version 3 */
    IOCTL_DEV = 1 << 15       /* version 5: requests to devices that are opened from now on */
};
enum { BIND_TCP = 1, CONNECT_TCP = 2 };               /* version 4 */
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
    if (version >= 5) files |= IOCTL_DEV;
    Ruleset rules = {files, version >= 4 ? BIND_TCP | CONNECT_TCP : 0,
                     version >= 6 ? SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL : 0};
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

/* What Tesseract, Leptonica, Poppler, libarchive, antiword and what they stand on may call. Of open(), clone(), ioctl(),
 * prctl() and prlimit64() only some requests: allow_parts(). libseccomp passes over those that an architecture lacks. */
static const int allowed[] = {
    /* descriptors */
    SCMP_SYS(read),
    SCMP_SYS(write),
    SCMP_SYS(readv),
    SCMP_SYS(writev),
    SCMP_SYS(pread64),
    SCMP_SYS(pwrite64),
    SCMP_SYS(preadv),
    SCMP_SYS(pwritev),
    SCMP_SYS(preadv2),
    SCMP_SYS(pwritev2),
    SCMP_SYS(lseek),
    SCMP_SYS(_llseek),
    SCMP_SYS(close),
    SCMP_SYS(close_range),
    SCMP_SYS(dup),
    SCMP_SYS(dup2),
    SCMP_SYS(dup3),
    SCMP_SYS(pipe),
    SCMP_SYS(pipe2),
    SCMP_SYS(poll),
    SCMP_SYS(ppoll),
    SCMP_SYS(ppoll_time64),
    SCMP_SYS(select),
    SCMP_SYS(_newselect),
    SCMP_SYS(pselect6),
    SCMP_SYS(pselect6_time64),
    SCMP_SYS(epoll_create),
    SCMP_SYS(epoll_create1),
    SCMP_SYS(epoll_ctl),
    SCMP_SYS(epoll_wait),
    SCMP_SYS(epoll_pwait),
    SCMP_SYS(eventfd),
    SCMP_SYS(eventfd2),
    SCMP_SYS(fcntl),
    SCMP_SYS(fcntl64),
    SCMP_SYS(flock),
    SCMP_SYS(fsync),
    SCMP_SYS(fdatasync),
    SCMP_SYS(ftruncate),
    SCMP_SYS(ftruncate64),
    SCMP_SYS(fallocate),
    SCMP_SYS(memfd_create), /* a PDF with a password is opened by a descriptor */
    SCMP_SYS(fadvise64),
    SCMP_SYS(fadvise64_64),
    SCMP_SYS(arm_fadvise64_64),
    SCMP_SYS(readahead),
    SCMP_SYS(copy_file_range),
    SCMP_SYS(sendfile),
    SCMP_SYS(sendfile64),
    SCMP_SYS(recv),
    SCMP_SYS(recvfrom),
    SCMP_SYS(recvmsg),
    SCMP_SYS(shutdown),
    /* paths, to read */
    SCMP_SYS(stat),
    SCMP_SYS(stat64),
    SCMP_SYS(lstat),
    SCMP_SYS(lstat64),
    SCMP_SYS(fstat),
    SCMP_SYS(fstat64),
    SCMP_SYS(newfstatat),
    SCMP_SYS(fstatat64),
    SCMP_SYS(statx),
    SCMP_SYS(statfs),
    SCMP_SYS(statfs64),
    SCMP_SYS(fstatfs),
    SCMP_SYS(fstatfs64),
    SCMP_SYS(access),
    SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2),
    SCMP_SYS(readlink),
    SCMP_SYS(readlinkat),
    SCMP_SYS(getdents),
    SCMP_SYS(getdents64),
    SCMP_SYS(getcwd),
    SCMP_SYS(chdir),
    SCMP_SYS(fchdir),
    SCMP_SYS(umask),
    SCMP_SYS(getxattr),
    SCMP_SYS(lgetxattr),
    SCMP_SYS(fgetxattr),
    /* memory */
    SCMP_SYS(brk),
    SCMP_SYS(mmap),
    SCMP_SYS(mmap2),
    SCMP_SYS(munmap),
    SCMP_SYS(mremap),
    SCMP_SYS(mprotect),
    SCMP_SYS(madvise),
    SCMP_SYS(msync),
    SCMP_SYS(mincore),
    SCMP_SYS(mlock),
    SCMP_SYS(munlock),
    SCMP_SYS(get_mempolicy),
    /* processes, threads */
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
    SCMP_SYS(execve),
    SCMP_SYS(exit),
    SCMP_SYS(exit_group),
    SCMP_SYS(wait4),
    SCMP_SYS(waitid),
    SCMP_SYS(waitpid),
    SCMP_SYS(getpid),
    SCMP_SYS(gettid),
    SCMP_SYS(getppid),
    SCMP_SYS(getpgrp),
    SCMP_SYS(getpgid),
    SCMP_SYS(getsid),
    SCMP_SYS(getuid),
    SCMP_SYS(getuid32),
    SCMP_SYS(geteuid),
    SCMP_SYS(geteuid32),
    SCMP_SYS(getgid),
    SCMP_SYS(getgid32),
    SCMP_SYS(getegid),
    SCMP_SYS(getegid32),
    SCMP_SYS(getgroups),
    SCMP_SYS(getgroups32),
    SCMP_SYS(getresuid),
    SCMP_SYS(getresuid32),
    SCMP_SYS(getresgid),
    SCMP_SYS(getresgid32),
    SCMP_SYS(getrusage),
    SCMP_SYS(times),
    SCMP_SYS(getrlimit),
    SCMP_SYS(ugetrlimit),
    SCMP_SYS(setrlimit),
    SCMP_SYS(getpriority),
    SCMP_SYS(sysinfo),
    SCMP_SYS(uname),
    SCMP_SYS(getcpu),
    SCMP_SYS(capget),
    SCMP_SYS(arch_prctl),
    SCMP_SYS(set_thread_area),
    SCMP_SYS(get_thread_area),
    SCMP_SYS(set_tid_address),
    SCMP_SYS(set_robust_list),
    SCMP_SYS(get_robust_list),
    SCMP_SYS(set_tls),
    SCMP_SYS(cacheflush),
    SCMP_SYS(rseq),
    SCMP_SYS(membarrier),
    SCMP_SYS(futex),
    SCMP_SYS(futex_time64),
    SCMP_SYS(sched_yield),
    SCMP_SYS(sched_getaffinity),
    SCMP_SYS(sched_getparam),
    SCMP_SYS(sched_getscheduler),
    SCMP_SYS(sched_get_priority_max),
    SCMP_SYS(sched_get_priority_min),
    /* time */
    SCMP_SYS(time),
    SCMP_SYS(gettimeofday),
    SCMP_SYS(clock_gettime),
    SCMP_SYS(clock_gettime64),
    SCMP_SYS(clock_getres),
    SCMP_SYS(clock_getres_time64),
    SCMP_SYS(nanosleep),
    SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_nanosleep_time64),
    SCMP_SYS(alarm),
    SCMP_SYS(setitimer),
    SCMP_SYS(getitimer),
    SCMP_SYS(getrandom),
    /* signals, which Landlock keeps among our own (Linux 6.12) */
    SCMP_SYS(rt_sigaction),
    SCMP_SYS(rt_sigprocmask),
    SCMP_SYS(rt_sigreturn),
    SCMP_SYS(rt_sigpending),
    SCMP_SYS(rt_sigsuspend),
    SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(rt_sigtimedwait_time64),
    SCMP_SYS(rt_sigqueueinfo),
    SCMP_SYS(sigaction),
    SCMP_SYS(sigprocmask),
    SCMP_SYS(sigreturn),
    SCMP_SYS(sigaltstack),
    SCMP_SYS(restart_syscall),
    SCMP_SYS(pause),
    SCMP_SYS(kill),
    SCMP_SYS(tkill),
    SCMP_SYS(tgkill),
    SCMP_SYS(signal),
};

/* Allowed where Landlock looks at the path. */
static const int writing[] = {
    SCMP_SYS(mkdir),  SCMP_SYS(mkdirat),  SCMP_SYS(unlink),    SCMP_SYS(unlinkat), SCMP_SYS(rmdir),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(creat),    SCMP_SYS(openat2),
};

/* Refused as what is not permitted; whatever stands in no list, as what the kernel lacks. */
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
    SCMP_SYS(io_uring_setup),
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
    SCMP_SYS(setpriority),
    SCMP_SYS(setsid),
    SCMP_SYS(setpgid),
    SCMP_SYS(mknod),
    SCMP_SYS(mknodat),
    SCMP_SYS(link),
    SCMP_SYS(linkat),
    SCMP_SYS(symlink),
    SCMP_SYS(symlinkat),
};

#define COUNT(list) (int)(sizeof(list) / sizeof *(list))

static bool add_all(scmp_filter_ctx f, uint32_t action, const int *calls, int n)
{
    bool ok = true;
    for (int i = 0; i < n; i++) ok &= seccomp_rule_add(f, action, calls[i], 0) == 0;
    return ok;
}

static bool allow_when(scmp_filter_ctx f, int call, unsigned argument, uint64_t mask, uint64_t value)
{
    return seccomp_rule_add(f, SCMP_ACT_ALLOW, call, 1,
                            SCMP_CMP(argument, SCMP_CMP_MASKED_EQ, mask, value)) == 0;
}

/* Only these requests, by the 32 bits of the argument that the kernel looks at. */
static bool allow_requests(scmp_filter_ctx f, int call, unsigned argument, const uint32_t *requests, int n)
{
    bool ok = true;
    for (int i = 0; i < n; i++) ok &= allow_when(f, call, argument, UINT32_MAX, requests[i]);
    return ok;
}

static bool allow_parts(scmp_filter_ctx f)
{
    enum { NAME_MEMORY = 0x53564d41, CLONE_FLAGS_AT = 0 };
    static const uint32_t ioctls[] = {TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIOCLEX, FIONCLEX};
    static const uint32_t prctls[] = {PR_SET_NAME, PR_GET_NAME, PR_SET_PDEATHSIG, PR_GET_DUMPABLE,
                                      NAME_MEMORY};
    static const uint32_t self[] = {0};
    const uint64_t spaces = CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER |
                            CLONE_NEWPID | CLONE_NEWNET;
#ifdef __s390__
    unsigned clone_flags = CLONE_FLAGS_AT + 1;
#else
    unsigned clone_flags = CLONE_FLAGS_AT;
#endif
    return allow_requests(f, SCMP_SYS(ioctl), 1, ioctls, COUNT(ioctls)) &&
           allow_requests(f, SCMP_SYS(prctl), 0, prctls, COUNT(prctls)) &&
           allow_requests(f, SCMP_SYS(prlimit64), 0, self, COUNT(self)) &&
           allow_when(f, SCMP_SYS(clone), clone_flags, spaces, 0);
}

/* Without Landlock open() may not write: none of its flags that do. */
static bool allow_open(scmp_filter_ctx f, bool to_write)
{
    uint64_t flags = to_write ? 0 : O_ACCMODE | O_CREAT | O_TRUNC;
    return allow_when(f, SCMP_SYS(openat), 2, flags, 0) && allow_when(f, SCMP_SYS(open), 1, flags, 0);
}

enum { BY_TREE = 2 }; /* the numbers are looked up by halves, in place of one after the other */

static bool lock_calls(bool to_write)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_ERRNO(ENOSYS));
    bool ok = f && seccomp_attr_set(f, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
              seccomp_attr_set(f, SCMP_FLTATR_CTL_OPTIMIZE, BY_TREE) == 0 &&
              add_all(f, SCMP_ACT_ALLOW, allowed, COUNT(allowed)) &&
              add_all(f, SCMP_ACT_ERRNO(EPERM), refused, COUNT(refused)) &&
              add_all(f, to_write ? SCMP_ACT_ALLOW : SCMP_ACT_ERRNO(EACCES), writing, COUNT(writing)) &&
              allow_parts(f) && allow_open(f, to_write) && seccomp_load(f) == 0;
    if (f) seccomp_release(f);
    return ok;
}

/* ---- capabilities ---- */

/* Root keeps one: to read what belongs to others, as the parent could. */
static void drop_capabilities(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct has[2] = {0};
    if (syscall(SYS_capget, &head, has) != 0) return;
    uint32_t kept = has[0].permitted & 1U << CAP_DAC_READ_SEARCH;
    has[0] = (struct __user_cap_data_struct){.effective = kept, .permitted = kept};
    has[1] = (struct __user_cap_data_struct){0};
    syscall(SYS_capset, &head, has);
}

Sandbox sandbox_enter(const char *folder)
{
    Sandbox got = {0};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return got;
    got.folder = lock_files(folder);
    drop_capabilities();
    got.network = lock_calls(got.folder);
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
