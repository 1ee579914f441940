/* Rows of a table without rules. Layout gives its lines; a row of the list may have several:
 *
 *          Trường MN Cầu Diễn -      Trường MN Cam Thanh,
 *     1                              huyện Cam Lộ              three lines of layout's, one row
 *          quận Nam Từ Liêm          (xã Cam Thanh)
 *
 * Lines that stand beside each other are never parted; of all ways to join the others to rows the cheapest is taken, from
 * the first line to the last (dynamic programming). It costs when
 *
 *   - the cells of a row do not stand about one middle, or do not begin at one height, whichever the table does
 *   - white is left between the lines of a cell
 *   - a row has two numbers, or none in a table with numbers
 *   - each of its cells has several lines, or few of its cells have any
 *   - a name begins inside a cell, or a row begins inside a name or a bracket
 *
 * A header over several columns, a heading and a total are rows by themselves. */
#include "extract/table/table.h"

#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

static const double EACH = 0.8;  /* what a row costs by itself */
static const double ASIDE = 1.5; /* for a line's height by which a cell stands aside, at most: */
static const double MOST_ASIDE = 2;
static const double WHITE = 2; /* for a line's height of white within a cell, at most: */
static const double MOST_WHITE = 1.5;
static const double TIGHT = 1.15; /* lines' heights between lines of one cell */
static const double SECOND_NUMBER = 5;
static const double NO_NUMBER = 2.5;
static const double ALL_WRAPPED = 2.5; /* for a line more that all cells have */
static const double UNFILLED = 1.5;    /* for the share of the columns that have nothing */
static const double NAME_INSIDE = 0.7; /* the same where no number says the row */
static const double NAME_UNNUMBERED = 2;
static const double REST_FIRST = 1.5;
static const double OPEN_BRACKET = 2;
static const double NEVER = 1e9;
enum { MOST_LINES = 30 }; /* of a row */

/* A line of a cell. */
typedef struct CellLine {
    const XCell *cell;
    Run run;
    Rect at;
    bool number, name, rest; /* it is an ordinal; begins a name; cannot begin a cell */
    int brackets;            /* opened, less those that are closed */
} CellLine;
typedef VEC(CellLine) CellLines;

/* Pieces beside each other. */
typedef struct Tier {
    int first, n;
    bool alone; /* a row by itself */
} Tier;
typedef VEC(Tier) Tiers;

typedef struct Joiner {
    Doc *doc;
    const XTable *t;
    CellLines pieces;
    Tiers tiers;
    double pitch; /* from line to line of a cell */
    int ordinal;  /* column, -1: none */
    int key;      /* the column without which no row begins: of numbers, else the first of names; -1: none */
    int left[MOST_COLS];    /* where most of its lines begin */
    bool named[MOST_COLS];  /* names in it begin with "Trường" or a level */
    bool levels[MOST_COLS]; /* a level's column */
    bool centred;
} Joiner;

/* ---- pieces ---- */

static int middle_of(Rect r)
{
    return r.y + r.h / 2;
}

static bool begins_name(Run r)
{
    int used;
    while (r.n && r.v[0].mark && r.v[0].mark != '(') r = run_part(r, 1, r.n - 1);
    return r.n && (level_prefix(r, &used) || tok_word(&r.v[0], WORD_LEAD));
}

static CellLine piece_of(const XCell *cell, Run run)
{
    CellLine p = {.cell = cell, .run = run, .at = run_at(run), .name = begins_name(run)};
    p.number = run_words(run) <= 2 && cell_kind(run) == CELL_NUMBER;
    p.rest =
        run.v[0].mark == '(' || (run.v[0].mark && run.v[0].mark != '-') || tok_word(&run.v[0], WORD_CONTACT);
    for (int i = 0; i < run.n; i++) p.brackets += run.v[i].mark == '(' ? 1 : run.v[i].mark == ')' ? -1 : 0;
    return p;
}

static void add_pieces(Joiner *j, const XCell *cell)
{
    for (int i = 0, end; i < cell->run.n; i = end) {
        for (end = i + 1; end < cell->run.n && !cell->run.v[end].new_line;) end++;
        *vec_push(&j->pieces) = piece_of(cell, run_part(cell->run, i, end - i));
    }
}

static int by_top(const void *a, const void *b)
{
    const CellLine *p = a, *q = b;
    int x = p->at.y + p->at.h / 4, y = q->at.y + q->at.h / 4;
    return x != y ? (x < y ? -1 : 1) : p->cell->col - q->cell->col;
}

/* The pieces of a row of layout's from `first` on: those whose letters are beside each other are a unit. */
static void add_tiers(Joiner *j, size_t first, bool alone)
{
    int bottom = 0;
    if (first == j->pieces.n) return;
    qsort(j->pieces.v + first, j->pieces.n - first, sizeof *j->pieces.v, by_top);
    for (size_t i = first; i < j->pieces.n; i++) {
        Rect at = j->pieces.v[i].at;
        if (i == first || (!alone && at.y + at.h / 4 >= bottom))
            *vec_push(&j->tiers) = (Tier){.first = (int)i, .alone = alone}, bottom = 0;
        j->tiers.v[j->tiers.n - 1].n++;
        if (rect_bottom(at) - at.h / 4 > bottom) bottom = rect_bottom(at) - at.h / 4;
    }
}

static void take_table(Joiner *j)
{
    for (int r = 0; r < j->t->rows; r++) {
        size_t first = j->pieces.n;
        bool spans = false;
        for (int i = 0; i < j->t->cells; i++) {
            const XCell *c = &j->t->cell[i];
            if (c->row != r) continue;
            add_pieces(j, c);
            spans |= c->run.n && (c->colspan > 1 || c->rowspan > 1);
        }
        add_tiers(j, first, spans);
    }
}

/* ---- what the table is like ---- */

static int by_size(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static int median_of(int *v, size_t n)
{
    qsort(v, n, sizeof *v, by_size);
    return v[n / 2];
}

static void find_pitch(Joiner *j)
{
    VEC(int) steps = {0};
    VEC(int) heights = {0};
    for (size_t i = 0; i < j->pieces.n; i++) *vec_push(&heights) = j->pieces.v[i].at.h;
    int high = heights.n ? median_of(heights.v, heights.n) : 1;
    for (int col = 0; col < j->t->cols; col++) {
        const CellLine *last = NULL;
        for (size_t i = 0; i < j->pieces.n; i++) {
            const CellLine *p = &j->pieces.v[i];
            if (p->cell->col != col || p->cell->colspan > 1) continue;
            int step = last ? middle_of(p->at) - middle_of(last->at) : 0;
            if (step > high / 2 && step < 2 * high) *vec_push(&steps) = step;
            last = p;
        }
    }
    if (steps.n) qsort(steps.v, steps.n, sizeof *steps.v, by_size);
    j->pitch = steps.n ? steps.v[steps.n / 3] : 1.3 * high;
    vec_release(&steps);
    vec_release(&heights);
}

static void look_at_columns(Joiner *j)
{
    enum { LEAST = 3 };
    j->ordinal = j->key = -1;
    for (int col = 0; col < j->t->cols; col++) {
        int all = 0, numbers = 0, in_turn = 0, names = 0, levels = 0, last = 0;
        VEC(int) lefts = {0};
        for (size_t i = 0; i < j->pieces.n; i++) {
            const CellLine *p = &j->pieces.v[i];
            if (p->cell->col != col || p->cell->colspan > 1) continue;
            all++, names += p->name, levels += level_cell(p->run) != LEVEL_NONE;
            *vec_push(&lefts) = p->at.x;
            if (!p->number) continue;
            int no = ordinal_read(&p->run.v[p->run.n > 1 && p->run.v[0].mark], last + 1);
            numbers++, in_turn += no == last + 1 || no == 1;
            last = no ? no : last + 1;
        }
        j->left[col] = lefts.n ? median_of(lefts.v, lefts.n) : 0;
        vec_release(&lefts);
        j->levels[col] = 2 * levels > all;
        j->named[col] = names >= LEAST && 4 * names >= all && !j->levels[col];
        if (j->ordinal < 0 && numbers > 1 && 2 * numbers >= all && 2 * (in_turn + 1) >= numbers)
            j->ordinal = col;
        if (j->named[col] && j->key < 0) j->key = col;
    }
    if (j->ordinal >= 0) j->key = j->ordinal;
}

/* "Trường" begins a name whose rest is below: "Trường PTDTBT Tiểu học" and "số 1 Yên Lâm". */
static bool begins_column(const Joiner *j, const CellLine *p)
{
    bool led = p->cell->colspan == 1 && tok_word(&p->run.v[0], WORD_LEAD);
    return led && abs(p->at.x - j->left[p->cell->col]) < p->at.h;
}

/* A heading or a total, beside nothing but its number. */
static bool is_alone(const Joiner *j, const Tier *u)
{
    const CellLine *text = NULL;
    Level level;
    for (int i = u->first; i < u->first + u->n; i++) {
        const CellLine *p = &j->pieces.v[i];
        if (cell_kind(p->run) == CELL_NUMBER && u->n > 1) continue;
        if (text) return false;
        text = p;
    }
    return text && !j->levels[text->cell->col] && !begins_column(j, text) &&
           (section_level(text->run, &level) || is_total(text->run));
}

/* ---- what a row costs ---- */

/* The lines of one column in a row. */
typedef struct Cellful {
    int n, first, last; /* lines; middles of the first and the last */
    int brackets;
    bool name_first, rest_first;
    int numbers;
    int names_after; /* lines after the first that begin a name */
    double white;
} Cellful;

static void add_line(const Joiner *j, Cellful *c, const CellLine *p)
{
    int middle = middle_of(p->at);
    if (c->n) {
        double white = ((middle - c->last) / j->pitch - TIGHT) * WHITE;
        c->white += white < 0 ? 0 : white > MOST_WHITE ? MOST_WHITE : white;
        c->names_after += p->name;
    } else {
        c->first = middle, c->name_first = p->name, c->rest_first = p->rest;
    }
    c->last = middle, c->brackets += p->brackets, c->numbers += p->number, c->n++;
}

static double aside(const Joiner *j, const Cellful *c, int top, int bottom)
{
    int by = j->centred ? c->first + c->last - (top + bottom) : 2 * (c->first - top);
    double cost = ASIDE * abs(by) / (2 * j->pitch);
    return cost > MOST_ASIDE ? MOST_ASIDE : cost;
}

static double words_cost(const Joiner *j, const Cellful *c, int col, bool numbered)
{
    double cost = 0;
    if (c->brackets > 0) cost += OPEN_BRACKET;
    if (c->rest_first) cost += REST_FIRST;
    if (!j->named[col]) return cost;
    if (!c->name_first) cost += REST_FIRST;
    return cost + c->names_after * (numbered ? NAME_INSIDE : NAME_UNNUMBERED);
}

static double row_cost(const Joiner *j, int from, int to)
{
    Cellful col[MOST_COLS] = {0};
    int top = INT32_MAX, bottom = 0, filled = 0, fewest = MOST_LINES;
    if (to - from == 1 && j->tiers.v[from].alone) return EACH;
    for (int u = from; u < to; u++)
        for (int i = j->tiers.v[u].first; i < j->tiers.v[u].first + j->tiers.v[u].n; i++)
            add_line(j, &col[j->pieces.v[i].cell->col], &j->pieces.v[i]);
    for (int c = 0; c < j->t->cols; c++) {
        if (!col[c].n) continue;
        if (col[c].first < top) top = col[c].first;
        if (col[c].last > bottom) bottom = col[c].last;
        if (col[c].n < fewest) fewest = col[c].n;
        filled++;
    }
    const Cellful *number = j->ordinal >= 0 ? &col[j->ordinal] : NULL;
    int numbers = number && number->numbers ? number->n : 0;
    double cost =
        EACH + UNFILLED * (1 - (double)filled / j->t->cols) + ALL_WRAPPED * (filled > 1 ? fewest - 1 : 0);
    if (numbers > 1) cost += SECOND_NUMBER * (numbers - 1);
    if (j->ordinal >= 0 ? !numbers : j->key >= 0 && !col[j->key].n) cost += NO_NUMBER;
    for (int c = 0; c < j->t->cols; c++)
        if (col[c].n)
            cost += col[c].white + aside(j, &col[c], top, bottom) + words_cost(j, &col[c], c, numbers > 0);
    return cost;
}

/* begins[i]: the row that ends before unit i begins with unit begins[i]. */
static double cheapest(const Joiner *j, int *begins)
{
    int n = (int)j->tiers.n;
    double *cost = xalloc(((size_t)n + 1) * sizeof *cost), whole;
    cost[0] = 0;
    for (int to = 1; to <= n; to++) {
        cost[to] = NEVER;
        for (int from = to - 1; from >= 0 && to - from <= MOST_LINES; from--) {
            bool alone = j->tiers.v[from].alone || j->tiers.v[to - 1].alone;
            if (alone && to - from > 1) break;
            double sum = cost[from] + row_cost(j, from, to);
            if (sum < cost[to]) cost[to] = sum, begins[to] = from;
        }
    }
    whole = cost[n];
    free(cost);
    return whole;
}

/* ---- the table of rows ---- */

static XCell *cell_of_row(XTable *t, int first_cell, const XCell *like, int row)
{
    for (int i = first_cell; i < t->cells; i++)
        if (t->cell[i].col == like->col) return &t->cell[i];
    XCell *c = &t->cell[t->cells++];
    *c = (XCell){.row = row, .col = like->col, .rowspan = 1, .colspan = like->colspan, .blank = true};
    return c;
}

static void add_row(const Joiner *j, XTable *t, int from, int to)
{
    int first_cell = t->cells, row = t->rows++;
    for (int u = from; u < to; u++)
        for (int i = j->tiers.v[u].first; i < j->tiers.v[u].first + j->tiers.v[u].n; i++) {
            const CellLine *p = &j->pieces.v[i];
            XCell *c = cell_of_row(t, first_cell, p->cell, row);
            c->run = c->run.n ? run_join(&j->doc->a, c->run, p->run) : p->run;
            c->at = rect_union(c->at, p->at), c->box = rect_union(c->box, run_box(p->run, t->page));
            c->blank = false;
        }
}

static XTable *joined(const Joiner *j, const int *begins)
{
    Arena *a = &j->doc->a;
    int n = (int)j->tiers.n, *ends = arena_new(a, int, (size_t)n + 1), rows = 0;
    XTable *t = arena_dup(a, j->t, sizeof *t);
    t->cell = arena_new(a, XCell, j->pieces.n + 1);
    t->rows = t->cells = 0;
    for (int to = n; to > 0; to = begins[to]) ends[rows++] = to;
    while (rows-- > 0) add_row(j, t, begins[ends[rows]], ends[rows]);
    return t;
}

const XTable *table_joined(Doc *doc, const XTable *t)
{
    Joiner j = {.doc = doc, .t = t};
    if (t->kind != TABLE_UNRULED || t->cols > MOST_COLS) return t;
    take_table(&j);
    find_pitch(&j);
    look_at_columns(&j);
    int n = (int)j.tiers.n, *centred = arena_new(&doc->a, int, (size_t)n + 1),
        *topped = arena_new(&doc->a, int, (size_t)n + 1);
    for (int i = 0; i < n; i++) j.tiers.v[i].alone |= is_alone(&j, &j.tiers.v[i]);
    double by_top_cost = cheapest(&j, topped);
    j.centred = true;
    bool middle = cheapest(&j, centred) < by_top_cost;
    const XTable *out = n ? joined(&j, middle ? centred : topped) : t;
    vec_release(&j.pieces);
    vec_release(&j.tiers);
    return out;
}
