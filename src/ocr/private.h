/* ocr/private: what the files of ocr share. Private to src/ocr/. */
#ifndef DAU_OCR_PRIVATE_H
#define DAU_OCR_PRIVATE_H

#include "base/bits.h"
#include "base/vec.h"
#include "ocr/ocr.h"

#include <leptonica/allheaders.h>

/* A part of the page as the engine gets it. */
typedef struct Region {
    PIX *pix;     /* grey, with a white margin */
    Rect at;      /* where it lies on the upright page */
    double scale; /* pixels of pix for one pixel of the page */
    bool one_line;
} Region;

/* Brings a part of the page, which lies at `at`, to the resolution that the engine was trained on. The caller destroys
 * the region's pix. */
Region region_of(PIX *part, Rect at, int dpi, bool one_line);
/* Reads the region and appends its lines and words to the page. */
bool region_read(Ocr *ocr, const Region *region, Page *page, Err *err);

/* Puts another picture in place of region->pix: a grey one is thresholded by itself, a two-level one is blurred. So the
 * engine meets other edges. */
void region_other(Region *region, const Raster *raster);

/* ---- ink that was not read (unread.c) ---- */

typedef VEC(Rect) Unread; /* boxes on the upright page */

/* Appends the letters among the pieces on which no word stands. `ink` is of the part at `at`; its words are those from
 * first_word on. Specks, marks, rests of rules at the sides and what is too large for a letter are left out. */
void unread_find(const Pieces *ink, const Page *page, size_t first_word, Rect at, Unread *unread);
/* Marks the word beside each of them, among the words from first_word on, with WORD_INK. */
void unread_mark(Page *page, size_t first_word, const Unread *unread);
/* The same over the whole page, after all of it was read: places outside the cells that were read where several letters
 * stand together. Lone ones are of seals and signatures. */
void unread_outside(const Pieces *ink, const Page *page, Unread *unread);
/* Appends to page->blocks a BLOCK_PICTURE for each place where such letters stand together. */
void unread_tell(Page *page, Unread *unread);

/* ---- numerals and figures ---- */

/* strokes.c: how many upright strokes (0 to 3) the picture has at `at`; 0 where there is anything else. */
int strokes_count(PIX *grey, Rect at);
/* Reads words of strokes ("|", "Ï", "H", "I") by counting them: among the words after first_word, which stand beside
 * another. What was read stays among the choices. WORD_DISPUTED: the engine had read another numeral. */
void strokes_read(Page *page, const Raster *raster, size_t first_word);
/* column.c: in columns of figures, reads lone strokes and rings as 1 and 0. */
void column_read_figures(Page *page, const Table *table);

#endif
