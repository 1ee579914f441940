/* load/flow: gathers, in reading order, what a document without pages of its own holds (DOCX, ODT, HTML), and makes pages
 * of it.
 *
 *     Flow *f = flow_new();
 *     flow_text(f, "Danh sách", n); flow_para(f);
 *     flow_table(f);
 *     flow_row(f); flow_cell(f, 1, 2); flow_text(...); flow_para(f); flow_cell(f, 1, 1); ...
 *     flow_table_end(f);
 *     flow_end(f, "docx", fluent);
 *     for (n = 1; n <= flow_pages(f); n++) flow_fill(f, n, &page, fluent);
 *     flow_free(f);
 *
 * Calls may come in any order and number. What does not fit, as a cell outside a table, is ignored, and its text kept.
 * Some tables are there for the looks alone: those of one cell, and those round other tables most rows of which are not
 * cells of plain text. What they hold becomes paragraphs and tables. Any other table inside a cell becomes lines of that
 * cell. A table of one row is text in columns.
 *
 * Pages are measured in characters and lines, as pages of text are. A paragraph is a line, or several where it has line
 * breaks. The columns of a table are as wide as their longest lines.
 */
#ifndef DAU_LOAD_FLOW_H
#define DAU_LOAD_FLOW_H

#include "doc/page.h"
#include "model/fluency.h"

typedef struct Flow Flow;

Flow *flow_new(void);
void flow_free(Flow *f); /* NULL is allowed */

void flow_text(Flow *f, const char *utf8, size_t n); /* n bytes, into the open paragraph; a tab is a blank */
/* Adds a tab: white space as between columns. */
void flow_tab(Flow *f);
/* Names the font of what follows; it may tell of letters from before Unicode. NULL: not known. All that stands in fonts of
 * one charset is judged together at the end: people type Unicode in them, too. */
void flow_font(Flow *f, const char *name);
void flow_line(Flow *f); /* a line ends inside the paragraph */
void flow_para(Flow *f); /* the paragraph ends; nothing when it is empty */
void flow_page(Flow *f); /* a page ends; nothing inside a table */
/* Adds the number of a list in the format "1", "a", "A", "i" or "I"; in any other format a dash. */
void flow_number(Flow *f, char format, int n);

/* Begins a table, and a row of it. A table may begin inside a cell. */
void flow_table(Flow *f);
void flow_row(Flow *f);
/* Begins a cell in the next column that no cell above reaches down to. Numbers below 1 are 1. */
void flow_cell(Flow *f, int colspan, int rowspan);
void flow_cell_up(Flow *f, int colspan); /* the cell above goes on */
void flow_skip(Flow *f, int columns);    /* places without a cell */
void flow_table_end(Flow *f);
bool flow_in_table(const Flow *f);

/* Says for Page.via that so many of these were not taken: "hidden sheets left out: 2". `what` must outlive f. */
void flow_left_out(Flow *f, const char *what, int n);
/* Ends the document and cuts pages. `what` is for Page.via and must outlive f. */
void flow_end(Flow *f, const char *what, const Fluent *fluent);
int flow_pages(const Flow *f); /* at least 1 */
void flow_fill(const Flow *f, int n, Page *page, const Fluent *fluent);

#endif
