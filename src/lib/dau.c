/* The stages behind a plain C interface. Err becomes DauError, and a Pairing becomes a DauPairing whose strings are never
 * NULL: of "Nguyễn Du - Phú Lãm" without a district, `district` is "". */
#include "lib/dau.h"

#include "base/version.h"
#include "line/line.h"
#include "extract/extract.h"
#include "restore/restore.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct DauRestorer {
    Restore *restore;
    DauFrom from;
};

struct DauWords {
    Arena arena;
    DauWord *v;
    size_t n, next;
};

struct DauReader {
    PageLine *line;
    char *tessdata;
};

struct DauPairings {
    DauPairing *v;
    size_t n, next;
    Pairings found; /* whose arena holds the strings */
};

const char *dau_version(void)
{
    return DAU_VERSION;
}

static void tell(DauError *error, const Err *err)
{
    if (!error) return;
    error->code = err->code;
    memcpy(error->text, err->text, sizeof error->text);
    error->text[sizeof error->text - 1] = '\0';
}

/* ---- restoring ---- */

static RestoreFrom state_of(DauFrom from)
{
    switch (from) {
    case DAU_FROM_STRIPPED: return FROM_STRIPPED;
    case DAU_FROM_OCR: return FROM_OCR;
    case DAU_FROM_VIE: return FROM_VIE;
    default: return FROM_AUTO;
    }
}

DauRestorer *dau_restorer_open(DauFrom from, DauError *error)
{
    Err err = {0};
    Restore *restore = restore_open(&(RestoreOptions){.from = state_of(from)}, &err);
    tell(error, &err);
    if (!restore) return NULL;
    DauRestorer *r = xalloc(sizeof *r);
    *r = (DauRestorer){restore, from};
    return r;
}

void dau_restorer_close(DauRestorer *r)
{
    if (!r) return;
    restore_close(r->restore);
    free(r);
}

char *dau_restore(DauRestorer *r, const char *text, size_t len, DauError *error)
{
    Err err = {0};
    Buf b = {0};
    if (r->from == DAU_FROM_AUTO) restore_judge(r->restore, text, len);
    restore_plain(r->restore, text, len, &b, &err);
    tell(error, &err);
    if (!err_is(&err)) return buf_steal(&b);
    buf_release(&b);
    return NULL;
}

static DauWord word_of(Arena *a, const Word *w)
{
    DauReading *readings = w->alts ? arena_new(a, DauReading, (size_t)w->alts) : NULL;
    for (int i = 0; i < w->alts; i++)
        readings[i] = (DauReading){w->alt[i].text, exp((double)w->alt[i].score)};
    return (DauWord){.raw = w->raw,
                     .text = w->text,
                     .prob = (double)w->prob,
                     .at = (size_t)w->box.x,
                     .len = (size_t)w->box.w,
                     .readings = readings,
                     .reading_count = (size_t)w->alts};
}

DauWords *dau_restore_words(DauRestorer *r, const char *text, size_t len, DauError *error)
{
    Err err = {0};
    DauWords *words = xalloc(sizeof *words);
    Word *all = NULL;
    int n = 0;
    if (r->from == DAU_FROM_AUTO) restore_judge(r->restore, text, len);
    bool ok = restore_line(r->restore, &words->arena, text, len, &all, &n, &err);
    tell(error, &err);
    if (!ok) {
        dau_words_free(words);
        return NULL;
    }
    words->n = (size_t)n;
    words->v = arena_new(&words->arena, DauWord, words->n + 1);
    for (int i = 0; i < n; i++) words->v[i] = word_of(&words->arena, &all[i]);
    return words;
}

const DauWord *dau_words_next(DauWords *words)
{
    return words->next < words->n ? &words->v[words->next++] : NULL;
}

void dau_words_free(DauWords *words)
{
    if (!words) return;
    arena_release(&words->arena);
    free(words);
}

/* ---- reading ---- */

DauReader *dau_reader_open(const char *tessdata, DauError *error)
{
    Err err = {0};
    DauReader *reader = xalloc(sizeof *reader);
    reader->tessdata = tessdata ? strdup(tessdata) : NULL;
    reader->line = line_new(&(LineOptions){.ocr.tessdata = reader->tessdata});
    tell(error, &err);
    return reader;
}

void dau_reader_close(DauReader *reader)
{
    if (!reader) return;
    line_free(reader->line);
    free(reader->tessdata);
    free(reader);
}

static const char *some(const char *s)
{
    return s ? s : "";
}

static const DauPlace *places(Arena *a, const Pairing *p)
{
    if (!p->mentions) return NULL;
    DauPlace *all = arena_new(a, DauPlace, (size_t)p->mentions);
    for (int i = 0; i < p->mentions; i++) {
        Rect r = p->mention[i].box;
        all[i] = (DauPlace){p->mention[i].page, r.x, r.y, r.w, r.h};
    }
    return all;
}

static DauPairing plain(Arena *a, const Pairing *p)
{
    Rect box = p->place.box;
    return (DauPairing){.no = some(p->no),
                        .level = level_code(p->level),
                        .school = some(p->school.name),
                        .partner = some(p->partner.name),
                        .school_raw = some(p->school.raw),
                        .partner_raw = some(p->partner.raw),
                        .district = some(p->school.district),
                        .partner_district = some(p->partner.district),
                        .prob = (double)p->prob,
                        .page = p->place.page,
                        .x = box.x,
                        .y = box.y,
                        .w = box.w,
                        .h = box.h,
                        .rule = some(p->rule),
                        .flags = some(p->flags),
                        .since = some(p->since),
                        .until = some(p->until),
                        .school_prob = (double)p->school.prob,
                        .partner_prob = (double)p->partner.prob,
                        .mentions = places(a, p),
                        .mention_count = (size_t)p->mentions,
                        .kind = pair_kind_name(p->kind)};
}

/* How many pages were read; the first failure stays in err. */
static int read_pages(DauReader *reader, Load *doc, Extract *x, Err *first)
{
    int done = 0;
    for (int n = 1; n <= load_pages(doc); n++) {
        Page page;
        Raster raster = {0};
        Err err = {0};
        page_init(&page, n);
        if (line_page(reader->line, doc, n, STAGE_RESTORE, &page, &raster, &err) &&
            extract_page(x, &page, &err))
            done++;
        load_raster_release(&raster);
        page_release(&page);
        if (err_is(&err)) err_set(first, err.code, "page %d: %s", n, err.text);
    }
    return done;
}

DauPairings *dau_extract(DauReader *reader, const char *path, DauError *error)
{
    Err err = {0}, page_err = {0};
    DauPairings *found = xalloc(sizeof *found);
    Extract *x = line_extract(reader->line, &err);
    Load *doc = line_load(reader->line, path, &err);
    if (doc && read_pages(reader, doc, x, &page_err) == 0) err = page_err;
    if (!err_is(&err) && extract_finish(x, &found->found, &err)) {
        found->n = found->found.v.n;
        found->v = xalloc((found->n + 1) * sizeof *found->v);
        for (size_t i = 0; i < found->n; i++) found->v[i] = plain(&found->found.arena, &found->found.v.v[i]);
    }
    load_close(doc);
    extract_free(x);
    if (!err_is(&err) && err_is(&page_err)) page_err.code = DAU_SOME_FAILED;
    tell(error, err_is(&err) ? &err : &page_err);
    if (!err_is(&err)) return found;
    dau_pairings_free(found);
    return NULL;
}

size_t dau_pairings_count(const DauPairings *found)
{
    return found->n;
}

const DauPairing *dau_pairings_next(DauPairings *found)
{
    return found && found->next < found->n ? &found->v[found->next++] : NULL;
}

void dau_pairings_free(DauPairings *found)
{
    if (!found) return;
    pairings_release(&found->found);
    free(found->v);
    free(found);
}
