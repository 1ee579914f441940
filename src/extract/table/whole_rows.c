/* Layout found no columns: "3 Mầm non An Cư Mầm non Thới Xuân" is one cell. Where most rows are parted for
 * sure, by the words of a level or by white space, the medians of where school and partner begin are seams,
 * and every line is cut there. */
#include "extract/lines/rows.h"
#include "extract/table/table.h"

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
static int column_of_rows(Doc *doc, const Grid *g, Seams *seams)
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
            if (beside_read(g->a, doc->names, e.partner, true, false).kind) continue; /* "- phường Bưởi" */
            school[whole] = e.school.v[0].at.x, partner[whole++] = e.partner.v[0].at.x;
        }
        if (found < 0 && whole >= LEAST && 2 * whole > numbers) {
            found = c;
            qsort(school, (size_t)whole, sizeof *school, by_size);
            qsort(partner, (size_t)whole, sizeof *partner, by_size);
            *seams = (Seams){school[whole / 2], partner[whole / 2]};
        } else {
            Profile is = column_profile(doc, g, 1, c);
            if (profile_names(&is) > 0.2) return -1;
        }
    }
    return found;
}

static void put_cell(XTable *t, int row, int col, int cols, Run part, Rect at)
{
    t->cell[t->cells++] = (XCell){.row = row,
                                  .col = col,
                                  .rowspan = 1,
                                  .colspan = cols,
                                  .at = part.n ? rect_union(at, run_at(part)) : at,
                                  .box = run_box(part, t->page),
                                  .blank = !part.n,
                                  .run = part};
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
        Rect at = {left[c], run_at(line).y, 1, run_at(line).h};
        put_cell(t, row, c, heading ? 3 : 1, run_part(line, from, to - from), at);
        if (heading) return;
        from = to;
    }
}

/* The same of a cell by what parts its names; what has no two is one cell over all. */
static void split_cell(XTable *t, Arena *a, int row, Run run)
{
    Run rest = run;
    Entry e = {0};
    Rect at = {t->at.x, run_at(run).y, 1, run_at(run).h};
    bool numbered = flat_ordinal(a, run, 0, &rest) > 0;
    if (!part_for_sure(rest, &e)) {
        put_cell(t, row, 0, 3, run, at);
        return;
    }
    put_cell(t, row, 0, 1, numbered ? run_part(run, 0, 1) : (Run){0}, at);
    put_cell(t, row, 1, 1, e.school, run_at(e.school));
    put_cell(t, row, 2, 1, e.partner, run_at(e.partner));
}

static XTable *empty_table(Arena *a, const XTable *like, size_t rows)
{
    XTable *t = arena_dup(a, like, sizeof *t);
    t->rows = (int)rows, t->cols = 3, t->cells = 0;
    t->cell = arena_new(a, XCell, 3 * rows + 1);
    return t;
}

/* The table of number, school and partner that a column of whole rows is, a line a row. */
static XTable *split_rows(Arena *a, const Grid *g, int col, const Seams *seams)
{
    VEC(Run) lines = {0};
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        Run run = c && c->row == r ? numbered_cell(g, r, col) : (Run){0};
        for (int i = 0, end; i < run.n; i = end) {
            for (end = i + 1; end < run.n && !run.v[end].new_line;) end++;
            *vec_push(&lines) = run_part(run, i, end - i);
        }
    }
    XTable *t = empty_table(a, g->t, lines.n);
    for (size_t i = 0; i < lines.n; i++) split_line(t, (int)i, lines.v[i], seams);
    vec_release(&lines);
    return t;
}

/* Above the first number only a level's heading belongs to the list. */
static XTable *part_cells(Arena *a, const Grid *g, int col)
{
    XTable *t = empty_table(a, g->t, (size_t)g->t->rows);
    bool begun = false;
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        Run run = c && c->row == r ? numbered_cell(g, r, col) : (Run){0}, rest;
        Level level;
        begun = begun || flat_ordinal(a, run, 0, &rest);
        if (run.n && (begun || section_level(run, &level))) split_cell(t, a, r, run);
    }
    return t;
}

/* Does its header say two columns of schools? */
static bool has_columns(Doc *doc, const Grid *g)
{
    HeaderRows h = header_rows(doc, g);
    int names = 0;
    for (int c = 0; h.n && c < g->t->cols; c++) {
        HeaderPath p = header_path(doc, g, &h, c);
        names += !p.shared && (p.said.kind == HEADER_SCHOOL || p.said.side);
    }
    return names > 1;
}

XTable *table_of_whole_rows(Doc *doc, const XTable *t)
{
    Seams seams;
    Grid g = grid_of(&doc->a, t);
    bool ruled = t->kind == TABLE_RULED;
    int col = ruled && has_columns(doc, &g) ? -1 : column_of_rows(doc, &g, &seams);
    if (col < 0) return NULL;
    return ruled ? part_cells(&doc->a, &g, col) : split_rows(&doc->a, &g, col, &seams);
}
