/* A document is known by its bytes. It was found as "a/kế hoạch.pdf" and "b/kế hoạch.pdf"; the first of the names that
 * still holds these bytes is opened. */
#include "cmd/source.h"

#include "base/file.h"
#include "batch/pool.h"
#include "cmd/reading.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *find_file(Store *store, int64_t id, const char *file, Arena *a, Err *err)
{
    Document doc;
    bool changed = false;
    const char *path;
    if (!store_load_document(store, id, &doc, err)) return NULL;
    for (int i = 0; (path = store_lookup_path(store, id, i, a, err)) != NULL; i++) {
        char sha256[65];
        Err ignored = {0};
        if (access(path, R_OK) != 0 || !file_sha256(path, sha256, &ignored)) continue;
        if (strcmp(sha256, doc.sha256) == 0) return path;
        changed = true;
    }
    if (changed)
        err_set(err, DAU_BAD_INPUT,
                "'%s' is not the file that was read any more: its bytes changed; run again", file);
    else
        err_set(err, DAU_FILE_ACCESS,
                "cannot find '%s'; it is looked for from this folder and where it was read", file);
    return NULL;
}

/* ---- the worker ---- */

struct SourceWorker {
    PageLine *line;
    Pool *pool;
};

/* What could be read once can be read again: the limits are wide, and no option changes them. */
SourceWorker *source_worker_new(const char *const *passwords)
{
    enum { MEMORY_MB = 4096 };
    static const double MEGAPIXELS = 1000;
    const LineOptions line = {.load.most_megapixels = MEGAPIXELS, .load.passwords = passwords};
    const PoolOptions pool = {.workers = 1, .memory_mb = MEMORY_MB, .fixed = true, .threaded = true};
    SourceWorker *w = xalloc(sizeof *w);
    w->line = line_new(&line);
    w->pool = pool_new(w->line, &pool);
    return w;
}

void source_worker_free(SourceWorker *w)
{
    if (!w) return;
    pool_free(w->pool);
    line_free(w->line);
    free(w);
}

static bool read_scan(Source *s, int number, Err *err)
{
    Answer answer;
    if (!s->lent && !s->own) s->own = source_worker_new(s->passwords);
    Job job = {.kind = JOB_SCAN, .path = s->path, .page = number};
    if (pool_do(s->lent ? s->lent->pool : s->own->pool, 0, &job, &answer, err))
        load_raster_parse(buf_str(&answer.data), answer.data.len, &s->raster, err);
    else
        name_page(err, s->path, number);
    pool_answer_release(&answer);
    return !err_is(err);
}

/* ---- the file ---- */

static void drop_page(Source *s)
{
    load_raster_release(&s->raster);
    s->raster = (Raster){0};
    s->number = 0;
}

void source_close(Source *s)
{
    drop_page(s);
    source_worker_free(s->own);
    arena_release(&s->arena);
    *s = (Source){.lent = s->lent, .passwords = s->passwords};
}

bool source_open(Source *s, Store *store, int64_t doc, const char *file, Err *err)
{
    if (err_is(err)) return false;
    if (s->doc == doc) return true;
    drop_page(s);
    arena_release(&s->arena);
    s->doc = 0;
    s->path = find_file(store, doc, file, &s->arena, err);
    if (s->path) s->doc = doc;
    return s->path;
}

const Raster *source_page(Source *s, const Page *page, Err *err)
{
    if (err_is(err)) return NULL;
    if (s->number == page->number) return &s->raster;
    drop_page(s);
    bool ok = read_scan(s, page->number, err);
    if (ok && !load_raster_is(&s->raster, page->width, page->height))
        ok = err_set(err, DAU_BAD_OUTPUT,
                     "'%s' page %d comes in another size than when it was read; run again", s->path,
                     page->number);
    if (ok) s->number = page->number;
    return ok ? &s->raster : NULL;
}
