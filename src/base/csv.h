/* csv: rows of a table as spreadsheets save them (RFC 4180, and what they make of it). Low.
 *
 *     Csv t;
 *     csv_init(&t, text, len);
 *     while (csv_next(&t)) use(t.field[0], t.fields, t.line);
 *     csv_release(&t);
 *
 * A mark at the start is passed over. Fields are parted by commas, semicolons (where the comma is the decimal
 * point) or tabs: whichever the first row has most of. Quoted fields may hold separators, doubled quotes and
 * line ends; lines end in LF, CR LF or CR.
 */
#ifndef DAU_BASE_CSV_H
#define DAU_BASE_CSV_H

#include <stdbool.h>
#include <stddef.h>

enum { CSV_MOST_FIELDS = 128 };

typedef struct Csv {
    char *field[CSV_MOST_FIELDS]; /* of the row read last, valid until the next; further fields are dropped */
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
