/* export/sheet: the list as a spreadsheet to correct in, and back.
 *
 *     sheet_add(&b, reviews, n)                             CSV, a row each; UTF-8 with a mark, for Excel
 *     ... LibreOffice, Excel: cells are changed, rows sorted ...
 *     sheet_take(store, &pen, text, len, false, say, context, &tally, &err)
 *
 * The column `check` says what each cell held when it was exported, so that three things can be compared:
 * that, what the cell holds now, and what the database holds now. A cell that was not changed is nothing; one
 * that was becomes a correction, unless the database changed meanwhile as well: that is a conflict, said and
 * not taken. A row that was read anew since is not taken either. The column `verdict` takes "ok",
 * "unreadable", "not a pairing", or đúng, không đọc được, không phải. Text that a spreadsheet would take for
 * a formula has an apostrophe before it, which is taken off again. Numbers that a spreadsheet rewrote
 * (01, 1.0) are not changed.
 */
#ifndef DAU_EXPORT_SHEET_H
#define DAU_EXPORT_SHEET_H

#include "store/correct.h"

void sheet_add_header(Buf *b);
void sheet_add(Buf *b, const Review *r);

typedef struct SheetTally {
    int rows;      /* of the sheet that are rows of the list */
    int cells;     /* that became corrections, verdicts among them */
    int already;   /* changed cells that say what the database says by now */
    int conflicts; /* changed cells that were not taken */
    int strange;   /* rows that could not be taken, columns that are not known */
} SheetTally;

typedef void (*SheetSay)(void *context, const char *sentence);

/* All of it in one transaction; false: nothing was taken. Of what is not taken each is said. `dry`: nothing
 * is written, only said and counted. */
bool sheet_take(Store *s, const Pen *pen, const char *text, size_t len, bool dry, SheetSay say, void *context,
                SheetTally *tally, Err *err);

#endif
