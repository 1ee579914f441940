/* One handle reads many small pictures. Every block, and every cell with ink, is cut out of the picture without rules.
 * It gets a white margin, is scaled to the size of print that the engine was trained on, and is read by itself.
 *
 * Example: the cell "Mầm non Phú Lương II" of a scan at 150 dpi is 40 px high, with a rule above and below. It is cut to
 * its ink, doubled in size and read as one line. The boxes of its words are halved, shifted back and mapped by
 * page->to_scan.
 */
#include "ocr/private.h"

#include "base/bits.h"
#include "base/file.h"
#include "base/viet.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <tesseract/capi.h>
#include <unistd.h>

enum {
    DEADLINE = 20000, /* ms for a region */
    MARGIN = 12,      /* px of white round what is read; without it the engine loses the outermost letters */
    BEST_DPI = 300,   /* print of 10 to 14 pt is then 30 to 40 px high, as in training */
    MOST_CHOICES = 6, /* alternatives kept for a word */
    MOST_SYMBOLS = 64 /* of a word that alternatives are made for */
};
static const double ONE_LINE = 0.24;      /* inches: ink no higher than this is a single line */
static const double TALL_DIRT = 1.0 / 40; /* inches: ink lower than this at the edge of a cell is not text */
static const double RULE_REST =
    1.0 / 70; /* inches along the edge of a cell where the rests of its rules lie */
static const double MARKS =
    1.0 / 20; /* inches round that ink where a dot under ạ or a hook over ỏ may stand */
static const double AS_SURE = 0.9; /* of the first reading's mean confidence: the other one is not a guess */
static const float LEAST_CHOICE = 0.01f; /* probability of a letter worth keeping */

struct Ocr {
    TessBaseAPI *api;
    int deadline;
};

const char *ocr_version(void)
{
    static char version[64];
    if (!version[0]) snprintf(version, sizeof version, "tesseract %s", TessVersion());
    return version;
}

static const char TRAINED[] =
    "reader/vie.traineddata"; /* of the program's data: Debian's model, trained further */

/* The trained reader's path. It is for Vietnamese alone, and a folder that somebody names goes before it. */
static bool trained_path(const OcrOptions *options, char *path, size_t cap)
{
    Err none = {0};
    return !options->tessdata && !options->language && file_data(TRAINED, path, cap, &none);
}

bool ocr_model_path(const OcrOptions *options, char *path, size_t cap)
{
    const char *set = getenv("TESSDATA_PREFIX");
    const char *const folders[] = {options->tessdata, set, "/usr/share/tesseract-ocr/5/tessdata",
                                   "/usr/share/tessdata", "/usr/local/share/tessdata"};
    if (trained_path(options, path, cap)) return true;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (!folders[i]) continue;
        int n = snprintf(path, cap, "%s/%s.traineddata", folders[i],
                         options->language ? options->language : "vie");
        if (n > 0 && (size_t)n < cap && access(path, R_OK) == 0) return true;
        if (folders[i] == options->tessdata) return false;
    }
    return false;
}

Ocr *ocr_open(const OcrOptions *options, Err *err)
{
    if (err_is(err)) return NULL;
    char path[4096];
    const char *language = options->language ? options->language : "vie", *folder = options->tessdata;
    if (trained_path(options, path, sizeof path)) *strrchr(path, '/') = 0, folder = path;
    TessBaseAPI *api = TessBaseAPICreate();
    TessBaseAPISetVariable(api, "debug_file", "/dev/null");
    if (TessBaseAPIInit2(api, folder, language, OEM_LSTM_ONLY) != 0) {
        TessBaseAPIDelete(api);
        err_set(err, DAU_MISSING,
                "Tesseract has no language '%s'; install it (apt-get install tesseract-ocr-%s) or name its "
                "folder with --tessdata",
                language, language);
        return NULL;
    }
    TessBaseAPISetVariable(api, "lstm_choice_mode", "2");
    TessBaseAPISetVariable(api, "lstm_choice_iterations", "2"); /* more give others of little weight */
    TessBaseAPISetVariable(api, "textord_all_prop", "1");       /* no looking for type of fixed pitch */
    Ocr *ocr = xalloc(sizeof *ocr);
    ocr->api = api;
    ocr->deadline = options->deadline_ms > 0 ? options->deadline_ms : DEADLINE;
    return ocr;
}

void ocr_close(Ocr *ocr)
{
    if (!ocr) return;
    TessBaseAPIEnd(ocr->api);
    TessBaseAPIDelete(ocr->api);
    free(ocr);
}

/* ---- what is read: a part of the page, scaled ---- */

static void find_ink(PIX *grey, Pieces *ink)
{
    PIX *bits = pixThresholdToBinary(grey, 170);
    pieces_find(ink, &(Bits){pixGetData(bits), pixGetWidth(bits), pixGetHeight(bits), pixGetWpl(bits)});
    pixDestroy(&bits);
}

/* The box round the ink of a cell, dirt at its edges left out; empty when there is none. */
static Rect ink_box(const Pieces *ink, int dpi)
{
    int least = (int)(TALL_DIRT * dpi) + 1;
    Rect r = {0};
    for (size_t i = 0; i < ink->v.n; i++) {
        InkPiece p = ink->v.v[i];
        if (p.w >= least || p.h >= least) r = rect_union(r, (Rect){p.x, p.y, p.w, p.h});
    }
    return r;
}

static PIX *clip(PIX *pix, Rect r)
{
    BOX *box = boxCreate(r.x, r.y, r.w, r.h);
    PIX *part = pixClipRectangle(pix, box, NULL);
    boxDestroy(&box);
    return part;
}

static double best_scale(int dpi)
{
    if (dpi <= 0 || dpi >= BEST_DPI * 4 / 5) return 1;
    double scale = (double)BEST_DPI / dpi;
    return scale > 3 ? 3 : scale;
}

Region region_of(PIX *part, Rect at, int dpi, bool one_line)
{
    Region region = {.at = at, .scale = best_scale(dpi), .one_line = one_line};
    l_float32 scale = (l_float32)region.scale;
    PIX *scaled = scale > 1 ? pixScale(part, scale, scale) : pixClone(part);
    region.pix = pixAddBorder(scaled, MARGIN, 255);
    pixDestroy(&scaled);
    return region;
}

/* *pieces: the ink at `at`. */
static bool region_cut(Region *region, const Raster *raster, Rect at, int dpi, Pieces *pieces)
{
    PIX *whole = clip(raster->clear, at);
    if (!whole) return false;
    find_ink(whole, pieces);
    Rect ink = ink_box(pieces, dpi);
    if (rect_empty(ink)) {
        pixDestroy(&whole);
        return false;
    }
    Rect wide = rect_clip(rect_grow(ink, (int)(MARKS * dpi) + 2), at.w, at.h);
    PIX *part = clip(whole, wide);
    *region =
        region_of(part, (Rect){at.x + wide.x, at.y + wide.y, wide.w, wide.h}, dpi, ink.h <= ONE_LINE * dpi);
    pixDestroy(&whole);
    pixDestroy(&part);
    return true;
}

static Rect region_to_page(const Region *region, int left, int top, int right, int bottom)
{
    double s = region->scale;
    int x = (int)floor((left - MARGIN) / s), y = (int)floor((top - MARGIN) / s);
    int x2 = (int)ceil((right - MARGIN) / s), y2 = (int)ceil((bottom - MARGIN) / s);
    Rect r = rect_clip((Rect){x, y, x2 - x, y2 - y}, region->at.w, region->at.h);
    return (Rect){r.x + region->at.x, r.y + region->at.y, r.w, r.h};
}

/* ---- alternatives of a word ---- */

typedef struct Symbol {
    const char *text;            /* as read */
    float p;                     /* 0..1 */
    Reading other[MOST_CHOICES]; /* score: the probability itself */
    int others;
} Symbol;

typedef struct WordSoFar {
    Symbol symbol[MOST_SYMBOLS];
    int n;
} WordSoFar;

static void take_choices(TessResultIterator *at, Arena *a, Symbol *s)
{
    TessChoiceIterator *choice = TessResultIteratorGetChoiceIterator(at);
    if (!choice) return;
    do {
        const char *text = TessChoiceIteratorGetUTF8Text(choice); /* lent by the iterator */
        float p = TessChoiceIteratorConfidence(choice) / 100;
        if (!text || p < LEAST_CHOICE || s->others == MOST_CHOICES) continue;
        const char *nfc = viet_nfc(a, text, strlen(text));
        if (!str_eq(nfc, s->text)) s->other[s->others++] = (Reading){nfc, p};
    } while (TessChoiceIteratorNext(choice));
    TessChoiceIteratorDelete(choice);
}

static void take_symbol(TessResultIterator *at, Arena *a, WordSoFar *word)
{
    if (word->n == MOST_SYMBOLS) return;
    char *text = TessResultIteratorGetUTF8Text(at, RIL_SYMBOL);
    if (!text) return;
    Symbol *s = &word->symbol[word->n++];
    *s = (Symbol){.text = viet_nfc(a, text, strlen(text)),
                  .p = TessResultIteratorConfidence(at, RIL_SYMBOL) / 100};
    TessDeleteText(text);
    take_choices(at, a, s);
}

static float log_of(float p)
{
    return logf(p < 1e-4f ? 1e-4f : p > 1 ? 1 : p);
}

/* The word with symbol i (-1: none) read as its k-th other. */
static Reading variant(Arena *a, const WordSoFar *word, int i, int k)
{
    Buf b = {0};
    float score = 0;
    for (int j = 0; j < word->n; j++) {
        const Symbol *s = &word->symbol[j];
        buf_add(&b, j == i ? s->other[k].text : s->text);
        score += log_of(j == i ? s->other[k].score : s->p);
    }
    Reading r = {arena_str(a, buf_str(&b)), score};
    buf_release(&b);
    return r;
}

static int by_score(const void *a, const void *b)
{
    const Reading *p = a, *q = b;
    return p->score > q->score ? -1 : p->score < q->score;
}

/* Words that differ from what was read in one letter, the likeliest first, what was read among them. */
static void add_choices(Arena *a, const WordSoFar *so_far, Word *word)
{
    VEC(Reading) all = {0};
    *vec_push(&all) = variant(a, so_far, -1, 0);
    for (int i = 0; i < so_far->n; i++)
        for (int k = 0; k < so_far->symbol[i].others; k++) *vec_push(&all) = variant(a, so_far, i, k);
    qsort(all.v + 1, all.n - 1, sizeof *all.v, by_score);
    word->choices = all.n > MOST_CHOICES ? MOST_CHOICES : (int)all.n;
    word->choice = arena_dup(a, all.v, (size_t)word->choices * sizeof *all.v);
    vec_release(&all);
}

/* ---- reading ---- */

static Word *take_word(TessResultIterator *at, const Region *region, Page *page)
{
    int left, top, right, bottom;
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    char *text = TessResultIteratorGetUTF8Text(at, RIL_WORD);
    if (!text || !TessPageIteratorBoundingBox(place, RIL_WORD, &left, &top, &right, &bottom)) {
        TessDeleteText(text);
        return NULL;
    }
    char *nfc = viet_trim(&page->arena, viet_nfc(&page->arena, text, strlen(text)));
    TessDeleteText(text);
    if (!*nfc) return NULL;
    float conf = TessResultIteratorConfidence(at, RIL_WORD) / 100;
    conf = conf < 0 ? 0 : conf > 1 ? 1 : conf;
    return page_add_word(page, region_to_page(region, left, top, right, bottom), nfc, conf);
}

static void take_words(TessResultIterator *at, const Region *region, Page *page)
{
    TessPageIterator *place = TessResultIteratorGetPageIterator(at);
    bool line_waits = true;
    size_t word = (size_t)-1;
    WordSoFar *so_far = xalloc(sizeof *so_far);
    do {
        if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) line_waits = true;
        if (TessPageIteratorIsAtBeginningOf(place, RIL_WORD)) {
            if (word != (size_t)-1) add_choices(&page->arena, so_far, &page->words.v[word]);
            so_far->n = 0;
            size_t lines = page->lines.n;
            if (line_waits) page_add_line(page);
            word = take_word(at, region, page) ? page->words.n - 1 : (size_t)-1;
            if (word != (size_t)-1)
                line_waits = false;
            else
                page->lines.n = lines;
        }
        if (word != (size_t)-1) take_symbol(at, &page->arena, so_far);
    } while (TessResultIteratorNext(at, RIL_SYMBOL));
    if (word != (size_t)-1) add_choices(&page->arena, so_far, &page->words.v[word]);
    free(so_far);
}

/* The processor's time, not the clock's: what is read must not depend on what else the machine does. */
static int64_t cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static bool is_over(void *end, int words)
{
    (void)words;
    return cpu_ms() > *(const int64_t *)end;
}

bool region_read(Ocr *ocr, const Region *region, Page *page, Err *err)
{
    TessBaseAPISetPageSegMode(ocr->api, region->one_line ? PSM_SINGLE_LINE : PSM_SINGLE_BLOCK);
    TessBaseAPISetImage2(ocr->api, region->pix);
    TessBaseAPISetSourceResolution(ocr->api, (int)(page->dpi * region->scale));
    ETEXT_DESC *monitor = TessMonitorCreate();
    int64_t end = cpu_ms() + ocr->deadline;
    TessMonitorSetCancelThis(monitor, &end);
    TessMonitorSetCancelFunc(monitor, is_over);
    int failed = TessBaseAPIRecognize(ocr->api, monitor);
    TessMonitorDelete(monitor);
    if (failed)
        return err_set(err, DAU_ENGINE, "page %d: Tesseract gave up on the region at %d,%d after %d s",
                       page->number, region->at.x, region->at.y, ocr->deadline / 1000);
    TessResultIterator *at = TessBaseAPIGetIterator(ocr->api);
    if (at) take_words(at, region, page);
    TessResultIteratorDelete(at);
    return true;
}

/* The page on its way through the engine. */
typedef struct PageReader {
    Ocr *ocr;
    Page *page;
    const Raster *raster;
    Rect at;       /* the part in hand */
    Pieces ink;    /* of it */
    bool in_table; /* it is a cell */
    Unread unread; /* of all cells so far */
} PageReader;

/* Takes away the lines and words from..to - 1, which are the last but those of a later reading. */
static void drop_reading(Page *page, const size_t line[2], const size_t word[2])
{
    size_t lines = page->lines.n - line[1], words = page->words.n - word[1];
    memmove(page->lines.v + line[0], page->lines.v + line[1], lines * sizeof *page->lines.v);
    memmove(page->words.v + word[0], page->words.v + word[1], words * sizeof *page->words.v);
    page->lines.n = line[0] + lines, page->words.n = word[0] + words;
    for (size_t i = line[0]; i < page->lines.n; i++) page->lines.v[i].first_word -= (int)(word[1] - word[0]);
}

/* Of the words from..to - 1. */
static double mean_conf(const Page *page, size_t from, size_t to)
{
    double sum = 0;
    for (size_t i = from; i < to; i++) sum += (double)page->words.v[i].conf;
    return to > from ? sum / (double)(to - from) : 0;
}

/* Letters that no word stands on: the part is read again from another picture. The reading stays that leaves less. */
static void read_otherwise(PageReader *r, Region *region, Unread *unread, size_t first_line,
                           size_t first_word, Err *err)
{
    Page *page = r->page;
    Unread left = {0};
    const size_t line[2] = {first_line, page->lines.n}, word[2] = {first_word, page->words.n};
    region_other(region, r->raster);
    region_read(r->ocr, region, page, err);
    unread_find(&r->ink, page, word[1], r->at, &left);
    bool better = left.n < unread->n && page->words.n - word[1] >= word[1] - word[0] &&
                  mean_conf(page, word[1], page->words.n) >= AS_SURE * mean_conf(page, word[0], word[1]);
    if (better) {
        drop_reading(page, line, word);
        Unread keep = *unread;
        *unread = left, left = keep;
    } else {
        page->lines.n = line[1], page->words.n = word[1];
    }
    vec_release(&left);
}

/* What no word stands on is read again, or said; the word beside it is marked. */
static void account(PageReader *r, Region *region, size_t first_line, size_t first_word, Err *err)
{
    Unread unread = {0};
    unread_find(&r->ink, r->page, first_word, r->at, &unread);
    if (unread.n && r->page->words.n > first_word)
        read_otherwise(r, region, &unread, first_line, first_word, err);
    unread_mark(r->page, first_word, &unread);
    strokes_read(r->page, r->raster, first_word);
    for (size_t i = 0; i < unread.n && r->in_table; i++) *vec_push(&r->unread) = unread.v[i];
    vec_release(&unread);
}

/* Reads one part of the page into lines that are appended; says which. */
static void read_part(PageReader *r, Rect at, int *first_line, int *lines, Err *err)
{
    Region region = {0};
    Page *page = r->page;
    size_t first_word = page->words.n;
    *first_line = (int)page->lines.n;
    r->at = rect_clip(at, page->upright_width, page->upright_height);
    if (!err_is(err) && !rect_empty(r->at) && region_cut(&region, r->raster, r->at, page->dpi, &r->ink) &&
        region_read(r->ocr, &region, page, err))
        account(r, &region, (size_t)*first_line, first_word, err);
    *lines = (int)page->lines.n - *first_line;
    pixDestroy(&region.pix);
}

static void read_table(PageReader *r, const Table *table, Err *err)
{
    Page *page = r->page;
    r->in_table = true;
    for (int i = 0; i < table->cells; i++) {
        Cell *cell = &page->cells.v[table->first_cell + i];
        Rect at = cell->blank ? (Rect){0} : rect_grow(cell->at, -(int)(RULE_REST * page->dpi));
        read_part(r, at, &cell->first_line, &cell->lines, err);
    }
    r->in_table = false;
    column_read_figures(page, table);
}

/* ---- words under a seal or a pen's stroke ---- */

/* Of a word's box: a ring 1.5 points wide through a word of two letters covers five times as much. */
static const double UNDER = 0.015;

static bool is_under(PIX *mask, Rect at)
{
    int pixels = 0;
    if (!mask || rect_empty(at)) return false;
    BOX *box = boxCreate(at.x, at.y, at.w, at.h);
    bool ok = box && pixCountPixelsInRect(mask, box, &pixels, NULL) == 0;
    boxDestroy(&box);
    return ok && pixels > UNDER * at.w * at.h;
}

static void mark_words(Page *page, const Raster *raster)
{
    for (size_t i = 0; (raster->red || raster->blue) && i < page->words.n; i++) {
        Word *w = &page->words.v[i];
        if (is_under(raster->red, w->at)) w->marks |= WORD_UNDER_RED;
        if (is_under(raster->blue, w->at)) w->marks |= WORD_UNDER_BLUE;
    }
}

bool ocr_page(Ocr *ocr, Page *page, const Raster *raster, Err *err)
{
    if (err_is(err) || page->unit == UNIT_CHARACTER) return !err_is(err);
    if (!raster->clear) return err_set(err, DAU_INTERNAL, "page %d: ocr was given no picture", page->number);
    PageReader r = {.ocr = ocr, .page = page, .raster = raster};
    for (size_t i = 0; i < page->blocks.n && !err_is(err); i++) {
        Block *b = &page->blocks.v[i];
        if (b->kind == BLOCK_TABLE)
            read_table(&r, &page->tables.v[b->table], err);
        else if (b->kind == BLOCK_TEXT)
            read_part(&r, b->at, &b->first_line, &b->lines, err);
    }
    if (!err_is(err)) {
        find_ink(raster->clear, &r.ink);
        unread_outside(&r.ink, page, &r.unread);
    }
    unread_tell(page, &r.unread);
    pieces_release(&r.ink);
    vec_release(&r.unread);
    TessBaseAPIClear(ocr->api);
    mark_words(page, raster);
    return !err_is(err);
}
