/* export/xlsx: writes the pairings as a workbook for Excel and LibreOffice (Office Open XML), by libxlsxwriter.
 *
 *     FileOut *out = file_create("list.xlsx", &err);
 *     export_xlsx(out, &rows, time(NULL), NULL, NULL, &err);
 *     file_commit(out, &err);
 *
 * It has one sheet, "pairings", with the columns of the CSV. Page and ordinal are numbers; prob is one, with a scale of
 * colours. The head has a filter and stays in view. Beside each row stands its picture, where `picture` gives one. Text is
 * text, whatever it begins with: nothing is taken for a formula.
 */
#ifndef DAU_EXPORT_XLSX_H
#define DAU_EXPORT_XLSX_H

#include "base/file.h"
#include "store/store.h"

/* Writes a PNG of the row into png, and its resolution in pixels an inch; false: there is none. */
typedef bool RowPicture(void *context, const Row *row, Buf *png, int *dpi);

/* Writes into a file that file_create() opened, not to standard output. `created`, seconds since 1970, is the workbook's
 * own date: the same rows and date give the same bytes. DAU_LIMIT when there are more rows than a sheet holds. */
bool export_xlsx(FileOut *out, const Rows *rows, int64_t created, RowPicture *picture, void *context,
                 Err *err);

/* Writes a sheet to correct in (export/sheet.h), given as its CSV, with a picture beside each row. Every cell is text as
 * it stands; `verdict` has a list to choose from; `check` is hidden. */
bool export_xlsx_sheet(FileOut *out, const Buf *csv, const Rows *rows, int64_t created, RowPicture *picture,
                       void *context, Err *err);

#endif
