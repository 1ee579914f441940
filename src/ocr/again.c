/* A line with a doubted word is cut out again and read from another picture: a grey one is thresholded by itself, a
 * two-level one is blurred. So the engine meets other edges than the first time.
 *
 * Example: "Mầm non Bich Hoà", where "Bich" has 0.41. The line is read again as "Mầm non Bích Hòa". The second word that
 * stands where "Bich" does is "Bích". It joins the choices of "Bich", and restore decides.
 */
#include "ocr/private.h"

#include "base/str.h"

#include <math.h>
#include <stdlib.h>

static const double MARKS = 1.0 / 20; /* inches round a line where its marks may stand */
static const double SAME_PLACE = 0.6; /* share of the wider of two boxes that is in both */
static const float AGREED = 1.5f;     /* nats by which other choices fall when two readings agree */
static const float SAUVOLA_FACTOR = 0.2f;
enum { SAUVOLA_HALF = 24 }; /* px at the size that is read: about a letter's height */
enum { TWO_LEVELS = 16 };   /* of 256 greys in use: a two-level scan turned by nothing */

static PIX *clip(PIX *pix, Rect r)
{
    BOX *box = boxCreate(r.x, r.y, r.w, r.h);
    PIX *part = pixClipRectangle(pix, box, NULL);
    boxDestroy(&box);
    return part;
}

static bool is_two_level(const Raster *raster)
{
    return raster->scan && pixGetDepth(raster->scan) == 1;
}

void region_other(Region *region, const Raster *raster)
{
    bool two_level = is_two_level(raster);
    PIX *ink = NULL, *other = NULL;
    if (two_level)
        other = pixBlockconv(region->pix, 1, 1);
    else if (pixSauvolaBinarize(region->pix, SAUVOLA_HALF, SAUVOLA_FACTOR, 1, NULL, NULL, NULL, &ink) == 0)
        other = pixConvert1To8(NULL, ink, 255, 0);
    pixDestroy(&ink);
    if (!other) return;
    pixDestroy(&region->pix);
    region->pix = other;
}

static bool read_line(Ocr *ocr, const Page *page, const Raster *raster, const Line *line, Page *second,
                      Err *err)
{
    Rect at = rect_clip(rect_grow(line->at, (int)(MARKS * page->dpi) + 2), page->upright_width,
                        page->upright_height);
    PIX *part = clip(raster->clear, at);
    if (!part) return true;
    Region region = region_of(part, at, page->dpi, true);
    region_other(&region, raster);
    bool ok = region_read(ocr, &region, second, err);
    pixDestroy(&region.pix);
    pixDestroy(&part);
    return ok;
}

/* The only word of the second reading that stands where `at` does, or NULL. */
static const Word *lookup_there(const Page *second, Rect at)
{
    for (size_t i = 0; i < second->words.n; i++) {
        const Word *w = &second->words.v[i];
        int from = at.x > w->at.x ? at.x : w->at.x;
        int to = rect_right(at) < rect_right(w->at) ? rect_right(at) : rect_right(w->at);
        int wider = at.w > w->at.w ? at.w : w->at.w;
        if (to - from >= SAME_PLACE * wider) return w;
    }
    return NULL;
}

static float best_score(const Word *w)
{
    return w->choices ? w->choice[0].score : logf(w->conf > 0.01f ? w->conf : 0.01f);
}

/* The first choice, what was read, stays in its place; the second reading's follow it. */
static void add_choice(Page *page, Word *w, const char *text, float score)
{
    Reading *all = arena_new(&page->arena, Reading, (size_t)w->choices + 2);
    int n = 0;
    all[n++] = (Reading){w->raw, best_score(w)};
    all[n++] = (Reading){arena_str(&page->arena, text), score};
    for (int i = 1; i < w->choices; i++)
        if (!str_eq(w->choice[i].text, text)) all[n++] = w->choice[i];
    w->choice = all, w->choices = n;
}

static void weigh(Page *page, Word *w, const Word *second)
{
    float both = w->conf + second->conf;
    if (str_eq(w->raw, second->raw)) {
        w->conf = 1 - (1 - w->conf) * (1 - second->conf);
        for (int i = 1; i < w->choices; i++) w->choice[i].score -= AGREED;
        return;
    }
    add_choice(page, w, second->raw, best_score(second));
    w->marks |= WORD_DISPUTED;
    if (both > 0) w->conf *= w->conf / both;
}

bool ocr_again(Ocr *ocr, Page *page, const Raster *raster, const bool *doubted, int *again, Err *err)
{
    int seen = 0;
    for (size_t i = 0; i < page->lines.n && !err_is(err) && raster->clear; i++) {
        const Line *line = &page->lines.v[i];
        bool any = false;
        for (int k = 0; k < line->words && !any; k++) any = doubted[line->first_word + k];
        if (!any) continue;
        Page second;
        page_init(&second, page->number);
        second.dpi = page->dpi, second.to_scan = page->to_scan;
        second.width = page->width, second.height = page->height;
        second.upright_width = page->upright_width, second.upright_height = page->upright_height;
        read_line(ocr, page, raster, line, &second, err);
        for (int k = 0; k < line->words; k++) {
            Word *w = &page->words.v[line->first_word + k];
            const Word *there = doubted[line->first_word + k] ? lookup_there(&second, w->at) : NULL;
            if (there) weigh(page, w, there), seen++;
        }
        page_release(&second);
    }
    if (again) *again = seen;
    return !err_is(err);
}
