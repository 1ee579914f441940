/* One school and its many partners, whose cell is higher than the school's. An engine reads it line by line, and the
 * school, in the middle of its cell, stands beside one of them:
 *
 *          PTDTBT TH Ban Lien
 *          PTDTBT TH Coc Ly
 *     1 |  Truong TH Kim Dong   Truong TH Nam Khanh       the third of five partners
 *          PTDTBT TH Nam Mon
 *          Truong TH Thai Giang Pho
 *          PTDTBT TH Na Hoi
 *     2 |  Truong TH Le Van Tam Truong TH Nam Luc         the second of three
 *          PTDTBT TH Ta Cu Ty
 *
 * A line with one name between two schools is of the one above or of the one below. All are given out so that each school
 * stands as near to the middle of its partners as can be: what stands above a school less what stands below it, squared, is
 * the cost, and the cheapest way is found school by school (dynamic programming). */
#include "extract/lines/rows.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_BETWEEN = 24 }; /* lines with one name between two schools */

/* A line of the list: a school and its partner, or a partner alone. */
typedef struct ClusterLine {
    const FlatLine *line;
    Run run; /* without the number */
    int no, starts, start[MOST_STARTS];
    Level section; /* the heading above it */
} ClusterLine;

typedef VEC(ClusterLine) ClusterLines;

static bool is_school_line(const ClusterLine *l)
{
    return l->starts >= 2;
}

/* Lines with names, in order; `others`: lines that may be the rest of a name. */
static void gather(Flat *f, const FlatLine *lines, int n, ClusterLines *out, int *others)
{
    int last = 0;
    *others = 0;
    for (int i = 0; i < n; i++) {
        ClusterLine l = {.line = &lines[i], .run = lines[i].run, .section = f->carry->section};
        if (lines[i].kind == LINE_SECTION || (lines[i].kind != LINE_NAMES && lines[i].level)) {
            f->carry->section = lines[i].level;
            continue;
        }
        if (lines[i].kind != LINE_NAMES || is_contact(lines[i].run)) continue;
        Run rest;
        l.no = flat_ordinal(&f->doc->a, l.run, last + 1, &rest);
        if (l.no) l.run = rest, last = l.no;
        l.starts = name_starts(l.run, l.start);
        if (l.starts) *vec_push(out) = l;
        *others += !l.starts && out->n;
    }
}

bool has_clusters(Flat *f, const FlatLine *lines, int n)
{
    enum { LEAST = 3 };
    ClusterLines all = {0};
    Carry carry = *f->carry;
    int others, schools = 0, alone = 0, counted = 0; /* counted: lines with a number and one name */
    bool first = false;
    gather(f, lines, n, &all, &others);
    *f->carry = carry;
    for (size_t i = 0; i < all.n; i++) {
        bool school = is_school_line(&all.v[i]);
        schools += school, alone += !school, counted += !school && all.v[i].no;
        first |= !school && !schools;
    }
    vec_release(&all);
    return schools >= LEAST && alone >= LEAST && 2 * alone >= schools && 3 * others <= schools &&
           4 * counted <= alone && first;
}

/* ---- whose the lines between two schools are ---- */

static long square(int a, int b)
{
    return (long)(a - b) * (a - b);
}

/* gap[i] lines stand above school i, gap[n] below the last; above[i]: how many of gap[i] are of school i, and the rest of
 * the one before. */
static void share_out(const int *gap, int n, int *above)
{
    typedef long Costs[MOST_BETWEEN + 1];
    Costs *best = xalloc(((size_t)n + 1) * sizeof *best);
    int(*from)[MOST_BETWEEN + 1] = xalloc(((size_t)n + 1) * sizeof *from);
    for (int i = 0; i <= n; i++)
        for (int a = 0; a <= MOST_BETWEEN; a++) best[i][a] = -1;
    best[0][gap[0]] = 0; /* all above the first school are its own */
    for (int i = 0; i < n; i++)
        for (int a = 0; a <= gap[i]; a++) {
            if (best[i][a] < 0) continue;
            int most = gap[i + 1];
            for (int next = 0; next <= (i + 1 < n ? most : 0); next++) {
                long cost = best[i][a] + square(a, most - next);
                if (best[i + 1][next] < 0 || cost < best[i + 1][next])
                    best[i + 1][next] = cost, from[i + 1][next] = a;
            }
        }
    for (int i = n, a = 0; i > 0; i--) a = from[i][a], above[i - 1] = a;
    free(best);
    free(from);
}

/* ---- entries ---- */

static void add_cluster(Flat *f, const Known *known, const Layout *layout, const ClusterLine *school,
                        const ClusterLine *partner, bool again, bool sure)
{
    const XLine *x = partner->line->x;
    RowLine row[2] = {{.run = school->run, .school = school->start[0], .partner = school->start[1]}};
    int n = 1;
    if (partner != school) {
        row[0].run = run_part(school->run, 0, school->start[1]), row[0].partner = -1;
        row[n++] = (RowLine){.run = partner->run, .school = -1, .partner = partner->start[0]};
    }
    Entry *e = vec_push(f->out);
    *e = (Entry){.no = school->no,
                 .again = again,
                 .section = school->section,
                 .rule = "row of text",
                 .text = true,
                 .parting = 1,
                 .page = x->page,
                 .box = x->box,
                 .school_district = f->school_district ? f->school_district : f->doc->district,
                 .partner_district = f->partner_district ? f->partner_district : f->doc->other_district};
    weave_row(f->doc, known, layout, row, n, e);
    if (!sure) e->flags |= FLAG_PARTING;
}

static void add_entries(Flat *f, const ClusterLines *all, const Layout *layout)
{
    VEC(int) at = {0}, gap = {0}; /* the schools' lines; lines above each, and below the last */
    Known known = {0};
    known_add_districts(&known, f->doc);
    for (size_t i = 0; i < all->n; i++) {
        if (!at.n && !gap.n) *vec_push(&gap) = 0;
        if (is_school_line(&all->v[i]))
            *vec_push(&at) = (int)i, *vec_push(&gap) = 0;
        else if (gap.v[gap.n - 1] < MOST_BETWEEN)
            gap.v[gap.n - 1]++;
    }
    int n = (int)at.n, *above = xalloc(((size_t)n + 1) * sizeof *above);
    share_out(gap.v, n, above);
    for (int i = 0; i < n; i++) {
        const ClusterLine *school = &all->v[at.v[i]];
        int below = gap.v[i + 1] - (i + 1 < n ? above[i + 1] : 0);
        for (int k = -above[i]; k <= below; k++)
            add_cluster(f, &known, layout, school, school + k, k > -above[i], abs(above[i] - below) < 2);
        if (school->no) f->carry->last_no = school->no;
    }
    free(above);
    vec_release(&at);
    vec_release(&gap);
    known_release(&known);
}

void flat_clusters(Flat *f, const FlatLine *lines, int n)
{
    ClusterLines all = {0};
    int others;
    Layout layout = layout_of(f, lines, n);
    gather(f, lines, n, &all, &others);
    add_entries(f, &all, &layout);
    vec_release(&all);
}
