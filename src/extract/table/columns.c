/* A table is read by its plan: which rows are its header, which column is for what, which lists stand side by side.
 *
 *     TT | Trường | Kết nghĩa | TT | Trường | Kết nghĩa        two lists of three columns, rows 1 to 20 and 21 to 40
 *
 * Each list becomes a table of its own, left to right; a cell over several, as of a level's heading, is in all of them.
 * A table without a header may go on with the columns of the one before; one with a header never does. */
#include "extract/table/table.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

/* log-odds by which columns of two levels, or of persons before the schools, speak against twins */
static const double TWO_LEVELS = 4, OF_PERSONS = 8;
static const double LITTLE_SAID = 0.7; /* where all that is said of twins is "giao lưu" or "hỗ trợ" */

/* ---- the grid ---- */

Grid grid_of(Arena *a, const XTable *t)
{
    Grid g = {.t = t, .a = a};
    g.at = arena_alloc(a, arena_array_size((size_t)t->rows * (size_t)t->cols, sizeof(XCell *)));
    g.like_header = arena_new(a, int, (size_t)t->cols *(HEADER_LIKES + 1) + 1);
    for (int i = 0; i < t->cells; i++) {
        const XCell *c = &t->cell[i];
        for (int r = c->row; r < c->row + c->rowspan; r++)
            for (int k = c->col; k < c->col + c->colspan; k++) g.at[r * t->cols + k] = c;
    }
    return g;
}

const XCell *cell_at(const Grid *g, int row, int col)
{
    return col >= 0 && col < g->t->cols ? g->at[row * g->t->cols + col] : NULL;
}

Run run_at_cell(const Grid *g, int row, int col)
{
    const XCell *c = cell_at(g, row, col);
    return c ? c->run : (Run){0};
}

const char *row_letters(const Grid *g, int row)
{
    Buf b = {0};
    for (int c = 0; c < g->t->cols; c++) {
        const XCell *cell = cell_at(g, row, c);
        if (!cell || cell->col != c || cell->row != row) continue;
        for (int i = 0; i < cell->run.n; i++) buf_addf(&b, "%s", cell->run.v[i].letters);
    }
    const char *s = arena_str(g->a, buf_str(&b));
    buf_release(&b);
    return s;
}

/* ---- lists side by side ---- */

static const XTable *part_of(Arena *a, const XTable *t, int from, int to)
{
    XTable *part = arena_dup(a, t, sizeof *t);
    part->cols = to - from, part->cells = 0;
    part->cell = arena_new(a, XCell, (size_t)t->cells + 1);
    for (int i = 0; i < t->cells; i++) {
        XCell c = t->cell[i];
        int left = c.col > from ? c.col : from, right = c.col + c.colspan < to ? c.col + c.colspan : to;
        if (left >= right) continue;
        c.col = left - from, c.colspan = right - left;
        part->cell[part->cells++] = c;
    }
    return part;
}

/* ---- a list's columns ---- */

/* "Trường" before most names of a column is none of theirs. `places`: the column of where they are, or -1. */
static NameStyle style_of(const Grid *g, int from, int col, int places)
{
    NameStyle style = {.places = places >= 0};
    int with = 0, levels = 0, all = 0, used;
    for (int r = from; r < g->t->rows; r++) {
        Run run = run_at_cell(g, r, col);
        if (!run.n || run_is_ditto(run)) continue;
        all++;
        with += tok_word(&run.v[0], WORD_LEAD) != NULL;
        levels += !tok_word(&run.v[0], WORD_LEAD) && level_prefix(run, &used);
        numbering_add(&style.numbers, run.v[run.n - 1].text);
    }
    style.lead = with * 2 > all, style.kinds = with + levels == all;
    return style;
}

static int left_of(const Grid *g, int col)
{
    for (int r = 0; r < g->t->rows; r++) {
        const XCell *c = cell_at(g, r, col);
        if (c && c->col == col && c->colspan == 1) return c->at.x;
    }
    return g->t->at.x + g->t->at.w * col / g->t->cols;
}

static const char *letters_at(const Grid *g, int row, const Columns *k, int which)
{
    char text[COMPACT_MOST];
    int n = compact_run(run_at_cell(g, row, k->of[which ? ROLE_PARTNER : ROLE_SCHOOL]), false, text);
    return arena_strn(g->a, text, (size_t)n);
}

/* The last rows above the first one; a heading of a level may come again by rights. */
static void remember_header(const Grid *g, int first, Columns *k)
{
    int from = first > MOST_HEADER_ROWS ? first - MOST_HEADER_ROWS : 0;
    Level level;
    for (int r = from; r < first; r++)
        for (int i = 0; i < 2; i++)
            if (!header_title(g, r) || !section_level(run_at_cell(g, r, k->of[ROLE_SCHOOL]), &level))
                k->header[r - from][i] = letters_at(g, r, k, i);
}

/* What the words over school and partner add. */
static void take_header(const Clues *clues, Columns *k)
{
    const Header *school = &clues[k->of[ROLE_SCHOOL]].header.said,
                 *partner = &clues[k->of[ROLE_PARTNER]].header.said;
    k->level = school->level ? school->level : partner->level;
    k->school_district = school->district, k->partner_district = partner->district;
    k->schools = school->schools || partner->schools;
    for (int i = 0; i < 2; i++) {
        int col = k->of[i ? ROLE_PARTNER_DISTRICT : ROLE_DISTRICT];
        k->bare_district[i] = col >= 0 && clues[col].header.said.kind == HEADER_DISTRICT;
    }
}

/* Of two columns of places, does the second say districts rather? "Xã | Huyện" */
static bool says_districts(const Clues *first, const Clues *second)
{
    bool one = first->header.said.kind == HEADER_DISTRICT, two = second->header.said.kind == HEADER_DISTRICT;
    return one != two ? two : second->is.districts > first->is.districts;
}

/* Of the list in the columns from `from` on of a table whose part `g` is. */
static Columns *columns_of(const Grid *g, int from, int first, const Roles *roles, const Clues *clues)
{
    Columns *k = arena_new(g->a, Columns, 1);
    *k = (Columns){.cols = g->t->cols, .prob = roles->prob};
    for (int i = 0; i < ROLE_OTHER; i++) k->of[i] = -1;
    for (int c = 0; c < g->t->cols && from + c < roles->cols; c++) {
        Role role = roles->of[from + c];
        if (role == ROLE_OTHER || role == ROLE_NONE) continue;
        if (role == ROLE_PARTNER && k->partners < MOST_PARTNERS) k->partner[k->partners++] = c;
        bool place = role == ROLE_DISTRICT || role == ROLE_PARTNER_DISTRICT;
        if (k->of[role] < 0 || (place && says_districts(&clues[from + k->of[role]], &clues[from + c])))
            k->of[role] = c;
    }
    if (k->of[ROLE_SCHOOL] < 0 || k->of[ROLE_PARTNER] < 0) return NULL;
    take_header(clues + from, k);
    if (first) remember_header(g, first, k);
    k->school_style = style_of(g, first, k->of[ROLE_SCHOOL], k->of[ROLE_DISTRICT]);
    k->partner_style = style_of(g, first, k->of[ROLE_PARTNER], k->of[ROLE_PARTNER_DISTRICT]);
    int w = g->t->at.w > 0 ? g->t->at.w : 1;
    k->middle = (left_of(g, k->of[ROLE_PARTNER]) - g->t->at.x) * 1000 / w;
    return k;
}

/* What the header of the table before said of the columns that go on. */
static void inherit(Columns *k, const Columns *before)
{
    k->school_district = before->school_district, k->partner_district = before->partner_district;
    k->level = before->level, k->schools = before->schools;
    memcpy(k->bare_district, before->bare_district, sizeof k->bare_district);
    memcpy(k->header, before->header, sizeof k->header);
}

/* "number 1, school 2, partner 3; by the words of the header" */
static const char *explained(Arena *a, const Columns *k, const TablePlan *plan, bool said,
                             const char *evidence)
{
    static const char *const names[ROLE_OTHER] = {
        [ROLE_ORDINAL] = "number",    [ROLE_LEVEL] = "level",
        [ROLE_SCHOOL] = "school",     [ROLE_PARTNER] = "partner",
        [ROLE_DISTRICT] = "district", [ROLE_PARTNER_DISTRICT] = "partner's district"};
    Buf b = {0};
    for (int i = 0; i < ROLE_OTHER; i++)
        if (names[i] && k->of[i] >= 0) buf_addf(&b, "%s%s %d", b.len ? ", " : "", names[i], k->of[i] + 1);
    for (int i = 1; i < k->partners; i++) buf_addf(&b, ", partner %d", k->partner[i] + 1);
    buf_addf(&b, "; %s; %s; %.3f", evidence,
             said              ? "as you say"
             : plan->header    ? "by the words of the header"
             : plan->continues ? "as in the table before"
                               : "by what stands in them",
             k->prob);
    const char *s = arena_str(a, b.s);
    buf_release(&b);
    return s;
}

/* ---- the plan ---- */

static bool same_roles(const Roles *a, const Roles *b)
{
    if (!a || a->cols != b->cols) return false;
    for (int c = 0; c < a->cols; c++) {
        bool names = a->of[c] == ROLE_SCHOOL || a->of[c] == ROLE_PARTNER || b->of[c] == ROLE_SCHOOL ||
                     b->of[c] == ROLE_PARTNER;
        if (names && a->of[c] != b->of[c]) return false;
    }
    return true;
}

/* Do the lowest header cells of the two columns say the same? */
static bool same_header(const HeaderPath *a, const HeaderPath *b)
{
    char one[COMPACT_MOST], two[COMPACT_MOST];
    if (!a->lowest || !b->lowest || a->lowest == b->lowest) return a->lowest && a->lowest == b->lowest;
    compact_run(a->lowest->run, false, one), compact_run(b->lowest->run, false, two);
    return str_eq(one, two);
}

/* "Trường 2", "Trường 3": the same words, and a number that is one more. */
static bool counts_header_on(const HeaderPath *a, const HeaderPath *b)
{
    if (!a->lowest || !b->lowest || a->lowest == b->lowest) return false;
    Run one = a->lowest->run, two = b->lowest->run;
    if (one.n != two.n || one.n < 2) return false;
    for (int i = 0; i + 1 < one.n; i++)
        if (!str_eq(one.v[i].letters, two.v[i].letters) || one.v[i].mark != two.v[i].mark) return false;
    int first = str_int(one.v[one.n - 1].text);
    return first > 0 && str_int(two.v[two.n - 1].text) == first + 1;
}

static void gather_clues(Doc *doc, const Grid *g, const HeaderRows *h, const Roles *before, Clues *out)
{
    Level last = LEVEL_NONE;
    for (int c = 0; c < g->t->cols && c < MOST_COLS; c++) {
        out[c].is = column_profile(doc, g, h->first + h->n, c);
        if (h->n) out[c].header = header_path(doc, g, h, c);
        Level level = out[c].header.said.level;
        out[c].other_level = level && last && level != last;
        if (level) last = level;
        out[c].counted_on = c && counts_header_on(&out[c - 1].header, &out[c].header);
        for (int i = 0; i < c && !out[c].repeats; i++)
            out[c].repeats = same_header(&out[i].header, &out[c].header);
        if (before) out[c].before = before->of[c];
    }
}

/* Are two columns of schools said to be of two districts? */
static bool of_two_districts(const Clues *clues, int cols)
{
    const char *one = NULL;
    for (int c = 0; c < cols; c++) {
        const char *district = clues[c].header.said.district;
        if (!district || profile_names(&clues[c].is) < 0.5) continue;
        if (one && !str_eq(one, district)) return true;
        one = district;
    }
    return false;
}

/* Primary schools beside lower secondary ones, in every row: they send them their pupils. */
static bool of_two_levels(const Clues *clues, const Roles *roles)
{
    const Profile *school = NULL;
    for (int c = 0; c < roles->cols; c++) {
        const Profile *is = &clues[c].is;
        if (roles->of[c] == ROLE_SCHOOL) school = is;
        if (roles->of[c] != ROLE_PARTNER || !school || school->levels_differ || is->levels_differ) continue;
        if (!levels_agree(school->level, is->level)) return true;
    }
    return false;
}

/* Persons stand before the schools: teachers, where they work and where they help. In a list of schools heads and their
 * telephones stand behind. */
static bool of_persons(const Clues *clues, const Roles *roles)
{
    for (int c = 0; c < roles->cols && roles->of[c] != ROLE_SCHOOL && roles->of[c] != ROLE_PARTNER; c++) {
        const Clues *k = &clues[c];
        bool names = k->header.said.kind == HEADER_OTHER && profile_names(&k->is) > 0.5;
        if (roles->of[c] == ROLE_OTHER && (names || k->is.share[CELL_PERSON] > 0.5)) return true;
    }
    return false;
}

/* The header says whom it puts beside whom, though not what for. */
static double beside_score(const Clues *clues, int cols)
{
    static const double tells = 2.5;
    return of_two_districts(clues, cols) || roles_two_sides(clues, cols) ? tells : 0;
}

/* A column of schools that is for nothing, in a table whose rows are read: names are lost. */
static void tell_left_out(Doc *doc, const XTable *t, const Clues *clues, const Roles *roles)
{
    for (int c = 0; c < roles->cols; c++) {
        const Profile *is = &clues[c].is;
        double names = profile_names(is), text = 1 - is->share[CELL_EMPTY];
        bool schools = is->share[CELL_SCHOOL] * 2 > text ||
                       (clues[c].header.said.kind == HEADER_SCHOOL && names * 2 > text);
        if (roles->of[c] != ROLE_OTHER || text <= 0 || !schools) continue;
        finding_add(doc, "passed-over", (Place){.page = t->page, .box = t->box},
                    "column %d of table %d names schools, but its pairings were made without it; if they "
                    "belong to them, say what its %d columns hold, with --columns",
                    c + 1, t->number, roles->cols);
    }
}

static int most_twins(const Doc *doc, Evidence header, Evidence heading)
{
    Evidence all = header;
    evidence_add(&all, heading), evidence_add(&all, doc->title);
    return all.twins;
}

const char *table_plan(Doc *doc, const XTable *t, Evidence over, Carry *carry, TablePlan *out)
{
    Grid g = grid_of(&doc->a, t);
    Clues *clues = arena_new(&doc->a, Clues, MOST_COLS);
    Roles *roles = arena_new(&doc->a, Roles, 1);
    HeaderRows h = header_rows(doc, &g);
    int cols = t->cols < MOST_COLS ? t->cols : MOST_COLS;
    bool goes_on = !h.n && carry->roles && carry->roles->cols == cols;
    evidence_add(&h.evidence, over);
    if (h.n && h.first + h.n >= t->rows) { /* a header cut off from its rows, which may be the next table */
        evidence_add(&carry->heading, h.evidence);
        return "there are no rows under its header";
    }
    double evidence = evidence_log_odds(doc, h.evidence, carry->heading);
    if (goes_on && carry->roles->evidence > evidence) evidence = carry->roles->evidence;
    if (doc->explain)
        reject(doc, (Place){.page = t->page, .box = t->box}, arena_printf(&doc->a, "table %d", t->number),
               (Run){0}, evidence_explained(doc, h.evidence, carry->heading, &doc->a));
    gather_clues(doc, &g, &h, goes_on ? carry->roles : NULL, clues);
    bool said = doc->said && doc->said->cols == cols;
    if (!said && !evidence_for_twins(doc, h.evidence, carry->heading) && !of_two_districts(clues, cols))
        return "no words tell that it is about twins";
    evidence += beside_score(clues, cols);
    if (said) *roles = *doc->said, roles->evidence = evidence, doc->said_fits = true;
    bool found = said || roles_find(clues, cols, evidence, roles);
    if (found && !said && of_two_levels(clues, roles))
        found = roles_find(clues, cols, evidence - TWO_LEVELS, roles);
    if (found && !said && of_persons(clues, roles))
        found = roles_find(clues, cols, evidence - OF_PERSONS, roles);
    bool weak =
        !h.evidence.twins && !carry->heading.twins && !doc->title.twins; /* a sentence speaks of twins */
    if (weak && !said) roles->prob /= 1 + exp(-evidence);
    if (!said && !weak && most_twins(doc, h.evidence, carry->heading) < 2) roles->prob *= LITTLE_SAID;
    if (!found)
        return evidence < 0 ? "no words tell that it is about twins" : "no two of its columns hold schools";
    if (!said) tell_left_out(doc, t, clues, roles);
    *out = (TablePlan){.groups = roles->groups, .first = h.first + h.n, .header = h.n > 0, .said = said};
    out->continues = same_roles(carry->roles, roles) && carry->groups == roles->groups;
    for (int i = 0; i < roles->groups; i++) {
        int from = roles->from[i], to = roles->from[i + 1];
        out->part[i] = roles->groups > 1 ? part_of(&doc->a, t, from, to) : t;
        Grid part = grid_of(&doc->a, out->part[i]);
        if (!h.n && !out->continues)
            while (out->first < t->rows && out->first < MOST_HEADER_ROWS && i == 0 &&
                   columns_spoiled_head(&part, out->first, columns_of(&part, from, 0, roles, clues)))
                out->first++;
        out->columns[i] = columns_of(&part, from, out->first, roles, clues);
        if (!out->columns[i]) return "no two of its columns hold schools";
        if (out->continues && !h.n) inherit(out->columns[i], carry->columns[i]);
        carry->columns[i] = out->columns[i];
        if (doc->explain)
            out->columns[i]->why = explained(&doc->a, out->columns[i], out, said,
                                             evidence_explained(doc, h.evidence, carry->heading, &doc->a));
    }
    carry->roles = roles, carry->groups = roles->groups;
    return NULL;
}

/* ---- heads ---- */

bool columns_spoiled_head(const Grid *g, int row, const Columns *k)
{
    if (!k) return false;
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

bool columns_header_again(const Grid *g, const Columns *k, int row)
{
    for (int h = 0; h < MOST_HEADER_ROWS; h++) {
        int same = 0;
        for (int i = 0; i < 2; i++) {
            const char *before = k->header[h][i], *now = letters_at(g, row, k, i);
            int n = (int)strlen(before ? before : ""), most = n / 4;
            same += n && edit_distance(now, (int)strlen(now), before, n, most) <= most;
        }
        if (same == 2) return true;
    }
    return false;
}
