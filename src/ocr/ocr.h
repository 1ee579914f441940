/* ocr: has Tesseract (its LSTM engine) read each cell and each block of text by itself.
 *
 *     Ocr *ocr = ocr_open(&(OcrOptions){0}, &err);      (one handle a process: opening costs 100 ms)
 *     ocr_page(ocr, &page, &raster, &err);
 *     ocr_close(ocr);
 *
 * ocr_page() fills page->lines and words, and the line ranges of cells and blocks. A word gets raw, box, at, conf (0..1)
 * and choice, whose scores are natural logarithms. The ink of each part is accounted for. Where letters were left that no
 * word stands on, the part is read again from another picture, and the reading stays that leaves less. What is still left
 * becomes blocks of the kind BLOCK_PICTURE, and the word beside it has the mark WORD_INK. Words of upright strokes are
 * counted in their picture ("H" may be II), and lone strokes in columns of figures are 1. A cell without ink costs nothing. A page of text passes through
 * unchanged. A handle is for one thread.
 *
 * Engine: Smith, An overview of the Tesseract OCR engine, ICDAR 2007; its LSTM since version 4.
 */
#ifndef DAU_OCR_OCR_H
#define DAU_OCR_OCR_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Ocr Ocr;

typedef struct OcrOptions {
    const char *language; /* NULL: "vie" */
    const char *tessdata; /* folder of traineddata files; NULL: the trained reader, then Tesseract's own */
    int deadline_ms;      /* processor time for one region, in ms; 0: 20 s */
} OcrOptions;

/* Without a folder and a language, the model is reader/vie.traineddata of the program's data, trained on lines of plans
 * (dicts/README.md). Where that is missing it is Tesseract's own. NULL and DAU_MISSING, with the package to install, when the language is not there. The caller closes the handle. */
Ocr *ocr_open(const OcrOptions *options, Err *err);
/* DAU_ENGINE when Tesseract fails on a region or exceeds its time; what was read before stays on the page. */
bool ocr_page(Ocr *ocr, Page *page, const Raster *raster, Err *err);
/* Does the same for a page that has its text already. Each word of page->layer goes into the cell or block that it
 * stands in. Words far from every block get a block of their own. No engine is needed. */
bool ocr_take_layer(Page *page, Err *err);
/* Reads words again that a later stage doubts (doubted[i] of page->words.v[i]). Their lines are read from a picture made
 * in another way, by `ocr`, which may have another model. Where both readings of a word agree, conf rises. Where they
 * differ, conf falls, the second reading joins the choices, and the word is marked WORD_DISPUTED. raw stays. *again
 * becomes the number of words that were compared; again may be NULL. */
bool ocr_again(Ocr *ocr, Page *page, const Raster *raster, const bool *doubted, int *again, Err *err);
void ocr_close(Ocr *ocr); /* NULL is allowed */
/* Sets OMP_THREAD_LIMIT and GLIBC_TUNABLES for a program that will read scans, where they are not set; true when one was
 * not. Tesseract's threads cost more than they give, and pictures of pages are faster in large memory pages. Both are read
 * before main() runs, so they count for a program that is started then. */
bool ocr_environment(void);
/* Prepares this program to read scans; main() calls it first. After ocr_environment() it starts the program anew with
 * argv, once. */
void ocr_set_up(char **argv);
const char *ocr_version(void); /* "tesseract 5.3.0"; lent */
/* Writes the path of the model that ocr_open() reads; false when it is not found. */
bool ocr_model_path(const OcrOptions *options, char *path, size_t cap);

#endif
