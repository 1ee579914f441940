/* Rows are stacked on the page in hand until one does not fit. That stack ("part") is drawn, a new page begins, and so on.
 * A part holds slices: whole rows, or some of a row's lines when the row is cut:
 *
 *      | 7 | Tiểu học Vân Hòa,   |   slice: row 7, lines 0..1        (last of page 2)
 *      -------- page end --------
 *      |   | Tiểu học Phú Châu   |   slice: row 7, lines 1..2        (first of page 3)
 *
 * Rules are drawn afterwards. Each stroke is as long as it can be, not cell by cell, so that dots and gaps run as a pen's
 * would. */
#include "table.h"

#include <string.h>

enum { PART_SLICES = 200 };

#define CUT_FROM 0.9 /* of the page: below it rows are cut on purpose */

typedef struct Slice {
    TableRow *row;
    int first, last; /* lines shown; last < 0: all */
    double y, h;
} Slice;

typedef struct Part {
    Table *table;
    Flow *flow;
    Rng *rng;
    double x[TABLE_COLS + 1]; /* points: the columns' edges */
    Slice slice[PART_SLICES];
    int slices;
    bool goes_on; /* the table continues on the next page */
    bool again;   /* it came from the page before */
} Part;

Table *table_new(int cols)
{
    Table *table = g_new0(Table, 1);
    table->cols = cols;
    table->rows = g_ptr_array_new();
    table->header = 1;
    table->rule_width = 0.6;
    table->size = 13;
    table->pad_x = 4;
    table->pad_y = 2.5;
    table->middle = true;
    for (int i = 0; i < cols; i++) table->share[i] = 1;
    return table;
}

void table_free(Table *table)
{
    for (guint i = 0; i < table->rows->len; i++) {
        TableRow *row = table->rows->pdata[i];
        for (int c = 0; c < TABLE_COLS; c++) g_free(row->cell[c].text);
        g_free(row);
    }
    g_ptr_array_unref(table->rows);
    g_free(table);
}

TableRow *table_add_row(Table *table)
{
    TableRow *row = g_new0(TableRow, 1);
    for (int c = 0; c < table->cols; c++) row->cell[c].text = g_strdup("");
    g_ptr_array_add(table->rows, row);
    return row;
}

void row_set(TableRow *row, int col, const char *text, Align align, bool bold)
{
    g_free(row->cell[col].text);
    row->cell[col].text = g_strdup(text);
    row->cell[col].align = align;
    row->cell[col].bold = bold;
}

void row_join(TableRow *row, int first, int last)
{
    for (int c = first + 1; c <= last; c++) row->cell[c].left = true;
}

/* ---- measuring ---- */

static int cell_end(const Part *part, const TableRow *row, int col)
{
    int end = col + 1;
    while (end < part->table->cols && row->cell[end].left) end++;
    return end;
}

static PangoLayout *cell_layout(const Part *part, const TableRow *row, int col)
{
    const TableCell *cell = &row->cell[col];
    double width = part->x[cell_end(part, row, col)] - part->x[col] - 2 * part->table->pad_x;
    Type type = {.size = part->table->size, .bold = cell->bold, .italic = cell->italic, .align = cell->align};
    return book_layout(part->flow->book, type, width, cell->text);
}

/* Height of lines first..last-1 of a layout, as sheet_lines will draw them. */
static double lines_height(PangoLayout *layout, int first, int last)
{
    int lines = pango_layout_get_line_count(layout);
    double each = layout_height(layout) / lines;
    int end = last < 0 || last > lines ? lines : last;
    return end > first ? (end - first) * each : 0;
}

static bool cell_has_text(const TableCell *cell)
{
    return !cell->up && !cell->left && cell->text && *cell->text;
}

static double slice_height(const Part *part, const TableRow *row, int first, int last)
{
    double tallest = part->table->size * 1.15;
    for (int c = 0; c < part->table->cols; c++) {
        if (!cell_has_text(&row->cell[c])) continue;
        PangoLayout *layout = cell_layout(part, row, c);
        tallest = MAX(tallest, lines_height(layout, first, last));
        g_object_unref(layout);
    }
    return tallest + 2 * part->table->pad_y;
}

static int row_lines(const Part *part, const TableRow *row)
{
    int most = 1;
    for (int c = 0; c < part->table->cols; c++) {
        if (!cell_has_text(&row->cell[c])) continue;
        PangoLayout *layout = cell_layout(part, row, c);
        most = MAX(most, pango_layout_get_line_count(layout));
        g_object_unref(layout);
    }
    return most;
}

/* The width the column must have for no word to break: "STT", "THCS". */
static double column_need(const Part *part, int col)
{
    double need = 0;
    for (guint r = 0; r < part->table->rows->len; r++) {
        const TableCell *cell = &((TableRow *)part->table->rows->pdata[r])->cell[col];
        bool spread = col + 1 < part->table->cols && (cell + 1)->left;
        char **word = g_strsplit_set(cell_has_text(cell) && !spread ? cell->text : "", " \n", -1);
        Type type = {.size = part->table->size, .bold = cell->bold, .italic = cell->italic};
        for (int i = 0; word[i]; i++)
            if (*word[i]) need = MAX(need, book_text_width(part->flow->book, type, word[i]));
        g_strfreev(word);
    }
    return need + 2 * part->table->pad_x + 0.5;
}

/* Columns share the width in their proportions. Those too narrow for a word get what they need, and the others share what
 * is left. */
static void set_columns(Part *part)
{
    const Table *table = part->table;
    double left = table->left, right = table->right, sum = 0, taken = 0, width[TABLE_COLS];
    if (left >= right) {
        left = part->flow->left;
        right = part->flow->right;
    }
    for (int c = 0; c < table->cols; c++) sum += table->share[c];
    for (int c = 0; c < table->cols; c++) {
        double need = column_need(part, c);
        width[c] = (right - left) * table->share[c] / sum < need ? need : 0;
        taken += width[c];
    }
    for (int c = 0; c < table->cols; c++)
        if (width[c] > 0) sum -= table->share[c];
    part->x[0] = left;
    for (int c = 0; c < table->cols; c++)
        part->x[c + 1] =
            part->x[c] + (width[c] > 0 ? width[c] : (right - left - taken) * table->share[c] / sum);
}

/* ---- rules ---- */

static void rule_dashes(Sheet *sheet, Stroke stroke, Rng *rng)
{
    double dots[] = {0.8, 1.9}, dashes[] = {4, 3}, gaps[24];
    if (stroke == STROKE_DOTTED)
        cairo_set_dash(sheet->cr, dots, 2, rng_between(rng, 0, 2));
    else if (stroke == STROKE_DASHED)
        cairo_set_dash(sheet->cr, dashes, 2, rng_between(rng, 0, 7));
    else if (stroke == STROKE_BROKEN) {
        for (int i = 0; i < 24; i += 2) {
            gaps[i] = rng_between(rng, 8, 110);
            gaps[i + 1] = rng_between(rng, 1.5, 9);
        }
        cairo_set_dash(sheet->cr, gaps, 24, rng_between(rng, 0, 400));
    } else
        cairo_set_dash(sheet->cr, NULL, 0, 0);
}

static void rule(const Part *part, double x0, double y0, double x1, double y1)
{
    Sheet *sheet = part->flow->sheet;
    Stroke stroke = part->table->stroke;
    double width = part->table->rule_width, grey = 0, off = 0;
    if (stroke == STROKE_FAINT) {
        width = rng_between(part->rng, 0.35, 0.55);
        grey = rng_between(part->rng, 0.1, 0.5);
    }
    if (stroke == STROKE_DOUBLE) off = width + 0.45;
    rule_dashes(sheet, stroke, part->rng);
    bool level = y0 == y1;
    for (int side = off > 0 ? -1 : 0; side <= (off > 0); side += off > 0 ? 2 : 1) {
        double dx = level ? 0 : side * off, dy = level ? side * off : 0;
        sheet_stroke(sheet, x0 + dx, y0 + dy, x1 + dx, y1 + dy, width, grey);
    }
    cairo_set_dash(sheet->cr, NULL, 0, 0);
}

static double boundary_y(const Part *part, int i)
{
    return i < part->slices ? part->slice[i].y : part->slice[i - 1].y + part->slice[i - 1].h;
}

/* Is there a rule above slice i at column c? i == slices: under the last. */
static bool rule_above(const Part *part, int i, int c)
{
    if (i == part->slices) return !(part->goes_on && part->table->open_break);
    if (i == 0) return !(part->again && part->table->open_break);
    return !part->slice[i].row->cell[c].up;
}

static void draw_level_rules(const Part *part)
{
    for (int i = 0; i <= part->slices; i++)
        for (int c = 0, end; c < part->table->cols; c = end) {
            for (end = c; end < part->table->cols && rule_above(part, i, end); end++)
                ;
            if (end > c)
                rule(part, part->x[c], boundary_y(part, i), part->x[end], boundary_y(part, i));
            else
                end = c + 1;
        }
}

static bool rule_beside(const Part *part, int i, int c)
{
    return c == 0 || c == part->table->cols || !part->slice[i].row->cell[c].left;
}

static void draw_upright_rules(const Part *part)
{
    for (int c = 0; c <= part->table->cols; c++)
        for (int i = 0, end; i < part->slices; i = end) {
            for (end = i; end < part->slices && rule_beside(part, end, c); end++)
                ;
            if (end > i)
                rule(part, part->x[c], boundary_y(part, i), part->x[c], boundary_y(part, end));
            else
                end = i + 1;
        }
}

/* ---- text ---- */

/* The slice after the last that cell c of slice i covers. */
static int joined_end(const Part *part, int i, int c)
{
    int end = i + 1;
    while (end < part->slices && part->slice[end].row->cell[c].up) end++;
    return end;
}

/* The cell a joined cell belongs to: the first above it that is not joined upwards. */
static TableRow *origin_of(const Part *part, TableRow *row, int col)
{
    GPtrArray *rows = part->table->rows;
    guint i = 0;
    while (i < rows->len && rows->pdata[i] != row) i++;
    while (i > 0 && ((TableRow *)rows->pdata[i])->cell[col].up) i--;
    return rows->pdata[i];
}

static void draw_cell(const Part *part, int i, int c)
{
    const Slice *slice = &part->slice[i];
    TableRow *row = slice->row;
    if (row->cell[c].up) {
        if (!part->table->repeat_joined) return;
        row = origin_of(part, row, c);
    }
    if (!row->cell[c].text || !*row->cell[c].text) return;
    int last = joined_end(part, i, c) - 1;
    double room = part->slice[last].y + part->slice[last].h - slice->y;
    PangoLayout *layout = cell_layout(part, row, c);
    double used = lines_height(layout, slice->first, slice->last);
    bool whole = slice->first == 0 && slice->last < 0;
    double y = slice->y + (part->table->middle && whole ? (room - used) / 2 : part->table->pad_y);
    if (used > 0)
        sheet_lines(part->flow->sheet, layout, part->x[c] + part->table->pad_x, y, slice->first, slice->last);
    g_object_unref(layout);
}

static void keep_field(const Part *part, int i, int c)
{
    Sheet *sheet = part->flow->sheet;
    int end_col = cell_end(part, part->slice[i].row, c), end_row = joined_end(part, i, c);
    Field field = {sheet->tables, i, c, end_row - i, end_col - c, part->x[c], part->slice[i].y, 0, 0};
    field.w = part->x[end_col] - part->x[c];
    field.h = boundary_y(part, end_row) - part->slice[i].y;
    g_array_append_val(sheet->fields, field);
}

static void draw_cells(const Part *part)
{
    for (int i = 0; i < part->slices; i++)
        for (int c = 0; c < part->table->cols; c++) {
            if (part->slice[i].row->cell[c].left || (i > 0 && part->slice[i].row->cell[c].up)) continue;
            keep_field(part, i, c);
            draw_cell(part, i, c);
        }
}

static void draw_part(const Part *part)
{
    if (part->slices == 0) return;
    part->flow->sheet->tables++;
    draw_cells(part);
    if (part->table->rules != RULES_NONE) draw_level_rules(part);
    if (part->table->rules == RULES_ALL) draw_upright_rules(part);
}

/* ---- stacking ---- */

static void add_slice(Part *part, TableRow *row, int first, int last)
{
    if (part->slices == PART_SLICES) return;
    double height = slice_height(part, row, first, last);
    part->slice[part->slices++] = (Slice){row, first, last, part->flow->y, height};
    part->flow->y += height;
    if (!row->page) row->page = part->flow->page;
}

/* Room the row wants, with the next one's when it must not stand last on a page. */
static double row_need(const Part *part, guint number, int first)
{
    TableRow *row = part->table->rows->pdata[number];
    double need = slice_height(part, row, first, -1);
    if (row->keep && number + 1 < part->table->rows->len)
        need += slice_height(part, part->table->rows->pdata[number + 1], 0, -1);
    return need;
}

/* How many lines of the row from first on fit in the room that is left; 0: none. */
static int lines_that_fit(const Part *part, TableRow *row, int first)
{
    int lines = row_lines(part, row), fit = first;
    while (fit < lines && part->flow->y + slice_height(part, row, first, fit + 1) <= part->flow->bottom)
        fit++;
    return fit < lines ? fit : 0;
}

static void begin_part(Part *part, bool again)
{
    part->slices = 0;
    part->again = again;
    if (!again || part->table->repeat_header)
        for (int r = 0; r < part->table->header; r++) add_slice(part, part->table->rows->pdata[r], 0, -1);
}

static void end_part(Part *part, bool goes_on)
{
    part->goes_on = goes_on;
    draw_part(part);
    if (goes_on) {
        flow_new_sheet(part->flow);
        begin_part(part, true);
    }
}

/* How many lines of a row stay on this page; 0: the row is not cut here. Near the page's end a row of several lines is cut
 * even where it would just fit: so a table that may be cut is. */
static int lines_before_cut(const Part *part, TableRow *row, int first)
{
    int lines = row_lines(part, row), fit = lines_that_fit(part, row, first);
    if (!part->table->cut) return 0;
    if (fit > first) return fit;
    bool low = part->flow->y > CUT_FROM * part->flow->bottom;
    return low && first == 0 && lines > 1 && part->slices > part->table->header
               ? rng_range(part->rng, 1, lines - 1)
               : 0;
}

void table_draw(Table *table, Flow *flow, Rng *rng)
{
    Part *part = g_new0(Part, 1);
    *part = (Part){.table = table, .flow = flow, .rng = rng};
    set_columns(part);
    begin_part(part, false);
    int first = 0, tried = 0; /* tried: pages begun in vain for this row */
    for (guint number = (guint)table->header; number < table->rows->len;) {
        TableRow *row = table->rows->pdata[number];
        bool fits = tried > 1 || flow->y + row_need(part, number, first) <= flow->bottom;
        int cut = fits && row->keep ? 0 : lines_before_cut(part, row, first);
        if (fits && cut == 0) {
            add_slice(part, row, first, -1);
            first = tried = 0;
            number++;
            continue;
        }
        if (cut > first && flow->y + slice_height(part, row, first, cut) <= flow->bottom) {
            add_slice(part, row, first, cut);
            first = cut;
        }
        tried++;
        end_part(part, true);
    }
    end_part(part, false);
    g_free(part);
}
