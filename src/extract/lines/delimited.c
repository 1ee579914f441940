/* What a machine wrote parts its cells with one mark, as often in each line:
 *
 *     STT,Trường,Trường kết nghĩa                    | STT | Trường | Trường kết nghĩa |
 *     1,Trường MN Ánh Dương,Trường MN Đồng Mai       |---|---|---|
 *
 * A comma or semicolon of a machine has no blank on either side. Such lines are a table, and read as one. */
#include "extract/lines/rows.h"

#include <string.h>

enum { LEAST_LINES = 2, MOST_CELLS = 24 };

static bool is_border(Run r, int i, char mark)
{
    if (r.v[i].mark != mark) return false;
    return mark == '|' || (r.v[i].glued && i + 1 < r.n && r.v[i + 1].glued && !r.v[i + 1].new_line);
}

/* Where the borders stand in the line; 0: none, or in a line of bars it neither begins nor ends with one. */
static int borders(Run r, char mark, int at[MOST_CELLS])
{
    int n = 0;
    for (int i = 0; i < r.n && n < MOST_CELLS; i++)
        if (is_border(r, i, mark)) at[n++] = i;
    bool framed = n > 2 && at[0] == 0 && at[n - 1] == r.n - 1;
    return mark != '|' || framed ? n : 0;
}

/* "|---|:---:|" */
static bool is_rule(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && !(r.v[i].sense & SENSE_DIRT)) return false;
    return r.n > 0;
}

static Run run_of(const Item *item)
{
    return item->line->run;
}

/* How many lines from the first on have as many of the mark. */
static int stretch(const Item *items, int n, char mark)
{
    int at[MOST_CELLS], count = borders(run_of(&items[0]), mark, at), k = 1;
    if (!count || items[0].line->unit != UNIT_CHARACTER || (mark != '|' && count < 2)) return 0;
    while (k < n && items[k].line->page == items[0].line->page &&
           borders(run_of(&items[k]), mark, at) == count)
        k++;
    return k >= LEAST_LINES ? k : 0;
}

static void add_cells(XTable *t, Run r, char mark, int row)
{
    int at[MOST_CELLS], n = borders(r, mark, at), col = 0, from = 0;
    bool framed = mark == '|';
    for (int i = framed; i <= n - framed; i++) {
        if (framed) from = at[i - 1] + 1;
        int to = i < n ? at[i] : r.n;
        Run cell = run_part(r, from, to - from);
        t->cell[t->cells++] = (XCell){.row = row,
                                      .col = col++,
                                      .rowspan = 1,
                                      .colspan = 1,
                                      .at = run_at(cell),
                                      .box = cell.n ? run_box(cell, t->page) : (Rect){0},
                                      .blank = !cell.n,
                                      .run = cell};
        from = to + 1;
    }
    t->cols = col, t->rows = row + 1;
}

static XTable *table_of(Doc *doc, const Item *items, int n, char mark)
{
    XTable *t = arena_new(&doc->a, XTable, 1);
    *t = (XTable){.page = items[0].line->page,
                  .number = 1,
                  .kind = TABLE_RULED,
                  .cell = arena_new(&doc->a, XCell, (size_t)n * (MOST_CELLS + 1))};
    for (int i = 0, row = 0; i < n; i++) {
        if (is_rule(run_of(&items[i]))) continue;
        add_cells(t, run_of(&items[i]), mark, row++);
        t->at = rect_union(t->at, items[i].line->at), t->box = rect_union(t->box, items[i].line->box);
    }
    return t;
}

XTable *table_of_lines(Doc *doc, const Item *items, int n, int *first, int *lines)
{
    static const char marks[] = "|;,";
    for (int i = 0; i + LEAST_LINES <= n; i++)
        for (const char *mark = marks; *mark; mark++) {
            *lines = stretch(items + i, n - i, *mark);
            if (!*lines) continue;
            *first = i;
            return table_of(doc, items + i, *lines, *mark);
        }
    return NULL;
}
