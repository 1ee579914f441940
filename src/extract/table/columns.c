/* "STT | Trường quận Cầu Giấy | Đơn vị kết nghĩa | Ghi chú" is ordinal, school, partner, other: by words that
 * headers have, with a few letters misread. Where no header says it, shares decide: a column of numbers, one
 * of levels, the first two of names. */
#include "extract/table/table.h"

#include "base/str.h"
#include "base/viet.h"

#include <string.h>

/* A name's own prefix makes "Trường Mầm non Hoa Mai" look like a header: a header names no level. */
static bool names_a_school(Run r)
{
    int used;
    return level_prefix(r, &used) && used < r.n;
}

/* ---- the grid ---- */

Grid grid_of(Arena *a, const XTable *t)
{
    Grid g = {t, arena_alloc(a, arena_array_size((size_t)t->rows * (size_t)t->cols, sizeof(XCell *))), a};
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

/* ---- columns ---- */

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

int header_rows(const Grid *g, int row)
{
    int end = row;
    if (!is_header_row(g, row)) return 0;
    for (int r = row; r <= end && r < g->t->rows; r++)
        for (int c = 0; c < g->t->cols; c++) {
            const XCell *cell = cell_at(g, r, c);
            bool tall = cell && r == row && cell->run.n; /* an empty one, between two lists, says nothing */
            if (tall && cell->row + cell->rowspan - 1 > end) end = cell->row + cell->rowspan - 1;
        }
    while (end + 1 < g->t->rows && end - row + 1 < MOST_HEADER_ROWS && is_header_row(g, end + 1)) end++;
    return end - row + 1;
}

Run header_run(const Grid *g, int row, int rows, int col)
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

/* Its number may stand before it: "12 Trường MN Hoa Mai". */
static bool looks_like_name(Run r)
{
    int words = run_words(r);
    if (words > 2 && !r.v[0].mark && ordinal_read(&r.v[0], 0)) r = run_part(r, 1, r.n - 1), words--;
    return words >= 1 && words <= 14 && r.n && tok_capital(&r.v[0]) && !ordinal_read(&r.v[0], 0);
}

Content content_of(const Grid *g, int from, int col)
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

bool columns_by_header(Doc *doc, const Grid *g, int row, int rows, Columns *k)
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
    k->level = level_mentioned(header_run(g, row, rows, k->of[ROLE_SCHOOL]));
    k->school_district =
        district_mentioned(&doc->a, doc->names, header_run(g, row, rows, k->of[ROLE_SCHOOL]));
    k->partner_district =
        district_mentioned(&doc->a, doc->names, header_run(g, row, rows, k->of[ROLE_PARTNER]));
    return true;
}

bool columns_by_content(const Grid *g, int from, Columns *k)
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
    NameStyle style = {0};
    int with = 0, all = 0;
    for (int r = from; r < g->t->rows; r++) {
        Run run = run_at_cell(g, r, col);
        if (!run.n) continue;
        all++;
        with += tok_word(&run.v[0], WORD_LEAD) != NULL;
        numbering_add(&style.numbers, run.v[run.n - 1].text);
    }
    style.lead = with * 2 > all;
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

void columns_explain(Doc *doc, Columns *k, bool header, bool carried)
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

bool columns_contradicted(const Grid *g, int from, const Columns *k)
{
    return content_of(g, from, k->of[ROLE_SCHOOL]).ordinals > 0.5 ||
           content_of(g, from, k->of[ROLE_PARTNER]).ordinals > 0.5;
}

bool columns_spoiled_head(const Grid *g, int row, const Columns *k)
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

/* ---- the header again ---- */

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

void columns_finish(const Grid *g, int from, Columns *k)
{
    if (from) remember_header(g, from, k);
    k->school_style = style_of(g, from, k->of[ROLE_SCHOOL]);
    k->partner_style = style_of(g, from, k->of[ROLE_PARTNER]);
    int w = g->t->at.w > 0 ? g->t->at.w : 1;
    k->middle = (left_of(g, k->of[ROLE_PARTNER]) - g->t->at.x) * 1000 / w;
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
