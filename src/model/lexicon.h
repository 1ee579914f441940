/* lexicon: finds the words that the language model knows, by skeleton.
 *
 *     LmFile file;
 *     Lexicon lex;
 *     if (!lm_file_open(&file, path, &err)) return false;
 *     lexicon_over(&lex, &file);
 *     WordRun run = lexicon_run(&lex, "dong", 4);            đông đồng dong đống ...: run.first .. run.end - 1
 *     size_t n;
 *     const char *text = lexicon_text(&lex, run.first, &n);
 *
 * A word is in lower case with its tone in the old place. It may be there twice, with an id each: as a plain word, and
 * as a name (capitalised inside a sentence). The lexicon borrows the file's mapping, which must outlive it. It is only
 * read; processes share it.
 */
#ifndef DAU_MODEL_LEXICON_H
#define DAU_MODEL_LEXICON_H

#include "model/lm_file.h"

typedef uint16_t WordId;

typedef struct WordRun {
    WordId first, end; /* empty when equal */
} WordRun;

typedef struct Lexicon {
    /* private */
    uint32_t words, skeletons, mask;
    const uint32_t *at;
    const char *text;
    size_t text_size;
    const uint8_t *flags;
    const uint16_t *first, *hash;
} Lexicon;

/* Looks up in an open file, which must outlive lex; nothing is to be released. */
void lexicon_over(Lexicon *lex, const LmFile *file);

/* The words of a skeleton of n bytes, as token_skeleton() makes it. The run is empty where there are none. */
WordRun lexicon_run(const Lexicon *lex, const char *skeleton, size_t n);
/* The word with that key (token_key()), plain or as a name; LM_UNKNOWN where there is none. */
WordId lexicon_find(const Lexicon *lex, const char *key, size_t n, bool name);
/* The text of a word, lent and not NUL-terminated; *n is its length, 0 for an id that is not a word's. */
const char *lexicon_text(const Lexicon *lex, WordId id, size_t *n);
bool lexicon_is_name(const Lexicon *lex, WordId id);
bool lexicon_is_syllable(const Lexicon *lex, WordId id); /* formed like a Vietnamese syllable */
/* The run that an id lies in: all words of the same skeleton. */
WordRun lexicon_run_of(const Lexicon *lex, WordId id);

#endif
