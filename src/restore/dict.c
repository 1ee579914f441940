/* Words and names that are added at run time: dicts/phrases.tsv (the language of plans) and --dict FILE.
 *
 * A line is a word or a phrase, TAB, its weight in nats (DEFAULT_WEIGHT without one). Where the candidates of
 * slots in a row spell a phrase, each of them is lifted by the weight over the number of words: "cap trường"
 * has cặp, cấp, cập ..; "cặp trường kết nghĩa" is a phrase, so cặp rises. A word that the model does not know
 * becomes a candidate wherever the raw word has its skeleton. */
#include "restore/private.h"

#include "base/file.h"
#include "base/tsv.h"
#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 8, MOST_FILE = 64 << 20 };

static const float DEFAULT_WEIGHT = 4, MOST_WEIGHT = 20; /* nats */
static const float NEW_COST = 2;                         /* nats: a word that only the dictionary knows */

typedef struct Phrase {
    WordId plain[MOST_WORDS], name[MOST_WORDS]; /* LM_UNKNOWN where the model has no such form */
    uint8_t words;
    float weight;
    int32_t next; /* with the same first word */
} Phrase;

typedef struct NewWord {
    char *text;        /* as the file has it */
    uint32_t skeleton; /* hash */
    float weight;
} NewWord;

struct RestoreDict {
    VEC(Phrase) phrases;
    VEC(NewWord) words;                  /* sorted by skeleton */
    int32_t *first;                      /* by word id: its first phrase, -1 */
    uint64_t begins[(LM_NONE + 1) / 64]; /* bit by word id: it has one */
};

static void link_phrase(RestoreDict *d, WordId id, int32_t number)
{
    if (id == LM_UNKNOWN) return;
    Phrase *p = &d->phrases.v[number];
    p->next = d->first[id];
    d->first[id] = number;
    d->begins[id / 64] |= UINT64_C(1) << id % 64;
}

static uint32_t skeleton_hash(const char *s, size_t n)
{
    char key[TOKEN_KEY_MOST], skeleton[TOKEN_KEY_MOST];
    size_t m = token_word_key(s, n, key);
    return m ? lm_hash(skeleton, token_skeleton(key, m, skeleton)) : 0;
}

static void add_new_word(RestoreDict *d, const char *s, size_t n, float weight)
{
    NewWord w = {.text = xalloc(n + 1), .skeleton = skeleton_hash(s, n), .weight = weight};
    memcpy(w.text, s, n);
    *vec_push(&d->words) = w;
}

/* A phrase needs all of its words known; a word that is not becomes a new one. */
static void add_phrase(RestoreDict *d, const Lexicon *lex, const char *text, float weight)
{
    Phrase p = {.weight = weight};
    TokenReader r = token_reader(text, strlen(text));
    Token t;
    bool known = true;
    while (token_next(&r, &t)) {
        char key[TOKEN_KEY_MOST];
        if (t.kind != TOKEN_WORD || p.words == MOST_WORDS) return;
        size_t n = token_key(text, &t, key);
        p.plain[p.words] = lexicon_find(lex, key, n, false);
        p.name[p.words] = lexicon_find(lex, key, n, true);
        if (p.plain[p.words] == LM_UNKNOWN && p.name[p.words] == LM_UNKNOWN) {
            add_new_word(d, text + t.at, t.len, weight);
            known = false;
        }
        p.words++;
    }
    if (!known || !p.words) return;
    *vec_push(&d->phrases) = p; /* twice, for a list of each form of the first word */
    link_phrase(d, p.plain[0], (int32_t)d->phrases.n - 1);
    *vec_push(&d->phrases) = p;
    link_phrase(d, p.name[0], (int32_t)d->phrases.n - 1);
}

static float weight_of(const Tsv *t)
{
    double w = t->fields > 1 && t->field[1] ? strtod(t->field[1], NULL) : DEFAULT_WEIGHT;
    return w > 0 && w <= MOST_WEIGHT ? (float)w : w > MOST_WEIGHT ? MOST_WEIGHT : DEFAULT_WEIGHT;
}

static int by_skeleton(const void *a, const void *b)
{
    const NewWord *x = a, *y = b;
    return (x->skeleton > y->skeleton) - (x->skeleton < y->skeleton);
}

void dict_parse(RestoreDict *d, const Lexicon *lex, const char *text, size_t n)
{
    Tsv t = {0};
    Arena a = {0};
    tsv_init(&t, text, n);
    while (tsv_next(&t))
        if (t.field[0]) add_phrase(d, lex, viet_nfc(&a, t.field[0], strlen(t.field[0])), weight_of(&t));
    if (d->words.n) qsort(d->words.v, d->words.n, sizeof *d->words.v, by_skeleton);
    tsv_release(&t);
    arena_release(&a);
}

RestoreDict *dict_new(void)
{
    RestoreDict *d = xalloc(sizeof *d);
    d->first = xalloc((LM_NONE + 1) * sizeof *d->first);
    memset(d->first, 0xFF, (LM_NONE + 1) * sizeof *d->first);
    return d;
}

bool dict_read(RestoreDict *d, const Lexicon *lex, const char *path, Err *err)
{
    Buf b = {0};
    bool ok = file_read(path, MOST_FILE, &b, err);
    if (ok) dict_parse(d, lex, buf_str(&b), b.len);
    buf_release(&b);
    return ok;
}

void dict_free(RestoreDict *d)
{
    if (!d) return;
    for (size_t i = 0; i < d->words.n; i++) free(d->words.v[i].text);
    vec_release(&d->words);
    vec_release(&d->phrases);
    free(d->first);
    free(d);
}

/* ---- on a lattice ---- */

static Cand *find_cand(Lattice *l, const Slot *s, const Phrase *p, int word)
{
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        WordId id = l->cand.v[i].id;
        if (id > LM_END && (id == p->plain[word] || id == p->name[word])) return &l->cand.v[i];
    }
    return NULL;
}

void dict_lift(Cand *c, float by)
{
    if (by <= c->lift) return;
    c->score += by - c->lift;
    c->lift = by;
}

static void lift(Lattice *l, const Slot *s, const Phrase *p, int word)
{
    float by = p->weight / (float)p->words / l->weight;
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        Cand *c = &l->cand.v[i];
        bool same = c->id > LM_END && (c->id == p->plain[word] || c->id == p->name[word]);
        if (same) dict_lift(c, by);
    }
}

/* Lifts the rest of the phrase from `word` on when slots after `node` spell it. */
static bool follow(Lattice *l, int node, const Phrase *p, int word)
{
    if (word == p->words) return true;
    for (int32_t k = l->node.v[node].slots; k >= 0; k = l->slot.v[k].next) {
        const Slot *s = &l->slot.v[k];
        if (!find_cand(l, s, p, word) || !follow(l, s->to, p, word + 1)) continue;
        lift(l, s, p, word);
        return true;
    }
    return false;
}

static void lift_phrases(RestoreDict *d, Lattice *l, const Slot *s, WordId id)
{
    if (id <= LM_END || id == LM_NONE) return;
    for (int32_t k = d->first[id]; k >= 0; k = d->phrases.v[k].next)
        if (follow(l, s->to, &d->phrases.v[k], 1)) lift(l, s, &d->phrases.v[k], 0);
}

bool dict_begins(const RestoreDict *d, WordId id)
{
    return d->begins[id / 64] >> id % 64 & 1;
}

static void lift_slot(RestoreDict *d, Lattice *l, const Slot *s)
{
    for (int i = s->first_cand; i < s->first_cand + s->cands; i++) {
        WordId id = l->cand.v[i].id;
        if (dict_begins(d, id)) lift_phrases(d, l, s, id);
    }
}

static const NewWord *find_new(const RestoreDict *d, const char *raw, size_t n)
{
    if (!d->words.n) return NULL;
    NewWord key = {.skeleton = skeleton_hash(raw, n)};
    if (!key.skeleton) return NULL;
    return bsearch(&key, d->words.v, d->words.n, sizeof key, by_skeleton);
}

/* The one unknown candidate of a slot, when it has one, reads the new word instead. */
static void offer_new(const RestoreDict *d, Lattice *l, const Text *t, const Slot *s)
{
    const NewWord *w = find_new(d, t->raw + s->at, s->len);
    for (int i = s->first_cand; w && i < s->first_cand + s->cands; i++) {
        Cand *c = &l->cand.v[i];
        if (c->id != LM_UNKNOWN) continue;
        c->kind = CAND_GIVEN;
        c->text = w->text;
        if (c->score < -NEW_COST) c->score = -NEW_COST;
        dict_lift(c, w->weight / l->weight);
    }
}

void dict_apply(RestoreDict *d, Lattice *l, const Text *t)
{
    for (size_t k = 0; d->phrases.n && k < l->slot.n; k++)
        if (!l->slot.v[k].no_phrase) lift_slot(d, l, &l->slot.v[k]);
    for (size_t k = 0; d->words.n && k < l->slot.n; k++) offer_new(d, l, t, &l->slot.v[k]);
}
