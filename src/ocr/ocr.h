/* ocr/ocr: Tesseract (LSTM engine) reads each cell and each block of text by itself.
 *
 *     Ocr *ocr = ocr_open(&(OcrOptions){0}, &err);      one handle a process: opening costs 100 ms
 *     ocr_page(ocr, &page, &raster, &err);
 *     ocr_close(ocr);
 *
 * Fills page->lines and words (raw, box, at, conf, choice) and the line ranges of cells and blocks. A cell
 * without ink costs no recognition. A page of text passes through. The handle is not for two threads.
 */
#ifndef DAU_OCR_OCR_H
#define DAU_OCR_OCR_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Ocr Ocr;

typedef struct OcrOptions {
    const char *language; /* NULL: "vie" */
    const char *tessdata; /* folder of traineddata files; NULL: Tesseract's own */
    int deadline_ms;      /* of the processor, for one region; 0: the default, 20 s */
} OcrOptions;

/* DAU_MISSING with the package to install when the language is not there. */
Ocr *ocr_open(const OcrOptions *options, Err *err);
bool ocr_page(Ocr *ocr, Page *page, const Raster *raster, Err *err);
/* The same for a page that has its text already: the words of page->layer go into the cells and blocks they
 * stand in; those that stand in none, into a block of text of their own. No engine is needed. */
bool ocr_take_layer(Page *page, Err *err);
/* A second look at words that a later stage doubts (doubted[i] of page->words.v[i]): their lines are read
 * once more, from a picture made in another way, by `ocr`, which may have another model. Where both readings
 * of a word agree it is surer (conf); where they differ the second is among its choices and the word is less
 * sure. raw stays. Says how many words were looked at in *again (may be NULL). */
bool ocr_again(Ocr *ocr, Page *page, const Raster *raster, const bool *doubted, int *again, Err *err);
void ocr_close(Ocr *ocr); /* NULL is fine */
/* Tesseract's threads cost more than they give, and pictures of pages want memory in large pages; the
 * libraries of both read what they are told before main() runs: sets OMP_THREAD_LIMIT and GLIBC_TUNABLES
 * where they are not set, and starts the program anew with argv, once. Call it first in main for what will
 * read scans. */
void ocr_set_up(char **argv);
const char *ocr_version(void); /* "tesseract 5.3.0" */
/* The file of the model that ocr_open() would read; false when it is not found. */
bool ocr_model_path(const OcrOptions *options, char *path, size_t cap);

#endif
