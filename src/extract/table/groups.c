/* To save paper a list may stand twice side by side, "TT | Trường | Kết nghĩa | TT | Trường | Kết nghĩa",
 * rows 1 to 20 in the left three columns and 21 to 40 in the right three. Where the header names numbers or
 * schools again after a school and a partner, another group begins; each becomes a table, left to right. A
 * cell over several groups, as of a level's heading, is in all of them. */
#include "extract/table/table.h"

/* By the header; false where there is none. */
static bool find_groups(const Grid *g, Groups *k)
{
    int row = 0, rows = 0;
    bool school = false, partner = false;
    const XCell *before = NULL;
    for (; row < g->t->rows && row < MOST_HEADER_ROWS && !rows; row++) rows = header_rows(g, row);
    *k = (Groups){.n = 1};
    for (int c = 0; rows && c < g->t->cols; c++) {
        const XCell *head = cell_at(g, row - 1, c);
        Role role = head == before ? ROLE_NONE : header_role(header_run(g, row - 1, rows, c));
        bool begins = (role == ROLE_ORDINAL || role == ROLE_SCHOOL) && school && partner;
        if (begins && k->n < MOST_GROUPS) k->from[k->n++] = c, school = partner = false;
        school |= role == ROLE_SCHOOL, partner |= role == ROLE_PARTNER;
        before = head;
    }
    if (!school || !partner) k->n = 1;
    k->from[k->n] = g->t->cols;
    return rows > 0;
}

static XTable *group(Arena *a, const XTable *t, int from, int to)
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

int table_groups(Doc *doc, const XTable *t, Carry *carry, const XTable *part[MOST_GROUPS])
{
    Groups *k = arena_new(&doc->a, Groups, 1);
    Grid g = grid_of(&doc->a, t);
    bool header = find_groups(&g, k),
         same = carry->groups && carry->groups->from[carry->groups->n] == t->cols;
    if (!header && same) k = carry->groups;
    if (header) carry->groups = k;
    part[0] = t;
    for (int i = 0; k->n > 1 && i < k->n; i++) part[i] = group(&doc->a, t, k->from[i], k->from[i + 1]);
    return k->n;
}
