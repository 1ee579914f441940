/* BMP and GIF: Leptonica decodes it, but makes the pixels before it tells the size, so the size is read here first.
 *
 *     42 4D | 1A 58 00 00 | 00 00 00 00 | 36 00 00 00 | 28 00 00 00 | 64 00 00 00 | 4B 00 00 00 | 01 00 | 18 00
 *     "BM"    size          always 0      pixels at 54  header of 40   100 wide      75 high       plane   24 bits
 *
 * All numbers are little endian; a height below zero says that the rows stand from the top.
 * GIF has its size in bytes 6 to 9, two each; of a moving picture the first is read.
 */
#include "load/private.h"

#include <math.h>

enum {
    HEADER_SIZE = 14,
    WIDTH = 18,
    HEIGHT = 22,
    BITS = 28,
    PACKING = 30,
    HEADER = 54
};                          /* where they stand, bytes */
enum { LEAST_HEADER = 40 }; /* the header of OS/2 has 12 bytes, and other numbers in other places */

static uint32_t number_at(const Load *doc, size_t at, int bytes)
{
    uint32_t v = 0;
    for (int i = 0; i < bytes; i++) v |= (uint32_t)(unsigned char)doc->data[at + (size_t)i] << 8 * i;
    return v;
}

static bool bmp_open(Load *doc, Err *err)
{
    doc->pages = 1;
    if (doc->size < HEADER)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is a broken %s: its header cannot be read; was it copied whole?", doc->path,
                       "bmp");
    if (number_at(doc, HEADER_SIZE, 4) < LEAST_HEADER)
        return err_set(err, DAU_BAD_INPUT, "'%s' is a BMP of OS/2; save it as PNG first", doc->path);
    uint32_t bits = number_at(doc, BITS, 2);
    if (number_at(doc, PACKING, 4) != 0 || bits == 16)
        return err_set(err, DAU_BAD_INPUT,
                       "'%s' is a BMP that is compressed or has 16 bits a pixel; save it as PNG first",
                       doc->path);
    double height = (int32_t)number_at(doc, HEIGHT, 4);
    return load_size_ok(doc, 1, (int32_t)number_at(doc, WIDTH, 4), fabs(height), err);
}

const Reader load_bmp = {bmp_open, load_picture_page, NULL};

static bool gif_open(Load *doc, Err *err)
{
    enum { GIF_WIDTH = 6, GIF_HEIGHT = 8 };
    doc->pages = 1;
    return load_size_ok(doc, 1, number_at(doc, GIF_WIDTH, 2), number_at(doc, GIF_HEIGHT, 2), err);
}

const Reader load_gif = {gif_open, load_picture_page, NULL};
