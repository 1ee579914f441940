/* restore/noisy_private: what the files share that read a text in which letters too may be wrong. Private to restore.
 *
 *   noisy.c   a text, chunk by chunk, to the lattice; what joins two chunks
 *   noisy_chunk.c  a chunk's characters, and where it may be cut
 *   noisy_guess.c  what the channel makes of a piece, kept for the next time
 *   noisy_piece.c  a piece's readings: words, numbers, the piece as it stands
 *   noisy_sign.c   numbers and signs as they stand, and specks of dirt
 *   noisy_label.c  labels of list items and roman numerals
 */
#ifndef DAU_RESTORE_NOISY_PRIVATE_H
#define DAU_RESTORE_NOISY_PRIVATE_H

#include "restore/private.h"

enum {
    CHUNK_CHARS = CONFUSE_MOST_READ, /* of a chunk that is read letter by letter */
    OCR_READINGS = 20,               /* of a piece */
    OCR_SYLLABLE = 7,                /* letters of the longest */
};

static const float OCR_NO_NAME = 3;    /* nats: a capital inside a sentence on a word never seen as a name */
static const float OCR_OTHER_CASE = 3; /* nats: the capital itself was misread */
static const float OCR_TORN = 2;       /* nats over the channel's: a word torn apart, or two run together */

/* ---- a chunk ---- */

typedef struct ChunkText {
    int32_t ch[CHUNK_CHARS];
    uint32_t at[CHUNK_CHARS + 1]; /* byte of the text where each begins */
    int n;
    bool token_start[CHUNK_CHARS + 1]; /* a plain token begins here */
    bool border[CHUNK_CHARS + 1];
    int node[CHUNK_CHARS + 1]; /* -1 where no border is */
    bool start;                /* a sentence may begin with the chunk */
    bool begins;               /* a line begins with it */
    bool ends;                 /* the text ends with it */
    bool before_number;        /* the next chunk of its line begins with a digit */
    bool dirt;                 /* by its picture it may be dirt */
    bool shouted;              /* a chunk beside it is in capitals */
    bool careful;              /* the text is mostly right */
} ChunkText;

/* False when it is longer than CHUNK_CHARS. */
bool chunk_decode(const Text *t, const Chunk *c, ChunkText *x);
static inline CharKind chunk_kind(const ChunkText *x, int i)
{
    return char_kind(x->ch[i]);
}
/* The characters [from, to): one is a letter; all are of the kind. */
bool chunk_has_letter(const ChunkText *x, int from, int to);
bool chunk_is_all(const ChunkText *x, int from, int to, CharKind kind);
/* A letter before `from` belongs to the same run of letters; [from, to) is a run of them from end to end. */
bool chunk_goes_on(const ChunkText *x, int from);
bool chunk_is_run(const ChunkText *x, int from, int to);
int chunk_index(const ChunkText *x, uint32_t at); /* of the character at a byte of the text, or -1 */
/* Borders where kinds meet and around every sign; then where a run of letters that is not a word may be cut. */
void chunk_mark_borders(ChunkText *x);
void chunk_mark_splits(Restore *r, ChunkText *x);

bool is_among(const char *set, int32_t c); /* set: ASCII */
/* Signs that are themselves; all others may be part of a letter, or dirt. */
bool is_plain_sign(int32_t c);

/* ---- what the channel makes of a piece ---- */

typedef struct GuessRange {
    uint64_t hash; /* 0: empty */
    uint32_t first, n;
    float best; /* nats: of the cheapest */
} GuessRange;

GuessCache *guess_cache_new(void);
/* Lent until the next look-up. Near: only as far as tells whether a word fits. */
const GuessRange *guess_lookup(Restore *r, const int32_t *ch, int n);
const GuessRange *guess_lookup_near(Restore *r, const int32_t *ch, int n);
const Guess *guess_at(const Restore *r, const GuessRange *k, uint32_t i);
bool guess_is_poor(const GuessRange *k, int n); /* of a piece of n characters */

/* ---- slots of the lattice ---- */

/* Where a piece stands, as far as its capitals go. */
typedef struct WordPlace {
    bool start;   /* a sentence may begin here: a capital says nothing */
    bool capital; /* one capital and no small letter: B6 may be Bộ or BỘ */
    bool shouted; /* among words in capitals */
} WordPlace;

/* A reading in the capitals it may have; `paid`: nats over the channel's. */
void ocr_push_guess(Restore *r, const Guess *g, WordPlace at, float paid);
/* The best OCR_READINGS of a slot's candidates stay, in order. */
void ocr_keep_best(Restore *r, Slot *s);
/* May the characters [from, to) be one word? Then they are added with all they may be. */
bool ocr_may_be_word(const Restore *r, const ChunkText *x, int from, int to);
void ocr_add_piece(Restore *r, Arena *a, const ChunkText *x, int from, int to, bool start);

void ocr_add_as_is(Restore *r, const Text *t, const ChunkText *x, const Token *token, int from, int to);
void ocr_add_other_signs(Restore *r, const ChunkText *x, int from); /* after ocr_add_as_is() of the sign */
void ocr_add_specks(Restore *r, const ChunkText *x);
void ocr_add_lone_specks(Restore *r, const ChunkText *x); /* of a chunk that is nothing else */

/* Both at the begin of x; `before`: the chunk before it. */
void ocr_add_label(Restore *r, Arena *a, const ChunkText *x);
void ocr_add_roman(Restore *r, Arena *a, const ChunkText *x, const ChunkText *before);

#endif
