/* restore/restore: gives words back the marks and letters that were lost.
 *
 *     Restore *r = restore_open(NULL, &err);           maps the models: read-only, shared by all processes
 *     restore_page(r, &page, &err);                    in dau run
 *     restore_line(r, &arena, "Truong Mam non Hoa Mai", len, &words, &n, &err);       in dau restore --json
 *     restore_plain(r, "Truong Mam non Hoa Mai", len, &out, &err);                    in dau restore
 *     restore_close(r);
 *
 * A Restore is for one thread: it keeps scratch memory and what it learnt of the tokens it met.
 */
#ifndef DAU_RESTORE_RESTORE_H
#define DAU_RESTORE_RESTORE_H

#include "base/err.h"
#include "doc/page.h"

typedef struct Restore Restore;

/* What state the text is in. */
typedef enum RestoreFrom {
    FROM_AUTO,     /* judged per document */
    FROM_STRIPPED, /* marks gone, letters right */
    FROM_OCR,      /* an OCR without Vietnamese: anything may be wrong */
    FROM_VIE,      /* an OCR with Vietnamese: mostly right */
    FROM_MIXED,    /* letters right; any word may have lost its marks, or none: judged word by word */
    FROM_CLEAN,    /* right: nothing is changed */
} RestoreFrom;

/* Where tones stand in oa, oe, uy (base/viet.h). AS_IS: old where restore chose the word, else as it was. */
typedef enum RestoreTone { RESTORE_TONE_AS_IS, RESTORE_TONE_OLD, RESTORE_TONE_NEW } RestoreTone;

typedef struct RestoreOptions {
    RestoreFrom from;
    const char *dict;                /* a file of words and names to add (word TAB weight), or NULL */
    const char *read_eng, *read_vie; /* files of what was meant and what an engine without Vietnamese, or with
                                        it, read (confuse_learn), or NULL */
    RestoreTone tone;
    bool explain; /* restore_why is asked for; not with quick */
    bool quick;   /* no probabilities and no alternatives: prob is 1 and alt NULL; twice as fast */
} RestoreOptions;

Restore *restore_open(const RestoreOptions *options,
                      Err *err); /* options may be NULL; DAU_MISSING without models */
void restore_close(Restore *r);  /* NULL is fine */

/* Fills text, alt, prob and origin of every word; cells and blocks are each a text of their own. What load
 * settled stays as it is. */
bool restore_page(Restore *r, Page *page, Err *err);

/* One line of text: its words in reading order with `box.x` the byte offset and `box.w` the byte length of
 * raw in the line; the bytes between them are kept as they are. Words live in the arena. Several lines joined
 * by line feeds are one text: a sentence may run on from line to line. */
bool restore_line(Restore *r, Arena *a, const char *line, size_t len, Word **words, int *n, Err *err);

/* The line with its words restored, what stands between them as it was; appended to out. */
void restore_join(const char *line, size_t len, const Word *words, int n, Buf *out);

/* Both at once, for who wants no word by itself. */
bool restore_plain(Restore *r, const char *line, size_t len, Buf *out, Err *err);

/* Why a word was changed. Costs are in nats: -ln of a probability. */
typedef struct RestoreWhy {
    float reading;    /* that the word is read as the raw one: what the channel says */
    float context;    /* the word among those around it: what the language model says */
    float as_read;    /* the raw word in its place */
    const char *rule; /* what was done: marks, letters, capitals, signs, split, phrase (a dictionary lifted
                         it), dirt, or joined; form: only the form of the letters, as NFC or a tone's place */
} RestoreWhy;

/* Of a word of the last restore_line, with options.explain; lent until the next; NULL when it is as it was.
 */
const RestoreWhy *restore_why(const Restore *r, int word);

/* FROM_AUTO: what the text is, judged by its letters and words; and how clean it is, which an OCR with
 * Vietnamese (FROM_VIE) is read by. The answer stays in force for the lines to come (restore_page judges each
 * page by itself); lines without any mark in a text that has them are read as FROM_STRIPPED nevertheless. */
RestoreFrom restore_judge(Restore *r, const char *text, size_t len);
RestoreFrom restore_state(const Restore *r); /* what the text at hand is taken for */
const char *restore_from_name(RestoreFrom from);

/* Identifies the models, for the key of all work: hex digits. */
const char *restore_version(const Restore *r);

#endif
