/* load/private: what load.c shares with the readers of each kind of file. Private to src/load/. */
#ifndef DAU_LOAD_PRIVATE_H
#define DAU_LOAD_PRIVATE_H

#include "base/file.h"
#include "load/load.h"

struct Load {
    FileKind kind;
    const struct Reader *reader; /* of that kind */
    char *path;                  /* for messages */
    LoadOptions options;         /* every default filled in */
    FileMap map;                 /* a file's bytes, or */
    Buf piped;                   /* what came through standard input */
    const char *data;            /* the bytes, whichever way they came */
    size_t size;
    int pages;
    void *state; /* the reader's own */
};

/* One kind of file: how it is opened (open() sets doc->pages), read and closed. page() may trust that n is in range. It
 * sets page->via, width, height, dpi and raster->scan, or lines and words. */
typedef struct Reader {
    bool (*open)(Load *doc, Err *err);
    bool (*page)(Load *doc, int n, Page *page, Raster *raster, Err *err);
    void (*close)(Load *doc); /* only when doc->state is set; also after an open that failed half way */
} Reader;

/* Adds the words of a line of text, each at its column, counted from x. Returns how many columns they take. */
int load_add_line(Page *page, int x, int y, const char *s, size_t len);

/* csv.c: what parts the fields of the text, ',' ';' or a tab; 0: it is not CSV. */
char csv_mark(const char *data, size_t n);

/* For readers that make a flow of the whole document when it is opened. load_take_flow() ends the flow and keeps it as the
 * document's state, or frees it when not `ok`. It returns whether all is well. */
struct Flow;
bool load_take_flow(Load *doc, struct Flow *flow, bool ok, Err *err);
bool load_flow_page(Load *doc, int n, Page *page, Raster *raster, Err *err);
void load_flow_close(Load *doc);

/* ---- for readers of pictures ---- */

/* libjpeg, libpng and libtiff write remarks to stderr, and Leptonica lets them. Between these two calls stderr leads
 * nowhere. load_unhush() takes what load_hush() returned. */
int load_hush(void);
void load_unhush(int saved);
/* Makes the picture's pixels square and 1, 8 or 32 bits deep, and makes it the page's scan. It takes the picture over;
 * NULL means that it is broken. */
bool load_finish_picture(const Load *doc, int n, struct Pix *pix, Page *page, Raster *raster, Err *err);
/* A Reader's page() for a file that is one picture in a form that Leptonica knows. */
bool load_picture_page(Load *doc, int n, Page *page, Raster *raster, Err *err);

/* Part of Page.via: fewer pixels because of LoadOptions.most_megapixels. */
#define LOAD_FITTED "coarser to stay within the limits"

/* Whether a page of w x h pixels is within the limits; else DAU_LIMIT and what to do. */
bool load_size_ok(const Load *doc, int n, double w, double h, Err *err);
/* Pixels of 8 bits red, green and blue in words of 32. */
typedef struct ColourRows {
    const uint32_t *words;
    size_t stride; /* words a row */
    int w, h;
    int shift; /* where blue begins: 0 in cairo's words, 8 in Leptonica's */
} ColourRows;

/* A copy with no more bits than it needs: 1 where all is black or white, 8 where all is grey, else 32. NULL when memory
 * does not suffice. */
struct Pix *load_lean_pix(const ColourRows *rows);
/* Makes *pix the page's scan and takes it over. */
void load_take_scan(Page *page, Raster *raster, struct Pix **pix, int dpi, const char *via);

#endif
