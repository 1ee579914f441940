/* export/xlsx: the pairings as a workbook for Excel and LibreOffice (Office Open XML), by libxlsxwriter.
 *
 * One sheet, "pairings": the columns of the CSV, typed (page and ordinal are numbers, prob is one with a
 * scale of colours), a filter over the head, which stays in view, and beside each row its picture where
 * `picture` gives one. Text is text whatever it begins with: nothing is taken for a formula.
 */
#ifndef DAU_EXPORT_XLSX_H
#define DAU_EXPORT_XLSX_H

#include "base/file.h"
#include "store/store.h"

/* A PNG of the row into png, and its resolution; false: none. */
typedef bool RowPicture(void *context, const Row *row, Buf *png, int *dpi);

/* Into a file that file_create() opened; not standard output. DAU_LIMIT: more rows than a sheet has.
 * `created`, seconds since 1970, is what the workbook says of itself: the same rows and time give the same
 * bytes. */
bool export_xlsx(FileOut *out, const Rows *rows, int64_t created, RowPicture *picture, void *context,
                 Err *err);

/* A sheet to correct in (store/sheet.h), given as its CSV, with a picture beside each row: every cell is text
 * as it stands, `verdict` has a list to choose from, `check` is hidden. */
bool export_xlsx_sheet(FileOut *out, const Buf *csv, const Rows *rows, int64_t created, RowPicture *picture,
                       void *context, Err *err);

#endif
