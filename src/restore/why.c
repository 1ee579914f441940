/* Why a word was changed: what the channel says of the reading and what the language model says of the text
 * and of the raw word in its place, each by itself.
 *
 * Example: "Mam non Thay c0": c0 became cô. That cô is read as c0 costs 2.1 nats; cô after "Thầy" costs 3.4;
 * c0 there, a word nobody knows, 13.8. Of what stands around, three tokens before are the model's whole
 * memory, and the two after feel the difference. */
#include "restore/private.h"

#include "base/viet.h"

#include <stdlib.h>
#include <string.h>

enum { BEFORE = 3, AFTER = 2, MOST_IDS = 64 };

typedef struct WordIds {
    WordId id[MOST_IDS];
    int n;
} WordIds;

static void push_id(WordIds *ids, WordId id)
{
    if (id != LM_NONE && ids->n < MOST_IDS) ids->id[ids->n++] = id;
}

static void push_steps(const Restore *r, size_t from, size_t to, WordIds *ids)
{
    for (size_t i = from; i < to && i < r->path.n; i++) push_id(ids, r->lattice.cand.v[r->path.v[i].cand].id);
}

/* The tokens of the raw word; one in capitals is a name where there is such a name. */
static void push_raw(const Restore *r, const Text *t, const Chunk *c, WordIds *ids)
{
    const char *s = t->raw + c->at;
    TokenReader reader = token_reader(s, c->len);
    Token token;
    while (token_next(&reader, &token)) {
        char key[TOKEN_KEY_MOST];
        size_t n = token_key(s, &token, key);
        bool name = token.kind == TOKEN_WORD && token.casing != CASE_LOWER && !c->begins_line;
        WordId id = name ? lexicon_find(&r->lex, key, n, true) : LM_UNKNOWN;
        push_id(ids, id != LM_UNKNOWN ? id : lexicon_find(&r->lex, key, n, false));
    }
}

/* -ln P of the ids from `first` on. */
static float cost_of(const Restore *r, const WordIds *ids, int first, bool begins)
{
    NgramState state;
    float cost = 0;
    memset(&state, 0xFF, sizeof state);
    if (begins) state = ngram_begin(&r->lm);
    for (int i = 0; i < ids->n; i++) {
        NgramState next;
        float p = ngram_score(&r->lm, &state, ids->id[i], &next);
        if (i >= first) cost -= p;
        state = next;
    }
    return cost;
}

static void weigh_context(const Restore *r, const Text *t, const Chunk *c, size_t from, size_t to,
                          RestoreWhy *why)
{
    size_t begin = from < BEFORE ? 0 : from - BEFORE;
    WordIds before = {0}, own, raw, after = {0};
    push_steps(r, begin, from, &before);
    own = raw = before;
    push_steps(r, from, to, &own);
    push_raw(r, t, c, &raw);
    push_steps(r, to, to + AFTER, &after);
    int first = before.n;
    why->context = cost_of(r, &own, first, begin == 0);
    WordIds own_after = own, raw_after = raw;
    for (int i = 0; i < after.n; i++) push_id(&own_after, after.id[i]), push_id(&raw_after, after.id[i]);
    float both = cost_of(r, &own_after, first, begin == 0), other = cost_of(r, &raw_after, first, begin == 0);
    why->as_read = other - (both - why->context);
}

static const char *rule_of(const Text *t, const Chunk *c, bool lifted)
{
    Arena a = {0};
    const char *raw = arena_strn(&a, t->raw + c->at, c->len), *rule;
    if (!*c->text)
        rule = "dirt, or joined";
    else if (strchr(c->text, ' '))
        rule = "split";
    else if (lifted)
        rule = "phrase";
    else if (str_eq(viet_lower_str(&a, raw), viet_lower_str(&a, c->text)))
        rule = "capitals";
    else if (str_eq(viet_skeleton(&a, raw), viet_skeleton(&a, c->text)))
        rule = "marks";
    else if (str_eq(viet_key(&a, raw), viet_key(&a, c->text)))
        rule = "signs";
    else
        rule = "letters";
    arena_release(&a);
    return rule;
}

void why_chunk(Restore *r, const Text *t, const Chunk *c, size_t from, size_t to)
{
    RestoreWhy why = {0};
    bool lifted = false;
    for (size_t i = from; i < to; i++) {
        const Cand *x = &r->lattice.cand.v[r->path.v[i].cand];
        why.reading -= x->score - x->lift;
        lifted = lifted || x->lift > 0;
    }
    weigh_context(r, t, c, from, to, &why);
    why.rule = rule_of(t, c, lifted);
    *vec_push(&r->whys) = why;
}

const RestoreWhy *restore_why(const Restore *r, int word)
{
    return word >= 0 && (size_t)word < r->whys.n && r->whys.v[word].rule ? &r->whys.v[word] : NULL;
}
