/* An open hash leads from a skeleton to its run of words. The skeleton itself is not stored, since it follows from the
 * first word of the run: a hit for "dong" is checked against the skeleton of "đông". */
#include "model/lexicon.h"

#include "model/token.h"

#include <string.h>

void lexicon_over(Lexicon *lex, const LmFile *file)
{
    const LmHeader *h = file->header;
    *lex = (Lexicon){
        .words = h->words,
        .skeletons = h->skeletons,
        .mask = h->hash_size - 1,
        .at = lm_section(file, LM_WORD_AT),
        .text = lm_section(file, LM_WORD_TEXT),
        .text_size = h->section[LM_WORD_TEXT].size,
        .flags = lm_section(file, LM_WORD_FLAGS),
        .first = lm_section(file, LM_SKELETON_FIRST),
        .hash = lm_section(file, LM_SKELETON_HASH),
    };
}

const char *lexicon_text(const Lexicon *lex, WordId id, size_t *n)
{
    uint32_t at = 0, end = 0;
    if (id < lex->words) at = lex->at[id], end = lex->at[id + 1];
    if (end > lex->text_size || at > end || end - at >= TOKEN_KEY_MOST) at = end = 0;
    *n = end - at;
    return lex->text + at;
}

static WordRun run_number(const Lexicon *lex, uint32_t s)
{
    WordRun run = {lex->first[s], lex->first[s + 1]};
    if (run.end > lex->words || run.first > run.end) run = (WordRun){0, 0};
    return run;
}

static bool has_skeleton(const Lexicon *lex, WordRun run, const char *skeleton, size_t n)
{
    char own[TOKEN_KEY_MOST];
    size_t len;
    const char *text = lexicon_text(lex, run.first, &len);
    return token_skeleton(text, len, own) == n && memcmp(own, skeleton, n) == 0;
}

WordRun lexicon_run(const Lexicon *lex, const char *skeleton, size_t n)
{
    uint32_t slot = lm_hash(skeleton, n) & lex->mask;
    if (!n) return (WordRun){0, 0};
    for (uint32_t tries = 0; tries <= lex->mask && lex->hash[slot]; tries++) {
        uint32_t s = lex->hash[slot] - 1u;
        if (s < lex->skeletons) {
            WordRun run = run_number(lex, s);
            if (run.first < run.end && has_skeleton(lex, run, skeleton, n)) return run;
        }
        slot = (slot + 1) & lex->mask;
    }
    return (WordRun){0, 0};
}

WordRun lexicon_run_of(const Lexicon *lex, WordId id)
{
    uint32_t low = 0, high = lex->skeletons;
    while (low + 1 < high) {
        uint32_t middle = (low + high) / 2;
        if (lex->first[middle] <= id)
            low = middle;
        else
            high = middle;
    }
    return run_number(lex, low);
}

WordId lexicon_find(const Lexicon *lex, const char *key, size_t n, bool name)
{
    char skeleton[TOKEN_KEY_MOST];
    size_t len = n ? token_skeleton(key, n, skeleton) : 0;
    WordRun run = len ? lexicon_run(lex, skeleton, len) : (WordRun){0, 0};
    for (WordId id = run.first; id < run.end; id++) {
        size_t size;
        const char *text = lexicon_text(lex, id, &size);
        if (size == n && lexicon_is_name(lex, id) == name && memcmp(text, key, n) == 0) return id;
    }
    return LM_UNKNOWN;
}

bool lexicon_is_name(const Lexicon *lex, WordId id)
{
    return id < lex->words && lex->flags[id] & LM_IS_NAME;
}

bool lexicon_is_syllable(const Lexicon *lex, WordId id)
{
    return id < lex->words && lex->flags[id] & LM_IS_SYLLABLE;
}
