/* Any bytes as a language model. The header's sums are put right first, so that what is behind them is
 * reached. */
#include "base/arena.h"
#include "model/confuse.h"
#include "model/lexicon.h"
#include "model/ngram.h"
#include "model/word_tree.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void use_model(const LmFile *f)
{
    Lexicon lex;
    Ngram lm;
    Confuse c;
    Err err = {0};
    Guesses out = {0};
    const int32_t read[] = {'D', '6', 'n', 'g'};
    lexicon_over(&lex, f);
    ngram_over(&lm, f);
    WordTree tree;
    word_tree_over(&tree, &lex, &lm);
    NgramState s = ngram_begin(&lm);
    WordRun run = lexicon_run(&lex, "dong", 4);
    for (WordId id = run.first; id < run.end && id < run.first + 40; id++) {
        size_t len;
        lexicon_text(&lex, id, &len);
        ngram_score(&lm, &s, id, &s);
        lexicon_run_of(&lex, id);
    }
    for (unsigned id = 0; id < 200; id++) ngram_score(&lm, &s, (uint16_t)(id * 7), &s);
    if (confuse_parse(&c, "\xC4\x91\td\t9\t10\n", 9, "x", &err))
        confuse_words(&c, &tree, read, 4, (const float[WORD_CASES]){0, 0, 3}, &(ConfuseLimits){20, 8, 15, 24},
                      &out);
    confuse_release(&c);
    vec_release(&out);
    word_tree_release(&tree);
    ngram_release(&lm);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    LmHeader h;
    LmFile f;
    Err err = {0};
    if (n < sizeof h) return 0;
    memcpy(&h, data, sizeof h);
    memcpy(h.magic, LM_MAGIC, sizeof h.magic);
    h.version = LM_VERSION, h.byte_order = LM_ORDER_MARK, h.complete = LM_COMPLETE, h.file_size = n;
    h.header_sum = lm_sum(&h, offsetof(LmHeader, header_sum));
    void *copy = aligned_alloc(64, (n + 63) / 64 * 64);
    if (!copy) return 0;
    memcpy(copy, data, n);
    memcpy(copy, &h, sizeof h);
    if (lm_file_over(&f, copy, n, "x", &err)) use_model(&f);
    free(copy);
    return 0;
}
