/* Opens a file, lets its bytes tell its kind (kinds.c) and hands it to the reader of that kind. The limits that hold for
 * all kinds are kept here.
 *
 *     "ke-hoach.pdf", 25 50 44 46 2D ...        a PDF, whatever its name: pdf.c
 *     "ke-hoach.pdf", "UBND HUYỆN ..."          a text renamed: refused, because somebody meant a scan
 *     "anh.jpg",      89 50 4E 47 ...           a PNG by another name: read as PNG, without a word
 */
#include "load/kinds.h"

#include <string.h>
#include <sys/stat.h>

static const double MOST_MEGAPIXELS = 120;        /* A3 at 600 dpi is 70 */
static const size_t MOST_BYTES = (size_t)2 << 30; /* of a file; the largest scanned books stay under 1 GB */
static const size_t MOST_UNPACKED = (size_t)256 << 20; /* a report of 1,000 pages has 20 MB of XML */
static const int RENDER_DPI = 300;                     /* what Tesseract's models are trained near */
/* ---- what kind of file ---- */

static bool find_kind(Load *doc, Err *err)
{
    if (!doc->size) return err_set(err, DAU_BAD_INPUT, "'%s' is empty; was it copied whole?", doc->path);
    FileKind kind = kind_find(doc->data, doc->size);
    doc->reader = kind_reader(kind);
    if (!doc->reader) return kind_refuse(kind, doc->path, err);
    if (kind_is_text(kind) && kind_promised(doc->path))
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' holds text, not what its name says; if the text is wanted, rename it to .txt",
                       doc->path);
    doc->kind = kind;
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
    if (read_bytes(doc, err) && find_kind(doc, err) && doc->reader->open(doc, err)) return doc;
    load_close(doc);
    return NULL;
}

void load_close(Load *doc)
{
    if (!doc) return;
    if (doc->state) doc->reader->close(doc);
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

/* ---- pages ---- */

bool load_page(Load *doc, int n, Page *page, Raster *raster, Err *err)
{
    if (err_is(err)) return false;
    if (n < 1 || n > doc->pages)
        return err_set(err, DAU_USAGE, "'%s' has no page %d; it has %d", doc->path, n, doc->pages);
    return doc->reader->page(doc, n, page, raster, err);
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
