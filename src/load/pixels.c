/* Pictures out of the scan: the box of a pairing is cut out, made smaller where asked, and written as PNG. Here is also
 * the last step of every loader, which gives a picture no more bits than it needs.
 *
 * Example: a black and white page, "Nguyễn Du - Phú Lãm", came through a renderer as 32 bits of colour and holds only two
 * values. It goes back to 1 bit a pixel, so that 8.7 million pixels are 1 MB and not 35.
 */
#include "load/private.h"

#include <leptonica/allheaders.h>
#include <string.h>

/* A scan on its way through a socket: this, then its rows in Leptonica's words. */
typedef struct Passed {
    uint32_t width, height, depth, dpi;
} Passed;

enum { MOST_SIDE = 1 << 20 }; /* pixels of what comes through a socket; a row's bits stay under 2^31 */
enum { JPEG_QUALITY = 80 };   /* of 100: letters stay sharp, a grey A4 at 200 dpi takes about 300 KB */

enum { BLOCK = 8, WORD = 32, BYTES = 4 };

/* Bits that differ between the colours of a pixel; and bits that neither black nor white has. */
static void look_at(const uint32_t *row, int n, int shift, uint32_t *coloured, uint32_t *grey)
{
    for (int x = 0; x < n; x++) {
        uint32_t v = row[x] >> shift;
        *coloured |= (v ^ v >> 8) & 0xFFFF;
        *grey |= (v + 1) & 0xFFFFFE; /* black becomes 1, white is carried out of its 24 bits */
    }
}

/* What a picture needs, in bits; found in one pass that stops at the first row with colour. */
static int depth_needed(const ColourRows *rows)
{
    const uint32_t *row = rows->words;
    uint32_t any_grey = 0;
    for (int y = 0; y < rows->h; y++, row += rows->stride) {
        uint32_t coloured[BLOCK] = {0}, grey[BLOCK] = {0}, all = 0;
        int x = 0;
        for (; x + BLOCK <= rows->w; x += BLOCK)
            for (int k = 0; k < BLOCK; k++) look_at(row + x + k, 1, rows->shift, &coloured[k], &grey[k]);
        look_at(row + x, rows->w - x, rows->shift, &coloured[0], &grey[0]);
        for (int k = 0; k < BLOCK; k++) all |= coloured[k], any_grey |= grey[k];
        if (all) return 32;
    }
    return any_grey ? 8 : 1;
}

static void copy_colours(const uint32_t *from, int w, int shift, l_uint32 *to)
{
    for (int x = 0; x < w; x++) to[x] = (from[x] >> shift & 0xFFFFFF) << 8;
}

/* The first of four pixels is the highest byte. */
static void copy_greys(const uint32_t *from, int w, int shift, l_uint32 *to)
{
    for (int x = 0; x < w; x += BYTES, to++)
        for (int k = 0; k < BYTES; k++) *to = *to << 8 | (x + k < w ? from[x + k] >> shift & 0xFF : 0);
}

static void copy_bits(const uint32_t *from, int w, int shift, l_uint32 *to)
{
    for (int x = 0; x < w; x += WORD, to++)
        for (int k = 0; k < WORD; k++)
            *to = *to << 1 | (x + k < w ? ~from[x + k] >> shift & 1 : 0); /* 1 is black */
}

struct Pix *load_lean_pix(const ColourRows *rows)
{
    int depth = depth_needed(rows);
    PIX *pix = pixCreate(rows->w, rows->h, depth);
    if (!pix) return NULL;
    void (*copy)(const uint32_t *, int, int, l_uint32 *) = depth == 1   ? copy_bits
                                                           : depth == 8 ? copy_greys
                                                                        : copy_colours;
    for (int y = 0; y < rows->h; y++)
        copy(rows->words + (size_t)y * rows->stride, rows->w, rows->shift,
             pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix));
    return pix;
}

void load_take_scan(Page *page, Raster *raster, struct Pix **pix, int dpi, const char *via)
{
    raster->scan = *pix;
    *pix = NULL;
    pixSetResolution(raster->scan, dpi, dpi);
    page->unit = UNIT_PIXEL;
    page->width = pixGetWidth(raster->scan);
    page->height = pixGetHeight(raster->scan);
    page->dpi = dpi;
    page->via = arena_str(&page->arena, via);
}

static size_t pix_bytes(struct Pix *pix)
{
    return (size_t)pixGetWpl(pix) * sizeof(l_uint32) * (size_t)pixGetHeight(pix);
}

bool load_raster_dump(const Raster *raster, Buf *out, Err *err)
{
    struct Pix *pix = raster->scan;
    if (err_is(err)) return false;
    if (!pix) return err_set(err, DAU_BAD_INPUT, "a page of text has no pixels");
    Passed head = {(uint32_t)pixGetWidth(pix), (uint32_t)pixGetHeight(pix), (uint32_t)pixGetDepth(pix),
                   (uint32_t)pixGetXRes(pix)};
    buf_addn(out, &head, sizeof head);
    buf_addn(out, pixGetData(pix), pix_bytes(pix));
    return true;
}

bool load_raster_parse(const char *bytes, size_t len, Raster *raster, Err *err)
{
    Passed head = {0};
    if (err_is(err)) return false;
    if (len >= sizeof head) memcpy(&head, bytes, sizeof head);
    bool sound = head.width - 1 < MOST_SIDE && head.height - 1 < MOST_SIDE &&
                 (head.depth == 1 || head.depth == 8 || head.depth == 32) &&
                 ((uint64_t)head.width * head.depth + 31) / 32 * 4 * head.height == len - sizeof head;
    raster->scan = sound ? pixCreate((int)head.width, (int)head.height, (int)head.depth) : NULL;
    if (!raster->scan) return err_set(err, DAU_BAD_OUTPUT, "the pixels of a page came back broken");
    memcpy(pixGetData(raster->scan), bytes + sizeof head, len - sizeof head);
    pixSetResolution(raster->scan, (int)head.dpi, (int)head.dpi);
    return true;
}

bool load_raster_is(const Raster *raster, int width, int height)
{
    return raster->scan && pixGetWidth(raster->scan) == width && pixGetHeight(raster->scan) == height;
}

void load_raster_release(Raster *raster)
{
    pixDestroy(&raster->scan);
    pixDestroy(&raster->grey);
    pixDestroy(&raster->ink);
    pixDestroy(&raster->red);
    pixDestroy(&raster->blue);
    pixDestroy(&raster->clear);
}

static PIX *cut(PIX *scan, Rect box)
{
    Rect all = {0, 0, pixGetWidth(scan), pixGetHeight(scan)};
    box = rect_empty(box) ? all : rect_intersect(box, all);
    if (rect_empty(box)) return NULL;
    BOX *b = boxCreate(box.x, box.y, box.w, box.h);
    PIX *part = pixClipRectangle(scan, b, NULL);
    boxDestroy(&b);
    return part;
}

/* Smaller by area averaging: thin strokes of a 1-bit scan turn grey and stay. */
static void shrink(PIX **pix, int most_side)
{
    int w = pixGetWidth(*pix), h = pixGetHeight(*pix), side = w > h ? w : h;
    if (most_side <= 0 || side <= most_side) return;
    PIX *grey = pixGetDepth(*pix) == 1 ? pixConvertTo8(*pix, 0) : pixClone(*pix);
    int to_w = w == side ? most_side : (int)((double)w * most_side / side);
    int to_h = h == side ? most_side : (int)((double)h * most_side / side);
    PIX *small = pixScaleToSize(grey, to_w > 0 ? to_w : 1, to_h > 0 ? to_h : 1);
    pixDestroy(&grey);
    pixDestroy(pix);
    *pix = small;
}

bool load_png(const Raster *raster, Rect box, int most_side, Buf *out, Err *err)
{
    l_uint8 *bytes = NULL;
    size_t n = 0;
    if (err_is(err)) return false;
    if (!raster->scan)
        return err_set(err, DAU_BAD_INPUT, "there is no picture of this page; it came from a text file");
    PIX *part = cut(raster->scan, box);
    if (!part)
        return err_set(err, DAU_BAD_INPUT, "the box %d,%d %dx%d lies outside the page", box.x, box.y, box.w,
                       box.h);
    shrink(&part, most_side);
    if (!part || pixWriteMemPng(&bytes, &n, part, 0) != 0)
        err_set(err, DAU_INTERNAL, "cannot make a PNG of the page");
    else
        buf_addn(out, bytes, n);
    lept_free(bytes);
    pixDestroy(&part);
    return !err_is(err);
}

bool load_coded(const Raster *raster, Coded *out, Err *err)
{
    L_COMP_DATA *data = NULL;
    if (err_is(err)) return false;
    if (!raster->scan)
        return err_set(err, DAU_BAD_INPUT, "there is no picture of this page; it came from a text file");
    bool fax = pixGetDepth(raster->scan) == 1;
    if (pixGenerateCIData(raster->scan, fax ? L_G4_ENCODE : L_JPEG_ENCODE, JPEG_QUALITY, 0, &data) != 0 ||
        !data)
        return err_set(err, DAU_INTERNAL, "cannot code the picture of the page");
    buf_clear(&out->bytes);
    buf_addn(&out->bytes, data->datacomp, data->nbytescomp);
    out->width = data->w, out->height = data->h;
    out->fax = fax, out->colour = data->spp == 3, out->black_is_one = data->minisblack;
    l_CIDataDestroy(&data);
    return true;
}
