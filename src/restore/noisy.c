/* Anything may be wrong: a chunk is cut at its borders of letters, digits and signs in every way that makes
 * sense, and each piece is looked up through the channel (model/confuse.h).
 *
 * Example: "Dé}lg" has borders at 2, 3 and 5 characters: Dé · } · lg, Dé} · lg, Dé · }lg or the whole: the
 * whole is read as Đông at some cost, the parts as words that nobody writes in a row; the search decides.
 *
 *   1. tokens (as in training) give the plain cut of every chunk
 *   2. borders are marked; where a run of letters is not a word, also every place where words that fit meet
 *   3. each border becomes a node
 *   4. each pair of borders that may hold a piece becomes a slot
 *   5. two neighbouring chunks share a slot where a word may have been torn apart */
#include "restore/noisy_private.h"

#include "base/viet.h"

#include <string.h>

static const float CHOICE_COST = 1,
                   CHOICE_WEIGHT = 0.8f; /* nats: a reading the engine put second; of its odds */

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

/* Too long to be read, or an address: its tokens as they stand. */
static void read_fixed(OcrReading *o, const Chunk *c)
{
    while (o->more && o->token.at < c->at + c->len) {
        ChunkText one = {.n = 1};
        one.node[0] = o->node, one.node[1] = lattice_add_node(&o->r->lattice);
        ocr_add_as_is(o->r, o->t, &one, &o->token, 0, 1);
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
        int from = chunk_index(x, o->token.at), to = chunk_index(x, o->token.at + o->token.len);
        bool known = from >= 0 && to > from && x->node[from] >= 0 && x->node[to] >= 0;
        if (known && o->token.kind != TOKEN_WORD) ocr_add_as_is(o->r, o->t, x, &o->token, from, to);
        if (known && o->token.kind == TOKEN_SIGN) ocr_add_other_signs(o->r, x, from);
        if (known && o->token.start) x->token_start[from] = true;
        o->more = token_next(&o->reader, &o->token);
    }
}

static void add_pieces(OcrReading *o, ChunkText *x)
{
    for (int from = 0; from < x->n; from++)
        for (int to = from + 1; to <= x->n && x->node[from] >= 0; to++)
            if (x->node[to] >= 0 && ocr_may_be_word(o->r, x, from, to))
                ocr_add_piece(o->r, o->a, x, from, to, x->token_start[from] || (from == 0 && x->start));
}

/* "ng oa1": this chunk and the one before as one word, when either makes a poor word. */
static void add_joined(OcrReading *o, const ChunkText *x)
{
    const ChunkText *b = &o->before;
    ChunkText both = {.n = b->n + x->n};
    Lattice *l = &o->r->lattice;
    if (!o->before_letters || both.n > OCR_SYLLABLE || !chunk_has_letter(x, 0, x->n)) return;
    if (!guess_is_poor(guess_lookup(o->r, b->ch, b->n), b->n) &&
        !guess_is_poor(guess_lookup(o->r, x->ch, x->n), x->n))
        return;
    memcpy(both.ch, b->ch, (size_t)b->n * sizeof *both.ch);
    memcpy(both.ch + b->n, x->ch, (size_t)x->n * sizeof *both.ch);
    const GuessRange *k = guess_lookup_near(o->r, both.ch, both.n);
    if (guess_is_poor(k, both.n)) return;
    int number = (int)l->slot.n;
    Slot *s = lattice_add_slot(l, o->before_node, o->node);
    s->at = b->at[0], s->len = x->at[x->n] - b->at[0], s->word = true;
    for (uint32_t i = 0; i < k->n; i++)
        ocr_push_guess(o->r, guess_at(o->r, k, i), (WordPlace){b->start, false, b->shouted},
                       o->r->channel->space_added + OCR_TORN);
    ocr_keep_best(o->r, &l->slot.v[number]);
}

/* ---- what the engine thought of besides ---- */

/* The chunk's only run of letters; false when it has none or several. */
static bool find_run(const ChunkText *x, int *from, int *to)
{
    int runs = 0;
    for (int i = 0; i < x->n; i++)
        if (chunk_kind(x, i) == CHAR_LETTER) {
            if (i == 0 || chunk_kind(x, i - 1) != CHAR_LETTER) *from = i, runs++;
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
        float cost = (token_casing(text, strlen(text)) == CASE_LOWER) == (name == 1) ? OCR_NO_NAME : 0;
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

static bool stands_before_number(const Text *t, const Chunk *c)
{
    bool last = c == t->chunk + t->chunks - 1;
    return !last && !c[1].begins_line && viet_is_digit((unsigned char)t->raw[c[1].at]);
}

static void read_chunk(OcrReading *o, const Chunk *c)
{
    ChunkText x = {.start = c->begins_line || c->begins_cell,
                   .begins = c->begins_line,
                   .ends = c == o->t->chunk + o->t->chunks - 1,
                   .before_number = stands_before_number(o->t, c),
                   .dirt = c->dirt,
                   .shouted = is_shouted(o->t, c),
                   .careful = o->r->from == FROM_VIE};
    if ((c->begins_line || c->begins_cell) && c->at)
        o->r->lattice.node.v[o->node].may_break = true; /* the search decides */
    if (!chunk_decode(o->t, c, &x) || token_fixed(o->t->raw + c->at, c->len)) {
        read_fixed(o, c);
        return;
    }
    int begin = o->node;
    chunk_mark_borders(&x);
    chunk_mark_splits(o->r, &x);
    make_nodes(o, &x);
    add_tokens(o, c, &x);
    ocr_add_specks(o->r, &x);
    ocr_add_lone_specks(o->r, &x);
    add_pieces(o, &x);
    ocr_add_label(o->r, o->a, &x);
    ocr_add_roman(o->r, o->a, &x, &o->before);
    add_choices(o, c, &x);
    if (!c->begins_line && !c->begins_cell) add_joined(o, &x);
    o->before = x;
    o->before_node = begin;
    o->before_letters = chunk_has_letter(&x, 0, x.n);
}

/* An engine that cuts a mark off leaves a word that is mostly as common ("tô" of "tổ", "quyên" of "quyền"), so the model of
 * losses finds few of them. Of 157 real pages that were read with four times as many, 55 more words came out right and two
 * wrong, and clean news as before. With eight times it was 16 and six more. */
static const float UNSEEN_ACCIDENTS = 4;

static void take_losses(Restore *r, const Text *t)
{
    losses_see(r, t);
    r->worn = r->loss;
    r->worn.chipped *= UNSEEN_ACCIDENTS;
    if (r->worn.chipped > 0.5f) r->worn.chipped = 0.5f;
}

void read_ocr(Restore *r, Arena *a, const Text *t)
{
    if (r->losses && r->from == FROM_VIE) take_losses(r, t);
    OcrReading o = {.r = r, .a = a, .t = t, .reader = token_reader(t->raw, t->n)};
    lattice_clear(&r->lattice);
    o.node = lattice_add_node(&r->lattice);
    o.more = token_next(&o.reader, &o.token);
    if (!r->cache) r->cache = guess_cache_new();
    if (!r->tree.nodes) word_tree_over(&r->tree, &r->lex, &r->lm);
    for (int i = 0; i < t->chunks; i++) read_chunk(&o, &t->chunk[i]);
}
