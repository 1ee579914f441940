/* Shows the row of "Nguyễn Du - Phú Lãm" as it stands on the paper: loads its page, cuts out the box and a little round
 * it. */
#include "cmd/show_pairing.h"

#include "base/file.h"
#include "cmd/source.h"

#include <unistd.h>

enum {
    MARGIN_PERCENT = 40, /* of the row's height, on each side: rules and the edges of its neighbours show */
    LEAST_MARGIN = 8,    /* pixels */
};

typedef struct Shown {
    Arena arena;
    Row row;
    int64_t doc;
    Page page;     /* as stored: words and boxes */
    Source source; /* the file */
} Shown;

/* ---- the picture ---- */

static Rect crop_box(const Shown *e)
{
    Rect box = e->row.pairing.place.box;
    int margin = box.h * MARGIN_PERCENT / 100;
    return rect_clip(rect_grow(box, margin > LEAST_MARGIN ? margin : LEAST_MARGIN), e->page.width,
                     e->page.height);
}

static void add_box(Buf *b, Rect r, const char *color, int width, const char *title)
{
    if (rect_empty(r)) return;
    buf_addf(
        b,
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\">"
        "<title>",
        r.x, r.y, r.w, r.h, color, width);
    buf_add_xml(b, title);
    buf_add(b, "</title></rect>\n");
}

static void add_words(Buf *b, const Shown *e)
{
    const Place *place = &e->row.pairing.place;
    for (int i = place->first_word; i < place->first_word + place->words && i < (int)e->page.words.n; i++) {
        const Word *w = &e->page.words.v[i];
        add_box(b, w->box, "#bc4c00", 1, w->text && *w->text ? w->text : w->raw);
    }
}

static void make_svg(const Shown *e, Rect crop, const Buf *png, Buf *out)
{
    const Pairing *p = &e->row.pairing;
    buf_addf(out,
             "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
             " width=\"%d\" height=\"%d\" viewBox=\"%d %d %d %d\">\n",
             crop.w, crop.h, crop.x, crop.y, crop.w, crop.h);
    buf_addf(out, "<image x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" xlink:href=\"data:image/png;base64,",
             crop.x, crop.y, crop.w, crop.h);
    buf_add_base64(out, png->s, png->len);
    buf_add(out, "\"/>\n");
    add_words(out, e);
    add_box(out, p->place.box, "#0969da", 2, p->rule ? p->rule : "");
    add_box(out, p->school.place.box, "#8250df", 3, p->school.name);
    add_box(out, p->partner.place.box, "#bf3989", 3, p->partner.name);
    buf_add(out, "</svg>\n");
}

static bool make_picture(Shown *e, const char *out, Buf *b, Err *err)
{
    Buf png = {0};
    Rect crop = crop_box(e);
    const Raster *scan = source_page(&e->source, &e->page, err);
    bool ok = scan && load_png(scan, crop, 0, &png, err);
    if (ok && str_ends(out, ".svg"))
        make_svg(e, crop, &png, b);
    else if (ok)
        buf_addn(b, png.s, png.len);
    buf_release(&png);
    return ok;
}

/* ---- a page of text ---- */

static void make_text(const Shown *e, Buf *b)
{
    Arena a = {0};
    Rect row = e->row.pairing.place.box;
    buf_addf(b, "%s, page %d\n", e->row.file, e->page.number);
    for (size_t i = 0; i < e->page.lines.n; i++) {
        const Line *line = &e->page.lines.v[i];
        if (line->box.y < row.y || line->box.y >= rect_bottom(row)) continue;
        buf_addf(b, "%5d  %s\n", line->box.y + 1, page_line_text(&e->page, &a, line, TEXT_RAW));
        buf_addf(b, "       %s\n", page_line_text(&e->page, &a, line, TEXT_RESTORED));
    }
    arena_release(&a);
}

static bool make_evidence(Store *store, Shown *e, const char *out, Buf *b, Err *err)
{
    int number = e->row.pairing.place.page;
    if (!number) return err_set(err, DAU_BAD_INPUT, "nothing says where pairing '%s' stands", e->row.id);
    if (!store_load_page(store, e->doc, number, &e->page, err)) return false;
    if (e->page.unit == UNIT_CHARACTER) {
        make_text(e, b);
        return true;
    }
    if (str_eq(out, "-") && isatty(STDOUT_FILENO))
        return err_set(err, DAU_USAGE, "cannot print a picture on a terminal; name a file with -o crop.png");
    return source_open(&e->source, store, e->doc, e->row.file, err) && make_picture(e, out, b, err);
}

bool show_pairing(const char *database, const char *id, const char *out, const char *const *passwords,
                  Err *err)
{
    Shown e = {.source.passwords = passwords};
    Buf b = {0};
    page_init(&e.page, 0);
    Store *store = store_open(database, STORE_READ, err);
    if (store && store_load_row(store, id, &e.arena, &e.row, &e.doc, err) &&
        make_evidence(store, &e, out, &b, err))
        file_write(out, buf_str(&b), b.len, err);
    store_close(store);
    buf_release(&b);
    source_close(&e.source);
    page_release(&e.page);
    arena_release(&e.arena);
    return !err_is(err);
}
