/* load ► clean ► layout ► ocr ► restore; extract follows once all pages of a document are there.
 *
 * Example: restore gives "Bich" in "Mầm non Bich Hoà" 0.41. That is less than DOUBT, so the better model reads the line
 * again. Its "Bích" joins the choices of "Bich", and the page is restored once more. */
#include "line/line.h"

#include "base/file.h"
#include "base/str.h"
#include "clean/clean.h"
#include "layout/layout.h"
#include "stage_versions.h"

#include <stdlib.h>
#include <string.h>

/* vi.lm and vi.ctx tell their own checksums (restore_version()). */
const char *const line_restore_files[] = {"phrases.tsv", "ocr-vie.tsv", "ocr-eng.tsv", NULL};
const char *const line_extract_files[] = {"words.tsv",        "schools.tsv",   "units.tsv", "streets.tsv",
                                          "school-names.tsv", "syllables.tsv", NULL};

struct PageLine {
    LineOptions options;
    Ocr *ocr;
    Ocr *second;    /* for the second look; NULL: not opened, or not there */
    bool no_second; /* it is not there */
    Restore *restore;
    Keywords *words;
    Gazetteer *names;
    Registry *schools;
    Confuse letters; /* what corrections taught of them is in it; else not opened */
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
    ocr_close(line->second);
    restore_close(line->restore);
    words_close(line->words);
    gazetteer_close(line->names);
    registry_close(line->schools);
    confuse_release(&line->letters);
    free(line);
}

Load *line_load(const PageLine *line, const char *path, Err *err)
{
    return load_open(path, &line->options.load, err);
}

static bool do_ocr(PageLine *line, Page *page, const Raster *raster, Err *err)
{
    if (page->unit == UNIT_CHARACTER) return !err_is(err);
    if (page->layer.n) return ocr_take_layer(page, err);
    if (!line->ocr) line->ocr = ocr_open(&line->options.ocr, err);
    return line->ocr && ocr_page(line->ocr, page, raster, err);
}

static Restore *open_restore(PageLine *line, Err *err)
{
    if (!line->restore) line->restore = restore_open(&line->options.restore, err);
    return line->restore;
}

/* ---- the second look ---- */

/* A word whose reading is less likely right than this is read again: one in twenty on poor scans. */
static const float DOUBT = 0.75f;
/* At most this share of a page's lines is read twice: a page of dirt is not worth twice the time. */
static const double MOST_AGAIN = 0.3;
/* Among the program's own data. */
static const char SECOND_MODEL[] = "best/vie.traineddata";

static bool line_is_doubted(const Page *page, const Line *l, float below)
{
    for (int k = l->first_word; k < l->first_word + l->words; k++)
        if (page->words.v[k].prob < below && *page->words.v[k].text) return true;
    return false;
}

/* Words to look at again, by their line; how many lines that are. */
static int mark_doubted(const Page *page, bool *doubted)
{
    int lines = 0, most = (int)(MOST_AGAIN * (double)page->lines.n) + 1;
    for (size_t i = 0; i < page->lines.n && lines < most; i++) {
        const Line *l = &page->lines.v[i];
        if (!line_is_doubted(page, l, DOUBT)) continue;
        for (int k = l->first_word; k < l->first_word + l->words; k++)
            doubted[k] = page->words.v[k].prob < DOUBT;
        lines++;
    }
    return lines;
}

/* The better model, or NULL where it is not installed (tools/setup.sh --with best). Without it nothing is read twice:
 * from another picture the first model did no better (11.2 % of the doubted words were wrong, then 11.3 %). */
static Ocr *second_engine(PageLine *line)
{
    char path[4096];
    Err none = {0};
    OcrOptions options = line->options.ocr;
    if (line->second || line->no_second) return line->second;
    if (file_data(SECOND_MODEL, path, sizeof path, &none)) {
        *strrchr(path, '/') = 0;
        options.tessdata = path, options.language = NULL;
        line->second = ocr_open(&options, &none);
    }
    line->no_second = !line->second;
    return line->second;
}

/* What restore doubts is read once more, and restored with what the second reading says. */
static bool look_again(PageLine *line, Page *page, const Raster *raster, Err *err)
{
    if (page->unit == UNIT_CHARACTER || page->layer.n || !line->ocr || !page->words.n) return !err_is(err);
    Ocr *second = second_engine(line);
    if (!second) return !err_is(err);
    bool *doubted = xalloc(page->words.n * sizeof *doubted);
    bool ok = true;
    int again = 0;
    if (mark_doubted(page, doubted) > 0) {
        ok = ocr_again(second, page, raster, doubted, &again, err);
        if (ok && again) page_forget_restored(page);
        if (ok && again) ok = restore_page(line->restore, page, err);
    }
    free(doubted);
    return ok;
}

static bool do_stage(PageLine *line, Load *doc, int n, Stage stage, Page *page, Raster *raster, Err *err)
{
    switch (stage) {
    case STAGE_LOAD: return load_page(doc, n, page, raster, err);
    case STAGE_CLEAN: return clean_page(page, raster, err);
    case STAGE_LAYOUT: return layout_page(page, raster, err);
    case STAGE_OCR: return do_ocr(line, page, raster, err);
    case STAGE_RESTORE:
        return open_restore(line, err) && restore_page(line->restore, page, err) &&
               look_again(line, page, raster, err);
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

bool line_restore(PageLine *line, Page *page, Err *err)
{
    page_forget_restored(page);
    if (!open_restore(line, err) || !restore_page(line->restore, page, err)) return false;
    page->stage = STAGE_RESTORE;
    return page_check(page, err);
}

static bool open_lists(PageLine *line, Err *err)
{
    const char *schools = line->options.schools, *learnt = line->options.learnt;
    if (line->names || err_is(err)) return !err_is(err);
    if (!line->words) line->words = words_open(line->options.words, err);
    if ((schools || learnt) && !line->schools)
        line->schools = registry_open(line->words, schools, learnt, err);
    if (err_is(err)) return false;
    line->names = gazetteer_open(err);
    if (line->names) gazetteer_add_schools(line->names, line->schools);
    return line->names != NULL;
}

bool line_open_models(PageLine *line, Err *err)
{
    return open_restore(line, err) && open_lists(line, err);
}

/* The engine's table with what corrections taught, once for all documents. */
static bool open_letters(PageLine *line, Err *err)
{
    const char *learnt = line->options.restore.read_eng;
    return line->letters.letters || !learnt || confuse_open_data(&line->letters, "ocr-eng.tsv", learnt, err);
}

Extract *line_extract(PageLine *line, Err *err)
{
    if (!open_lists(line, err) || !open_letters(line, err)) return NULL;
    Extract *x = extract_new_with(line->names, line->schools);
    extract_lend_words(x, line->words);
    if (line->letters.letters) extract_lend_letters(x, &line->letters);
    if (line->options.explain) extract_explain(x);
    return x;
}

/* ---- keys ---- */

static void add_file(Buf *b, const char *path, Err *err)
{
    char hex[65];
    if (file_sha256(path, hex, err)) buf_addf(b, "|%s", hex);
}

/* Of the user's: NULL is none. */
static void add_given(Buf *b, const char *path, Err *err)
{
    if (path)
        add_file(b, path, err);
    else
        buf_addc(b, '|');
}

static void add_data(Buf *b, const char *const *names, Err *err)
{
    char path[4096];
    for (; *names && !err_is(err); names++)
        if (file_data(*names, path, sizeof path, err)) add_file(b, path, err);
}

/* The recogniser's model by its bytes, wherever it lies; when it is not found here, ocr_open() will tell. */
static void add_recogniser(Buf *b, const OcrOptions *o)
{
    char path[4096];
    Err none = {0};
    buf_addf(b, "|%s|%s|%d", ocr_version(), o->language ? o->language : "vie", o->deadline_ms);
    if (ocr_model_path(o, path, sizeof path)) add_file(b, path, &none);
}

/* The model of the second look, where there is one. */
static void add_second(Buf *b, Err *err)
{
    char path[4096];
    Err none = {0};
    if (file_data(SECOND_MODEL, path, sizeof path, &none)) add_file(b, path, err);
}

/* Writes each key of a set. It holds the key of `before` with the same needs (NULL: none), the parts that these needs
 * name, and all of b. */
static void end_keys(Buf *b, const LineKeySet *before, const Buf *parts, LineKeySet *set)
{
    Buf k = {0}, any = {0};
    for (unsigned needs = 0; needs < LOAD_NEEDS; needs++) {
        buf_clear(&k);
        if (before) buf_add(&k, before->of[needs]);
        for (int i = 0; parts && 1u << i < LOAD_NEEDS; i++)
            if (needs >> i & 1) buf_addf(&k, "|%d%s", i, buf_str(&parts[i]));
        buf_add(&k, buf_str(b));
        sha256_hex(k.s, k.len, set->of[needs]);
        buf_addf(&any, needs ? " %s" : "%s", set->of[needs]);
    }
    memcpy(set->any, any.s, any.len + 1);
    buf_release(&k);
    buf_release(&any);
    buf_clear(b);
}

static void read_keys(PageLine *line, LineKeySet *set, Err *err)
{
    const LineOptions *o = &line->options;
    Buf b = {0}, part[3] = {{0}}; /* in the order of LoadNeed */
    buf_addf(&b, "%s|%d", READ_VERSION, o->load.render_dpi);
    buf_addf(&part[0], "%d|%s", (int)o->load.text_layer, restore_version(line->restore));
    buf_addf(&part[1], "%g", o->load.most_megapixels);
    add_recogniser(&part[2], &o->ocr);
    add_second(&part[2], err);
    end_keys(&b, NULL, part, set);
    buf_release(&b);
    for (int i = 0; i < 3; i++) buf_release(&part[i]);
}

bool line_keys(PageLine *line, LineKeys *keys, Err *err)
{
    if (!line_open_models(line, err)) return false;
    const LineOptions *o = &line->options;
    Buf b = {0};
    read_keys(line, &keys->read, err);
    buf_addf(&b, "|%s|%d|%d|%d|%s", RESTORE_VERSION, (int)o->restore.from, (int)o->restore.tone,
             o->restore.quick, restore_version(line->restore));
    add_data(&b, line_restore_files, err);
    add_given(&b, o->restore.dict, err);
    add_given(&b, o->restore.read_eng, err);
    add_given(&b, o->restore.read_vie, err);
    end_keys(&b, &keys->read, NULL, &keys->restore);
    buf_addf(&b, "|%s", EXTRACT_VERSION);
    add_data(&b, line_extract_files, err);
    add_given(&b, o->words, err);
    add_given(&b, o->schools, err);
    add_given(&b, o->learnt, err);
    end_keys(&b, &keys->restore, NULL, &keys->extract);
    buf_release(&b);
    return !err_is(err);
}

void line_keys_said(const LineKeySet *extract, const char *columns, LineKeySet *said)
{
    Buf b = {0};
    *said = *extract;
    if (!columns || !*columns) return;
    buf_addf(&b, "|columns %s", columns);
    end_keys(&b, extract, NULL, said);
    buf_release(&b);
}
