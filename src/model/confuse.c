/* The table gives the probability of a pair of letters that was seen, over a prior for what never was: the same letter
 * with other marks, the same shape, any other.
 *
 * Example: "đ" was read as "d" 9,800 times of 10,000, and never as "đ". Then "d" costs 0.0, "đ" 3.0 and "#", which
 * nobody saw either, 12.6. "Đ" was not seen at all and is lent a tenth of it: as "#" it costs 11.2. The walk through the
 * lexicon is in confuse_walk.c. */
#include "model/confuse.h"

#include "base/file.h"
#include "base/tsv.h"
#include "base/viet.h"
#include "model/channel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

int confuse_code(const Confuse *c, int32_t ch)
{
    ch = char_plain(ch);
    return ch >= 0 && ch < CONFUSE_CODES ? c->code[ch] : 0;
}

static float *cell(const Confuse *c, int t, int read)
{
    return &c->one[read * CONFUSE_LETTERS + t];
}

float confuse_one(const Confuse *c, int32_t letter, int32_t read)
{
    return *cell(c, confuse_code(c, letter), confuse_code(c, read));
}

static int add_code(Confuse *c, int32_t ch)
{
    if (ch < 0 || ch >= CONFUSE_CODES) return 0;
    if (!c->code[ch] && c->letters < CONFUSE_LETTERS) {
        c->letter[c->letters] = ch;
        c->code[ch] = (uint16_t)c->letters++;
    }
    return c->code[ch];
}

/* ---- costs of pairs never seen ---- */

/* What the prior asks of a letter. */
typedef struct Look {
    int32_t letter, bare;
    bool upper;
    bool crowned;    /* ô ố ổ ộ ó: the bowl with something on it is a 6, a b, a d to many an engine */
    bool crown;      /* what it is then read as */
    bool two_sizes;  /* c and C, s and S are one shape */
    uint16_t shapes; /* bit k: it is in SHAPES[k] */
} Look;

static bool is_one_of(const char *set, int32_t c)
{
    return c > 0 && c < 0x80 && strchr(set, (int)c);
}

static Look look_of(int32_t c)
{
    Letter l = viet_letter(c);
    Look k = {.letter = c, .bare = viet_bare(c), .upper = viet_is_upper(c)};
    int32_t shape = k.upper && k.bare > 0 ? viet_upper(k.bare) : k.bare;
    k.crowned = l.base == 'o' && (l.mark || l.tone);
    k.crown = is_one_of("6bdGS80@&", c);
    k.two_sizes = is_one_of("ckopsuvwxz", k.bare);
    for (size_t i = 0; i < sizeof SHAPES / sizeof *SHAPES; i++)
        if (is_one_of(SHAPES[i], shape)) k.shapes |= (uint16_t)(1u << i);
    return k;
}

static double prior(const Look *a, const Look *b)
{
    if (a->letter == b->letter) return P_SAME;
    if (a->bare == b->bare && a->upper == b->upper) return b->letter < 0x80 ? P_BARE : P_BASE;
    if (a->bare == b->bare && a->two_sizes) return P_SHAPE * 3;
    return (a->crowned && b->crown) || (a->shapes & b->shapes) ? P_SHAPE : P_ANY;
}

/* ---- the table ---- */

typedef struct MarkRow {
    int32_t what[2], read[3];
    int true_len, read_len;
    double times, of;
} MarkRow;

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

static bool parse_row(const Tsv *t, MarkRow *row)
{
    if (t->fields < 4 || !t->field[0] || !t->field[1] || !t->field[2] || !t->field[3]) return false;
    row->true_len = decode_some(t->field[0], row->what, 2);
    row->read_len = decode_some(t->field[1], row->read, 3);
    row->times = strtod(t->field[2], NULL);
    row->of = strtod(t->field[3], NULL);
    return row->true_len >= 0 && row->read_len >= 0 && row->times > 0 && row->of >= row->times;
}

uint32_t confuse_hash(const uint16_t *read, int n)
{
    uint32_t h = (uint32_t)n;
    for (int i = 0; i < n; i++) h = (h ^ read[i]) * 0x9E3779B1u;
    return (h >> 12) & (CONFUSE_HASH - 1);
}

static void add_segment(Confuse *c, const MarkRow *row)
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
    c->head = xalloc(CONFUSE_HASH * sizeof *c->head);
    c->link = xalloc((c->many.n + 1) * sizeof *c->link);
    memset(c->head, 0xFF, CONFUSE_HASH * sizeof *c->head);
    for (size_t i = c->many.n; i-- > 0;) {
        uint32_t h = confuse_hash(c->many.v[i].read_code, c->many.v[i].read_len);
        c->link[i] = c->head[h];
        c->head[h] = (int32_t)i;
    }
}

static bool is_space_row(const MarkRow *row)
{
    return row->true_len + row->read_len == 1 && (row->true_len ? row->what[0] : row->read[0]) == ' ';
}

static void take_row(Confuse *c, const MarkRow *row)
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
static void lend_to_other_case(Confuse *c, const MarkRow *row, float p)
{
    int32_t t = row->what[0], b = row->read[0];
    bool up = viet_is_upper(t);
    if (!viet_is_letter(t)) return;
    int other = confuse_code(c, up ? viet_lower(t) : viet_upper(t));
    int read = confuse_code(c, !viet_is_letter(b) || viet_is_upper(b) != up ? b
                               : up                                         ? viet_lower(b)
                                                                            : viet_upper(b));
    if (other && read) *cell(c, other, read) += p;
}

/* What an engine makes of ẫ or ấ it makes of ầ too, however seldom ầ was seen. So a reading with another base letter, as
 * in "M4m" for "Mầm", is lent to the letters on the same base. The less is known of a letter, the more is lent. */
static const double BASE = 0.03, KIN_KNOWN = 1000; /* share; a letter seen so often is lent half of it */

static bool are_kin(int32_t a, int32_t b)
{
    return a != b && viet_bare(a) > 0 && viet_bare(a) == viet_bare(b) && viet_is_upper(a) == viet_is_upper(b);
}

static void lend_to_kin(Confuse *c, int32_t letter, int read, float p, const double *of)
{
    if (viet_bare(letter) == viet_bare(c->letter[read])) return;
    for (int k = 1; k < c->letters; k++)
        if (are_kin(letter, c->letter[k]))
            *cell(c, k, read) += (float)(BASE * p * KIN_KNOWN / (of[k] + KIN_KNOWN));
}

/* one[], lost[] and added[] are (times + PRIOR * prior) / (of + PRIOR), plus FLOOR of the prior alone, because other
 * scans make other mistakes than drawn pages. */
static void fill_prior(Confuse *c, const double *of)
{
    Look *look = xalloc(CONFUSE_LETTERS * sizeof *look);
    for (int k = 1; k < c->letters; k++) look[k] = look_of(c->letter[k]);
    for (int a = 0; a < c->letters; a++) {
        double share = PRIOR / (of[a] + PRIOR) + FLOOR;
        for (int b = 0; b < c->letters; b++)
            *cell(c, a, b) = (float)(share * (a && b ? prior(&look[a], &look[b]) : P_ANY) + P_ANY / 4);
        c->lost[a] = (float)(share * P_LOST + P_ANY);
        c->added[a] = (float)P_ADDED;
    }
    free(look);
}

static void add_sightings(Confuse *c, const MarkRow *r, const double *of)
{
    int a = r->true_len ? confuse_code(c, r->what[0]) : 0, b = r->read_len ? confuse_code(c, r->read[0]) : 0;
    float p = (float)(r->times / (r->of + PRIOR));
    if (r->true_len == 1 && r->read_len == 0) c->lost[a] += p;
    if (r->true_len == 0 && r->read_len == 1) c->added[b] += p;
    if (r->true_len != 1 || r->read_len != 1) return;
    *cell(c, a, b) += p;
    lend_to_other_case(c, r, OTHER_CASE * p);
    if (b) lend_to_kin(c, r->what[0], b, p, of);
}

static void take_logarithms(Confuse *c)
{
    for (int a = 0; a < c->letters; a++)
        for (int b = 0; b < c->letters; b++) *cell(c, a, b) = -logf(*cell(c, a, b));
    for (int a = 0; a < CONFUSE_LETTERS; a++) {
        c->lost[a] = c->lost[a] > 0 ? -logf(c->lost[a]) : 12;
        c->added[a] = c->added[a] > 0 ? -logf(c->added[a]) : 9;
    }
}

/* Costs by base letter: of o ô ố ồ ơ .. the cheapest counts for all. */
static void find_base_costs(Confuse *c)
{
    size_t cells = (size_t)CONFUSE_LETTERS * CONFUSE_LETTERS;
    c->by_base = xalloc(cells * sizeof *c->by_base);
    memcpy(c->by_base, c->one, cells * sizeof *c->by_base);
    memcpy(c->base_lost, c->lost, sizeof c->lost);
    for (int t = 1; t < c->letters; t++) {
        int32_t bare = viet_bare(c->letter[t]);
        int k = confuse_code(c, viet_is_upper(c->letter[t]) ? viet_upper(bare) : bare);
        if (!k) k = t;
        c->base_of[t] = (uint16_t)k;
        for (int b = 0; b < c->letters; b++)
            if (*cell(c, t, b) < c->by_base[b * CONFUSE_LETTERS + k])
                c->by_base[b * CONFUSE_LETTERS + k] = *cell(c, t, b);
        if (c->lost[t] < c->base_lost[k]) c->base_lost[k] = c->lost[t];
    }
}

/* What each character costs at least, whatever it was. */
static void find_least(Confuse *c)
{
    for (int b = 0; b < c->letters; b++) {
        c->least_small[b] = c->least_capital[b] = 12;
        for (int a = 0; a < c->letters; a++) {
            float *least = viet_is_upper(c->letter[a]) ? &c->least_capital[b] : &c->least_small[b];
            if (*cell(c, a, b) < *least) *least = *cell(c, a, b);
        }
    }
}

static void fill_one(Confuse *c, const MarkRow *rows, size_t n)
{
    double *of = xalloc(CONFUSE_LETTERS * sizeof *of);
    c->one = xalloc((size_t)CONFUSE_LETTERS * CONFUSE_LETTERS * sizeof *c->one);
    for (size_t i = 0; i < n; i++)
        if (rows[i].true_len == 1) of[confuse_code(c, rows[i].what[0])] = rows[i].of;
    fill_prior(c, of);
    for (size_t i = 0; i < n; i++) add_sightings(c, &rows[i], of);
    take_logarithms(c);
    find_least(c);
    find_base_costs(c);
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
    VEC(MarkRow) rows = {0};
    *c = (Confuse){.space_lost = 6, .space_added = 6};
    add_alphabet(c);
    tsv_init(&t, text, n);
    while (tsv_next(&t)) {
        MarkRow row;
        if (!parse_row(&t, &row)) {
            err_set(err, DAU_MISSING, "cannot use '%s': line %ld is not a row of a confusion table", name,
                    t.line);
            break;
        }
        take_row(c, &row);
        *vec_push(&rows) = row;
    }
    fill_one(c, rows.v, rows.n);
    for (int k = 1; k < c->letters; k++) c->upper[k] = (uint16_t)confuse_code(c, viet_upper(c->letter[k]));
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

bool confuse_open_data(Confuse *c, const char *name, const char *learnt, Err *err)
{
    char path[4096];
    return file_data(name, path, sizeof path, err) && confuse_open(c, path, err) &&
           (!learnt || confuse_learn(c, learnt, err));
}

/* ---- what people corrected ---- */

/* Example: in the table "ò" was read as "o" 20 times of 100. In the corrections of a plan it was 12 times of 15. The
 * table counts as 30 sightings, so now it is (30 * 0.2 + 12) / (30 + 15) = 0.4. */

enum { LEARN_ROUNDS = 3, MOST_PAIRS = 20000, MOST_LEARNT_BYTES = 16 << 20 };

static bool known_letters(const Confuse *c, const MarkRow *r)
{
    for (int i = 0; i < r->true_len; i++)
        if (!confuse_code(c, r->what[i])) return false;
    for (int i = 0; i < r->read_len; i++)
        if (!confuse_code(c, r->read[i])) return false;
    return r->true_len > 0;
}

static void shrink(float *cost, double of)
{
    *cost -= logf((float)(CONFUSE_KNOWN / (CONFUSE_KNOWN + of)));
}

static void add_share(float *cost, const MarkRow *r)
{
    *cost = -logf(expf(-*cost) + (float)(r->times / (CONFUSE_KNOWN + r->of)));
}

/* What the table knew of a letter weighs less, the more often the letter was seen now. */
static void make_room(Confuse *c, const MarkRow *rows, size_t n)
{
    bool done[CONFUSE_LETTERS] = {0};
    for (size_t i = 0; i < n; i++) {
        int t = rows[i].true_len == 1 ? confuse_code(c, rows[i].what[0]) : 0;
        if (!t || done[t]) continue;
        done[t] = true;
        for (int b = 0; b < c->letters; b++) shrink(cell(c, t, b), rows[i].of);
        shrink(&c->lost[t], rows[i].of);
    }
}

static Segment *find_segment(Confuse *c, const MarkRow *row)
{
    for (size_t i = 0; i < c->many.n; i++) {
        Segment *s = &c->many.v[i];
        bool same = s->true_len == row->true_len && s->read_len == row->read_len;
        for (int k = 0; same && k < row->true_len; k++)
            same = s->true_code[k] == confuse_code(c, row->what[k]);
        for (int k = 0; same && k < row->read_len; k++)
            same = s->read_code[k] == confuse_code(c, row->read[k]);
        if (same) return s;
    }
    return NULL;
}

static void learn_row(Confuse *c, const MarkRow *r)
{
    if (!known_letters(c, r)) return;
    if (r->true_len == 1 && r->read_len <= 1) {
        int t = confuse_code(c, r->what[0]);
        add_share(r->read_len ? cell(c, t, confuse_code(c, r->read[0])) : &c->lost[t], r);
        return;
    }
    Segment *s = find_segment(c, r);
    if (s) {
        shrink(&s->cost, r->of);
        add_share(&s->cost, r);
        return;
    }
    Segment fresh = {.true_len = (uint8_t)r->true_len,
                     .read_len = (uint8_t)r->read_len,
                     .cost = (float)-log(r->times / (CONFUSE_KNOWN + r->of))};
    for (int i = 0; i < r->true_len; i++) fresh.true_code[i] = (uint16_t)confuse_code(c, r->what[i]);
    for (int i = 0; i < r->read_len; i++) fresh.read_code[i] = (uint16_t)confuse_code(c, r->read[i]);
    *vec_push(&c->many) = fresh;
}

static void learn_rows(Confuse *c, const MarkRow *rows, size_t n)
{
    make_room(c, rows, n);
    for (size_t i = 0; i < n; i++) learn_row(c, &rows[i]);
    free(c->by_base);
    free(c->head);
    free(c->link);
    find_least(c);
    find_base_costs(c);
    link_segments(c);
}

static void learn_pairs(Confuse *c, const LinePairs *pairs)
{
    Channel a;
    Buf b = {0};
    Tsv t = {0};
    VEC(MarkRow) rows = {0};
    channel_init(&a);
    for (int i = 0; i < LEARN_ROUNDS; i++) channel_round(&a, pairs);
    channel_write(&a, 1, &b);
    tsv_init(&t, buf_str(&b), b.len);
    while (tsv_next(&t)) {
        MarkRow row;
        if (parse_row(&t, &row)) *vec_push(&rows) = row;
    }
    learn_rows(c, rows.v, rows.n);
    vec_release(&rows);
    tsv_release(&t);
    buf_release(&b);
    channel_release(&a);
}

bool confuse_learn(Confuse *c, const char *path, Err *err)
{
    Buf b = {0};
    Tsv t = {0};
    LinePairs pairs = {0};
    if (file_read(path, MOST_LEARNT_BYTES, &b, err)) tsv_init(&t, buf_str(&b), b.len);
    while (!err_is(err) && tsv_next(&t) && pairs.n < MOST_PAIRS) {
        bool ok = t.fields == 3 && t.field[0] && t.field[1] && t.field[2];
        int times = ok ? str_int(t.field[2]) : 0;
        if (times < 1)
            err_set(err, DAU_BAD_INPUT,
                    "'%s' line %ld: a line is what was meant, what was read, and how often", path, t.line);
        for (int i = 0; i < times && i < CONFUSE_KNOWN && pairs.n < MOST_PAIRS; i++)
            channel_add_pair(&pairs, t.field[0], t.field[1]);
    }
    if (!err_is(err)) learn_pairs(c, &pairs);
    channel_release_pairs(&pairs);
    tsv_release(&t);
    buf_release(&b);
    return !err_is(err);
}

void confuse_release(Confuse *c)
{
    free(c->one);
    free(c->by_base);
    free(c->head);
    free(c->link);
    vec_release(&c->many);
    *c = (Confuse){0};
}
