/* extract/names/token: private to extract/. Words of a page cut into tokens, runs of them, and comparing what an
 * OCR engine read with what was meant.
 *
 *     Toks toks = {0};
 *     toks_add_line(&toks, a, words, page, line->first_word, line->words);
 *     Run run = run_from(a, &toks, 0);                       "(", "THCS", "Hoa", "Mai", ")"
 *
 * Strings and arrays live in the arena that is passed.
 */
#ifndef DAU_EXTRACT_NAMES_TOKEN_H
#define DAU_EXTRACT_NAMES_TOKEN_H

#include "base/align.h"
#include "base/arena.h"
#include "base/vec.h"
#include "doc/page.h"
#include "model/words.h"

#include <stdint.h>

/* What a word is, as far as it tells by itself. */
typedef enum Sense {
    SENSE_NUMERAL = 1 << 0, /* may end a name: "II", "B", "2B", and as engines read them */
    SENSE_NUMBER = 1 << 1,  /* an ordinal or a count: "12", "12." */
    SENSE_DITTO = 1 << 2,   /* as above: "nt", a lone quote */
    SENSE_CONTACT = 1 << 3, /* a telephone's number or an e-mail address */
    SENSE_MONEY = 1 << 4,   /* "1.500.000", "500.000đ", "VNĐ" */
    SENSE_DATE = 1 << 5,    /* "15/9/2024" */
    SENSE_DAY = 1 << 6,     /* "19/5", "20-11": schools are named after days */
    SENSE_DIRT = 1 << 7     /* neither a letter nor a digit */
} Sense;

/* Did a person write a word as it stands here, or did an engine read it? */
typedef enum Typed {
    TYPED_NO,    /* read from pixels, or restored */
    TYPED_MAYBE, /* a text file says it so: somebody typed it, or an engine left it there */
    TYPED_YES    /* of DOCX, ODT, HTML, or of a text layer that was accepted */
} Typed;

/* A word, or a mark that stands between words. `(`, `,`, `|` are tokens of their own even where the OCR glued
 * them on. A token is annotated once, by tok_set(); what is asked of it again and again it remembers. */
typedef struct Tok {
    const char *text;           /* restored where restored, else raw; one syllable, or the mark */
    const char *raw;            /* as read; "" when the word before holds it */
    const char *letters, *read; /* compact() of text and of raw; "" for a mark */
    const char *key, *read_key; /* viet_key() of them */
    unsigned sense;             /* set of Sense */
    struct {
        uint8_t level, words; /* what level_prefix() says of the run that begins here */
        uint8_t reach;        /* tokens it looked at; 0: not asked yet */
    } begins;
    char mark;             /* 0: a word; else one of , ; + / ( ) | - and the like */
    unsigned char of;      /* PairKind: whose words, "CĐCS", stand before it and were taken out of the run */
    bool new_line;         /* first on its line */
    bool broke;            /* and the line before had room left for it: somebody pressed Enter */
    bool hard;             /* they did for sure: so it stands in the file of a word processor */
    bool glued;            /* nothing between it and the token before */
    float prob;            /* word.prob; 1 for marks */
    Typed typed;           /* who wrote what it says: a person, or an engine that read it */
    unsigned known;        /* word.marks: set of WordMark */
    Rect box, at;          /* of the whole word */
    int page, index;       /* page number; page->words */
    const Keywords *words; /* of the language, which it is compared with; lent */
} Tok;

typedef struct Run {
    Tok *v;
    int n;
} Run;

typedef VEC(Tok) Toks;

/* Gives the token its text and what was read, and annotates it. The strings are kept, not copied; the rest of the
 * token stays. Changing a token of a run makes the run forget what its tokens said of their neighbours: call
 * run_forget(). */
void tok_set(Arena *a, Tok *t, const char *text, const char *raw);
unsigned tok_senses(const Tok *t); /* set of Sense, of a token whose letters are set */
void run_forget(Run r);

/* Appends the tokens of the `n` words of one line of page, first on a new line. `words` outlives them. */
void toks_add_line(Toks *out, Arena *a, const Keywords *words, const Page *page, int first_word, int n);
Run run_from(Arena *a, const Toks *toks, size_t first);
Run run_part(Run r, int first, int n);
Run run_join(Arena *a, Run x, Run y); /* x, then y on a new line */
/* "nt", "-nt-", "Như trên", a lone quote: the cell says what the one above it says. */
bool run_is_ditto(Run r);
int run_words(Run r);          /* tokens that are not marks */
unsigned run_known(Run r);     /* what is known of any of its words */
Rect run_box(Run r, int page); /* union of boxes on that page */
Rect run_at(Run r);
const char *run_text(Arena *a, Run r); /* words and marks with single blanks */

/* ---- comparing ---- */

enum { COMPACT_MOST = 96 };
/* Letters only, no marks, lower case; what an OCR makes of letters undone ("M4m" -> "mam", "HQC" -> "hqc").
 * Returns the length. */
int compact(const char *s, char out[COMPACT_MOST]);
/* The same over a run's words, raw or text. */
int compact_run(Run r, bool raw, char out[COMPACT_MOST]);
/* Is the pattern somewhere in the text, with up to `most` edits? */
bool has_fuzzy(const char *text, const char *pattern, int most);
bool tok_is(const Tok *t, const char *key); /* its text or raw has this skeleton */

/* ---- words of the language ---- */

/* The first word of the kind that the token is, or that the run begins with token for token, by text or raw;
 * *used how many tokens. NULL: none. Lent. */
const Keyword *tok_word(const Tok *t, WordKind kind);
const Keyword *run_word(Run r, WordKind kind, int *used);
/* Does the run begin with the word, with its marks where the text has any: "Phượng" is not "phường"? */
bool run_begins_with(Run r, const Keyword *w);
/* The same as run_word() where the text has the marks of the words too: "bà" is not "Ba". */
const Keyword *run_word_marked(Run r, WordKind kind, int *used);
/* The first of the kind with which the run ends, and each of whose tokens is `good`; NULL: none. */
const Keyword *run_word_at_end(Run r, WordKind kind, bool (*good)(const Tok *), int *used);
/* Is a word of the kind somewhere in the run's letters, with as many misread as it allows, or with up to `most`? */
bool has_word(Run r, const char *letters, WordKind kind);
bool has_word_near(Run r, const char *letters, WordKind kind, int most);
/* The run's letters in which run_find() looks. */
typedef struct Letters {
    char text[COMPACT_MOST], raw[COMPACT_MOST];
    int n, m;
    unsigned bag, raw_bag; /* letters_bag() of them */
} Letters;
void run_letters(Run r, Letters *out);
/* How many letters stand before the word in the run, restored or as read; -1: it is not there. As many letters may be
 * misread as the word allows. Where none may, its syllables are whole tokens, with its marks where they have any; a word
 * of six letters may also stand inside a token ("Tentruong"). In a typed run none may. */
int run_find(Run r, const Letters *l, const Keyword *w);

/* A number as an ordinal: "12", "12.", "I1" when `expected` is 11. 0: it is none. */
int ordinal_read(const Tok *t, int expected);
/* A number of up to `most` digits, one of them read as such: "O8" is 8, "l5" is 15; what stands before and
 * after does not count ("2024,"). -1: it is none. */
int digits_read(const char *s, int most);
bool tok_capital(const Tok *t); /* begins with a capital letter or digit */

#endif
