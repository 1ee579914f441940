/* Which column is for what, decided of all columns together. In
 *
 *     TT | Tên trường | Quận   | Tên trường | Huyện
 *     1  | MN Bưởi    | Tây Hồ | MN Bắc Phú | Sóc Sơn
 *
 * each column alone could be several things: the second and the fourth are schools or partners, the third is a district
 * of either, or a name. A way gives each column a role, from left to right; its score adds up
 *
 *   - how well what stands in the column fits the role (`fits`, natural logarithms of probabilities of a cell's kind),
 *   - how well the words over it do (header_score()),
 *   - and how common it is that this role comes here (enter()): one school and its partners make a list, after which
 *     another may begin, and a district commonly stands behind its school.
 *
 * The best way is found column by column over the states (role, school seen, partner seen, a list done), Viterbi's
 * algorithm; the sum over all ways (forward algorithm) tells how likely the best one is. It is weighed against the table
 * being of something else, where each column is what it is by itself; the words about twins decide between the two. */
#include "extract/table/table.h"

#include <math.h>

static const double UNFIT = -1e9;

/* ---- one column ---- */

/* ln P(kind of cell | role), about. */
static const float fits[ROLE_OTHER + 1][CELL_KINDS] = {
    /*                      empty number level school name  unit person contact amount text ditto */
    [ROLE_NONE] = {0},
    [ROLE_ORDINAL] = {-1.2f, 0, -5, -6, -5, -6, -6, -6, -2, -6, -2},
    [ROLE_LEVEL] = {-0.7f, -5, 0, -4, -4, -6, -6, -6, -6, -4, -0.7f},
    [ROLE_SCHOOL] = {-1.4f, -4, -3, 0, -0.4f, -2, -2.6f, -5, -4, -3, -1},
    [ROLE_PARTNER] = {-1.4f, -4, -3, 0, -0.4f, -2, -2.6f, -5, -4, -3, -1},
    [ROLE_DISTRICT] = {-0.9f, -2.5f, -6, -5, -0.9f, 0, -3, -5, -5, -2, -0.7f},
    [ROLE_PARTNER_DISTRICT] = {-0.9f, -2.5f, -6, -5, -0.9f, 0, -3, -5, -5, -2, -0.7f},
    [ROLE_OTHER] = {-0.5f, -1.5f, -2, -2.5f, -1.8f, -1.2f, -0.3f, -0.2f, -0.3f, -0.4f, -0.7f},
};

/* Cells of one column are alike, so that ten do not tell ten times as much as one. */
static double content_score(const Profile *k, Role role)
{
    static const double most = 5, half = 1;
    double sum = 0;
    for (int i = 0; i < CELL_KINDS; i++) sum += k->share[i] * (double)fits[role][i];
    return most * sum * k->n / (k->n + half);
}

static bool is_place(Role role)
{
    return role == ROLE_DISTRICT || role == ROLE_PARTNER_DISTRICT;
}

static bool is_name(Role role)
{
    return role == ROLE_SCHOOL || role == ROLE_PARTNER;
}

/* What the words over a column add that say what it holds. */
static double kind_score(const HeaderPath *h, Role role)
{
    bool name = is_name(role), place = is_place(role), other = role == ROLE_OTHER;
    switch (h->said.kind) {
    case HEADER_ORDINAL: return role == ROLE_ORDINAL ? 4 : other ? -1 : -4;
    case HEADER_LEVEL: return role == ROLE_LEVEL ? 4 : other ? -1 : -4;
    case HEADER_SCHOOL: return name ? 3 : other ? -1.5 : place ? -3 : -4;
    case HEADER_DISTRICT:
    case HEADER_PLACE: return place ? 3 : other ? 0 : -4;
    case HEADER_OTHER:
        return other ? 4 : place ? -4 : -20; /* "Buôn kết nghĩa", however much it is about twins */
    default: break;
    }
    if (h->said.known) return name ? 1 : other ? -0.5 : -1;
    return h->text ? (name || place ? -0.7 : other ? 0.7 : -1) : 0;
}

/* What the words add that say on which side of the pairing it stands. */
static double side_score(HeaderSide side, Role role)
{
    bool second = role == ROLE_PARTNER || role == ROLE_PARTNER_DISTRICT;
    if (!is_name(role) && !is_place(role)) return 0;
    switch (side) {
    case HEADER_SECOND: return second ? 4 : -4;
    case HEADER_FIRST: return second ? -1 : 1.5;
    case HEADER_RELATED: return second ? 3.5 : -3.5;
    default: return 0;
    }
}

static double header_score(const HeaderPath *h, Role role)
{
    static const double shared = 0.4; /* of a header that stands over other columns too */
    double score = kind_score(h, role) * (h->shared ? shared : 1);
    return score + side_score(h->said.side, role);
}

static double column_score(const Clues *k, Role role)
{
    static const double as_before = 3;
    double score = content_score(&k->is, role) + header_score(&k->header, role);
    return score + (k->before && k->before == role ? as_before : 0);
}

/* Of a table that is not a list of twins: whatever the column is by itself, schools among them. `first`: rows may be
 * counted in it. */
static double alone_score(const Clues *k, bool first)
{
    double best = UNFIT;
    for (int role = first ? ROLE_ORDINAL : ROLE_LEVEL; role <= ROLE_OTHER; role++) {
        double score = content_score(&k->is, (Role)role) + kind_score(&k->header, (Role)role);
        if (score > best) best = score;
    }
    return best;
}

/* ---- columns in a row ---- */

/* Where a way stands after some columns. */
typedef struct WayState {
    Role role;
    bool school, partner; /* of the list that is open */
    bool done;            /* a list was whole before it */
} WayState;

enum { STATES = (ROLE_OTHER + 1) * 8 };

static int number_of(WayState s)
{
    return ((int)s.role << 3) | s.school << 2 | s.partner << 1 | (int)s.done;
}

static WayState state_of(int number)
{
    return (WayState){(Role)(number >> 3), number & 4, number & 2, number & 1};
}

/* The state after one more column of the role, and what the step costs; `begins`: it begins another list. */
static WayState enter(WayState from, Role role, bool begins, double *score)
{
    WayState to = {role, from.school, from.partner, from.done};
    bool whole = from.school && from.partner;
    *score = 0;
    if (begins) {
        if (!whole || is_place(role) || role == ROLE_OTHER || role == ROLE_PARTNER) return *score = UNFIT, to;
        to.school = to.partner = false, to.done = true;
        *score = role == ROLE_ORDINAL ? -0.5 : role == ROLE_LEVEL ? -2 : -1.5;
        to.school = role == ROLE_SCHOOL;
        return to;
    }
    switch (role) {
    case ROLE_ORDINAL: *score = from.school || from.partner ? -4 : from.role == ROLE_ORDINAL ? -2 : 0; break;
    case ROLE_LEVEL: *score = from.role == ROLE_LEVEL ? -2 : -0.2; break;
    case ROLE_SCHOOL:
        *score = from.school ? UNFIT : from.partner ? -2 : 0;
        to.school = true;
        break;
    case ROLE_PARTNER:
        *score = whole || from.partner ? -1.5 : from.school ? 0 : -2;
        to.partner = true;
        break;
    case ROLE_DISTRICT: *score = from.school && !from.partner ? 0 : from.school ? -1.5 : -0.5; break;
    case ROLE_PARTNER_DISTRICT: *score = from.partner ? 0 : -2.5; break;
    default: break;
    }
    return to;
}

static bool may_end(WayState s)
{
    return (s.school && s.partner) || (s.done && !s.school && !s.partner);
}

static double log_add(double a, double b)
{
    double most = a > b ? a : b;
    return most <= UNFIT ? UNFIT : most + log(exp(a - most) + exp(b - most));
}

/* Best and summed scores of the ways to each state, and where the best came from: the state and whether a list began. */
typedef struct Trellis {
    double best[MOST_COLS + 1][STATES], sum[MOST_COLS + 1][STATES];
    short from[MOST_COLS + 1][STATES];
    bool begins[MOST_COLS + 1][STATES];
} Trellis;

/* Over the columns another level is said than before: "Mầm non" over two, then "Tiểu học" over two. Else a second list has
 * the headers of the first. */
static double begin_score(const Clues *k, Role role, bool begins)
{
    static const double tells = 2, other_header = 3;
    if (k->other_level) return begins ? tells : is_name(role) ? -tells : 0;
    return begins && k->header.text && !k->repeats ? -other_header : 0;
}

/* Columns that their headers count are of one kind, though few rows have a third partner. */
static double counted_score(const Clues *k, Role last, Role role)
{
    static const double same = 3;
    if (!k->counted_on) return 0;
    return role == last ? same : -same;
}

static void step(Trellis *t, int c, int from, Role role, bool begins, double column)
{
    double cost;
    int to = number_of(enter(state_of(from), role, begins, &cost));
    if (cost <= UNFIT) return;
    double best = t->best[c][from] + cost + column;
    t->sum[c + 1][to] = log_add(t->sum[c + 1][to], t->sum[c][from] + cost + column);
    if (best > t->best[c + 1][to])
        t->best[c + 1][to] = best, t->from[c + 1][to] = (short)from, t->begins[c + 1][to] = begins;
}

/* Only ways whose columns of schools and partners are those of `as`, unless it is NULL. */
static bool may_be(const Roles *as, int c, Role role)
{
    return !as || as->of[c] == role || (!is_name(as->of[c]) && !is_name(role));
}

static void fill(Trellis *t, const Clues *clues, int cols, const Roles *as)
{
    for (int c = 0; c <= cols; c++)
        for (int s = 0; s < STATES; s++) t->best[c][s] = t->sum[c][s] = UNFIT;
    t->best[0][0] = t->sum[0][0] = 0;
    for (int c = 0; c < cols; c++)
        for (int role = ROLE_ORDINAL; role <= ROLE_OTHER; role++) {
            if (!may_be(as, c, (Role)role)) continue;
            double fit = column_score(&clues[c], (Role)role);
            for (int s = 0; s < STATES; s++)
                if (t->best[c][s] > UNFIT) {
                    double column = fit + counted_score(&clues[c], state_of(s).role, (Role)role);
                    step(t, c, s, (Role)role, false, column + begin_score(&clues[c], (Role)role, false));
                    step(t, c, s, (Role)role, true, column + begin_score(&clues[c], (Role)role, true));
                }
        }
}

/* What begins behind the last list and holds no school is none: "... | Kết nghĩa | Số buổi | Kinh phí". */
static void drop_empty_list(Roles *r)
{
    int from = r->from[r->groups - 1];
    for (int c = from; c < r->cols; c++)
        if (is_name(r->of[c])) return;
    if (r->groups < 2) return;
    for (int c = from; c < r->cols; c++) r->of[c] = ROLE_OTHER;
    r->from[--r->groups] = r->cols;
}

/* Reads the best way back from state s. */
static void trace(const Trellis *t, int cols, int s, Roles *out)
{
    int begins[MOST_GROUPS], n = 0;
    for (int c = cols; c > 0; s = t->from[c][s], c--) {
        out->of[c - 1] = state_of(s).role;
        if (t->begins[c][s] && n < MOST_GROUPS - 1) begins[n++] = c - 1;
    }
    out->groups = n + 1, out->from[0] = 0;
    for (int i = 0; i < n; i++) out->from[i + 1] = begins[n - 1 - i];
    out->from[n + 1] = cols;
    drop_empty_list(out);
}

/* The sum over all ways that may end; *best the state in which the best one does, -1: none. */
static double all_ways(const Trellis *t, int cols, int *best)
{
    double sum = UNFIT, most = UNFIT;
    *best = -1;
    for (int s = 0; s < STATES; s++) {
        if (t->best[cols][s] <= UNFIT || !may_end(state_of(s))) continue;
        sum = log_add(sum, t->sum[cols][s]);
        if (t->best[cols][s] > most) most = t->best[cols][s], *best = s;
    }
    return sum;
}

bool roles_two_sides(const Clues *clues, int cols)
{
    bool first = false, second = false;
    for (int c = 0; c < cols; c++) {
        if (profile_names(&clues[c].is) < 0.5) continue;
        first |= clues[c].header.said.side == HEADER_FIRST;
        second |= clues[c].header.said.side == HEADER_SECOND;
    }
    return first && second;
}

static bool may_hold_schools(const Clues *k)
{
    HeaderKind kind = k->header.said.kind;
    double names = profile_names(&k->is), empty = k->is.share[CELL_EMPTY];
    return names > 0.5 * (1 - empty) && names > 0 && (kind == HEADER_NONE || kind == HEADER_SCHOOL);
}

/* One cell over all columns of schools does not tell them apart: "Các cặp trường kết nghĩa". */
static void drop_shared_sides(Clues *clues, int cols)
{
    int names = 0, first = cols, last = 0;
    for (int c = cols - 1; c >= 0; c--)
        if (may_hold_schools(&clues[c])) last = names++ ? last : c, first = c;
    for (int c = 0; c < cols && names > 1; c++) {
        const XCell *said = clues[c].header.side;
        if (said && said->col <= first && said->col + said->colspan > last)
            clues[c].header.said.side = HEADER_NO_SIDE;
    }
}

/* Nor do two that say the same. */
static void drop_common_sides(Clues *clues, int cols)
{
    int names = 0, with[HEADER_RELATED + 1] = {0};
    for (int c = 0; c < cols; c++)
        if (may_hold_schools(&clues[c])) names++, with[clues[c].header.said.side]++;
    for (int c = 0; c < cols && names > 1; c++) {
        HeaderSide *side = &clues[c].header.said.side;
        if (with[*side] == names) *side = HEADER_NO_SIDE;
    }
}

/* "Trường 1" and "Trường 2" are the two sides; beside a column of schools that is not counted they are its partners. */
static void take_counts(Clues *clues, int cols)
{
    int counted = 0, others = 0;
    for (int c = 0; c < cols; c++) {
        if (!may_hold_schools(&clues[c])) continue;
        counted += clues[c].header.said.count > 0, others += !clues[c].header.said.count;
    }
    for (int c = 0; c < cols && counted > 1; c++) {
        Header *h = &clues[c].header.said;
        if (!h->count || h->side || !may_hold_schools(&clues[c])) continue;
        h->side = others ? HEADER_SECOND : h->count == 1 ? HEADER_FIRST : HEADER_SECOND;
    }
    for (int c = 1; c < cols; c++)
        clues[c].counted_on &= clues[c].header.said.side == clues[c - 1].header.said.side;
}

bool roles_find(const Clues *given, int cols, double evidence, Roles *out)
{
    Clues clues[MOST_COLS];
    double alone = 0;
    int end;
    *out = (Roles){.cols = cols, .evidence = evidence};
    for (int c = 0; c < cols; c++) clues[c] = given[c], alone += alone_score(&given[c], c < 2);
    drop_shared_sides(clues, cols);
    drop_common_sides(clues, cols);
    take_counts(clues, cols);
    Trellis *t = xalloc(sizeof *t);
    fill(t, clues, cols, NULL);
    double all = all_ways(t, cols, &end);
    if (end >= 0) {
        trace(t, cols, end, out);
        fill(t, clues, cols, out);
        double these = all_ways(t, cols, &end);
        out->prob = exp(these - all) / (1 + exp(alone - evidence - all));
    }
    free(t);
    return end >= 0 && all + evidence > alone;
}
