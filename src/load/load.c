/* What a file is, its first bytes say: 25 50 44 46 2D is a PDF whatever its name, FF D8 FF a JPEG. Bytes
 * that are none of ours and look like writing are text. A reader a kind (pdf.c, image.c,
 * text.c) does the rest; this file picks it and keeps the limits.
 *
 * "ke-hoach.pdf" that begins with "UBND HUYỆN ..." is a text renamed: it is refused and the message says so,
 * for somebody meant a scan. A PNG called .jpg is read without a word: the eye would not notice either.
 */
#include "load/charset.h"
#include "load/private.h"

#include "base/viet.h"

#include <errno.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

static const double MOST_MEGAPIXELS = 120;        /* A3 at 600 dpi is 70 */
static const size_t MOST_BYTES = (size_t)2 << 30; /* of a file; the largest scanned books stay under 1 GB */
static const size_t MOST_UNPACKED = (size_t)256 << 20; /* a report of 1,000 pages has 20 MB of XML */
static const int RENDER_DPI = 300;                     /* what Tesseract's models are trained near */
enum {
    MOST_OLE = 64 << 20,    /* bytes of an old Office file that are searched */
    DIRECTORY = 256 * 1024, /* bytes at a zip's end in which its directory is */
    HEAD = 1024,            /* bytes looked at; readers of PDF look for %PDF- as far as this */
    BINARY_PERCENT = 10     /* control characters among the first bytes from which on it is no writing */
};

static const Reader *const readers[] = {&load_pdf,   &load_tiff,  &load_image, &load_image,
                                        &load_image, &load_image, &load_docx,  &load_odt,
                                        &load_html,  &load_doc,   &load_text}; /* by FileKind */

const char *file_kind_name(FileKind kind)
{
    static const char *const names[] = {"pdf",  "tiff", "png",  "jpeg", "jpeg2000", "webp",
                                        "docx", "odt",  "html", "doc",  "text"};
    return names[kind];
}

/* ---- what kind of file ---- */

/* Kinds we know by sight and do not read: what to call them and what to do. */
static const struct {
    const char *magic;
    size_t len;
    const char *what;
} strangers[] =
    {
        {"PK\3\4", 4,
         "a zip file with neither a Word nor an OpenDocument text in it; unpack it, or save it as PDF"},
        {"\xD0\xCF\x11\xE0", 4, "an Office file, but no Word document (.xls, .ppt?); save it as PDF first"},
        {"GIF8", 4, "a GIF picture; save it as PNG first"},
        {"BM", 2, "a BMP picture; save it as PNG first"},
        {"AT&TFORM", 8, "a DjVu document; save it as PDF first"},
        {"\37\213", 2, "a gzip file; unpack it first"},
        {"", 0,
         "of no kind that dau reads; give it PDF, TIFF, PNG, JPEG, JPEG 2000, WebP, DOCX, DOC, ODT, HTML or "
         "text"},
},
  markup[] = {
      {"{\\rtf", 5, "an RTF document; save it as PDF first"},
      {"%!PS", 4, "PostScript; turn it into PDF first"},
};

static bool begins(const char *data, size_t n, const char *magic, size_t len)
{
    return n >= len && memcmp(data, magic, len) == 0;
}

static bool holds(const char *data, size_t n, const char *magic, size_t len)
{
    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(data + i, magic, len) == 0) return true;
    return false;
}

static bool is_tiff(const char *d, size_t n)
{
    return begins(d, n, "II*\0", 4) || begins(d, n, "MM\0*", 4) || begins(d, n, "II+\0", 4) ||
           begins(d, n, "MM\0+", 4);
}

/* Few enough control characters. One NUL in a text is a fault to be told, not another kind of file. */
static bool is_writing(const char *d, size_t n)
{
    size_t odd = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)d[i];
        odd += (c < 0x20 && !strchr("\t\n\v\f\r\x1b", c)) || c == 0 || c == 0x7F;
    }
    return odd * 100 <= n * BINARY_PERCENT || odd <= 1;
}

/* A web page, whatever stands before its first element: a mark of byte order, blanks, <?xml ..>, comments. */
static bool is_html(const char *d, size_t n)
{
    static const char *const signs[] = {"<!doctype html", "<html", "<head", "<body", "<table", "<meta"};
    char head[HEAD];
    size_t len = 0;
    for (size_t i = 0; i < n && len < sizeof head - 1; i++)
        if (d[i]) head[len++] = d[i] >= 'A' && d[i] <= 'Z' ? (char)(d[i] + 0x20) : d[i]; /* UTF-16, too */
    head[len] = 0;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(head, signs[i]);
        const char *first = strchr(head, '<');
        if (at && (at == first || strncmp(first, "<!--", 4) == 0 || strncmp(first, "<?xml", 5) == 0))
            return true;
    }
    return false;
}

static int writing_kind(const char *d, size_t n, const char **what)
{
    for (size_t i = 0; i < sizeof markup / sizeof *markup; i++)
        if (n >= markup[i].len && strncasecmp(d, markup[i].magic, markup[i].len) == 0) {
            *what = markup[i].what;
            return -1;
        }
    return is_html(d, n) ? FILE_HTML : FILE_TEXT;
}

/* By the names in the zip's directory, which stands at its end. An ODT's first entry says what it is. */
static int zip_kind(const char *d, size_t n)
{
    static const char odt[] = "application/vnd.oasis.opendocument.text", docx[] = "word/document.xml";
    size_t tail = n > DIRECTORY ? n - DIRECTORY : 0;
    if (holds(d, n < HEAD ? n : HEAD, odt, sizeof odt - 1)) return FILE_ODT;
    return holds(d + tail, n - tail, docx, sizeof docx - 1) ? FILE_DOCX : -1;
}

/* An old Office file has a directory of streams, their names in UTF-16: a Word document, or a newer file that
 * is encrypted. */
static bool ole_holds(const char *d, size_t n, const char *name)
{
    char wide[64];
    size_t len = 0;
    for (; *name && len < sizeof wide - 2; name++) wide[len++] = *name, wide[len++] = 0;
    return holds(d, n < MOST_OLE ? n : MOST_OLE, wide, len);
}

static const char ole_magic[] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/* -1 and *what when it is none of ours. */
static int kind_of(const char *d, size_t n, const char **what)
{
    Charset wide;
    int packed = begins(d, n, "PK\3\4", 4) ? zip_kind(d, n) : -1;
    if (packed >= 0) return packed;
    if (begins(d, n, ole_magic, 8) && ole_holds(d, n, "WordDocument")) return FILE_DOC;
    if (n > HEAD) n = HEAD;
    if (is_tiff(d, n)) return FILE_TIFF;
    if (begins(d, n, "\x89PNG\r\n\x1a\n", 8)) return FILE_PNG;
    if (begins(d, n, "\xFF\xD8\xFF", 3)) return FILE_JPEG;
    if (begins(d, n, "\0\0\0\14jP  ", 8) || begins(d, n, "\xFF\x4F\xFF\x51", 4)) return FILE_JP2;
    if (begins(d, n, "RIFF", 4) && n >= 12 && memcmp(d + 8, "WEBP", 4) == 0) return FILE_WEBP;
    if (holds(d, n, "%PDF-", 5)) return FILE_PDF;
    if (is_writing(d, n)) return writing_kind(d, n, what);
    size_t i = 0;
    while (!begins(d, n, strangers[i].magic, strangers[i].len)) i++; /* the last row fits all */
    if (!strangers[i].len && encoding_is_utf16(d, n, &wide)) return writing_kind(d, n, what);
    *what = strangers[i].what;
    return -1;
}

static bool named(const char *path, const char *const *endings)
{
    const char *dot = strrchr(file_base_name(path), '.');
    for (; dot && *endings; endings++)
        if (strcasecmp(dot, *endings) == 0) return true;
    return false;
}

static const char *const scan_endings[] = {".pdf", ".tif",  ".tiff", ".png", ".jpg", ".jpeg",
                                           ".jp2", ".webp", ".docx", ".odt", ".doc", NULL};
static const char *const text_endings[] = {".txt", ".text", ".htm", ".html", NULL};

static bool find_kind(Load *doc, Err *err)
{
    const char *what = "";
    if (!doc->size) return err_set(err, DAU_BAD_INPUT, "'%s' is empty; was it copied whole?", doc->path);
    int kind = kind_of(doc->data, doc->size, &what);
    if (kind < 0 && begins(doc->data, doc->size, ole_magic, 8) &&
        ole_holds(doc->data, doc->size, "EncryptedPackage"))
        return err_set(err, DAU_ENCRYPTED,
                       "cannot open '%s': it is encrypted; save a copy without a password", doc->path);
    if (kind < 0) return err_set(err, DAU_BAD_INPUT, "cannot read '%s': it is %s", doc->path, what);
    if (kind == FILE_TEXT && named(doc->path, scan_endings))
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' holds text, not what its name says; if the text is wanted, rename it to .txt",
                       doc->path);
    doc->kind = (FileKind)kind;
    return true;
}

/* ---- open and close ---- */

static bool read_bytes(Load *doc, Err *err)
{
    struct stat st;
    if (strcmp(doc->path, "-") == 0) {
        if (!file_read("-", doc->options.most_bytes, &doc->piped, err)) return false;
        doc->data = buf_str(&doc->piped), doc->size = doc->piped.len;
        return true;
    }
    /* before opening: to open a named pipe is to wait for somebody to write into it */
    if (stat(doc->path, &st) == 0 && !S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))
        return err_set(err, DAU_FILE_ACCESS,
                       "cannot read '%s': it is a pipe or a device; give it as '-' or save it to a file",
                       doc->path);
    if (!file_map(doc->path, &doc->map, err)) return false;
    doc->data = (const char *)doc->map.data, doc->size = doc->map.size;
    if (doc->size > doc->options.most_bytes)
        return err_set(err, DAU_LIMIT, "'%s' is over the limit of %zu MB for a file; --max-file raises it",
                       doc->path, doc->options.most_bytes >> 20);
    return true;
}

static LoadOptions with_defaults(const LoadOptions *limits)
{
    LoadOptions l = limits ? *limits : (LoadOptions){0};
    if (!(l.most_megapixels > 0)) l.most_megapixels = MOST_MEGAPIXELS;
    if (!l.most_bytes) l.most_bytes = MOST_BYTES;
    if (!l.most_unpacked) l.most_unpacked = MOST_UNPACKED;
    if (l.render_dpi <= 0) l.render_dpi = RENDER_DPI;
    return l;
}

Load *load_open(const char *path, const LoadOptions *limits, Err *err)
{
    if (err_is(err)) return NULL;
    Load *doc = xalloc(sizeof *doc);
    doc->path = xstrdup(path);
    doc->options = with_defaults(limits);
    doc->kind = FILE_TEXT;
    if (read_bytes(doc, err) && find_kind(doc, err) && readers[doc->kind]->open(doc, err)) return doc;
    load_close(doc);
    return NULL;
}

void load_close(Load *doc)
{
    if (!doc) return;
    if (doc->state) readers[doc->kind]->close(doc);
    file_unmap(&doc->map);
    buf_release(&doc->piped);
    free(doc->path);
    free(doc);
}

int load_pages(const Load *doc)
{
    return doc->pages;
}

FileKind load_kind(const Load *doc)
{
    return doc->kind;
}

/* n bytes at that place, as far as there are any. */
static void add_bytes(int fd, off_t at, size_t n, Buf *out)
{
    char chunk[16 * 1024];
    while (n > 0) {
        ssize_t got = pread(fd, chunk, n < sizeof chunk ? n : sizeof chunk, at);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return;
        buf_addn(out, chunk, (size_t)got);
        at += got, n -= (size_t)got;
    }
}

/* Read, not mapped: who asks has no worker to lose when somebody cuts the file short meanwhile. */
static int kind_by_ends(const char *path, size_t size)
{
    const char *what;
    Err err = {0};
    Buf b = {0};
    int fd = file_open(path, &err);
    if (fd < 0) return -1;
    size_t head = size < DIRECTORY ? size : DIRECTORY;
    add_bytes(fd, 0, head, &b);
    size_t tail = size - head < DIRECTORY ? size - head : DIRECTORY;
    add_bytes(fd, (off_t)(size - tail), tail, &b);
    if (begins(b.s, b.len, ole_magic, 8)) /* its directory may be anywhere */
        add_bytes(fd, (off_t)head, size < MOST_OLE ? size : MOST_OLE, &b);
    close(fd);
    int kind = b.len ? kind_of(b.s, b.len, &what) : -1;
    buf_release(&b);
    return kind;
}

bool load_knows(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    if (named(path, scan_endings) || named(path, text_endings)) return true;
    int kind = kind_by_ends(path, (size_t)st.st_size);
    return kind >= 0 && kind != FILE_TEXT;
}

/* ---- pages ---- */

bool load_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    if (err_is(err)) return false;
    if (n < 1 || n > doc->pages)
        return err_set(err, DAU_USAGE, "'%s' has no page %d; it has %d", doc->path, n, doc->pages);
    return readers[doc->kind]->page(doc, n, page, raster, err);
}

/* Page.via tells. */
unsigned load_needs(const Page *page)
{
    const char *via = page->via ? page->via : "";
    bool text = page->unit == UNIT_CHARACTER || str_starts(via, "text layer");
    bool judged = text || strstr(via, "text layer");
    bool fitted = strstr(via, LOAD_FITTED) != NULL;
    return (judged ? LOAD_NEEDS_LANGUAGE : 0u) | (fitted ? LOAD_NEEDS_LIMIT : 0u) |
           (text ? 0u : LOAD_NEEDS_ENGINE);
}

bool load_size_ok(const Load *doc, int n, double w, double h, Err *err)
{
    if (w * h <= doc->options.most_megapixels * 1e6) return true;
    return err_set(err, DAU_LIMIT,
                   "page %d of '%s' is too large: %.0f x %.0f pixels, the limit is %g megapixels; "
                   "--max-megapixels raises it",
                   n, doc->path, w, h, doc->options.most_megapixels);
}
