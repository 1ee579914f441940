/* "scans" has b.pdf, a/kế-hoạch.pdf and a link. That gives a/kế-hoạch.pdf, b.pdf and one note. lstat() comes before
 * anything is opened, so that a FIFO cannot hold the program up. */
#include "batch/walk.h"

#include "base/str.h"
#include "base/tr.h"
#include "load/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* One path has one spelling: "./scans//a.pdf" is "scans/a.pdf". "./-" stays, for "-" is standard input. */
static char *clean_path(Arena *a, const char *path)
{
    Buf b = {0};
    if (*path == '/') buf_addc(&b, '/');
    for (const char *p = path; *p;) {
        p += strspn(p, "/");
        size_t n = strcspn(p, "/");
        bool here = n == 1 && *p == '.';
        if (n && !here && b.len && b.s[b.len - 1] != '/') buf_addc(&b, '/');
        if (!here) buf_addn(&b, p, n);
        p += n;
    }
    const char *s = b.len ? b.s : *path ? "." : "";
    char *clean = str_eq(s, "-") && !str_eq(path, "-") ? arena_str(a, "./-") : arena_str(a, s);
    buf_release(&b);
    return clean;
}

static WalkFile *add_file(Walk *w, const char *path)
{
    WalkFile *f = vec_push(&w->files);
    f->path = arena_str(&w->arena, path);
    return f;
}

static Err *add_unread(Walk *w, const char *path)
{
    WalkFile *f = add_file(w, path);
    return f->err = arena_new(&w->arena, Err, 1);
}

static void add_failed(Walk *w, const char *path, const char *why)
{
    err_set(add_unread(w, path), DAU_FILE_ACCESS, "cannot open '%s': %s", path, why);
}

static const char *special_kind(mode_t mode)
{
    if (S_ISLNK(mode)) return tr_later("a symbolic link");
    if (S_ISFIFO(mode)) return tr_later("a FIFO");
    if (S_ISSOCK(mode)) return tr_later("a socket");
    if (S_ISCHR(mode) || S_ISBLK(mode)) return tr_later("a device");
    return NULL;
}

static void note_passed_over(Walk *w, const char *path, const char *kind)
{
    char made[PHRASE_SIZE], text[PHRASE_SIZE];
    phrase_make(made, "'%s': passed over, %s", path, kind);
    phrase_say(made, tr, text, sizeof text);
    *vec_push(&w->notes) = arena_str(&w->arena, text);
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void walk_folder(Walk *w, const char *path);

static void walk_entry(Walk *w, const char *path)
{
    struct stat st;
    if (lstat(path, &st) != 0) {
        add_failed(w, path, err_system(errno));
        return;
    }
    const char *special = special_kind(st.st_mode);
    if (special)
        note_passed_over(w, path, special);
    else if (S_ISDIR(st.st_mode))
        walk_folder(w, path);
    else if (access(path, R_OK) != 0)
        add_failed(w, path, err_system(errno));
    else if (load_knows(path))
        add_file(w, path);
    else
        *vec_push(&w->others) = arena_str(&w->arena, path);
}

static void walk_folder(Walk *w, const char *path)
{
    struct dirent **names;
    int n = scandir(path, &names, NULL, by_name);
    if (n < 0) {
        add_failed(w, path, err_system(errno));
        return;
    }
    for (int i = 0; i < n; i++) {
        const char *name = names[i]->d_name;
        if (strcmp(name, ".") != 0 && strcmp(name, "..") != 0)
            walk_entry(w, clean_path(&w->arena, arena_printf(&w->arena, "%s/%s", path, name)));
        free(names[i]);
    }
    free(names);
}

/* ---- a path twice is taken once: sorted by path, then by place, later ones dropped ---- */

typedef struct SeenFile {
    const char *path;
    size_t at;
} SeenFile;

static int by_path(const void *a, const void *b)
{
    const SeenFile *x = a, *y = b;
    int c = strcmp(x->path, y->path);
    return c ? c : (x->at > y->at) - (x->at < y->at);
}

static void drop_repeats(Walk *w)
{
    SeenFile *seen = xalloc((w->files.n + 1) * sizeof *seen);
    for (size_t i = 0; i < w->files.n; i++) seen[i] = (SeenFile){w->files.v[i].path, i};
    qsort(seen, w->files.n, sizeof *seen, by_path);
    for (size_t i = 1; i < w->files.n; i++)
        if (strcmp(seen[i].path, seen[i - 1].path) == 0) w->files.v[seen[i].at].path = NULL;
    size_t kept = 0;
    for (size_t i = 0; i < w->files.n; i++)
        if (w->files.v[i].path) w->files.v[kept++] = w->files.v[i];
    w->files.n = kept;
    free(seen);
}

void walk_path(Walk *w, const char *operand)
{
    struct stat st;
    const char *path = clean_path(&w->arena, operand);
    if (strcmp(path, "-") == 0)
        add_failed(
            w, path,
            tr_later("files and folders are read here; put what comes through the pipe into a file first"));
    else if (stat(path, &st) != 0)
        add_failed(w, path, err_system(errno));
    else if (S_ISDIR(st.st_mode))
        walk_folder(w, path);
    else if (special_kind(st.st_mode))
        err_set(add_unread(w, path), DAU_FILE_ACCESS,
                "cannot open '%s': it is %s; put what comes through it into a file first", path,
                special_kind(st.st_mode));
    else
        add_file(w, path);
    drop_repeats(w);
}

void walk_release(Walk *w)
{
    vec_release(&w->files);
    vec_release(&w->notes);
    vec_release(&w->others);
    arena_release(&w->arena);
    *w = (Walk){0};
}
