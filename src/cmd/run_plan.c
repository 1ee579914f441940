/* Which files are new, which are known? Of a.pdf, b.pdf and copy-of-a.pdf, with a.pdf read yesterday:
 *
 *     a.pdf          size and times as stored: known without reading it
 *     b.pdf          hashed; no such document: to be read
 *     copy-of-a.pdf  hashed; it is the document of a.pdf: it gets a row in `files`, no more
 *
 * Times are trusted only when the hash was taken well after them (git calls the others "racily clean").
 */
#include "cmd/run.h"

#include "base/file.h"
#include "base/str.h"
#include "base/tr.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const int64_t NS = 1000000000;
static const int64_t SETTLED_NS = 2 * 1000000000LL; /* file systems keep times to 2 s (FAT) or better */

static int64_t ns(struct timespec t)
{
    return (int64_t)t.tv_sec * NS + t.tv_nsec;
}

static bool take_stat(const char *path, Input *in)
{
    struct stat st;
    if (stat(path, &st) != 0) return false;
    in->size = st.st_size, in->mtime = ns(st.st_mtim), in->ctime = ns(st.st_ctim);
    return true;
}

bool input_unchanged(const Input *in)
{
    Input is;
    return take_stat(in->path, &is) && is.size == in->size && is.mtime == in->mtime && is.ctime == in->ctime;
}

static bool same_times(const Input *in, const FileSeen *was)
{
    return in->size == was->size && in->mtime == was->mtime && in->ctime == was->ctime;
}

static bool settled(const FileSeen *was)
{
    int64_t last = was->mtime > was->ctime ? was->mtime : was->ctime;
    return was->seen - last > SETTLED_NS;
}

static void set_failed(Plan *plan, Input *in, const Err *why)
{
    in->err = arena_dup(&plan->arena, why, sizeof *why);
    in->code = why->code;
    in->sha256[0] = '\0';
}

static void look_failed(Input *in, const FileSeen *was, bool known)
{
    in->known = known && err_same(&was->why, in->err);
    if (known) in->document = was->document; /* what was read of it stays */
}

/* Its SHA-256, from the database where that may be trusted, else from its bytes. */
static bool find_sha256(Plan *plan, Store *store, Input *in, const FileSeen *was, bool known, Err *err)
{
    Document doc;
    if (known && was->document && same_times(in, was) && settled(was)) {
        if (!store_load_document(store, was->document, &doc, err)) return false;
        memcpy(in->sha256, doc.sha256, sizeof in->sha256);
        in->seen = was->seen;
        return true;
    }
    struct timespec t;
    Err why = {0};
    clock_gettime(CLOCK_REALTIME, &t);
    in->seen = ns(t);
    if (!file_sha256(in->path, in->sha256, &why)) set_failed(plan, in, &why);
    return !err_is(&why);
}

/* What is said of its columns, now or before. */
static void look_columns(Plan *plan, Store *store, Input *in, Err *err)
{
    in->columns = plan->columns;
    if (!plan->columns && in->document)
        in->columns = store_load_columns(store, in->document, &plan->arena, err);
    if (in->columns && !*in->columns) in->columns = NULL;
}

static void look_document(Plan *plan, Store *store, Input *in, const FileSeen *was, bool known,
                          const LineKeys *keys, Err *err)
{
    Document doc = {0};
    LineKeySet extract;
    bool there = store_lookup_document(store, in->sha256, &doc, err);
    in->document = there ? doc.id : 0;
    look_columns(plan, store, in, err);
    line_keys_said(&keys->extract, in->columns, &extract);
    in->todo =
        !there || plan->force || doc.state != DOCUMENT_DONE || !doc.key[0] || !strstr(extract.any, doc.key);
    in->known = known && there && was->document == doc.id && !was->why.code;
    in->touched = in->known && (!same_times(in, was) || in->seen != was->seen);
}

static bool look(Plan *plan, Store *store, Input *in, const LineKeys *keys, Err *err)
{
    FileSeen was = {0};
    Err why = {0};
    bool known = store_lookup_file(store, in->path, &was, err);
    if (err_is(err)) return false;
    if (!in->err && !take_stat(in->path, in)) {
        err_set(&why, DAU_FILE_ACCESS, "cannot open '%s': %s", in->path, err_system(errno));
        set_failed(plan, in, &why);
    }
    if (!in->err && find_sha256(plan, store, in, &was, known, err))
        look_document(plan, store, in, &was, known, keys, err);
    if (in->err) look_failed(in, &was, known);
    return !err_is(err);
}

/* ---- files with the same bytes ---- */

typedef struct Twin {
    const char *sha256;
    int at;
} Twin;

static int by_bytes(const void *a, const void *b)
{
    const Twin *x = a, *y = b;
    int c = strcmp(x->sha256, y->sha256);
    return c ? c : x->at - y->at;
}

static void chain(Plan *plan)
{
    int n = (int)plan->inputs.n;
    Twin *twin = xalloc(((size_t)n + 1) * sizeof *twin);
    for (int i = 0; i < n; i++) twin[i] = (Twin){plan->inputs.v[i].sha256, i};
    qsort(twin, (size_t)n, sizeof *twin, by_bytes);
    for (int i = 0; i < n; i++) {
        Input *in = &plan->inputs.v[twin[i].at];
        in->leader = twin[i].at;
        in->next = -1;
        if (!i || in->err || strcmp(twin[i].sha256, twin[i - 1].sha256) != 0) continue;
        Input *before = &plan->inputs.v[twin[i - 1].at];
        in->leader = before->leader;
        before->next = twin[i].at;
        in->todo = false;
    }
    free(twin);
}

static void say_looking(Progress *progress, size_t done, size_t all)
{
    char sentence[80];
    snprintf(sentence, sizeof sentence, tr("looking at files: %zu of %zu"), done, all);
    progress_say(progress, sentence);
}

/* Of a file that cannot be read the name says whose it is. */
static bool is_ours(const Plan *plan, const Input *in)
{
    char hex[65];
    if (plan->shard.count < 2 || !in->err) return shard_has(&plan->shard, in->sha256);
    sha256_hex(in->path, strlen(in->path), hex);
    return shard_has(&plan->shard, hex);
}

/* Somebody may still be writing it. */
static bool is_at_rest(const Plan *plan, const WalkFile *file)
{
    Input is = {0};
    struct timespec t;
    if (!plan->settle_ms || file->err || !take_stat(file->path, &is)) return true;
    clock_gettime(CLOCK_REALTIME, &t);
    return ns(t) - is.ctime > (int64_t)plan->settle_ms * 1000000;
}

/* One try is enough while a folder is watched: of the bytes, or of a name that cannot be read. */
static bool was_tried(const Plan *plan, const Input *in)
{
    if (!plan->tried || !(in->err || in->todo)) return false;
    return (*map_at(plan->tried, in->err ? in->err->text : in->sha256))++ > 0;
}

static void plan_file(Plan *plan, Store *store, const WalkFile *file, const LineKeys *keys, Err *err)
{
    if (!is_at_rest(plan, file)) {
        plan->unrest++;
        return;
    }
    Input *in = vec_push(&plan->inputs);
    in->path = file->path;
    if (file->err) set_failed(plan, in, file->err);
    look(plan, store, in, keys, err);
    bool ours = is_ours(plan, in);
    if (ours && !was_tried(plan, in)) return;
    plan->inputs.n--;
    plan->others += !ours;
}

bool plan_make(Plan *plan, Store *store, const Walk *walk, const LineKeys *keys, Progress *progress, Err *err)
{
    for (size_t i = 0; i < walk->files.n && !err_is(err); i++) {
        plan_file(plan, store, &walk->files.v[i], keys, err);
        say_looking(progress, i, walk->files.n);
        if (run_interrupted) err_set(err, DAU_INTERRUPTED, "interrupted");
    }
    chain(plan);
    for (size_t i = 0; i < plan->inputs.n; i++) {
        plan->todo += plan->inputs.v[i].todo;
        plan->rows += !plan->inputs.v[i].known;
    }
    return !err_is(err);
}

/* ---- into the database ---- */

static void write_document(const Plan *plan, Store *store, Input *in, Err *err)
{
    if (!in->document) in->document = store_add_document(store, in->sha256, in->size, err);
    if (!in->todo) return;
    if (plan->columns) store_say_columns(store, in->document, plan->columns, err);
    store_reopen_document(store, in->document, plan->force, err);
}

/* The path from the root, symbolic links left as they are. */
static const char *absolute_path(Arena *a, const char *path)
{
    char cwd[PATH_MAX];
    if (path[0] == '/') return path;
    return getcwd(cwd, sizeof cwd) ? arena_printf(a, "%s/%s", cwd, path) : NULL;
}

static void write_file(Store *store, const Input *in, Err *err)
{
    FileSeen file = {in->document, in->size, in->mtime, in->ctime, in->seen, {0}};
    if (in->err) file.why = *in->err;
    Arena a = {0};
    store_put_file(store, in->path, absolute_path(&a, in->path), &file, err);
    arena_release(&a);
}

bool plan_write(Plan *plan, Store *store, Err *err)
{
    for (size_t i = 0; i < plan->inputs.n && !err_is(err); i++) {
        Input *in = &plan->inputs.v[i];
        const Input *leader = &plan->inputs.v[in->leader];
        if (in != leader)
            in->document = leader->document;
        else if (!in->err)
            write_document(plan, store, in, err);
        if (!in->known || in->touched) write_file(store, in, err);
    }
    return !err_is(err);
}

void plan_release(Plan *plan)
{
    vec_release(&plan->inputs);
    arena_release(&plan->arena);
}
