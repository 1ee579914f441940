/* page: one page and all that the stages find on it.
 *
 * A stage fills fields that were empty and never rewrites an earlier stage's. Arrays are in reading order. Indices, not
 * pointers, join them:
 *
 *     block ──► lines ──► words              a paragraph, a letterhead's column, a heading
 *       └─ table ──► cells ──► lines ──► words
 *
 *     for (size_t i = 0; i < page->blocks.n; i++) {
 *         const Block *block = &page->blocks.v[i];
 *         for (int k = 0; k < block->lines; k++)
 *             puts(page_line_text(page, &arena, &page->lines.v[block->first_line + k], TEXT_RESTORED));
 *     }
 *
 * Every box stands twice. `box` is on the page as scanned: it is stored and shown as evidence. `at` is on the page set
 * upright and straight: layout, ocr and extract compute with it. A page of text from a file (UNIT_CHARACTER) has no
 * pixels. There x is the column and y the line of the page, both from 0; w counts characters and h lines; box and at are
 * equal.
 *
 * All strings are NFC and lie in the page's arena, as do the arrays of a Word. page_release() frees all.
 */
#ifndef DAU_DOC_PAGE_H
#define DAU_DOC_PAGE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/str.h"
#include "base/vec.h"
#include "doc/rect.h"

#include <stdbool.h>

typedef enum Unit { UNIT_PIXEL, UNIT_CHARACTER, UNITS } Unit;

/* Who chose Word.text. */
typedef enum Origin {
    ORIGIN_NONE,       /* nobody yet */
    ORIGIN_OCR,        /* taken as the engine read it */
    ORIGIN_TEXT_LAYER, /* taken as it stood in the file */
    ORIGIN_LEXICON,    /* the dictionary: the only word that fits */
    ORIGIN_NGRAM,      /* the language model, among several */
    ORIGIN_PERSON,     /* a correction */
} Origin;

typedef struct Reading {
    const char *text; /* NFC */
    float score;      /* natural logarithm of a probability, <= 0 */
} Reading;

/* What is known of a word besides its letters; several may hold. */
typedef enum WordMark {
    WORD_UNDER_RED = 1 << 0,  /* clean, ocr: red ink, as of a seal, was taken off it before it was read */
    WORD_UNDER_BLUE = 1 << 1, /* the same of a pen's blue */
    WORD_DISPUTED = 1 << 2,   /* the second look, or its strokes, read something else */
    WORD_INK =
        1 << 3, /* ocr: ink beside it, in its cell or block, that looks like letters and was not read */
    WORD_MARKS = 4
} WordMark;

typedef struct Word {
    Rect box, at;
    float conf;      /* ocr: the engine's own, 0..1; 1 for text from a file */
    const char *raw; /* ocr or load: as read; never changed */
    Reading *choice; /* ocr: what else the engine thought of, best first, raw among them; may be NULL */
    int choices;
    unsigned marks; /* ocr: set of WordMark */
    Reading *alt;   /* restore: candidates, best first, the chosen one among them; may be NULL */
    int alts;
    /* restore: the reading chosen. Several syllables with blanks when raw had run them together; "" when raw
     * was joined to the word before, or is dirt. NULL before restore. */
    const char *text;
    float prob;    /* restore: calibrated probability that text is right, 0..1 */
    Origin origin; /* restore */
} Word;

typedef struct Line {
    Rect box, at;
    int first_word, words; /* page->words */
} Line;

typedef enum BlockKind {
    BLOCK_TEXT,
    BLOCK_TABLE,
    BLOCK_PICTURE,
    BLOCK_KINDS
} BlockKind; /* picture: ink like letters, of which ocr made no word; behind the blocks of layout */

typedef struct Block {
    BlockKind kind;
    Rect box, at;
    int column; /* 0 where the page has one column here; 1, 2.. from the left where several stand side by side
                 */
    int first_line, lines; /* BLOCK_TEXT: page->lines */
    int table;             /* BLOCK_TABLE: page->tables; else -1 */
} Block;

typedef struct Cell {
    Rect box, at;
    int row, col;          /* from 0, of its top left corner in the table's grid */
    int rowspan, colspan;  /* >= 1 */
    bool blank;            /* layout: no ink inside, not recognised */
    int first_line, lines; /* page->lines */
} Cell;

typedef enum TableKind { TABLE_RULED, TABLE_PARTLY_RULED, TABLE_UNRULED, TABLE_KINDS } TableKind;

typedef struct Table {
    TableKind kind;
    Rect box, at;
    int rows, cols;        /* of the grid */
    int first_cell, cells; /* page->cells, by row, then column */
    bool open_top;         /* the top row has no rule above: likely the rest of a row of the page before */
    bool open_bottom;      /* the same at the bottom */
} Table;

/* How far the page has come. */
typedef enum Stage {
    STAGE_NONE,
    STAGE_LOAD,
    STAGE_CLEAN,
    STAGE_LAYOUT,
    STAGE_OCR,
    STAGE_RESTORE,
    STAGE_EXTRACT
} Stage;

typedef VEC(Word) Words;
typedef VEC(Line) Lines;
typedef VEC(Block) Blocks;
typedef VEC(Cell) Cells;
typedef VEC(Table) Tables;

typedef struct Page {
    Arena arena;
    int number; /* in its document, from 1 */
    Unit unit;
    Stage stage;       /* the last stage that was done */
    int width, height; /* of the page as scanned, in its unit */
    int dpi;           /* load: pixels an inch; 0 for text */
    const char *
        via; /* load: how the text comes: "image", "render", "text"; why, after ": "; clean adds a doubt, after "; " */
    int turned;     /* clean: clockwise quarter turn that sets it upright: 0, 90, 180, 270 */
    float skew;     /* clean: clockwise degrees that were undone after the turn */
    Affine to_scan; /* clean: from upright to as scanned */
    int upright_width, upright_height; /* clean */
    Words layer;   /* load: the words of the file's own text layer, box only; ocr puts them in their places
                      instead of reading the picture. Empty: the picture is to be read. Not stored */
    bool settled;  /* load: what the words say is right; restore leaves them alone. Not stored */
    Blocks blocks; /* layout, in reading order; tables among them */
    Tables tables; /* layout */
    Cells cells;   /* layout */
    Lines lines;   /* ocr (load for text) */
    Words words;   /* ocr (load for text) */
} Page;

/* An empty page; page_release() gives back all that it holds and leaves it empty. */
void page_init(Page *p, int number);
void page_release(Page *p);

/* Appends an empty line; appends a word to the last line, which is made where there is none. The word's `box` follows
 * from `at`, and both widen the line's. `raw` is copied. Lent until the next of its kind is added. */
Line *page_add_line(Page *p);
Word *page_add_word(Page *p, Rect at, const char *raw, float conf);
/* Undoes restore: each word keeps only what was read. */
void page_forget_restored(Page *p);
/* Maps an upright box to the scan, clipped to it. */
Rect page_to_scan(const Page *p, Rect at);

/* The text of words first_word..first_word + words - 1 with single blanks between, in the arena `a`. TEXT_RESTORED takes
 * `raw` where a word was not restored. Words with an empty text are left out. */
typedef enum TextOf { TEXT_RAW, TEXT_RESTORED } TextOf;
char *page_text(const Page *p, Arena *a, int first_word, int words, TextOf of);
char *page_line_text(const Page *p, Arena *a, const Line *line, TextOf of);
/* The cell's lines, with blanks between. */
char *page_cell_text(const Page *p, Arena *a, const Cell *cell, TextOf of);
/* The first word of those lines; *words is how many words they hold. */
int page_lines_first_word(const Page *p, int first_line, int lines, int *words);

/* Checks the invariants, for tests and for what a worker sends. Indices are in range, cells lie in their grid, boxes lie
 * on a page of pixels. After restore each word has text that is UTF-8 and a probability. False, with DAU_INTERNAL and the
 * reason in err, when one does not hold. */
bool page_check(const Page *p, Err *err);

const char *stage_name(Stage stage); /* "layout" */
/* As stage_name() spells it; false, and *stage unchanged, for any other name. */
bool stage_from_name(const char *name, Stage *stage);
const char *word_mark_name(WordMark mark); /* "under-red" */
const char *origin_name(Origin origin);    /* "n-gram" */
bool origin_from_name(const char *name, Origin *origin);

/* ---- the page as text: TSV, one record a line, for goldens, `dau show`, and the way from a worker to its
 * parent. page_parse() reads what page_dump() wrote back into an equal page. DAU_BAD_INPUT names a line that cannot be
 * read; what was read is checked by page_check(). ---- */
void page_dump(const Page *p, Buf *out);
bool page_parse(const char *text, size_t len, Page *p, Err *err); /* into an empty page */

#endif
