/* csv: reads the rows of a table as spreadsheets save them: RFC 4180, and what they make of it.
 *
 *     Csv t;
 *     csv_init(&t, text, len);
 *     while (csv_next(&t)) use(t.field[0], t.fields, t.line);
 *     csv_release(&t);
 *
 * A byte order mark at the start is skipped. Commas, semicolons (where the comma is the decimal point) or tabs separate
 * fields: whichever the first row has most of. A quoted field may hold separators, doubled quotes and line ends. Lines
 * end in LF, CR LF or CR; an empty line is a row of one empty field. Any bytes can be read, so nothing fails. This header
 * includes nothing of ours.
 */
#ifndef DAU_BASE_CSV_H
#define DAU_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

enum { CSV_MOST_FIELDS = 128 };

typedef struct Csv {
    char *field[CSV_MOST_FIELDS]; /* of the row read last, lent until the next; more are dropped */
    int fields;
    long line; /* of the file, where the row read last begins, from 1 */
    /* private */
    char *text, *next, *end, separator;
    long next_line;
} Csv;

void csv_init(Csv *t, const char *text, size_t len); /* takes a copy */
bool csv_next(Csv *t);                               /* false at the end */
void csv_release(Csv *t);

#endif
