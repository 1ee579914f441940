/* Anything may be wrong: a chunk is cut at its borders of letters, digits and signs in every way that makes
 * sense, and each piece is looked up through the channel (model/confuse.h).
 *
 * Example: "Dé}lg" has borders at 2, 3 and 5 characters: Dé · } · lg, Dé} · lg, Dé · }lg or the whole: the
 * whole is read as Đông at some cost, the parts as words that nobody writes in a row; the search decides.
 *
 * 1 tokens (as in training) give the plain cut of every chunk; 2 borders are marked, and where a run of
 * letters is no word, every place where words that fit meet; 3 a node for each border, 4 a slot for each pair
 * of borders that may hold a piece; 5 a slot over two chunks where a word may have been torn apart. */
#include "stage/restore_own.h"

#include "base/str.h"
#include "base/viet.h"

#include <math.h>
#include <string.h>

enum {
    MOST_CHARS = CONFUSE_MOST_READ, /* of a chunk that is read letter by letter */
    MOST_READINGS = 20,             /* of a piece */
    SHORTEST_SPLIT = 4,             /* characters of a run that may be two words */
    LONGEST_SYLLABLE = 7,
    MOST_SPECKS = 3,     /* of a chunk that is nothing else */
    MOST_ROMAN = 6,      /* XXVIII */
    MOST_ROUND = 3,      /* characters of a word in capitals that may be none */
    MOST_CACHED = 20000, /* pieces kept, then all are forgotten: memory stays flat */
    MOST_GUESSES = 20 * MOST_CACHED,
};

static const float MOST_COST = 15;    /* nats: of any reading */
static const float SPREAD = 7.5f;     /* nats: readings dearer than the cheapest by more are left out */
static const float NEW_WORD = 4;      /* nats: a word the model does not know, taken as it stands ... */
static const float NEW_LETTER = 1.9f; /* ... and for each letter of it */
static const float NEW_ODD = 4;       /* ... and for each character of it that is no letter */
static const float NO_NAME = 3;       /* nats: a capital inside a sentence on a word never seen as a name */
static const float FOREIGN = 5;       /* nats: no misread Vietnamese word, in a text that is mostly right */
static const float OTHER_CASE = 3;    /* nats: the capital itself was misread */
static const float SAME_SHAPE = 0.5f; /* nats: ... of a letter that has one shape: S for s */
static const float I_FOR_L = 1;       /* nats: the capital is the stroke of an l: "Ia" is là */
static const float POOR = 2.5f, POOR_LETTER = 0.5f; /* nats: a reading dearer than this is a poor one */
static const float NUMBER_LETTER = 0.5f;            /* nats: a letter behind a number, as it stands */
static const float NUMBERED = 4; /* nats: a number with a letter behind it is that: lớp 3a, 02b */
static const char *const SIGN_TEXT[] = {",", ".", ";", ":"};
static const float MOST_SIGN = 8;     /* nats: of reading one sign for another */
static const float LONE_SPECK = 1.5f; /* nats: ... and that stands alone */
static const float STUCK_SPECK = 5,
                   ENG_STUCK_SPECK = 7; /* nats: ... and clings to a word; eng has fewer of them */
static const float SPECK = 5;           /* nats: a sign that is dirt */
static const float CHOICE_COST = 1,
                   CHOICE_WEIGHT = 0.8f; /* nats: a reading the engine put second; of its odds */
static const float TORN = 2;             /* nats over the channel's: a word torn apart, or two run together */

/* ---- what a piece may be, kept for the next time ---- */

typedef struct Known {
    uint64_t hash; /* 0: empty */
    uint32_t first, n;
    float best;
} Known;

struct GuessCache {
    Known known[1 << 16];
    size_t used;
    Guesses all;
};

void guess_cache_free(GuessCache *c)
{
    if (c) vec_release(&c->all);
    free(c);
}

/* What was looked for only nearby is kept apart: what comes out of a piece must not depend on what was read
 * before it. */
static uint64_t piece_hash(const Restore *r, const int32_t *ch, int n, bool near)
{
    uint64_t h = 0xcbf29ce484222325u;
    for (int i = -1; i < n; i++) { /* before the letters: which channel, and how far */
        uint64_t next = i < 0 ? (uint64_t)r->from * 2 + near : (uint64_t)(uint32_t)ch[i];
        h = (h ^ next) * 0x9E3779B97F4A7C15u, h ^= h >> 29;
    }
    return h + !h;
}

static bool case_is_doubtful(int32_t c)
{
    int32_t b = viet_bare(c);
    return b > 0 && b < 0x80 && strchr("ckopsuvwxz", (int)b);
}

/* In which capitals a piece may have been written, and what each costs. */
static void cases_of(const int32_t *ch, int n, float paid[WORD_CASES])
{
    int upper = 0, lower = 0;
    for (int i = 0; i < n; i++) {
        bool up = viet_is_upper(ch[i]);
        upper += up;
        lower += !up && viet_is_letter(ch[i]);
    }
    bool first = viet_is_upper(ch[0]), letter = viet_is_letter(ch[0]), none = upper + lower == 0;
    bool all = n > 1 && (upper >= 2 || (upper == 1 && !lower) || none);
    bool same_shape = letter && case_is_doubtful(ch[0]); /* c and C, s and S are one shape */
    bool may_be_lower = first && upper == 1 && same_shape,
         may_be_title = !none && !first && (same_shape || !letter);
    paid[WORD_LOWER] = !first ? 0 : may_be_lower ? SAME_SHAPE : MOST_COST;
    if (ch[0] == 'I' && upper == 1 && n > 1) paid[WORD_LOWER] = I_FOR_L;
    paid[WORD_TITLE] = first ? 0 : may_be_title ? same_shape ? SAME_SHAPE : OTHER_CASE : MOST_COST;
    paid[WORD_UPPER] = all ? 0 : MOST_COST;
}

/* Dearer than this a reading is a poor one. */
static float poor_cost(int n)
{
    return POOR + POOR_LETTER * (float)n;
}

static bool is_poor(const Known *k, int n)
{
    return k->n == 0 || k->best > poor_cost(n);
}

static void forget_all(GuessCache *c)
{
    memset(c->known, 0, sizeof c->known);
    c->used = c->all.n = 0;
}

static void look_up_words(Restore *r, const int32_t *ch, int n, float most, Known *k)
{
    Guesses *all = &r->cache->all;
    ConfuseLimits limits = {.words = MOST_READINGS, .spread = SPREAD, .cost = most};
    float paid[WORD_CASES];
    k->first = (uint32_t)all->n;
    k->best = most;
    cases_of(ch, n, paid);
    confuse_words(r->channel, &r->tree, ch, n, paid, &limits, all);
    k->n = (uint32_t)all->n - k->first;
    for (uint32_t i = k->first; i < k->first + k->n; i++)
        if (all->v[i].cost < k->best) k->best = all->v[i].cost;
}

static const Known *look_up_most(Restore *r, const int32_t *ch, int n, bool near)
{
    GuessCache *c = r->cache;
    uint64_t hash = piece_hash(r, ch, n, near);
    if (c->used >= MOST_CACHED || c->all.n > MOST_GUESSES) forget_all(c);
    size_t slot = hash >> 48;
    while (c->known[slot].hash && c->known[slot].hash != hash) slot = (slot + 1) & 0xFFFF;
    Known *k = &c->known[slot];
    if (k->hash) return k;
    *k = (Known){.hash = hash}, c->used++;
    look_up_words(r, ch, n, near ? poor_cost(n) : MOST_COST, k);
    return k;
}

static const Known *look_up(Restore *r, const int32_t *ch, int n)
{
    return look_up_most(r, ch, n, false);
}

/* Enough to tell whether a word fits. */
static const Known *look_up_near(Restore *r, const int32_t *ch, int n)
{
    return look_up_most(r, ch, n, true);
}

/* ---- candidates ---- */

static void push_word(Restore *r, uint16_t id, WordCase c, float score)
{
    static const uint8_t kinds[] = {CAND_LOWER, CAND_TITLE, CAND_UPPER};
    *vec_push(&r->lattice.cand) = (Cand){.id = id, .kind = kinds[c], .score = score};
}

/* Where a piece stands, as far as its capitals go. */
typedef struct Place {
    bool start;   /* a sentence may begin here: a capital says nothing */
    bool capital; /* one capital and no small letter: B6 may be Bộ or BỘ */
    bool shouted; /* among words in capitals */
} Place;

static void push_case(Restore *r, const Guess *g, WordCase c, bool start, float score)
{
    bool plain = g->plain != LM_NONE, name = g->name != LM_NONE;
    if (plain && (c != WORD_TITLE || start || !name))
        push_word(r, g->plain, c, score - (c == WORD_TITLE && !start && !name ? NO_NAME : 0));
    if (name && (c != WORD_LOWER || !plain))
        push_word(r, g->name, c, score - (c == WORD_LOWER ? NO_NAME : 0));
}

static void push_guess(Restore *r, const Guess *g, Place at, float paid)
{
    WordCase c = (WordCase)g->word_case;
    float score = -g->cost - paid;
    if (r->from == FROM_VIE && !lexicon_is_syllable(&r->lex, g->plain != LM_NONE ? g->plain : g->name))
        score -= FOREIGN;
    if (at.capital && c == (at.shouted ? WORD_TITLE : WORD_UPPER)) {
        if (c == WORD_UPPER) push_case(r, g, WORD_TITLE, at.start, score); /* SO may be Sở */
        score -= OTHER_CASE;
    }
    push_case(r, g, c, at.start, score);
}

/* The best MOST_READINGS by channel and unigram. */
static void keep_best(Restore *r, Slot *s)
{
    Cand *c = r->lattice.cand.v + s->first_cand;
    int n = (int)r->lattice.cand.n - s->first_cand;
    float worth[1024];
    if (n > 1024) n = 1024;
    if (n > MOST_READINGS) {
        for (int i = 0; i < n; i++)
            worth[i] = r->lattice.weight * c[i].score + ngram_unigram(&r->lm, c[i].id) * 1.4f;
        for (int k = 0; k < MOST_READINGS; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++)
                if (worth[i] > worth[best]) best = i;
            Cand swap = c[k];
            float w = worth[k];
            c[k] = c[best], worth[k] = worth[best];
            c[best] = swap, worth[best] = w;
        }
        n = MOST_READINGS;
    }
    s->cands = n;
    r->lattice.cand.n = (size_t)(s->first_cand + n);
    lattice_sort_cands(&r->lattice, s);
}

/* ---- a chunk ---- */

typedef struct ChunkText {
    int32_t ch[MOST_CHARS];
    uint32_t at[MOST_CHARS + 1]; /* byte of the text where each begins */
    int n;
    bool token_start[MOST_CHARS + 1]; /* a plain token begins here */
    bool border[MOST_CHARS + 1];
    int node[MOST_CHARS + 1]; /* -1 where no border is */
    bool start;               /* a sentence may begin with the chunk */
    bool begins;              /* a line begins with it */
    bool ends;                /* the text ends with it */
    bool shouted;             /* a chunk beside it is in capitals */
    bool careful;             /* the text is mostly right */
} ChunkText;

static bool decode_chunk(const Text *t, const Chunk *c, ChunkText *x)
{
    uint32_t i = c->at, end = c->at + c->len;
    x->n = 0;
    while (i < end) {
        if (x->n == MOST_CHARS) return false;
        x->at[x->n] = i;
        i += (uint32_t)utf8_decode(t->raw + i, end - i, &x->ch[x->n++]);
    }
    x->at[x->n] = end;
    return true;
}

static CharKind kind_at(const ChunkText *x, int i)
{
    return char_kind(x->ch[i]);
}

static bool is_one_of_signs(const char *set, int32_t c)
{
    return c > 0 && c < 0x80 && strchr(set, (int)c);
}

/* Signs that are themselves; all others may be part of a letter, or dirt. */
static bool is_plain_sign(int32_t c)
{
    c = char_plain(c);
    return c == 0x2026 || c == 0x2022 || (c < 0x80 && c > 0 && strchr(".,;:()-/\"%+?!", (int)c));
}

static bool has_letter(const ChunkText *x, int from, int to)
{
    for (int i = from; i < to; i++)
        if (kind_at(x, i) == CHAR_LETTER) return true;
    return false;
}

static bool all_of(const ChunkText *x, int from, int to, CharKind kind)
{
    for (int i = from; i < to; i++)
        if (kind_at(x, i) != kind) return false;
    return true;
}

/* A capital inside small letters: "SiĐông"; "BoredPanda" is left alone where most is right. */
static bool is_hump(const ChunkText *x, int i)
{
    bool marked = !x->careful;
    for (int k = 0; k < i; k++) marked = marked || x->ch[k] >= 0x80;
    return marked && i > 1 && i + 1 < x->n && viet_is_upper(x->ch[i]) && kind_at(x, i - 1) == CHAR_LETTER &&
           !viet_is_upper(x->ch[i - 1]) && !viet_is_upper(x->ch[i + 1]);
}

/* Where kinds meet, and around every sign. */
static void mark_borders(ChunkText *x)
{
    for (int i = 0; i <= x->n; i++)
        x->border[i] = i == 0 || i == x->n || kind_at(x, i) != kind_at(x, i - 1) ||
                       kind_at(x, i) == CHAR_SIGN || is_hump(x, i);
}

/* In a run of letters that is no word: every place up to which and from which words fit. */
static void mark_splits(Restore *r, ChunkText *x, int from, int to)
{
    bool reached[MOST_CHARS + 1] = {0};
    int n = to - from;
    reached[0] = true;
    for (int i = 0; i < n; i++)
        for (int len = 2; reached[i] && len <= LONGEST_SYLLABLE && i + len <= n; len++) {
            const Known *k = look_up_near(r, x->ch + from + i, len);
            if (len < n && !is_poor(k, len)) reached[i + len] = true;
        }
    if (!reached[n]) return;
    for (int i = 1; i < n; i++)
        if (reached[i]) x->border[from + i] = true;
}

static void mark_run_splits(Restore *r, ChunkText *x)
{
    for (int from = 0, to; from < x->n; from = to) {
        to = from + 1;
        if (kind_at(x, from) != CHAR_LETTER) continue;
        while (to < x->n && kind_at(x, to) == CHAR_LETTER) to++;
        if (to - from >= SHORTEST_SPLIT && is_poor(look_up(r, x->ch + from, to - from), to - from))
            mark_splits(r, x, from, to);
    }
}

/* Signs that stand alone for a word of one letter: & is ở to an engine without it. */
static bool is_one_letter(int32_t c)
{
    return c == '&' || c == '@' || c == 0x20AC || c == 0xA7;
}

/* May [from, to) be one word? Plain signs only count as letters between letters. */
static bool may_be_word(const Restore *r, const ChunkText *x, int from, int to)
{
    if (to - from > MOST_CHARS || (to - from > 4 && !has_letter(x, from, to))) return false;
    if (all_of(x, from, to, CHAR_DIGIT)) return to - from <= 3;
    if (all_of(x, from, to, CHAR_SIGN)) return x->n == 1 && r->from == FROM_OCR && is_one_letter(x->ch[from]);
    for (int i = from; i < to; i++) {
        if (!is_plain_sign(x->ch[i]) || (r->from == FROM_OCR && (x->ch[i] == '?' || x->ch[i] == '!')))
            continue;
        if (i == from || i + 1 == to || x->ch[i] == '/' || x->ch[i] == '-') return false;
        if (kind_at(x, i - 1) != CHAR_LETTER || kind_at(x, i + 1) != CHAR_LETTER) return false;
    }
    return true;
}

static float raw_cost(const ChunkText *x, int from, int to)
{
    float cost = NEW_WORD;
    bool letter = to - from == 1 && from > 0 && kind_at(x, from) == CHAR_LETTER;
    if (letter && kind_at(x, from - 1) == CHAR_DIGIT) return NUMBER_LETTER;
    for (int i = from; i < to; i++) cost += kind_at(x, i) == CHAR_LETTER ? NEW_LETTER : NEW_ODD;
    return cost;
}

static bool is_run_inside(const ChunkText *x, int from)
{
    return from > 0 && kind_at(x, from) == CHAR_LETTER && kind_at(x, from - 1) == CHAR_LETTER;
}

static bool is_whole_run(const ChunkText *x, int from, int to)
{
    return !is_run_inside(x, from) && (to == x->n || !is_run_inside(x, to));
}

/* The piece read as a number: each character as the digit it is most likely to be. */
static bool read_digits(Restore *r, const ChunkText *x, int from, int to, char *out, float *cost)
{
    bool any = false;
    *cost = 0;
    for (int i = from; i < to; i++) {
        float best = 1e9f;
        if (to - from > 10) return false;
        for (int32_t d = '0'; d <= '9'; d++) {
            float c = confuse_one(r->channel, d, x->ch[i]);
            if (c < best) best = c, out[i - from] = (char)d;
        }
        any = any || viet_is_digit(x->ch[i]);
        *cost += viet_is_digit(x->ch[i]) ? 0 : best;
        if (best > 7) return false;
    }
    out[to - from] = '\0';
    return any;
}

static void push_number(Restore *r, Arena *a, const ChunkText *x, int from, int to)
{
    char digits[16], key[TOKEN_KEY_MOST];
    float cost;
    if (!read_digits(r, x, from, to, digits, &cost)) return;
    if (kind_at(x, to - 1) == CHAR_LETTER && all_of(x, from, to - 1, CHAR_DIGIT)) cost += NUMBERED;
    Token token = {.len = (uint32_t)(to - from), .kind = TOKEN_NUMBER};
    size_t n = token_key(digits, &token, key);
    *vec_push(&r->lattice.cand) = (Cand){.id = lexicon_find(&r->lex, key, n, false),
                                         .kind = CAND_GIVEN,
                                         .score = -cost - r->trust / r->lattice.weight,
                                         .text = arena_str(a, digits)};
}

/* I1, 1T, II1: nothing but strokes, V and X. */
static bool is_like_roman(const ChunkText *x, int from, int to)
{
    for (int i = from; i < to; i++)
        if (x->ch[i] <= 0 || x->ch[i] >= 0x80 || !strchr("IVX1lT|!", (int)x->ch[i])) return false;
    return true;
}

/* One capital, and then nothing that is surely another: in SO, SG and S@ the second may be an ở. */
static bool is_single_capital(const ChunkText *x, int from, int to)
{
    int upper = 0, round = 0;
    if (is_like_roman(x, from, to)) return false;
    for (int i = from; i < to; i++) {
        bool up = viet_is_upper(x->ch[i]);
        if (!up && kind_at(x, i) == CHAR_LETTER) return false;
        upper += up;
        round += up && i > from && x->ch[i] < 0x80 && strchr("OGQWUVSXZ", (int)x->ch[i]);
    }
    return upper == 1 || (to - from <= MOST_ROUND && round == to - from - 1);
}

/* VnExpress stays as it is; no syllable has a capital inside: triỂn is triển. */
static void push_known(Restore *r, WordId id, Casing casing, bool upper, float score)
{
    CandKind kind = CAND_RAW;
    if (casing == CASE_MIXED && lexicon_is_syllable(&r->lex, id)) kind = upper ? CAND_TITLE : CAND_LOWER;
    if (id != LM_UNKNOWN)
        *vec_push(&r->lattice.cand) = (Cand){.id = id, .kind = (uint8_t)kind, .score = score};
}

static const float NO_STROKES = 6; /* nats, against capitals that lack them */

/* HDND: capitals that are a far commoner word with the strokes that D has lost (HĐND). Typed so as often as
 * read so: however clean the text is, they do not stand for themselves. */
static bool lacks_strokes(const Restore *r, const ChunkText *x, int from, int to)
{
    static const float COMMONER = 2; /* nats */
    char raw[MOST_CHARS * 4], key[TOKEN_KEY_MOST];
    size_t n = 0;
    bool d = false;
    if (to - from < 3 || !all_of(x, from, to, CHAR_LETTER)) return false;
    for (int i = from; i < to; i++) {
        if (!viet_is_upper(x->ch[i])) return false;
        d = d || x->ch[i] == 'D';
        n += utf8_encode(x->ch[i], raw + n);
    }
    size_t m = d ? token_word_key(raw, n, key) : 0;
    WordRun run = m ? lexicon_run(&r->lex, key, m) : (WordRun){0, 0}; /* capitals without marks: a skeleton */
    if (run.first == run.end || lexicon_is_syllable(&r->lex, run.first)) return false;
    float own = -INFINITY, best = -INFINITY;
    for (WordId id = run.first; id < run.end; id++) {
        size_t len;
        const char *text = lexicon_text(&r->lex, id, &len);
        bool same = len == m && memcmp(text, key, m) == 0;
        float *most = same ? &own : &best;
        *most = fmaxf(*most, ngram_unigram(&r->lm, id));
    }
    return best > own + COMMONER;
}

/* A word that the model knows just as it was read: in a text that is mostly right, it likely is. */
static void push_as_it_stands(Restore *r, const ChunkText *x, int from, int to, bool start)
{
    char raw[MOST_CHARS * 4], key[TOKEN_KEY_MOST];
    size_t n = 0;
    if (!all_of(x, from, to, CHAR_LETTER)) return;
    for (int i = from; i < to; i++) n += utf8_encode(x->ch[i], raw + n);
    Casing casing = token_casing(raw, n);
    if (r->from != FROM_VIE && casing != CASE_MIXED) return;
    if (lacks_strokes(r, x, from, to)) return;
    float score = r->from == FROM_VIE ? r->trust / r->lattice.weight : -OTHER_CASE;
    size_t m = token_word_key(raw, n, key);
    WordId plain = lexicon_find(&r->lex, key, m, false), name = lexicon_find(&r->lex, key, m, true);
    bool capital = casing == CASE_TITLE || casing == CASE_MIXED;
    bool upper = viet_is_upper(x->ch[from]);
    push_known(r, plain, casing, upper, score - (capital && !start && name != LM_UNKNOWN ? NO_NAME : 0));
    push_known(r, name, casing, upper, score - (casing == CASE_LOWER ? NO_NAME : 0));
}

static void add_piece(Restore *r, Arena *a, const ChunkText *x, int from, int to, bool start)
{
    Lattice *l = &r->lattice;
    int number = (int)l->slot.n;
    Slot *s = lattice_add_slot(l, x->node[from], x->node[to]);
    s->at = x->at[from], s->len = x->at[to] - x->at[from];
    float paid = is_run_inside(x, from) ? r->channel->space_lost + TORN : 0;
    const Known *k = look_up(r, x->ch + from, to - from);
    Place place = {start, is_single_capital(x, from, to), x->shouted};
    for (uint32_t i = 0; i < k->n; i++) push_guess(r, &r->cache->all.v[k->first + i], place, paid);
    s->word = true;
    if (is_whole_run(x, from, to)) push_as_it_stands(r, x, from, to, start);
    if (!all_of(x, from, to, CHAR_DIGIT)) {
        push_number(r, a, x, from, to);
        float trust = lacks_strokes(r, x, from, to) ? -NO_STROKES : r->trust / l->weight;
        if (paid == 0)
            *vec_push(&l->cand) =
                (Cand){.id = LM_UNKNOWN, .kind = CAND_RAW, .score = trust - raw_cost(x, from, to)};
    }
    keep_best(r, &l->slot.v[number]);
}

/* ---- tokens as they stand ---- */

static void add_as_is(Restore *r, const Text *t, const ChunkText *x, const Token *token, int from, int to)
{
    Lattice *l = &r->lattice;
    char key[TOKEN_KEY_MOST];
    size_t n = token_key(t->raw, token, key);
    Slot *s = lattice_add_slot(l, x->node[from], x->node[to]);
    s->at = token->at, s->len = token->len, s->cands = 1;
    WordId id = token->kind == TOKEN_WORD ? LM_UNKNOWN : lexicon_find(&r->lex, key, n, false);
    *vec_push(&l->cand) = (Cand){.id = id, .kind = CAND_RAW};
}

/* The signs at the feet of words are read for one another: , for . and ; for : */
static void add_other_signs(Restore *r, const ChunkText *x, int from)
{
    static const char signs[] = ",.;:";
    Lattice *l = &r->lattice;
    int32_t read = x->ch[from];
    int number = (int)l->slot.n - 1; /* of the sign as it stands */
    if (read <= 0 || read >= 0x80 || !strchr(signs, (int)read)) return;
    float own = confuse_one(r->channel, read, read);
    for (const char *c = signs; *c; c++) {
        WordId id = lexicon_find(&r->lex, c, 1, false);
        float cost = confuse_one(r->channel, *c, read) - own + r->trust / l->weight;
        if (*c == read || id == LM_UNKNOWN || cost > MOST_SIGN) continue;
        *vec_push(&l->cand) =
            (Cand){.id = id, .kind = CAND_GIVEN, .score = -cost, .text = SIGN_TEXT[c - signs]};
    }
    l->slot.v[number].cands = (int)l->cand.n - l->slot.v[number].first_cand;
    lattice_sort_cands(l, &l->slot.v[number]);
}

/* A sign that may be dirt is passed over. */
static void add_speck(Restore *r, const ChunkText *x, int i, float cost)
{
    Lattice *l = &r->lattice;
    Slot *s = lattice_add_slot(l, x->node[i], x->node[i + 1]);
    s->at = x->at[i], s->len = x->at[i + 1] - x->at[i], s->cands = 1;
    *vec_push(&l->cand) = (Cand){.id = LM_NONE, .kind = CAND_GIVEN, .score = -cost, .text = ""};
}

/* In a word, any sign that is not punctuation; alone, only what nobody writes alone. */
static bool may_be_dirt(int32_t c)
{
    return !is_plain_sign(c) && c != '|';
}

static bool is_dirt(int32_t c)
{
    return c == 0xA9 || c == 0xAE || c == 0xA2 || c == 0xA5 || c == 0xA3 || c == 0xB0 || c == 0xAC ||
           (c > 0 && c < 0x80 && strchr("_^~`{}[]<>\\", (int)c));
}

/* A point or dash that clings to letters: "mẫu.và" is mẫu và. */
static bool is_stuck(const ChunkText *x, int i)
{
    int32_t c = char_plain(x->ch[i]);
    bool after = i + 1 < x->n && kind_at(x, i + 1) == CHAR_LETTER,
         before = i > 0 && kind_at(x, i - 1) == CHAR_LETTER;
    if (c <= 0 || c >= 0x80 || !strchr(".,:;-", (int)c)) return false;
    return i == 0 ? after && !x->begins : before && (after || (i + 1 == x->n && !x->ends));
}

static void add_signs(Restore *r, const ChunkText *x)
{
    float stuck = r->from == FROM_VIE ? STUCK_SPECK : ENG_STUCK_SPECK;
    for (int i = 0; i < x->n; i++)
        if (kind_at(x, i) == CHAR_SIGN && (x->n > 1 ? may_be_dirt(x->ch[i]) : is_dirt(x->ch[i])))
            add_speck(r, x, i, SPECK);
        else if (x->n > 1 && is_stuck(x, i))
            add_speck(r, x, i, stuck + r->trust / r->lattice.weight);
}

/* What specks of dirt between words are read as: signs and strokes. */
static bool is_speck(const ChunkText *x, int i)
{
    int32_t c = char_plain(x->ch[i]), b = viet_bare(x->ch[i]);
    if (x->begins && (kind_at(x, i) == CHAR_LETTER || (c < 0x80 && c > 0 && strchr("-+*", (int)c))))
        return false;                  /* the sign of a list's item */
    if (x->ch[i] == 'I') return false; /* a roman numeral */
    return b == 'i' || b == 'l' ||
           (kind_at(x, i) == CHAR_SIGN && (c >= 0x80 || !strchr("()[]/&@%$#|", (int)c)));
}

/* Alone between blanks nobody writes a full stop: it is dirt, or a sign torn off. A dash may well be one. */
static void add_lone_specks(Restore *r, const ChunkText *x)
{
    if (x->n > MOST_SPECKS) return;
    for (int i = 0; i < x->n; i++)
        if (!is_speck(x, i)) return;
    for (int i = 0; i < x->n; i++) {
        int32_t c = char_plain(x->ch[i]);
        bool written = c > 0 && c < 0x80 && strchr("-+=*", (int)c);
        float cost = (written ? SPECK : LONE_SPECK) + r->trust / r->lattice.weight;
        if (x->node[i] >= 0 && x->node[i + 1] >= 0) add_speck(r, x, i, cost);
    }
}

/* ---- the whole text ---- */

typedef struct OcrReading {
    Restore *r;
    Arena *a;
    const Text *t;
    TokenReader reader;
    Token token;
    bool more;
    int node; /* where the next chunk begins */
    /* the chunk before, for words torn apart */
    ChunkText before;
    int before_node;
    bool before_letters;
} OcrReading;

static int char_index(const ChunkText *x, uint32_t at)
{
    for (int i = 0; i <= x->n; i++)
        if (x->at[i] == at) return i;
    return -1;
}

/* Too long to be read, or an address: its tokens as they stand. */
static void read_fixed(OcrReading *o, const Chunk *c)
{
    while (o->more && o->token.at < c->at + c->len) {
        ChunkText one = {.n = 1};
        one.node[0] = o->node, one.node[1] = lattice_add_node(&o->r->lattice);
        add_as_is(o->r, o->t, &one, &o->token, 0, 1);
        o->node = one.node[1];
        o->more = token_next(&o->reader, &o->token);
    }
    o->before_letters = false;
}

static void make_nodes(OcrReading *o, ChunkText *x)
{
    x->node[0] = o->node;
    for (int i = 1; i <= x->n; i++) x->node[i] = x->border[i] ? lattice_add_node(&o->r->lattice) : -1;
    o->node = x->node[x->n];
}

/* Numbers and signs as they are; notes where a sentence may begin. */
static void add_tokens(OcrReading *o, const Chunk *c, ChunkText *x)
{
    while (o->more && o->token.at < c->at + c->len) {
        int from = char_index(x, o->token.at), to = char_index(x, o->token.at + o->token.len);
        bool known = from >= 0 && to > from && x->node[from] >= 0 && x->node[to] >= 0;
        if (known && o->token.kind != TOKEN_WORD) add_as_is(o->r, o->t, x, &o->token, from, to);
        if (known && o->token.kind == TOKEN_SIGN) add_other_signs(o->r, x, from);
        if (known && o->token.start) x->token_start[from] = true;
        o->more = token_next(&o->reader, &o->token);
    }
}

/* ---- labels of list items: a) b) c) d) đ) e) ---- */

static const float LABEL = 6; /* nats: that labels go on in their order */
static const int32_t LABELS[] = {'a', 'b', 'c', 'd', 0x111, 'e', 'g', 'h', 'i', 'k', 'l', 'm',
                                 'n', 'o', 'p', 'q', 'r',   's', 't', 'u', 'v', 'x', 'y'};
enum { MOST_LABELS = sizeof LABELS / sizeof *LABELS };

static int find_label(int32_t c)
{
    for (int i = 0; i < MOST_LABELS; i++)
        if (LABELS[i] == c) return i;
    return -1;
}

/* "3)" or "©)" at a line's begin, where "b)" was the label before: the next one is c, whatever it was read
 * as. */
static void add_label(OcrReading *o, const ChunkText *x)
{
    Lattice *l = &o->r->lattice;
    if (!x->begins || x->n != 2 || x->ch[1] != ')' || x->node[1] < 0) return;
    int next = o->r->ocr_label + 1, own = find_label(x->ch[0]);
    bool expected = o->r->ocr_label >= 0 && next < MOST_LABELS && own != next;
    float cost = expected ? confuse_one(o->r->channel, LABELS[next], x->ch[0]) - LABEL : 0;
    if (!expected || (own >= 0 && cost > 0)) {
        o->r->ocr_label = own;
        return;
    }
    char *text = arena_new(o->a, char, 5);
    size_t n = utf8_encode(LABELS[next], text);
    Slot *s = lattice_add_slot(l, x->node[0], x->node[1]);
    s->at = x->at[0], s->len = x->at[1] - x->at[0], s->cands = 1, s->word = true;
    *vec_push(&l->cand) = (Cand){.id = lexicon_find(&o->r->lex, text, n, false),
                                 .kind = CAND_GIVEN,
                                 .score = cost > 0 ? -cost : 0,
                                 .text = text};
    o->r->ocr_label = next;
}

/* ---- roman numerals ---- */

static const float ROMAN_STROKE = 1.2f; /* nats: of a stroke that is no I */
static const float NUMERAL = 5; /* nats: for one that begins a line and has a full stop, or follows a name */
static const float NO_NUMERAL = 2; /* nats: against one elsewhere */

/* The numeral as it should be written, when the characters are strokes, V and X in the order of one below 40.
 */
static bool read_roman(const ChunkText *x, int to, char *out, int *wrong)
{
    static const char *const ones[] = {"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"};
    bool sure = false, one = false, big = false,
         t = false; /* a T is two strokes beside a 1; VT and IT are what they are */
    *wrong = 0;
    for (int i = 0; i < to; i++) {
        int32_t c = x->ch[i];
        bool stroke = is_one_of_signs("1lT|!i", c);
        if (!stroke && !is_one_of_signs("IVX", c)) return false;
        sure = sure || !stroke;
        one = one || c == '1' || c == 'l';
        t = t || c == 'T';
        if (c == 'V' || c == 'X') big = true;
        *wrong += stroke;
        out[i] = stroke ? 'I' : (char)c;
    }
    out[to] = '\0';
    if (t ? !one || big : !sure) return false;
    const char *s = out;
    for (int tens = 0; *s == 'X' && s[1] != '\0' && tens < 3; tens++) s++;
    for (int k = 0; k < 10; k++)
        if (str_eq(s, ones[k]) || (str_eq(s, "X") && k == 0)) return true;
    return false;
}

/* "I1." is II., "1V." IV., "Phú Lãm 1T" Phú Lãm II. */
static void add_roman(OcrReading *o, const ChunkText *x)
{
    Lattice *l = &o->r->lattice;
    char text[MOST_ROMAN + 1], key[TOKEN_KEY_MOST];
    int to = 0, wrong;
    while (to < x->n && to <= MOST_ROMAN && !is_one_of_signs(".),:;", x->ch[to])) to++;
    if (to < 2 || to > MOST_ROMAN || x->node[to] < 0 || !read_roman(x, to, text, &wrong) || !wrong) return;
    bool heading = x->begins && to < x->n && x->ch[to] == '.',
         name = !x->begins && o->before.n > 1 && viet_is_upper(o->before.ch[0]);
    size_t n = token_word_key(text, strlen(text), key);
    WordId id = lexicon_find(&o->r->lex, key, n, true);
    if (id == LM_UNKNOWN) id = lexicon_find(&o->r->lex, key, n, false);
    Slot *s = lattice_add_slot(l, x->node[0], x->node[to]);
    s->at = x->at[0], s->len = x->at[to] - x->at[0], s->cands = 1, s->word = true;
    *vec_push(&l->cand) =
        (Cand){.id = id,
               .kind = CAND_GIVEN,
               .score = (heading || name ? NUMERAL : -NO_NUMERAL) - ROMAN_STROKE * (float)wrong,
               .text = arena_str(o->a, text)};
}

static void add_pieces(OcrReading *o, ChunkText *x)
{
    for (int from = 0; from < x->n; from++)
        for (int to = from + 1; to <= x->n && x->node[from] >= 0; to++)
            if (x->node[to] >= 0 && may_be_word(o->r, x, from, to))
                add_piece(o->r, o->a, x, from, to, x->token_start[from] || (from == 0 && x->start));
}

/* "ng oa1": this chunk and the one before as one word, when either makes a poor word. */
static void add_joined(OcrReading *o, const ChunkText *x)
{
    const ChunkText *b = &o->before;
    ChunkText both = {.n = b->n + x->n};
    Lattice *l = &o->r->lattice;
    if (!o->before_letters || both.n > LONGEST_SYLLABLE || !has_letter(x, 0, x->n)) return;
    if (!is_poor(look_up(o->r, b->ch, b->n), b->n) && !is_poor(look_up(o->r, x->ch, x->n), x->n)) return;
    memcpy(both.ch, b->ch, (size_t)b->n * sizeof *both.ch);
    memcpy(both.ch + b->n, x->ch, (size_t)x->n * sizeof *both.ch);
    const Known *k = look_up_near(o->r, both.ch, both.n);
    if (is_poor(k, both.n)) return;
    int number = (int)l->slot.n;
    Slot *s = lattice_add_slot(l, o->before_node, o->node);
    s->at = b->at[0], s->len = x->at[x->n] - b->at[0], s->word = true;
    for (uint32_t i = 0; i < k->n; i++)
        push_guess(o->r, &o->r->cache->all.v[k->first + i], (Place){b->start, false, b->shouted},
                   o->r->channel->space_added + TORN);
    keep_best(o->r, &l->slot.v[number]);
}

/* ---- what the engine thought of besides ---- */

/* The chunk's only run of letters; false when it has none or several. */
static bool find_run(const ChunkText *x, int *from, int *to)
{
    int runs = 0;
    for (int i = 0; i < x->n; i++)
        if (kind_at(x, i) == CHAR_LETTER) {
            if (i == 0 || kind_at(x, i - 1) != CHAR_LETTER) *from = i, runs++;
            *to = i + 1;
        }
    return runs == 1;
}

/* The letters that a choice has where the chunk has [from, to), when all else is the same; NULL otherwise. */
static char *choice_run(Arena *a, const Text *t, const ChunkText *x, int from, int to, const char *choice)
{
    size_t before = x->at[from] - x->at[0], after = x->at[x->n] - x->at[to], n = strlen(choice);
    if (n <= before + after || memcmp(choice, t->raw + x->at[0], before) != 0) return NULL;
    if (memcmp(choice + n - after, t->raw + x->at[to], after) != 0) return NULL;
    return arena_strn(a, choice + before, n - before - after);
}

/* A choice that is a word stands beside the channel's readings, the dearer the less the engine thought of it.
 */
static void add_choice(OcrReading *o, const ChunkText *x, int from, int to, const Reading *choice, float best)
{
    char key[TOKEN_KEY_MOST];
    Lattice *l = &o->r->lattice;
    char *text = choice_run(o->a, o->t, x, from, to, choice->text);
    size_t n = text && strlen(text) < TOKEN_KEY_MOST ? token_word_key(text, strlen(text), key) : 0;
    if (!n) return;
    float behind = best - choice->score, score = -CHOICE_COST - CHOICE_WEIGHT * (behind > 0 ? behind : 0);
    int number = (int)l->slot.n;
    Slot *s = lattice_add_slot(l, x->node[from], x->node[to]);
    s->at = x->at[from], s->len = x->at[to] - x->at[from], s->word = true;
    for (int name = 0; name < 2; name++) {
        WordId id = lexicon_find(&o->r->lex, key, n, name);
        float cost = (token_casing(text, strlen(text)) == CASE_LOWER) == (name == 1) ? NO_NAME : 0;
        if (id != LM_UNKNOWN)
            *vec_push(&l->cand) = (Cand){.id = id, .kind = CAND_GIVEN, .score = score - cost, .text = text};
    }
    l->slot.v[number].cands = (int)l->cand.n - l->slot.v[number].first_cand;
    lattice_sort_cands(l, &l->slot.v[number]);
}

static void add_choices(OcrReading *o, const Chunk *c, const ChunkText *x)
{
    int from = 0, to = 0;
    if (c->choices < 2 || !find_run(x, &from, &to)) return;
    for (int k = 1; k < c->choices; k++) add_choice(o, x, from, to, &c->choice[k], c->choice[0].score);
}

/* Two letters and more, all of them capitals; a document's code is none of that. */
static bool in_capitals(const Text *t, const Chunk *c)
{
    for (uint32_t i = c->at; i < c->at + c->len; i++)
        if (t->raw[i] == '/' || viet_is_digit(t->raw[i])) return false;
    return token_casing(t->raw + c->at, c->len) == CASE_UPPER;
}

static bool is_shouted(const Text *t, const Chunk *c)
{
    const Chunk *first = t->chunk, *last = t->chunk + t->chunks - 1;
    return (c > first && !c->begins_line && in_capitals(t, c - 1)) ||
           (c < last && !c[1].begins_line && in_capitals(t, c + 1));
}

static void read_chunk(OcrReading *o, const Chunk *c)
{
    ChunkText x = {.start = c->begins_line,
                   .begins = c->begins_line,
                   .ends = c == o->t->chunk + o->t->chunks - 1,
                   .shouted = is_shouted(o->t, c),
                   .careful = o->r->from == FROM_VIE};
    if (c->begins_line && c->at) o->r->lattice.node.v[o->node].may_break = true; /* the search decides */
    if (!decode_chunk(o->t, c, &x) || token_fixed(o->t->raw + c->at, c->len)) {
        read_fixed(o, c);
        return;
    }
    int begin = o->node;
    mark_borders(&x);
    mark_run_splits(o->r, &x);
    make_nodes(o, &x);
    add_tokens(o, c, &x);
    add_signs(o->r, &x);
    add_lone_specks(o->r, &x);
    add_pieces(o, &x);
    add_label(o, &x);
    add_roman(o, &x);
    add_choices(o, c, &x);
    if (!c->begins_line) add_joined(o, &x);
    o->before = x;
    o->before_node = begin;
    o->before_letters = has_letter(&x, 0, x.n);
}

void read_ocr(Restore *r, Arena *a, const Text *t)
{
    OcrReading o = {.r = r, .a = a, .t = t, .reader = token_reader(t->raw, t->n)};
    lattice_clear(&r->lattice);
    o.node = lattice_add_node(&r->lattice);
    o.more = token_next(&o.reader, &o.token);
    if (!r->cache) r->cache = xalloc(sizeof *r->cache);
    if (!r->tree.nodes) word_tree_over(&r->tree, &r->lex, &r->lm);
    for (int i = 0; i < t->chunks; i++) read_chunk(&o, &t->chunk[i]);
}
