/* confuse: what an OCR engine makes of letters: the noisy channel.
 *
 * A table of segments: one or two true characters were read as none to three: "ệ" as "é", "ữ" as "it", "rn"
 * as "m", with how often. Learnt from drawn pages (tools/train/train_channel); a text file anyone can read:
 *
 *     true TAB read TAB times TAB of
 *
 * `of` is how often the true segment was met; where `true` is empty, how many characters there were in all.
 *
 *     Confuse c;
 *     confuse_open(&c, path, &err);
 *     confuse_words(&c, &tree, letters, n, cases, &limits, &guesses);     words that may have been read so
 *     confuse_release(&c);
 */
#ifndef DAU_MODEL_CONFUSE_H
#define DAU_MODEL_CONFUSE_H

#include "base/vec.h"
#include "model/token.h"
#include "model/word_tree.h"

enum {
    CONFUSE_LETTERS = 512,  /* codes of characters, true or read; 0 is any other */
    CONFUSE_MOST_READ = 24, /* characters of a piece that is looked up; longer ones are left alone */
    CONFUSE_CODES = 0x2000, /* code points that may have a code */
    CONFUSE_HASH = 4096,
};

typedef struct Segment {   /* a row of the table */
    uint16_t true_code[2]; /* true_code[1] 0: a single character */
    uint16_t read_code[3];
    uint8_t true_len, read_len;
    float cost; /* nats */
} Segment;

typedef VEC(Segment) Segments;

typedef struct Confuse {
    /* private; costs in nats */
    uint16_t code[CONFUSE_CODES];    /* of a code point */
    int32_t letter[CONFUSE_LETTERS]; /* its code point */
    int letters;
    uint16_t upper[CONFUSE_LETTERS]; /* code of a letter's capital */
    float *one;                      /* [read * CONFUSE_LETTERS + true]: cost of one for one */
    float *by_base; /* the same, of the cheapest letter with this base: o for o ô ố ồ ơ .. */
    uint16_t base_of[CONFUSE_LETTERS]; /* code of the letter without marks */
    float base_lost[CONFUSE_LETTERS];
    float least_small[CONFUSE_LETTERS], least_capital[CONFUSE_LETTERS]; /* of a read one, whatever it was */
    float lost[CONFUSE_LETTERS], added[CONFUSE_LETTERS]; /* read as nothing; read where nothing was */
    Segments many;                                       /* all other segments, by hash of what was read */
    int32_t *head;                                       /* hash -> first of many, -1 */
    int32_t *link;                                       /* next with the same hash */
    float space_lost, space_added;                       /* two words run together; one torn apart */
    float clean;                                         /* share of characters read right */
} Confuse;

bool confuse_open(Confuse *c, const char *path, Err *err);
/* The program's own table of that name ("ocr-eng.tsv"), and what was learnt (confuse_learn; NULL: nothing).
 */
bool confuse_open_data(Confuse *c, const char *name, const char *learnt, Err *err);
bool confuse_parse(Confuse *c, const char *text, size_t n, const char *name, Err *err);
void confuse_release(Confuse *c);
/* Adds what people corrected to an open table: a file of lines `meant TAB read TAB times`, names as they are
 * and as an engine read them. They are aligned, and weigh against the table as CONFUSE_KNOWN sightings of
 * each letter would. DAU_BAD_INPUT names a line that is none. */
bool confuse_learn(Confuse *c, const char *path, Err *err);
enum { CONFUSE_KNOWN = 30 };

/* The capitals a word is supposed to have had. */
typedef enum WordCase { WORD_LOWER, WORD_TITLE, WORD_UPPER, WORD_CASES } WordCase;

/* A word of the lexicon that may have been read as the piece. */
typedef struct Guess {
    uint16_t plain, name; /* its ids, LM_NONE where it has none */
    uint8_t word_case;
    float cost;   /* nats: -ln P(read | word) */
    float rarity; /* nats: what its being rare costs among the guesses */
} Guess;

typedef VEC(Guess) Guesses;

typedef struct ConfuseLimits {
    int words;    /* the best so many */
    float spread; /* nats: none dearer than the cheapest by more, with its rarity */
    float cost;   /* nats: of any */
    float far; /* nats over what the characters cost at least: when the cheapest is dearer, with its rarity,
                  there is none */
} ConfuseLimits;

/* Adds to out the words that may have been read so; paid[k] is what it costs that the word is in case k, as
 * much as limits->cost when it cannot be. A rare word must be nearer than a common one: its rarity counts
 * too. */
void confuse_words(const Confuse *c, const WordTree *tree, const int32_t *read, int n,
                   const float paid[WORD_CASES], const ConfuseLimits *limits, Guesses *out);
/* -ln P(read | letter) of a single character. */
float confuse_one(const Confuse *c, int32_t letter, int32_t read);
/* -ln P(read | meant) by the cheapest alignment of two names, UTF-8, with their blanks: "Cé B6" costs less as
 * "Cổ Đô" than as "Cổ Bi". The first 96 characters of each. */
float confuse_cost(const Confuse *c, const char *meant, const char *read);

/* ---- for confuse_walk.c ---- */
int confuse_code(const Confuse *c, int32_t ch); /* 0: none */
uint32_t confuse_hash(const uint16_t *read, int n);

#endif
