/* The path's candidates as text: each word gets the capitals of its raw piece (or the case its candidate was
 * read in), the bytes between pieces stay. A chunk is as sure as its least sure piece. */
#include "restore/private.h"

#include "base/viet.h"

#include <math.h>
#include <string.h>

/* ---- one candidate's text ---- */

static void add_cased(Buf *b, const char *word, size_t n, bool first, bool rest)
{
    for (size_t i = 0, k = 0; i < n; k++) {
        int32_t c;
        i += utf8_decode(word + i, n - i, &c);
        buf_add_char(b, (k == 0 ? first : rest) ? viet_upper(c) : c);
    }
}

/* The capitals of raw, letter for letter where both have as many; else by the first and the last letter. */
static void add_like(Buf *b, const char *word, size_t n, const char *raw, size_t m)
{
    Casing casing = token_casing(raw, m);
    if (casing == CASE_LOWER) {
        buf_addn(b, word, n);
    } else if (casing == CASE_MIXED) {
        for (size_t i = 0, k = 0; i < n;) {
            int32_t c, d = 0;
            i += utf8_decode(word + i, n - i, &c);
            if (k < m) k += utf8_decode(raw + k, m - k, &d);
            bool stroke = d == 'I' && c == 'l'; /* AIbert: no capital */
            buf_add_char(b, viet_is_upper(d) && !stroke ? viet_upper(c) : c);
        }
    } else {
        add_cased(b, word, n, true, casing == CASE_UPPER);
    }
}

static void retone(Buf *b, size_t from, ToneStyle style)
{
    int32_t c[TOKEN_KEY_MOST];
    size_t n = 0;
    for (size_t i = from; i < b->len && n < TOKEN_KEY_MOST;) i += utf8_decode(b->s + i, b->len - i, &c[n++]);
    if (n >= TOKEN_KEY_MOST || !viet_place_tone(c, n, style)) return;
    b->len = from;
    for (size_t i = 0; i < n; i++) buf_add_char(b, c[i]);
}

static bool is_ascii(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if ((unsigned char)s[i] >= 0x80) return false;
    return true;
}

/* The word is what stands there, but for the tone's place. */
static bool same_word(const char *word, size_t n, const char *raw, size_t m)
{
    char key[TOKEN_KEY_MOST];
    if (is_ascii(raw, m)) return false; /* no tone to place */
    return token_word_key(raw, m, key) == n && memcmp(key, word, n) == 0;
}

static void add_cand(const Restore *r, Buf *b, const Text *t, const Slot *s, const Cand *c)
{
    const char *raw = t->raw + s->at;
    size_t n, from = b->len;
    const char *word = lexicon_text(&r->lex, c->id, &n);
    RestoreTone tone = r->options.tone;
    switch ((CandKind)c->kind) {
    case CAND_GIVEN: buf_add(b, c->text); return;
    case CAND_RAW: buf_addn(b, raw, s->len); break;
    case CAND_STROKED: acronym_write(r, raw, s->len, acronym_place(t, s->at), b); return;
    case CAND_LIKE_RAW:
        if (tone == RESTORE_TONE_AS_IS && same_word(word, n, raw, s->len)) /* hoà stays hoà */
            buf_addn(b, raw, s->len);
        else
            add_like(b, word, n, raw, s->len);
        break;
    case CAND_LOWER: buf_addn(b, word, n); break;
    case CAND_TITLE: add_cased(b, word, n, true, false); break;
    case CAND_UPPER: add_cased(b, word, n, true, true); break;
    }
    if (tone != RESTORE_TONE_AS_IS && c->kind != CAND_RAW)
        retone(b, from, tone == RESTORE_TONE_NEW ? TONE_NEW : TONE_OLD);
}

/* ---- how sure ---- */

/* Calibration: the odds that the search gives are too sure of themselves; measured on held-out text, by
 * profile. */
typedef struct Calibration {
    float slope, offset; /* logit(p) = slope * logit(q) + offset */
} Calibration;

static const Calibration CALIBRATION[] = {
    [FROM_AUTO] = {1, 0},    [FROM_STRIPPED] = {1, 0}, [FROM_OCR] = {0.7f, 0},
    [FROM_VIE] = {0.58f, 0}, [FROM_MIXED] = {1, 0},    [FROM_CLEAN] = {1, 0},
};

/* Of a place's name that no district confirms: between those of the list, of which the search is right to be sure, and those
 * that are in no list, of which half are wrong. */
static const Calibration PLACE = {0.4f, -1};

static float calibrate(const Restore *r, float q, bool place)
{
    const Calibration c = place ? PLACE : CALIBRATION[r->from];
    if (q < 1e-6f) q = 1e-6f;
    if (q > 1 - 1e-6f) q = 1 - 1e-6f;
    return 1 / (1 + expf(-(c.slope * logf(q / (1 - q)) + c.offset)));
}

/* ---- chunks ---- */

enum { MOST_ALTERNATIVES = 6 };

static const float LEAST_ALTERNATIVE = 0.002f; /* probability worth telling */

typedef struct Writer {
    Restore *r;
    Arena *a;
    Text *t;
    Buf text;          /* scratch */
    int chunk;         /* being written */
    size_t first_step; /* of the path, that belongs to it */
} Writer;

static const Cand *cand_of(const Restore *r, size_t step)
{
    return &r->lattice.cand.v[r->path.v[step].cand];
}

static const Slot *slot_of(const Restore *r, size_t step)
{
    return &r->lattice.slot.v[r->path.v[step].slot];
}

/* The steps' texts, a blank between words that stand side by side; `step` may read `other` instead. */
static void add_steps(const Restore *r, Buf *b, const Text *t, size_t from, size_t to, size_t step,
                      const Cand *other)
{
    bool word = false;
    size_t begin = b->len;
    for (size_t i = from; i < to; i++) {
        const Slot *s = slot_of(r, i);
        const Cand *c = other && i == step ? other : cand_of(r, i);
        if (b->len > begin && s->word && word) buf_addc(b, ' ');
        word = s->word || (word && c->id == LM_NONE);
        add_cand(r, b, t, s, c);
    }
}

/* The next slot over the same piece: what an engine thought of besides lies in slots of its own. */
static int32_t next_parallel(const Lattice *l, const Slot *s, int32_t k)
{
    while (k >= 0 && l->slot.v[k].to != s->to) k = l->slot.v[k].next;
    return k;
}

/* The sum over the piece's candidates that read the same (a plain word and its name form). */
static float step_prob(const Restore *r, const Text *t, size_t step)
{
    const Lattice *l = &r->lattice;
    const Slot *s = slot_of(r, step);
    Buf own = {0}, other = {0};
    float sum = 0;
    add_cand(r, &own, t, s, cand_of(r, step));
    for (int32_t k = next_parallel(l, s, l->node.v[s->from].slots); k >= 0;
         k = next_parallel(l, s, l->slot.v[k].next))
        for (int i = l->slot.v[k].first_cand; i < l->slot.v[k].first_cand + l->slot.v[k].cands; i++) {
            const Cand *c = &l->cand.v[i];
            if (c->posterior <= 1e-4f) continue;
            buf_clear(&other);
            add_cand(r, &other, t, s, c);
            if (str_eq(buf_str(&own), buf_str(&other))) sum += c->posterior;
        }
    buf_release(&own);
    buf_release(&other);
    return sum < 1 ? sum : 1;
}

static void add_alternative(Writer *w, Chunk *c, const char *text, float p)
{
    for (int i = 0; i < c->alts; i++)
        if (strcmp(c->alt[i].text, text) == 0) {
            c->alt[i].score = logf(expf(c->alt[i].score) + p);
            return;
        }
    if (c->alts < MOST_ALTERNATIVES) c->alt[c->alts++] = (Reading){arena_str(w->a, text), logf(p)};
}

static void sort_alternatives(Chunk *c)
{
    for (int i = 1; i < c->alts; i++)
        for (int k = i; k > 0 && c->alt[k].score > c->alt[k - 1].score; k--) {
            Reading swap = c->alt[k];
            c->alt[k] = c->alt[k - 1];
            c->alt[k - 1] = swap;
        }
}

/* What the chunk reads when its least sure step reads otherwise. */
static void add_alternatives(Writer *w, Chunk *c, size_t from, size_t to, size_t step)
{
    const Restore *r = w->r;
    const Lattice *l = &r->lattice;
    const Slot *s = slot_of(r, step);
    Buf b = {0};
    c->alt = arena_new(w->a, Reading, MOST_ALTERNATIVES);
    add_alternative(w, c, c->text, c->prob > 1e-6f ? c->prob : 1e-6f);
    for (int32_t k = next_parallel(l, s, l->node.v[s->from].slots); k >= 0;
         k = next_parallel(l, s, l->slot.v[k].next))
        for (int i = l->slot.v[k].first_cand; i < l->slot.v[k].first_cand + l->slot.v[k].cands; i++) {
            const Cand *other = &l->cand.v[i];
            if (other->posterior < LEAST_ALTERNATIVE) continue;
            buf_clear(&b);
            add_steps(r, &b, w->t, from, to, step, other);
            if (strcmp(buf_str(&b), c->text) != 0) add_alternative(w, c, buf_str(&b), other->posterior);
        }
    sort_alternatives(c);
    buf_release(&b);
}

/* No word around it tells whether a number was read right: its digits and signs are as sure as the channel
 * says, and the surer the cleaner the text. */
static float sure_at_most(const Writer *w, const Chunk *c)
{
    float doubt = 0;
    bool digits = false;
    if (!w->r->channel || w->r->from == FROM_STRIPPED || w->r->from == FROM_MIXED) return 1;
    for (uint32_t i = c->at; i < c->at + c->len;) {
        int32_t x;
        i += (uint32_t)utf8_decode(w->t->raw + i, c->at + c->len - i, &x);
        float cost = char_kind(x) == CHAR_LETTER ? 0 : confuse_one(w->r->channel, x, x);
        digits = digits || char_kind(x) == CHAR_DIGIT;
        if (cost > 0) doubt += cost;
    }
    return digits ? expf(-doubt * expf(-w->r->trust)) : 1;
}

static void judge_chunk(Writer *w, Chunk *c, size_t from, size_t to)
{
    size_t least = from;
    float prob = 1;
    for (size_t i = from; i < to; i++) {
        float p = step_prob(w->r, w->t, i);
        p = calibrate(w->r, p, slot_of(w->r, i)->place);
        if (p < prob) prob = p, least = i;
    }
    float most = sure_at_most(w, c);
    c->prob = prob;
    if (c->prob > most) c->prob = most;
    if (prob < 1 - LEAST_ALTERNATIVE) add_alternatives(w, c, from, to, least);
}

static void finish_chunk(Writer *w, size_t to)
{
    Chunk *c = &w->t->chunk[w->chunk];
    Buf *b = &w->text;
    buf_clear(b);
    add_steps(w->r, b, w->t, w->first_step, to, 0, NULL);
    bool same = b->len == c->len && memcmp(buf_str(b), w->t->raw + c->at, c->len) == 0;
    c->text = arena_strn(w->a, buf_str(b), b->len);
    c->prob = 1;
    c->origin = same && !c->reformed ? ORIGIN_OCR : ORIGIN_NGRAM;
    if (!w->r->options.quick && to > w->first_step) judge_chunk(w, c, w->first_step, to);
    if (w->r->options.explain && same)
        *vec_push(&w->r->whys) = (RestoreWhy){.rule = c->reformed ? "form" : NULL};
    if (w->r->options.explain && !same) why_chunk(w->r, w->t, c, w->first_step, to);
    w->first_step = to;
    w->chunk++;
}

void write_text(Restore *r, Arena *a, Text *t)
{
    Writer w = {.r = r, .a = a, .t = t};
    for (size_t i = 0; i <= r->path.n; i++) {
        uint32_t at = i < r->path.n ? slot_of(r, i)->at : (uint32_t)t->n + 1;
        while (w.chunk < t->chunks && t->chunk[w.chunk].at + t->chunk[w.chunk].len <= at) finish_chunk(&w, i);
    }
    buf_release(&w.text);
}
