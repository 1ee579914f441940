/* Tables to entries.
 *
 *   1. The top rows that name columns are the header: "STT | Trường quận Cầu Giấy | Đơn vị kết nghĩa | Ghi
 * chú" is ordinal, school, partner, other. A table without one takes the columns of the table before it, or
 * they are told by what stands in them.
 *   2. A row whose one text is a level ("TIỂU HỌC", "B | Cấp tiểu học") sets the level of the rows below.
 *   3. Every other row with a name is an entry. A row without number under a table that has numbers is the
 * rest of the row above, cut by the end of the page.
 *   4. Where a rule was lost and one row of the grid holds the numbers 5 and 6, it is parted by their
 * heights.
 */
#include "stage/extract_flat.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_COLS = 64, MOST_HEADER_ROWS = 3, MOST_SUBROWS = 64 };

struct Columns {
    int cols;
    int of[ROLE_OTHER]; /* by role: the column, -1 none */
    int middle;         /* x between school and partner, from the table's left, in thousandths of its width */
    NameStyle school_style, partner_style;
    const char *school_district, *partner_district;
    bool guessed;    /* not by a header */
    const char *why; /* when explaining; else NULL */
    const char
        *header[MOST_HEADER_ROWS][2]; /* letters over school and partner, to know them again; NULL: none */
};

typedef struct Columns Columns;

/* One row: what stands under each role. */
typedef struct Row {
    Run of[ROLE_OTHER];
    Run all;              /* everything in the row, left to right */
    Rect cells;           /* as scanned; of the cells that begin in it */
    bool ink[ROLE_OTHER]; /* something stands there, read or not */
    int texts;            /* cells with text */
    int row;              /* of the grid */
    bool parted;
    bool carried; /* a name's cell reaches down from the row above */
    bool again;   /* and so does the number's */
} Row;

/* ---- the words of headers ---- */

typedef struct HeaderWord {
    const char *letters;
    Role role;
    int most;   /* edits */
    bool whole; /* the header is this and nothing else */
} HeaderWord;

static const HeaderWord header_words[] = {
    {"stt", ROLE_ORDINAL, 1, true},         {"tt", ROLE_ORDINAL, 0, true},
    {"sott", ROLE_ORDINAL, 1, true},        {"sothutu", ROLE_ORDINAL, 1, true},
    {"caphoc", ROLE_LEVEL, 1, true},        {"bachoc", ROLE_LEVEL, 1, true},
    {"khoi", ROLE_LEVEL, 0, true},          {"cap", ROLE_LEVEL, 0, true},
    {"khoihoc", ROLE_LEVEL, 1, true},       {"capbachoc", ROLE_LEVEL, 1, true},
    {"ghichu", ROLE_OTHER, 1, true},        {"diachi", ROLE_OTHER, 1, false},
    {"dienthoai", ROLE_OTHER, 1, false},    {"noidung", ROLE_OTHER, 1, false},
    {"diadiem", ROLE_OTHER, 1, true},       {"thoigian", ROLE_OTHER, 1, false},
    {"hieutruong", ROLE_OTHER, 1, false},   {"email", ROLE_OTHER, 0, false},
    {"nguoilienhe", ROLE_OTHER, 2, false},  {"lienlac", ROLE_OTHER, 1, false},
    {"ketqua", ROLE_OTHER, 1, true},        {"quanhuyen", ROLE_DISTRICT, 1, true},
    {"quan", ROLE_DISTRICT, 0, true},       {"huyen", ROLE_DISTRICT, 0, true},
    {"diaban", ROLE_DISTRICT, 1, true},     {"ketnghia", ROLE_PARTNER, 2, false},
    {"doitac", ROLE_PARTNER, 1, false},     {"phoihop", ROLE_PARTNER, 1, false},
    {"duocgiupdo", ROLE_PARTNER, 2, false}, {"lienket", ROLE_PARTNER, 1, false},
    {"truong", ROLE_SCHOOL, 0, false},      {"donvi", ROLE_SCHOOL, 0, false},
    {"cosogiaoduc", ROLE_SCHOOL, 2, false},
};

static bool header_is(const HeaderWord *w, const char *text, int n)
{
    if (w->whole) return edit_distance(text, n, w->letters, (int)strlen(w->letters), w->most) <= w->most;
    return has_fuzzy(text, w->letters, w->most);
}

static bool has_number(Run r)
{
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && viet_is_digit((unsigned char)r.v[i].text[0])) return true;
    return false;
}

Role header_role(Run r)
{
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    int n = compact_run(r, false, text), m = compact_run(r, true, raw);
    enum { LONGEST_HEADER = 60 }; /* letters */
    if (!n || n > LONGEST_HEADER) return ROLE_NONE;
    for (size_t i = 0; i < sizeof header_words / sizeof *header_words; i++) {
        const HeaderWord *w = &header_words[i];
        if ((header_is(w, text, n) || header_is(w, raw, m)) && !(w->role == ROLE_SCHOOL && has_number(r)))
            return w->role;
    }
    return ROLE_NONE;
}

/* A name's own prefix makes "Trường Mầm non Hoa Mai" look like a header: a header names no level. */
static bool names_a_school(Run r)
{
    int used;
    return level_prefix(r, &used) && used < r.n;
}

/* ---- the grid ---- */

typedef struct Grid {
    const XTable *t;
    const XCell **at; /* [row * cols + col] */
    Arena *a;
} Grid;

static Grid grid_of(Arena *a, const XTable *t)
{
    Grid g = {t, arena_alloc(a, arena_array_size((size_t)t->rows * (size_t)t->cols, sizeof(XCell *))), a};
    for (int i = 0; i < t->cells; i++) {
        const XCell *c = &t->cell[i];
        for (int r = c->row; r < c->row + c->rowspan; r++)
            for (int k = c->col; k < c->col + c->colspan; k++) g.at[r * t->cols + k] = c;
    }
    return g;
}

static const XCell *cell_at(const Grid *g, int row, int col)
{
    return col >= 0 && col < g->t->cols ? g->at[row * g->t->cols + col] : NULL;
}

static Run run_at_cell(const Grid *g, int row, int col)
{
    const XCell *c = cell_at(g, row, col);
    return c ? c->run : (Run){0};
}

/* ---- 1: columns ---- */

static bool is_header_row(const Grid *g, int row)
{
    bool seen[ROLE_OTHER + 1] = {0};
    int roles = 0, names = 0;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || !cell->run.n) continue;
        Role role = header_role(cell->run);
        if (names_a_school(cell->run) && role != ROLE_PARTNER) return false;
        names += role == ROLE_SCHOOL || role == ROLE_PARTNER;
        if (role && !seen[role]) seen[role] = true, roles++;
    }
    return names >= 2 || (roles >= 2 && names >= 1);
}

/* How many rows from `row` on are the header; a cell that reaches further down takes its rows in. */
static int header_rows(const Grid *g, int row)
{
    int end = row;
    if (!is_header_row(g, row)) return 0;
    for (int r = row; r <= end && r < g->t->rows; r++)
        for (int c = 0; c < g->t->cols; c++) {
            const XCell *cell = cell_at(g, r, c);
            if (cell && r == row && cell->row + cell->rowspan - 1 > end) end = cell->row + cell->rowspan - 1;
        }
    while (end + 1 < g->t->rows && end - row + 1 < MOST_HEADER_ROWS && is_header_row(g, end + 1)) end++;
    return end - row + 1;
}

static Run header_run(const Grid *g, int row, int rows, int col)
{
    Run all = {0};
    for (int r = row; r < row + rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (c && c->row == r) all = run_join(g->a, all, c->run);
    }
    return all;
}

static const char *letters_of(Arena *a, Run r)
{
    char text[COMPACT_MOST];
    int n = compact_run(r, false, text);
    return arena_strn(a, text, (size_t)n);
}

static void columns_clear(Columns *k, int cols)
{
    *k = (Columns){.cols = cols};
    for (int i = 0; i < ROLE_OTHER; i++) k->of[i] = -1;
}

/* Two columns of schools: by their headers, or where both say the same, from left to right. */
static void settle_names(Columns *k, const int *name, const Role *role, int n)
{
    int first = -1, second = -1;
    for (int i = 0; i < n; i++) {
        if (role[i] == ROLE_SCHOOL && first < 0) first = i;
        if (role[i] == ROLE_PARTNER && second < 0) second = i;
    }
    if (first < 0 || second < 0) first = 0, second = n > 1 ? 1 : -1;
    if (n) k->of[ROLE_SCHOOL] = name[first];
    if (second >= 0) k->of[ROLE_PARTNER] = name[second];
}

/* What stands in a column: shares of its cells, 0..1. */
typedef struct Content {
    double ordinals, levels, names, filled;
} Content;

/* Its number may stand before it: "12 Trường MN Hoa Mai". */
static bool looks_like_name(Run r)
{
    int words = run_words(r);
    if (words > 2 && !r.v[0].mark && ordinal_read(&r.v[0], 0)) r = run_part(r, 1, r.n - 1), words--;
    return words >= 1 && words <= 14 && r.n && tok_capital(&r.v[0]) && !ordinal_read(&r.v[0], 0);
}

static Content content_of(const Grid *g, int from, int col)
{
    Content k = {0};
    int n = 0;
    for (int r = from; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (!c || c->row != r || c->colspan > 1) continue;
        n++;
        if (!c->run.n) continue;
        k.filled++;
        if (run_words(c->run) <= 2 && ordinal_read(&c->run.v[0], 0))
            k.ordinals++;
        else if (level_cell(c->run))
            k.levels++;
        else if (looks_like_name(c->run))
            k.names++;
    }
    if (n) k.ordinals /= n, k.levels /= n, k.names /= n, k.filled /= n;
    return k;
}

/* A column whose head a seal made unreadable is told by what stands in it. */
static void columns_without_header(const Grid *g, int from, Columns *k)
{
    for (int c = 0; c < g->t->cols && c < MOST_COLS; c++) {
        if (c == k->of[ROLE_SCHOOL] || c == k->of[ROLE_PARTNER]) continue;
        Content is = content_of(g, from, c);
        if (is.ordinals > 0.5 && k->of[ROLE_ORDINAL] < 0)
            k->of[ROLE_ORDINAL] = c;
        else if (is.levels > 0.5 && k->of[ROLE_LEVEL] < 0)
            k->of[ROLE_LEVEL] = c;
    }
}

/* What a column holds that shares its header's cell with others ("STT Tên trường": a rule was lost, or the
 * header stands over a group): its content decides. */
static Role role_under(const Grid *g, int below, int col, Role role)
{
    Content is = content_of(g, below, col);
    if (is.ordinals > 0.5) return ROLE_ORDINAL;
    if (is.levels > 0.5) return ROLE_LEVEL;
    if (role == ROLE_SCHOOL || role == ROLE_PARTNER) return is.names > 0.5 ? role : ROLE_NONE;
    return role;
}

static bool columns_by_header(Doc *doc, const Grid *g, int row, int rows, Columns *k)
{
    int name[MOST_COLS], n = 0;
    Role role_of[MOST_COLS];
    const XCell *before = NULL;
    columns_clear(k, g->t->cols);
    for (int c = 0; c < g->t->cols && c < MOST_COLS; c++) {
        const XCell *last = cell_at(g, row + rows - 1, c);
        Role role = header_role(header_run(g, row, rows, c));
        if (last && last->colspan > 1)
            role = role_under(g, row + rows, c, role);
        else if (last == before)
            continue;
        before = last;
        if (role == ROLE_SCHOOL || role == ROLE_PARTNER)
            name[n] = c, role_of[n++] = role;
        else if (role && role != ROLE_OTHER && k->of[role] < 0)
            k->of[role] = c;
    }
    settle_names(k, name, role_of, n);
    if (k->of[ROLE_SCHOOL] < 0 || k->of[ROLE_PARTNER] < 0) return false;
    columns_without_header(g, row + rows, k);
    k->school_district =
        district_mentioned(&doc->a, doc->names, header_run(g, row, rows, k->of[ROLE_SCHOOL]));
    k->partner_district =
        district_mentioned(&doc->a, doc->names, header_run(g, row, rows, k->of[ROLE_PARTNER]));
    return true;
}

static bool columns_by_content(const Grid *g, int from, Columns *k)
{
    int name[MOST_COLS], n = 0;
    Role role[MOST_COLS];
    columns_clear(k, g->t->cols);
    k->guessed = true;
    for (int c = 0; c < g->t->cols && c < MOST_COLS; c++) {
        Content is = content_of(g, from, c);
        if (is.ordinals > 0.5 && k->of[ROLE_ORDINAL] < 0 && !n)
            k->of[ROLE_ORDINAL] = c;
        else if (is.levels > 0.5 && k->of[ROLE_LEVEL] < 0)
            k->of[ROLE_LEVEL] = c;
        else if (is.names > 0.5 && n < 2)
            name[n] = c, role[n++] = ROLE_SCHOOL;
    }
    settle_names(k, name, role, n);
    return k->of[ROLE_SCHOOL] >= 0 && k->of[ROLE_PARTNER] >= 0;
}

/* "Trường" before most names of a column is none of theirs. */
static NameStyle style_of(const Grid *g, int from, int col)
{
    int with = 0, all = 0, arabic = 0, roman = 0;
    for (int r = from; r < g->t->rows; r++) {
        Run run = run_at_cell(g, r, col);
        if (!run.n) continue;
        const char *last = run.v[run.n - 1].text;
        all++;
        with += tok_is(&run.v[0], "truong");
        arabic += strlen(last) == 1 && last[0] >= '2' && last[0] <= '9';
        roman += strlen(last) > 1 && strspn(last, "IV") == strlen(last);
    }
    return (NameStyle){.lead = with * 2 > all, .arabic = arabic > roman};
}

static int left_of(const Grid *g, int col)
{
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (c && c->col == col && c->colspan == 1) return c->at.x;
    }
    return g->t->at.x + g->t->at.w * col / g->t->cols;
}

static void finish_columns(const Grid *g, int from, Columns *k)
{
    k->school_style = style_of(g, from, k->of[ROLE_SCHOOL]);
    k->partner_style = style_of(g, from, k->of[ROLE_PARTNER]);
    int w = g->t->at.w > 0 ? g->t->at.w : 1;
    k->middle = (left_of(g, k->of[ROLE_PARTNER]) - g->t->at.x) * 1000 / w;
}

/* ---- rows ---- */

/* Letters or digits, not the dirt that a seal leaves. */
static bool has_letters(Run r)
{
    char text[COMPACT_MOST];
    return compact_run(r, false, text) > 0;
}

static void add_to_row(const Grid *g, Row *row, const Columns *k, const XCell *c)
{
    row->all = run_join(g->a, row->all, c->run);
    row->texts += has_letters(c->run);
    row->cells = rect_union(row->cells, c->box);
    for (int role = 0; role < ROLE_OTHER; role++)
        if (k->of[role] >= c->col && k->of[role] < c->col + c->colspan)
            row->of[role] = c->run, row->ink[role] = !c->blank;
}

/* One cell over both names: a rule between them was lost; its words are parted where the column begins
 * elsewhere. */
static void part_across(const Grid *g, Row *row, const Columns *k)
{
    Run both = row->of[ROLE_SCHOOL];
    int middle = g->t->at.x + g->t->at.w * k->middle / 1000, n = 0;
    Tok *sorted = arena_dup(g->a, both.v, (size_t)both.n * sizeof(Tok));
    for (int i = 0; i < both.n; i++)
        if (both.v[i].at.x + both.v[i].at.w / 2 < middle) sorted[n++] = both.v[i];
    int m = n;
    for (int i = 0; i < both.n; i++)
        if (both.v[i].at.x + both.v[i].at.w / 2 >= middle) sorted[m++] = both.v[i];
    row->of[ROLE_SCHOOL] = (Run){sorted, n};
    row->of[ROLE_PARTNER] = (Run){sorted + n, both.n - n};
    row->parted = true;
}

static void carry_down(Row *row, Role role, Run run)
{
    row->again |= role == ROLE_ORDINAL;
    row->carried |= role == ROLE_SCHOOL || role == ROLE_PARTNER;
    if (role != ROLE_ORDINAL) row->of[role] = run;
}

static Row row_of(const Grid *g, int r, const Columns *k)
{
    Row row = {.row = r};
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, r, c);
        if (!cell || cell->col != c) continue;
        if (cell->row == r)
            add_to_row(g, &row, k, cell);
        else /* it reaches down from above: what it says holds here too */
            for (int role = 0; role < ROLE_OTHER; role++)
                if (k->of[role] >= c && k->of[role] < c + cell->colspan)
                    carry_down(&row, (Role)role, cell->run);
    }
    return row;
}

/* ---- 4: rows run together ---- */

/* Heights of the numbers and letters in the ordinal column, when they stand on lines of their own. */
static int marks_of(Run r, int *middle)
{
    int n = 0;
    for (int i = 0; i < r.n && n < MOST_SUBROWS; i++)
        if (!r.v[i].mark && r.v[i].new_line && strlen(r.v[i].text) <= 4)
            middle[n++] = r.v[i].at.y + r.v[i].at.h / 2;
    return n;
}

/* The lines of the run whose height is nearest to middle[which]. */
static Run lines_near(Arena *a, Run r, const int *middle, int n, int which)
{
    Tok *kept = arena_new(a, Tok, (size_t)r.n + 1);
    int m = 0, best = 0;
    for (int i = 0; i < r.n; i++) {
        if (r.v[i].new_line || i == 0) {
            int y = r.v[i].at.y + r.v[i].at.h / 2;
            best = 0;
            for (int k = 1; k < n; k++)
                if (abs(y - middle[k]) < abs(y - middle[best])) best = k;
        }
        if (best == which) kept[m++] = r.v[i];
    }
    return (Run){kept, m};
}

static Row subrow(Arena *a, const Row *row, const int *middle, int n, int which)
{
    Row sub = {.row = row->row, .parted = true, .cells = row->cells};
    for (int role = 0; role < ROLE_OTHER; role++) {
        bool level = role == ROLE_LEVEL;
        sub.of[role] = level ? row->of[role] : lines_near(a, row->of[role], middle, n, which);
        sub.texts += has_letters(sub.of[role]) && !level;
        if (!level) sub.all = run_join(a, sub.all, sub.of[role]);
    }
    return sub;
}

/* ---- entries ---- */

typedef struct Reader {
    Doc *doc;
    Grid g;
    Columns *k;
    Carry *carry;
    Entries *out;
    Level above;        /* by the heading over the table */
    Level column;       /* the level column's last word */
    int first;          /* first row after the header */
    size_t first_entry; /* entries of this table begin here */
    bool continues;     /* goes on from the table before */
    bool at_top;        /* no row has been read yet */
} Reader;

/* Of its words; where none were read, of its cells. */
static Rect row_box(const Row *row, int page)
{
    return row->all.n ? run_box(row->all, page) : row->cells;
}

/* Tokens that the engine or the restorer doubts: what a seal or a stroke over the cell was read as. */
static bool all_doubtful(Run r)
{
    static const float doubt = 0.75f;
    for (int i = 0; i < r.n; i++) {
        char c[COMPACT_MOST];
        if (!r.v[i].mark && r.v[i].prob > doubt && compact(r.v[i].text, c) > 1) return false;
    }
    return true;
}

/* A level's heading and then dirt. */
static bool soiled_section(Run r, Level *level)
{
    for (int n = r.n; n > 0; n--)
        if (section_level(run_part(r, 0, n), level)) return all_doubtful(run_part(r, n, r.n - n));
    return false;
}

static bool in_sequence(const Reader *x, Run ordinal)
{
    int expected = x->carry->last_no + 1;
    return x->carry->last_no && ordinal.n && ordinal_read(&ordinal.v[0], expected) == expected;
}

/* A row without number, in a table with numbers, that begins with a level: a heading, even with dirt from a
 * seal beside it; but at the top of a page it may be the rest of a name. */
static bool unnumbered_section(const Reader *x, const Row *row, Level *level)
{
    int used;
    Run school = row->of[ROLE_SCHOOL];
    bool rest = x->at_top && x->continues;
    if (x->k->of[ROLE_ORDINAL] < 0) return false;
    if (section_level(school, level) ||
        (has_letters(row->of[ROLE_PARTNER]) && section_level(row->all, level)))
        return true; /* or both cells in one: "Cấp trung h | ọc cơ sở" */
    *level = level_prefix(school, &used);
    return *level && row->texts == 1 && !rest && !row->carried;
}

static bool is_section(Reader *x, const Row *row)
{
    Level level;
    Run school = row->of[ROLE_SCHOOL], partner = row->of[ROLE_PARTNER], ordinal = row->of[ROLE_ORDINAL];
    bool one_text = row->texts <= 1 || (row->texts == 2 && has_letters(ordinal)) || school.v == partner.v;
    if (ordinal.v != row->all.v && in_sequence(x, ordinal) && run_words(row->all) > run_words(ordinal) + 1 &&
        has_letters(partner))
        return false;
    if (!one_text || !section_level(row->all, &level)) {
        if (x->k->of[ROLE_ORDINAL] >= 0 && has_letters(ordinal) && ordinal.v != school.v) return false;
        if (!unnumbered_section(x, row, &level) &&
            (!all_doubtful(partner) || !soiled_section(school, &level)))
            return false;
    }
    x->carry->section = level;
    x->column = LEVEL_NONE;
    return true;
}

/* "12 Trường MN Hoa Mai" in one cell: the number is taken off; 0: there is none. */
static int peel_number(Row *row, int expected)
{
    Run s = row->of[ROLE_SCHOOL];
    if (s.n < 2 || !viet_is_digit((unsigned char)s.v[0].text[0])) return 0;
    int no = ordinal_read(&s.v[0], expected);
    if (!no && strspn(s.v[0].text, "0123456789")) no = atoi(s.v[0].text); /* "1ˆ" */
    if (no != 1 && (no < expected || no > expected + 3)) return 0;
    row->of[ROLE_SCHOOL] = run_part(s, 1, s.n - 1);
    return no;
}

/* The number of the row; *guessed when it stands there but was misread. */
static int number_of(Reader *x, Row *row, bool *guessed)
{
    int expected = x->carry->last_no + 1;
    Run r = row->of[ROLE_ORDINAL];
    *guessed = false;
    if (x->k->of[ROLE_ORDINAL] < 0 || (r.n && r.v == row->of[ROLE_SCHOOL].v))
        return peel_number(row, expected);
    if (!run_words(r)) return 0;
    for (int i = 0; i < r.n; i++) {
        int no = ordinal_read(&r.v[i], expected);
        if (no) return no;
    }
    *guessed = true;
    return expected;
}

static void read_level(Reader *x, const Row *row)
{
    if (x->k->of[ROLE_LEVEL] < 0) return;
    Run r = row->of[ROLE_LEVEL];
    Level level = r.n ? level_cell(r) : LEVEL_NONE;
    if (level) x->column = level;
}

static void join_to_last(Reader *x, const Row *row)
{
    Entry *e = &x->out->v[x->out->n - 1];
    e->school = run_join(&x->doc->a, e->school, row->of[ROLE_SCHOOL]);
    e->partner = run_join(&x->doc->a, e->partner, row->of[ROLE_PARTNER]);
    e->flags |= FLAG_JOINED;
    if (e->page == x->g.t->page) e->box = rect_union(e->box, row_box(row, e->page));
}

/* After a mark or two, which may be a number misread. */
static bool begins_name(Run r)
{
    enum { MOST_DIRT = 2 }; /* tokens, and letters of each */
    char c[COMPACT_MOST];
    for (int i = 0, used; i < r.n && i <= MOST_DIRT; i++) {
        if (level_prefix(run_part(r, i, r.n - i), &used) || tok_is(&r.v[i], "truong")) return true;
        if (compact(r.v[i].text, c) > MOST_DIRT) return false;
    }
    return false;
}

/* Is this the rest of the row before: of a table with numbers, a row without; of one where each name begins
 * with its level or "Trường", a row where none does. Only at the top of a page, or in a table without rules.
 */
static bool is_rest(const Reader *x, const Row *row, int no)
{
    bool top = x->at_top && x->continues, loose = x->g.t->kind != TABLE_RULED;
    if (no || !x->out->n || (!top && !loose) || (loose && !top && x->out->n == x->first_entry)) return false;
    Run s = row->of[ROLE_SCHOOL], p = row->of[ROLE_PARTNER];
    const Entry *last = &x->out->v[x->out->n - 1];
    if (!s.n || !p.n) return true;
    if (begins_name(s) && begins_name(p)) return false; /* two whole names, the number was not read */
    if (x->k->of[ROLE_ORDINAL] >= 0 || last->no) return true;
    return begins_name(last->school) && begins_name(last->partner) && !begins_name(s) && !begins_name(p);
}

/* Nothing can be made of it: a row with a number, or with ink where names stand, is kept as unread. */
static bool is_unread(const Reader *x, const Row *row, int no)
{
    bool ink = row->ink[ROLE_SCHOOL] && row->ink[ROLE_PARTNER];
    return (no > 0 && no == x->carry->last_no + 1) || (ink && row->texts == 0);
}

static void reject_row(const Reader *x, int row, Run run, Rect box, const char *why)
{
    Place place = {.page = x->g.t->page, .box = box};
    reject(x->doc, place, arena_printf(&x->doc->a, "table %d row %d", x->g.t->number, row + 1), run, why);
}

static void pass_over(const Reader *x, const Row *row)
{
    reject_row(x, row->row, row->all, row_box(row, x->g.t->page), "a name is missing, and the number too");
    if (!row->all.n || all_doubtful(row->all)) return;
    Place place = {.page = x->g.t->page, .box = row_box(row, x->g.t->page)};
    finding_add(x->doc, "passed-over", place, "table %d row %d is no pairing: '%.60s'", x->g.t->number,
                row->row + 1, run_text(&x->doc->a, row->all));
}

static void add_entry(Reader *x, Row *row)
{
    bool guessed;
    int no = number_of(x, row, &guessed);
    Run s = row->of[ROLE_SCHOOL], p = row->of[ROLE_PARTNER];
    if (!run_words(s) && !run_words(p) && !is_unread(x, row, no)) {
        reject_row(x, row->row, row->all, row->cells, "no names stand in it");
        return;
    }
    bool again = !no && row->again && row->carried;
    if (again) no = x->carry->last_no;
    if (is_rest(x, row, no)) {
        join_to_last(x, row);
        return;
    }
    if (!no && run_words(row->all) && (!has_letters(s) || !has_letters(p)) &&
        (x->k->of[ROLE_ORDINAL] >= 0 || all_doubtful(row->all))) {
        pass_over(x, row);
        return;
    }
    const Columns *k = x->k;
    Entry *e = vec_push(x->out);
    *e = (Entry){.no = no,
                 .again = again,
                 .column = x->column,
                 .section = x->carry->section ? x->carry->section : x->above,
                 .school = s,
                 .partner = p,
                 .school_style = k->school_style,
                 .partner_style = k->partner_style,
                 .parting = 1,
                 .columns = k->why,
                 .page = x->g.t->page,
                 .box = row_box(row, x->g.t->page)};
    e->school_district = k->school_district ? k->school_district : x->doc->district;
    e->partner_district = k->partner_district;
    if (row->of[ROLE_DISTRICT].n)
        e->partner_district = district_mentioned(&x->doc->a, x->doc->names, row->of[ROLE_DISTRICT]);
    e->rule = arena_printf(&x->doc->a, "table %d row %d", x->g.t->number, row->row + 1);
    if (guessed) e->flags |= FLAG_ORDINAL;
    if (row->parted) e->flags |= FLAG_COLUMNS;
    if (k->guessed) e->flags |= FLAG_COLUMNS;
    if (no) x->carry->last_no = no;
}

static void read_row(Reader *x, Row *row)
{
    read_level(x, row);
    if (is_total(row->all)) {
        reject_row(x, row->row, row->all, row_box(row, x->g.t->page), "a total");
        return;
    }
    if (row->of[ROLE_SCHOOL].n && row->of[ROLE_SCHOOL].v == row->of[ROLE_PARTNER].v) {
        if (is_section(x, row)) return;
        part_across(&x->g, row, x->k);
    }
    if (is_section(x, row))
        reject_row(x, row->row, row->all, row_box(row, x->g.t->page), "a heading; it sets the level below");
    else
        add_entry(x, row);
    if (row->texts) x->at_top = false;
}

static void read_grid_row(Reader *x, int r)
{
    int middle[MOST_SUBROWS];
    Row row = row_of(&x->g, r, x->k);
    int n = marks_of(row.of[ROLE_ORDINAL], middle);
    if (n < 2) {
        read_row(x, &row);
        return;
    }
    for (int i = 0; i < n; i++) {
        Row sub = subrow(&x->doc->a, &row, middle, n, i);
        read_row(x, &sub);
    }
}

/* ---- the table ---- */

static const char *letters_at(const Grid *g, int row, const Columns *k, int which)
{
    return letters_of(g->a, run_at_cell(g, row, k->of[which ? ROLE_PARTNER : ROLE_SCHOOL]));
}

/* The last rows above the first one; a heading of a level may come again by rights. */
static void remember_header(const Grid *g, int first, Columns *k)
{
    int from = first > MOST_HEADER_ROWS ? first - MOST_HEADER_ROWS : 0;
    Level level;
    for (int r = from; r < first; r++)
        for (int i = 0; i < 2 && !section_level(run_at_cell(g, r, k->of[ROLE_SCHOOL]), &level); i++)
            k->header[r - from][i] = letters_at(g, r, k, i);
}

/* The header once more, in the middle of a table or at the top of another page. */
static bool is_header_again(const Reader *x, int row)
{
    for (int h = 0; h < MOST_HEADER_ROWS; h++) {
        int same = 0;
        for (int i = 0; i < 2; i++) {
            const char *before = x->k->header[h][i], *now = letters_at(&x->g, row, x->k, i);
            int n = (int)strlen(before ? before : ""), most = n / 4;
            same += n && edit_distance(now, (int)strlen(now), before, n, most) <= most;
        }
        if (same == 2) return true;
    }
    return false;
}

/* One or two rows of another level between rows of one level were misread: "TH" for "THCS". */
static void smooth_levels(Entries *out, size_t first)
{
    for (size_t i = first + 1; i < out->n; i++) {
        Level before = out->v[i - 1].column;
        if (out->v[i].column == before) continue;
        for (size_t k = i + 1; k < out->n && k <= i + 2; k++)
            if (out->v[k].column == before) {
                while (i < k) out->v[i].column = before, out->v[i++].flags |= FLAG_LEVEL;
                break;
            }
    }
}

static void explain_columns(Doc *doc, Columns *k, bool header, bool carried)
{
    static const char *const roles[ROLE_OTHER] = {[ROLE_ORDINAL] = "number",
                                                  [ROLE_LEVEL] = "level",
                                                  [ROLE_SCHOOL] = "school",
                                                  [ROLE_PARTNER] = "partner",
                                                  [ROLE_DISTRICT] = "district"};
    Buf b = {0};
    for (int i = 0; i < ROLE_OTHER; i++)
        if (roles[i] && k->of[i] >= 0) buf_addf(&b, "%s%s %d", b.len ? ", " : "", roles[i], k->of[i] + 1);
    buf_addf(&b, "; %s",
             k->guessed ? "by what stands in them"
             : header   ? "by the words of the header"
             : carried  ? "as in the table before"
                        : "by what stands in them");
    k->why = arena_str(&doc->a, b.s);
    buf_release(&b);
}

/* Numbers stand where names should: the header's columns are others than the rows'. */
static bool contradicted(const Grid *g, int from, const Columns *k)
{
    return content_of(g, from, k->of[ROLE_SCHOOL]).ordinals > 0.5 ||
           content_of(g, from, k->of[ROLE_PARTNER]).ordinals > 0.5;
}

/* A head that nobody can read, above the first number; no heading of a level. */
static bool is_spoiled_head(const Grid *g, int row, const Columns *k)
{
    Run no = run_at_cell(g, row, k->of[ROLE_ORDINAL]);
    int texts = 0;
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        Level level;
        if (!cell || cell->col != c || cell->row != row) continue;
        if (section_level(cell->run, &level)) return false;
        texts += cell->run.n > 0;
    }
    return k->of[ROLE_ORDINAL] >= 0 && texts >= 2 && !(no.n && ordinal_read(&no.v[0], 0));
}

/* The columns: by its own header, by those of the table before, by content. False: it is no list of pairings.
 */
static bool settle_columns(Reader *x)
{
    Doc *doc = x->doc;
    Columns *k = arena_new(&doc->a, Columns, 1);
    int row = 0, rows = 0;
    for (; row < x->g.t->rows && row < MOST_HEADER_ROWS && !rows; row++) rows = header_rows(&x->g, row);
    const Columns *before = x->carry->columns;
    int from = rows ? row - 1 + rows : 0;
    bool same = before && before->cols == x->g.t->cols && !contradicted(&x->g, from, before);
    if (rows && columns_by_header(doc, &x->g, row - 1, rows, k)) {
        x->first = from;
        x->continues = same;
    } else if (same) {
        *k = *x->carry->columns;
        x->continues = true;
    } else if (!doc->about_twins || !columns_by_content(&x->g, from, k)) {
        return false;
    } else {
        x->first = from;
        while (x->first < x->g.t->rows && x->first < MOST_HEADER_ROWS && is_spoiled_head(&x->g, x->first, k))
            x->first++;
        if (before && k->of[ROLE_ORDINAL] >= 0)
            k->guessed = false; /* a header said: numbers, school, partner */
    }
    if (x->first) remember_header(&x->g, x->first, k);
    finish_columns(&x->g, x->first, k);
    if (doc->explain) explain_columns(doc, k, rows > 0, same);
    x->k = x->carry->columns = k;
    return true;
}

/* Whether the rows speak of schools: a level is said for a third of them at least, or a heading among them
 * says one. A table of ministries and dates whose columns were guessed does not. */
static bool are_schools(const Reader *x)
{
    size_t with = 0, n = x->out->n - x->first_entry;
    if (n && x->doc->about_twins && x->out->v[x->out->n - 1].section != x->out->v[x->first_entry].section)
        return true;
    for (size_t i = x->first_entry; i < x->out->n; i++) {
        const Entry *e = &x->out->v[i];
        int used;
        with += e->column || e->section || level_prefix(e->school, &used) || level_prefix(e->partner, &used);
    }
    return with * 3 >= n;
}

/* ---- rows that layout found no columns in ---- */

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

static void read_table(Doc *doc, const XTable *t, const Run *above, int lines_above, Carry *carry,
                       Entries *out)
{
    Reader x = {.doc = doc,
                .g = grid_of(&doc->a, t),
                .carry = carry,
                .out = out,
                .first_entry = out->n,
                .at_top = true};
    if (!settle_columns(&x)) {
        Place place = {.page = t->page, .box = t->box};
        reject(
            doc, place, arena_printf(&doc->a, "table %d", t->number), t->cells ? t->cell[0].run : (Run){0},
            "no two of its columns hold schools by their headers, and the document does not speak of twins");
        return;
    }
    if (x.continues && out->n) x.column = out->v[out->n - 1].column;
    for (int i = 0; i < lines_above && !x.above; i++) x.above = level_mentioned(above[i]);
    if (x.above) carry->section = LEVEL_NONE;
    for (int r = x.first; r < t->rows; r++)
        if (!is_header_again(&x, r))
            read_grid_row(&x, r);
        else
            reject_row(&x, r, (Run){0}, (Rect){0}, "the header once more");
    if (!are_schools(&x) && (x.k->guessed || !doc->about_twins)) {
        reject(doc, (Place){.page = t->page, .box = t->box}, arena_printf(&doc->a, "table %d", t->number),
               (Run){0}, "its rows do not speak of schools");
        out->n = x.first_entry;
    }
    if (x.k->of[ROLE_LEVEL] >= 0) smooth_levels(out, x.first_entry > 2 ? x.first_entry - 2 : 0);
}

void table_entries(Doc *doc, const XTable *t, const Run *above, int lines_above, Carry *carry, Entries *out)
{
    Seams seams;
    Grid g = grid_of(&doc->a, t);
    int whole = t->kind == TABLE_RULED ? -1 : column_of_rows(&g, &seams);
    read_table(doc, whole < 0 ? t : split_rows(&doc->a, &g, whole, &seams), above, lines_above, carry, out);
}
