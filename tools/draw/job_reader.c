/* A page has one font, size, resolution and wear, and about twenty lines, each an invented text. Rules, dots and a red seal are
 * put over and beside them. The page is worn as one, then each line is cut out, as the engine does: from the top of its
 * tallest letter to the foot of its lowest, a few pixels round it. "Mê Linh" beside the ring of a seal stays "Mê Linh". */
#include "job.h"

#include <math.h>
#include <string.h>

#include "die.h"
#include "lstmf.h"
#include "marks.h"
#include "reader_text.h"

enum { PAGE_LINES = 20, READ_AT = 300 };
#define PAGE_WIDTH 480.0 /* points */

typedef struct Cut {
    double x, y, w, h; /* points */
    char *text;
} Cut;

typedef struct Page {
    Book *book;
    Sheet *sheet;
    Rng *rng;
    int n;
    Cut cut[PAGE_LINES];
} Page;

/* What the engine gives back for it: one blank where the row has many. */
static char *as_read(const char *text)
{
    GString *out = g_string_new(NULL);
    for (; *text; text++)
        if (*text != ' ' || (out->len && out->str[out->len - 1] != ' ')) g_string_append_c(out, *text);
    while (out->len && out->str[out->len - 1] == ' ') g_string_truncate(out, out->len - 1);
    return g_string_free(out, FALSE);
}

/* Shortens the line until it fits; false when its first word alone does not. */
static bool fit(Page *page, Type type, char *text, double width)
{
    while (book_text_width(page->book, type, text) > width) {
        char *blank = strrchr(text, ' ');
        if (!blank) return false;
        while (blank > text && blank[-1] == ' ') blank--;
        *blank = 0;
    }
    return *text;
}

static void add_line(Page *page, Type type, char *text, double y)
{
    PangoRectangle ink;
    double x = rng_between(page->rng, 12, 60);
    if (!fit(page, type, text, PAGE_WIDTH - x - 20)) return;
    PangoLayout *layout = book_layout(page->book, type, 0, text);
    pango_layout_get_extents(layout, &ink, NULL);
    double base = y + (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    double top = fmin(y + (double)ink.y / PANGO_SCALE, base - 0.7 * type.size);
    double foot = fmax(y + (double)(ink.y + ink.height) / PANGO_SCALE, base + 0.2 * type.size);
    sheet_lines(page->sheet, layout, x, y, 0, -1);
    g_object_unref(layout);
    page->cut[page->n++] = (Cut){x + (double)ink.x / PANGO_SCALE, top, (double)ink.width / PANGO_SCALE,
                                 foot - top, as_read(text)};
}

static void add_rules(Page *page)
{
    Rng *rng = page->rng;
    for (int i = 0; i < page->n; i++) {
        const Cut *c = &page->cut[i];
        double grey = rng_between(rng, 0, 0.6), wide = rng_between(rng, 0.4, 1.2);
        if (rng_chance(rng, 0.12))
            sheet_stroke(page->sheet, c->x - 30, c->y - 1, c->x + c->w + 30,
                         c->y - 1 + rng_between(rng, -1, 1), wide, grey);
        if (rng_chance(rng, 0.12))
            sheet_stroke(page->sheet, c->x - 30, c->y + c->h + 1, c->x + c->w * rng_between(rng, 0.2, 1.2),
                         c->y + c->h + 1, wide, grey);
        if (rng_chance(rng, 0.06))
            sheet_stroke(page->sheet, c->x - 4, c->y, c->x - 4, c->y + c->h * rng_between(rng, 0.3, 1.1),
                         wide, grey);
        if (rng_chance(rng, 0.06))
            sheet_stroke(page->sheet, c->x + c->w + 4, c->y, c->x + c->w + 4,
                         c->y + c->h * rng_between(rng, 0.3, 1.1), wide, grey);
        for (int dots = rng_chance(rng, 0.1) ? rng_range(rng, 1, 6) : 0; dots; dots--) {
            double x = c->x + rng_between(rng, -6, c->w + 10), y = c->y + rng_between(rng, 0, c->h);
            sheet_stroke(page->sheet, x, y, x + rng_between(rng, 0.3, 1.2), y, rng_between(rng, 0.3, 1.2),
                         grey);
        }
    }
}

/* Over a line, or with its ring just beside the end of one. */
static void add_seals(Page *page)
{
    Rng *rng = page->rng;
    page->sheet->ink_mixes = true;
    for (int seals = rng_chance(rng, 0.5) ? rng_range(rng, 1, 2) : 0; seals && page->n; seals--) {
        const Cut *c = &page->cut[rng_range(rng, 0, page->n - 1)];
        double radius = rng_between(rng, 46, 54);
        double x = rng_chance(rng, 0.5) ? c->x + c->w + radius * rng_between(rng, 0.8, 1.05)
                                        : rng_between(rng, 60, PAGE_WIDTH - 60);
        mark_seal(page->book, page->sheet, rng, x, c->y + rng_between(rng, -25, 25), radius,
                  rng_chance(rng, 0.5) ? "ỦY BAN NHÂN DÂN" : "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO");
    }
}

static PIX *through_jpeg(PIX *page, int quality)
{
    l_uint8 *data = NULL;
    size_t size = 0;
    PIX *back = NULL;
    if (!pixWriteMemJpeg(&data, &size, page, quality, 0)) back = pixReadMem(data, size);
    lept_free(data);
    if (!back) die(DAU_INTERNAL, "Leptonica cannot pack a page as JPEG");
    pixDestroy(&page);
    return back;
}

/* What the copier and the scanner add to wear_page(): strokes thicker or thinner, blur, JPEG, ink that pales. */
static PIX *wear_more(PIX *page, Rng *rng, bool bits)
{
    PIX *grey = pixConvertTo8(page, 0), *next = NULL;
    pixDestroy(&page);
    int dpi = pixGetXRes(grey), kind = rng_range(rng, 0, 9);
    if (bits) {
        if (kind == 0 && dpi >= 200) next = pixErodeGray(grey, 3, 1); /* darker spreads */
        if (kind == 1) next = pixBlockconvGray(grey, NULL, 1, 1);
        if (kind == 2 && dpi >= 250) next = pixDilateGray(grey, 1, 3);
    } else if (kind < 3) {
        next = pixBlockconvGray(grey, NULL, 1, 1);
    } else if (kind < 5) {
        next = pixGammaTRC(NULL, grey, 1, rng_range(rng, -140, -40), 255);
    }
    if (next) pixDestroy(&grey), grey = next;
    return !bits && rng_chance(rng, 0.7) ? through_jpeg(grey, rng_range(rng, 25, 90)) : grey;
}

static void cut_lines(Page *page, PIX *worn, const Wear *wear, GByteArray *file)
{
    int w = pixGetWidth(worn), h = pixGetHeight(worn);
    double unit = wear->dpi / 72.0;
    l_float32 scale = wear->dpi >= READ_AT * 4 / 5 ? 1 : (l_float32)fmin(3, READ_AT / (double)wear->dpi);
    for (int i = 0; i < page->n; i++) {
        const Cut *c = &page->cut[i];
        double x = (c->x + c->w / 2) * unit, y = (c->y + c->h / 2) * unit, x0 = x, y0 = y;
        double round = 4 / scale + rng_between(page->rng, -1, 2);
        wear_point(wear, w, h, &x, &y);
        x0 = x - c->w * unit / 2, y0 = y - c->h * unit / 2;
        BOX *box = boxCreate((int)(x0 - round * rng_between(page->rng, 1, 3)), (int)(y0 - round),
                             (int)(c->w * unit + round * 4), (int)(c->h * unit + 2 * round));
        PIX *part = pixClipRectangle(worn, box, NULL);
        boxDestroy(&box);
        if (!part) continue;
        PIX *large = scale > 1 ? pixScale(part, scale, scale) : pixClone(part);
        lstmf_add(file, large, c->text);
        pixDestroy(&large);
        pixDestroy(&part);
    }
}

static void draw_page(const ReaderJob *job, ReaderText *source, char **font, Rng *rng, GByteArray *file)
{
    static const int resolutions[] = {100, 120, 150, 150, 200, 200, 200, 250, 300, 300};
    int dpi = resolutions[rng_range(rng, 0, 9)];
    double size = rng_range(rng, 20, 30) / 2.0, pitch = size * rng_between(rng, 1.5, 2.2);
    Book *book = book_new(font[rng_range(rng, 0, (int)g_strv_length(font) - 1)], size, dpi);
    Page page = {.book = book, .rng = rng};
    page.sheet = book_add_sheet(book, PAGE_WIDTH, pitch * (PAGE_LINES + 2));
    for (int i = 0; i < PAGE_LINES; i++) {
        Type type = {.size = size, .bold = rng_chance(rng, 0.15), .italic = rng_chance(rng, 0.08)};
        char *text = reader_text_line(source, rng);
        add_line(&page, type, text, pitch * (i + 1));
        g_free(text);
    }
    add_rules(&page);
    add_seals(&page);
    bool bits = rng_chance(rng, 0.45);
    int level = rng_chance(rng, 0.2) ? 0 : dpi < 150 ? rng_range(rng, 1, 2) : rng_range(rng, 1, 3);
    Wear wear = {.level = level,
                 .skew = 0.12 * rng_normal(rng),
                 .colours = bits ? WEAR_BILEVEL : WEAR_GREY,
                 .dpi = dpi,
                 .seed = rng_next(rng)};
    PIX *worn = wear_more(wear_page(page.sheet->surface, &wear), rng, bits);
    cut_lines(&page, worn, &wear, file);
    pixDestroy(&worn);
    for (int i = 0; i < page.n; i++) g_free(page.cut[i].text);
    book_free(book);
    (void)job;
}

int job_reader(const ReaderJob *job)
{
    Rng rng;
    if (!job->job.out) die(DAU_USAGE, "--out is missing; see draw --help");
    ReaderText *source = reader_text_load(job->job.data, job->dicts);
    char **font = g_strsplit(job->fonts, ",", -1);
    GByteArray *file = lstmf_new();
    rng_init(&rng, (uint64_t)job->job.seed, RNG_TEXT);
    for (int page = 0; page < job->pages; page++) draw_page(job, source, font, &rng, file);
    lstmf_save(file, job->job.out);
    g_strfreev(font);
    reader_text_free(source);
    return 0;
}
