/* The walk: the lexicon is a trie; each node on the way keeps a column, column[j] = the least cost of reading
 * the letters so far as read[0..j). A child's column comes from its parent's (one true letter) and its
 * grandparent's (two); a node whose column is dear throughout is not entered.
 *
 * Example: "D6i" against đội: đ as D costs 0.1, ộ as 6 costs 1.5, i as i nothing. Against dời: d as D is
 * dearer (lower case), ờ as 6 too. Costs that were never seen come from classes: the same letter under other
 * marks, the same shape, anything. */
#include "model/confuse.h"

#include "base/file.h"
#include "base/tsv.h"
#include "base/viet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { HASH = 4096, CODES = 0x2000 };

/* Prior probability of a pair that was never seen, by class, and how many sightings it is worth. */
static const double P_SAME = 0.5, P_BARE = 0.3, P_BASE = 0.03, P_SHAPE = 0.01, P_ANY = 1e-5, P_LOST = 2e-4,
                    P_ADDED = 1e-4, PRIOR = 8, FLOOR = 0.1;

static const float OTHER_CASE = 0.1f; /* share of what is seen of a letter that its other case is lent */

/* Characters that look alike to an engine; a letter belongs to the first group that has its bare form. */
static const char *const SHAPES[] = {"il1|!It][jfrJ/\\T",
                                     "o0OcCeaQGD6",
                                     "uvnUVyr",
                                     "sS5$8",
                                     "zZ2",
                                     "bh6B8",
                                     "gq9yj",
                                     "hnkbm",
                                     "dDoPB",
                                     "mnwrM"};

static int code_of(const Confuse *c, int32_t ch)
{
    ch = char_plain(ch);
    return ch >= 0 && ch < CODES ? c->code[ch] : 0;
}

static int add_code(Confuse *c, int32_t ch)
{
    if (ch < 0 || ch >= CODES) return 0;
    if (!c->code[ch] && c->letters < CONFUSE_LETTERS) {
        c->letter[c->letters] = ch;
        c->code[ch] = (uint16_t)c->letters++;
    }
    return c->code[ch];
}

/* ---- costs of pairs never seen ---- */

/* ô ố ổ ộ ó: the bowl with something on it is a 6, a b, a d to many an engine. */
static bool is_crowned_o(int32_t a, int32_t b)
{
    Letter l = viet_letter(a);
    return l.base == 'o' && (l.mark || l.tone) && b > 0 && b < 0x80 && strchr("6bdGS80@&", (int)b);
}

static bool same_shape(int32_t a, int32_t b)
{
    if (is_crowned_o(a, b)) return true;
    int32_t x = viet_bare(a), y = viet_bare(b);
    if (viet_is_upper(a) && x > 0) x = viet_upper(x);
    if (viet_is_upper(b) && y > 0) y = viet_upper(y);
    if (x <= 0 || y <= 0 || x >= 0x80 || y >= 0x80) return false;
    for (size_t k = 0; k < sizeof SHAPES / sizeof *SHAPES; k++)
        if (strchr(SHAPES[k], (int)x) && strchr(SHAPES[k], (int)y)) return true;
    return false;
}

static double prior(int32_t a, int32_t b)
{
    if (a == b) return P_SAME;
    int32_t x = viet_bare(a), y = viet_bare(b);
    bool same_case = viet_is_upper(a) == viet_is_upper(b);
    if (x == y && same_case) return b < 0x80 ? P_BARE : P_BASE;
    if (x == y && strchr("ckopsuvwxz", x > 0 && x < 0x80 ? (int)x : '\1')) return P_SHAPE * 3;
    return same_shape(a, b) ? P_SHAPE : P_ANY;
}

/* ---- the table ---- */

typedef struct Row {
    int32_t what[2], read[3];
    int true_len, read_len;
    double times, of;
} Row;

static int decode_some(const char *s, int32_t *out, int most)
{
    int n = 0;
    size_t len = strlen(s);
    for (size_t i = 0; i < len;) {
        if (n == most) return -1;
        i += utf8_decode(s + i, len - i, &out[n++]);
    }
    return n;
}

static bool parse_row(const Tsv *t, Row *row)
{
    if (t->fields < 4 || !t->field[0] || !t->field[1] || !t->field[2] || !t->field[3]) return false;
    row->true_len = decode_some(t->field[0], row->what, 2);
    row->read_len = decode_some(t->field[1], row->read, 3);
    row->times = strtod(t->field[2], NULL);
    row->of = strtod(t->field[3], NULL);
    return row->true_len >= 0 && row->read_len >= 0 && row->times > 0 && row->of >= row->times;
}

static uint32_t read_hash(const uint16_t *read, int n)
{
    uint32_t h = (uint32_t)n;
    for (int i = 0; i < n; i++) h = (h ^ read[i]) * 0x9E3779B1u;
    return (h >> 12) & (HASH - 1);
}

static void add_segment(Confuse *c, const Row *row)
{
    Segment s = {.true_len = (uint8_t)row->true_len,
                 .read_len = (uint8_t)row->read_len,
                 .cost = (float)-log(row->times / row->of)};
    for (int i = 0; i < row->true_len; i++) s.true_code[i] = c->code[row->what[i]];
    for (int i = 0; i < row->read_len; i++) s.read_code[i] = c->code[row->read[i]];
    *vec_push(&c->many) = s;
}

static void link_segments(Confuse *c)
{
    c->head = xalloc(HASH * sizeof *c->head);
    c->link = xalloc((c->many.n + 1) * sizeof *c->link);
    memset(c->head, 0xFF, HASH * sizeof *c->head);
    for (size_t i = c->many.n; i-- > 0;) {
        uint32_t h = read_hash(c->many.v[i].read_code, c->many.v[i].read_len);
        c->link[i] = c->head[h];
        c->head[h] = (int32_t)i;
    }
}

static bool is_space_row(const Row *row)
{
    return row->true_len + row->read_len == 1 && (row->true_len ? row->what[0] : row->read[0]) == ' ';
}

static void take_row(Confuse *c, const Row *row)
{
    if (is_space_row(row)) {
        *(row->true_len ? &c->space_lost : &c->space_added) = (float)-log(row->times / row->of);
        return;
    }
    for (int i = 0; i < row->true_len; i++)
        if (!add_code(c, row->what[i])) return;
    for (int i = 0; i < row->read_len; i++)
        if (!add_code(c, row->read[i])) return;
    if (row->true_len == 2 || row->read_len > 1) add_segment(c, row);
}

/* What is seen of ở says something of Ở: as @, both; as o, then as O. */
static void lend_to_other_case(Confuse *c, const Row *row, float p)
{
    int32_t t = row->what[0], b = row->read[0];
    bool up = viet_is_upper(t);
    if (!viet_is_letter(t)) return;
    int other = code_of(c, up ? viet_lower(t) : viet_upper(t));
    int read = code_of(c, !viet_is_letter(b) || viet_is_upper(b) != up ? b
                          : up                                         ? viet_lower(b)
                                                                       : viet_upper(b));
    if (other && read) c->one[other * CONFUSE_LETTERS + read] += p;
}

/* What an engine makes of ẫ or ấ it makes of ầ too, however seldom it was seen: a reading that has nothing of
 * the letter
 * ("M4m" for "Mầm") is lent to the letters on the same base, the more the less is known of them. */
static const double KIN = 0.03, KIN_KNOWN = 1000; /* share; times a letter was seen when half of it is lent */

static bool are_kin(int32_t a, int32_t b)
{
    return a != b && viet_bare(a) > 0 && viet_bare(a) == viet_bare(b) && viet_is_upper(a) == viet_is_upper(b);
}

static void lend_to_kin(Confuse *c, int32_t letter, int read, float p, const double *of)
{
    if (viet_bare(letter) == viet_bare(c->letter[read])) return;
    for (int k = 1; k < c->letters; k++)
        if (are_kin(letter, c->letter[k]))
            c->one[k * CONFUSE_LETTERS + read] += (float)(KIN * p * KIN_KNOWN / (of[k] + KIN_KNOWN));
}

/* one[], lost[] and added[]: (times + PRIOR * prior) / (of + PRIOR), mixed with FLOOR of the prior alone, for
 * other scans make other mistakes than the pages drawn. */
static void fill_one(Confuse *c, const Row *rows, size_t n)
{
    double *of = xalloc(CONFUSE_LETTERS * sizeof *of);
    size_t cells = (size_t)CONFUSE_LETTERS * CONFUSE_LETTERS;
    c->one = xalloc(cells * sizeof *c->one);
    for (size_t i = 0; i < n; i++)
        if (rows[i].true_len == 1) of[code_of(c, rows[i].what[0])] = rows[i].of;
    for (int a = 0; a < c->letters; a++) {
        double share = PRIOR / (of[a] + PRIOR) + FLOOR;
        for (int b = 0; b < c->letters; b++)
            c->one[a * CONFUSE_LETTERS + b] =
                (float)(share * (a && b ? prior(c->letter[a], c->letter[b]) : P_ANY) + P_ANY / 4);
        c->lost[a] = (float)(share * P_LOST + P_ANY);
        c->added[a] = (float)P_ADDED;
    }
    for (size_t i = 0; i < n; i++) {
        const Row *r = &rows[i];
        int a = r->true_len ? code_of(c, r->what[0]) : 0, b = r->read_len ? code_of(c, r->read[0]) : 0;
        float p = (float)(r->times / (r->of + PRIOR));
        if (r->true_len == 1 && r->read_len == 1) c->one[a * CONFUSE_LETTERS + b] += p;
        if (r->true_len == 1 && r->read_len == 0) c->lost[a] += p;
        if (r->true_len == 0 && r->read_len == 1) c->added[b] += p;
        if (r->true_len == 1 && r->read_len == 1) lend_to_other_case(c, r, OTHER_CASE * p);
        if (r->true_len == 1 && r->read_len == 1 && b) lend_to_kin(c, r->what[0], b, p, of);
    }
    for (size_t i = 0; i < cells; i++) c->one[i] = c->one[i] > 0 ? -logf(c->one[i]) : 12;
    for (int a = 0; a < CONFUSE_LETTERS; a++) {
        c->lost[a] = c->lost[a] > 0 ? -logf(c->lost[a]) : 12;
        c->added[a] = c->added[a] > 0 ? -logf(c->added[a]) : 9;
    }
    free(of);
}

static void add_alphabet(Confuse *c)
{
    c->letters = 1;
    for (int32_t ch = '!'; ch < 0x7F; ch++) add_code(c, ch);
    for (int32_t ch = 0xC0; ch < 0x1F00; ch++)
        if (viet_letter(ch).base) add_code(c, ch);
}

bool confuse_parse(Confuse *c, const char *text, size_t n, const char *name, Err *err)
{
    Tsv t = {0};
    VEC(Row) rows = {0};
    *c = (Confuse){.space_lost = 6, .space_added = 6};
    add_alphabet(c);
    tsv_init(&t, text, n);
    while (tsv_next(&t)) {
        Row row;
        if (!parse_row(&t, &row)) {
            err_set(err, DAU_MISSING, "cannot use '%s': line %ld is no row of a confusion table", name,
                    t.line);
            break;
        }
        take_row(c, &row);
        *vec_push(&rows) = row;
    }
    fill_one(c, rows.v, rows.n);
    for (int k = 1; k < c->letters; k++) c->upper[k] = (uint16_t)code_of(c, viet_upper(c->letter[k]));
    link_segments(c);
    vec_release(&rows);
    tsv_release(&t);
    return !err_is(err);
}

bool confuse_open(Confuse *c, const char *path, Err *err)
{
    Buf b = {0};
    *c = (Confuse){0};
    bool ok = file_read(path, 16 << 20, &b, err) && confuse_parse(c, buf_str(&b), b.len, path, err);
    buf_release(&b);
    return ok;
}

void confuse_release(Confuse *c)
{
    free(c->one);
    free(c->head);
    free(c->link);
    vec_release(&c->many);
    *c = (Confuse){0};
}

/* ---- the walk ---- */

typedef struct Event { /* a segment of `many` that ends at read[..to) and with the true letter it is listed
                          under */
    uint16_t before;   /* the true letter before, 0: none */
    uint8_t from, to;
    float cost;
    int16_t next;
} Event;

enum { MOST_EVENTS = 600, DEPTH = 18, MOST_VISITS = 200000 /* of a walk; a broken trie may be endless */ };

static const float RARITY_WEIGHT = 0.5f; /* of -ln P(word) against the channel's cost */
static const float STROKES_COST = 9;     /* nats: any letter read as two strokes */

typedef struct Walk {
    const Confuse *c;
    const Lexicon *lex;
    Guesses *out;
    size_t first_out;
    WordCase word_case;
    uint16_t read[CONFUSE_MOST_READ];
    int n;
    bool strokes[CONFUSE_MOST_READ + 1]; /* the two characters before [j] are strokes: }l, |i */
    float spread, best;                  /* the cheapest whole word so far, with its rarity */
    float limit;                         /* dearer ways are given up */
    int visits;
    bool any_strokes;
    Event event[MOST_EVENTS];
    int events;
    float least[CONFUSE_LETTERS];       /* the cheapest that a true letter can be, wherever it stands */
    int16_t by_letter[CONFUSE_LETTERS]; /* first event of a true letter, -1 */
} Walk;

typedef struct Column { /* cost[j] for low <= j <= high; all others are over the limit */
    float cost[CONFUSE_MOST_READ + 4];
    int low, high;
} Column;

static void note_segment(Walk *w, const Segment *s, int from)
{
    if (w->events == MOST_EVENTS) return;
    int last = s->true_code[s->true_len - 1];
    w->event[w->events] = (Event){.before = s->true_len == 2 ? s->true_code[0] : 0,
                                  .from = (uint8_t)from,
                                  .to = (uint8_t)(from + s->read_len),
                                  .cost = s->cost,
                                  .next = w->by_letter[last]};
    w->by_letter[last] = (int16_t)w->events++;
}

static void note_segments(Walk *w)
{
    const Confuse *c = w->c;
    memset(w->by_letter, 0xFF, sizeof w->by_letter);
    for (int from = 0; from < w->n; from++)
        for (int len = 1; len <= 3 && from + len <= w->n; len++)
            for (int32_t i = c->head[read_hash(w->read + from, len)]; i >= 0; i = c->link[i]) {
                const Segment *s = &c->many.v[i];
                if (s->read_len == len && s->true_len &&
                    memcmp(s->read_code, w->read + from, (size_t)len * sizeof *w->read) == 0)
                    note_segment(w, s, from);
            }
}

static float min_float(float a, float b)
{
    return a < b ? a : b;
}

static float cell(const Column *c, int j)
{
    return j >= c->low && j <= c->high ? c->cost[j] : 1e9f;
}

static void many_for_one(const Walk *w, int before, int t, const Column *grand, const Column *parent,
                         Column *out)
{
    for (int e = w->by_letter[t]; e >= 0; e = w->event[e].next) {
        const Event *x = &w->event[e];
        if (x->before && x->before != before) continue;
        float cost = cell(x->before ? grand : parent, x->from) + x->cost;
        if (cost < cell(out, x->to)) out->cost[x->to] = cost;
    }
}

/* Cuts what is over the limit off both ends; returns the least cost. */
static float trim(const Walk *w, Column *c)
{
    float least = 1e9f;
    while (c->low <= c->high && c->cost[c->low] > w->limit) c->low++;
    while (c->high >= c->low && c->cost[c->high] > w->limit) c->high--;
    for (int j = c->low; j <= c->high; j++) least = min_float(least, c->cost[j]);
    return least;
}

/* The column after true letter t; `before` is the letter before it (0: none). Returns its least value. */
static float next_column(const Walk *w, int before, int t, const Column *grand, const Column *parent,
                         Column *out)
{
    const float *one = w->c->one + t * CONFUSE_LETTERS;
    const float lost = w->c->lost[t];
    int low = parent->low, high = parent->high + 3;
    if (grand->low < low) low = grand->low;
    if (grand->high + 3 > high) high = grand->high + 3;
    if (high > w->n) high = w->n;
    out->low = low, out->high = high;
    for (int j = low; j <= high; j++) {
        float cost = cell(parent, j) + lost;
        if (j > 0) cost = min_float(cost, cell(parent, j - 1) + one[w->read[j - 1]]);
        if (w->strokes[j]) cost = min_float(cost, cell(parent, j - 2) + STROKES_COST);
        out->cost[j] = cost;
    }
    many_for_one(w, before, t, grand, parent, out);
    for (int j = low + 1; j <= high; j++)
        out->cost[j] = min_float(out->cost[j], out->cost[j - 1] + w->c->added[w->read[j - 1]]);
    return trim(w, out);
}

/* Takes the characters in. */
static void start_walk(Walk *w, const int32_t *read)
{
    static const char strokes[] = "il1|!}{[]()/\\frtjJI'`,;:";
    for (int i = 0; i < w->n; i++) w->read[i] = (uint16_t)code_of(w->c, read[i]);
    for (int j = 2; j <= w->n; j++) {
        int32_t a = char_plain(read[j - 2]), b = char_plain(read[j - 1]);
        w->strokes[j] =
            a > 0 && b > 0 && a < 0x80 && b < 0x80 && strchr(strokes, (int)a) && strchr(strokes, (int)b);
    }
    note_segments(w);
}

/* least[t]: so that a child whose letter is nowhere to be seen is not entered. */
static void find_least(Walk *w)
{
    const Confuse *c = w->c;
    float strokes = 1e9f;
    for (int j = 2; j <= w->n; j++)
        if (w->strokes[j]) strokes = STROKES_COST, w->any_strokes = true;
    for (int t = 0; t < c->letters; t++) {
        const float *one = c->one + t * CONFUSE_LETTERS;
        float least = min_float(c->lost[t], strokes);
        for (int j = 0; j < w->n; j++) least = min_float(least, one[w->read[j]]);
        for (int e = w->by_letter[t]; e >= 0; e = w->event[e].next)
            least = min_float(least, w->event[e].cost);
        w->least[t] = least;
    }
    for (int e = 0; e < w->events; e++) /* the first of two letters costs nothing by itself */
        if (w->event[e].before) w->least[w->event[e].before] = 0;
}

static void first_column(const Walk *w, Column *c)
{
    c->low = 0, c->high = w->n;
    c->cost[0] = 0;
    for (int j = 1; j <= w->n; j++) c->cost[j] = c->cost[j - 1] + w->c->added[w->read[j - 1]];
    trim(w, c);
}

static float rarity_cost(const LmNode *node)
{
    return RARITY_WEIGHT * (float)node->rarity / LM_RARITY_UNIT;
}

static void take_word(Walk *w, const LmNode *node, float cost)
{
    if ((node->plain == LM_NONE && node->name == LM_NONE) || cost > w->limit) return;
    if (cost + rarity_cost(node) > w->best + w->spread) return;
    if (cost + rarity_cost(node) < w->best) w->best = cost + rarity_cost(node);
    if (w->best + w->spread < w->limit) w->limit = w->best + w->spread;
    *vec_push(w->out) = (Guess){node->plain, node->name, (uint8_t)w->word_case, cost, rarity_cost(node)};
}

/* Could letter t be read where the parent's column ends? Cheaper to ask than a column. */
static bool may_follow(const Walk *w, int t, const Column *parent, float parent_least, float allowed)
{
    const float *one = w->c->one + t * CONFUSE_LETTERS;
    if (parent_least + w->c->lost[t] <= allowed) return true;
    for (int j = parent->low; j <= parent->high && j < w->n; j++)
        if (parent->cost[j] + one[w->read[j]] <= allowed) return true;
    return false;
}

static void visit(Walk *w, const LmNode *node, int depth, int before, const Column *grand,
                  const Column *parent, float parent_least)
{
    for (uint32_t k = 0; k < node->children && depth < DEPTH; k++) {
        const LmNode *child = lexicon_node(w->lex, node->first + k);
        if (!child) return;
        float allowed = min_float(w->limit, w->best + w->spread - rarity_cost(child));
        if (parent_least > allowed) continue;
        bool upper = w->word_case == WORD_UPPER || (w->word_case == WORD_TITLE && depth == 0);
        int t = child->letter < CODES ? w->c->code[child->letter] : 0;
        if (upper) t = w->c->upper[t];
        if (parent_least + w->least[t] > allowed || ++w->visits > MOST_VISITS) continue;
        if (w->least[t] > 0 && w->by_letter[t] < 0 && !w->any_strokes &&
            !may_follow(w, t, parent, parent_least, allowed))
            continue;
        Column own;
        float least = next_column(w, before, t, grand, parent, &own);
        if (min_float(least, parent_least + 1) > allowed) continue;
        take_word(w, child, cell(&own, w->n));
        visit(w, child, depth + 1, t, parent, &own, least);
    }
}

static void drop_dear(Walk *w)
{
    size_t kept = w->first_out;
    for (size_t i = w->first_out; i < w->out->n; i++)
        if (w->out->v[i].cost + w->out->v[i].rarity <= w->best + w->spread) w->out->v[kept++] = w->out->v[i];
    w->out->n = kept;
}

/* A walk that gives up everything dearer than `limit`. */
static void walk(Walk *w, float limit)
{
    Column start, none = {.low = 1, .high = 0};
    w->limit = limit;
    w->best = 1e9f;
    w->visits = 0;
    w->out->n = w->first_out;
    first_column(w, &start);
    visit(w, lexicon_node(w->lex, 0), 0, 0, &none, &start, 0);
}

void confuse_words(const Confuse *c, const Lexicon *lex, const int32_t *read, int n, WordCase word_case,
                   float spread, float most, Guesses *out)
{
    static const float tries[] = {2.5f, 6, 10, 1e9f}; /* nats: most pieces have a word within the first two */
    Walk w = {.c = c,
              .lex = lex,
              .out = out,
              .first_out = out->n,
              .word_case = word_case,
              .n = n,
              .spread = spread,
              .best = 1e9f};
    if (n < 1 || n > CONFUSE_MOST_READ || !lexicon_node(lex, 0)) return;
    start_walk(&w, read);
    find_least(&w);
    for (size_t i = 0; i < sizeof tries / sizeof *tries && w.best > 1e8f; i++) {
        walk(&w, min_float(tries[i], most));
        if (tries[i] >= most) break;
    }
    if (w.best < 1e8f) walk(&w, min_float(w.best + spread, most));
    drop_dear(&w);
}

float confuse_cost(const Confuse *c, const int32_t *word, int m, const int32_t *read, int n)
{
    Walk w = {.c = c, .n = n, .limit = 1e8f};
    Column column[3];
    if (n < 1 || n > CONFUSE_MOST_READ || m < 1) return 1e9f;
    start_walk(&w, read);
    first_column(&w, &column[1]);
    column[0].low = 1, column[0].high = 0;
    Column *grand = &column[0], *parent = &column[1], *own = &column[2];
    for (int i = 0, before = 0; i < m; i++) {
        int t = code_of(c, word[i]);
        next_column(&w, before, t, grand, parent, own);
        Column *swap = grand;
        grand = parent, parent = own, own = swap, before = t;
    }
    return cell(parent, n);
}
