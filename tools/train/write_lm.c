/* Lays the kept grams out as model/lm_file.h has it, in one buffer. After "trường mầm" the successors non and nôn lie
 * side by side; "mầm non" has a context of its own, so its bit in `has` is set. */
#include "grams.h"

#include "base/arena.h"
#include "base/viet.h"
#include "model/lm_file.h"
#include "model/token.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put(Buf *out, LmHeader *h, int section, const void *data, size_t n)
{
    static const char zeros[64];
    buf_addn(out, zeros, (64 - out->len % 64) % 64);
    h->section[section] = (LmSection){out->len, n};
    buf_addn(out, data, n);
}

/* ---- 8 bits a number ---- */

static int compare_floats(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* 256 values, each the mean of an equal share of the sorted numbers. */
static void make_book(const float *v, size_t n, float book[256])
{
    float *sorted = xalloc((n + 1) * sizeof *sorted);
    memcpy(sorted, v, n * sizeof *v);
    qsort(sorted, n, sizeof *sorted, compare_floats);
    for (size_t b = 0; b < 256; b++) {
        size_t from = n * b / 256, to = n * (b + 1) / 256;
        double sum = 0;
        for (size_t i = from; i < to; i++) sum += sorted[i];
        book[b] = to > from ? (float)(sum / (double)(to - from)) : b ? book[b - 1] : 0;
    }
    free(sorted);
}

static uint8_t nearest(const float book[256], float v)
{
    int low = 0, high = 255;
    while (low < high) {
        int middle = (low + high) / 2;
        if (book[middle] < v)
            low = middle + 1;
        else
            high = middle;
    }
    if (low > 0 && v - book[low - 1] < book[low] - v) low--;
    return (uint8_t)low;
}

static uint8_t *quantise(const float *v, size_t n, float book[256])
{
    uint8_t *q = xalloc(n + 1);
    make_book(v, n, book);
    for (size_t i = 0; i < n; i++) q[i] = nearest(book, v[i]);
    return q;
}

/* ---- levels ---- */

typedef struct Packed { /* the kept grams of a level */
    size_t n, contexts;
    uint16_t *id;
    float *prob, *backoff;
    uint32_t *child, *rank;
    uint64_t *has;
} Packed;

static uint32_t kept_children(const Grams *g, int k, size_t i)
{
    uint32_t n = 0;
    if (k + 1 >= g->order) return 0;
    for (uint32_t c = g->level[k].child[i]; c < g->level[k].child[i + 1]; c++) n += g->level[k + 1].keep[c];
    return n;
}

static Packed pack(const Grams *g, int k)
{
    const Level *l = &g->level[k];
    size_t most = l->n + 1, blocks = l->n / LM_RANK_BITS + 1;
    Packed p = {.id = xalloc(most * 2),
                .prob = xalloc(most * 4),
                .backoff = xalloc(most * 4),
                .child = xalloc((most + 1) * 4),
                .rank = xalloc(blocks * 4),
                .has = xalloc(blocks * LM_RANK_BITS / 8)};
    uint32_t at = 0;
    for (size_t i = 0; i < l->n; i++) {
        if (!l->keep[i]) continue;
        uint32_t children = kept_children(g, k, i);
        p.id[p.n] = (uint16_t)l->key[i];
        p.prob[p.n] = logf(l->prob[i]);
        if (p.n % LM_RANK_BITS == 0) p.rank[p.n / LM_RANK_BITS] = (uint32_t)p.contexts;
        if (children) {
            p.has[p.n / 64] |= UINT64_C(1) << p.n % 64;
            p.child[p.contexts] = at;
            p.backoff[p.contexts++] = logf(l->gamma[i]);
        }
        at += children;
        p.n++;
    }
    p.child[p.contexts] = at;
    return p;
}

static void pack_release(Packed *p)
{
    free(p->id);
    free(p->prob);
    free(p->backoff);
    free(p->child);
    free(p->rank);
    free(p->has);
}

static void put_level(const Grams *g, int k, Buf *out, LmHeader *h)
{
    Packed p = pack(g, k);
    float book[512] = {0};
    size_t blocks = p.n / LM_RANK_BITS + 1;
    bool inner = k + 1 < g->order;
    uint8_t *prob = quantise(p.prob, p.n, book), *backoff = quantise(p.backoff, p.contexts, book + 256);
    int s = k * LM_PARTS;
    h->grams[k] = (uint32_t)p.n;
    h->contexts[k] = inner ? (uint32_t)p.contexts : 0;
    put(out, h, s + LM_ID, p.id, k ? p.n * 2 : 0);
    put(out, h, s + LM_PROB, prob, p.n);
    put(out, h, s + LM_HAS, p.has, inner ? blocks * LM_RANK_BITS / 8 : 0);
    put(out, h, s + LM_RANK, p.rank, inner ? blocks * 4 : 0);
    put(out, h, s + LM_CHILD, p.child, inner ? (p.contexts + 1) * 4 : 0);
    put(out, h, s + LM_BACKOFF, backoff, inner ? p.contexts : 0);
    put(out, h, s + LM_BOOK, book, sizeof book);
    free(prob);
    free(backoff);
    pack_release(&p);
}

/* ---- words ---- */

/* Of the shape of a Vietnamese syllable: an onset, vowels, a coda; all letters Vietnamese. */
static bool is_syllable(const char *s, size_t n)
{
    static const char *const onsets[] = {"",   "b",  "c", "ch", "d", "g",  "gh",  "gi", "h",
                                         "k",  "kh", "l", "m",  "n", "ng", "ngh", "nh", "p",
                                         "ph", "qu", "r", "s",  "t", "th", "tr",  "v",  "x"};
    static const char *const codas[] = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"};
    char base[16];
    size_t len = 0;
    int tones = 0;
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        Letter l = viet_letter(c);
        if (!l.base || strchr("fjwz", l.base) || len + 1 >= sizeof base) return false;
        base[len++] = l.base;
        tones += l.tone != TONE_NONE;
    }
    base[len] = '\0';
    for (size_t o = 0; o < sizeof onsets / sizeof *onsets; o++)
        for (size_t c = 0; c < sizeof codas / sizeof *codas; c++) {
            size_t on = strlen(onsets[o]), cn = strlen(codas[c]);
            if (on + cn >= len || strncmp(base, onsets[o], on) || strcmp(base + len - cn, codas[c])) continue;
            size_t vowels = strspn(base + on, "aeiouy");
            if (vowels == len - on - cn && vowels <= 3) return tones <= 1;
        }
    return false;
}

static void put_words(const Vocab *v, const Stream *s, Buf *out, LmHeader *h)
{
    uint32_t *at = xalloc((v->n + 1) * sizeof *at);
    uint8_t *flags = xalloc(v->n);
    Buf text = {0};
    for (uint32_t i = 3; i < v->n; i++) {
        const char *t = vocab_text(s, &v->v[i]);
        at[i] = (uint32_t)text.len;
        buf_addn(&text, t, v->v[i].size);
        flags[i] = v->v[i].flags;
        if ((flags[i] & LM_IS_WORD) && is_syllable(t, v->v[i].size)) flags[i] |= LM_IS_SYLLABLE;
    }
    at[v->n] = (uint32_t)text.len;
    h->words = v->n;
    put(out, h, LM_WORD_AT, at, (v->n + 1) * sizeof *at);
    put(out, h, LM_WORD_TEXT, text.s, text.len);
    put(out, h, LM_WORD_FLAGS, flags, v->n);
    buf_release(&text);
    free(flags);
    free(at);
}

static void put_skeletons(const Vocab *v, const Stream *s, Buf *out, LmHeader *h)
{
    h->hash_size = 1;
    while (h->hash_size < v->skeletons * 2) h->hash_size *= 2;
    uint16_t *hash = xalloc(h->hash_size * sizeof *hash);
    for (uint32_t k = 0; k < v->skeletons; k++) {
        const Term *t = &v->v[v->skeleton_first[k]];
        char skeleton[TOKEN_KEY_MOST];
        size_t n = token_skeleton(vocab_text(s, t), t->size, skeleton);
        uint32_t slot = lm_hash(skeleton, n) & (h->hash_size - 1);
        while (hash[slot]) slot = (slot + 1) & (h->hash_size - 1);
        hash[slot] = (uint16_t)(k + 1);
    }
    h->skeletons = v->skeletons;
    put(out, h, LM_SKELETON_FIRST, v->skeleton_first, (v->skeletons + 1) * sizeof *v->skeleton_first);
    put(out, h, LM_SKELETON_HASH, hash, h->hash_size * sizeof *hash);
    free(hash);
}

/* ---- the trie: words as rows of letters, sorted, then cut column by column ---- */

enum { LONGEST_WORD = 16 };

typedef struct Spelled {
    uint16_t letter[LONGEST_WORD]; /* 0 after the end */
    uint16_t id;
    bool name;
} Spelled;

static bool spell(const char *s, size_t n, Spelled *out)
{
    size_t len = 0;
    for (size_t i = 0; i < n;) {
        int32_t c;
        i += utf8_decode(s + i, n - i, &c);
        bool latin = c >= 'a' && (c < 0x250 || (c >= 0x1E00 && c < 0x1F00));
        if (!latin || len + 1 >= LONGEST_WORD) return false;
        out->letter[len++] = (uint16_t)c;
    }
    return len > 0;
}

static int compare_spelled(const void *a, const void *b)
{
    const Spelled *x = a, *y = b;
    for (int i = 0; i < LONGEST_WORD; i++)
        if (x->letter[i] != y->letter[i]) return x->letter[i] < y->letter[i] ? -1 : 1;
    return x->name - y->name;
}

typedef struct Pending { /* a node whose children are to come: words [from, to) agree on `depth` letters */
    size_t from, to;
    int depth;
} Pending;

typedef VEC(LmNode) Nodes;
typedef VEC(Pending) Queue;

static void open_node(Nodes *nodes, Queue *queue, const Spelled *w, size_t at)
{
    Pending p = queue->v[at];
    LmNode node = nodes->v[at];
    size_t i = p.from;
    for (; i < p.to && !w[i].letter[p.depth]; i++) *(w[i].name ? &node.name : &node.plain) = w[i].id;
    node.first = (uint32_t)nodes->n;
    while (i < p.to) {
        size_t from = i;
        while (i < p.to && w[i].letter[p.depth] == w[from].letter[p.depth]) i++;
        *vec_push(nodes) = (LmNode){.letter = w[from].letter[p.depth], .plain = LM_NONE, .name = LM_NONE};
        *vec_push(queue) = (Pending){from, i, p.depth + 1};
        node.children++;
    }
    nodes->v[at] = node;
}

static uint8_t rarity(const Grams *g, uint16_t id)
{
    float units = id == LM_NONE ? 255 : -logf(g->level[0].prob[id]) * LM_RARITY_UNIT;
    return units < 255 ? (uint8_t)units : 255;
}

/* Children stand behind their parents: from the last node back, each tells its parent. */
static void fill_rarity(const Grams *g, Nodes *nodes)
{
    for (size_t i = nodes->n; i-- > 0;) {
        LmNode *node = &nodes->v[i];
        uint8_t plain = rarity(g, node->plain), name = rarity(g, node->name);
        node->rarity = plain < name ? plain : name;
        for (uint32_t k = node->first; k < node->first + node->children; k++)
            if (nodes->v[k].rarity < node->rarity) node->rarity = nodes->v[k].rarity;
    }
}

static void put_trie(const Grams *g, const Vocab *v, const Stream *s, Buf *out, LmHeader *h)
{
    Spelled *w = xalloc(v->n * sizeof *w);
    size_t n = 0;
    for (uint32_t i = 3; i < v->n; i++) {
        w[n] = (Spelled){.id = (uint16_t)i, .name = v->v[i].flags & LM_IS_NAME};
        if ((v->v[i].flags & LM_IS_WORD) && spell(vocab_text(s, &v->v[i]), v->v[i].size, &w[n]))
            n++;
        else
            memset(&w[n], 0, sizeof w[n]);
    }
    qsort(w, n, sizeof *w, compare_spelled);
    Nodes nodes = {0};
    Queue queue = {0};
    *vec_push(&nodes) = (LmNode){.plain = LM_NONE, .name = LM_NONE};
    *vec_push(&queue) = (Pending){0, n, 0};
    for (size_t i = 0; i < nodes.n; i++) open_node(&nodes, &queue, w, i);
    fill_rarity(g, &nodes);
    h->nodes = (uint32_t)nodes.n;
    put(out, h, LM_TRIE, nodes.v, nodes.n * sizeof *nodes.v);
    vec_release(&nodes);
    vec_release(&queue);
    free(w);
}

void grams_lay_out(const Grams *g, const Vocab *v, const Stream *s, Buf *out)
{
    LmHeader h = {
        .magic = LM_MAGIC, .version = LM_VERSION, .byte_order = LM_ORDER_MARK, .order = (uint32_t)g->order};
    buf_addn(out, &h, sizeof h);
    put_words(v, s, out, &h);
    put_skeletons(v, s, out, &h);
    for (int k = 0; k < g->order; k++) put_level(g, k, out, &h);
    for (int k = g->order; k < LM_MOST_ORDER; k++)
        for (int part = 0; part < LM_PARTS; part++) put(out, &h, k * LM_PARTS + part, "", 0);
    put_trie(g, v, s, out, &h);
    h.file_size = out->len;
    h.body_sum = lm_sum(out->s + sizeof h, out->len - sizeof h);
    h.complete = LM_COMPLETE;
    h.header_sum = lm_sum(&h, offsetof(LmHeader, header_sum));
    memcpy(out->s, &h, sizeof h);
}
