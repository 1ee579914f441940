/* A page as a person would note it down: each block with its place, then what it says. A table goes cell by
 * cell: "r3 c2  Mầm non Hoa Mai". */
#include "cmd/show.h"

static void add_rect(Buf *b, Rect r)
{
    buf_addf(b, "%d,%d %dx%d", r.x, r.y, r.w, r.h);
}

static void show_words(const Page *p, int first, int n, Buf *b)
{
    for (int i = first; i < first + n; i++) {
        const Word *w = &p->words.v[i];
        buf_addf(b, "        %-18s conf %.2f", w->raw, (double)w->conf);
        if (w->text)
            buf_addf(b, "  -> %-18s prob %.2f by %s", w->text, (double)w->prob, origin_name(w->origin));
        buf_add(b, "  at ");
        add_rect(b, w->box);
        for (int k = 0; k < WORD_MARKS; k++)
            if (w->marks >> k & 1) buf_addf(b, "  %s", word_mark_name((WordMark)(1u << k)));
        for (int k = 0; k < w->choices; k++) buf_addf(b, "%s%s", k ? " " : "  engine: ", w->choice[k].text);
        for (int k = 0; k < w->alts; k++) buf_addf(b, "%s%s", k ? " " : "  restored: ", w->alt[k].text);
        buf_addc(b, '\n');
    }
}

static void show_lines(const Page *p, int first, int n, bool words, Buf *b)
{
    Arena a = {0};
    for (int i = first; i < first + n; i++) {
        const Line *line = &p->lines.v[i];
        buf_addf(b, "    %s\n", page_line_text(p, &a, line, TEXT_RESTORED));
        if (words) show_words(p, line->first_word, line->words, b);
    }
    arena_release(&a);
}

static void show_table(const Page *p, const Table *t, bool words, Buf *b)
{
    Arena a = {0};
    for (int i = 0; i < t->cells; i++) {
        const Cell *c = &p->cells.v[t->first_cell + i];
        buf_addf(b, "    r%d c%d", c->row + 1, c->col + 1);
        if (c->rowspan > 1 || c->colspan > 1) buf_addf(b, " (%d rows, %d columns)", c->rowspan, c->colspan);
        buf_addf(b, "  %s\n", c->blank ? "-" : page_cell_text(p, &a, c, TEXT_RESTORED));
        int n, first = page_lines_first_word(p, c->first_line, c->lines, &n);
        if (words) show_words(p, first, n, b);
    }
    arena_release(&a);
}

static void show_block(const Page *p, int i, bool words, Buf *b)
{
    static const char *const kinds[] = {"ruled", "partly ruled", "unruled"};
    const Block *k = &p->blocks.v[i];
    if (k->kind == BLOCK_TABLE) {
        const Table *t = &p->tables.v[k->table];
        buf_addf(b, "  %d  table, %s, %d rows, %d columns%s%s, at ", i + 1, kinds[t->kind], t->rows, t->cols,
                 t->open_top ? ", open above" : "", t->open_bottom ? ", open below" : "");
    } else {
        buf_addf(b, "  %d  %s", i + 1, k->kind == BLOCK_TEXT ? "text" : "picture");
        if (k->column) buf_addf(b, ", column %d", k->column);
        buf_add(b, ", at ");
    }
    add_rect(b, k->box);
    buf_addc(b, '\n');
    if (k->kind == BLOCK_TABLE)
        show_table(p, &p->tables.v[k->table], words, b);
    else
        show_lines(p, k->first_line, k->lines, words, b);
}

/* The words of a text layer that ocr has not taken yet, as the file has them. */
static void show_layer(const Page *p, Buf *b)
{
    for (size_t i = 0; i < p->layer.n; i++) {
        const Word *w = &p->layer.v[i], *before = i ? w - 1 : w;
        bool below = !i || w->box.y > before->box.y + before->box.h / 2 || w->box.x < before->box.x;
        buf_addf(b, "%s%s", below ? "\n    " : " ", w->raw);
    }
    if (p->layer.n) buf_addc(b, '\n');
}

void show_page_text(const Page *p, bool words, Buf *b)
{
    buf_addf(b, "page %d: %d x %d %s", p->number, p->width, p->height,
             p->unit == UNIT_PIXEL ? "pixels" : "characters");
    if (p->unit == UNIT_PIXEL)
        buf_addf(b, " at %d dpi, turned by %d, skew %.2f degrees", p->dpi, p->turned, (double)p->skew);
    buf_addf(b, ", from %s; stage %s\n", p->via, stage_name(p->stage));
    if (p->stage < STAGE_OCR) show_layer(p, b);
    for (size_t i = 0; i < p->blocks.n; i++) show_block(p, (int)i, words, b);
}
