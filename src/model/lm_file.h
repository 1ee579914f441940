/* lm_file: the layout of dicts/vi.lm, for the trainer that writes it and for its two readers, lexicon and ngram.
 *
 *     LmFile file;
 *     if (!lm_file_open(&file, path, &err)) return false;
 *     const uint8_t *flags = lm_section(&file, LM_WORD_FLAGS);       (lent: the file's own bytes)
 *     lm_file_close(&file);
 *
 * The file is a header, then sections, each at an address divisible by 64. All numbers are little-endian. Word ids have
 * 16 bits. They are sorted by skeleton, then by text, a plain word before its name form. So all candidates of a skeleton
 * are one run of ids, and one run among the successors of every context.
 *
 * Level k (1..order) holds the k-grams; level 1 has one entry a word. The successors of a context lie together in the
 * next level, sorted by id. Only an entry with successors has a context:
 *
 *   1. The bitmap `has` marks the entries that have one; `rank` counts those before each block of 64 bits. The two give
 *      the number of the context.
 *   2. child[number] is its first successor; child[number + 1] is where its successors end.
 *   3. backoff[number] is its back-off weight.
 *
 * Probabilities and back-off weights are 8-bit indices into two code books of natural logarithms, one pair a level.
 * The trie of sorted arrays is that of KenLM (Heafield, WMT 2011), with bitmaps and ranks in place of pointers.
 */
#ifndef DAU_MODEL_LM_FILE_H
#define DAU_MODEL_LM_FILE_H

#include "base/err.h"
#include "base/file.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    LM_VERSION = 2,
    LM_MOST_ORDER = 4,
    LM_ORDER_MARK = 0x01020304, /* reads otherwise on a machine of the other byte order */
    LM_COMPLETE = 0x2E6B6F2E,   /* set when the last byte is written */
    LM_RANK_BITS = 64,          /* bits for each rank counter */
    LM_NONE = 0xFFFF,           /* no word */
    LM_RARITY_UNIT = 12,
    LM_UNKNOWN = 0, /* ids with a meaning of their own */
    LM_BEGIN = 1,
    LM_END = 2,
};

typedef enum LmPart {             /* the sections of a level */
                      LM_ID,      /* u16 a gram: its last word; level 1 has none */
                      LM_PROB,    /* u8 a gram */
                      LM_HAS,     /* u64 bitmap */
                      LM_RANK,    /* u32 a block of LM_RANK_BITS */
                      LM_CHILD,   /* u32 a context, and one more */
                      LM_BACKOFF, /* u8 a context */
                      LM_BOOK,    /* float: 256 probabilities, 256 back-off weights */
                      LM_PARTS,
} LmPart;

enum {                                        /* the other sections */
       LM_WORD_AT = LM_MOST_ORDER * LM_PARTS, /* u32 a word, and one more: its text in LM_WORD_TEXT */
       LM_WORD_TEXT,                          /* UTF-8, no NUL between */
       LM_WORD_FLAGS,                         /* u8 a word: LM_IS_... */
       LM_SKELETON_FIRST,                     /* u16 a skeleton, and one more: its first word */
       LM_SKELETON_HASH,                      /* u16: skeleton + 1, 0 where empty; open addressing */
       LM_TRIE,                               /* LmNode: all words letter by letter; node 0 is the root */
       LM_SECTIONS,
};

enum { LM_IS_NAME = 1, LM_IS_WORD = 2, LM_IS_SYLLABLE = 4 };

typedef struct LmNode {
    uint32_t first;  /* its first child; children are contiguous, sorted by letter */
    uint16_t letter; /* code point; Latin letters only */
    uint8_t children;
    uint8_t rarity;       /* of the commonest word below: -ln P, in LM_RARITY_UNITs a nat */
    uint16_t plain, name; /* the word that ends here, or LM_NONE */
} LmNode;

typedef struct LmSection {
    uint64_t at, size; /* bytes */
} LmSection;

typedef struct LmHeader {
    char magic[8]; /* LM_MAGIC */
    uint32_t version, byte_order, complete, order;
    uint64_t file_size;
    uint32_t words, skeletons, hash_size, nodes;
    uint32_t grams[LM_MOST_ORDER], contexts[LM_MOST_ORDER];
    LmSection section[LM_SECTIONS];
    uint64_t body_sum;   /* lm_sum of all that follows the header */
    uint64_t header_sum; /* lm_sum of the header before this field */
} LmHeader;

#define LM_MAGIC "dau.lm\r\n"

uint64_t lm_sum(const void *data, size_t n); /* FNV-1a over 64-bit words, four lanes */
uint32_t lm_hash(const char *s, size_t n);   /* of a skeleton */

typedef struct LmFile {
    FileMap map;
    const LmHeader *header;
} LmFile;

/* Maps the file and checks magic, version, sizes, the header's sum, and that every section lies in the file. DAU_MISSING
 * when it is not there or not ours. lm_file_verify() also checks the body's sum, which means reading all of it. */
bool lm_file_open(LmFile *f, const char *path, Err *err);
/* The same over bytes in memory, which must outlive f (tests and fuzzing). */
bool lm_file_over(LmFile *f, const void *data, size_t n, const char *name, Err *err);
bool lm_file_verify(const LmFile *f, Err *err);
void lm_file_close(LmFile *f);
const void *lm_section(const LmFile *f, int section); /* lent */

#endif
