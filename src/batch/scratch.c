/* flock() on the folder itself. A run over "kế hoạch.pdf" was killed and left /tmp/dau-work-a1b2c3: the sweep opens that,
 * gets the lock at once, and removes it. The lock of a run at work is refused, and its folder stays. */
#include "batch/scratch.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/str.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TRIES = 10 }; /* each lost to a sweep at that very moment */
static const char PREFIX[] = "dau-work-";

struct Scratch {
    char *path;
    int lock;
};

static const char *temporary_folder(void)
{
    const char *set = getenv("TMPDIR");
    return set && *set == '/' ? set : "/tmp";
}

/* Held by us, and still there: a sweep may have come between making it and locking it. */
static bool hold(Scratch *s)
{
    struct stat st;
    s->lock = open(s->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0 && stat(s->path, &st) == 0) return true;
    if (s->lock >= 0) close(s->lock);
    rmdir(s->path);
    return false;
}

static char *make_path(void)
{
    Buf path = {0};
    buf_addf(&path, "%s/%sXXXXXX", temporary_folder(), PREFIX);
    if (mkdtemp(path.s)) return buf_steal(&path);
    buf_release(&path);
    return NULL;
}

Scratch *scratch_new(Err *err)
{
    if (err_is(err)) return NULL;
    Scratch *s = xalloc(sizeof *s);
    for (int i = 0; i < TRIES; i++) {
        s->path = make_path();
        if (s->path && hold(s)) return s;
        free(s->path);
    }
    free(s);
    err_set(err, DAU_FILE_ACCESS, "cannot make a folder in '%s': %s; TMPDIR names another",
            temporary_folder(), err_system(errno));
    return NULL;
}

const char *scratch_path(const Scratch *s)
{
    return s->path;
}

void scratch_free(Scratch *s)
{
    if (!s) return;
    folder_remove(s->path);
    if (s->lock >= 0) close(s->lock);
    free(s->path);
    free(s);
}

/* Removes it when it is ours and nobody holds it. */
static bool remove_left(const char *path)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) return false;
    bool left = fstat(fd, &st) == 0 && st.st_uid == geteuid() && flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (left) folder_remove(path); /* still locked: a creator that waits behind us finds it gone */
    close(fd);
    return left;
}

int scratch_sweep(void)
{
    int removed = 0;
    const char *folder = temporary_folder();
    DIR *d = opendir(folder);
    if (!d) return 0;
    for (struct dirent *e; (e = readdir(d));) {
        if (!str_starts(e->d_name, PREFIX)) continue;
        Buf path = {0};
        buf_addf(&path, "%s/%s", folder, e->d_name);
        removed += remove_left(path.s);
        buf_release(&path);
    }
    closedir(d);
    return removed;
}
