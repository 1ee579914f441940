/* Layout found no columns: "3 Mầm non An Cư Mầm non Thới Xuân" is one cell. Where most rows are parted for
 * sure, by the words of a level or by white space, the medians of where school and partner begin are seams,
 * and every line is cut there. */
#include "stage/extract_flat.h"
#include "stage/extract_table.h"

#include <stdlib.h>

/* A cell with the number before it, where that has a column of its own. */
static Run numbered_cell(const Grid *g, int row, int col)
{
    Run run = run_at_cell(g, row, col), no = col ? run_at_cell(g, row, col - 1) : (Run){0};
    if (!run.n || no.n != 1 || !ordinal_read(&no.v[0], 0)) return run;
    Run all = run_join(g->a, no, run);
    all.v[1].new_line = false;
    return all;
}

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Where the columns begin in a column of whole rows: its first and that of the partners, upright. */
typedef struct Seams {
    int school, partner;
} Seams;

/* The column each of whose cells is a whole row, "3 Mầm non An Cư Mầm non Thới Xuân", beside nothing but
 * numbers and notes; -1: there is none. */
static int column_of_rows(const Grid *g, Seams *seams)
{
    enum { LEAST = 3 };
    int found = -1, *school = arena_new(g->a, int, (size_t)g->t->rows + 1),
        *partner = arena_new(g->a, int, (size_t)g->t->rows + 1);
    for (int c = 0; c < g->t->cols; c++) {
        int numbers = 0, whole = 0;
        for (int r = 0; found < 0 && r < g->t->rows; r++) {
            Run rest;
            Entry e = {0};
            if (!flat_ordinal(g->a, numbered_cell(g, r, c), 0, &rest) || !run_words(rest)) continue;
            numbers++;
            if (!looks_like_names(rest) || !part_for_sure(rest, &e) || e.column) continue;
            school[whole] = e.school.v[0].at.x, partner[whole++] = e.partner.v[0].at.x;
        }
        if (found < 0 && whole >= LEAST && 2 * whole > numbers) {
            found = c;
            qsort(school, (size_t)whole, sizeof *school, by_size);
            qsort(partner, (size_t)whole, sizeof *partner, by_size);
            *seams = (Seams){school[whole / 2], partner[whole / 2]};
        } else if (content_of(g, 0, c).names > 0.2) {
            return -1;
        }
    }
    return found;
}

/* Number, school and partner of a line by where its words stand; a heading is one cell over all. */
static void split_line(XTable *t, int row, Run line, const Seams *seams)
{
    Level level;
    int left[] = {t->at.x, seams->school, seams->partner}, from = 0;
    bool heading = section_level(line, &level);
    for (int c = 0; c < 3; c++) {
        int to = from;
        while (to < line.n && (heading || c == 2 || line.v[to].at.x + line.v[to].at.h < left[c + 1])) to++;
        Run part = run_part(line, from, to - from);
        Rect at = {left[c], run_at(line).y, 1, run_at(line).h};
        t->cell[t->cells++] = (XCell){.row = row,
                                      .col = c,
                                      .rowspan = 1,
                                      .colspan = heading ? 3 : 1,
                                      .at = part.n ? rect_union(at, run_at(part)) : at,
                                      .box = run_box(part, t->page),
                                      .blank = !part.n,
                                      .run = part};
        if (heading) return;
        from = to;
    }
}

/* The table of number, school and partner that a column of whole rows is, a line a row. */
static XTable *split_rows(Arena *a, const Grid *g, int col, const Seams *seams)
{
    XTable *t = arena_dup(a, g->t, sizeof *t);
    VEC(Run) lines = {0};
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        Run run = c && c->row == r ? numbered_cell(g, r, col) : (Run){0};
        for (int i = 0, end; i < run.n; i = end) {
            for (end = i + 1; end < run.n && !run.v[end].new_line;) end++;
            *vec_push(&lines) = run_part(run, i, end - i);
        }
    }
    t->rows = (int)lines.n, t->cols = 3, t->cells = 0;
    t->cell = arena_new(a, XCell, 3 * lines.n + 1);
    for (size_t i = 0; i < lines.n; i++) split_line(t, (int)i, lines.v[i], seams);
    vec_release(&lines);
    return t;
}

XTable *table_of_whole_rows(Doc *doc, const XTable *t)
{
    Seams seams;
    Grid g = grid_of(&doc->a, t);
    int col = t->kind == TABLE_RULED ? -1 : column_of_rows(&g, &seams);
    return col < 0 ? NULL : split_rows(&doc->a, &g, col, &seams);
}
