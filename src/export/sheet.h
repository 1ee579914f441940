/* export/sheet: writes the list as a spreadsheet to correct in, and takes it back.
 *
 *     sheet_add_header(&b);                                 (CSV; UTF-8 with a byte order mark, for Excel)
 *     sheet_add(&b, &review);                               (once a row)
 *     ... LibreOffice, Excel: cells are changed, rows sorted ...
 *     sheet_take(store, &pen, text, len, false, say, context, &tally, &err);
 *
 * The column `check` says what each cell held when it was exported. So three things can be compared: that, what the cell
 * holds now, and what the database holds now. A cell that was not changed does nothing. One that was changed becomes a
 * correction. Where the database changed meanwhile, too, it is a conflict: it is reported and not taken. A row that was
 * read again since is not taken either.
 *
 * The column `verdict` takes "ok", "unreadable", "not a pairing", or đúng, không đọc được, không phải. Text that a
 * spreadsheet would take for a formula has an apostrophe before it, which is taken off again. Numbers that a spreadsheet
 * rewrote (01, 1.0) do not count as changed.
 */
#ifndef DAU_EXPORT_SHEET_H
#define DAU_EXPORT_SHEET_H

#include "store/correct.h"

/* Appends the header, and a row. */
void sheet_add_header(Buf *b);
void sheet_add(Buf *b, const Review *r);

typedef struct SheetTally {
    int rows;      /* rows of the sheet that are rows of the list */
    int cells;     /* cells that became corrections, verdicts among them */
    int already;   /* changed cells that say what the database says by now */
    int conflicts; /* changed cells that were not taken */
    int strange;   /* rows that could not be taken, columns that are not known */
} SheetTally;

typedef void (*SheetSay)(void *context, const char *sentence);

/* Takes the whole sheet in one transaction; false: nothing was taken. `say` gets a sentence for each thing that is not
 * taken. With `dry` nothing is written, only reported and counted. DAU_BAD_INPUT when it is not such a sheet. */
bool sheet_take(Store *s, const Pen *pen, const char *text, size_t len, bool dry, SheetSay say, void *context,
                SheetTally *tally, Err *err);

#endif
