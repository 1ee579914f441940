/* Two steps. The first walks the tree of skeletons. There a base letter (o) stands for all letters on it (o ô ố ồ ơ ..)
 * and costs what the cheapest of them does. It yields the skeletons that may have been read so. The second step computes
 * the exact costs of the words of these skeletons.
 *
 * Both keep a column, cost[j] = the least cost of reading the letters so far as read[0..j). The next letter's column
 * comes from the last column (one true letter) and from the column before it (two). The least cost of the remaining characters is
 * known beforehand. A cell that exceeds the limit with it is dead. A node whose letter cannot be read at any live cell is
 * not entered.
 *
 * Example: "D6i". The walk reaches d-o-i (a D costs 0.1, a 6 stands for some kind of o), and b-o-i, which costs more. Of
 * the words of doi, đội costs least, then đôi, đối. dời is left out, because nobody reads its d as D. */
#include "model/confuse.h"

#include "base/viet.h"

#include <string.h>

enum {
    MOST_EVENTS = 600,
    MOST_HITS = 1000,
    DEPTH = 16,          /* letters of a word */
    MOST_AS_READ = 12,   /* letters of a word that is surely in the tree when it is in the lexicon */
    MOST_VISITS = 200000 /* of a walk; a broken file's tree may be huge */
};

static const float RARITY_WEIGHT = 1.05f; /* of -ln P(word) against the cost: best on held-out pages */
static const float STROKES_COST = 9;      /* nats: any letter read as two strokes */
static const float FAR = 1e9f;            /* nats: never */

enum { BASE, EXACT, VIEWS }; /* as what a true letter counts */

enum { ALPHABET = 26, OTHER = 1 << ALPHABET, OPENINGS = 16 };

typedef struct Event { /* a segment of Confuse.many, read as read[from..to) */
    uint16_t letter[VIEWS];
    uint16_t before[VIEWS]; /* the true letter before, 0: none */
    uint8_t from, to;
    float cost;
    int16_t next[VIEWS]; /* of those with the same letter */
} Event;

/* Where a base letter may stand: bit j for read[j..). */
typedef struct Spots {
    int turn;        /* of the walk for which they were found */
    bool lost;       /* it may be read as nothing */
    bool simple;     /* as nothing or as one character, not otherwise */
    uint32_t one;    /* as read[j] */
    uint32_t alone;  /* in any of these ways */
    uint32_t first;  /* as the first letter of a segment of two */
    uint32_t second; /* as the second of one that begins there */
} Spots;

/* Which letters are worth trying: bit k for the k-th of the alphabet, OTHER for all others. A letter that costs less than
 * b nats is in [b], and every letter in the last. */
typedef struct Openings {
    uint32_t one[CONFUSE_MOST_READ][OPENINGS]; /* read as read[j] */
    uint32_t lost[OPENINGS];                   /* as nothing */
    uint32_t many[CONFUSE_MOST_READ];          /* as the first or only letter of a segment read from j on */
    uint32_t second[CONFUSE_MOST_READ];        /* as the second */
} Openings;

typedef struct View {
    const float *one[CONFUSE_MOST_READ]; /* by true letter: cost of reading it as read[j] */
    const float *lost;
    int16_t by_letter[CONFUSE_LETTERS]; /* first event of a true letter, -1 */
} View;

typedef struct CostColumn {
    uint32_t live; /* bit j: cost[j] is set, and worth going on from */
    float least;   /* of cost and rest together */
    float cost[CONFUSE_MOST_READ + 1];
} CostColumn;

typedef struct WalkHit { /* a skeleton that may have been read */
    WordRun run;
    float cost; /* at least */
} WalkHit;

typedef struct ConfuseWalk {
    const Confuse *c;
    const WordTree *tree;
    Guesses *out;
    WordCase word_case;
    float paid; /* nats: of this case */
    uint16_t read[CONFUSE_MOST_READ];
    View view[VIEWS];
    int n;
    uint32_t strokes;                   /* bit j: read[j] and read[j + 1] are strokes: }l, |i */
    float ahead[CONFUSE_MOST_READ + 1]; /* what read[0..j) costs at least */
    float rest[CONFUSE_MOST_READ + 1];  /* what read[j..n) costs at least */
    float most;                         /* dearer ways are given up */
    float limit;                        /* ... and what is dearer with its rarity */
    float allowed;                      /* ... with the rarity of the commonest word */
    int turn, visits;
    Event event[MOST_EVENTS];
    int events;
    Spots spots[CONFUSE_LETTERS];
    Openings open[2]; /* of small letters, of capitals; what the case has not is not set */
    WalkHit hit[MOST_HITS];
    int hits;
} ConfuseWalk;

static float min_float(float a, float b)
{
    return a < b ? a : b;
}

static int lowest_bit(uint32_t bits)
{
    return __builtin_ctz(bits);
}

/* ---- what was read ---- */

static void note_event(ConfuseWalk *w, const Segment *s, int from)
{
    if (w->events == MOST_EVENTS) return;
    Event *x = &w->event[w->events];
    uint16_t last = s->true_code[s->true_len - 1], before = s->true_len == 2 ? s->true_code[0] : 0;
    *x = (Event){.letter = {w->c->base_of[last], last},
                 .before = {w->c->base_of[before], before},
                 .from = (uint8_t)from,
                 .to = (uint8_t)(from + s->read_len),
                 .cost = s->cost};
    for (int v = 0; v < VIEWS; v++) {
        x->next[v] = w->view[v].by_letter[x->letter[v]];
        w->view[v].by_letter[x->letter[v]] = (int16_t)w->events;
    }
    w->events++;
}

static void note_events(ConfuseWalk *w)
{
    const Confuse *c = w->c;
    for (int v = 0; v < VIEWS; v++) memset(w->view[v].by_letter, 0xFF, sizeof w->view[v].by_letter);
    w->events = 0;
    for (int from = 0; from < w->n; from++)
        for (int len = 1; len <= 3 && from + len <= w->n; len++)
            for (int32_t i = c->head[confuse_hash(w->read + from, len)]; i >= 0; i = c->link[i]) {
                const Segment *s = &c->many.v[i];
                if (s->read_len == len && s->true_len &&
                    memcmp(s->read_code, w->read + from, (size_t)len * sizeof *w->read) == 0)
                    note_event(w, s, from);
            }
}

/* What read[j] costs at least: only the first letter of a title may be a capital. */
static float least_one(const ConfuseWalk *w, int j)
{
    float small = w->c->least_small[w->read[j]], capital = w->c->least_capital[w->read[j]];
    if (w->word_case == WORD_LOWER) return small;
    return w->word_case == WORD_UPPER ? capital : j < 2 ? min_float(small, capital) : small;
}

static void bound(ConfuseWalk *w)
{
    for (int j = 0; j <= w->n; j++) w->ahead[j] = w->rest[j] = FAR;
    w->ahead[0] = w->rest[w->n] = 0;
    for (int j = 0; j < w->n; j++) {
        float one = min_float(least_one(w, j), w->c->added[w->read[j]]);
        w->ahead[j + 1] = min_float(w->ahead[j + 1], w->ahead[j] + one);
        if (w->strokes >> j & 1) w->ahead[j + 2] = min_float(w->ahead[j + 2], w->ahead[j] + STROKES_COST);
        for (int e = 0; e < w->events; e++)
            if (w->event[e].from == j) {
                float *to = &w->ahead[w->event[e].to];
                *to = min_float(*to, w->ahead[j] + w->event[e].cost);
            }
    }
    for (int j = w->n - 1; j >= 0; j--) {
        w->rest[j] = w->rest[j + 1] + min_float(least_one(w, j), w->c->added[w->read[j]]);
        if (w->strokes >> j & 1) w->rest[j] = min_float(w->rest[j], w->rest[j + 2] + STROKES_COST);
        for (int e = 0; e < w->events; e++)
            if (w->event[e].from == j)
                w->rest[j] = min_float(w->rest[j], w->rest[w->event[e].to] + w->event[e].cost);
    }
}

static bool is_stroke(int32_t c)
{
    static const char strokes[] = "il1|!}{[]()/\\frtjJI'`,;:";
    c = char_plain(c);
    return c > 0 && c < 0x80 && strchr(strokes, (int)c);
}

static void start_walk(ConfuseWalk *w, const int32_t *read)
{
    w->strokes = 0;
    w->view[BASE].lost = w->c->base_lost;
    w->view[EXACT].lost = w->c->lost;
    for (int j = 0; j < w->n; j++) {
        w->read[j] = (uint16_t)confuse_code(w->c, read[j]);
        w->view[BASE].one[j] = w->c->by_base + w->read[j] * CONFUSE_LETTERS;
        w->view[EXACT].one[j] = w->c->one + w->read[j] * CONFUSE_LETTERS;
        if (j > 0 && is_stroke(read[j - 1]) && is_stroke(read[j])) w->strokes |= 1u << (j - 1);
    }
    note_events(w);
    bound(w);
}

/* ---- where a letter may stand ---- */

static void find_spots(const ConfuseWalk *w, int t, Spots *s)
{
    const View *v = &w->view[BASE];
    *s = (Spots){.turn = w->turn, .lost = v->lost[t] <= w->allowed - w->rest[0]};
    for (int j = 0; j < w->n; j++)
        if (v->one[j][t] <= w->allowed - w->ahead[j] - w->rest[j + 1]) s->one |= 1u << j;
    s->alone = s->lost ? ~0u : s->one | w->strokes;
    for (int e = v->by_letter[t]; e >= 0; e = w->event[e].next[BASE])
        *(w->event[e].before[BASE] ? &s->second : &s->alone) |= 1u << w->event[e].from;
    for (int e = 0; e < w->events; e++)
        if (t && w->event[e].before[BASE] == t) s->first |= 1u << w->event[e].from;
    s->simple = !w->strokes && v->by_letter[t] < 0 && !s->first;
}

static const Spots *spots_of(ConfuseWalk *w, int t)
{
    if (w->spots[t].turn != w->turn) find_spots(w, t, &w->spots[t]);
    return &w->spots[t];
}

/* ---- letters worth a look ---- */

static int opening(float cost)
{
    return cost >= OPENINGS - 2 ? OPENINGS - 1 : cost < 0 ? 1 : (int)cost + 1;
}

static void open_letter(const ConfuseWalk *w, int t, uint32_t bit, Openings *o)
{
    const View *v = &w->view[BASE];
    for (int j = 0; j < w->n; j++) o->one[j][opening(v->one[j][t])] |= bit;
    o->lost[opening(v->lost[t])] |= bit;
    for (int e = 0; t && e < w->events; e++) {
        const Event *x = &w->event[e];
        bool only = x->letter[BASE] == t && !x->before[BASE], first = x->before[BASE] == t;
        if (only || first) o->many[x->from] |= bit;
        if (x->letter[BASE] == t && x->before[BASE]) o->second[x->from] |= bit;
    }
}

static void spread_openings(uint32_t in[OPENINGS])
{
    in[0] = OTHER;
    for (int b = 1; b < OPENINGS; b++) in[b] |= in[b - 1];
}

static void open_letters(ConfuseWalk *w, bool capital)
{
    Openings *o = &w->open[capital];
    *o = (Openings){0};
    for (int k = 0; k < ALPHABET; k++) {
        int t = w->c->code['a' + k];
        open_letter(w, capital ? w->c->upper[t] : t, 1u << k, o);
    }
    for (int j = 0; j < w->n; j++) spread_openings(o->one[j]);
    spread_openings(o->lost);
}

/* The letters that may come next, and perhaps some that may not. */
static uint32_t open_at(const ConfuseWalk *w, bool capital, const CostColumn *grand, const CostColumn *parent,
                        float allowed)
{
    const Openings *o = &w->open[capital];
    uint32_t open = OTHER;
    if (parent->live & w->strokes) return ~0u;
    if (parent->live && parent->least <= allowed) open |= o->lost[opening(allowed - parent->least)];
    for (uint32_t live = parent->live & ((1u << w->n) - 1); live; live &= live - 1) {
        int j = lowest_bit(live);
        float room = allowed - parent->cost[j] - w->rest[j + 1];
        open |= o->many[j];
        if (room >= 0) open |= o->one[j][opening(room)];
    }
    for (uint32_t live = grand->live & ((1u << w->n) - 1); live; live &= live - 1)
        open |= o->second[lowest_bit(live)];
    return open;
}

/* ---- columns ---- */

static void reach(const ConfuseWalk *w, CostColumn *out, int j, float cost, float allowed)
{
    float whole = cost + w->rest[j];
    if (whole > allowed || ((out->live >> j & 1) && out->cost[j] <= cost)) return;
    out->cost[j] = cost;
    out->live |= 1u << j;
    out->least = min_float(out->least, whole);
}

static void reach_events(const ConfuseWalk *w, int view, int before, int t, const CostColumn *grand,
                         const CostColumn *parent, float allowed, CostColumn *out)
{
    for (int e = w->view[view].by_letter[t]; e >= 0; e = w->event[e].next[view]) {
        const Event *x = &w->event[e];
        const CostColumn *from = x->before[view] ? grand : parent;
        if (x->before[view] && x->before[view] != before) continue;
        if (from->live >> x->from & 1) reach(w, out, x->to, from->cost[x->from] + x->cost, allowed);
    }
}

/* A character that was read where none was. */
static void reach_added(const ConfuseWalk *w, CostColumn *c, float allowed)
{
    for (int j = 0; j < w->n; j++)
        if (c->live >> j & 1) reach(w, c, j + 1, c->cost[j] + w->c->added[w->read[j]], allowed);
}

/* The column after true letter t; `before` is the letter before it (0: none). */
static void next_column(const ConfuseWalk *w, int view, int before, int t, const CostColumn *grand,
                        const CostColumn *parent, const Spots *s, float allowed, CostColumn *out)
{
    const View *v = &w->view[view];
    out->live = 0;
    out->least = FAR;
    for (uint32_t live = parent->live & s->one; live; live &= live - 1) {
        int j = lowest_bit(live);
        reach(w, out, j + 1, parent->cost[j] + v->one[j][t], allowed);
    }
    for (uint32_t live = s->lost ? parent->live : 0; live; live &= live - 1) {
        int j = lowest_bit(live);
        reach(w, out, j, parent->cost[j] + v->lost[t], allowed);
    }
    for (uint32_t live = parent->live & w->strokes; live; live &= live - 1) {
        int j = lowest_bit(live);
        reach(w, out, j + 2, parent->cost[j] + STROKES_COST, allowed);
    }
    reach_events(w, view, before, t, grand, parent, allowed, out);
    if (out->live) reach_added(w, out, allowed);
}

/* Would the column of a simple letter be dead? Cheaper to ask than to make it. */
static bool is_dead(const ConfuseWalk *w, int t, const CostColumn *parent, const Spots *s, float allowed)
{
    if (s->lost && parent->least + w->view[BASE].lost[t] <= allowed) return false;
    for (uint32_t live = parent->live & s->one; live; live &= live - 1) {
        int j = lowest_bit(live);
        if (parent->cost[j] + w->view[BASE].one[j][t] + w->rest[j + 1] <= allowed) return false;
    }
    return true;
}

/* ---- skeletons ---- */

static float rarity_cost(float rarity)
{
    return RARITY_WEIGHT * rarity;
}

static bool is_upper_at(const ConfuseWalk *w, int depth)
{
    return w->word_case == WORD_UPPER || (w->word_case == WORD_TITLE && depth == 0);
}

static int code_of(const ConfuseWalk *w, int32_t letter, bool capital)
{
    int t = letter < CONFUSE_CODES ? w->c->code[letter] : 0;
    return capital ? w->c->upper[t] : t;
}

static float allowed_at(const ConfuseWalk *w, const TreeNode *node)
{
    return min_float(w->most, w->limit - rarity_cost(node->rarity));
}

static uint32_t letter_bit(uint16_t letter)
{
    unsigned k = (unsigned)letter - 'a';
    return k < ALPHABET ? 1u << k : (uint32_t)OTHER;
}

static void take_skeleton(ConfuseWalk *w, const TreeNode *node, float cost)
{
    if (node->run.first < node->run.end && w->hits < MOST_HITS)
        w->hit[w->hits++] = (WalkHit){node->run, cost};
}

static void visit(ConfuseWalk *w, const TreeNode *node, int depth, int before, const CostColumn *grand,
                  const CostColumn *parent)
{
    float least = min_float(parent->least, grand->least);
    const TreeNode *child = w->tree->node + node->first, *end = child + (depth < DEPTH ? node->children : 0);
    bool capital = is_upper_at(w, depth);
    uint32_t open = child < end ? open_at(w, capital, grand, parent, allowed_at(w, child)) : 0;
    for (; child < end; child++) {
        if (!(open & letter_bit(child->letter))) continue;
        float allowed = allowed_at(w, child);
        if (++w->visits > MOST_VISITS || least > allowed) return; /* the others are rarer */
        int t = code_of(w, child->letter, capital);
        const Spots *s = spots_of(w, t);
        bool first = parent->live & s->first;
        if (!first && !(parent->live & s->alone) && !(grand->live & s->second)) continue;
        if (s->simple && is_dead(w, t, parent, s, allowed)) continue;
        CostColumn own;
        next_column(w, BASE, before, t, grand, parent, s, allowed, &own);
        if (own.live >> w->n & 1) take_skeleton(w, child, own.cost[w->n]);
        if (own.live || first) visit(w, child, depth + 1, t, parent, &own);
    }
}

/* ---- words ---- */

/* The words of a run one after the other. The columns of the letters that a word shares with the one before it are kept. */
typedef struct TreePath {
    uint16_t letter[DEPTH];
    CostColumn column[DEPTH + 2]; /* [0]: nothing; [1]: before the first letter; [k + 2]: after letter k */
    int n;                        /* letters whose columns are there */
} TreePath;

/* The cost of a word, FAR when it is over the limit. */
static float spell(const ConfuseWalk *w, WordId id, TreePath *s)
{
    size_t size;
    const char *text = lexicon_text(w->tree->lex, id, &size);
    const Spots everywhere = {.lost = true, .one = (1u << w->n) - 1};
    int n = 0;
    for (size_t i = 0; i < size; n++) {
        int32_t c;
        if (n == DEPTH) return FAR;
        i += utf8_decode(text + i, size - i, &c);
        uint16_t t = (uint16_t)(c >= 0 ? code_of(w, c, is_upper_at(w, n)) : 0);
        if (n < s->n && s->letter[n] == t) continue;
        s->letter[n] = t;
        s->n = n + 1;
        next_column(w, EXACT, n ? s->letter[n - 1] : 0, t, &s->column[n], &s->column[n + 1], &everywhere,
                    w->allowed, &s->column[n + 2]);
    }
    const CostColumn *last = &s->column[n + 1];
    return last->live >> w->n & 1 ? last->cost[w->n] : FAR;
}

static bool same_text(const Lexicon *lex, WordId a, WordId b)
{
    size_t n, m;
    const char *x = lexicon_text(lex, a, &n), *y = lexicon_text(lex, b, &m);
    return n == m && memcmp(x, y, n) == 0;
}

static void take_word(ConfuseWalk *w, WordId id, WordId name, float rarity, float cost)
{
    if (cost > w->most || cost + rarity > w->limit) return;
    bool is_name = lexicon_is_name(w->tree->lex, id);
    *vec_push(w->out) =
        (Guess){is_name ? LM_NONE : id, is_name ? id : name, (uint8_t)w->word_case, cost + w->paid, rarity};
}

static void take_words(ConfuseWalk *w, const WalkHit *h)
{
    const Lexicon *lex = w->tree->lex;
    TreePath s;
    s.n = 0;
    s.column[0] = (CostColumn){.live = 0, .least = FAR};
    s.column[1] = (CostColumn){.live = 1, .least = w->rest[0]};
    reach_added(w, &s.column[1], w->allowed);
    for (unsigned id = h->run.first, next; id < h->run.end; id = next) {
        float rarity = w->tree->rarity[id];
        WordId name = LM_NONE;
        next = id + 1;
        if (next < h->run.end && lexicon_is_name(lex, (WordId)next) &&
            same_text(lex, (WordId)id, (WordId)next)) {
            name = (WordId)next++;
            rarity = min_float(rarity, w->tree->rarity[name]);
        }
        rarity = rarity_cost(rarity);
        if (h->cost + rarity > w->limit) continue;
        take_word(w, (WordId)id, name, rarity, spell(w, (WordId)id, &s));
    }
}

/* ---- both ---- */

/* All words that cost no more than `limit` with their rarity. */
static void walk(ConfuseWalk *w, float limit, Guesses *out)
{
    CostColumn start = {.live = 1, .least = w->rest[0]}, none = {.live = 0, .least = FAR};
    w->out = out;
    w->limit = limit - w->paid;
    w->allowed = min_float(w->most, w->limit - rarity_cost(word_tree_node(w->tree, 0)->rarity));
    w->visits = w->hits = 0;
    w->turn++;
    reach_added(w, &start, w->allowed);
    visit(w, word_tree_node(w->tree, 0), 0, 0, &none, &start);
    for (int i = 0; i < w->hits; i++) take_words(w, &w->hit[i]);
}

static bool is_rarer(const Guess *a, const Guess *b)
{
    return a->cost + a->rarity > b->cost + b->rarity;
}

/* The best `most` of the guesses from `first` on, none dearer than `limit`. */
static void keep_best(Guesses *out, size_t first, size_t most, float limit)
{
    if (out->n == first) return;
    Guess *g = out->v + first;
    size_t n = out->n - first, kept = 0;
    for (size_t i = 0; i < n; i++) {
        Guess x = g[i];
        if (x.cost + x.rarity > limit) continue;
        if (kept == most && !is_rarer(&g[most - 1], &x)) continue;
        size_t k = kept < most ? kept++ : most - 1;
        for (; k > 0 && is_rarer(&g[k - 1], &x); k--) g[k] = g[k - 1];
        g[k] = x;
    }
    out->n = first + kept;
}

static void start_case(ConfuseWalk *w, const Confuse *c, const WordTree *tree, const int32_t *read, int n,
                       WordCase word_case, float paid)
{
    w->c = c, w->tree = tree;
    w->word_case = word_case;
    w->n = n;
    w->paid = paid;
    start_walk(w, read);
    memset(w->spots, 0, sizeof w->spots);
    w->turn = 0;
    if (word_case != WORD_UPPER) open_letters(w, false);
    if (word_case != WORD_LOWER) open_letters(w, true);
}

/* The words of all cases that cost no more than `limit`; returns what the cheapest costs. */
static float walk_cases(ConfuseWalk *w, const float paid[WORD_CASES], float most, float limit, size_t first,
                        Guesses *out)
{
    float best = FAR;
    out->n = first;
    for (int k = 0; k < WORD_CASES; k++)
        if (paid[k] < most) walk(&w[k], limit, out);
    for (size_t i = first; i < out->n; i++) best = min_float(best, out->v[i].cost + out->v[i].rarity);
    return best;
}

/* The cost, rarity included, of the cheapest word of the very letters that were read, whatever their marks and the signs
 * between; FAR where there is none. */
static float cost_as_read(ConfuseWalk *w, const float paid[WORD_CASES], const int32_t *read, float most,
                          Guesses *out)
{
    char skeleton[CONFUSE_MOST_READ * 4];
    size_t n = 0, first = out->n;
    float best = FAR;
    for (int i = 0; i < w->n; i++) {
        int32_t c = viet_bare(read[i]);
        if (char_kind(c) == CHAR_LETTER) n += utf8_encode(c, skeleton + n);
    }
    WalkHit own = {lexicon_run(w->tree->lex, skeleton, n), 0};
    for (int k = 0; k < WORD_CASES; k++) {
        if (paid[k] >= most) continue;
        w[k].out = out;
        w[k].limit = FAR, w[k].allowed = w[k].most;
        take_words(&w[k], &own);
    }
    for (size_t i = first; i < out->n; i++) best = min_float(best, out->v[i].cost + out->v[i].rarity);
    out->n = first;
    return best;
}

/* What is dearer than this is left out, when the cheapest word costs `best`. */
static float limit_above(float best, float least, float spread)
{
    static const float WIDE = 21, NARROW = 4; /* nats: beyond WIDE only what is within NARROW of the best */
    float limit = best + spread, wide = least + WIDE;
    return limit <= wide ? limit : wide > best + NARROW ? wide : best + NARROW;
}

/* Where the lexicon has a word as it was read, its cost bounds that of the others. Else the bound rises turn by turn until
 * there is a word. Then one more turn finds all that is near it. */
void confuse_words(const Confuse *c, const WordTree *tree, const int32_t *read, int n,
                   const float paid[WORD_CASES], const ConfuseLimits *limits, Guesses *out)
{
    static const float FIRST = 12, STEP = 4; /* nats over what the characters cost at least */
    ConfuseWalk w[WORD_CASES];
    size_t first = out->n;
    float best = FAR, least = FAR;
    if (n < 1 || n > CONFUSE_MOST_READ || !word_tree_node(tree, 0)) return;
    for (int k = 0; k < WORD_CASES; k++) {
        w[k].n = n, w[k].tree = tree;
        if (paid[k] >= limits->cost) continue;
        start_case(&w[k], c, tree, read, n, (WordCase)k, paid[k]);
        w[k].most = limits->cost - paid[k];
        least = min_float(least, w[k].rest[0] + paid[k]);
    }
    if (n <= MOST_AS_READ) best = cost_as_read(w, paid, read, limits->cost, out);
    if (best > least + limits->far) best = FAR;
    for (float over = FIRST; best >= FAR; over += STEP) {
        best = walk_cases(w, paid, limits->cost, least + min_float(over, limits->far), first, out);
        if (over >= limits->far) break;
    }
    if (best >= FAR) return;
    best = walk_cases(w, paid, limits->cost, limit_above(best, least, limits->spread), first, out);
    keep_best(out, first, (size_t)limits->words, limit_above(best, least, limits->spread));
}

/* ---- a whole name ---- */

static const float SAME_BASE_COST = 2.5f; /* nats: that what is seen of ử is lent to ữ */
static const float MOST_ONE = 9;          /* nats: one letter read as any other */

enum { MOST_NAME = 96, SPACE = 0xFFFF };

typedef struct Ways { /* cost[i][j]: of reading the first i letters as the first j characters */
    const Confuse *c;
    uint16_t meant[MOST_NAME], read[MOST_NAME];
    int n, m;
    uint8_t stroke[MOST_NAME];
    float cost[MOST_NAME + 1][MOST_NAME + 1];
} Ways;

static int codes_of(const Confuse *c, const char *s, uint16_t out[MOST_NAME], uint8_t *stroke)
{
    int n = 0;
    int32_t ch;
    for (size_t len = strlen(s), i = 0; i < len && n < MOST_NAME; n++) {
        i += utf8_decode(s + i, len - i, &ch);
        out[n] = ch == ' ' ? SPACE : (uint16_t)confuse_code(c, ch);
        if (stroke) stroke[n] = is_stroke(ch);
    }
    return n;
}

static void way(Ways *w, int i, int j, float cost)
{
    if (cost < w->cost[i][j]) w->cost[i][j] = cost;
}

/* One character, none or two strokes for the letter at i. */
static void ways_of_letter(Ways *w, int i, int j, float paid)
{
    uint16_t t = w->meant[i];
    bool blank = t == SPACE, more = j < w->m;
    way(w, i + 1, j, paid + (blank ? w->c->space_lost : w->c->lost[t]));
    if (more && blank == (w->read[j] == SPACE))
        way(w, i + 1, j + 1,
            paid + (blank ? 0 : min_float(w->c->one[w->read[j] * CONFUSE_LETTERS + t], MOST_ONE)));
    if (!blank && j + 1 < w->m && w->stroke[j] && w->stroke[j + 1]) way(w, i + 1, j + 2, paid + STROKES_COST);
}

/* 0 where the segment is of the letters at i, SAME_BASE_COST where only the base letters agree, FAR elsewhere. */
static float lent_cost(const Ways *w, const Segment *s, int i)
{
    float cost = 0;
    for (int k = 0; k < s->true_len; k++) {
        uint16_t meant = w->meant[i + k];
        if (meant == s->true_code[k]) continue;
        if (meant == SPACE || w->c->base_of[meant] != w->c->base_of[s->true_code[k]]) return FAR;
        cost = SAME_BASE_COST;
    }
    return cost;
}

static void ways_of_segments(Ways *w, int i, int j, float paid)
{
    const Confuse *c = w->c;
    for (int len = 1; len <= 3 && j + len <= w->m && w->read[j + len - 1] != SPACE; len++)
        for (int32_t k = c->head[confuse_hash(w->read + j, len)]; k >= 0; k = c->link[k]) {
            const Segment *s = &c->many.v[k];
            if (s->read_len != len || !s->true_len || i + s->true_len > w->n ||
                memcmp(s->read_code, w->read + j, (size_t)len * sizeof *w->read) != 0)
                continue;
            float lent = lent_cost(w, s, i);
            if (lent < FAR) way(w, i + s->true_len, j + len, paid + s->cost + lent);
        }
}

float confuse_cost(const Confuse *c, const char *meant, const char *read)
{
    Ways w = {.c = c};
    w.n = codes_of(c, meant, w.meant, NULL), w.m = codes_of(c, read, w.read, w.stroke);
    for (int i = 0; i <= w.n; i++)
        for (int j = 0; j <= w.m; j++) w.cost[i][j] = FAR;
    w.cost[0][0] = 0;
    for (int i = 0; i <= w.n; i++)
        for (int j = 0; j <= w.m; j++) {
            float paid = w.cost[i][j];
            if (j < w.m)
                way(&w, i, j + 1, paid + (w.read[j] == SPACE ? c->space_added : c->added[w.read[j]]));
            if (i == w.n) continue;
            ways_of_letter(&w, i, j, paid);
            ways_of_segments(&w, i, j, paid);
        }
    return w.cost[w.n][w.m];
}
