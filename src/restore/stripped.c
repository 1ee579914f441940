/* Marks are lost, letters are right: the candidates of a word are the words of its skeleton.
 *
 * Example: "Truong Mam non Hoa Mai". "Truong" begins the line, so its capital says nothing: trường, Trường,
 * trương, Trương ... are all candidates. "Mam" stands inside: the name forms Mầm, Mâm, Mắm ... are likelier
 * there than the plain words. "non" is lower case: only plain words. A letter that has its mark still keeps
 * it ("Hà" is Hà). */
#include "restore/private.h"

#include "base/real.h"
#include "base/viet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Nats of a capital inside a sentence on a word that is not known as a name, or on the plain form of one that
 * is: headings and cells run on into each other ("... hơi Đầu báo cháy"). */
static const float PLAIN_COST = 3;
static const float CASELESS_COST = 2; /* nats: a name written small */

typedef struct Forms {
    bool plain, name;
    float name_cost;
} Forms;

/* Small: among words of which none has a capital. */
static Forms forms_of(const Token *t, bool small)
{
    switch ((Casing)t->casing) {
    case CASE_LOWER: return (Forms){true, small, CASELESS_COST};
    case CASE_UPPER: return (Forms){true, true, 0};
    default: return (Forms){t->start, true, 0};
    }
}

static void push_run(Restore *r, WordRun run, Forms f, const char *key, size_t n)
{
    Lattice *l = &r->lattice;
    for (WordId id = run.first; id < run.end; id++) {
        bool name = lexicon_is_name(&r->lex, id);
        float cost = name ? f.name_cost : 0;
        if (name ? !f.name : !f.plain) {
            if (name || f.plain) continue;
            cost = PLAIN_COST;
        }
        size_t m;
        const char *word = lexicon_text(&r->lex, id, &m);
        unsigned fits = loss_fits(key, n, word, m);
        if (fits)
            *vec_push(&l->cand) =
                (Cand){.id = id, .kind = CAND_LIKE_RAW, .fits = (uint8_t)fits, .score = -cost};
    }
}

/* Nats below the likeliest candidate at which one is so rare that no words around it bring it back: at 6 it
 * loses 0.02 % of the syllables. */
static const float RARE = 7;

/* The same of a candidate with what it pays for a loss. */
static const float RARE_LOST = 9;

static float rate(const Restore *r, size_t cand)
{
    const Cand *c = &r->lattice.cand.v[cand];
    return ngram_unigram(&r->lm, c->id) + c->score;
}

/* What is the raw word itself stays, however rare. */
static void drop_rare(Restore *r, size_t from)
{
    CandVec *c = &r->lattice.cand;
    float best = -INFINITY;
    size_t kept = from;
    for (size_t i = from; i < c->n; i++) best = fmaxf(best, rate(r, i));
    for (size_t i = from; i < c->n; i++)
        if (rate(r, i) >= best - RARE || c->v[i].fits & LOSS_FITS_KEPT) c->v[kept++] = c->v[i];
    c->n = kept;
}

/* Nats: a word that the model does not know, as it stands, and for each letter of it. */
static const float NEW_WORD = 4, NEW_LETTER = 1.9f;

/* How likely a word is in a text of another language, against what it is as Vietnamese: the form of a syllable there
 * makes three words of ten, and here nine. */
static const float FOREIGN_SYLLABLE = 0.3f, FOREIGN_OTHER = 25, FOREIGN_MARKED = 1e-3f;

static LossCase loss_case(const Token *t)
{
    return t->casing == CASE_LOWER ? LOSS_SMALL : t->casing == CASE_UPPER ? LOSS_CAPITALS : LOSS_CAPITAL;
}

/* The raw word in each state, by the candidates from `from` on. */
static LossSight sight_of(const Restore *r, const Text *text, const Token *t, size_t from, WordRun run)
{
    LossSight s = {.letters = (uint8_t)loss_case(t)};
    for (size_t i = from; i < r->lattice.cand.n; i++) {
        const Cand *c = &r->lattice.cand.v[i];
        float p = c->id == LM_UNKNOWN ? real_exp(c->score) : real_exp(rate(r, i));
        if (c->fits & LOSS_FITS_KEPT) s.seen[LOSS_KEPT] += p;
        if (c->fits & LOSS_FITS_BARE) s.seen[LOSS_BARE] += p;
        if (c->fits & LOSS_FITS_TONELESS) s.seen[LOSS_TONELESS] += p;
        if (c->fits & LOSS_FITS_CHIPPED) s.chipped += p;
    }
    bool syllable = run.first < run.end && lexicon_is_syllable(&r->lex, run.first);
    float as_foreign = syllable ? FOREIGN_SYLLABLE : FOREIGN_OTHER;
    if (t->len < 2 || t->casing == CASE_UPPER) as_foreign = 1;
    if (viet_has_own_letter(text->raw + t->at, t->len)) as_foreign = FOREIGN_MARKED;
    s.seen[LOSS_FOREIGN] = as_foreign * fmaxf(s.seen[LOSS_KEPT], s.seen[LOSS_BARE]);
    return s;
}

/* The word as it stands, where the model does not know it so. A bare one tells nothing of what is lost. */
static void push_unknown(Restore *r, size_t from, size_t letters, bool bare)
{
    CandVec *c = &r->lattice.cand;
    for (size_t i = from; i < c->n; i++)
        if (c->v[i].fits & LOSS_FITS_KEPT) return;
    float score = -NEW_WORD - NEW_LETTER * (float)letters;
    unsigned any = LOSS_FITS_KEPT | (bare ? LOSS_FITS_BARE | LOSS_FITS_TONELESS : 0);
    *vec_push(c) = (Cand){.id = LM_UNKNOWN, .kind = CAND_RAW, .fits = (uint8_t)any, .score = score};
    for (size_t i = c->n - 1; i > from; i--) { /* the ids ascend */
        Cand swap = c->v[i];
        c->v[i] = c->v[i - 1];
        c->v[i - 1] = swap;
    }
}

/* The candidates of a piece; returns how likely it is in each state of loss. */
static LossSight find_cands(Restore *r, const Text *text, const Token *t, bool small)
{
    char key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    size_t n = token_key(text->raw, t, key), m = n ? token_skeleton(key, n, skeleton) : 0;
    size_t before = r->lattice.cand.n;
    WordRun run = {0, 0};
    if (m && t->kind == TOKEN_WORD) {
        run = lexicon_run(&r->lex, skeleton, m);
        push_run(r, run, forms_of(t, small), key, n);
        if (r->lattice.cand.n == before && run.first < run.end) /* only a name, written small */
            push_run(r, run, (Forms){true, true, CASELESS_COST}, key, n);
    }
    drop_rare(r, before);
    if (t->kind == TOKEN_WORD) {
        push_unknown(r, before, m, n == m);
        return sight_of(r, text, t, before, run);
    }
    WordId id = lexicon_find(&r->lex, key, n, false);
    *vec_push(&r->lattice.cand) = (Cand){.id = id, .kind = CAND_RAW, .fits = LOSS_FITS_KEPT};
    return (LossSight){{0}, 0, 0, false};
}

/* ---- what was read before ---- */

/* A few thousand pieces make up most of a text: each place of the cache holds the piece read last of those
 * that fall on it, with its candidates. */
enum { READ_PLACES = 8192, READ_LONGEST = 22, READ_CANDS = 60000 /* then the cache begins anew */ };

typedef struct ReadPiece {
    char raw[READ_LONGEST];
    uint8_t len; /* 0: empty */
    bool start, small;
    bool no_phrase;        /* begins with any of its candidates */
    uint32_t first, cands; /* in ReadCache.cand */
    LossSight sight;       /* of a word */
} ReadPiece;

typedef struct ReadCand { /* what of a Cand is set by then: a third of its bytes */
    WordId id;
    uint8_t kind, fits;
    float score;
} ReadCand;

struct ReadCache {
    ReadPiece piece[READ_PLACES];
    VEC(ReadCand) cand;
};

void read_cache_free(ReadCache *c)
{
    if (c) vec_release(&c->cand);
    free(c);
}

static ReadPiece *piece_at(ReadCache *c, const char *raw, const Token *t, bool small)
{
    uint32_t h = 2166136261u ^ (t->start + 2u * small);
    for (uint32_t i = 0; i < t->len; i++) h = (h ^ (unsigned char)raw[i]) * 16777619u;
    return &c->piece[(h ^ h >> 15) % READ_PLACES];
}

static void remember(ReadCache *c, ReadPiece *p, const char *raw, const Token *t, const Cand *cand, size_t n)
{
    if (c->cand.n + n > READ_CANDS) {
        memset(c->piece, 0, sizeof c->piece);
        c->cand.n = 0;
    }
    memcpy(p->raw, raw, t->len);
    p->len = (uint8_t)t->len, p->start = t->start;
    p->first = (uint32_t)c->cand.n, p->cands = (uint32_t)n;
    for (size_t i = 0; i < n; i++)
        *vec_push(&c->cand) = (ReadCand){cand[i].id, cand[i].kind, cand[i].fits, cand[i].score};
}

static void recall(const ReadCache *c, const ReadPiece *p, CandVec *out)
{
    vec_reserve(out, p->cands);
    for (const ReadCand *x = c->cand.v + p->first, *end = x + p->cands; x < end; x++)
        out->v[out->n++] = (Cand){.id = x->id, .kind = x->kind, .fits = x->fits, .score = x->score};
}

static bool begins_no_phrase(const Restore *r, size_t from)
{
    const CandVec *c = &r->lattice.cand;
    while (from < c->n && !dict_begins(r->dict, c->v[from].id)) from++;
    return from == c->n;
}

/* The candidates of a piece are pushed; *sight is filled. */
static void read_cands(Restore *r, const Text *text, const Token *t, bool small, bool *no_phrase,
                       LossSight *sight)
{
    Lattice *l = &r->lattice;
    const char *raw = text->raw + t->at;
    if (!r->read) r->read = xalloc(sizeof *r->read);
    ReadPiece *p = t->len <= READ_LONGEST ? piece_at(r->read, raw, t, small) : NULL;
    if (p && p->len == t->len && p->start == t->start && p->small == small &&
        memcmp(p->raw, raw, t->len) == 0) {
        recall(r->read, p, &l->cand);
        *no_phrase = p->no_phrase;
        *sight = p->sight;
        return;
    }
    size_t before = l->cand.n;
    *sight = find_cands(r, text, t, small);
    *no_phrase = begins_no_phrase(r, before);
    if (!p) return;
    remember(r->read, p, raw, t, l->cand.v + before, l->cand.n - before);
    p->small = small;
    p->no_phrase = *no_phrase;
    p->sight = *sight;
}

/* Of a text that lost all marks: every candidate may be; the raw word by itself only where there is none. */
static void take_all(Lattice *l, size_t from)
{
    if (l->cand.n > from + 1 && l->cand.v[from].id == LM_UNKNOWN) {
        for (size_t i = from + 1; i < l->cand.n; i++) l->cand.v[i - 1] = l->cand.v[i];
        l->cand.n--;
    } else if (l->cand.v[from].id == LM_UNKNOWN) {
        l->cand.v[from].score = 0;
    }
}

/* Each candidate pays for what the word must have lost. */
static void pay_losses(Restore *r, size_t from, const LossStates *state)
{
    enum { FITS = 32 };
    CandVec *c = &r->lattice.cand;
    float cost[FITS], best = -INFINITY;
    size_t kept = from;
    for (int k = 0; k < FITS; k++) cost[k] = -1;
    for (size_t i = from; i < c->n; i++) {
        float *x = &cost[c->v[i].fits % FITS];
        if (*x < 0) *x = fmaxf(loss_cost(&r->loss, state, c->v[i].fits), 0);
        c->v[i].score -= *x;
        best = fmaxf(best, rate(r, i));
    }
    for (size_t i = from; i < c->n; i++)
        if (rate(r, i) >= best - RARE_LOST || c->v[i].fits & LOSS_FITS_KEPT) c->v[kept++] = c->v[i];
    c->n = kept;
}

static void read_token(Restore *r, const Text *text, const Token *t, const LossStates *state, bool small,
                       int from, int to)
{
    Lattice *l = &r->lattice;
    LossSight sight;
    Slot *s = lattice_add_slot(l, from, to);
    s->at = t->at, s->len = t->len;
    size_t first = (size_t)s->first_cand;
    read_cands(r, text, t, small, &s->no_phrase, &sight);
    if (state) pay_losses(r, first, state);
    if (t->kind == TOKEN_WORD && !state) take_all(l, first);
    s->cands = (int)(l->cand.n - first);
}

/* ---- labels of list items: a) b) c) d) đ) e) ---- */

static const float LABEL = 6; /* nats: that labels go on in their order */

/* The letter of a label at a line's begin, 0 where there is none. */
static char label_of(const Text *t, const Token *token)
{
    bool begins = token->at == 0 || text_line_begins(t, token);
    bool closed = token->at + 1 < t->n && t->raw[token->at + 1] == ')';
    return begins && closed && token->len == 1 && token->casing == CASE_LOWER ? t->raw[token->at] : 0;
}

/* After d) comes đ), which stripped reads d) too. */
static void order_label(Restore *r, char label, const Slot *s)
{
    bool second = label == 'd' && r->label == 'd';
    for (int i = s->first_cand; label == 'd' && i < s->first_cand + s->cands; i++) {
        size_t n;
        Cand *c = &r->lattice.cand.v[i];
        lexicon_text(&r->lex, c->id, &n);
        if ((r->label == 'c' || second) && (n > 1) == second) c->score += LABEL; /* đ is two bytes */
    }
    r->label = second ? 'D' : label;
}

LossSight read_word_cands(Restore *r, const Text *t, const Token *token, bool small)
{
    bool no_phrase;
    LossSight sight;
    read_cands(r, t, token, small, &no_phrase, &sight);
    return sight;
}

/* ---- a text ---- */

static bool is_rule(const Text *t, const Token *token)
{
    return token->len == 1 && t->raw[token->at] == '|';
}

/* Where a line or a cell begins, or behind the sign of an item, a new text does; a sentence in small letters may run on. A
 * rule between cells is a text of its own, so that each cell ends before it. */
static void part_texts(Restore *r, const Text *t, Token *token, int node, bool item)
{
    CellBegin cell = is_rule(t, token) || item ? CELL_SURE : text_cell_begins(t, token);
    if (!cell && !text_line_begins(t, token)) return;
    bool small = token->kind == TOKEN_WORD && token->casing == CASE_LOWER && !token->start;
    bool runs_on = small && cell != CELL_SURE;
    r->lattice.node.v[node].may_break = runs_on;
    r->lattice.node.v[node].must_break = !runs_on && node;
    token->start = true;
}

static const float BULLET = 12; /* nats, for a lone o before a capital */

/* "o Neu day du": where a sentence begins, an o that a capital follows is the sign of a list's item. */
static bool is_bullet(const Text *t, const Token *token, TokenReader ahead)
{
    Token next;
    if (token->len != 1 || t->raw[token->at] != 'o' || !token->start || !token->gap) return false;
    return token_next(&ahead, &next) && next.gap && next.kind == TOKEN_WORD && next.casing != CASE_LOWER;
}

static void lift_bullet(Restore *r, const Slot *slot)
{
    for (int i = slot->first_cand; i < slot->first_cand + slot->cands; i++) {
        Cand *c = &r->lattice.cand.v[i];
        if (c->fits & LOSS_FITS_KEPT) c->score += BULLET;
    }
}

/* An acronym that the model does not know, where words have lost their marks. */
static void stroke_acronym(Restore *r, const Text *t, const Token *token, const LossStates *state,
                           const Slot *slot)
{
    Cand *c = &r->lattice.cand.v[slot->first_cand];
    bool lost = !state || state->p[LOSS_BARE] > state->p[LOSS_KEPT] + state->p[LOSS_FOREIGN];
    if (!lost || slot->cands != 1 || c->id != LM_UNKNOWN || token->casing != CASE_UPPER) return;
    if (acronym_strokes(r, t->raw + token->at, token->len, acronym_place(t, token->at)))
        c->kind = CAND_STROKED;
}

/* ---- words torn apart ---- */

/* Nats: that a blank tore a word apart; and a piece this rare may be torn. */
static const float TORN = 4, RARE_PIECE = 11.5f;

enum { LONGEST_SYLLABLE = 7 }; /* letters */

typedef struct TornPiece { /* a word of the text, and its slot */
    Token token;
    int32_t slot;
} TornPiece;

/* "t ổ": letters of which none is a vowel, unless a number stands before them: 2 m. */
static bool lacks_vowel(const Text *t, const Token *token)
{
    uint32_t i = token->at;
    while (i > 0 && t->raw[i - 1] == ' ') i--;
    if (token->casing != CASE_LOWER || (i > 0 && viet_is_digit(t->raw[i - 1]))) return false;
    for (i = 0; i < token->len; i++)
        if ((unsigned char)t->raw[token->at + i] >= 0x80 || strchr("aeiouy", t->raw[token->at + i]))
            return false;
    return true;
}

/* No word that people write: the model does not know it, or hardly. */
static bool is_poor(const Restore *r, const Text *t, const TornPiece *p)
{
    const Slot *s = &r->lattice.slot.v[p->slot];
    if (lacks_vowel(t, &p->token)) return true;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++)
        if (r->lattice.cand.v[i].id != LM_UNKNOWN && rate(r, (size_t)i) > -RARE_PIECE) return false;
    return true;
}

/* "KHO ẢN", "ĐIỀ U": two words with one blank between, of which one is poor, may be one syllable. */
static void join_pieces(Restore *r, const Text *t, const TornPiece *a, const TornPiece *b,
                        const LossStates *state)
{
    Lattice *l = &r->lattice;
    char raw[2 * TOKEN_KEY_MOST], key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    size_t n = a->token.len, m = b->token.len;
    bool side = b->token.at == a->token.at + n + 1 && t->raw[b->token.at - 1] == ' ';
    if (!side || n + m >= TOKEN_KEY_MOST || (!is_poor(r, t, a) && !is_poor(r, t, b))) return;
    memcpy(raw, t->raw + a->token.at, n);
    memcpy(raw + n, t->raw + b->token.at, m);
    raw[n + m] = '\0';
    Casing casing = token_casing(raw, n + m);
    size_t len = utf8_length(raw) <= LONGEST_SYLLABLE ? token_word_key(raw, n + m, key) : 0;
    WordRun run = len ? lexicon_run(&r->lex, skeleton, token_skeleton(key, len, skeleton)) : (WordRun){0, 0};
    if (run.first == run.end || !lexicon_is_syllable(&r->lex, run.first) || casing == CASE_MIXED) return;
    int from = l->slot.v[a->slot].from, to = l->slot.v[b->slot].to;
    Slot *s = lattice_add_slot(l, from, to);
    s->at = a->token.at, s->len = b->token.at + (uint32_t)m - a->token.at;
    size_t first = (size_t)s->first_cand;
    push_run(r, run, (Forms){true, true, casing == CASE_LOWER ? CASELESS_COST : 0}, key, len);
    for (size_t i = first; i < l->cand.n; i++) {
        static const uint8_t kinds[] = {CAND_LOWER, CAND_TITLE, CAND_UPPER};
        l->cand.v[i].kind = kinds[casing], l->cand.v[i].score -= TORN;
    }
    if (state) pay_losses(r, first, state);
    l->slot.v[l->slot.n - 1].cands = (int)(l->cand.n - first);
}

void read_stripped(Restore *r, const Text *t)
{
    TokenReader reader = token_reader(t->raw, t->n);
    Token token;
    TornPiece before = {.slot = -1};
    bool small = false, bullet = false;
    if (r->losses) losses_see(r, t);
    lattice_clear(&r->lattice);
    int node = lattice_add_node(&r->lattice);
    while (token_next(&reader, &token)) {
        if (!node || text_line_begins(t, &token)) small = text_line_is_small(t, token.at);
        part_texts(r, t, &token, node, bullet);
        int next = lattice_add_node(&r->lattice);
        const LossStates *state = r->losses ? losses_at(r, token.at) : NULL;
        read_token(r, t, &token, state, small, node, next);
        char label = label_of(t, &token);
        Slot *slot = &r->lattice.slot.v[r->lattice.slot.n - 1];
        slot->label = label;
        if (label) order_label(r, label, slot);
        TornPiece piece = {token, (int32_t)r->lattice.slot.n - 1};
        bool word = token.kind == TOKEN_WORD;
        bullet = is_bullet(t, &token, reader);
        if (bullet) lift_bullet(r, slot);
        if (token.casing == CASE_UPPER && word) stroke_acronym(r, t, &token, state, slot);
        if (word && before.slot >= 0) join_pieces(r, t, &before, &piece, state);
        before = word ? piece : (TornPiece){.slot = -1};
        node = next;
    }
}
