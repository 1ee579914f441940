/* It does not matter what changed, only that something did, "kế hoạch.pdf" say. The folder is walked again, and a known
 * file costs one stat(). So a lost event or an overflow of the queue loses nothing. */
#define _DEFAULT_SOURCE /* d_type */
#include "batch/watch.h"

#include "base/arena.h"
#include "base/str.h"

#include <dirent.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

static const uint32_t CHANGES = IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | IN_MOVED_TO | IN_MOVED_FROM |
                                IN_CREATE | IN_DELETE | IN_DONT_FOLLOW;

struct Watch {
    int fd; /* -1: the kernel has none to give */
};

Watch *watch_open(void)
{
    Watch *w = xalloc(sizeof *w);
    w->fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    return w;
}

void watch_folder(Watch *w, const char *path)
{
    struct stat st;
    if (w->fd < 0 || lstat(path, &st) != 0 || S_ISLNK(st.st_mode)) return;
    inotify_add_watch(w->fd, path, CHANGES);
    DIR *d = S_ISDIR(st.st_mode) ? opendir(path) : NULL;
    if (!d) return;
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (e->d_type != DT_DIR && e->d_type != DT_UNKNOWN) continue;
        Buf below = {0};
        buf_addf(&below, "%s/%s", path, e->d_name);
        if (e->d_type == DT_DIR || (lstat(below.s, &st) == 0 && S_ISDIR(st.st_mode)))
            watch_folder(w, below.s);
        buf_release(&below);
    }
    closedir(d);
}

bool watch_wait(Watch *w, int ms)
{
    char events[16 * 1024];
    bool changed = false;
    struct pollfd wait = {.fd = w->fd, .events = POLLIN};
    if (poll(&wait, w->fd >= 0, ms) <= 0) return false;
    while (read(w->fd, events, sizeof events) > 0) changed = true;
    return changed;
}

void watch_close(Watch *w)
{
    if (!w) return;
    if (w->fd >= 0) close(w->fd);
    free(w);
}
