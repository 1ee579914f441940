/* Names that begin with their levels are cells, whatever became of bars, numbers and the order of the lines:
 *
 *     5 TRƯỜNG MN KIM ĐỒNG TRƯỜNG MN CỔ AM      two in a line are a row
 *
 *     TRƯỜNG MN HƯỚNG                           one and one are a row too: each cell was read by itself
 *     DƯƠNG
 *     TRƯỜNG MN LÝ HỌC (XÃ CỔ AM)
 *
 *     MẦM NON A, MẦM NON B, TIỂU HỌC C,         or a column was read to its end before the next: which of the two
 *     MẦM NON D, MẦM NON E, TIỂU HỌC F          it is the levels tell, that have to agree, and the numbers before it
 *
 *     1 MN A  MN B  1 TH C  TH D                four in most lines are two lists side by side
 *
 * Lines without such words go on with the cells above them (weave.c). */
#include "extract/lines/rows.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

enum { MOST_JUMP = 9, MOST_BESIDE = 3 /* lists side by side */ };

static const float EVEN_CHANCE = 0.5f; /* that one cell and the next are a row, and not columns */
static const float BY_LEVELS = 0.9f;   /* their levels agree in one way only */

typedef struct NameCell {
    RowLine line[MOST_ROW_LINES];
    int lines;
    int no;
    Level level, section; /* by its own words, by the heading above */
} NameCell;

typedef VEC(NameCell) NameCells;

/* A row, before its names are parted. */
typedef struct CellRow {
    RowLine line[MOST_ROW_LINES];
    int lines, no;
    Level section;
    const char *school_district, *partner_district;
    unsigned flags;
    float parting;
    int table, list; /* under which heading; which of those side by side */
    bool again;      /* its school is the one of the row before */
} CellRow;

typedef VEC(CellRow) CellRows;

typedef struct CellReader {
    Flat *f;
    CellRows rows;
    NameCells cells; /* that stand one below another and are not rows yet */
    size_t split;    /* as many are schools, by a head above the others; 0: none said so */
    bool numbered;   /* one of them has a number */
    NameCell group;  /* a school with its partners below; no: how many so far */
    CellRow row;     /* open: two names begin in it */
    Layout layout;
    bool on, open, counted;   /* counted: a number was read */
    int no;                   /* read, and not yet of a row */
    int last;                 /* the last number given */
    int numbers;              /* in succession, that stand alone */
    int stack;                /* as many did, before the cells */
    int head;                 /* lines since a header */
    int table;                /* headings so far */
    Level level[MOST_BESIDE]; /* of the lists side by side, by the heading */
} CellReader;

/* ---- rows ---- */

static CellRow new_row(const CellReader *c, int no)
{
    const Flat *f = c->f;
    return (CellRow){.no = no,
                     .table = c->table,
                     .section = f->carry->section,
                     .school_district = f->school_district,
                     .partner_district = f->partner_district,
                     .parting = 1};
}

/* A number that was not read is the next. */
static void count_row(CellReader *c, int no)
{
    c->last = no ? no : c->last + (c->last > 0);
}

static void close_row(CellReader *c)
{
    if (c->open) *vec_push(&c->rows) = c->row;
    if (c->open) count_row(c, c->row.no);
    c->open = false;
}

static void add_line(RowLine *line, int *n, RowLine l)
{
    if (*n < MOST_ROW_LINES) line[(*n)++] = l;
}

/* ---- cells one below another ---- */

static bool levels_differ(const NameCells *cells, size_t a, size_t b)
{
    return !levels_agree(cells->v[a].level, cells->v[b].level);
}

static void add_pair(CellReader *c, const NameCell *school, const NameCell *partner, unsigned flags,
                     float parting)
{
    CellRow row = new_row(c, school->no ? school->no : partner->no);
    row.flags = flags, row.parting = parting, row.section = school->section;
    for (int i = 0; i < school->lines; i++) add_line(row.line, &row.lines, school->line[i]);
    for (int i = 0; i < partner->lines; i++) {
        RowLine l = partner->line[i];
        if (l.school >= 0) l.partner = l.school, l.school = -1;
        add_line(row.line, &row.lines, l);
    }
    count_row(c, row.no);
    *vec_push(&c->rows) = row;
}

/* "(H. An Biên)" behind every second name and no other: where a cell is in brackets tells which role it has. */
static bool ends_in_bracket(const NameCell *cell)
{
    const RowLine *last = &cell->line[cell->lines - 1];
    for (int i = 0; i < cell->lines; i++)
        if (cell->line[i].run.n) last = &cell->line[i];
    for (int i = 0; i < last->run.n; i++)
        if (last->run.v[i].mark == '(') return true;
    return false;
}

/* Of pairs made so, how many have two of different levels, and how many names are in brackets, or are not, against most
 * of their role. */
static size_t pairs_amiss(const CellReader *c, size_t n, bool columns)
{
    size_t amiss = 0, half = n / 2, brackets[2] = {0};
    for (size_t i = 0; i < half; i++) {
        size_t a = columns ? i : 2 * i, b = columns ? half + i : 2 * i + 1;
        amiss += levels_differ(&c->cells, a, b);
        brackets[0] += ends_in_bracket(&c->cells.v[a]), brackets[1] += ends_in_bracket(&c->cells.v[b]);
    }
    for (int k = 0; k < 2; k++) amiss += brackets[k] * 2 > half ? half - brackets[k] : brackets[k];
    return amiss;
}

/* The first half are the schools, the second their partners? */
static bool are_columns(const CellReader *c, size_t n, bool *sure)
{
    size_t half = n / 2, turns = pairs_amiss(c, n, false), halves = pairs_amiss(c, n, true);
    bool numbers = c->stack >= (int)half && half > 1;
    *sure = turns != halves || numbers;
    return turns != halves ? halves < turns : numbers;
}

static void add_alone(CellReader *c, const NameCell *cell)
{
    CellRow row = new_row(c, cell->no);
    for (int i = 0; i < cell->lines; i++) add_line(row.line, &row.lines, cell->line[i]);
    *vec_push(&c->rows) = row;
}

/* The columns do not hold as many names: those of a level are pairs where there are as many of it. */
static void pair_levels(CellReader *c, size_t split)
{
    for (size_t i = 0; i < split; i++) {
        Level level = c->cells.v[i].level;
        size_t schools = 0, partners = 0, before = 0, at = 0, k;
        for (k = 0; k < split; k++)
            schools += c->cells.v[k].level == level, before += k < i && c->cells.v[k].level == level;
        for (k = split; k < c->cells.n; k++) partners += c->cells.v[k].level == level;
        for (k = split; k < c->cells.n && schools == partners; k++)
            if (c->cells.v[k].level == level && at++ == before) break;
        if (schools == partners && k < c->cells.n)
            add_pair(c, &c->cells.v[i], &c->cells.v[k], FLAG_COLUMNS, BY_LEVELS);
        else
            add_alone(c, &c->cells.v[i]);
    }
}

static void flush_cells(CellReader *c)
{
    size_t n = c->cells.n, half = n / 2, split = c->split;
    bool sure = true, columns = split || (n > 2 && are_columns(c, n, &sure));
    if (split && 2 * split != n) {
        pair_levels(c, split);
        half = n = 0;
    }
    unsigned flags = columns ? FLAG_COLUMNS : sure ? 0 : FLAG_PARTING;
    float parting = n == 2 ? 1 : sure ? BY_LEVELS : EVEN_CHANCE;
    for (size_t i = 0; i < half; i++) {
        size_t s = columns ? i : 2 * i, p = columns ? half + i : 2 * i + 1;
        add_pair(c, &c->cells.v[s], &c->cells.v[p], flags, parting);
    }
    if (n % 2) add_alone(c, &c->cells.v[n - 1]);
    c->cells.n = 0, c->stack = 0, c->split = 0, c->numbered = false;
}

/* Cells without a number between rows 2 and 3 are more partners of row 2. */
static void give_partners(CellReader *c, int no)
{
    CellRow above = c->rows.n ? c->rows.v[c->rows.n - 1] : (CellRow){0};
    if (!c->cells.n || c->numbered || !above.no || no != above.no + 1 || above.lines == 0) return;
    for (size_t i = 0; i < c->cells.n; i++) {
        NameCell school = {.no = above.no, .section = above.section};
        for (int k = 0; k < above.lines && above.line[k].school >= 0; k++) {
            RowLine l = above.line[k];
            if (l.partner >= 0) l.run = run_part(l.run, 0, l.partner), l.partner = -1;
            add_line(school.line, &school.lines, l);
        }
        if (!school.lines) continue;
        add_pair(c, &school, &c->cells.v[i], 0, 1);
        c->rows.v[c->rows.n - 1].again = true;
    }
    c->cells.n = 0, c->stack = 0;
}

static void close_all(CellReader *c)
{
    close_row(c);
    flush_cells(c);
}

/* ---- lines ---- */

static bool plausible(const CellReader *c, int no)
{
    return (no > c->last && no <= c->last + MOST_JUMP) || no == 1;
}

/* The number that begins the line, taken off it; 0: none that a row may have here. */
static int take_number(CellReader *c, Run *run)
{
    Run rest;
    int no = flat_ordinal(&c->f->doc->a, *run, c->last + 1, &rest);
    if (!no) return 0;
    c->counted = c->counted || plausible(c, no);
    if (plausible(c, no) || (rest.n && name_starts(rest, (int[MOST_STARTS]){0}) > 0)) *run = rest;
    return plausible(c, no) ? no : 0;
}

/* "Tnting TH&THCS": one word before the level's, with the first letter of "Trường". */
static bool is_lead_like(Run r, int i, int start)
{
    return i + 1 == start && (!i || r.v[i - 1].mark) && (r.v[i].raw[0] == 'T' || r.v[i].raw[0] == 't');
}

/* Nothing that may be the rest of a name stands before a line's only name. */
static bool is_dirt_before(const CellReader *c, Run r, int start)
{
    enum { MOST_LETTERS = 4, SYLLABLE = 2 };
    size_t letters = 0;
    for (int i = 0; i < start; i++) {
        const Tok *t = &r.v[i];
        if (t->mark || layout_code(&c->layout, t) || is_lead_like(r, i, start)) continue;
        if (tok_capital(t) && strlen(t->letters) >= SYLLABLE) return false;
        letters += strlen(t->letters);
    }
    return letters <= MOST_LETTERS;
}

static void take_row(CellReader *c, const FlatLine *l, Run run, int no, const int *start, int n)
{
    close_row(c);
    if (no) give_partners(c, no);
    close_all(c);
    c->row = new_row(c, no ? no : c->no);
    c->no = 0;
    c->open = true;
    RowLine line = {.run = run, .school = -1, .partner = -1, .apart = l->x->after_blank};
    if (n >= 2)
        line.school = start[0], line.partner = start[1];
    else if (n == 1)
        line.partner = start[0]; /* the school's words were misread */
    add_line(c->row.line, &c->row.lines, line);
}

static Level level_at(Run r, int at)
{
    int used;
    return level_prefix(run_part(r, at, r.n - at), &used);
}

/* The partner's first line stands above the school's, which has the number. */
static void put_below_partner(CellReader *c, RowLine line, int no)
{
    NameCell partner = c->cells.v[--c->cells.n];
    flush_cells(c);
    c->row = new_row(c, no);
    for (int i = 0; i < partner.lines; i++) {
        RowLine l = partner.line[i];
        if (l.school >= 0) l.partner = l.school, l.school = -1, l.above = true;
        add_line(c->row.line, &c->row.lines, l);
    }
    add_line(c->row.line, &c->row.lines, line);
    c->open = true;
}

static bool ends_in_colon(Run r)
{
    const char *s = r.n ? r.v[r.n - 1].text : "";
    return *s && s[strlen(s) - 1] == ':';
}

/* "- Trường THCS Thanh Trì:" and below it, each with "+", its partners. */
static bool take_group(CellReader *c, const FlatLine *l, Run run, int start)
{
    RowLine line = {.run = run, .school = -1, .partner = start, .apart = l->x->after_blank};
    if (ends_in_colon(run)) {
        close_all(c);
        c->group = (NameCell){.level = LEVEL_NONE};
        line.school = start, line.partner = -1;
        line.run.n -= line.run.v[line.run.n - 1].mark != 0;
        add_line(c->group.line, &c->group.lines, line);
        return true;
    }
    char mark = l->run.v[0].mark;
    if (!c->group.lines || (mark != '+' && mark != '-') || c->group.line[0].run.v[0].mark == mark) {
        c->group.lines = 0;
        return false;
    }
    close_row(c);
    c->row = new_row(c, 0);
    c->row.again = c->group.no++ > 0;
    add_line(c->row.line, &c->row.lines, c->group.line[0]);
    add_line(c->row.line, &c->row.lines, line);
    c->open = true;
    return true;
}

/* A line in which one name begins. */
static void take_cell(CellReader *c, const FlatLine *l, Run run, int no, int start)
{
    bool first = is_dirt_before(c, run, start), odd = c->cells.n % 2;
    if (first && take_group(c, l, run, start)) return;
    close_row(c);
    if (c->numbers > 1) c->stack = c->numbers;
    c->numbers = 0;
    if (no && c->cells.n && (!odd || c->cells.v[c->cells.n - 1].no)) flush_cells(c), odd = false;
    if (no && !first && !odd) { /* what stands before it is the school, its level misread */
        take_row(c, l, run, no, &start, 1);
        return;
    }
    NameCell cell = {.no = no ? no : c->no, .level = level_at(run, start), .section = c->f->carry->section};
    if (!levels_agree(cell.level, cell.section)) cell.section = LEVEL_NONE; /* a heading of another column */
    RowLine line = {.run = run, .school = -1, .partner = -1, .apart = l->x->after_blank};
    c->no = 0;
    if (!first && odd) { /* the rest of the school stands before it */
        line.partner = start;
    } else {
        line.school = start;
    }
    add_line(cell.line, &cell.lines, line);
    if (no && first && odd && !c->cells.v[c->cells.n - 1].no) {
        put_below_partner(c, line, no);
        return;
    }
    c->numbered = c->numbered || cell.no;
    *vec_push(&c->cells) = cell;
}

static void take_rest(CellReader *c, const FlatLine *l, Run run, int no)
{
    bool numbered = c->open ? c->row.no > 0 : c->cells.n && c->cells.v[c->cells.n - 1].no;
    RowLine line = {.run = numbered ? l->run : run, .school = -1, .partner = -1, .apart = l->x->after_blank};
    if (c->open) {
        if (no && !c->row.no) c->row.no = no;
        add_line(c->row.line, &c->row.lines, line);
    } else if (c->cells.n) {
        NameCell *cell = &c->cells.v[c->cells.n - 1];
        if (no && !cell->no) cell->no = no;
        add_line(cell->line, &cell->lines, line);
    }
}

/* A row, none of whose two names begins with words that can be read. */
static bool is_misread_row(const CellReader *c, Run run, int no)
{
    bool bar = false;
    for (int i = 1; i + 1 < run.n; i++) bar = bar || run.v[i].mark == '|';
    bool whole = c->open ? c->row.no > 0 : c->cells.n % 2 == 0;
    return no == c->last + 1 + (c->open && c->row.no) && whole && bar && looks_like_names(run);
}

/* Where the second of two lists begins in a line: its number, which is that of the first too, or its name; run.n:
 * nowhere. */
static int second_list(Run run, int no, const int *start, int n)
{
    if (n >= 4) {
        int at = start[2];
        while (at > start[1] + 1 && run.v[at - 1].mark) at--;
        bool number = at > start[1] + 1 && digits_read(run.v[at - 1].text, 3) > 0;
        return number ? at - 1 : start[2];
    }
    for (int i = 3; no && i + 2 < run.n; i++)
        if (digits_read(run.v[i].text, 3) == no && !run.v[i].mark && run.v[i + 1].mark == '|') return i;
    return run.n;
}

static void take_part(CellReader *c, const FlatLine *l, Run run, int no)
{
    int start[MOST_STARTS], n = name_starts(run, start);
    if (n >= 2)
        take_row(c, l, run, no, start, n);
    else if (n == 1)
        take_cell(c, l, run, no, start[0]);
    else if (no && is_misread_row(c, run, no))
        take_row(c, l, run, no, NULL, 0);
    else if (run_words(run))
        take_rest(c, l, run, no);
}

/* A line of two lists side by side is a row of each. */
static void take_beside(CellReader *c, const FlatLine *l, Run run, int no, const int *start, int n)
{
    int at = second_list(run, no, start, n), last = c->last, ends = 0;
    Run half[2] = {run_part(run, 0, at), run_part(run, at, run.n - at)};
    for (int i = 0; i < 2 && half[i].n; i++) {
        int first[MOST_STARTS];
        Run rest = half[i];
        c->last = last;
        if (i) flat_ordinal(&c->f->doc->a, half[i], no, &rest);
        ends = name_starts(rest, first);
        take_row(c, l, rest, no, first, ends);
        c->row.list = i;
        if (c->level[i]) c->row.section = c->level[i];
        close_row(c);
    }
}

/* A sentence goes on until both its names are there and a full stop or bracket ends it. */
static bool sentence_goes_on(const CellReader *c)
{
    const CellRow *row = &c->row;
    Entry e = {0};
    Run all = {0};
    int open = 0;
    if (!c->layout.sentences || !c->open || !row->lines) return false;
    for (int i = 0; i < row->lines; i++) all = run_join(&c->f->doc->a, all, row->line[i].run);
    for (int i = 0; i < all.n; i++) open += (all.v[i].mark == '(') - (all.v[i].mark == ')');
    const Tok *last = all.n ? &all.v[all.n - 1] : NULL;
    const char *s = last ? last->text : ".";
    bool ends = last && (last->mark == ')' || last->mark == ';' || (*s && strchr(".;", s[strlen(s) - 1])));
    return open > 0 || !ends || !part_sentence(all, &e);
}

static void take_names(CellReader *c, const FlatLine *l)
{
    int start[MOST_STARTS], last = c->last;
    Run run = c->layout.levels ? run_part(l->run, 0, layout_level(l->run)) : l->run;
    if (c->open && c->row.no) c->last = c->row.no;
    int no = take_number(c, &run), n = name_starts(run, start);
    c->last = last;
    if (c->layout.sentences && (no || c->open)) {
        if (no)
            take_row(c, l, run, no, NULL, 0);
        else if (sentence_goes_on(c))
            take_rest(c, l, run, 0);
        return;
    }
    if (c->layout.beside && n >= 2)
        take_beside(c, l, run, no, start, n);
    else
        take_part(c, l, run, no);
}

static void take_ordinal(CellReader *c, const FlatLine *l)
{
    Run run = l->run;
    int no = take_number(c, &run);
    c->numbers++;
    if (!no) return;
    if (!c->open && c->numbers == 1 && c->cells.n % 2 == 0) flush_cells(c);
    if (c->open && !c->row.no && (no == c->last + 1 || !c->last))
        c->row.no = no;
    else if (!c->open && c->cells.n && !c->cells.v[c->cells.n - 1].no && c->cells.n % 2)
        c->cells.v[c->cells.n - 1].no = no;
    else
        c->no = no;
}

/* "MẦM NON  TIỂU HỌC" over two lists. */
static void take_levels(CellReader *c, Run r)
{
    Level found[MOST_BESIDE] = {0};
    int other, n = levels_beside(r, found, MOST_BESIDE, &other);
    for (int i = 0; n > 1 && i < MOST_BESIDE; i++) c->level[i] = found[i];
}

/* Cells stand one below another: the head of the column of partners says where that begins, and a level's heading
 * among them ends nothing. */
static bool goes_on_below(CellReader *c, const FlatLine *l)
{
    enum { LEAST = 3 };
    if (c->open || c->cells.n < LEAST || l->kind == LINE_TITLE || c->numbered) return false;
    if (l->kind == LINE_SECTION) return c->f->carry->section = l->level, true;
    if (l->kind != LINE_HEADER) return false;
    if (l->role == ROLE_PARTNER && !c->split) {
        c->split = c->cells.n;
        flat_districts(c->f, l->run);
        c->head = 1;
        return true;
    }
    return c->split == c->cells.n;
}

static void take_heading(CellReader *c, const FlatLine *l)
{
    Flat *f = c->f;
    if (goes_on_below(c, l)) return;
    close_all(c);
    c->on = true, c->no = 0;
    c->table++;
    if (c->layout.beside) take_levels(c, l->run);
    c->head = l->kind == LINE_HEADER ? 1 : 0;
    f->notes = f->notes || names_notes(l);
    if (l->kind == LINE_HEADER) flat_districts(f, l->run);
    if (l->kind == LINE_SECTION || l->level) f->carry->section = l->level;
    if (l->kind == LINE_SECTION) c->last = 0;
}

static bool ends_list(const FlatLine *l)
{
    enum { MOST_REST = 10 }; /* words of a line that goes on with cells */
    int start[MOST_STARTS];
    int words = run_words(l->run);
    if (l->kind != LINE_PROSE || words <= 2 || looks_like_names(l->run)) return false;
    return words > MOST_REST || !name_starts(l->run, start);
}

/* Without a heading that was read a list begins where rows of two names follow one another, or go on. */
static bool list_begins(const CellReader *c, const FlatLine *l, int left)
{
    enum { REACH = 12, ROWS = 3, CELLS = 6 };
    int start[MOST_STARTS], rows = 0, cells = 0;
    Run rest;
    if (c->layout.sentences && flat_ordinal(&c->f->doc->a, l->run, 1, &rest) == 1) {
        Entry e = {0};
        return part_sentence(left > 1 ? run_join(&c->f->doc->a, rest, l[1].run) : rest, &e);
    }
    if (c->rows.n >= ROWS && flat_ordinal(&c->f->doc->a, l->run, c->last + 1, &rest) == c->last + 1 &&
        name_starts(rest, start) >= 2)
        return true;
    for (int i = 0; i < left && i < REACH; i++) {
        int n = l[i].kind == LINE_PROSE && !looks_like_names(l[i].run) ? 0 : name_starts(l[i].run, start);
        if (!i && !n) return false;
        rows += n >= 2;
        cells += n == 1 && is_dirt_before(c, l[i].run, start[0]);
    }
    return rows >= ROWS || (cells >= CELLS && !rows);
}

static void take_line(CellReader *c, const FlatLine *l, int left)
{
    bool below_head = c->head > 0;
    c->head = 0;
    if (!c->on) c->on = list_begins(c, l, left);
    bool goes_on = l->kind == LINE_HEADER && l->role != ROLE_ORDINAL && c->open && !l->x->after_blank;
    if (l->kind == LINE_TITLE || (l->kind == LINE_HEADER && !goes_on) || l->kind == LINE_SECTION) {
        take_heading(c, l);
    } else if (l->kind == LINE_ORDINAL) {
        take_ordinal(c, l);
    } else if (ends_list(l) && !sentence_goes_on(c)) {
        close_all(c);
        c->on = false;
    } else if (l->kind == LINE_NOTE && is_total(l->run)) {
        close_all(c);
    } else if (l->kind == LINE_NOTE && (!c->open || is_contact(l->run))) {
        return;
    } else if (c->on && !(below_head && run_words(l->run) < 3)) {
        take_names(c, l);
    }
}

/* ---- entries ---- */

static void set_place(Entry *e, const CellRow *row)
{
    for (int i = 0; i < row->lines; i++) {
        const Run r = row->line[i].run;
        if (!r.n) continue;
        if (!e->page) e->page = r.v[0].page;
        if (r.v[0].page != e->page) e->flags |= FLAG_JOINED;
        e->box = rect_union(e->box, run_box(r, e->page));
    }
}

/* By headings, then by lists side by side. */
static void sort_rows(CellRows *rows)
{
    CellRows sorted = {0};
    for (size_t from = 0, to; from < rows->n; from = to) {
        for (to = from; to < rows->n && rows->v[to].table == rows->v[from].table;) to++;
        for (int list = 0; list < MOST_BESIDE; list++)
            for (size_t i = from; i < to; i++)
                if (rows->v[i].list == list) *vec_push(&sorted) = rows->v[i];
    }
    vec_release(rows);
    *rows = sorted;
}

static void add_entry(CellReader *c, const Known *known, const CellRow *row, int last)
{
    Flat *f = c->f;
    const char *own = f->doc->district;
    Entry *e = vec_push(f->out);
    *e = (Entry){.again = row->again,
                 .no = row->no || !c->counted ? row->no : last + 1,
                 .section = row->section,
                 .rule = "row of text",
                 .text = true,
                 .parting = 1,
                 .school_district = row->school_district ? row->school_district : own,
                 .partner_district = row->partner_district};
    e->flags = row->flags | (row->no || !c->counted ? 0 : FLAG_ORDINAL);
    set_place(e, row);
    c->layout.notes = f->notes;
    weave_row(f->doc, known, &c->layout, row->line, row->lines, e);
    if (own && e->school_district == own && e->partner_district && str_eq(own, e->partner_district))
        e->school_district = NULL; /* what was taken for the office's is the partners' */
    if (row->parting < e->parting) e->parting = row->parting;
}

/* Numbers that were not read are sure where as many rows stand between two that were. */
static void confirm_numbers(CellReader *c, size_t first)
{
    Entry *e = c->f->out->v + first;
    size_t n = c->rows.n;
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i; end < n && (end == i || e[end].no == e[end - 1].no + 1) && e[end].flags & FLAG_ORDINAL;)
            end++;
        if (end == i) {
            end++;
            continue;
        }
        bool follows = end < n && e[end].no == e[end - 1].no + 1, begins = e[i].no == 1;
        for (size_t k = i; k < end && follows && (begins || (i && e[i].no == e[i - 1].no + 1)); k++)
            e[k].flags &= ~(unsigned)FLAG_ORDINAL;
    }
}

static void add_entries(CellReader *c)
{
    Flat *f = c->f;
    Known known = {0};
    int last = 0;
    size_t first = f->out->n;
    known_add_districts(&known, f->doc);
    sort_rows(&c->rows);
    for (size_t i = 0; i < c->rows.n; i++) {
        const CellRow *row = &c->rows.v[i], *before = i ? row - 1 : NULL;
        if (before && (row->section != before->section || row->list != before->list)) last = 0;
        add_entry(c, &known, row, last);
        last = f->out->v[f->out->n - 1].no;
    }
    confirm_numbers(c, first);
    if (c->rows.n) f->carry->last_no = last;
    known_release(&known);
}

void flat_cells(Flat *f, const FlatLine *lines, int n)
{
    CellReader c = {.f = f, .layout = layout_of(f, lines, n)};
    for (int i = 0; i < n; i++) take_line(&c, &lines[i], n - i);
    close_all(&c);
    add_entries(&c);
    vec_release(&c.rows);
    vec_release(&c.cells);
}
