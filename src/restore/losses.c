/* What the words of a text have lost: each word is looked up for what it may have been, and the model (loss.h) judges them
 * in their order.
 *
 * Example: "Trường Mầm non Hoa Sen / Truong THCS Le Quy Don". Of "Truong" the lexicon knows trường and its like and no
 * word without marks: in state kept it is next to impossible. "Sen" is a word as it stands and one without marks (sến).
 */
#include "restore/private.h"

static void see_words(Restore *r, const Text *t)
{
    TokenReader reader = token_reader(t->raw, t->n);
    Token token;
    bool small = false;
    r->sight.n = r->word_at.n = 0;
    while (token_next(&reader, &token)) {
        bool line = text_line_begins(t, &token);
        if (line || !r->word_at.n) small = text_line_is_small(t, token.at);
        if (token.kind != TOKEN_WORD) continue;
        bool begins = line || text_cell_begins(t, &token);
        if (begins) token.start = true;
        lattice_clear(&r->lattice);
        LossSight *s = vec_push(&r->sight);
        *s = read_word_cands(r, t, &token, small);
        s->begins = begins;
        *vec_push(&r->word_at) = token.at;
    }
}

static void judge_words(Restore *r)
{
    r->lost.n = 0;
    vec_reserve(&r->lost, r->sight.n);
    r->lost.n = r->sight.n;
    loss_judge(&r->loss, r->sight.v, r->sight.n, r->lost.v);
}

void losses_learn(Restore *r, const char *text, size_t len)
{
    Text t = {.raw = text, .n = len};
    see_words(r, &t);
    loss_init(&r->loss);
    loss_learn(&r->loss, r->sight.v, r->sight.n);
    judge_words(r);
}

void losses_see(Restore *r, const Text *t)
{
    see_words(r, t);
    judge_words(r);
}

const LossStates *losses_at(const Restore *r, uint32_t at)
{
    size_t low = 0, high = r->word_at.n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (r->word_at.v[middle] < at)
            low = middle + 1;
        else
            high = middle;
    }
    return low < r->word_at.n && r->word_at.v[low] == at ? &r->lost.v[low] : NULL;
}
