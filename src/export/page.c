/* All forms go over a page in the same way: blocks in reading order, a table's cells by row and column, the
 * lines of each, the words of each. Two cells of a row, in each form:
 *
 *     hocr      <span class='ocrx_word' title='bbox 212 804 300 860; x_wconf 97'>Nguyễn</span>
 *     alto      <String CONTENT="Nguyễn" HPOS="212" VPOS="804" WIDTH="88" HEIGHT="56" WC="0.97"/>
 *     page      <Word ...><Coords points="212,804 300,804 300,860 212,860"/><TextEquiv conf="0.97">...
 *     markdown  | Nguyễn Du | Phú Lãm |
 */
#include "export/page.h"

#include <string.h>

static const char *shown(const Word *w)
{
    return w->text ? w->text : w->raw;
}

/* What restore thought of, else what the engine did. */
static int alternatives(const Word *w, const Reading **v)
{
    *v = w->alts ? w->alt : w->choice;
    return w->alts ? w->alts : w->choices;
}

static void add_attribute(Buf *b, const char *name, const char *value)
{
    buf_addf(b, " %s=\"", name);
    buf_add_xml(b, value);
    buf_addc(b, '"');
}

/* ---- hOCR ---- */

static void hocr_box(Buf *b, Rect r)
{
    buf_addf(b, "bbox %d %d %d %d", r.x, r.y, rect_right(r), rect_bottom(r));
}

static void hocr_open(Buf *b, const char *tag, const char *class, const char *id, int page, size_t n, Rect r)
{
    buf_addf(b, "<%s class='%s' id='%s_%d_%zu' title='", tag, class, id, page, n + 1);
    hocr_box(b, r);
    buf_add(b, "'>");
}

static void hocr_begin(Buf *b, const PageBook *book)
{
    buf_add(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 "
               "Transitional//EN\" \"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
               "<html xmlns=\"http://www.w3.org/1999/xhtml\" xml:lang=\"vi\" lang=\"vi\">\n<head>\n<title>");
    buf_add_xml(b, book->file);
    buf_add(b, "</title>\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\"/>\n"
               "<meta name=\"ocr-system\" content=\"");
    buf_add_xml(b, book->maker);
    buf_addf(b,
             "\"/>\n<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_table ocr_line "
             "ocrx_word\"/>\n<meta name=\"ocr-number-of-pages\" content=\"%d\"/>\n"
             "<meta name=\"ocr-langs\" content=\"vi\"/>\n</head>\n<body>\n",
             book->pages);
}

static void hocr_line(Buf *b, const Page *p, int n)
{
    const Line *line = &p->lines.v[n];
    hocr_open(b, "span", "ocr_line", "line", p->number, (size_t)n, line->box);
    for (int i = line->first_word; i < line->first_word + line->words; i++) {
        const Word *w = &p->words.v[i];
        if (!*shown(w)) continue;
        if (i > line->first_word) buf_addc(b, ' ');
        buf_addf(b, "<span class='ocrx_word' id='word_%d_%d' title='", p->number, i + 1);
        hocr_box(b, w->box);
        buf_addf(b, "; x_wconf %d'>", (int)(w->prob * 100 + 0.5f));
        buf_add_xml(b, shown(w));
        buf_add(b, "</span>");
    }
    buf_add(b, "</span>\n");
}

static void hocr_lines(Buf *b, const Page *p, int first, int lines)
{
    for (int i = first; i < first + lines; i++) hocr_line(b, p, i);
}

static void hocr_table(Buf *b, const Page *p, int n)
{
    const Table *t = &p->tables.v[n];
    hocr_open(b, "div", "ocr_table", "table", p->number, (size_t)n, t->box);
    buf_addc(b, '\n');
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &p->cells.v[i];
        if (!c->lines) continue;
        hocr_open(b, "div", "ocr_carea", "cell", p->number, (size_t)i, c->box);
        buf_addc(b, '\n');
        hocr_lines(b, p, c->first_line, c->lines);
        buf_add(b, "</div>\n");
    }
    buf_add(b, "</div>\n");
}

static void hocr_page(Buf *b, const PageBook *book, const Page *p)
{
    buf_addf(b, "<div class='ocr_page' id='page_%d' title='image \"", p->number);
    buf_add_xml(b, book->file);
    buf_addf(b, "\"; bbox 0 0 %d %d; ppageno %d; scan_res %d %d'>\n", p->width, p->height, p->number - 1,
             p->dpi, p->dpi);
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *block = &p->blocks.v[i];
        if (block->kind == BLOCK_TABLE) hocr_table(b, p, block->table);
        if (block->kind != BLOCK_TEXT) continue;
        hocr_open(b, "div", "ocr_carea", "block", p->number, i, block->box);
        buf_addc(b, '\n');
        hocr_lines(b, p, block->first_line, block->lines);
        buf_add(b, "</div>\n");
    }
    buf_add(b, "</div>\n");
}

static void hocr_end(Buf *b, const PageBook *book)
{
    (void)book;
    buf_add(b, "</body>\n</html>\n");
}

/* ---- ALTO 4 ---- */

static void alto_box(Buf *b, Rect r)
{
    buf_addf(b, " HPOS=\"%d\" VPOS=\"%d\" WIDTH=\"%d\" HEIGHT=\"%d\"", r.x, r.y, r.w, r.h);
}

static void alto_begin(Buf *b, const PageBook *book)
{
    buf_add(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\""
               " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
               " xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4#"
               " http://www.loc.gov/standards/alto/v4/alto-4-2.xsd\">\n<Description>\n"
               "<MeasurementUnit>pixel</MeasurementUnit>\n<sourceImageInformation><fileName>");
    buf_add_xml(b, book->file);
    buf_addf(b,
             "</fileName></sourceImageInformation>\n<Processing ID=\"dau\"><processingDateTime>%s"
             "</processingDateTime><processingSoftware><softwareName>",
             book->time);
    buf_add_xml(b, book->maker);
    buf_add(b, "</softwareName></processingSoftware></Processing>\n</Description>\n<Layout>\n");
}

static void alto_alternatives(Buf *b, const Word *w)
{
    const Reading *v;
    int n = alternatives(w, &v);
    for (int i = 0; i < n; i++) {
        if (!*v[i].text || str_eq(v[i].text, shown(w))) continue;
        buf_add(b, "<ALTERNATIVE>");
        buf_add_xml(b, v[i].text);
        buf_add(b, "</ALTERNATIVE>");
    }
}

static void alto_line(Buf *b, const Page *p, int n)
{
    const Line *line = &p->lines.v[n];
    bool any = false;
    for (int i = line->first_word; i < line->first_word + line->words; i++) {
        const Word *w = &p->words.v[i];
        if (!*shown(w)) continue;
        if (!any) buf_addf(b, "<TextLine ID=\"line_%d\"", n + 1), alto_box(b, line->box), buf_add(b, ">\n");
        if (any) buf_add(b, "<SP/>");
        any = true;
        buf_addf(b, "<String ID=\"word_%d\"", i + 1);
        add_attribute(b, "CONTENT", shown(w));
        alto_box(b, w->box);
        buf_add(b, " WC=\"");
        buf_add_number(b, (double)w->prob, 3);
        buf_add(b, "\">");
        alto_alternatives(b, w);
        buf_add(b, "</String>\n");
    }
    if (any) buf_add(b, "</TextLine>\n");
}

static void alto_block(Buf *b, const Page *p, const char *id, size_t n, Rect box, int first, int lines)
{
    buf_addf(b, "<TextBlock ID=\"%s_%zu\"", id, n + 1);
    alto_box(b, box);
    buf_add(b, ">\n");
    for (int i = first; i < first + lines; i++) alto_line(b, p, i);
    buf_add(b, "</TextBlock>\n");
}

static void alto_table(Buf *b, const Page *p, int n)
{
    const Table *t = &p->tables.v[n];
    buf_addf(b, "<ComposedBlock ID=\"table_%d\" TYPE=\"table\"", n + 1);
    alto_box(b, t->box);
    buf_add(b, ">\n");
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &p->cells.v[i];
        if (c->lines) alto_block(b, p, "cell", (size_t)i, c->box, c->first_line, c->lines);
    }
    buf_add(b, "</ComposedBlock>\n");
}

static void alto_page(Buf *b, const PageBook *book, const Page *p)
{
    (void)book;
    buf_addf(b, "<Page ID=\"page_%d\" PHYSICAL_IMG_NR=\"%d\" HEIGHT=\"%d\" WIDTH=\"%d\">\n<PrintSpace",
             p->number, p->number, p->height, p->width);
    alto_box(b, (Rect){0, 0, p->width, p->height});
    buf_add(b, ">\n");
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *block = &p->blocks.v[i];
        if (block->kind == BLOCK_TABLE) alto_table(b, p, block->table);
        if (block->kind == BLOCK_TEXT)
            alto_block(b, p, "block", i, block->box, block->first_line, block->lines);
        if (block->kind != BLOCK_PICTURE) continue;
        buf_addf(b, "<Illustration ID=\"block_%zu\"", i + 1);
        alto_box(b, block->box);
        buf_add(b, "/>\n");
    }
    buf_add(b, "</PrintSpace>\n</Page>\n");
}

static void alto_end(Buf *b, const PageBook *book)
{
    (void)book;
    buf_add(b, "</Layout>\n</alto>\n");
}

/* ---- PAGE-XML ---- */

static void page_coords(Buf *b, Rect r)
{
    int right = rect_right(r), bottom = rect_bottom(r);
    buf_addf(b, "<Coords points=\"%d,%d %d,%d %d,%d %d,%d\"/>", r.x, r.y, right, r.y, right, bottom, r.x,
             bottom);
}

static void page_equiv(Buf *b, int index, double conf, const char *text)
{
    buf_add(b, "<TextEquiv");
    if (index >= 0) buf_addf(b, " index=\"%d\"", index);
    if (conf >= 0) {
        buf_add(b, " conf=\"");
        buf_add_number(b, conf, 3);
        buf_addc(b, '"');
    }
    buf_add(b, "><Unicode>");
    buf_add_xml(b, text);
    buf_add(b, "</Unicode></TextEquiv>");
}

static void page_begin(Buf *b, const PageBook *book)
{
    buf_add(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
               "<PcGts xmlns=\"http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15\""
               " xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\""
               "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
               " http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15/pagecontent.xsd\">\n"
               "<Metadata><Creator>");
    buf_add_xml(b, book->maker);
    buf_addf(b, "</Creator><Created>%s</Created><LastChange>%s</LastChange></Metadata>\n", book->time,
             book->time);
}

static void page_word(Buf *b, const Page *p, int n)
{
    const Word *w = &p->words.v[n];
    const Reading *v;
    int alts = alternatives(w, &v), index = 0;
    buf_addf(b, "<Word id=\"word_%d\">", n + 1);
    page_coords(b, w->box);
    page_equiv(b, index++, (double)w->prob, shown(w));
    for (int i = 0; i < alts; i++)
        if (*v[i].text && !str_eq(v[i].text, shown(w))) page_equiv(b, index++, -1, v[i].text);
    buf_add(b, "</Word>\n");
}

static void page_line(Buf *b, const Page *p, Arena *a, int n)
{
    const Line *line = &p->lines.v[n];
    buf_addf(b, "<TextLine id=\"line_%d\">", n + 1);
    page_coords(b, line->box);
    buf_addc(b, '\n');
    for (int i = line->first_word; i < line->first_word + line->words; i++)
        if (*shown(&p->words.v[i])) page_word(b, p, i);
    page_equiv(b, -1, -1, page_line_text(p, a, line, TEXT_RESTORED));
    buf_add(b, "</TextLine>\n");
}

static void page_lines(Buf *b, const Page *p, int first, int lines)
{
    Arena a = {0};
    for (int i = first; i < first + lines; i++) page_line(b, p, &a, i);
    arena_release(&a);
}

static void page_table(Buf *b, const Page *p, int n)
{
    const Table *t = &p->tables.v[n];
    buf_addf(b, "<TableRegion id=\"table_%d\" rows=\"%d\" columns=\"%d\">", n + 1, t->rows, t->cols);
    page_coords(b, t->box);
    buf_addc(b, '\n');
    for (int i = t->first_cell; i < t->first_cell + t->cells; i++) {
        const Cell *c = &p->cells.v[i];
        buf_addf(b, "<TextRegion id=\"cell_%d\">", i + 1);
        page_coords(b, c->box);
        buf_addf(b,
                 "<Roles><TableCellRole rowIndex=\"%d\" columnIndex=\"%d\" rowSpan=\"%d\" colSpan=\"%d\"/>"
                 "</Roles>\n",
                 c->row, c->col, c->rowspan, c->colspan);
        page_lines(b, p, c->first_line, c->lines);
        buf_add(b, "</TextRegion>\n");
    }
    buf_add(b, "</TableRegion>\n");
}

static void page_order(Buf *b, const Page *p)
{
    if (!p->blocks.n) return; /* a group must not be empty */
    buf_add(b, "<ReadingOrder><OrderedGroup id=\"order\">");
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *block = &p->blocks.v[i];
        bool table = block->kind == BLOCK_TABLE;
        buf_addf(b, "<RegionRefIndexed index=\"%zu\" regionRef=\"%s_%zu\"/>", i, table ? "table" : "block",
                 table ? (size_t)block->table + 1 : i + 1);
    }
    buf_add(b, "</OrderedGroup></ReadingOrder>\n");
}

static void page_page(Buf *b, const PageBook *book, const Page *p)
{
    buf_add(b, "<Page");
    add_attribute(b, "imageFilename", book->file);
    buf_addf(b, " imageWidth=\"%d\" imageHeight=\"%d\" custom=\"page: %d\">\n", p->width, p->height,
             p->number);
    page_order(b, p);
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *block = &p->blocks.v[i];
        const char *kind = block->kind == BLOCK_TEXT ? "TextRegion" : "ImageRegion";
        if (block->kind == BLOCK_TABLE) {
            page_table(b, p, block->table);
            continue;
        }
        buf_addf(b, "<%s id=\"block_%zu\">", kind, i + 1);
        page_coords(b, block->box);
        if (block->kind == BLOCK_TEXT) page_lines(b, p, block->first_line, block->lines);
        buf_addf(b, "</%s>\n", kind);
    }
    buf_add(b, "</Page>\n");
}

static void page_end(Buf *b, const PageBook *book)
{
    (void)book;
    buf_add(b, "</PcGts>\n");
}

/* ---- Markdown ---- */

/* A sign that Markdown would take for its own gets a backslash: "* Ghi chú", "a | b". */
static void markdown_text(Buf *b, const char *s, bool starts_line)
{
    size_t digits = starts_line ? strspn(s, "0123456789") : 0;
    for (size_t i = 0; s[i]; i++) {
        bool list =
            starts_line && ((i == 0 && strchr("-+#>=", s[0])) ||
                            (digits && i == digits && strchr(".)", s[i]) && (!s[i + 1] || s[i + 1] == ' ')));
        if (list || strchr("\\`*_[]<|~", s[i])) buf_addc(b, '\\');
        buf_addc(b, s[i]);
    }
}

static void markdown_begin(Buf *b, const PageBook *book)
{
    buf_add(b, "# ");
    markdown_text(b, book->file, false);
    buf_addc(b, '\n');
}

/* Cells come by row and column; where none begins, one above or beside reaches over the place. */
static void markdown_table(Buf *b, const Page *p, Arena *a, const Table *t)
{
    int next = t->first_cell, end = next + t->cells;
    for (int row = 0; row < t->rows; row++) {
        buf_addc(b, '|');
        for (int col = 0; col < t->cols; col++) {
            const Cell *c = next < end ? &p->cells.v[next] : NULL;
            buf_addc(b, ' ');
            if (c && c->row == row && c->col == col) {
                markdown_text(b, page_cell_text(p, a, c, TEXT_RESTORED), false);
                next++;
            }
            buf_add(b, " |");
        }
        buf_addc(b, '\n');
        if (row > 0) continue;
        buf_addc(b, '|');
        for (int col = 0; col < t->cols; col++) buf_add(b, " --- |");
        buf_addc(b, '\n');
    }
}

static void markdown_page(Buf *b, const PageBook *book, const Page *p)
{
    Arena a = {0};
    (void)book;
    buf_addf(b, "\n<!-- page %d -->\n", p->number);
    for (size_t i = 0; i < p->blocks.n; i++) {
        const Block *block = &p->blocks.v[i];
        if (block->kind == BLOCK_PICTURE || (block->kind == BLOCK_TEXT && !block->lines)) continue;
        buf_addc(b, '\n');
        if (block->kind == BLOCK_TABLE) markdown_table(b, p, &a, &p->tables.v[block->table]);
        for (int k = 0; block->kind == BLOCK_TEXT && k < block->lines; k++) {
            markdown_text(b, page_line_text(p, &a, &p->lines.v[block->first_line + k], TEXT_RESTORED), true);
            buf_add(b, k + 1 < block->lines ? "\\\n" : "\n"); /* lines of a letterhead stay lines */
        }
    }
    arena_release(&a);
}

/* ---- text ---- */

static void text_page(Buf *b, const PageBook *book, const Page *p)
{
    Arena a = {0};
    (void)book;
    for (size_t i = 0; i < p->lines.n; i++) {
        buf_add(b, page_line_text(p, &a, &p->lines.v[i], TEXT_RESTORED));
        buf_addc(b, '\n');
    }
    buf_addc(b, '\f');
    arena_release(&a);
}

static void nothing(Buf *b, const PageBook *book)
{
    (void)b, (void)book;
}

static const PageForm forms[] = {
    {"hocr", ".hocr", true, false, hocr_begin, hocr_page, hocr_end},
    {"alto", ".alto.xml", true, true, alto_begin, alto_page, alto_end},
    {"page", ".page.xml", true, true, page_begin, page_page, page_end},
    {"markdown", ".md", false, false, markdown_begin, markdown_page, nothing},
    {"text", ".txt", false, false, nothing, text_page, nothing},
    {"tables", ".tables.jsonl", false, false, nothing, NULL, nothing},
};

const PageForm *page_form(const char *name)
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(forms[i].name, name) == 0) return &forms[i];
    return NULL;
}
