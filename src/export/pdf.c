/* Objects are written as they come, and the place of each is kept for the table at the end. The page of "Phú Lãm":
 *
 *     q 595 0 0 842 0 0 cm /P Do Q                      the picture over the whole page
 *     BT 3 Tr
 *     /F0 14 Tf 61.2 Tz 1 0 0 1 102 640 Tm <010203> Tj
 *     ET
 *
 * The characters of the document are numbered as they first occur: "P" is 1, "h" 2, "ú" 3. Codes 1 to 255 of font F0
 * stand for the first 255, those of F1 for the next. All glyphs are half as wide as high. Tz stretches a word to the width of its box.
 */
#include "export/pdf.h"

#include "base/viet.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum {
    CATALOG = 1,
    PAGES,
    INFO,
    FONTS,
    GLYPH,
    FIRST_FREE,  /* numbers of the objects that are known beforehand */
    CODES = 255, /* characters of a font; code 0 is not used */
    POINTS_PER_INCH = 72,
    GUESSED_DPI = 200, /* where the page does not say */
};

typedef VEC(size_t) Offsets;
typedef VEC(int32_t) Characters;

struct Pdf {
    FileOut *out;
    size_t written;
    Offsets at;      /* of object i + 1 */
    Offsets pages;   /* their objects */
    Characters used; /* character i has code i % CODES + 1 in font i / CODES */
    uint32_t *code;  /* by character: index in used, + 1 */
    char *title, *maker;
};

enum {
    CHARACTERS = 0x10000,
    UNKNOWN = 0xFFFD
}; /* the basic plane; what is beyond becomes a replacement sign */

static void put(Pdf *pdf, const Buf *b)
{
    file_put(pdf->out, buf_str(b), b->len);
    pdf->written += b->len;
}

static void put_text(Pdf *pdf, const char *s)
{
    put(pdf, &(Buf){.s = (char *)(uintptr_t)s, .len = strlen(s)});
}

static size_t new_object(Pdf *pdf)
{
    *vec_push(&pdf->at) = 0;
    return pdf->at.n;
}

static void begin_object(Pdf *pdf, size_t number)
{
    char head[40];
    pdf->at.v[number - 1] = pdf->written;
    snprintf(head, sizeof head, "%zu 0 obj\n", number);
    put_text(pdf, head);
}

static void put_object(Pdf *pdf, size_t number, const Buf *b)
{
    begin_object(pdf, number);
    put(pdf, b);
    put_text(pdf, "\nendobj\n");
}

/* `entries` of the dictionary, then the bytes. */
static void put_stream(Pdf *pdf, size_t number, const char *entries, const Buf *bytes)
{
    Buf b = {0};
    buf_addf(&b, "<<%s /Length %zu>>\nstream\n", entries, bytes->len);
    buf_addn(&b, buf_str(bytes), bytes->len);
    buf_add(&b, "\nendstream");
    put_object(pdf, number, &b);
    buf_release(&b);
}

static void put_packed(Pdf *pdf, size_t number, const Buf *bytes)
{
    uLongf n = compressBound((uLong)bytes->len);
    Buf packed = {.s = xalloc(n + 1), .cap = n + 1};
    if (compress((Bytef *)packed.s, &n, (const Bytef *)buf_str(bytes), (uLong)bytes->len) == Z_OK) {
        packed.len = n;
        put_stream(pdf, number, " /Filter /FlateDecode", &packed);
    } else {
        put_stream(pdf, number, "", bytes);
    }
    buf_release(&packed);
}

Pdf *pdf_new(FileOut *out, const char *title, const char *maker)
{
    Pdf *pdf = xalloc(sizeof *pdf);
    *pdf = (Pdf){.out = out, .title = xstrdup(title), .maker = xstrdup(maker)};
    pdf->code = xalloc(CHARACTERS * sizeof *pdf->code);
    memset(pdf->code, 0, CHARACTERS * sizeof *pdf->code);
    for (int i = 1; i < FIRST_FREE; i++) new_object(pdf);
    put_text(pdf, "%PDF-1.5\n%\xE2\xE3\xCF\xD3\n"); /* bytes over 127 tell tools that it is not text */
    return pdf;
}

/* ---- characters ---- */

static size_t code_of(Pdf *pdf, int32_t c)
{
    if (c < 0 || c >= CHARACTERS) c = UNKNOWN;
    if (!pdf->code[c]) {
        *vec_push(&pdf->used) = c;
        pdf->code[c] = (uint32_t)pdf->used.n;
    }
    return pdf->code[c] - 1u;
}

/* The string in pieces, one for each change of font. */
static void add_string(Pdf *pdf, Buf *b, const char *s, double size)
{
    size_t font = SIZE_MAX;
    int32_t c;
    for (size_t left = strlen(s), n; left; s += n, left -= n) {
        n = utf8_decode(s, left, &c);
        size_t code = code_of(pdf, c);
        if (code / CODES != font) {
            if (font != SIZE_MAX) buf_add(b, "> Tj ");
            font = code / CODES;
            buf_addf(b, "/F%zu %.2f Tf <", font, size);
        }
        buf_addf(b, "%02zX", code % CODES + 1);
    }
    if (font != SIZE_MAX) buf_add(b, "> Tj\n");
}

/* ---- a page ---- */

typedef struct PdfSheet {
    const Page *page;
    double scale; /* points a pixel */
} PdfSheet;

/* Places a word on the foot of its line (a hyphen's own box floats), turned as the page was: by its lower left corner and
 * its two directions. */
static void add_word(Pdf *pdf, Buf *b, const PdfSheet *s, const Line *line, const Word *w)
{
    const char *text = w->text ? w->text : w->raw;
    size_t length = utf8_length(text);
    if (!length || rect_empty(w->at)) return;
    Affine a = s->page->to_scan;
    double left = w->at.x, bottom = rect_bottom(line->at);
    double x = a.xx * left + a.xy * bottom + a.x0, y = a.yx * left + a.yy * bottom + a.y0;
    double size = line->at.h * s->scale, width = w->at.w * s->scale;
    buf_addf(b, "%.2f Tz %.4f %.4f %.4f %.4f %.2f %.2f Tm ", 100 * width / (size * 0.5 * (double)length),
             a.xx, -a.yx, -a.xy, a.yy, x * s->scale, (s->page->height - y) * s->scale);
    add_string(pdf, b, text, size);
}

static size_t put_picture(Pdf *pdf, const Coded *picture)
{
    char entries[400], filter[120];
    size_t number = new_object(pdf);
    if (picture->fax)
        snprintf(filter, sizeof filter,
                 "/CCITTFaxDecode /DecodeParms <</K -1 /Columns %d /Rows %d /BlackIs1 %s>>", picture->width,
                 picture->height, picture->black_is_one ? "true" : "false");
    else
        snprintf(filter, sizeof filter, "/DCTDecode");
    snprintf(entries, sizeof entries,
             " /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /Device%s /BitsPerComponent %d"
             " /Filter %s",
             picture->width, picture->height, picture->colour ? "RGB" : "Gray", picture->fax ? 1 : 8, filter);
    put_stream(pdf, number, entries, &picture->bytes);
    return number;
}

void pdf_add_page(Pdf *pdf, const Page *page, const Coded *picture)
{
    PdfSheet s = {page, (double)POINTS_PER_INCH / (page->dpi > 0 ? page->dpi : GUESSED_DPI)};
    double width = page->width * s.scale, height = page->height * s.scale;
    Buf b = {0};
    size_t image = put_picture(pdf, picture), content = new_object(pdf), number = new_object(pdf);
    buf_addf(&b, "q %.2f 0 0 %.2f 0 0 cm /P Do Q\nBT 3 Tr\n", width, height);
    for (size_t i = 0; i < page->lines.n; i++) {
        const Line *line = &page->lines.v[i];
        for (int k = 0; k < line->words; k++)
            add_word(pdf, &b, &s, line, &page->words.v[line->first_word + k]);
    }
    buf_add(&b, "ET\n");
    put_packed(pdf, content, &b);
    buf_clear(&b);
    buf_addf(&b,
             "<</Type /Page /Parent %d 0 R /MediaBox [0 0 %.2f %.2f] /Contents %zu 0 R"
             " /Resources <</XObject <</P %zu 0 R>> /Font %d 0 R>>>>",
             PAGES, width, height, content, image, FONTS);
    put_object(pdf, number, &b);
    *vec_push(&pdf->pages) = number;
    buf_release(&b);
}

/* ---- the end ---- */

static void add_utf16(Buf *b, const char *s)
{
    int32_t c;
    buf_add(b, "<FEFF");
    for (size_t left = strlen(s), n; left; s += n, left -= n) {
        n = utf8_decode(s, left, &c);
        buf_addf(b, "%04X", (unsigned)(c < CHARACTERS ? c : UNKNOWN));
    }
    buf_addc(b, '>');
}

static size_t put_meaning(Pdf *pdf, size_t first, size_t n)
{
    Buf b = {0};
    size_t number = new_object(pdf);
    buf_add(&b, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
                "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                "1 begincodespacerange\n<00> <FF>\nendcodespacerange\n");
    for (size_t i = 0; i < n; i++) {
        if (i % 100 == 0) buf_addf(&b, "%zu beginbfchar\n", n - i < 100 ? n - i : 100); /* 100 is the most */
        buf_addf(&b, "<%02zX> <%04X>\n", i + 1, (unsigned)pdf->used.v[first + i]);
        if (i % 100 == 99 || i + 1 == n) buf_add(&b, "endbfchar\n");
    }
    buf_add(&b, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    put_packed(pdf, number, &b);
    buf_release(&b);
    return number;
}

static size_t put_font(Pdf *pdf, size_t first, size_t n)
{
    Buf b = {0};
    size_t meaning = put_meaning(pdf, first, n), number = new_object(pdf);
    buf_addf(&b,
             "<</Type /Font /Subtype /Type3 /FontBBox [0 0 500 1000] /FontMatrix [0.001 0 0 0.001 0 0]"
             " /CharProcs <</g %d 0 R>> /Resources <<>> /ToUnicode %zu 0 R /FirstChar 1 /LastChar %zu"
             " /Encoding <</Type /Encoding /Differences [1",
             GLYPH, meaning, n);
    for (size_t i = 0; i < n; i++) buf_add(&b, " /g");
    buf_add(&b, "]>> /Widths [");
    for (size_t i = 0; i < n; i++) buf_add(&b, "500 ");
    buf_add(&b, "]>>");
    put_object(pdf, number, &b);
    buf_release(&b);
    return number;
}

static void put_fonts(Pdf *pdf)
{
    Buf b = {0};
    buf_add(&b, "<<");
    for (size_t first = 0; first < pdf->used.n; first += CODES) {
        size_t n = pdf->used.n - first < CODES ? pdf->used.n - first : CODES;
        buf_addf(&b, "/F%zu %zu 0 R ", first / CODES, put_font(pdf, first, n));
    }
    buf_add(&b, ">>");
    put_object(pdf, FONTS, &b);
    buf_release(&b);
    put_stream(pdf, GLYPH, "", &(Buf){.s = (char[]){"500 0 d0"}, .len = 8});
}

static void put_head(Pdf *pdf)
{
    Buf b = {0};
    buf_addf(&b, "<</Type /Catalog /Pages %d 0 R /Lang (vi) /ViewerPreferences <</DisplayDocTitle true>>>>",
             PAGES);
    put_object(pdf, CATALOG, &b);
    buf_clear(&b);
    buf_add(&b, "<</Type /Pages /Kids [");
    for (size_t i = 0; i < pdf->pages.n; i++) buf_addf(&b, "%zu 0 R\n", pdf->pages.v[i]);
    buf_addf(&b, "] /Count %zu>>", pdf->pages.n);
    put_object(pdf, PAGES, &b);
    buf_clear(&b);
    buf_add(&b, "<</Title ");
    add_utf16(&b, pdf->title);
    buf_add(&b, " /Producer ");
    add_utf16(&b, pdf->maker);
    buf_add(&b, ">>");
    put_object(pdf, INFO, &b);
    buf_release(&b);
}

static void put_table(Pdf *pdf)
{
    Buf b = {0};
    size_t start = pdf->written;
    buf_addf(&b, "xref\n0 %zu\n0000000000 65535 f \n", pdf->at.n + 1);
    for (size_t i = 0; i < pdf->at.n; i++) buf_addf(&b, "%010zu 00000 n \n", pdf->at.v[i]);
    buf_addf(&b, "trailer\n<</Size %zu /Root %d 0 R /Info %d 0 R>>\nstartxref\n%zu\n%%%%EOF\n", pdf->at.n + 1,
             CATALOG, INFO, start);
    put(pdf, &b);
    buf_release(&b);
}

void pdf_finish(Pdf *pdf)
{
    if (!pdf) return;
    put_fonts(pdf);
    put_head(pdf);
    put_table(pdf);
    vec_release(&pdf->at);
    vec_release(&pdf->pages);
    vec_release(&pdf->used);
    free(pdf->code);
    free(pdf->title);
    free(pdf->maker);
    free(pdf);
}
