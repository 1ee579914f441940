/* Text as pages of lines: form feeds separate pages, line feeds lines, empty lines paragraphs.
 *
 *     "1   Mầm non Hoa Mai\n"   gives words at columns 0, 4, 8, 12, 16 of line 0, each one line high
 *
 * The columns are those of the line after NFC, so that a name typed with combining marks stands where the eye sees it. The
 * encoding is found once, when the file is opened (charset.c).
 */
#include "load/charset.h"
#include "load/private.h"

#include "base/viet.h"

#include <stdio.h>
#include <string.h>

typedef struct TextPages {
    Buf converted;     /* the text where it was not UTF-8 */
    const char *data;  /* UTF-8 */
    const char *via;   /* for Page.via */
    char said[64];     /* room for it */
    VEC(size_t) start; /* byte offset of each page, and one past the end after its form feed */
} TextPages;

static long line_of(const char *data, size_t at)
{
    long line = 1;
    for (const char *p = data; (p = memchr(p, '\n', (size_t)(data + at - p))); p++) line++;
    return line;
}

static bool refuse(const Load *doc, Encoding e, Err *err)
{
    size_t ok = utf8_valid_prefix(doc->data, doc->size);
    const char *nul = memchr(doc->data, 0, doc->size);
    if (e.charset != CHARSET_UTF16LE && e.charset != CHARSET_UTF16BE && nul)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is no text: there is a NUL at byte %zu (line %ld); was it saved as UTF-8?",
                       doc->path, (size_t)(nul - doc->data), line_of(doc->data, (size_t)(nul - doc->data)));
    if (!e.doubtful) return true;
    return err_set(
        err, DAU_BAD_INPUT,
        "'%s' is not in UTF-8 (line %ld, byte %zu of the file), and no charset of Vietnamese makes "
        "sense of it; convert it, e.g. iconv -f CHARSET -t UTF-8",
        doc->path, line_of(doc->data, ok), ok);
}

/* Brings the text into UTF-8 and notes what it was in. */
static bool convert(const Load *doc, TextPages *pages, size_t *size, Err *err)
{
    Encoding e;
    if (!encoding_find(doc->data, doc->size, &e, err) || !refuse(doc, e, err)) return false;
    pages->via = "text";
    pages->data = doc->data, *size = doc->size;
    if (e.charset == CHARSET_UTF8 && !e.broken) return true;
    encoding_decode(e, doc->data, doc->size, &pages->converted);
    pages->data = buf_str(&pages->converted), *size = pages->converted.len;
    snprintf(pages->said, sizeof pages->said, "text: %s %s%s", e.broken ? "broken bytes in" : "was in",
             charset_name(e.charset), e.misread ? ", taken for Windows-1252" : "");
    pages->via = pages->said;
    return true;
}

/* Lines that end in a carriage return alone, as old Macintoshes wrote them. */
static void end_lines(TextPages *pages, size_t size)
{
    if (!size || memchr(pages->data, '\n', size) || !memchr(pages->data, '\r', size)) return;
    if (!pages->converted.len) buf_addn(&pages->converted, pages->data, size);
    for (size_t i = 0; i < size; i++)
        if (pages->converted.s[i] == '\r') pages->converted.s[i] = '\n';
    pages->data = pages->converted.s;
}

static bool text_open(Load *doc, Err *err)
{
    TextPages *pages = doc->state = xalloc(sizeof *pages);
    size_t size;
    if (!convert(doc, pages, &size, err)) return false;
    end_lines(pages, size);
    const char *p = pages->data, *end = p + size;
    if (size >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3;
    *vec_push(&pages->start) = (size_t)(p - pages->data);
    while ((p = memchr(p, '\f', (size_t)(end - p))) && ++p < end)
        *vec_push(&pages->start) = (size_t)(p - pages->data);
    doc->pages = (int)pages->start.n;
    *vec_push(&pages->start) = size;
    return true;
}

static void text_close(Load *doc)
{
    TextPages *pages = doc->state;
    vec_release(&pages->start);
    buf_release(&pages->converted);
    free(pages);
}

/* Where the next letter stands behind a tab: at the next stop, and further off than a blank would put it. */
static int behind_tab(int column)
{
    enum { STOP = 8, LEAST = 3 };
    int stop = (column / STOP + 1) * STOP;
    return stop - column < LEAST ? column + LEAST : stop;
}

int load_add_line(Page *page, int x, int y, const char *s, size_t len)
{
    char *text = viet_nfc(&page->arena, s, len);
    const char *end = text + strlen(text), *word = NULL;
    int32_t c;
    int column = 0, from = 0, last = 0;
    page_add_line(page)->at = (Rect){0};
    for (char *p = text; p <= end; column++) {
        size_t step = p < end ? utf8_decode(p, (size_t)(end - p), &c) : 1;
        bool blank = p == end || viet_is_space(c);
        if (!blank && !word) word = p, from = column;
        if (blank && word) {
            *p = 0;
            page_add_word(page, (Rect){x + from, y, column - from, 1}, word, 1);
            word = NULL, last = column;
        }
        if (p < end && c == '\t') column = behind_tab(column) - 1;
        p += step;
    }
    return last;
}

static void end_block(Page *page, int first_line)
{
    int lines = (int)page->lines.n - first_line;
    if (!lines) return;
    Block *b = vec_push(&page->blocks);
    *b = (Block){.kind = BLOCK_TEXT, .first_line = first_line, .lines = lines, .table = -1};
    for (int i = 0; i < lines; i++) b->at = rect_union(b->at, page->lines.v[first_line + i].at);
    b->box = b->at;
}

static bool is_blank(const char *s, size_t len)
{
    int32_t c;
    for (size_t i = 0; i < len;) {
        i += utf8_decode(s + i, len - i, &c);
        if (!viet_is_space(c)) return false;
    }
    return true;
}

static bool text_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    const TextPages *pages = doc->state;
    const char *p = pages->data + pages->start.v[n - 1], *end = pages->data + pages->start.v[n];
    int first_line = 0;
    (void)raster, (void)err;
    if (end > p && end[-1] == '\f') end--;
    page->unit = UNIT_CHARACTER;
    page->via = arena_str(&page->arena, pages->via);
    for (int y = 0; p < end; y++) {
        const char *stop = memchr(p, '\n', (size_t)(end - p));
        size_t len = (size_t)((stop ? stop : end) - p);
        int width = 0;
        if (!is_blank(p, len))
            width = load_add_line(page, 0, y, p, len);
        else {
            end_block(page, first_line);
            first_line = (int)page->lines.n;
        }
        if (width > page->width) page->width = width;
        page->height = y + 1;
        p = stop ? stop + 1 : end;
    }
    end_block(page, first_line);
    page->upright_width = page->width, page->upright_height = page->height;
    return true;
}

const Reader load_text = {text_open, text_page, text_close};
