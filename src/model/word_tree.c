/* The skeletons stand sorted in the lexicon. They are spelled out and grouped column by column, each node before its
 * children. So the children of a node lie side by side.
 *
 * Example: cach, can, cao: root -> c -> ca -> {cac, can, cao} -> cach. */
#include "model/word_tree.h"

#include "base/arena.h"
#include "base/vec.h"
#include "base/viet.h"
#include "model/token.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LONGEST_WORD = 16 }; /* letters and the end */

typedef struct Spelled {
    uint16_t letter[LONGEST_WORD]; /* 0 after the end */
    WordRun run;
} Spelled;

typedef struct Pending { /* a node whose children are to come: words [from, to) agree on `depth` letters */
    uint32_t from, to;
    int depth;
} Pending;

typedef VEC(Spelled) SpelledVec;
typedef VEC(Pending) PendingVec;
typedef VEC(TreeNode) TreeNodeVec;

static bool is_latin(int32_t c)
{
    return (c >= 'a' && c < 0x250) || (c >= 0x1E00 && c < 0x1F00);
}

static bool spell(const Lexicon *lex, WordRun run, Spelled *out)
{
    char skeleton[TOKEN_KEY_MOST];
    size_t n, len = 0;
    const char *text = lexicon_text(lex, run.first, &n);
    size_t size = token_skeleton(text, n, skeleton);
    *out = (Spelled){.run = run};
    for (size_t i = 0; i < size;) {
        int32_t c;
        i += utf8_decode(skeleton + i, size - i, &c);
        if (!is_latin(c) || len + 1 >= LONGEST_WORD) return false;
        out->letter[len++] = (uint16_t)c;
    }
    return len > 0;
}

static int compare_spelled(const void *a, const void *b)
{
    const Spelled *x = a, *y = b;
    for (int i = 0; i < LONGEST_WORD; i++)
        if (x->letter[i] != y->letter[i]) return x->letter[i] < y->letter[i] ? -1 : 1;
    return 0;
}

/* They are, in a lexicon that is in order. */
static bool is_sorted(const SpelledVec *w)
{
    for (size_t i = 1; i < w->n; i++)
        if (compare_spelled(&w->v[i - 1], &w->v[i]) > 0) return false;
    return true;
}

static void spell_all(const Lexicon *lex, SpelledVec *out)
{
    Spelled s;
    for (unsigned id = LM_END + 1; id < lex->words;) {
        WordRun run = lexicon_run_of(lex, (WordId)id);
        if (run.end <= id) run = (WordRun){(WordId)id, (WordId)(id + 1)}; /* a broken file goes on, too */
        if (spell(lex, run, &s)) *vec_push(out) = s;
        id = run.end;
    }
    if (!is_sorted(out)) qsort(out->v, out->n, sizeof *out->v, compare_spelled);
}

static void open_node(TreeNodeVec *nodes, PendingVec *queue, const SpelledVec *w, size_t at)
{
    Pending p = queue->v[at];
    TreeNode node = nodes->v[at];
    uint32_t i = p.from;
    for (; i < p.to && !w->v[i].letter[p.depth]; i++) node.run = w->v[i].run;
    node.first = (uint32_t)nodes->n;
    while (i < p.to) {
        uint32_t from = i;
        while (i < p.to && w->v[i].letter[p.depth] == w->v[from].letter[p.depth]) i++;
        *vec_push(nodes) = (TreeNode){.letter = w->v[from].letter[p.depth]};
        *vec_push(queue) = (Pending){from, i, p.depth + 1};
        node.children++;
    }
    nodes->v[at] = node;
}

static void find_rarity(WordTree *t, const Ngram *lm)
{
    t->rarity = xalloc((t->lex->words + 1) * sizeof *t->rarity);
    for (unsigned id = 0; id < t->lex->words; id++) t->rarity[id] = -ngram_unigram(lm, (uint16_t)id);
    for (size_t i = t->nodes; i-- > 0;) { /* children stand behind their parents */
        TreeNode *node = &t->node[i];
        node->rarity = INFINITY;
        for (unsigned id = node->run.first; id < node->run.end; id++)
            if (t->rarity[id] < node->rarity) node->rarity = t->rarity[id];
        for (uint32_t k = node->first; k < node->first + node->children; k++)
            if (t->node[k].rarity < node->rarity) node->rarity = t->node[k].rarity;
    }
}

static void sort_children(WordTree *t, const TreeNode *parent)
{
    TreeNode *n = t->node + parent->first;
    for (int i = 1; i < parent->children; i++) {
        TreeNode x = n[i];
        int k = i;
        for (; k > 0 && n[k - 1].rarity > x.rarity; k--) n[k] = n[k - 1];
        n[k] = x;
    }
}

void word_tree_over(WordTree *t, const Lexicon *lex, const Ngram *lm)
{
    SpelledVec words = {0};
    PendingVec queue = {0};
    TreeNodeVec nodes = {0};
    spell_all(lex, &words);
    *vec_push(&nodes) = (TreeNode){0};
    *vec_push(&queue) = (Pending){0, (uint32_t)words.n, 0};
    for (size_t i = 0; i < queue.n; i++) open_node(&nodes, &queue, &words, i);
    vec_release(&words);
    vec_release(&queue);
    *t = (WordTree){.lex = lex, .node = nodes.v, .nodes = (uint32_t)nodes.n};
    find_rarity(t, lm);
    for (uint32_t i = 0; i < t->nodes; i++) sort_children(t, &t->node[i]);
}

void word_tree_release(WordTree *t)
{
    free(t->node);
    free(t->rarity);
    *t = (WordTree){0};
}

const TreeNode *word_tree_node(const WordTree *t, uint32_t node)
{
    return node < t->nodes ? &t->node[node] : NULL;
}
