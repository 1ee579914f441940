/* A paragraph, "Căn cứ Kế hoạch số ...", is laid out once and drawn line by line, so that it can continue on the next
 * page. */
#include "flow.h"

#define MM (72 / 25.4) /* points in a millimetre */

static void set_margins(Flow *flow, bool landscape)
{
    flow->width = landscape ? A4_H : A4_W;
    flow->height = landscape ? A4_W : A4_H;
    flow->left = (landscape ? 20 : 30) * MM;
    flow->right = flow->width - 16 * MM;
    flow->top = 20 * MM;
    flow->bottom = flow->height - 20 * MM;
}

void flow_init(Flow *flow, Book *book, bool landscape)
{
    *flow = (Flow){.book = book};
    set_margins(flow, landscape);
    flow_new_sheet(flow);
}

void flow_turn(Flow *flow)
{
    set_margins(flow, true);
}

void flow_new_sheet(Flow *flow)
{
    flow->sheet = book_add_sheet(flow->book, flow->width, flow->height);
    flow->page++;
    flow->y = flow->top;
    if (!flow->numbered || flow->page < 2) return;
    char *number = g_strdup_printf("%d", flow->page);
    Type type = {.size = flow->book->size, .align = ALIGN_CENTRE};
    book_text(flow->book, flow->sheet, type, flow->left, flow->top - 8 * MM, flow->right - flow->left,
              number);
    g_free(number);
}

void flow_space(Flow *flow, double points)
{
    flow->y += points;
}

void flow_need(Flow *flow, double points)
{
    if (flow->y + points > flow->bottom && flow->y > flow->top) flow_new_sheet(flow);
}

void flow_paragraph(Flow *flow, Type type, const char *text)
{
    PangoLayout *layout = book_layout(flow->book, type, flow->right - flow->left, text);
    int lines = pango_layout_get_line_count(layout);
    double line_height = layout_height(layout) / lines;
    for (int i = 0; i < lines; i++) {
        flow_need(flow, line_height);
        flow->y += sheet_lines(flow->sheet, layout, flow->left, flow->y, i, i + 1);
    }
    g_object_unref(layout);
}
