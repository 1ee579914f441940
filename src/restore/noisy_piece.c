/* A piece as a slot of the lattice: the channel's readings in the capitals it may have, the word as it
 * stands, the number it may be.
 *
 * "S0" is so, SO and Sở as words, 50 as a number, and "S0" itself for a new word; the 20 best of them stay.
 */
#include "restore/noisy_private.h"

#include "base/viet.h"

#include <math.h>
#include <string.h>

enum {
    MOST_ROUND = 3, /* characters of a word in capitals that may be none */
    MOST_UNIT = 2,  /* letters of a unit behind its number: 3a, 50nm, 25oC */
};

static const float NEW_WORD = 4;      /* nats: a word the model does not know, taken as it stands ... */
static const float NEW_LETTER = 1.9f; /* ... and for each letter of it */
static const float NEW_ODD = 4;       /* ... and for each character of it that is not a letter */
static const float FOREIGN = 5;       /* nats: no misread Vietnamese word, in a text that is mostly right */
static const float NUMBER_LETTER = 0.5f; /* nats: a letter of a unit behind its number, as it stands */
static const float NO_STROKES = 6;       /* nats, against capitals that lack the strokes of a commoner word */
static const float NUMBERED = 4;         /* nats: a number with a letter behind it is that: lớp 3a, 02b */

/* ---- candidates ---- */

static void push_word(Restore *r, uint16_t id, WordCase c, float score)
{
    static const uint8_t kinds[] = {CAND_LOWER, CAND_TITLE, CAND_UPPER};
    *vec_push(&r->lattice.cand) = (Cand){.id = id, .kind = kinds[c], .score = score};
}

static void push_case(Restore *r, const Guess *g, WordCase c, bool start, float score)
{
    bool plain = g->plain != LM_NONE, name = g->name != LM_NONE;
    if (plain && (c != WORD_TITLE || start || !name))
        push_word(r, g->plain, c, score - (c == WORD_TITLE && !start && !name ? OCR_NO_NAME : 0));
    if (name && (c != WORD_LOWER || !plain))
        push_word(r, g->name, c, score - (c == WORD_LOWER ? OCR_NO_NAME : 0));
}

void ocr_push_guess(Restore *r, const Guess *g, WordPlace at, float paid)
{
    WordCase c = (WordCase)g->word_case;
    float score = -g->cost - paid;
    if (r->from == FROM_VIE && !lexicon_is_syllable(&r->lex, g->plain != LM_NONE ? g->plain : g->name))
        score -= FOREIGN;
    if (at.capital && c == (at.shouted ? WORD_TITLE : WORD_UPPER)) {
        if (c == WORD_UPPER) push_case(r, g, WORD_TITLE, at.start, score); /* SO may be Sở */
        score -= OCR_OTHER_CASE;
    }
    push_case(r, g, c, at.start, score);
}

/* The best OCR_READINGS by channel and unigram. */
void ocr_keep_best(Restore *r, Slot *s)
{
    Cand *c = r->lattice.cand.v + s->first_cand;
    int n = (int)r->lattice.cand.n - s->first_cand;
    float worth[1024];
    if (n > 1024) n = 1024;
    if (n > OCR_READINGS) {
        for (int i = 0; i < n; i++)
            worth[i] = r->lattice.weight * c[i].score + ngram_unigram(&r->lm, c[i].id) * 1.4f;
        for (int k = 0; k < OCR_READINGS; k++) {
            int best = k;
            for (int i = k + 1; i < n; i++)
                if (worth[i] > worth[best]) best = i;
            Cand swap = c[k];
            float w = worth[k];
            c[k] = c[best], worth[k] = worth[best];
            c[best] = swap, worth[best] = w;
        }
        n = OCR_READINGS;
    }
    s->cands = n;
    r->lattice.cand.n = (size_t)(s->first_cand + n);
    lattice_sort_cands(&r->lattice, s);
}

/* ---- a piece ---- */

/* Signs that stand alone for a word of one letter: & is ở to an engine without it. */
static bool is_one_letter(int32_t c)
{
    return c == '&' || c == '@' || c == 0x20AC || c == 0xA7;
}

/* May [from, to) be one word? Plain signs only count as letters between letters. */
bool ocr_may_be_word(const Restore *r, const ChunkText *x, int from, int to)
{
    if (to - from > CHUNK_CHARS || (to - from > 4 && !chunk_has_letter(x, from, to))) return false;
    if (chunk_is_all(x, from, to, CHAR_DIGIT)) return to - from <= 3;
    if (chunk_is_all(x, from, to, CHAR_SIGN))
        return x->n == 1 && r->from == FROM_OCR && is_one_letter(x->ch[from]);
    for (int i = from; i < to; i++) {
        if (!is_plain_sign(x->ch[i]) || (r->from == FROM_OCR && (x->ch[i] == '?' || x->ch[i] == '!')))
            continue;
        if (i == from || i + 1 == to || x->ch[i] == '/' || x->ch[i] == '-') return false;
        if (chunk_kind(x, i - 1) != CHAR_LETTER || chunk_kind(x, i + 1) != CHAR_LETTER) return false;
    }
    return true;
}

static float raw_cost(const ChunkText *x, int from, int to)
{
    float cost = NEW_WORD;
    bool letters = to - from <= MOST_UNIT && from > 0 && chunk_is_all(x, from, to, CHAR_LETTER);
    if (letters && chunk_kind(x, from - 1) == CHAR_DIGIT) return NUMBER_LETTER * (float)(to - from);
    for (int i = from; i < to; i++) cost += chunk_kind(x, i) == CHAR_LETTER ? NEW_LETTER : NEW_ODD;
    return cost;
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
    if (chunk_kind(x, to - 1) == CHAR_LETTER && chunk_is_all(x, from, to - 1, CHAR_DIGIT)) cost += NUMBERED;
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
        if (!up && chunk_kind(x, i) == CHAR_LETTER) return false;
        upper += up;
        round += up && i > from && x->ch[i] < 0x80 && strchr("OGQWUVSXZ", (int)x->ch[i]);
    }
    return upper == 1 || (to - from <= MOST_ROUND && round == to - from - 1);
}

/* Plain letters with a capital inside that no engine takes for the small one: IoT, but not giaO. */
static bool has_own_capital(const ChunkText *x, int from, int to)
{
    bool own = false;
    for (int i = from; i < to; i++) {
        if (x->ch[i] >= 0x80) return false;
        own = own || (i > from && is_among("ABDEFGHLMNQRTY", x->ch[i]));
    }
    return own;
}

/* VnExpress stays as it is; no syllable has a capital inside: triỂn is triển. */
static void push_known(Restore *r, WordId id, Casing casing, bool upper, bool own, float score)
{
    CandKind kind = CAND_RAW;
    if (casing == CASE_MIXED && !own && lexicon_is_syllable(&r->lex, id))
        kind = upper ? CAND_TITLE : CAND_LOWER;
    if (id != LM_UNKNOWN)
        *vec_push(&r->lattice.cand) = (Cand){.id = id, .kind = (uint8_t)kind, .score = score};
}

/* HDND: capitals that are a far commoner word with the strokes that D has lost (HĐND). Typed so as often as
 * read so: however clean the text is, they do not stand for themselves. */
static bool lacks_strokes(const Restore *r, const ChunkText *x, int from, int to)
{
    static const float COMMONER = 2; /* nats */
    char raw[CHUNK_CHARS * 4], key[TOKEN_KEY_MOST];
    size_t n = 0;
    bool d = false;
    if (to - from < 3 || !chunk_is_all(x, from, to, CHAR_LETTER)) return false;
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
    char raw[CHUNK_CHARS * 4], key[TOKEN_KEY_MOST];
    size_t n = 0;
    if (!chunk_is_all(x, from, to, CHAR_LETTER)) return;
    for (int i = from; i < to; i++) n += utf8_encode(x->ch[i], raw + n);
    Casing casing = token_casing(raw, n);
    if (r->from != FROM_VIE && casing != CASE_MIXED) return;
    if (lacks_strokes(r, x, from, to)) return;
    float score = r->from == FROM_VIE ? r->trust / r->lattice.weight : -OCR_OTHER_CASE;
    size_t m = token_word_key(raw, n, key);
    WordId plain = lexicon_find(&r->lex, key, m, false), name = lexicon_find(&r->lex, key, m, true);
    bool capital = casing == CASE_TITLE || casing == CASE_MIXED;
    bool upper = viet_is_upper(x->ch[from]), own = has_own_capital(x, from, to);
    push_known(r, plain, casing, upper, own,
               score - (capital && !start && name != LM_UNKNOWN ? OCR_NO_NAME : 0));
    push_known(r, name, casing, upper, own, score - (casing == CASE_LOWER ? OCR_NO_NAME : 0));
}

/* The word with the marks that it may have lost, as the words around it lost theirs: against the word as it stands, each
 * pays what the loss costs. */
static void push_worn(Restore *r, const ChunkText *x, int from, int to)
{
    char raw[CHUNK_CHARS * 4], key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    size_t n = 0;
    const LossStates *state = losses_at(r, x->at[from]);
    if (!state || !chunk_is_all(x, from, to, CHAR_LETTER)) return;
    for (int i = from; i < to; i++) n += utf8_encode(x->ch[i], raw + n);
    size_t m = token_word_key(raw, n, key);
    WordRun run = m ? lexicon_run(&r->lex, skeleton, token_skeleton(key, m, skeleton)) : (WordRun){0, 0};
    float as_is = r->trust + loss_cost(&r->worn, state, LOSS_FITS_KEPT);
    Casing casing = token_casing(raw, n);
    bool small = casing == CASE_LOWER;
    CandKind kind = CAND_LIKE_RAW;
    if (casing == CASE_MIXED && !has_own_capital(x, from, to)) /* tÊ is tế */
        kind = viet_is_upper(x->ch[from]) ? CAND_TITLE : CAND_LOWER;
    for (WordId id = run.first; id < run.end; id++) {
        size_t len;
        const char *word = lexicon_text(&r->lex, id, &len);
        unsigned fits = loss_fits(key, m, word, len);
        if (!fits || fits & LOSS_FITS_KEPT) continue;
        float cost = loss_cost(&r->worn, state, fits) - as_is;
        if (small && lexicon_is_name(&r->lex, id)) cost += OCR_NO_NAME;
        *vec_push(&r->lattice.cand) = (Cand){
            .id = id, .kind = (uint8_t)kind, .fits = (uint8_t)fits, .score = -cost / r->lattice.weight};
    }
}

void ocr_add_piece(Restore *r, Arena *a, const ChunkText *x, int from, int to, bool start)
{
    Lattice *l = &r->lattice;
    int number = (int)l->slot.n;
    Slot *s = lattice_add_slot(l, x->node[from], x->node[to]);
    s->at = x->at[from], s->len = x->at[to] - x->at[from];
    float paid = chunk_goes_on(x, from) ? r->channel->space_lost + OCR_TORN : 0;
    const GuessRange *k = guess_lookup(r, x->ch + from, to - from);
    WordPlace place = {start, is_single_capital(x, from, to), x->shouted};
    for (uint32_t i = 0; i < k->n; i++) ocr_push_guess(r, guess_at(r, k, i), place, paid);
    s->word = true;
    if (chunk_is_run(x, from, to)) push_as_it_stands(r, x, from, to, start);
    if (r->losses && r->from == FROM_VIE && chunk_is_run(x, from, to)) push_worn(r, x, from, to);
    if (!chunk_is_all(x, from, to, CHAR_DIGIT)) {
        push_number(r, a, x, from, to);
        float trust = lacks_strokes(r, x, from, to) ? -NO_STROKES : r->trust / l->weight;
        if (paid == 0)
            *vec_push(&l->cand) =
                (Cand){.id = LM_UNKNOWN, .kind = CAND_RAW, .score = trust - raw_cost(x, from, to)};
    }
    ocr_keep_best(r, &l->slot.v[number]);
}
