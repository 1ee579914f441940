/* export/page: writes what was read on the pages of a document in the forms that other programs take.
 *
 *     hocr      hOCR 1.2: HTML with a box and a confidence a word; one file a document
 *     alto      ALTO 4 (Library of Congress): one file a page
 *     page      PAGE-XML 2019-07-15 (PRImA): one file a page, with alternatives
 *     markdown  GitHub's Markdown, tables as tables; one file a document
 *     text      lines, with a form feed between pages; one file a document
 *     tables    export/tables.h writes them, for a table may go on over pages; one file a document
 *
 *     const PageForm *form = page_form("hocr");
 *     PageBook book = {.file = "plan.pdf", .pages = 3, .time = "2026-11-22T08:00:00Z", .maker = "dau 0.1.0"};
 *     form->begin(&b, &book);
 *     form->page(&b, &book, &page);                  (once a page, in their order)
 *     form->end(&b, &book);
 *
 * Words are the restored ones, with their calibrated probability. What restore joined to the word before is left out; what
 * it parted stays one word with a blank in it. Boxes are those on the page as scanned. The same pages and the same book
 * give the same bytes. Everything is appended to a Buf of the caller's, and nothing fails. The searchable PDF has a header
 * of its own, pdf.h.
 */
#ifndef DAU_EXPORT_PAGE_H
#define DAU_EXPORT_PAGE_H

#include "base/str.h"
#include "doc/page.h"

#include <stdbool.h>

typedef struct PageBook {
    const char *file;  /* the document, as it was named */
    int pages;         /* how many follow */
    const char *time;  /* of the document, ISO 8601 */
    const char *maker; /* program and version */
} PageBook;

typedef struct PageForm {
    const char *name;   /* "hocr" */
    const char *suffix; /* ".hocr" */
    bool pixels;        /* it says where on a picture words stand, so a page of text has no such form */
    bool page_a_file;   /* each file is begin, one page, end; else begin, all pages, end */
    void (*begin)(Buf *b, const PageBook *book);
    void (*page)(Buf *b, const PageBook *book, const Page *page); /* NULL: of tables */
    void (*end)(Buf *b, const PageBook *book);
} PageForm;

const PageForm *page_form(const char *name); /* NULL: there is none of this name */

#endif
