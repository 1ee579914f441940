/* Lists side by side under one number, their names without levels:
 *
 *     TT  Mầm non                   Tiểu học
 *         Trường TP  Kết nghĩa với  Trường TP  Kết nghĩa với
 *     1   Ba Đình    Kỳ Tân         Lý Tự Trọng  Điền Thượng
 *
 * The header says how often, by the words of twinning in it; so many pairs stand in each numbered line. All ways to
 * part the line into as many names are weighed at once, by dynamic programming over the words: the best way is
 * taken, and its share of the sum over all ways is its probability. */
#include "extract/lines/rows.h"

#include "base/str.h"

#include <math.h>

enum { MOST_LISTS = 4, MOST_CELLS = 2 * MOST_LISTS, MOST_TOKENS = 48, MOST_NAME = 6 /* words */ };

static const double BAR = 6;         /* a cell ends at a bar */
static const double BAR_INSIDE = -6; /* or does not */
static const double SMALL = -4;      /* a name that begins with a small letter */
static const double LEAST_SURE = 0.9;
static const double MOST_SURE = 0.98;

typedef struct BesideReader {
    Flat *f;
    Known known;
    int lists;
    Level level[MOST_LISTS];
    Entries of[MOST_LISTS]; /* the rows of each list */
    int last;
} BesideReader;

/* ---- the header ---- */

static int twin_words(Run r)
{
    int n = 0, used;
    for (int i = 0; i < r.n; i++)
        if (run_word(run_part(r, i, r.n - i), WORD_TWIN, &used)) n++, i += used - 1;
    return n;
}

/* Where the words of one level end in words that are of two: 2 of "Tiểu học THCS", whose other reading is one school
 * of both. */
static int first_of_two(Run r, int used)
{
    int one, two;
    for (int k = 1; k < used; k++)
        if (!r.v[k].mark && !r.v[k - 1].mark && level_prefix(run_part(r, 0, k), &one) && one == k &&
            level_prefix(run_part(r, k, used - k), &two) && two == used - k)
            return k;
    return used;
}

int levels_beside(Run r, Level *level, int most, int *other)
{
    int n = 0, used, more;
    *other = 0;
    for (int i = 0; i < r.n && n < most; i++) {
        Run from = run_part(r, i, r.n - i);
        if (!level_prefix(from, &used)) {
            *other += !r.v[i].mark;
            continue;
        }
        used = first_of_two(from, used);
        level[n++] = level_prefix(run_part(from, 0, used), &more);
        i += used - 1;
    }
    return n;
}

/* The levels of a line that says little else, one for each list. */
static int levels_in(Run r, Level level[MOST_LISTS])
{
    enum { MOST_OTHER = 3 }; /* words */
    int other, n = levels_beside(r, level, MOST_LISTS, &other);
    return other <= MOST_OTHER ? n : 0;
}

/* A header over several lists at line i: how many, and their levels where they are said on or above it. */
static int lists_at(const FlatLine *lines, int i, Level level[MOST_LISTS])
{
    enum { MOST_HEADER = 24, REACH = 3 };
    Run r = lines[i].run;
    int n = run_words(r) <= MOST_HEADER && lines[i].kind != LINE_TITLE ? twin_words(r) : 0, words;
    if (n < 2 || n > MOST_LISTS || name_starts(r, (int[MOST_STARTS]){0}) > n) return 0;
    for (int k = 0; k < MOST_LISTS; k++) level[k] = LEVEL_NONE;
    for (int k = i - 1; k >= 0 && k >= i - REACH; k--) {
        Level found[MOST_LISTS];
        words = levels_in(lines[k].run, found);
        for (int j = 0; words == n && j < n; j++) level[j] = found[j];
        if (words == n) break;
    }
    return n;
}

/* ---- a line ---- */

typedef struct Cut {
    double best, all; /* logarithms: of the best way to here, of all ways */
    int from;
} Cut;

static double log_add(double a, double b)
{
    double most = fmax(a, b);
    return most == -INFINITY ? most : most + log(exp(a - most) + exp(b - most));
}

static double cell_worth(const BesideReader *b, Run r, int from, int to)
{
    Run cell = run_part(r, from, to - from);
    double worth = 0;
    for (int i = 0; i < cell.n; i++)
        if (cell.v[i].mark == '|') worth += i + 1 == cell.n || i == 0 ? 0 : BAR_INSIDE;
    while (cell.n && cell.v[0].mark) cell = run_part(cell, 1, cell.n - 1);
    if (!run_words(cell) || run_words(cell) > MOST_NAME || (cell.v[0].sense & SENSE_NUMERAL))
        return -INFINITY;
    if (cell.v[cell.n - 1].mark == '|') worth += BAR;
    return worth + cell_score(b->f->doc, &b->known, cell) + (tok_capital(&cell.v[0]) ? 0 : SMALL);
}

/* The run in n cells, where each ends in end[]; the probability of that way, 0: there is none. */
static double cut_cells(const BesideReader *b, Run r, int n, int end[MOST_CELLS], double *score)
{
    Cut at[MOST_CELLS + 1][MOST_TOKENS + 1];
    int most = r.n < MOST_TOKENS ? r.n : MOST_TOKENS;
    for (int k = 0; k <= n; k++)
        for (int i = 0; i <= most; i++) at[k][i] = (Cut){-INFINITY, -INFINITY, 0};
    at[0][0].best = at[0][0].all = 0;
    for (int from = 0; from < most; from++)
        for (int to = from + 1; to <= most && to <= from + 2 * MOST_NAME; to++) {
            double worth = cell_worth(b, r, from, to);
            for (int k = 0; k < n && worth > -INFINITY; k++) {
                double way = at[k][from].best + worth;
                at[k + 1][to].all = log_add(at[k + 1][to].all, at[k][from].all + worth);
                if (way > at[k + 1][to].best) at[k + 1][to].best = way, at[k + 1][to].from = from;
            }
        }
    *score = at[n][most].best;
    if (*score == -INFINITY) return 0;
    for (int k = n, i = most; k > 0; i = at[k][i].from, k--) end[k - 1] = i;
    return exp(at[n][most].best - at[n][most].all);
}

static Run cell_of(Run r, const int *end, int i)
{
    int from = i ? end[i - 1] : 0;
    Run cell = run_part(r, from, end[i] - from);
    while (cell.n && cell.v[0].mark) cell = run_part(cell, 1, cell.n - 1);
    while (cell.n && cell.v[cell.n - 1].mark && cell.v[cell.n - 1].mark != ')') cell.n--;
    return cell;
}

static void add_row(BesideReader *b, int list, int no, Run school, Run partner, double prob)
{
    Flat *f = b->f;
    Entry *e = vec_push(&b->of[list]);
    *e = (Entry){.no = no,
                 .section = b->level[list] ? b->level[list] : f->carry->section,
                 .school = school,
                 .partner = partner,
                 .rule = "row of text",
                 .text = true,
                 .parting = (float)fmin(prob, MOST_SURE),
                 .school_district = f->school_district ? f->school_district : f->doc->district,
                 .partner_district = f->partner_district,
                 .page = school.v[0].page,
                 .flags = prob < LEAST_SURE ? FLAG_PARTING : 0};
    e->box = rect_union(run_box(school, e->page), run_box(partner, e->page));
}

/* A numbered line: as many pairs as there are lists, or fewer where the last ones have ended. */
static bool take_row(BesideReader *b, const FlatLine *l)
{
    static const double LOST = -26; /* a pair that is not there */
    Run rest;
    int no = flat_ordinal(&b->f->doc->a, l->run, b->last + 1, &rest), pairs = 0, end[MOST_CELLS];
    if (no != b->last + 1 && !(no > b->last && no < b->last + 4)) return false;
    double best = -INFINITY, score, prob = 0;
    for (int n = b->lists; n > 0; n--) {
        int ends[MOST_CELLS];
        double p = cut_cells(b, rest, 2 * n, ends, &score);
        score += LOST * (b->lists - n);
        if (!p || score <= best) continue;
        best = score, prob = p, pairs = n;
        for (int i = 0; i < 2 * n; i++) end[i] = ends[i];
    }
    for (int i = 0; i < pairs; i++)
        add_row(b, i, no, cell_of(rest, end, 2 * i), cell_of(rest, end, 2 * i + 1), prob);
    b->last = no;
    return pairs > 0;
}

/* ---- the list ---- */

static void end_lists(BesideReader *b)
{
    for (int k = 0; k < b->lists; k++) {
        for (size_t i = 0; i < b->of[k].n; i++) *vec_push(b->f->out) = b->of[k].v[i];
        b->of[k].n = 0;
    }
    b->lists = 0;
}

void flat_beside(Flat *f, const FlatLine *lines, int n)
{
    BesideReader b = {.f = f};
    known_add_districts(&b.known, f->doc);
    for (int i = 0; i < n; i++) {
        Level level[MOST_LISTS];
        int lists = lists_at(lines, i, level);
        if (lists && lists != b.lists) {
            end_lists(&b);
            b.lists = lists, b.last = 0;
            for (int k = 0; k < lists; k++) b.level[k] = level[k];
        } else if (b.lists && !lists) {
            take_row(&b, &lines[i]);
        }
    }
    if (b.last) f->carry->last_no = b.last;
    end_lists(&b);
    for (int k = 0; k < MOST_LISTS; k++) vec_release(&b.of[k]);
    known_release(&b.known);
}

bool lists_beside(const FlatLine *lines, int n)
{
    Level level[MOST_LISTS];
    for (int i = 0; i < n; i++)
        if (lists_at(lines, i, level)) return true;
    return false;
}
