/* tsv: reads and writes lines of fields with tabs between them, the form of our dictionaries, dumps and goldens.
 *
 *     Tsv t = {0};
 *     tsv_init(&t, text, len);
 *     while (tsv_next(&t)) use(t.field[0], t.fields, t.line);
 *     tsv_release(&t);
 *
 * In a field a tab is written \t, a line feed \n, a carriage return \r, a backslash \\; NULL is written \N. A line that
 * starts with '#' is a comment. Empty lines are skipped. Text is UTF-8; nothing checks it, and nothing fails. Of our
 * headers it needs str alone.
 */
#ifndef DAU_BASE_TSV_H
#define DAU_BASE_TSV_H

#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

enum { TSV_MOST_FIELDS = 64 };

typedef struct Tsv {
    char *field[TSV_MOST_FIELDS]; /* of the line read last, unescaped, lent until the next; NULL for \N */
    int fields;                   /* how many; the last slot holds all that is left of a longer line */
    long line;                    /* number of the line read last, from 1 */
    /* private */
    char *text, *next, *end;
} Tsv;

void tsv_init(Tsv *t, const char *text, size_t len); /* takes a copy */
bool tsv_next(Tsv *t);                               /* false at the end */
void tsv_release(Tsv *t);

/* Appends one field, escaped, with a tab before it unless it is the first on its line. The first must not be empty or
 * begin with '#'. tsv_addf() cuts its field after 511 bytes. */
void tsv_add(Buf *b, const char *field);
void tsv_addf(Buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void tsv_end(Buf *b); /* ends the line */

#endif
