/* file_create("kế hoạch.pdf") makes "kế hoạch.pdf.Xq3T1a" with mkstemp(); file_commit() syncs it and renames it. A
 * program that is killed between the two leaves the temporary file and the old "kế hoạch.pdf". SHA-256 is glib's, which
 * Poppler needs anyway. */
#define _GNU_SOURCE /* dladdr */
#include "base/file.h"

#include "base/arena.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#ifndef DAU_PREFIX
#define DAU_PREFIX "/usr/local"
#endif

enum { CHUNK = 64 * 1024 }; /* bytes read at a time */

int file_open(const char *path, Err *err)
{
    struct stat st;
    if (err_is(err)) return -1;
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) != 0) {
        err_set(err, DAU_FILE_ACCESS, "cannot open '%s': %s", path, err_system(errno));
        if (fd >= 0) close(fd);
        return -1;
    }
    if (S_ISDIR(st.st_mode)) {
        err_set(err, DAU_FILE_ACCESS, "cannot read '%s': it is a folder, a file is wanted here", path);
        close(fd);
        return -1;
    }
    return fd;
}

static bool read_all(int fd, const char *path, size_t limit, Buf *b, Err *err)
{
    char *chunk = xalloc(CHUNK);
    ssize_t got;
    while ((got = read(fd, chunk, CHUNK)) > 0 || (got < 0 && errno == EINTR)) {
        if (got > 0) buf_addn(b, chunk, (size_t)got);
        if (limit && b->len > limit) {
            err_set(err, DAU_LIMIT, "'%s' is over the limit of %zu MB for a file", path, limit >> 20);
            break;
        }
    }
    if (got < 0) err_set(err, DAU_FILE_ACCESS, "cannot read '%s': %s", path, err_system(errno));
    free(chunk);
    return !err_is(err);
}

bool file_read(const char *path, size_t limit, Buf *b, Err *err)
{
    buf_clear(b);
    int fd = file_open(path, err);
    if (fd < 0) return false;
    bool ok = read_all(fd, path, limit, b, err);
    close(fd);
    return ok;
}

static bool write_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t w = write(fd, p, n);
        if (w < 0 && errno == EINTR) continue;
        if (w <= 0) return false;
        p += w;
        n -= (size_t)w;
    }
    return true;
}

static bool write_failed(const char *path, Err *err)
{
    return err_set(err, DAU_FILE_ACCESS, "cannot write '%s': %s", path, err_system(errno));
}

struct FileOut {
    Buf path, tmp;
    int fd;
    bool failed; /* errno of the first failure is in `why` */
    int why;
};

FileOut *file_create(const char *path, Err *err)
{
    if (err_is(err)) return NULL;
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
        err_set(err, DAU_FILE_ACCESS, "cannot write '%s': it is a folder; name a file in it", path);
        return NULL;
    }
    FileOut *f = xalloc(sizeof *f);
    *f = (FileOut){.fd = STDOUT_FILENO};
    buf_add(&f->path, path);
    if (strcmp(path, "-") == 0) return f;
    buf_addf(&f->tmp, "%s.XXXXXX", path);
    f->fd = mkstemp(f->tmp.s);
    if (f->fd >= 0) return f;
    write_failed(path, err);
    f->tmp.s[0] = '\0';
    file_abandon(f);
    return NULL;
}

void file_put(FileOut *f, const void *data, size_t n)
{
    if (f->failed || write_all(f->fd, data, n)) return;
    f->failed = true;
    f->why = errno;
}

/* The temporary file, complete and on the disk, takes the name. */
static bool settle(FileOut *f)
{
    bool ok = fchmod(f->fd, 0644) == 0 && fsync(f->fd) == 0;
    if (close(f->fd) != 0) ok = false;
    f->fd = -1;
    return ok && rename(f->tmp.s, f->path.s) == 0;
}

const char *file_making(const FileOut *f)
{
    return f->tmp.s;
}

bool file_commit(FileOut *f, Err *err)
{
    if (err_is(err)) {
        file_abandon(f);
        return false;
    }
    bool ok = !f->failed;
    if (f->failed) errno = f->why;
    if (ok && f->tmp.s) ok = settle(f);
    if (!ok) write_failed(f->tmp.s ? f->path.s : "standard output", err);
    if (ok && f->tmp.s) f->tmp.s[0] = '\0'; /* it is not ours to remove any more */
    file_abandon(f);
    return ok;
}

void file_abandon(FileOut *f)
{
    if (!f) return;
    if (f->tmp.s && f->fd >= 0) close(f->fd);
    if (f->tmp.s && f->tmp.s[0]) unlink(f->tmp.s);
    buf_release(&f->tmp);
    buf_release(&f->path);
    free(f);
}

bool file_write(const char *path, const void *data, size_t n, Err *err)
{
    FileOut *f = file_create(path, err);
    if (!f) return false;
    file_put(f, data, n);
    return file_commit(f, err);
}

bool file_map(const char *path, FileMap *m, Err *err)
{
    struct stat st;
    *m = (FileMap){0};
    int fd = file_open(path, err);
    if (fd < 0) return false;
    if (fstat(fd, &st) == 0 && st.st_size > 0) {
        void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (p == MAP_FAILED)
            err_set(err, DAU_FILE_ACCESS, "cannot map '%s': %s", path, err_system(errno));
        else
            *m = (FileMap){p, (size_t)st.st_size};
    }
    close(fd);
    return !err_is(err);
}

void file_unmap(FileMap *m)
{
    if (m->data) munmap((void *)(uintptr_t)m->data, m->size);
    *m = (FileMap){0};
}

const char *file_short_name(Arena *a, const char *name)
{
    enum { MOST = 220, MOST_ENDING = 16 }; /* bytes */
    size_t n = strlen(name);
    const char *dot = strrchr(name, '.');
    size_t ending = dot && n - (size_t)(dot - name) <= MOST_ENDING ? n - (size_t)(dot - name) : 0;
    size_t cut = MOST - ending;
    if (n <= MOST) return name;
    while (cut > 0 && ((unsigned char)name[cut] & 0xC0) == 0x80) cut--; /* no letter is cut through */
    return arena_printf(a, "%.*s%s", (int)cut, name, name + n - ending);
}

void sha256_hex(const void *data, size_t n, char hex[65])
{
    char *h = g_compute_checksum_for_data(G_CHECKSUM_SHA256, data ? data : (const void *)"", n);
    memcpy(hex, h, 65);
    g_free(h);
}

bool file_sha256(const char *path, char hex[65], Err *err)
{
    int fd = file_open(path, err);
    if (fd < 0) return false;
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    unsigned char *chunk = xalloc(CHUNK);
    ssize_t got;
    while ((got = read(fd, chunk, CHUNK)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0) g_checksum_update(sum, chunk, got);
    if (got < 0) err_set(err, DAU_FILE_ACCESS, "cannot read '%s': %s", path, err_system(errno));
    memcpy(hex, g_checksum_get_string(sum), 65);
    free(chunk);
    g_checksum_free(sum);
    close(fd);
    return !err_is(err);
}

static bool data_in(const char *folder, const char *name, char *path, size_t cap)
{
    int n = snprintf(path, cap, "%s/%s", folder, name);
    return n > 0 && (size_t)n < cap && access(path, R_OK) == 0;
}

bool file_self(char *path, size_t cap)
{
    ssize_t n = readlink("/proc/self/exe", path, cap - 1);
    if (n > 0) {
        path[n] = '\0';
        return true;
    }
    const char *started = (const char *)getauxval(AT_EXECFN); /* a bare chroot has no /proc */
    if (!started || !strchr(started, '/')) return false;
    return (size_t)snprintf(path, cap, "%s", started) < cap;
}

/* libdau.so, when this code stands in it. */
static bool library_self(char *path, size_t cap)
{
    static const char in_here = 0;
    Dl_info info;
    if (!dladdr(&in_here, &info) || !info.dli_fname || !strchr(info.dli_fname, '/')) return false;
    return (size_t)snprintf(path, cap, "%s", info.dli_fname) < cap;
}

/* Beside the program or library `self`, which has room for 64 bytes more. */
static bool data_near(char *self, const char *name, char *path, size_t cap)
{
    size_t n = strlen(self);
    for (int up = 0; n > 0 && up < 3; up++) { /* build/dau, build/asan/dau, build/tests/test_x */
        while (n > 0 && self[n - 1] != '/') n--;
        if (n <= 1) break;
        snprintf(self + n, 64, "../dicts");
        if (data_in(self, name, path, cap)) return true;
        snprintf(self + n, 64, "../share/dau"); /* installed, wherever the whole of it was moved to */
        if (data_in(self, name, path, cap)) return true;
        n--;
    }
    return false;
}

bool file_data(const char *name, char *path, size_t cap, Err *err)
{
    if (err_is(err)) return false;
    const char *set = getenv("DAU_DATA");
    if (set && *set) {
        if (data_in(set, name, path, cap)) return true;
        return err_set(err, DAU_MISSING, "cannot find '%s' in '%s'; set DAU_DATA to the folder dicts of dau",
                       name, set);
    }
    char self[4096 + 64];
    if (file_self(self, 4096) && data_near(self, name, path, cap)) return true;
    if (library_self(self, 4096) && data_near(self, name, path, cap)) return true;
    if (data_in(DAU_PREFIX "/share/dau", name, path, cap)) return true;
    return err_set(err, DAU_MISSING,
                   "cannot find the data file '%s'; run 'make install', or set DAU_DATA to the folder dicts",
                   name);
}

static void empty_folder(int fd)
{
    DIR *d = fdopendir(fd);
    if (!d) {
        close(fd);
        return;
    }
    for (struct dirent *e; (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        if (unlinkat(dirfd(d), e->d_name, 0) == 0) continue;
        int inner = openat(dirfd(d), e->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (inner < 0) continue;
        empty_folder(inner);
        unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR);
    }
    closedir(d);
}

void folder_remove(const char *path)
{
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) empty_folder(fd);
    rmdir(path);
}

const char *file_base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}
