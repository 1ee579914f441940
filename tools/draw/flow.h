/* flow.h: text poured down pages: margins, paragraphs that break over pages, page numbers. */
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

/* Margins as decree 30/2020/ND-CP has them: 20-25 mm above and below, 30-35 left, 15-20 right. */
void flow_init(Flow *flow, Book *book, bool landscape);
/* The pages that follow are landscape. */
void flow_turn(Flow *flow);
void flow_new_sheet(Flow *flow);
void flow_space(Flow *flow, double points);

/* A new page when less than that many points are left on this one. */
void flow_need(Flow *flow, double points);

/* A paragraph over the whole width, broken over pages where it must be. */
void flow_paragraph(Flow *flow, Type type, const char *text);

#endif
