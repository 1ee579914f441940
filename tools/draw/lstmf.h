/* lstmf: a file of lines to train Tesseract with: the picture and the text of each.
 *
 *     GByteArray *file = lstmf_new();
 *     lstmf_add(file, grey, "Trường Mầm non Hoa Mai");     (as often as wanted)
 *     lstmf_save(file, "lines.lstmf");                     (frees it)
 *
 * `tesseract ... lstm.train` writes such a file for one picture and needs a second each. The form was read off
 * Tesseract 5.3, src/ccstruct/imagedata.cpp (Apache-2.0): a count, then for each line a byte 1, the picture's name, page,
 * the picture as PNG, language, text, no boxes, no texts of boxes, a byte 0 (not vertical). Numbers are 32 bits,
 * little-endian; a string is its length and its bytes.
 */
#ifndef DRAW_LSTMF_H
#define DRAW_LSTMF_H

#include <glib.h>
#include <leptonica/allheaders.h>

GByteArray *lstmf_new(void);
/* The picture holds one line, 8 bits a pixel, and stays the caller's. The text is UTF-8, NFC and not empty. */
void lstmf_add(GByteArray *file, PIX *line, const char *text);
/* Writes the file and frees it; dies when it cannot. */
void lstmf_save(GByteArray *file, const char *path);

#endif
