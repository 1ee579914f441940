/* Rows are tried from the top, and the first whose test holds is the kind of the file:
 *
 *     42 4D .. .. .. .. 00 00 00 00     "BM", and zeros in bytes 6 to 9     bmp, read
 *     47 49 46 38 39 61 01 00 01 00     "GIF8", and more that is not text   gif
 *     54 72 C6 B0 E1 BB 9D 6E 67        "Trường"                            text, the last row
 *
 * Letters alone do not tell a kind: "BMI của học sinh" is text. So rows with weak signs have a test of their own
 * or are marked `letters`, and text stands below all that is surer.
 */
#include "load/kinds.h"

#include "load/charset.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    MOST_OLE = 64 << 20,    /* bytes of an old Office file that are searched */
    DIRECTORY = 256 * 1024, /* bytes at a zip's end in which its directory is */
    HEAD = 1024,            /* bytes looked at; readers of PDF look for %PDF- as far as this */
    BINARY_PERCENT = 10,    /* share of control characters in the head from which on it is not text */
    MOST_SIGNS = 4,
    MOST_ENDINGS = 2
};

/* ---- the tests ---- */

typedef struct Sign {
    const char *bytes;
    size_t len;
} Sign;

#define SIGN(text)             \
    {                          \
        text, sizeof(text) - 1 \
    }

static bool begins(const char *d, size_t n, Sign sign)
{
    return n >= sign.len && memcmp(d, sign.bytes, sign.len) == 0;
}

static bool holds(const char *d, size_t n, const char *what, size_t len)
{
    for (size_t i = 0; i + len <= n; i++)
        if (memcmp(d + i, what, len) == 0) return true;
    return false;
}

static size_t head_of(size_t n)
{
    return n < HEAD ? n : HEAD;
}

/* Few enough control characters. One NUL in a text is a fault to be told, not another kind of file. */
static bool is_writing(const char *d, size_t n)
{
    size_t odd = 0;
    n = head_of(n);
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)d[i];
        odd += (c < 0x20 && !strchr("\t\n\v\f\r\x1b", c)) || c == 0 || c == 0x7F;
    }
    return odd * 100 <= n * BINARY_PERCENT || odd <= 1;
}

static bool is_text(const char *d, size_t n)
{
    Charset wide;
    return is_writing(d, n) || encoding_is_utf16(d, head_of(n), &wide);
}

/* The head in small letters, without NULs, so that UTF-16 looks like ASCII. */
static void small_head(const char *d, size_t n, char head[HEAD + 1])
{
    size_t len = 0;
    n = head_of(n);
    for (size_t i = 0; i < n; i++)
        if (d[i]) head[len++] = d[i] >= 'A' && d[i] <= 'Z' ? (char)(d[i] + 0x20) : d[i];
    head[len] = 0;
}

/* A web page, whatever stands before its first element: a mark of byte order, blanks, <?xml ..>, comments. */
static bool is_html(const char *d, size_t n)
{
    static const char *const signs[] = {
        "<!doctype html", "<html",   "<head", "<body", "<table", "<meta",  "<p>",    "<p ",
        "<div",           "<h1",     "<h2",   "<h3",   "<h4",    "<span",  "<font",  "<b>",
        "<strong",        "<center", "<ul",   "<ol",   "<br",    "<title", "<style", "<section",
        "<article"};
    char head[HEAD + 1];
    if (!is_text(d, n)) return false;
    small_head(d, n, head);
    const char *first = strchr(head, '<');
    for (size_t i = 0; first && i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(head, signs[i]);
        if (at && (at == first || strncmp(first, "<!--", 4) == 0 || strncmp(first, "<?xml", 5) == 0))
            return true;
    }
    return false;
}

static bool is_csv(const char *d, size_t n)
{
    return is_writing(d, n) && csv_mark(d, n);
}

static const Sign zip = SIGN("PK\3\4"), ole = SIGN("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");

/* Whether it is a zip with an entry whose name begins so, by the directory, which stands at its end. */
static bool zip_holds(const char *d, size_t n, const char *name)
{
    size_t tail = n > DIRECTORY ? n - DIRECTORY : 0;
    return begins(d, n, zip) && holds(d + tail, n - tail, name, strlen(name));
}

/* An OpenDocument's first entry says what it is, "application/vnd.oasis.opendocument.text". Somebody who packs it again
 * puts the entry elsewhere, and packs it; then the parts tell, and a text is likelier than a sheet. */
static bool is_opendocument(const char *d, size_t n, const char *type)
{
    static const char any[] = "application/vnd.oasis.opendocument.";
    char whole[64];
    snprintf(whole, sizeof whole, "%s%s", any, type);
    if (!begins(d, n, zip)) return false;
    if (holds(d, head_of(n), any, sizeof any - 1)) return holds(d, head_of(n), whole, strlen(whole));
    return strcmp(type, "text") == 0 && zip_holds(d, n, "content.xml") && zip_holds(d, n, "mimetype");
}

static bool is_odt(const char *d, size_t n)
{
    return is_opendocument(d, n, "text");
}

static bool is_ods(const char *d, size_t n)
{
    return is_opendocument(d, n, "spreadsheet");
}

/* Its main part is word/document.xml, or word/document2.xml where another program than Word wrote it. */
static bool is_docx(const char *d, size_t n)
{
    return zip_holds(d, n, "word/document");
}

static bool is_xlsx(const char *d, size_t n)
{
    return zip_holds(d, n, "xl/workbook") && zip_holds(d, n, "xl/worksheets/");
}

static bool is_gif(const char *d, size_t n)
{
    return n >= 13 && (memcmp(d, "GIF87a", 6) == 0 || memcmp(d, "GIF89a", 6) == 0) &&
           !is_writing(d, n < 64 ? n : 64);
}

/* An old Office file has a directory of streams, their names in UTF-16. */
static bool ole_holds(const char *d, size_t n, const char *name)
{
    char wide[64];
    size_t len = 0;
    if (!begins(d, n, ole)) return false;
    for (; *name && len < sizeof wide - 2; name++) wide[len++] = *name, wide[len++] = 0;
    return holds(d, n < MOST_OLE ? n : MOST_OLE, wide, len);
}

static bool is_doc(const char *d, size_t n)
{
    return ole_holds(d, n, "WordDocument");
}

static bool is_encrypted_office(const char *d, size_t n)
{
    return ole_holds(d, n, "EncryptedPackage");
}

static bool is_pdf(const char *d, size_t n)
{
    return holds(d, head_of(n), "%PDF-", 5);
}

static bool is_webp(const char *d, size_t n)
{
    return n >= 12 && memcmp(d, "RIFF", 4) == 0 && memcmp(d + 8, "WEBP", 4) == 0;
}

/* Bytes 6 to 9 of a BMP are zero: no text has that. */
static bool is_bmp(const char *d, size_t n)
{
    static const char zeros[4];
    return n >= 10 && memcmp(d, "BM", 2) == 0 && memcmp(d + 6, zeros, 4) == 0;
}

/* ---- the table ---- */

typedef struct Kind {
    const char *name;                       /* "pdf": in the database, in Page.via, in messages */
    const Reader *reader;                   /* NULL: recognised, but not read */
    const char *said;                       /* of a kind that is not read: what it is and what to do */
    bool (*is)(const char *data, size_t n); /* recognised by this test, */
    Sign begins[MOST_SIGNS];                /*   or by one of these as its first bytes */
    const char *endings[MOST_ENDINGS];      /* of a kind that is read: ".tif"; the case does not matter */
    int code;                               /* of the error; 0: DAU_BAD_INPUT */
    bool letters;                           /* `begins` are letters, with which a text may begin, too */
    bool typed;                             /* text under its endings is not a mistake */
} Kind;

/* Here and not in a header, so that a new kind is a row and a reader. */
extern const Reader load_pdf, load_tiff, load_picture, load_bmp, load_gif, load_text, load_docx, load_odt,
    load_html, load_doc, load_xlsx, load_ods, load_csv;

static const Kind kinds[] = {
    {.name = "odt", .reader = &load_odt, .is = is_odt, .endings = {".odt"}},
    {.name = "ods", .reader = &load_ods, .is = is_ods, .endings = {".ods"}},
    {.name = "xlsx", .reader = &load_xlsx, .is = is_xlsx, .endings = {".xlsx", ".xlsm"}},
    {.name = "docx", .reader = &load_docx, .is = is_docx, .endings = {".docx"}},
    {.name = "zip",
     .begins = {SIGN("PK\3\4")},
     .said = tr_later("it is a zip file with no document of Word, Excel or OpenDocument in it; unpack it, or "
                      "save it as PDF")},
    {.name = "doc", .reader = &load_doc, .is = is_doc, .endings = {".doc"}},
    {.name = "encrypted Office file",
     .is = is_encrypted_office,
     .code = DAU_ENCRYPTED,
     .said = tr_later("it is encrypted; save a copy without a password")},
    {.name = "Office file",
     .begins = {SIGN("\xD0\xCF\x11\xE0")},
     .said = tr_later("it is an Office file, but not a Word document (.xls, .ppt?); save it as PDF first")},
    {.name = "tiff",
     .reader = &load_tiff,
     .begins = {SIGN("II*\0"), SIGN("MM\0*"), SIGN("II+\0"), SIGN("MM\0+")},
     .endings = {".tif", ".tiff"}},
    {.name = "png", .reader = &load_picture, .begins = {SIGN("\x89PNG\r\n\x1a\n")}, .endings = {".png"}},
    {.name = "jpeg", .reader = &load_picture, .begins = {SIGN("\xFF\xD8\xFF")}, .endings = {".jpg", ".jpeg"}},
    {.name = "jpeg2000",
     .reader = &load_picture,
     .begins = {SIGN("\0\0\0\14jP  "), SIGN("\xFF\x4F\xFF\x51")},
     .endings = {".jp2"}},
    {.name = "webp", .reader = &load_picture, .is = is_webp, .endings = {".webp"}},
    {.name = "bmp", .reader = &load_bmp, .is = is_bmp, .endings = {".bmp"}},
    {.name = "pdf", .reader = &load_pdf, .is = is_pdf, .endings = {".pdf"}},
    {.name = "gzip", .begins = {SIGN("\37\213")}, .said = tr_later("it is a gzip file; unpack it first")},
    {.name = "rtf",
     .begins = {SIGN("{\\rtf")},
     .said = tr_later("it is an RTF document; save it as DOCX or PDF first")},
    {.name = "postscript",
     .begins = {SIGN("%!PS")},
     .said = tr_later("it is PostScript; turn it into PDF first")},
    {.name = "gif", .reader = &load_gif, .is = is_gif, .endings = {".gif"}},
    {.name = "djvu",
     .begins = {SIGN("AT&TFORM")},
     .letters = true,
     .said = tr_later("it is a DjVu document; save it as PDF first")},
    {.name = "html", .reader = &load_html, .is = is_html, .endings = {".htm", ".html"}, .typed = true},
    {.name = "csv", .reader = &load_csv, .is = is_csv, .endings = {".csv", ".tsv"}, .typed = true},
    {.name = "text", .reader = &load_text, .is = is_text, .endings = {".txt", ".text"}, .typed = true},
};

enum { KINDS = sizeof kinds / sizeof *kinds };

static bool kind_fits(const Kind *k, const char *d, size_t n)
{
    if (k->is) return k->is(d, n);
    for (int i = 0; i < MOST_SIGNS && k->begins[i].len; i++)
        if (begins(d, n, k->begins[i])) return !k->letters || !is_writing(d, n);
    return false;
}

FileKind kind_find(const char *data, size_t n)
{
    FileKind kind = 0;
    while (kind < KINDS && !kind_fits(&kinds[kind], data, n)) kind++;
    return kind < KINDS ? kind : -1;
}

const Reader *kind_reader(FileKind kind)
{
    return kind >= 0 && kind < KINDS ? kinds[kind].reader : NULL;
}

const char *file_kind_name(FileKind kind)
{
    return kind >= 0 && kind < KINDS ? kinds[kind].name : "unknown";
}

bool kind_is_text(FileKind kind)
{
    return kind_reader(kind) == &load_text;
}

static const Kind *kind_of_ending(const char *path)
{
    const char *dot = strrchr(file_base_name(path), '.');
    for (const Kind *k = kinds; dot && k < kinds + KINDS; k++)
        for (int i = 0; i < MOST_ENDINGS && k->endings[i]; i++)
            if (strcasecmp(dot, k->endings[i]) == 0) return k;
    return NULL;
}

bool kind_promised(const char *path)
{
    const Kind *k = kind_of_ending(path);
    return k && !k->typed;
}

/* "pdf, tiff, ..." */
static void add_names(Buf *b)
{
    for (int i = 0; i < KINDS; i++)
        if (kinds[i].reader) buf_addf(b, "%s%s", b->len ? ", " : "", kinds[i].name);
}

bool kind_refuse(FileKind kind, const char *path, Err *err)
{
    if (kind >= 0)
        return err_set(err, kinds[kind].code ? kinds[kind].code : DAU_BAD_INPUT, "cannot read '%s': %s", path,
                       kinds[kind].said);
    Buf names = {0};
    add_names(&names);
    err_set(err, DAU_BAD_INPUT, "cannot read '%s': it is of no kind that dau reads; convert it to one of: %s",
            path, names.s);
    buf_release(&names);
    return false;
}

/* ---- files in a folder ---- */

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

/* Read, not mapped: the caller has no worker to lose when somebody cuts the file short meanwhile. */
static FileKind kind_by_ends(const char *path, size_t size)
{
    Err err = {0};
    Buf b = {0};
    int fd = file_open(path, &err);
    if (fd < 0) return -1;
    size_t head = size < DIRECTORY ? size : DIRECTORY;
    add_bytes(fd, 0, head, &b);
    size_t tail = size - head < DIRECTORY ? size - head : DIRECTORY;
    add_bytes(fd, (off_t)(size - tail), tail, &b);
    if (begins(buf_str(&b), b.len, ole)) add_bytes(fd, (off_t)head, size < MOST_OLE ? size : MOST_OLE, &b);
    close(fd);
    FileKind kind = b.len ? kind_find(b.s, b.len) : -1;
    buf_release(&b);
    return kind;
}

bool load_knows(const char *path)
{
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    if (kind_of_ending(path)) return true;
    FileKind kind = kind_by_ends(path, (size_t)st.st_size);
    return kind_reader(kind) && !kind_is_text(kind);
}
