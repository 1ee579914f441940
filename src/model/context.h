/* context: what the words farther around say of a word that the n-gram model leaves in doubt.
 *
 * A feed-forward network in the manner of Bengio et al. 2003, over the words on both sides: the vectors of
 * the CONTEXT_NEAR words on each side, each with weights of its place, the sum of the vectors of the words
 * beyond, up to CONTEXT_FAR, and the vector of the likeliest candidate make one layer of rectified units;
 * each candidate has a vector that those are multiplied with. What comes out is added to the logarithm of the
 * probability that the n-gram model gave. tools/train learns it on text that the n-gram model at hand was not
 * trained on, for what one learns of its doubts on text it knows is too good.
 *
 *     Context c;
 *     context_open(&c, "vi.ctx", &file, &err);
 *     WordId row[] = {phòng, chay, và, chữa, chay};        (as chosen so far; CONTEXT_BREAK at line ends)
 *     WordId cand[] = {chạy, cháy};                        (the likeliest first)
 *     float logp[] = {-0.5f, -0.9f};                       (what the n-gram model says)
 *     context_judge(&c, row, 5, 1, cand, logp, 2);         (logp: the logarithms now, of any sum)
 *
 * Read-only, shared by all processes, but for a cache: one thread at a time. */
#ifndef DAU_MODEL_CONTEXT_H
#define DAU_MODEL_CONTEXT_H

#include "model/lexicon.h"

enum {
    CONTEXT_VERSION = 2,
    CONTEXT_NEAR = 6,  /* words on each side whose place counts */
    CONTEXT_FAR = 30,  /* words on each side that are only there */
    CONTEXT_SIZE = 64, /* numbers a word */
    CONTEXT_HIDDEN = 256,
    CONTEXT_OWN = 2 * CONTEXT_NEAR, /* places: the near ones, left to right; the likeliest candidate; */
    CONTEXT_BEYOND,                 /* all words beyond */
    CONTEXT_PLACES,
    CONTEXT_MOST = 6,        /* candidates that are judged */
    CONTEXT_BREAK = LM_NONE, /* in a row of words: a line ends */
    CONTEXT_PART_STEP = 128, /* parts of a step */
};

typedef struct ContextHeader {
    char magic[8]; /* CONTEXT_MAGIC */
    uint32_t version, byte_order, complete;
    uint32_t near, far, size, hidden; /* as above */
    uint32_t words;                   /* of the language model */
    uint32_t vectors, outs;           /* words with a vector; candidates with one */
    float share;                      /* of the n-gram model's logarithm */
    uint64_t model;                   /* header_sum of the language model whose words these are */
    uint64_t file_size, body_sum;
    uint64_t header_sum; /* lm_sum of the header before this field */
} ContextHeader;

#define CONTEXT_MAGIC "dau.ctx\r"
#define CONTEXT_LEAST 0.0005f /* probability of a candidate worth judging */

/* What follows the header, each on a border of 64 bytes, in this order. The hidden units are summed up in
 * steps of their own, so small as 16 bits allow for any row of words: the trainer sees to it. */
enum {
    CONTEXT_VECTOR_OF, /* u16 a word: its vector */
    CONTEXT_OUT_OF,    /* u16 a word: its number among the candidates; 0 none */
    CONTEXT_WORD,      /* i8[CONTEXT_SIZE] a vector; 0 is a line's end, 1 any word without one */
    CONTEXT_WEIGHTS,   /* i16[CONTEXT_SIZE / 2][CONTEXT_HIDDEN][2] a place: in parts of steps */
    CONTEXT_BIAS,      /* float a unit: in steps */
    CONTEXT_STEP,      /* float a unit: what a step is worth in the products with CONTEXT_OUT */
    CONTEXT_OUT,       /* i8[CONTEXT_HIDDEN] a candidate */
    CONTEXT_OUT_BIAS,  /* float a candidate */
    CONTEXT_PARTS,
};

typedef struct ContextLayout {
    size_t at[CONTEXT_PARTS], size[CONTEXT_PARTS]; /* bytes */
    size_t file_size;
} ContextLayout;
/* Of a file whose header says how many words, vectors and outs there are. */
ContextLayout context_layout(const ContextHeader *h);

typedef struct Context {
    FileMap map;
    const ContextHeader *header;
    const uint16_t *vector_of, *out_of;
    const int8_t *word, *out;
    const int16_t *weights;
    const float *bias, *step, *out_bias;
    struct ContextCache *cache;
} Context;

/* Refuses what is not ours, is damaged, or belongs to another language model. DAU_MISSING then. */
bool context_open(Context *c, const char *path, const LmFile *lm, Err *err);
/* The same over bytes in memory, which must outlive c (training, tests, fuzzing). */
bool context_over(Context *c, const void *data, size_t n, const char *name, const LmFile *lm, Err *err);
/* The checksum of all of it; opening looks at the header alone. */
bool context_verify(const Context *c, Err *err);
void context_close(Context *c);

/* A word's candidates, the likeliest first: those of at least CONTEXT_LEAST, at most CONTEXT_MOST of them. */
typedef struct ContextDoubt {
    int n;
    int32_t cand[CONTEXT_MOST]; /* the caller's: which one */
    float p[CONTEXT_MOST];
} ContextDoubt;
void context_offer(ContextDoubt *d, int32_t cand, float p);

/* Of row[at], which may be cand[0..n), n <= CONTEXT_MOST, the likeliest first. Fills logp anew. */
void context_judge(Context *c, const WordId *row, size_t words, size_t at, const WordId *cand, float *logp,
                   int n);

#endif
