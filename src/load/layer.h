/* load/layer: reads the text layer of a page of a PDF, and judges whether to believe it.
 *
 *     Layer layer;
 *     layer_init(&layer, sheet.pdf, &page->arena, fluent);
 *     if (!layer_refused_by_language(&layer, drawn) && !layer_refused_by_ink(&layer, &sheet, scan, &plan))
 *         layer_give(&layer, &plan, page);
 *     layer_release(&layer);
 */
#ifndef DAU_LOAD_LAYER_H
#define DAU_LOAD_LAYER_H

#include "base/charset.h"
#include "model/fluency.h"
#include "load/sheet.h"

struct Pix;

typedef struct LayerWord {
    PopplerRectangle area; /* points from the sheet's top left */
    const char *text;      /* NFC; a legacy font's letters as what they show */
    int font;              /* index of Layer.fonts; -1: not known */
    bool ends_line;
} LayerWord;

typedef struct LayerFont {
    const char *name;
    Charset charset; /* CHARSET_UTF8: Unicode, as it should be */
    bool capitals;   /* a font whose small letters look like capitals: .VnTimeH */
} LayerFont;

typedef struct Layer {
    Arena *arena;
    VEC(LayerWord) words;
    VEC(LayerFont) fonts;
    Fluency fluency;
} Layer;

bool layer_is_there(PopplerPage *pdf); /* any text at all */
/* Takes the words of the page's text layer, their letters decoded. The strings lie in the arena; the caller releases l. */
void layer_init(Layer *l, PopplerPage *pdf, Arena *a, const Fluent *f);
void layer_release(Layer *l);

/* Why the layer is not used instead of the picture, for Page.via; NULL: nothing speaks against it. The first judges by
 * the text; with `drawn`, the text is seen on the page, not laid under a scan. The second compares it with the ink of the
 * page as `plan` made it. */
const char *layer_refused_by_language(const Layer *l, bool drawn);
const char *layer_refused_by_ink(const Layer *l, const Sheet *sheet, struct Pix *scan, const SheetPlan *plan);
/* Appends the words in their places to page->layer. */
void layer_give(const Layer *l, const SheetPlan *plan, Page *page);
/* The old charset that some of its words were in, or CHARSET_UTF8. */
Charset layer_charset(const Layer *l);

#endif
