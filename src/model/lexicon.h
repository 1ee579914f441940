/* lexicon: the words the language model knows, found by skeleton.
 *
 *     Lexicon lex; LmFile file;
 *     lm_file_open(&file, path, &err) && lexicon_over(&lex, &file);
 *     WordRun run = lexicon_run(&lex, "dong", 4);            đông đồng dong đống ...: run.first .. run.end - 1
 *     size_t n; const char *text = lexicon_text(&lex, run.first, &n);
 *
 * A word is in lower case with the tone in its old place. It may be there twice: as a plain word, and as a
 * name (capitalised inside a sentence), with an id each. Read-only, shared by all processes; it borrows the
 * file's mapping.
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

void lexicon_over(Lexicon *lex, const LmFile *file);

/* All words of a skeleton (n bytes, as token_skeleton gives it). */
WordRun lexicon_run(const Lexicon *lex, const char *skeleton, size_t n);
/* The word of that key (token_key), plain or as a name; LM_UNKNOWN when there is none. */
WordId lexicon_find(const Lexicon *lex, const char *key, size_t n, bool name);
/* Its text, lent, not NUL-terminated. */
const char *lexicon_text(const Lexicon *lex, WordId id, size_t *n);
bool lexicon_is_name(const Lexicon *lex, WordId id);
bool lexicon_is_syllable(const Lexicon *lex, WordId id); /* of the shape of a Vietnamese syllable */
/* Other ids of the same skeleton and text class: the run the id lies in. */
WordRun lexicon_run_of(const Lexicon *lex, WordId id);

#endif
