/* Poppler gives the characters in reading order, a box for each, and the fonts. Words end at blanks and at the ends of
 * lines.
 *
 *  1. A font from before Unicode is known by its name (.VnTime, VNI-Times), or by its text, of which only one of the old
 *     charsets makes Vietnamese. Its words are converted. .VnTimeH shows small letters as capitals.
 *  2. Is it Vietnamese that a person wrote? "Trulmg M§m non" under a scan is what an engine without Vietnamese left: too
 *     few of its words are known to the language model, or have marks.
 *  3. Is it all of the page? A signature's stamp says "Người ký: ..." in good Vietnamese, and the page under it is a
 *     scan: nearly all of the ink lies outside the words.
 */
#include "load/layer.h"

#include "base/viet.h"
#include "load/charset.h"

#include <leptonica/allheaders.h>
#include <math.h>
#include <string.h>

enum {
    MOST_CHARACTERS = 200000, /* of a page; a dense A3 has 20,000 */
    INK_DPI = 100,            /* at which ink is counted */
    INK_LEVEL = 140,          /* grey below which it is ink */
    LEAST_NAMES = 20,         /* words of a list of names */
};
/* Least share of known words for a layer under a scan. It is another engine's work; to be better than our reading of the
 * picture, nearly all of it must be right. */
static const double LEAST_KNOWN_UNSEEN = 0.97;
/* Shares of known words, and of known words with marks, of a list of names that is seen on the page. The model does not know
 * every name; what an engine without Vietnamese left has few marks. */
static const double LEAST_KNOWN_NAMES = 0.75, LEAST_MARKED_NAMES = 0.6;
static const double GAP = 0.35; /* of the letters' height; within a word they touch or nearly so */
static const double LEAST_INK =
    0.3; /* share of the page's ink that lies under the words; the rest is rules */
static const double MOST_PICTURED = 0.3; /* share of the ink that lies in pictures and under no word */
static const double MOST_EMPTY = 0.3;    /* share of words that stand where there is no ink */

/* ---- what it says ---- */

static int find_font(Layer *l, const char *name)
{
    for (size_t i = 0; i < l->fonts.n; i++)
        if (str_eq(l->fonts.v[i].name, name)) return (int)i;
    LayerFont *font = vec_push(&l->fonts);
    font->name = arena_str(l->arena, name);
    font->charset = charset_of_font(font->name, &font->capitals);
    return (int)l->fonts.n - 1;
}

/* The font of each character. */
static int *fonts_of(Layer *l, PopplerPage *pdf, size_t chars)
{
    int *font = arena_new(l->arena, int, chars + 1);
    for (size_t i = 0; i < chars; i++) font[i] = -1;
    GList *all = poppler_page_get_text_attributes(pdf);
    for (GList *at = all; at; at = at->next) {
        const PopplerTextAttributes *t = at->data;
        int index = find_font(l, t->font_name ? t->font_name : "");
        for (int i = t->start_index; i >= 0 && i <= t->end_index && (size_t)i < chars; i++) font[i] = index;
    }
    poppler_page_free_text_attributes(all);
    return font;
}

static PopplerRectangle both(PopplerRectangle a, PopplerRectangle b)
{
    return (PopplerRectangle){fmin(a.x1, b.x1), fmin(a.y1, b.y1), fmax(a.x2, b.x2), fmax(a.y2, b.y2)};
}

/* Poppler leaves out the blank between cells of a table: a gap, or another line, parts words, too. */
static bool apart(const PopplerRectangle *a, const PopplerRectangle *b)
{
    double height = fmin(a->y2 - a->y1, b->y2 - b->y1);
    return b->x1 - a->x2 > GAP * height || b->x2 < a->x1 - height || fmin(a->y2, b->y2) < fmax(a->y1, b->y1);
}

typedef struct Cutter {
    Layer *l;
    const char *text;
    size_t from; /* of the word begun, bytes */
    bool inside;
} Cutter;

static void end_word(Cutter *c, size_t at)
{
    if (c->inside)
        c->l->words.v[c->l->words.n - 1].text = arena_strn(c->l->arena, c->text + c->from, at - c->from);
    c->inside = false;
}

static void cut_words(Layer *l, const char *text, const PopplerRectangle *area, const int *font, size_t chars)
{
    Cutter cutter = {.l = l, .text = text};
    size_t len = strlen(text), at = 0;
    for (size_t i = 0; at < len && i < chars; i++) {
        int32_t c;
        size_t step = utf8_decode(text + at, len - at, &c);
        bool blank = viet_is_space(c);
        if (blank || (cutter.inside && apart(&area[i - 1], &area[i]))) end_word(&cutter, at);
        if (c == '\n' && l->words.n) l->words.v[l->words.n - 1].ends_line = true;
        if (!blank && !cutter.inside) {
            *vec_push(&l->words) = (LayerWord){.area = area[i], .font = font[i]};
            cutter.from = at;
            cutter.inside = true;
        }
        if (!blank) l->words.v[l->words.n - 1].area = both(l->words.v[l->words.n - 1].area, area[i]);
        at += step;
    }
    end_word(&cutter, at);
}

/* ---- old fonts ---- */

static void collect(const Layer *l, int font, Buf *b)
{
    for (size_t i = 0; i < l->words.n; i++) {
        const LayerWord *w = &l->words.v[i];
        if (font >= 0 && w->font != font) continue;
        buf_add(b, w->text);
        buf_addc(b, w->ends_line ? '\n' : ' ');
    }
}

/* By what its text looks like; the name alone does not tell, for people type Unicode in .VnTime, too. */
static void find_charset(Layer *l, int font, const Fluent *f)
{
    Buf b = {0};
    Charset *charset = &l->fonts.v[font].charset;
    collect(l, font, &b);
    if (*charset == CHARSET_UTF8)
        *charset = encoding_of_font_text(f, buf_str(&b), b.len);
    else if (viet_has_own_letter(buf_str(&b), b.len) &&
             !encoding_is_font_text(f, *charset, buf_str(&b), b.len))
        *charset = CHARSET_UTF8;
    buf_release(&b);
}

/* The length of a hyphen or minus sign at s; 0: it is none. */
static size_t hyphen_at(const char *s)
{
    static const char *const signs[] = {"-", "\u2010", "\u2011", "\u2212"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_starts(s, signs[i])) return strlen(signs[i]);
    return 0;
}

static double sense_of(Layer *l, const Fluent *f, const Buf *word)
{
    Buf b = {0};
    charset_decode_misread(CHARSET_TCVN3, buf_str(word), word->len, &b);
    const char *nfc = viet_nfc(l->arena, buf_str(&b), b.len);
    buf_release(&b);
    return fluent_read(f, nfc, strlen(nfc)).logp;
}

/* "Tr-êng", "nh-": byte AD, the letter ư of TCVN3, is a soft hyphen elsewhere, and Poppler gives it as a hyphen or a minus
 * sign. Each is taken for the letter where the word makes more sense so; "GD-§T" keeps its own. */
static void letters_of_hyphens(Layer *l, const Fluent *f, LayerWord *w)
{
    Buf now = {0}, other = {0};
    buf_add(&now, w->text);
    for (size_t i = 0, n; i < now.len && now.len > 1; i++) {
        if (!(n = hyphen_at(now.s + i))) continue;
        buf_clear(&other);
        buf_addn(&other, now.s, i);
        buf_add(&other, "\u00AD");
        buf_add(&other, now.s + i + n);
        if (sense_of(l, f, &other) <= sense_of(l, f, &now)) continue;
        buf_clear(&now);
        buf_add(&now, buf_str(&other));
    }
    w->text = arena_strn(l->arena, buf_str(&now), now.len);
    buf_release(&now);
    buf_release(&other);
}

static void convert(Layer *l, LayerWord *w, const Fluent *f)
{
    const LayerFont *font = w->font >= 0 ? &l->fonts.v[w->font] : NULL;
    Buf b = {0};
    if (font && font->charset != CHARSET_UTF8 && !viet_has_own_letter(w->text, strlen(w->text))) {
        if (font->charset == CHARSET_TCVN3) letters_of_hyphens(l, f, w);
        charset_decode_misread(font->charset, w->text, strlen(w->text), &b);
        w->text = arena_strn(l->arena, buf_str(&b), b.len);
        if (font->capitals) w->text = viet_upper_str(l->arena, w->text);
    }
    w->text = viet_nfc(l->arena, w->text, strlen(w->text));
    buf_release(&b);
}

bool layer_is_there(PopplerPage *pdf)
{
    char *text = poppler_page_get_text(pdf);
    bool there = text && text[strspn(text, " \t\r\n\f")];
    g_free(text);
    return there;
}

void layer_init(Layer *l, PopplerPage *pdf, Arena *a, const Fluent *f)
{
    PopplerRectangle *area = NULL;
    guint boxes = 0;
    *l = (Layer){.arena = a};
    char *text = poppler_page_get_text(pdf);
    size_t chars = text ? utf8_length(text) : 0;
    if (chars && chars <= MOST_CHARACTERS && poppler_page_get_text_layout(pdf, &area, &boxes))
        cut_words(l, text, area, fonts_of(l, pdf, chars), boxes < chars ? boxes : chars);
    g_free(area);
    g_free(text);
    for (int i = 0; i < (int)l->fonts.n; i++) find_charset(l, i, f);
    for (size_t i = 0; i < l->words.n; i++) convert(l, &l->words.v[i], f);
    Buf b = {0};
    collect(l, -1, &b);
    l->fluency = fluent_read(f, buf_str(&b), b.len);
    buf_release(&b);
}

void layer_release(Layer *l)
{
    vec_release(&l->words);
    vec_release(&l->fonts);
}

Charset layer_charset(const Layer *l)
{
    for (size_t i = 0; i < l->words.n; i++)
        if (l->words.v[i].font >= 0 && l->fonts.v[l->words.v[i].font].charset != CHARSET_UTF8)
            return l->fonts.v[l->words.v[i].font].charset;
    return CHARSET_UTF8;
}

/* ---- whether to believe it ---- */

static Rect to_pixels(PopplerRectangle a, const SheetPlan *p, double scale, int w, int h)
{
    int x = (int)floor(fmax((a.x1 * p->sx + p->x0) * scale, -1)),
        y = (int)floor(fmax((a.y1 * p->sy + p->y0) * scale, -1));
    int x2 = (int)ceil(fmin((a.x2 * p->sx + p->x0) * scale, w)),
        y2 = (int)ceil(fmin((a.y2 * p->sy + p->y0) * scale, h));
    return rect_clip((Rect){x, y, x2 - x, y2 - y}, w, h);
}

static l_int32 count_ink(PIX *ink, Rect r)
{
    l_int32 n = 0;
    if (rect_empty(r)) return 0;
    BOX *box = boxCreate(r.x, r.y, r.w, r.h);
    PIX *part = pixClipRectangle(ink, box, NULL);
    boxDestroy(&box);
    if (part) pixCountPixels(part, &n, NULL);
    pixDestroy(&part);
    return n;
}

/* The page's ink, coarse: pixels of `scale` to one of the scan. */
static PIX *ink_of(PIX *scan, double scale)
{
    PIX *grey = pixConvertTo8(scan, 0),
        *small = grey ? pixScaleSmooth(grey, (l_float32)scale, (l_float32)scale) : NULL;
    PIX *ink = small ? pixThresholdToBinary(small, INK_LEVEL) : NULL;
    pixDestroy(&grey);
    pixDestroy(&small);
    return ink;
}

typedef struct Ink {
    double all, under_words, in_pictures; /* pixels; in pictures and under no word */
    int empty;                            /* words without any */
} Ink;

static Ink measure_ink(const Layer *l, const Sheet *sheet, PIX *scan, const SheetPlan *plan)
{
    double scale = plan->dpi > INK_DPI ? (double)INK_DPI / plan->dpi : 1;
    PIX *ink = ink_of(scan, scale);
    if (!ink) return (Ink){0};
    int w = pixGetWidth(ink), h = pixGetHeight(ink), all = count_ink(ink, (Rect){0, 0, w, h});
    Ink sum = {.all = all};
    for (size_t i = 0; i < l->words.n; i++)
        sum.empty += count_ink(ink, to_pixels(l->words.v[i].area, plan, scale, w, h)) == 0;
    for (size_t i = 0; i < l->words.n; i++) {
        Rect r = to_pixels(l->words.v[i].area, plan, scale, w, h);
        if (!rect_empty(r)) pixRasterop(ink, r.x, r.y, r.w, r.h, PIX_CLR, NULL, 0, 0);
    }
    sum.under_words = all - count_ink(ink, (Rect){0, 0, w, h});
    for (size_t i = 0; i < sheet->pictures.n; i++) {
        Rect r = to_pixels(sheet->pictures.v[i].area, plan, scale, w, h);
        sum.in_pictures += count_ink(ink, r);
        if (!rect_empty(r)) pixRasterop(ink, r.x, r.y, r.w, r.h, PIX_CLR, NULL, 0, 0);
    }
    pixDestroy(&ink);
    return sum;
}

const char *layer_refused_by_language(const Layer *l, bool drawn)
{
    const Fluency *f = &l->fluency;
    if (!l->words.n) return "it is too large to be one";
    bool names = drawn && f->words >= LEAST_NAMES && f->known >= LEAST_KNOWN_NAMES * f->words &&
                 f->marked >= LEAST_MARKED_NAMES * f->words;
    if (!fluency_is_written(*f) && !names)
        return arena_printf(l->arena, "%d of its %d words are known, %d with marks", f->known, f->words,
                            f->marked);
    if (!drawn && f->known < LEAST_KNOWN_UNSEEN * f->words)
        return arena_printf(l->arena, "under a scan, and %d of its %d words are not known",
                            f->words - f->known, f->words);
    return NULL;
}

const char *layer_refused_by_ink(const Layer *l, const Sheet *sheet, PIX *scan, const SheetPlan *plan)
{
    Ink ink = measure_ink(l, sheet, scan, plan);
    double outside = ink.all > 0 ? 1 - ink.under_words / ink.all : 1;
    if (1 - outside < LEAST_INK)
        return arena_printf(l->arena, "%.0f %% of the ink lies outside its words", 100 * outside);
    if (ink.in_pictures > MOST_PICTURED * ink.all) return "pictures hold more than it says";
    if (ink.empty > MOST_EMPTY * (double)l->words.n) return "its words stand where there is no ink";
    return NULL;
}

void layer_give(const Layer *l, const SheetPlan *plan, Page *page)
{
    for (size_t i = 0; i < l->words.n; i++) {
        const LayerWord *w = &l->words.v[i];
        if (!*w->text) continue;
        *vec_push(&page->layer) =
            (Word){.box = to_pixels(w->area, plan, 1, page->width, page->height), .raw = w->text, .conf = 1};
    }
}
