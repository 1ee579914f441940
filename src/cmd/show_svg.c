/* SVG 1.1: the picture first, then a group for each kind of box, so that a viewer can switch them on and off. The box of
 * "Mầm non Hoa Mai" is where it stands on the page as scanned, turned and skewed as the page is. */
#include "cmd/show.h"

#include "load/load.h"

enum { LONGEST_SIDE = 1800 }; /* px of the embedded picture */

static void add_box(Buf *b, Rect r, const char *class, const char *title)
{
    if (rect_empty(r)) return;
    buf_addf(b, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\">", class, r.x, r.y, r.w,
             r.h);
    if (title) {
        buf_add(b, "<title>");
        buf_add_xml(b, title);
        buf_add(b, "</title>");
    }
    buf_add(b, "</rect>\n");
}

static void add_style(Buf *b, const Page *p)
{
    int thin = p->width / 800 + 1;
    buf_addf(
        b,
        "<style>rect{fill:none;stroke-width:%d} .block{stroke:#1a7f37} .table{stroke:#0550ae;stroke-width:%d}"
        " .cell{stroke:#0969da;fill:#0969da;fill-opacity:.05} .blank{stroke:#8c959f;stroke-dasharray:%d}"
        " .word{stroke:#bc4c00;fill:#bc4c00;fill-opacity:.08} "
        ".doubt{stroke:#cf222e;fill:#cf222e;fill-opacity:.2}"
        " .school{stroke:#8250df;stroke-width:%d} .partner{stroke:#bf3989;stroke-width:%d}</style>\n",
        thin, 2 * thin, 4 * thin, 2 * thin, 2 * thin);
}

static bool add_picture(const Page *p, const Raster *raster, Buf *b, Err *err)
{
    Buf png = {0};
    bool ok = load_png(raster, (Rect){0}, LONGEST_SIDE, &png, err);
    if (ok) {
        buf_addf(b, "<image width=\"%d\" height=\"%d\" xlink:href=\"data:image/png;base64,", p->width,
                 p->height);
        buf_add_base64(b, png.s, png.len);
        buf_add(b, "\"/>\n");
    }
    buf_release(&png);
    return ok;
}

static void add_layout(const Page *p, Buf *b)
{
    Arena a = {0};
    buf_add(b, "<g id=\"layout\">\n");
    for (size_t i = 0; i < p->blocks.n; i++)
        if (p->blocks.v[i].kind != BLOCK_TABLE)
            add_box(b, p->blocks.v[i].box, "block", arena_printf(&a, "block %zu", i + 1));
    for (size_t i = 0; i < p->tables.n; i++) add_box(b, p->tables.v[i].box, "table", NULL);
    for (size_t i = 0; i < p->cells.n; i++) {
        const Cell *c = &p->cells.v[i];
        const char *text = p->lines.n ? page_cell_text(p, &a, c, TEXT_RESTORED) : "";
        add_box(b, c->box, c->blank ? "blank" : "cell",
                arena_printf(&a, "r%d c%d %s", c->row + 1, c->col + 1, text));
    }
    buf_add(b, "</g>\n");
    arena_release(&a);
}

static void add_words(const Page *p, Buf *b)
{
    static const float doubt = 0.8f; /* below this a person should look */
    Arena a = {0};
    buf_add(b, "<g id=\"words\">\n");
    for (size_t i = 0; i < p->words.n; i++) {
        const Word *w = &p->words.v[i];
        float sure = w->text ? w->prob : w->conf;
        add_box(b, w->box, sure < doubt ? "doubt" : "word",
                arena_printf(&a, "%s%s%s %.2f", w->raw, w->text ? " > " : "", w->text ? w->text : "",
                             (double)sure));
    }
    buf_add(b, "</g>\n");
    arena_release(&a);
}

static void add_pairings(const Page *p, const Pairings *found, Buf *b)
{
    buf_add(b, "<g id=\"pairings\">\n");
    for (size_t i = 0; i < found->v.n; i++) {
        const Pairing *q = &found->v.v[i];
        if (q->school.place.page == p->number) add_box(b, q->school.place.box, "school", q->school.name);
        if (q->partner.place.page == p->number) add_box(b, q->partner.place.box, "partner", q->partner.name);
    }
    buf_add(b, "</g>\n");
}

bool show_page_svg(const Page *p, const Raster *raster, const Pairings *found, Buf *b, Err *err)
{
    if (p->unit == UNIT_CHARACTER)
        return err_set(err, DAU_USAGE, "a page of text has no picture; leave --svg out");
    buf_addf(
        b,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%d\" "
        "height=\"%d\" viewBox=\"0 0 %d %d\">\n",
        p->width / 2, p->height / 2, p->width, p->height);
    add_style(b, p);
    if (!add_picture(p, raster, b, err)) return false;
    add_layout(p, b);
    add_words(p, b);
    if (found) add_pairings(p, found, b);
    buf_add(b, "</svg>\n");
    return true;
}
