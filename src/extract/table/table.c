/* Tables to entries.
 *
 *   1. The top rows that name columns are the header: "STT | Trường quận Cầu Giấy | Đơn vị kết nghĩa |
 *      Ghi chú" is ordinal, school, partner, other. A table without one takes the columns of the table before
 *      it, or they are told by what stands in them.
 *   2. A row whose one text is a level ("TIỂU HỌC", "B | Cấp tiểu học") sets the level of the rows below.
 *   3. Every other row with a name is an entry. A row without number under a table that has numbers is the
 *      rest of the row above, cut by the end of the page.
 *   4. Where a rule was lost and one row of the grid holds the numbers 5 and 6, it is parted by their
 *      heights.
 */
#include "extract/table/table.h"

#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_SUBROWS = 64 };

static const double SURE_COLUMNS = 0.9; /* below it a person is asked to look */

/* One row: what stands under each role. */
typedef struct TableRow {
    Run of[ROLE_OTHER];
    Run all;              /* everything in the row, left to right */
    Rect cells;           /* as scanned; of the cells that begin in it */
    bool ink[ROLE_OTHER]; /* something stands there, read or not */
    int texts;            /* cells with text */
    int row;              /* of the grid */
    bool parted;
    bool carried;            /* a name's cell reaches down from the row above */
    bool again;              /* and so does the number's */
    Run more[MOST_PARTNERS]; /* what stands in the other columns of partners */
} TableRow;

/* ---- rows ---- */

static bool is_empty(const TableRow *row, Role role)
{
    return !row->ink[role] && !run_words(row->of[role]);
}

/* Letters or digits, not the dirt that a seal leaves. */
static bool has_letters(Run r)
{
    char text[COMPACT_MOST];
    return compact_run(r, false, text) > 0;
}

static void add_to_row(const Grid *g, TableRow *row, const Columns *k, const XCell *c)
{
    row->all = run_join(g->a, row->all, c->run);
    row->texts += has_letters(c->run);
    row->cells = rect_union(row->cells, c->box);
    for (int role = 0; role < ROLE_OTHER; role++)
        if (k->of[role] >= c->col && k->of[role] < c->col + c->colspan)
            row->of[role] = c->run, row->ink[role] = !c->blank;
    for (int i = 1; i < k->partners; i++)
        if (k->partner[i] >= c->col && k->partner[i] < c->col + c->colspan &&
            c->run.v != row->of[ROLE_PARTNER].v)
            row->more[i] = c->run;
}

/* One cell over both names: a rule between them was lost; its words are parted where the column begins
 * elsewhere. */
static void part_across(const Grid *g, TableRow *row, const Columns *k)
{
    Run both = row->of[ROLE_SCHOOL];
    int middle = g->t->at.x + g->t->at.w * k->middle / 1000, n = 0;
    Tok *sorted = arena_dup(g->a, both.v, (size_t)both.n * sizeof(Tok));
    for (int i = 0; i < both.n; i++)
        if (both.v[i].at.x + both.v[i].at.w / 2 < middle) sorted[n++] = both.v[i];
    int m = n;
    for (int i = 0; i < both.n; i++)
        if (both.v[i].at.x + both.v[i].at.w / 2 >= middle) sorted[m++] = both.v[i];
    run_forget((Run){sorted, both.n});
    row->of[ROLE_SCHOOL] = (Run){sorted, n};
    row->of[ROLE_PARTNER] = (Run){sorted + n, both.n - n};
    row->parted = true;
}

static void carry_down(TableRow *row, Role role, Run run)
{
    row->again |= role == ROLE_ORDINAL;
    row->carried |= role == ROLE_SCHOOL || role == ROLE_PARTNER;
    if (role != ROLE_ORDINAL) row->of[role] = run;
}

static TableRow row_of(const Grid *g, int r, const Columns *k)
{
    TableRow row = {.row = r};
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, r, c);
        if (!cell || cell->col != c) continue;
        if (cell->row == r)
            add_to_row(g, &row, k, cell);
        else /* it reaches down from above: what it says holds here too */
            for (int role = 0; role < ROLE_OTHER; role++)
                if (k->of[role] >= c && k->of[role] < c + cell->colspan)
                    carry_down(&row, (Role)role, cell->run);
        for (int i = 1; cell->row < r && i < k->partners; i++)
            if (k->partner[i] >= c && k->partner[i] < c + cell->colspan) row.more[i] = cell->run;
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
    run_forget((Run){kept, m});
    return (Run){kept, m};
}

static TableRow subrow(Arena *a, const TableRow *row, const int *middle, int n, int which)
{
    TableRow sub = {.row = row->row, .parted = true, .cells = row->cells};
    for (int role = 0; role < ROLE_OTHER; role++) {
        bool level = role == ROLE_LEVEL;
        sub.of[role] = level ? row->of[role] : lines_near(a, row->of[role], middle, n, which);
        sub.texts += has_letters(sub.of[role]) && !level;
        if (!level) sub.all = run_join(a, sub.all, sub.of[role]);
    }
    return sub;
}

/* ---- entries ---- */

typedef struct TableReader {
    Doc *doc;
    Grid g;
    Columns *k;
    Carry *carry;
    Entries *out;
    Level above;          /* by the heading over the table */
    Level column;         /* the level column's last word */
    bool column_sure;     /* and it was typed, or read well */
    int first;            /* first row after the header */
    size_t first_entry;   /* entries of this table begin here */
    Run last[ROLE_OTHER]; /* what the row above has, dittos filled in */
    bool continues;       /* goes on from the table before */
    bool at_top;          /* no row has been read yet */
} TableReader;

/* Of its words; where none were read, of its cells. */
static Rect row_box(const TableRow *row, int page)
{
    return row->all.n ? run_box(row->all, page) : row->cells;
}

/* Tokens that the engine or the restorer doubts: what a seal or a stroke over the cell was read as. */
static bool all_doubtful(Run r)
{
    static const float doubt = 0.75f;
    for (int i = 0; i < r.n; i++) {
        if (!r.v[i].mark && r.v[i].prob > doubt && strlen(r.v[i].letters) > 1) return false;
    }
    return true;
}

/* A level's heading and then dirt. */
static bool misread_section(Run r, Level *level)
{
    for (int n = r.n; n > 0; n--)
        if (section_level(run_part(r, 0, n), level)) return all_doubtful(run_part(r, n, r.n - n));
    return false;
}

static bool in_sequence(const TableReader *x, Run ordinal)
{
    int expected = x->carry->last_no + 1;
    return x->carry->last_no && ordinal.n && ordinal_read(&ordinal.v[0], expected) == expected;
}

/* A row without number, in a table with numbers, that begins with a level: a heading, even with dirt from a
 * seal beside it; but at the top of a page it may be the rest of a name. */
static bool unnumbered_section(const TableReader *x, const TableRow *row, Level *level)
{
    int used;
    Run school = row->of[ROLE_SCHOOL];
    bool rest = x->at_top && x->continues;
    if (x->k->of[ROLE_ORDINAL] < 0 || row->carried) return false;
    if (section_level(school, level) ||
        (has_letters(row->of[ROLE_PARTNER]) && section_level(row->all, level)))
        return true; /* or both cells in one: "Cấp trung h | ọc cơ sở" */
    *level = school.n && school.v[0].typed ? LEVEL_NONE : level_prefix(school, &used);
    return *level && row->texts == 1 && !rest && !row->carried;
}

static bool is_section(TableReader *x, const TableRow *row)
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
            (!all_doubtful(partner) || !misread_section(school, &level)))
            return false;
    }
    x->carry->section = level;
    x->column = LEVEL_NONE;
    return true;
}

/* "12 Trường MN Hoa Mai" in one cell: the number is taken off; 0: there is none. */
static int peel_number(TableRow *row, int expected)
{
    Run s = row->of[ROLE_SCHOOL];
    if (s.n < 2 || !viet_is_digit((unsigned char)s.v[0].text[0]) || s.v[0].sense & SENSE_DAY) return 0;
    int no = ordinal_read(&s.v[0], expected);
    if (!no && strspn(s.v[0].text, "0123456789")) no = str_int(s.v[0].text); /* "1ˆ" */
    if (no != 1 && (no < expected || no > expected + 3)) return 0;
    row->of[ROLE_SCHOOL] = run_part(s, 1, s.n - 1);
    return no;
}

/* The number of the row; *guessed when it stands there but was misread. */
static int number_of(TableReader *x, TableRow *row, bool *guessed)
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

static bool read_well(Run r)
{
    static const float well = 0.9f;
    for (int i = 0; i < r.n; i++)
        if (!r.v[i].mark && !r.v[i].typed && r.v[i].prob < well) return false;
    return true;
}

static void read_level(TableReader *x, const TableRow *row)
{
    if (x->k->of[ROLE_LEVEL] < 0) return;
    Run r = row->of[ROLE_LEVEL];
    Level level = r.n ? level_cell(r) : LEVEL_NONE;
    if (level) x->column = level, x->column_sure = read_well(r);
}

static void join_to_last(TableReader *x, const TableRow *row)
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
    for (int i = 0, used; i < r.n && i <= MOST_DIRT; i++) {
        if (level_prefix(run_part(r, i, r.n - i), &used) || tok_word(&r.v[i], WORD_LEAD)) return true;
        if (strlen(r.v[i].letters) > MOST_DIRT) return false;
    }
    return false;
}

/* Is this the rest of the row before: of a table with numbers, a row without; of one where each name begins
 * with its level or "Trường", a row where none does. Only at the top of a page, or in a table without rules.
 */
static bool is_rest(const TableReader *x, const TableRow *row, int no)
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
static bool is_unread(const TableReader *x, const TableRow *row, int no)
{
    bool ink = row->ink[ROLE_SCHOOL] && row->ink[ROLE_PARTNER];
    return (no > 0 && no == x->carry->last_no + 1) || (ink && row->texts == 0);
}

static const char *row_named(const TableReader *x, int row)
{
    return arena_printf(&x->doc->a, "table %d row %d", x->g.t->number, x->g.t->above + row + 1);
}

static void reject_row(const TableReader *x, int row, Run run, Rect box, const char *why)
{
    Place place = {.page = x->g.t->page, .box = box};
    reject(x->doc, place, row_named(x, row), run, why);
}

static void pass_over(const TableReader *x, const TableRow *row)
{
    reject_row(x, row->row, row->all, row_box(row, x->g.t->page), "a name is missing, and the number too");
    if (!row->all.n || all_doubtful(row->all)) return;
    Place place = {.page = x->g.t->page, .box = row_box(row, x->g.t->page)};
    finding_add(x->doc, "passed-over", place, "table %d row %d is no pairing: '%.60s'", x->g.t->number,
                x->g.t->above + row->row + 1, run_text(&x->doc->a, row->all));
}

/* The district in a cell: "huyện Bá Thước", or bare, under a header that says so. */
static const char *district_cell(Doc *doc, Run r, bool bare)
{
    int used;
    const char *name = r.n ? district_mentioned(&doc->a, doc->names, r) : NULL;
    if (name || !r.n || unit_word(r, &used) == UNIT_WARD) return name;
    if (!bare && viet_is_digit((unsigned char)r.v[0].text[0])) return NULL; /* a house's number */
    unit_word(r, &used);
    return district_name(&doc->a, doc->names, run_part(r, used, r.n - used), bare, &used);
}

/* What the row says of where its schools are, else what the header, the title and the letterhead do. */
static void take_districts(const TableReader *x, const TableRow *row, Entry *e)
{
    Doc *doc = x->doc;
    const Columns *k = x->k;
    const char *school = district_cell(doc, row->of[ROLE_DISTRICT], k->bare_district[0]),
               *partner = district_cell(doc, row->of[ROLE_PARTNER_DISTRICT], k->bare_district[1]);
    e->school_district = school ? school : k->school_district ? k->school_district : doc->district;
    e->partner_district = partner ? partner : k->partner_district ? k->partner_district : doc->other_district;
}

/* Another of those that the row above has in `role`: a partner of its school, or a school of its partner. The other cell
 * and the number's are empty. Word's own merging is told by the cells. */
static bool is_more_of_above(const TableReader *x, const TableRow *row, Role role)
{
    Role other = role == ROLE_SCHOOL ? ROLE_PARTNER : ROLE_SCHOOL;
    bool number = x->k->of[ROLE_ORDINAL] >= 0 && !is_empty(row, ROLE_ORDINAL);
    return run_words(row->of[role]) && !run_is_ditto(row->of[role]) && !number && is_empty(row, other) &&
           !row->carried && x->out->n > x->first_entry && !x->at_top && x->g.t->kind == TABLE_RULED;
}

/* Fills what the row above has for the side, and for its place. */
static Run take_from_above(TableReader *x, TableRow *row, Role name, Role place)
{
    row->of[name] = x->last[name];
    row->again = row->carried = true;
    if (!row->of[place].n) row->of[place] = x->last[place];
    if (!row->of[ROLE_LEVEL].n) row->of[ROLE_LEVEL] = x->last[ROLE_LEVEL];
    return row->of[name];
}

static void add_entry(TableReader *x, TableRow *row)
{
    bool guessed;
    int no = number_of(x, row, &guessed);
    Run s = row->of[ROLE_SCHOOL], p = row->of[ROLE_PARTNER];
    if (!run_words(s) && !run_words(p) && !is_unread(x, row, no)) {
        reject_row(x, row->row, row->all, row->cells, "no names stand in it");
        return;
    }
    if (is_more_of_above(x, row, ROLE_PARTNER)) s = take_from_above(x, row, ROLE_SCHOOL, ROLE_DISTRICT);
    if (is_more_of_above(x, row, ROLE_SCHOOL))
        p = take_from_above(x, row, ROLE_PARTNER, ROLE_PARTNER_DISTRICT);
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
                 .column_sure = x->column_sure,
                 .section = x->carry->section ? x->carry->section : x->above,
                 .title = x->doc->level,
                 .school = s,
                 .partner = p,
                 .school_style = k->school_style,
                 .partner_style = k->partner_style,
                 .parting = 1,
                 .form = (float)k->prob,
                 .columns = k->why,
                 .page = x->g.t->page,
                 .box = row_box(row, x->g.t->page)};
    take_districts(x, row, e);
    e->rule = row_named(x, row->row);
    if (guessed) e->flags |= FLAG_ORDINAL;
    if (row->parted || k->prob < SURE_COLUMNS) e->flags |= FLAG_COLUMNS;
    if (no) x->carry->last_no = no;
}

/* "nt" in a cell stands for what the row above has there. */
static void read_dittos(TableReader *x, TableRow *row)
{
    for (int role = ROLE_LEVEL; role < ROLE_OTHER; role++) {
        if (run_is_ditto(row->of[role]) && x->last[role].n)
            carry_down(row, (Role)role, x->last[role]);
        else if (run_words(row->of[role]))
            x->last[role] = row->of[role];
    }
    row->again |= row->carried && x->k->of[ROLE_ORDINAL] >= 0 && is_empty(row, ROLE_ORDINAL);
}

/* One entry for each column of partners in which something stands. */
static void add_entries(TableReader *x, TableRow *row)
{
    size_t before = x->out->n;
    add_entry(x, row);
    for (int i = 1; i < x->k->partners && x->out->n > before; i++) {
        if (!run_words(row->more[i])) continue;
        Entry e = x->out->v[before];
        e.partner = row->more[i], e.again = true;
        *vec_push(x->out) = e;
    }
}

static void read_row(TableReader *x, TableRow *row)
{
    read_level(x, row);
    read_dittos(x, row);
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
        add_entries(x, row);
    if (row->texts) x->at_top = false;
}

static void read_grid_row(TableReader *x, int r)
{
    int middle[MOST_SUBROWS];
    TableRow row = row_of(&x->g, r, x->k);
    int n = marks_of(row.of[ROLE_ORDINAL], middle);
    if (n < 2) {
        read_row(x, &row);
        return;
    }
    for (int i = 0; i < n; i++) {
        TableRow sub = subrow(&x->doc->a, &row, middle, n, i);
        read_row(x, &sub);
    }
}

/* ---- the table ---- */

/* One or two rows of another level between rows of one level were misread: "TH" for "THCS". What was typed or read well
 * is what stands there. */
static void smooth_levels(Entries *out, size_t first)
{
    for (size_t i = first + 1; i < out->n; i++) {
        Level before = out->v[i - 1].column;
        if (out->v[i].column == before || out->v[i].column_sure) continue;
        for (size_t k = i + 1; k < out->n && k <= i + 2; k++)
            if (out->v[k].column == before) {
                while (i < k) out->v[i].column = before, out->v[i++].flags |= FLAG_LEVEL;
                break;
            }
    }
}

/* Whether the rows speak of schools: a level is said for a third of them at least, or the header or a heading says
 * it. A list of communes and their offices does not. */
static bool are_schools(const TableReader *x)
{
    size_t with = 0, n = x->out->n - x->first_entry;
    if (x->k->schools || x->above || (n && x->out->v[x->out->n - 1].section)) return true;
    for (size_t i = x->first_entry; i < x->out->n; i++) {
        const Entry *e = &x->out->v[i];
        with += e->column || e->section || level_mentioned(e->school) || level_mentioned(e->partner);
    }
    return with * 3 >= n;
}

/* What is over a list. */
typedef struct Above {
    Level level;  /* one that the lines name, or LEVEL_NONE */
    bool schools; /* they speak of schools */
} Above;

static void read_list(Doc *doc, const TablePlan *plan, int which, const Above *above, Carry *carry,
                      Entries *out)
{
    TableReader x = {.doc = doc,
                     .g = grid_of(&doc->a, plan->part[which]),
                     .k = plan->columns[which],
                     .carry = carry,
                     .out = out,
                     .first = plan->first,
                     .first_entry = out->n,
                     .continues = plan->continues,
                     .at_top = true};
    const XTable *t = x.g.t;
    if (x.continues && out->n) x.column = out->v[out->n - 1].column;
    x.above = x.k->level ? x.k->level : above->level;
    if (x.above) carry->section = LEVEL_NONE;
    for (int r = x.first; r < t->rows; r++)
        if (!columns_header_again(&x.g, x.k, r))
            read_grid_row(&x, r);
        else
            reject_row(&x, r, (Run){0}, (Rect){0}, "the header once more");
    bool said_above = above->schools || (doc->about_schools && carry->heading.twins); /* not the letterhead */
    if (!plan->said && !said_above && !are_schools(&x)) {
        reject(doc, (Place){.page = t->page, .box = t->box}, arena_printf(&doc->a, "table %d", t->number),
               (Run){0}, "its rows do not speak of schools");
        out->n = x.first_entry;
    }
    if (x.k->of[ROLE_LEVEL] >= 0) smooth_levels(out, x.first_entry > 2 ? x.first_entry - 2 : 0);
}

/* "Danh sách các trường": do the lines speak of schools? */
static Above read_above(const Run *lines, int n)
{
    Above above = {0};
    for (int i = 0; i < n; i++) {
        if (!above.level) above.level = level_mentioned(lines[i]);
        for (int k = 0; k < lines[i].n; k++) above.schools |= tok_word(&lines[i].v[k], WORD_LEAD) != NULL;
    }
    return above;
}

/* A table of a document about twins that holds schools and gives nothing is said. */
static void tell_passed(Doc *doc, const XTable *t, const char *why)
{
    Place place = {.page = t->page, .box = t->box};
    reject(doc, place, arena_printf(&doc->a, "table %d", t->number), t->cells ? t->cell[0].run : (Run){0},
           why);
    if (!doc->about_twins || t->rows < 3) return;
    int schools = 0;
    for (int i = 0; i < t->cells; i++) schools += cell_kind(t->cell[i].run) == CELL_SCHOOL;
    if (schools < t->rows) return; /* as many as it has rows: two columns of them, about */
    finding_add(doc, "passed-over", place,
                "table %d holds schools, but no pairing was made of it: %s; if it is a list of twins, say "
                "what its %d "
                "columns hold, with --columns",
                t->number, why, t->cols);
}

static void read_one(Doc *doc, const XTable *t, Evidence header, const Run *above, int lines_above,
                     Carry *carry, Entries *out)
{
    TablePlan plan;
    Above over = read_above(above, lines_above);
    const char *why = table_plan(doc, t, header, carry, &plan);
    if (why) {
        tell_passed(doc, t, why);
        return;
    }
    for (int i = 0; i < plan.groups; i++) read_list(doc, &plan, i, &over, carry, out);
}

void table_entries(Doc *doc, const XTable *given, const Run *above, int lines_above, Carry *carry,
                   Entries *out)
{
    HeadingKind heading = evidence_of_heading(above, lines_above, &carry->heading);
    const XTable *whole = table_of_whole_rows(doc, given); /* each line is a row, and is parted as one */
    if (whole) {
        Grid g = grid_of(&doc->a, given);
        read_one(doc, whole, header_rows(doc, &g).evidence, above, lines_above, carry, out);
    } else {
        const XTable *t = table_upright(doc, table_joined(doc, given));
        int from[MOST_STACKED + 1], n = table_stacked(doc, t, from);
        for (int i = 0; i < n; i++) {
            const XTable *part = n > 1 ? table_rows(&doc->a, t, from[i], from[i + 1]) : t;
            read_one(doc, table_of_couples(doc, part, carry), (Evidence){0}, above, lines_above, carry, out);
        }
    }
    if (heading == HEADING_INTRODUCES && carry->heading.against > carry->heading.twins)
        carry->heading = (Evidence){0};
}
