/* flow: pours text down pages: margins, paragraphs that break over pages, page numbers.
 *
 *     Flow flow;
 *     flow_init(&flow, book, false);
 *     flow_paragraph(&flow, (Type){.size = 13, .align = ALIGN_JUSTIFY}, "Căn cứ ...");
 *     flow_turn(&flow);                              (the next pages are landscape)
 */
#ifndef DRAW_FLOW_H
#define DRAW_FLOW_H

#include "sheet.h"

typedef struct Flow {
    Book *book;
    Sheet *sheet;                    /* the page in hand */
    double width, height;            /* points, of every page */
    double left, right, top, bottom; /* points: the text's edges on the page */
    double y;                        /* points: where the next thing goes */
    int page;                        /* from 1 */
    bool numbered;                   /* pages from 2 on carry their number at the top */
} Flow;

/* Begins a book's pages. Margins are those of Nghị định 30/2020/NĐ-CP: 20-25 mm above and below, 30-35 left, 15-20
 * right. */
void flow_init(Flow *flow, Book *book, bool landscape);
/* Makes the pages that follow landscape. */
void flow_turn(Flow *flow);
void flow_new_sheet(Flow *flow);
void flow_space(Flow *flow, double points);

/* Begins a new page when less than that many points are left on this one. */
void flow_need(Flow *flow, double points);

/* Draws a paragraph over the whole width, broken over pages where it must be. */
void flow_paragraph(Flow *flow, Type type, const char *text);

#endif
