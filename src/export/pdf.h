/* export/pdf: a searchable PDF: each page the picture that was scanned, and on it the restored words, unseen.
 *
 *     FileOut *out = file_create("plan.pdf", &err);
 *     Pdf *pdf = pdf_new(out, "plan.pdf", "dau 0.1.0");
 *     pdf_add_page(pdf, &page, &picture);          as it goes: a page is held no longer than this call
 *     pdf_finish(pdf);
 *     file_commit(out, &err);
 *
 * PDF 1.5 (ISO 32000-1). The picture is the scan's own pixels, fax or JPEG, at its resolution. A word lies
 * over its place with its direction, so that a turned or skewed page can be searched and marked too; it is
 * drawn in rendering mode 3, with glyphs that have a width and no shape, and ToUnicode says what they mean.
 * No font is needed, on the machine that writes or that reads. The same pages give the same bytes.
 */
#ifndef DAU_EXPORT_PDF_H
#define DAU_EXPORT_PDF_H

#include "base/file.h"
#include "doc/page.h"
#include "doc/raster.h"

typedef struct Pdf Pdf;

Pdf *pdf_new(FileOut *out, const char *title, const char *maker); /* out stays the caller's */
void pdf_add_page(Pdf *pdf, const Page *page, const Coded *picture);
void pdf_finish(Pdf *pdf); /* and frees it; NULL is fine */

#endif
