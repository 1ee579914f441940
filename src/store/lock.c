/* A review and an import hold "plans.db-used" together; 'dau merge -o plans.db' waits two seconds for it and gives up.
 * Who goes last removes the file. Another may have opened it just before: it sees that the name leads elsewhere by now, and
 * opens it once more.
 */
#define _XOPEN_SOURCE 700 /* realpath */
#include "store/lock.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    TRIES = 20, /* WAIT_MS apart: 2 s, for one that is just closing */
    WAIT_MS = 100
};

static bool same_file(int fd, const char *path)
{
    struct stat held, named;
    return fstat(fd, &held) == 0 && stat(path, &named) == 0 && held.st_ino == named.st_ino &&
           held.st_dev == named.st_dev;
}

/* The lock's name: beside what a link points to. */
static char *lock_path(const char *database, const char *suffix)
{
    char *real = realpath(database, NULL);
    Buf path = {0};
    buf_addf(&path, "%s%s", real ? real : database, suffix);
    free(real);
    return buf_steal(&path);
}

/* The descriptor; -1: others hold it, -2: the file cannot be made. */
static int try_lock(const char *path, int how)
{
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) return -2;
    if (flock(fd, how | LOCK_NB) == 0 && same_file(fd, path)) return fd;
    close(fd);
    return -1;
}

static void pause_between(int i)
{
    const struct timespec pause = {0, WAIT_MS * 1000000L};
    if (i) nanosleep(&pause, NULL);
}

void lock_drop(Lock *lock)
{
    if (!lock->path) return;
    if (flock(lock->fd, LOCK_EX | LOCK_NB) == 0) unlink(lock->path);
    close(lock->fd);
    free(lock->path);
    *lock = (Lock){0};
}

bool lock_take(Lock *lock, const char *database, const char *suffix, bool alone, Err *err)
{
    if (err_is(err)) return false;
    if (lock->path && !alone) return true;
    lock_drop(
        lock); /* flock() gives up what is held before it takes the other, and another may remove the file meanwhile */
    char *path = lock_path(database, suffix);
    int fd = -1;
    for (int i = 0; i < TRIES && fd == -1; i++) {
        pause_between(i);
        fd = try_lock(path, alone ? LOCK_EX : LOCK_SH);
    }
    if (fd == -2) err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", path, err_system(errno));
    if (fd >= 0)
        *lock = (Lock){path, fd};
    else
        free(path);
    return fd >= 0;
}
