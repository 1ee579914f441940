/* restore: gives words back the marks and letters that were lost.
 *
 *     Restore *r = restore_open(NULL, &err);           maps the models: read-only, shared by all processes
 *     restore_page(r, &page, &err);                    in dau run
 *     restore_line(r, &arena, "Truong Mam non Hoa Mai", len, &words, &n, &err);       in dau restore
 *     restore_close(r);
 */
#ifndef DAU_STAGE_RESTORE_H
#define DAU_STAGE_RESTORE_H

#include "base/err.h"
#include "doc/page.h"

typedef struct Restore Restore;

/* What state the text is in. */
typedef enum RestoreFrom {
    FROM_AUTO,     /* judged per document */
    FROM_STRIPPED, /* marks gone, letters right */
    FROM_OCR,      /* an OCR without Vietnamese: anything may be wrong */
    FROM_VIE,      /* an OCR with Vietnamese: mostly right */
    FROM_CLEAN,    /* right: nothing is changed */
} RestoreFrom;

typedef struct RestoreOptions {
    RestoreFrom from;
    const char *dict; /* a file of words and names to add (word TAB weight), or NULL */
} RestoreOptions;

Restore *restore_open(const RestoreOptions *options,
                      Err *err); /* options may be NULL; DAU_MISSING without models */
void restore_close(Restore *r);  /* NULL is fine */

/* Fills text, alt, prob and origin of every word; cells and blocks are each a text of their own. */
bool restore_page(Restore *r, Page *page, Err *err);

/* One line of text: its words in reading order with `box.x` the byte offset and `box.w` the byte length of
 * raw in the line; the bytes between them are kept as they are. Words live in the arena. */
bool restore_line(Restore *r, Arena *a, const char *line, size_t len, Word **words, int *n, Err *err);

/* Identifies the models, for the key of all work: hex digits. */
const char *restore_version(const Restore *r);

#endif
