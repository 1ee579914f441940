/* load ► clean ► layout ► ocr ► restore; extract follows once all pages of a document are there. */
#include "batch/line.h"

#include "base/file.h"
#include "base/str.h"
#include "stage/clean.h"
#include "stage/layout.h"

#include <stdlib.h>

/* Raised whenever a change of the stages changes what comes out of the same page. */
static const char STAGES_VERSION[] = "1";

struct PageLine {
    LineOptions options;
    Ocr *ocr;
    Restore *restore;
};

PageLine *line_new(const LineOptions *options)
{
    PageLine *line = xalloc(sizeof *line);
    line->options = *options;
    return line;
}

void line_free(PageLine *line)
{
    if (!line) return;
    ocr_close(line->ocr);
    restore_close(line->restore);
    free(line);
}

Load *line_load(const PageLine *line, const char *path, Err *err)
{
    return load_open(path, &line->options.load, err);
}

static bool do_ocr(PageLine *line, Page *page, const Raster *raster, Err *err)
{
    if (page->unit == UNIT_CHARACTER) return !err_is(err);
    if (!line->ocr) line->ocr = ocr_open(&line->options.ocr, err);
    return line->ocr && ocr_page(line->ocr, page, raster, err);
}

static Restore *open_restore(PageLine *line, Err *err)
{
    if (!line->restore) line->restore = restore_open(&line->options.restore, err);
    return line->restore;
}

static bool do_stage(PageLine *line, Load *doc, int n, Stage stage, Page *page, Raster *raster, Err *err)
{
    switch (stage) {
    case STAGE_LOAD: return load_page(doc, n, page, raster, err);
    case STAGE_CLEAN: return clean_page(page, raster, err);
    case STAGE_LAYOUT: return layout_page(page, raster, err);
    case STAGE_OCR: return do_ocr(line, page, raster, err);
    case STAGE_RESTORE: return open_restore(line, err) && restore_page(line->restore, page, err);
    default: return true;
    }
}

bool line_page(PageLine *line, Load *doc, int n, Stage until, Page *page, Raster *raster, Err *err)
{
    for (Stage stage = STAGE_LOAD; stage <= until && stage <= STAGE_RESTORE; stage++) {
        if (err_is(err) || !do_stage(line, doc, n, stage, page, raster, err)) return false;
        page->stage = stage;
        if (!page_check(page, err)) return false;
    }
    return true;
}

bool line_key(PageLine *line, char hex[65], Err *err)
{
    if (!open_restore(line, err)) return false;
    const LineOptions *o = &line->options;
    Buf b = {0};
    buf_addf(&b, "%s|%s|%s|%s|", STAGES_VERSION, ocr_version(), o->ocr.language ? o->ocr.language : "vie",
             o->ocr.tessdata ? o->ocr.tessdata : "");
    buf_addf(&b, "%d|%g|%d|%d|%s", o->load.render_dpi, o->load.most_megapixels, o->ocr.deadline_ms,
             (int)o->restore.from, restore_version(line->restore));
    sha256_hex(b.s, b.len, hex);
    buf_release(&b);
    return true;
}
