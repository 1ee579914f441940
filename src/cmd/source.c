/* Documents are known by their bytes: of the names that store has for them, the first that still holds these
 * bytes. */
#include "cmd/source.h"

#include "base/file.h"

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

static void drop_page(Source *s)
{
    load_raster_release(&s->raster);
    s->raster = (Raster){0};
    s->number = 0;
}

void source_close(Source *s)
{
    drop_page(s);
    load_close(s->load);
    arena_release(&s->arena);
    *s = (Source){0};
}

bool source_open(Source *s, Store *store, int64_t doc, const char *file, Err *err)
{
    if (err_is(err)) return false;
    if (s->doc == doc) return true;
    source_close(s);
    s->path = find_file(store, doc, file, &s->arena, err);
    s->load = s->path ? load_open(s->path, NULL, err) : NULL;
    if (s->load) s->doc = doc;
    return s->load;
}

const Raster *source_page(Source *s, const Page *page, Err *err)
{
    Page again;
    if (err_is(err)) return NULL;
    if (s->number == page->number) return &s->raster;
    drop_page(s);
    page_init(&again, page->number);
    bool ok = load_page(s->load, page->number, &again, &s->raster, err);
    if (ok && (again.width != page->width || again.height != page->height))
        ok = err_set(err, DAU_BAD_OUTPUT,
                     "'%s' page %d comes in another size than when it was read; run again", s->path,
                     page->number);
    page_release(&again);
    if (ok) s->number = page->number;
    return ok ? &s->raster : NULL;
}
