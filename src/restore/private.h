/* restore/private: what the files of restore share. Private to restore.
 *
 *   restore.c   opens and closes the models, restores a page or a line
 *   prepare.c   brings a text into one form: NFC, tones in their place
 *   typed.c     text as it was typed: Telex, VNI, VIQR
 *   judge.c     finds what state a text is in
 *   loss.c      the model of what words lose; losses.c asks it about a text
 *   stripped.c  builds the lattice of a text that lost its marks
 *   acronym.c   strokes of D in acronyms
 *   noisy.c     builds the lattice of a text that lost letters too; noisy_private.h has its parts
 *   places.c    names of wards and districts
 *   dict.c      words and phrases added at run time
 *   lattice.c   beam search for the best path, and posteriors of the candidates
 *   elsewhere.c     judges doubtful words by the rest of the text
 *   context.c   rescores doubtful words by the context model
 *   write.c     turns the path into texts, probabilities and alternatives
 *   why.c       explains a change
 */
#ifndef DAU_RESTORE_PRIVATE_H
#define DAU_RESTORE_PRIVATE_H

#include "model/confuse.h"
#include "model/context.h"
#include "model/lexicon.h"
#include "model/ngram.h"
#include "model/token.h"
#include "model/word_tree.h"
#include "restore/restore.h"
#include "restore/lattice.h"
#include "restore/loss.h"

/* Letters between blanks, as they stand in the text: what a Word is. */
typedef struct Chunk {
    uint32_t at, len;         /* bytes of Text.raw */
    uint32_t raw_at, raw_len; /* the same of the text as it was given, before prepare_text */
    bool begins_line;
    bool begins_cell;      /* CELL_SURE or CELL_PERHAPS, where no line begins */
    bool dirt;             /* by its picture it may be a speck of dirt, whatever it was read as */
    bool reformed;         /* its form is not the one that was given */
    const Reading *choice; /* what the engine thought of besides, or NULL */
    int choices;
    /* the result */
    const char *text;
    float prob;
    Reading *alt;
    int alts;
    Origin origin;
} Chunk;

typedef VEC(Chunk) Chunks;

/* The n bytes at s in the form that the models know, appended to out, which was empty; its chunks to `chunks`. As is:
 * only cut into chunks. */
void prepare_text(const Restore *r, const char *s, size_t n, bool as_is, Buf *out, Chunks *chunks);
/* The same of one word. A tone moves only where the word is known then. */
void prepare_word(const Restore *r, Buf *out, const char *s, size_t n);

/* How a text was typed whose keys were kept: "tieesng", "tie61ng", "tie^'ng". */
typedef enum TypedStyle { TYPED_NOT, TYPED_TELEX, TYPED_VNI, TYPED_VIQR } TypedStyle;
/* Which way most words of the text are typed; only plain ASCII is. */
TypedStyle typed_judge(const Restore *r, const char *text, size_t n);
/* Appends n bytes with the words that were typed so as they were meant. */
void typed_add(const Restore *r, const char *s, size_t n, TypedStyle style, Buf *out);

typedef struct Text {
    const char *raw; /* NFC; chunks parted by blanks or line feeds */
    size_t n;
    Chunk *chunk;
    int chunks;
} Text;

static inline bool text_line_begins(const Text *t, const Token *token) /* but the first */
{
    return token->at > 0 && t->raw[token->at - 1] == '\n';
}

/* A cell of a table begins with it: behind a rule, a tab or two blanks. Of the last, a sentence may run on. */
typedef enum CellBegin { CELL_NONE, CELL_PERHAPS, CELL_SURE } CellBegin;
CellBegin text_cell_begins(const Text *t, const Token *token);
bool text_line_is_small(const Text *t, uint32_t at); /* no capital from this byte to the line's end */

typedef enum CandKind {
    CAND_RAW,      /* the raw piece as it stands */
    CAND_LIKE_RAW, /* the model's word with the raw piece's capitals */
    CAND_LOWER,    /* the model's word: hoa, Hoa, HOA */
    CAND_TITLE,
    CAND_UPPER,
    CAND_GIVEN,   /* cand.text */
    CAND_STROKED, /* the raw piece, an acronym, with the strokes that its D have lost */
} CandKind;

typedef struct RestoreDict RestoreDict; /* dict.c */
typedef struct Places Places;           /* places.c */
typedef struct Elsewhere Elsewhere;     /* elsewhere.c*/
typedef struct ReadCache ReadCache;     /* what pieces may be; stripped.c */
typedef struct GuessCache GuessCache;   /* what pieces may be; noisy_guess.c */

struct Restore {
    RestoreOptions options;
    LmFile file;
    Lexicon lex;
    Ngram lm;
    Context context;
    RestoreFrom from;       /* what the text at hand is */
    Confuse eng, vie;       /* opened when first needed */
    WordTree tree;          /* made when first needed */
    const Confuse *channel; /* the one for the text at hand */
    float trust;            /* nats that a word as it stands has over any change: how clean the text is */
    TypedStyle typed;       /* of the text at hand */
    bool losses;            /* each word is judged by itself: r->loss */
    LossModel loss;         /* of the text at hand */
    LossModel worn;         /* the same as an engine leaves it, with FROM_VIE */
    VEC(LossSight) sight;   /* scratch: by word */
    VEC(uint32_t) word_at;  /* by word: byte of the text where it begins */
    VEC(LossStates) lost;   /* by word (TOKEN_WORD) of the text judged last: what it is */
    ReadCache *read;
    GuessCache *cache;
    char label;    /* of the list item read last: a b c d D(đ) e ..; 0 none */
    int ocr_label; /* the same of a bad OCR: its place in that order; -1 none */
    RestoreDict *dict;
    Places *places;
    Elsewhere *elsewhere; /* what the text so far was read as */
    Lattice lattice;
    Steps path;
    VEC(WordId) row;      /* the path as the context model sees it */
    VEC(uint32_t) place;  /* by step: where it stands in row */
    VEC(RestoreWhy) whys; /* by chunk, with options.explain; rule NULL: not changed */
    char version[20];
};

/* ---- what the words of a text have lost (losses.c) ---- */
void losses_learn(Restore *r, const char *text, size_t len); /* into r->loss and r->lost */
void losses_see(Restore *r, const Text *t);                  /* into r->lost, by r->loss */
/* Of the word that begins at this byte of the text seen last; NULL where none does. */
const LossStates *losses_at(const Restore *r, uint32_t at);

/* Where in a document's number an acronym stands: "126/2024/NĐ-CP" has its kind, then its office. */
typedef enum AcronymPlace { ACRONYM_ALONE, ACRONYM_KIND, ACRONYM_OFFICE } AcronymPlace;
AcronymPlace acronym_place(const Text *t, uint32_t at); /* of the one that begins at this byte */
/* The letters of a word in capitals that the model does not know, of which each D that is likelier a Đ has a bit; and the
 * word so written, with the dash that it lost behind a kind's code. */
unsigned acronym_strokes(const Restore *r, const char *raw, size_t n, AcronymPlace place);
void acronym_write(const Restore *r, const char *raw, size_t n, AcronymPlace place, Buf *out);

/* ---- texts to lattices ---- */
void read_stripped(Restore *r, const Text *t);
/* The candidates of a word are pushed to the lattice, as dear as the capitals alone make them; returns how likely it is in
 * each state of loss. Small: no word of its line has a capital. */
LossSight read_word_cands(Restore *r, const Text *t, const Token *token, bool small);
void read_cache_free(ReadCache *c);
void read_ocr(Restore *r, Arena *a, const Text *t); /* r->channel is set */
void guess_cache_free(GuessCache *c);

/* Words and phrases added at run time. */
RestoreDict *dict_new(void);
void dict_parse(RestoreDict *d, const Lexicon *lex, const char *text, size_t n);
bool dict_read(RestoreDict *d, const Lexicon *lex, const char *path, Err *err);
bool dict_begins(const RestoreDict *d, WordId id); /* a phrase */
void dict_apply(RestoreDict *d, Lattice *l, const Text *t);
void dict_lift(Cand *c,
               float by); /* of what lifts a candidate, the strongest counts; in the candidate's nats */
void dict_free(RestoreDict *d);

/* Names of wards and districts behind their kind, as the lists write them. */
Places *places_new(const Lexicon *lex);
void places_apply(Restore *r, const Text *t); /* of a lattice of read_stripped */
void places_free(Places *p);

/* Words of the path that are in doubt (cand.posterior) are judged anew; the path and the posteriors follow.
 */
void restore_in_context(Restore *r);

/* Words of the path in doubt are judged by what the rest of the text reads there; the path and the posteriors follow. What
 * was read since elsewhere_reset() counts. */
void elsewhere_apply(Restore *r);
void elsewhere_reset(Restore *r);
void elsewhere_free(Elsewhere *p);

/* From the lattice's best path to the chunks' results, in the arena. */
void write_text(Restore *r, Arena *a, Text *t);

/* What spoke for a chunk's change: pushes to r->whys. The steps [from, to) are the chunk's. */
void why_chunk(Restore *r, const Text *t, const Chunk *c, size_t from, size_t to);

#endif
