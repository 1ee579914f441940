/* Near-duplicates. A training line that shares any twelve words in a row with a held-out text is dropped: figures
 * measured there must be of unseen text. "Căn cứ Nghị định số 30/2020/NĐ-CP ..." stands in thousands of plans: a line
 * whose words were all seen in a line before is dropped, too. */
#include "stream.h"

#include "model/lm_file.h"
#include "model/token.h"

#include <stdlib.h>
#include <string.h>

enum { GRAM = 12, FIRST_SLOTS = 1 << 22 };

static const double RAREST = 1e-4; /* of the commonest word of the skeleton: below it is a slip of the pen */

void stream_init(Stream *s)
{
    *s = (Stream){.slots = FIRST_SLOTS, .held_slots = FIRST_SLOTS, .seen_slots = FIRST_SLOTS * 4};
    s->slot = xalloc(s->slots * sizeof *s->slot);
    s->held = xalloc(s->held_slots * sizeof *s->held);
    s->seen = xalloc(s->seen_slots * sizeof *s->seen);
}

void stream_release(Stream *s)
{
    vec_release(&s->text);
    vec_release(&s->terms);
    vec_release(&s->row);
    free(s->slot);
    free(s->held);
    free(s->seen);
}

const char *vocab_text(const Stream *s, const Term *t)
{
    return s->text.v + t->text;
}

static uint32_t *find_slot(Stream *s, const char *key, size_t n, uint8_t flags)
{
    uint32_t i = (lm_hash(key, n) ^ flags * 0x9E3779B9u) & (s->slots - 1);
    for (; s->slot[i]; i = (i + 1) & (s->slots - 1)) {
        const Term *t = &s->terms.v[s->slot[i] - 1];
        if (t->size == n && t->flags == flags && memcmp(vocab_text(s, t), key, n) == 0) break;
    }
    return &s->slot[i];
}

static void grow_slots(Stream *s)
{
    free(s->slot);
    s->slots *= 2;
    s->slot = xalloc(s->slots * sizeof *s->slot);
    for (uint32_t k = 0; k < s->terms.n; k++) {
        const Term *t = &s->terms.v[k];
        *find_slot(s, vocab_text(s, t), t->size, t->flags) = k + 1;
    }
}

static uint32_t term_number(Stream *s, const char *key, size_t n, uint8_t flags)
{
    uint32_t *slot = find_slot(s, key, n, flags);
    if (!*slot) {
        Term t = {.text = (uint32_t)s->text.n, .size = (uint32_t)n, .flags = flags};
        for (size_t i = 0; i < n; i++) *vec_push(&s->text) = key[i];
        *vec_push(&s->terms) = t;
        *slot = (uint32_t)s->terms.n;
        if (s->terms.n * 2 > s->slots) {
            grow_slots(s);
            return (uint32_t)s->terms.n - 1;
        }
    }
    return *slot - 1;
}

/* True when it was there already. */
static bool set_add(uint64_t **set, uint64_t *slots, uint64_t *n, uint64_t hash)
{
    if (*n * 2 > *slots) {
        uint64_t *old = *set, size = *slots, kept = 0;
        *slots *= 2;
        *set = xalloc(*slots * sizeof **set);
        for (uint64_t i = 0; i < size; i++)
            if (old[i]) set_add(set, slots, &kept, old[i]);
        free(old);
    }
    hash += !hash;
    uint64_t i = (hash * 0x9E3779B97F4A7C15u) >> 20 & (*slots - 1);
    for (; (*set)[i]; i = (i + 1) & (*slots - 1))
        if ((*set)[i] == hash) return true;
    (*set)[i] = hash;
    ++*n;
    return false;
}

static bool set_has(const uint64_t *set, uint64_t slots, uint64_t hash)
{
    hash += !hash;
    uint64_t i = (hash * 0x9E3779B97F4A7C15u) >> 20 & (slots - 1);
    for (; set[i]; i = (i + 1) & (slots - 1))
        if (set[i] == hash) return true;
    return false;
}

/* The hashes of a line's words, in lower case; signs and numbers do not count. */
static void word_hashes(const char *line, size_t n, Numbers *out)
{
    TokenReader r = token_reader(line, n);
    Token t;
    char key[TOKEN_KEY_MOST];
    out->n = 0;
    while (token_next(&r, &t))
        if (t.kind == TOKEN_WORD) *vec_push(out) = lm_hash(key, token_key(line, &t, key));
}

static uint64_t mix(uint64_t h, uint32_t w)
{
    h = (h ^ w) * 0xff51afd7ed558ccdu;
    return h ^ h >> 32;
}

static uint64_t gram_hash(const uint32_t *w, size_t n)
{
    uint64_t h = n;
    for (size_t i = 0; i < n; i++) h = mix(h, w[i]);
    return h;
}

void stream_hold_out(void *stream, const char *line, size_t n)
{
    static Numbers words;
    Stream *s = stream;
    word_hashes(line, n, &words);
    for (size_t i = 0; i + GRAM <= words.n; i++)
        set_add(&s->held, &s->held_slots, &s->held_grams, gram_hash(words.v + i, GRAM));
}

static bool may_train(Stream *s, const char *line, size_t n)
{
    static Numbers words;
    word_hashes(line, n, &words);
    for (size_t i = 0; i + GRAM <= words.n; i++)
        if (set_has(s->held, s->held_slots, gram_hash(words.v + i, GRAM))) {
            s->dropped_held++;
            return false;
        }
    if (words.n < 4 || !set_add(&s->seen, &s->seen_slots, &s->seen_lines, gram_hash(words.v, words.n)))
        return true;
    s->dropped_twice++;
    return false;
}

static void add_tokens(Stream *s, const char *line, size_t n, bool names)
{
    TokenReader r = token_reader(line, n);
    Token t;
    char key[TOKEN_KEY_MOST];
    if (!s->row.n) *vec_push(&s->row) = STREAM_BREAK;
    while (token_next(&r, &t)) {
        size_t size = token_key(line, &t, key);
        bool capital = t.kind == TOKEN_WORD && (t.casing == CASE_TITLE || t.casing == CASE_MIXED);
        uint8_t flags = (uint8_t)((t.kind == TOKEN_WORD ? LM_IS_WORD : 0) |
                                  (capital && (names || !t.start) ? LM_IS_NAME : 0));
        uint32_t k = size ? term_number(s, key, size, flags) : term_number(s, "<unk>", 5, 0);
        s->terms.v[k].count++;
        s->syllables += t.kind == TOKEN_WORD;
        *vec_push(&s->row) = k;
    }
    *vec_push(&s->row) = STREAM_BREAK;
}

void stream_add(void *stream, const char *line, size_t n)
{
    Stream *s = stream;
    s->lines++;
    if (may_train(s, line, n)) add_tokens(s, line, n, false);
}

void stream_add_name(Stream *s, const char *name, int times)
{
    for (int i = 0; i < times; i++) add_tokens(s, name, strlen(name), true);
}

/* ---- the vocabulary ---- */

typedef struct Sorted {
    char skeleton[TOKEN_KEY_MOST];
    const char *text;
    uint32_t term;
    Term t;
} Sorted;

static int by_skeleton(const void *a, const void *b)
{
    const Sorted *x = a, *y = b;
    int c = strcmp(x->skeleton, y->skeleton);
    size_t n = x->t.size < y->t.size ? x->t.size : y->t.size;
    if (!c) c = memcmp(x->text, y->text, n);
    if (!c) c = (x->t.size > y->t.size) - (x->t.size < y->t.size);
    return c ? c : (x->t.flags & LM_IS_NAME) - (y->t.flags & LM_IS_NAME);
}

static Sorted *frequent_terms(const Stream *s, int least, size_t *n)
{
    Sorted *v = xalloc((s->terms.n + 1) * sizeof *v);
    *n = 0;
    for (uint32_t k = 0; k < s->terms.n; k++) {
        const Term *t = &s->terms.v[k];
        if (t->count < (uint64_t)least || !strncmp(vocab_text(s, t), "<unk>", t->size)) continue;
        Sorted *x = &v[(*n)++];
        *x = (Sorted){.text = vocab_text(s, t), .term = k, .t = *t};
        if (!token_skeleton(x->text, t->size, x->skeleton)) --*n; /* accents without a letter */
    }
    qsort(v, *n, sizeof *v, by_skeleton);
    return v;
}

static size_t run_length(const Sorted *v, size_t i, size_t n)
{
    size_t k = i;
    while (k < n && strcmp(v[k].skeleton, v[i].skeleton) == 0) k++;
    return k - i;
}

static void vocab_take(Vocab *v, Stream *s, const Sorted *run, size_t n)
{
    uint64_t most = 0;
    for (size_t i = 0; i < n; i++) most = run[i].t.count > most ? run[i].t.count : most;
    uint32_t first = v->n;
    for (size_t i = 0; i < n; i++) {
        if ((double)run[i].t.count < RAREST * (double)most) continue;
        if (v->n >= LM_NONE) break;
        s->terms.v[run[i].term].id = (uint16_t)v->n;
        v->v[v->n] = run[i].t;
        v->v[v->n].id = (uint16_t)v->n;
        v->n++;
    }
    if (v->n > first) v->skeleton_first[v->skeletons++] = (uint16_t)first;
    for (uint32_t i = first; i < v->n; i++) v->run_first[i] = (uint16_t)first, v->run_end[i] = (uint16_t)v->n;
}

bool vocab_choose(Vocab *v, Stream *s, int least, Err *err)
{
    size_t n;
    Sorted *sorted = frequent_terms(s, least, &n);
    *v = (Vocab){.n = 3};
    v->v = xalloc((LM_NONE + 1) * sizeof *v->v);
    v->run_first = xalloc((LM_NONE + 1) * sizeof *v->run_first);
    v->run_end = xalloc((LM_NONE + 1) * sizeof *v->run_end);
    v->skeleton_first = xalloc((LM_NONE + 1) * sizeof *v->skeleton_first);
    for (uint16_t i = 0; i < 3; i++) v->run_first[i] = i, v->run_end[i] = (uint16_t)(i + 1);
    for (size_t i = 0, run; i < n; i += run) {
        run = run_length(sorted, i, n);
        vocab_take(v, s, sorted + i, run);
    }
    v->skeleton_first[v->skeletons] = (uint16_t)v->n;
    free(sorted);
    if (v->n >= LM_NONE)
        return err_set(err, DAU_LIMIT, "more than %d words are counted %d times; raise --least", LM_NONE,
                       least);
    return true;
}

uint16_t *vocab_row(const Stream *s, size_t *n)
{
    uint16_t *row = xalloc((s->row.n + 1) * sizeof *row);
    *n = 0;
    for (size_t i = 1; i < s->row.n; i++) { /* the first is a break */
        uint32_t t = s->row.v[i];
        row[(*n)++] = t == STREAM_BREAK ? ROW_BREAK : s->terms.v[t].id;
    }
    return row;
}

void vocab_release(Vocab *v)
{
    free(v->v);
    free(v->run_first);
    free(v->run_end);
    free(v->skeleton_first);
    *v = (Vocab){0};
}
