/* load/flow: what stands in a document without pages of its own (DOCX, ODT, HTML), in reading order, and the
 * pages made of it.
 *
 *     Flow *f = flow_new();
 *     flow_text(f, "Danh sách", n); flow_para(f);
 *     flow_table(f);
 *     flow_row(f); flow_cell(f, 1, 2); flow_text(...); flow_para(f); flow_cell(f, 1, 1); ...
 *     flow_table_end(f);
 *     flow_end(f, "docx", fluent);
 *     for (n = 1; n <= flow_pages(f); n++) flow_fill(f, n, &page);
 *     flow_free(f);
 *
 * Calls may come in any order and number: what does not fit (a cell outside a table) is passed over, its text
 * kept. A table of one cell, or one round other tables most rows of which are not cells of plain text, was
 * put there for the looks: what it holds becomes paragraphs and tables. Else a table inside a cell is lines
 * of that cell. A table of one row is text in columns.
 *
 * Pages are measured in characters and lines, as pages of text are: a paragraph is a line, or several where
 * it has line breaks; a table's columns are as wide as their longest lines.
 */
#ifndef DAU_LOAD_FLOW_H
#define DAU_LOAD_FLOW_H

#include "doc/page.h"
#include "model/fluency.h"

typedef struct Flow Flow;

Flow *flow_new(void);
void flow_free(Flow *f); /* NULL is fine */

void flow_text(Flow *f, const char *utf8, size_t n); /* of the paragraph that is open; a tab is a blank */
/* The font of what follows: its name tells of letters from before Unicode. NULL: not known. */
void flow_font(Flow *f, const char *name);
void flow_line(Flow *f); /* a line ends inside the paragraph */
void flow_para(Flow *f); /* the paragraph ends; nothing when it is empty */
void flow_page(Flow *f); /* a page ends; nothing inside a table */
/* A list's number of the format "1", "a", "A", "i", "I"; else a dash. */
void flow_number(Flow *f, char format, int n);

void flow_table(Flow *f);
void flow_row(Flow *f);
/* In the next column that no cell above reaches down to. Numbers below 1 are 1. */
void flow_cell(Flow *f, int colspan, int rowspan);
void flow_cell_up(Flow *f, int colspan); /* the cell above goes on */
void flow_skip(Flow *f, int columns);    /* places without a cell */
void flow_table_end(Flow *f);
bool flow_in_table(const Flow *f);

/* The document ends: pages are cut. `what` is for Page.via and must outlive f. */
void flow_end(Flow *f, const char *what, const Fluent *fluent);
int flow_pages(const Flow *f); /* at least 1 */
void flow_fill(const Flow *f, int n, Page *page, const Fluent *fluent);

#endif
