/* Cells side by side, each broken over lines, come as lines that run through all of them:
 *
 *     4  Trường Mầm non Đông | Trường Mầm non Điền   Xã Lũng Niêm,
 *        Thọ Trung huyện Bá Thước
 *
 * The words of a level tell where a cell begins, "xã" and "huyện" where the column of places does. What goes on in
 * the second line is cut everywhere, "Thọ | Trung" and "Thọ Trung |" and "| Thọ Trung", and the two names are scored
 * that come of it: "Đông Thọ" and "Điền Trung" are in the lists, "Đông Thọ Trung" is not. A bracket that a line leaves
 * open closes in the same cell. */
#include "extract/lines/rows.h"

#include "base/str.h"

#include <math.h>
#include <string.h>

enum { MOST_PLACES = 24 /* of a cut in one line */ };

static const double BAR = 6;        /* the cut is at a bar */
static const double WHOLE = 1;      /* a line that goes on is of one cell */
static const double ALONE = 2;      /* and white space stands above it */
static const double BRACKETS = -8;  /* that do not close in their cell */
static const double DROPPED = -6;   /* words of a line that are of no cell */
static const double PERSON = 6;     /* behind the partner, in a list that has them */
static const double SMALL = -3;     /* a small letter begins what goes on */
static const float LEFT_OFF = 0.7f; /* that words left off were of no name */
static const double LEAST_SURE = 0.9;
static const double MOST_SURE = 0.98;

/* A line with the places where the school's part may end. */
typedef struct Woven {
    Run run, place;                               /* place: what stands in the columns behind the names */
    int from;                                     /* the school's part begins here */
    int cut[MOST_PLACES], end[MOST_PLACES], cuts; /* and where the partner's part may */
    double score[MOST_PLACES];
    int partner; /* the partner's part begins here; -1: at the cut */
    bool lost;   /* what stands behind the cut is of no cell: the partner begins on a later line */
} Woven;

typedef struct Weave {
    Doc *doc;
    const Known *known;
    const Layout *layout;
    Woven line[MOST_ROW_LINES];
    int lines;
    int at[MOST_ROW_LINES], best[MOST_ROW_LINES];
    double best_score, sum; /* sum of exp(score - best_score) */
} Weave;

/* ---- the column of places ---- */

static bool is_name_start(Run r, int i, int *used)
{
    return !r.v[i].mark && level_prefix(run_part(r, i, r.n - i), used);
}

/* "Mầm non đi Cung" on a line of its own: a capital was read as a small letter. */
static bool is_small_start(Run r, int i, int end)
{
    enum { MOST = 6 };
    bool capital = false;
    for (int k = end + 1; k < r.n; k++) capital = capital || (!r.v[k].mark && tok_capital(&r.v[k]));
    return i == 0 && capital && run_words(r) <= MOST && tok_capital(&r.v[0]) && end < r.n && !r.v[end].mark;
}

int name_starts(Run r, int start[MOST_STARTS])
{
    int n = 0, depth = 0, used, unit;
    for (int i = 0; i < r.n && n < MOST_STARTS; i++) {
        depth += r.v[i].mark == '(';
        depth -= r.v[i].mark == ')' && depth > 0;
        if (depth || !is_name_start(r, i, &used)) continue;
        char before = i ? r.v[i - 1].mark : 0;
        int end = i + used;
        bool goes_on = run_words(run_part(r, 0, i)) > 0 &&
                       (before == ',' || before == '+' || tok_word(&r.v[i - 1], WORD_AND)),
             name = end == r.n || r.v[end].mark == '|' || (!r.v[end].mark && tok_capital(&r.v[end])) ||
                    unit_word(run_part(r, end, r.n - end), &unit) || is_small_start(r, i, end);
        if (!goes_on && name) start[n++] = i;
        i = end - 1;
    }
    return n;
}

int place_start(Run r, int from, bool at_once)
{
    int depth = 0, used;
    for (int i = 0; i < r.n; i++) {
        depth += r.v[i].mark == '(';
        depth -= r.v[i].mark == ')' && depth > 0;
        if (i < from || (from && !at_once && i == from) || depth || r.v[i].mark) continue;
        if (i && r.v[i - 1].mark && strchr(",-(", r.v[i - 1].mark)) continue;
        if (!unit_word(run_part(r, i, r.n - i), &used)) continue;
        if (i + used < r.n ? tok_capital(&r.v[i + used]) : i + used == r.n) return i;
    }
    return r.n;
}

bool is_person_to_end(Run r, int from)
{
    int n = r.n - from;
    for (int i = from; i < r.n; i++)
        if (r.v[i].mark || !tok_capital(&r.v[i])) return false;
    return n >= 2 && n <= 4 && tok_word(&r.v[from], WORD_SURNAME);
}

/* The words at the end of a line that go on with "huyện", where the line before left it. */
static int place_rest(const Weave *w, Run r, Run before)
{
    int used, unit = 0;
    for (int i = before.n - 1; i >= 0 && i >= before.n - 2 && !unit; i--)
        if (unit_word(run_part(before, i, before.n - i), &used) && i + used == before.n) unit = 1;
    if (!unit) return r.n;
    for (int i = 0; i < r.n; i++) {
        const char *name = district_name(&w->doc->a, w->doc->names, run_part(r, i, r.n - i), false, &used);
        if (name && i + used == r.n) return i;
    }
    return r.n;
}

/* Where the second bar behind the partner's words stands, with words behind it. */
static int third_column(const RowLine *l, Run r, int from)
{
    bool seen = l->partner >= 0;
    for (int i = from; i < r.n; i++) {
        if (r.v[i].mark != '|' || !run_words(run_part(r, 0, i))) continue;
        if (seen && run_words(run_part(r, i, r.n - i))) return i;
        seen = true;
    }
    return r.n;
}

/* Takes the column behind the names off a line. */
static void take_place(Weave *w, int i, const RowLine *l, bool more)
{
    Run r = l->run;
    int used = 0, last = l->partner >= 0 ? l->partner : l->school, from = 0, end = r.n;
    if (last >= 0) level_prefix(run_part(r, last, r.n - last), &used), from = last + used;
    if (w->layout->places) end = place_start(r, from, more);
    for (int k = i - 1; k >= 0 && end == r.n && w->layout->places; k--) {
        if (!w->line[k].place.n) continue;
        end = place_rest(w, r, w->line[k].place);
        break;
    }
    int third = w->layout->bars || w->layout->persons ? third_column(l, r, from) : r.n;
    if (third < end) end = third;
    w->line[i].run = run_part(r, 0, end);
    w->line[i].place = run_part(r, end, r.n - end);
}

/* ---- where a line may be cut ---- */

static void add_cut_to(Woven *x, int at, int end, double score)
{
    for (int i = 0; i < x->cuts; i++)
        if (x->cut[i] == at && x->end[i] == end) return;
    if (x->cuts == MOST_PLACES) return;
    x->cut[x->cuts] = at;
    x->end[x->cuts] = end;
    x->score[x->cuts++] = score;
}

static void add_cut(Woven *x, int at, double score)
{
    add_cut_to(x, at, x->run.n, score);
}

/* Each of the cuts once more with a person's name behind. */
static void add_persons(Woven *x, int from)
{
    for (int k = x->cuts - 1; k >= 0; k--)
        for (int i = x->run.n - 4; i < x->run.n - 1; i++)
            if (i >= x->cut[k] && i >= from && is_person_to_end(x->run, i))
                add_cut_to(x, x->cut[k], i, x->score[k] + PERSON);
}

static bool has_words(Run r, int from, int to)
{
    return to > from && run_words(run_part(r, from, to - from)) > 0;
}

/* The bar before the partner's words, with a word or two of dirt between, or the code; else where they begin. */
static int before_partner(const Weave *w, Run r, int from, int partner)
{
    enum { MOST_DIRT = 2 };
    for (int i = partner - 1; i > from && i >= partner - 1 - MOST_DIRT; i--)
        if (r.v[i].mark == '|' && has_words(r, from, i)) return i;
    return partner - (partner - 1 > from && layout_code(w->layout, &r.v[partner - 1]));
}

static void cut_at_bars(Woven *x, int from)
{
    for (int i = from; i < x->run.n; i++)
        if (x->run.v[i].mark == '|' && has_words(x->run, i, x->run.n)) add_cut(x, i, BAR);
}

/* A line that goes on with cells above. */
static void cut_anywhere(Woven *x, int from, bool apart)
{
    Run r = x->run;
    double whole = WHOLE + (apart ? ALONE : 0);
    cut_at_bars(x, from);
    bool bar = x->cuts > 0;
    add_cut(x, r.n, whole);
    if (!from) add_cut(x, 0, whole);
    for (int i = from + (from == 0); i < r.n; i++) {
        if (r.v[i].mark || bar) continue;
        char before = r.v[i - 1].mark;
        if (before && before != ')' && before != '-' && before != '|') continue;
        add_cut(x, i, tok_capital(&r.v[i]) || !*r.v[i].text ? 0 : SMALL);
    }
}

static void cut_line(Weave *w, int i, const RowLine *l, bool school, bool partner, bool later)
{
    Woven *x = &w->line[i];
    int used = 0, from = 0;
    x->partner = -1;
    if (l->school >= 0) {
        x->from = l->school;
        level_prefix(run_part(x->run, l->school, x->run.n - l->school), &used);
        from = l->school + used;
    }
    if (l->partner >= 0 && l->partner < x->run.n) {
        int cut = before_partner(w, x->run, from, l->partner);
        if (l->school < 0 && !school && l->above) x->from = cut;
        add_cut(x, cut, 0);
        if (cut == l->partner && !tok_word(&x->run.v[cut], WORD_LEAD) && tok_is_lead(&x->run.v[cut]))
            add_cut(x, cut + 1, 0); /* "Hướng Dương MN": a "Trường" misread, or of the name */
        x->partner = l->partner;
        level_prefix(run_part(x->run, l->partner, x->run.n - l->partner), &used);
        if (w->layout->persons) add_persons(x, l->partner + used + 1);
        return;
    }
    bool begun = school || l->school >= 0;
    if (begun && !partner) { /* the partner comes on a later line, or its words were misread */
        if (!later) cut_at_bars(x, from);
        if (later || !x->cuts) add_cut(x, x->run.n, 0);
        if (l->apart && l->school < 0) add_cut_to(x, 0, 0, DROPPED);
        x->lost = later;
        for (int k = from + 1; later && l->school >= 0 && k < x->run.n; k++)
            if (!x->run.v[k].mark) add_cut(x, k, DROPPED);
    } else {
        cut_anywhere(x, from, l->apart);
        if (l->apart && !from) add_cut_to(x, 0, 0, DROPPED);
        if (w->layout->persons) add_persons(x, from);
    }
}

/* ---- the likeliest cuts ---- */

static int open_brackets(Run r)
{
    int n = 0;
    for (int i = 0; i < r.n; i++) n += (r.v[i].mark == '(') - (r.v[i].mark == ')');
    return n < 0 ? -n : n;
}

/* Without marks at its end that are of no name, and without the code of the cell behind it. */
static Run without_dirt(Run r)
{
    while (r.n) {
        const Tok *t = &r.v[r.n - 1];
        bool joins = t->mark && strchr("),;", t->mark);
        if (joins || !(t->mark || t->sense & SENSE_DIRT)) break;
        r.n--;
    }
    return r;
}

/* What a closed bracket holds, without the word of its unit: "Nhân Hòa" of "(xã Nhân Hòa)". */
static Run in_brackets(Run r)
{
    int from = 0, to = 0, used;
    for (int i = 0; i < r.n && !to; i++) {
        if (r.v[i].mark == '(') from = i + 1;
        if (r.v[i].mark == ')' && from) to = i;
    }
    Run in = run_part(r, from, to - from);
    return unit_word(in, &used) ? run_part(in, used, in.n - used) : in;
}

static Run school_part(const Woven *x, int cut)
{
    return without_dirt(run_part(x->run, x->from, x->cut[cut] - x->from));
}

static Run partner_part(const Woven *x, int cut)
{
    int at = x->partner > x->cut[cut] ? x->partner : x->cut[cut];
    if (at < x->run.n && x->run.v[at].mark == '|') at++;
    return x->lost ? (Run){0} : without_dirt(run_part(x->run, at, x->end[cut] - at));
}

static void cells_of(const Weave *w, Arena *a, const int *at, Run *school, Run *partner)
{
    *school = *partner = (Run){0};
    for (int i = 0; i < w->lines; i++) {
        *school = run_join(a, *school, school_part(&w->line[i], at[i]));
        *partner = run_join(a, *partner, partner_part(&w->line[i], at[i]));
    }
}

/* Where the name goes on below the line's end, that end says nothing: "Hoa Phượng" is not a name and a ward. */
static void mend_ends(const Weave *w, Run cell)
{
    static const double MARGIN = 4; /* a name that is longer is rarer */
    int to;
    for (int i = 1; i < cell.n; i = to) {
        for (to = i + 1; to < cell.n && !cell.v[to].new_line;) to++;
        if (!cell.v[i].new_line || cell.v[i].mark) continue;
        double whole = cell_score(w->doc, w->known, run_part(cell, 0, to));
        if (whole >= cell_score(w->doc, w->known, run_part(cell, 0, i)) - MARGIN)
            cell.v[i].new_line = cell.v[i].broke = false;
    }
    run_forget(cell);
}

static void weigh(Weave *w)
{
    Arena tmp = {0};
    Run school, partner;
    cells_of(w, &tmp, w->at, &school, &partner);
    double score = cell_score(w->doc, w->known, school) + cell_score(w->doc, w->known, partner);
    Run place = in_brackets(partner);
    if (place.n) score += cell_score(w->doc, w->known, place);
    score += BRACKETS * (open_brackets(school) + open_brackets(partner));
    for (int i = 0; i < w->lines; i++) score += w->line[i].score[w->at[i]];
    arena_release(&tmp);
    if (score > w->best_score) {
        w->sum = w->sum * exp(w->best_score - score) + 1;
        w->best_score = score;
        memcpy(w->best, w->at, sizeof w->at);
    } else {
        w->sum += exp(score - w->best_score);
    }
}

/* All cuts of the lines from i on; with too many lines that are open, one after another. */
static void try_cuts(Weave *w, int i)
{
    if (i == w->lines) {
        weigh(w);
        return;
    }
    for (int k = 0; k < w->line[i].cuts; k++) {
        w->at[i] = k;
        try_cuts(w, i + 1);
    }
}

static double ways(const Weave *w)
{
    double n = 1;
    for (int i = 0; i < w->lines; i++) n *= w->line[i].cuts;
    return n;
}

/* ---- the row ---- */

static void take_districts(Weave *w, Entry *e)
{
    Run place = {0};
    for (int i = 0; i < w->lines; i++) place = run_join(&w->doc->a, place, w->line[i].place);
    const char *district = place.n ? district_mentioned(&w->doc->a, w->doc->names, place) : NULL;
    if (district) e->partner_district = district;
}

/* Small words at a cell's end are dirt or of a column of notes, if the name is not likelier with them: "Cát Dài
 * chee". What is left off may have been of the name: the row says so. */
static Run without_small(const Weave *w, Run cell, Entry *e)
{
    int n = cell.n;
    while (n > 1 && !cell.v[n - 1].mark && !tok_capital(&cell.v[n - 1]) && cell.v[n - 1].text[0]) n--;
    Run less = without_dirt(run_part(cell, 0, n));
    if (n == cell.n || !run_words(less) ||
        cell_score(w->doc, w->known, cell) >= cell_score(w->doc, w->known, less))
        return cell;
    if (!w->layout->notes) e->parting = fminf(e->parting, LEFT_OFF);
    return less;
}

static bool weave_sentence(Doc *doc, const RowLine *line, int n, Entry *e)
{
    Run all = {0};
    for (int i = 0; i < n; i++) all = run_join(&doc->a, all, line[i].run);
    for (int i = 1; i < all.n; i++) all.v[i].new_line = all.v[i].broke = false;
    run_forget(all);
    return part_sentence(all, e);
}

void weave_row(Doc *doc, const Known *known, const Layout *layout, const RowLine *line, int n, Entry *e)
{
    enum { MOST_WAYS = 4000 };
    Weave w = {.doc = doc, .known = known, .layout = layout, .best_score = -INFINITY};
    bool school = false, partner = false;
    int partner_line = -1;
    if (layout->sentences && weave_sentence(doc, line, n, e)) return;
    for (int i = 0; i < n; i++)
        if (line[i].partner >= 0 && partner_line < 0) partner_line = i;
    for (; w.lines < n && w.lines < MOST_ROW_LINES && ways(&w) < MOST_WAYS; w.lines++) {
        const RowLine *l = &line[w.lines];
        take_place(&w, w.lines, l, w.lines + 1 < n);
        cut_line(&w, w.lines, l, school, partner, w.lines < partner_line);
        school = school || l->school >= 0;
        partner = partner || l->partner >= 0 || (partner_line < 0 && w.line[w.lines].cuts > 1);
    }
    try_cuts(&w, 0);
    if (!w.lines || w.best_score == -INFINITY) return;
    cells_of(&w, &doc->a, w.best, &e->school, &e->partner);
    if (w.lines > 1) mend_ends(&w, e->school), mend_ends(&w, e->partner);
    e->school = without_small(&w, e->school, e);
    e->partner = without_small(&w, e->partner, e);
    if (layout->notes) e->partner = without_notes(doc, e->partner, true);
    take_districts(&w, e);
    if (ways(&w) > 1) e->parting = fminf(e->parting, (float)fmin(1 / w.sum, MOST_SURE));
    if (e->parting < LEAST_SURE) e->flags |= FLAG_PARTING;
}
