/* faulty: a disk that fills up or fails, for tests: LD_PRELOAD=faulty.so DAU_FAULT=full:40 dau run ...
 *
 *     full:N    after N writes to files named *.db* every further one ends with ENOSPC
 *     sync:N    after N syncs of such files every further one ends with EIO
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at);
ssize_t pwrite(int fd, const void *p, size_t n, off_t at);
ssize_t write(int fd, const void *p, size_t n);
int fsync(int fd);
int fdatasync(int fd);

static long used;

/* Is it this kind of fault, and its time? */
static int strikes(const char *kind, int fd)
{
    const char *fault = getenv("DAU_FAULT");
    size_t n = strlen(kind);
    char link[64], path[4096];
    if (!fault || strncmp(fault, kind, n) != 0 || fault[n] != ':') return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t len = readlink(link, path, sizeof path - 1);
    if (len < 0) return 0;
    path[len] = '\0';
    return strstr(path, ".db") && used++ >= atol(fault + n + 1);
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite64(int fd, const void *p, size_t n, off64_t at)
{
    if (strikes("full", fd)) return errno = ENOSPC, -1;
    return REAL(pwrite64)(fd, p, n, at);
}

ssize_t pwrite(int fd, const void *p, size_t n, off_t at)
{
    if (strikes("full", fd)) return errno = ENOSPC, -1;
    return REAL(pwrite)(fd, p, n, at);
}

ssize_t write(int fd, const void *p, size_t n)
{
    if (strikes("full", fd)) return errno = ENOSPC, -1;
    return REAL(write)(fd, p, n);
}

int fsync(int fd)
{
    if (strikes("sync", fd)) return errno = EIO, -1;
    return REAL(fsync)(fd);
}

int fdatasync(int fd)
{
    if (strikes("sync", fd)) return errno = EIO, -1;
    return REAL(fdatasync)(fd);
}
