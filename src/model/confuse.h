/* confuse: says what an OCR engine makes of letters: a noisy channel, P(read | true).
 *
 * The channel is a table of segments with how often each was seen. One or two true characters were read as none to
 * three: "ệ" as "é", "ữ" as "it", "rn" as "m". tools/train (train_channel) learns it from drawn pages. It is a text file
 * that anyone can read:
 *
 *     true TAB read TAB times TAB of
 *
 * `of` is how often the true segment was met; where `true` is empty, how many characters there were in all.
 *
 *     Confuse c;
 *     confuse_open_data(&c, "ocr-eng.tsv", NULL, &err);
 *     confuse_words(&c, &tree, letters, n, cases, &limits, &guesses);     words that may have been read so
 *     confuse_cost(&c, "Cổ Đô", "Cé B6")                                  less than of "Cổ Bi"
 *     confuse_release(&c);
 *
 * All costs are in nats: -ln P. An open table is only read.
 *
 * Channel: Kernighan, Church and Gale, A spelling correction program based on a noisy channel model, COLING 1990.
 * Segments: Brill and Moore, An improved error model for noisy channel spelling correction, ACL 2000.
 */
#ifndef DAU_MODEL_CONFUSE_H
#define DAU_MODEL_CONFUSE_H

#include "base/vec.h"
#include "model/token.h"
#include "model/word_tree.h"

enum {
    CONFUSE_LETTERS = 512,  /* codes of characters, true or read; 0 is any other */
    CONFUSE_MOST_READ = 24, /* characters of a piece that is looked up; a longer one has no guesses */
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

/* Reads the table at the path, of 16 MB at most. DAU_FILE_ACCESS where it cannot be read, DAU_MISSING with the line
 * where it is not a table. */
bool confuse_open(Confuse *c, const char *path, Err *err);
/* The same of the program's own table of that name ("ocr-eng.tsv"), then confuse_learn() unless `learnt` is NULL. */
bool confuse_open_data(Confuse *c, const char *name, const char *learnt, Err *err);
/* The same from text; `name` is the file's, for messages. */
bool confuse_parse(Confuse *c, const char *text, size_t n, const char *name, Err *err);
void confuse_release(Confuse *c);
/* Adds what people corrected to an open table. The file has lines `meant TAB read TAB times`: names as they are, and as
 * an engine read them. The lines are aligned as channel.h does it. What the table knew of a letter weighs as
 * CONFUSE_KNOWN sightings against them. A line counts CONFUSE_KNOWN times at most. DAU_BAD_INPUT names a wrong line. */
bool confuse_learn(Confuse *c, const char *path, Err *err);
enum { CONFUSE_KNOWN = 30 };

/* How a word is supposed to have been capitalised: hoa, Hoa, HOA. */
typedef enum WordCase { WORD_LOWER, WORD_TITLE, WORD_UPPER, WORD_CASES } WordCase;

/* A word of the lexicon that may have been read as the piece. */
typedef struct Guess {
    uint16_t plain, name; /* its ids, LM_NONE where it has none */
    uint8_t word_case;
    float cost;   /* nats: -ln P(read | word) */
    float rarity; /* nats: what a guess pays for being rare */
} Guess;

typedef VEC(Guess) Guesses;

typedef struct ConfuseLimits {
    int words;    /* the best so many */
    float spread; /* nats: none that costs more than the cheapest by this, rarity included */
    float cost;   /* nats: of any */
    float far;    /* nats: none at all when the cheapest, with its rarity, is this much over what
                  the characters cost at least */
} ConfuseLimits;

/* Appends the words of the tree that may have been read as the n characters at `read`. paid[k] is the cost of the word
 * being in case k; limits->cost there excludes the case. A rare word must be nearer than a common one: its rarity
 * counts too. The caller releases `out`. */
void confuse_words(const Confuse *c, const WordTree *tree, const int32_t *read, int n,
                   const float paid[WORD_CASES], const ConfuseLimits *limits, Guesses *out);
/* -ln P(read | letter) of one character read as one. */
float confuse_one(const Confuse *c, int32_t letter, int32_t read);
/* -ln P(read | meant) by the cheapest alignment of two names in UTF-8, blanks included. It looks at the first 96
 * characters of each. */
float confuse_cost(const Confuse *c, const char *meant, const char *read);

/* ---- for confuse_walk.c ---- */
int confuse_code(const Confuse *c, int32_t ch); /* 0: none */
/* Where Confuse.head has the segments that were read as these n codes. */
uint32_t confuse_hash(const uint16_t *read, int n);

#endif
