/* context: judges a word that the n-gram model leaves in doubt by the words farther around it.
 *
 *     Context c;
 *     context_open(&c, "vi.ctx", &file, &err);
 *     WordId row[] = {phòng, chay, và, chữa, chay};        (as chosen so far; CONTEXT_BREAK at line ends)
 *     WordId cand[] = {chạy, cháy};                        (the likeliest first)
 *     float logp[] = {-0.5f, -0.9f};                       (what the n-gram model says)
 *     context_judge(&c, row, 5, 1, cand, logp, 2);         (logp: new logarithms, not normalised)
 *     context_close(&c);
 *
 * It is a feed-forward network over the words on both sides (Bengio, Ducharme, Vincent and Jauvin, A neural
 * probabilistic language model, JMLR 3 (2003), 1137):
 *
 *   1. Each of the CONTEXT_NEAR words on a side adds its vector, with weights of its place.
 *   2. The words beyond, up to CONTEXT_FAR, add the sum of their vectors, divided by the root of their number.
 *   3. The likeliest candidate adds its vector. All of it makes one layer of rectified units.
 *   4. Each candidate has a vector of its own; its product with the layer is added to a share of the n-gram model's
 *      logarithm.
 *
 * tools/train learns the network on text that the n-gram model at hand was not trained on. On text that it knows, its
 * doubts would be too few and too small.
 *
 * The file is mapped read-only and shared by all processes. A Context has a cache, so it is for one thread at a time. */
#ifndef DAU_MODEL_CONTEXT_H
#define DAU_MODEL_CONTEXT_H

#include "model/lexicon.h"

enum {
    CONTEXT_VERSION = 2,
    CONTEXT_NEAR = 6,  /* words on each side whose place counts */
    CONTEXT_FAR = 30,  /* words on each side that count, nearer ones included */
    CONTEXT_SIZE = 64, /* numbers a word */
    CONTEXT_HIDDEN = 256,
    CONTEXT_OWN = 2 * CONTEXT_NEAR, /* places: the near ones, left to right; the likeliest candidate; */
    CONTEXT_BEYOND,                 /* all words beyond */
    CONTEXT_PLACES,
    CONTEXT_MOST = 6,        /* candidates that are judged */
    CONTEXT_BREAK = LM_NONE, /* in a row of words: a line ends */
    CONTEXT_PART_STEP = 128, /* parts in a step, the unit of CONTEXT_WEIGHTS */
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
#define CONTEXT_LEAST 0.0005f /* least probability of a candidate worth judging */

/* What follows the header, each part at an address divisible by 64, in this order. Hidden units are summed in steps of
 * their own. The trainer chooses the steps so that 16 bits hold the sum of any row of words. */
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
/* Where the parts of a file lie whose header says how many words, vectors and outs there are. */
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

/* Maps the file and checks its header. DAU_MISSING where it is not there, is not ours, is damaged, or belongs to another
 * language model than `lm`. */
bool context_open(Context *c, const char *path, const LmFile *lm, Err *err);
/* The same over bytes in memory, which must outlive c (training, tests, fuzzing). */
bool context_over(Context *c, const void *data, size_t n, const char *name, const LmFile *lm, Err *err);
/* Checks the sum of the whole file, where opening checks the header alone. DAU_MISSING when it differs. */
bool context_verify(const Context *c, Err *err);
void context_close(Context *c);

/* A word's candidates, the likeliest first: CONTEXT_MOST at most, each with a probability of CONTEXT_LEAST or more. */
typedef struct ContextDoubt {
    int n;
    int32_t cand[CONTEXT_MOST]; /* the caller's: which one */
    float p[CONTEXT_MOST];
} ContextDoubt;
/* Offers a candidate with its probability; d keeps the likeliest. */
void context_offer(ContextDoubt *d, int32_t cand, float p);

/* Writes new logarithms into logp, for row[at] being cand[0..n), the likeliest first. 1 <= n <= CONTEXT_MOST. */
void context_judge(Context *c, const WordId *row, size_t words, size_t at, const WordId *cand, float *logp,
                   int n);

#endif
