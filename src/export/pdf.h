/* export/pdf: writes a searchable PDF: each page is the picture that was scanned, with the restored words over it,
 * invisible.
 *
 *     FileOut *out = file_create("plan.pdf", &err);
 *     Pdf *pdf = pdf_new(out, "plan.pdf", "dau 0.1.0");
 *     pdf_add_page(pdf, &page, &picture);          (writes at once: a page is not kept after the call)
 *     pdf_finish(pdf);
 *     file_commit(out, &err);                      (reports what could not be written)
 *
 * PDF 1.5 (ISO 32000-1). The picture has the scan's own pixels, as fax or JPEG, at its resolution. A word lies over its
 * place and in its direction, so that a turned or skewed page can be searched and marked, too. It is drawn in rendering
 * mode 3, with glyphs that have a width and no shape; ToUnicode says what they mean. So no font is needed, neither where
 * the file is written nor where it is read. The same pages give the same bytes.
 */
#ifndef DAU_EXPORT_PDF_H
#define DAU_EXPORT_PDF_H

#include "base/file.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Pdf Pdf;

Pdf *pdf_new(FileOut *out, const char *title, const char *maker); /* `out` stays the caller's */
/* Appends a page: its picture, as load_coded() makes it, and its words. */
void pdf_add_page(Pdf *pdf, const Page *page, const Coded *picture);
void pdf_finish(Pdf *pdf); /* and frees it; NULL is allowed */

#endif
