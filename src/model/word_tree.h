/* word_tree: the skeletons of the lexicon, letter by letter: "t-r-u-o-n-g" leads to trường, trưởng, trương, truồng.
 *
 *     WordTree tree;
 *     word_tree_over(&tree, &lex, &lm);
 *     const TreeNode *root = word_tree_node(&tree, 0);
 *     for (uint32_t i = root->first; i < root->first + root->children; i++) use(word_tree_node(&tree, i));
 *     word_tree_release(&tree);
 *
 * It has the words of at most 15 letters, all of them Latin. Each node knows how rare the commonest word below it is, so
 * that a search may skip what is both unlike and rare. It borrows `lex`, which must outlive it; once made it is only
 * read.
 */
#ifndef DAU_MODEL_WORD_TREE_H
#define DAU_MODEL_WORD_TREE_H

#include "model/lexicon.h"
#include "model/ngram.h"

typedef struct TreeNode {
    uint32_t first;    /* its first child; children are contiguous, the commonest first */
    uint16_t letter;   /* code point, without marks */
    uint16_t children; /* how many */
    float rarity;      /* nats: -ln P of the commonest word below */
    WordRun run;       /* the words of this skeleton; empty when there are none */
} TreeNode;

typedef struct WordTree {
    const Lexicon *lex;
    TreeNode *node;
    uint32_t nodes;
    float *rarity; /* by word id: -ln P of the word alone, nats */
} WordTree;

/* Makes the tree of all words of the lexicon; `lm` says how rare they are. */
void word_tree_over(WordTree *t, const Lexicon *lex, const Ngram *lm);
void word_tree_release(WordTree *t);
const TreeNode *word_tree_node(const WordTree *t, uint32_t node); /* lent; 0 is the root; NULL past the end */

#endif
