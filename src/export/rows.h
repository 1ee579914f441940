/* export/rows: pairings as lines of JSON, rows of CSV, or a table for the eye.
 *
 *     Buf b = {0};
 *     export_pairing_json(&b, "plan.pdf", &pairing);         one line, as `dau extract` prints it
 *     export_format(&b, FORMAT_CSV, rows, n, 0);             all rows of a database
 *
 * The form of a JSON line is fixed (docs/formats.md): names without the words of their level, `level` and
 * `no` null when nothing says, `box` x, y, w, h on the page as scanned (characters and lines on a page of
 * text), `flags` a list. CSV is RFC 4180: a header row, lines ended by CR LF, UTF-8 without a mark at the
 * start; text that a spreadsheet would take for a formula (= + - @ at its start) has an apostrophe before it.
 * The same rows give the same bytes.
 */
#ifndef DAU_EXPORT_ROWS_H
#define DAU_EXPORT_ROWS_H

#include "base/str.h"
#include "doc/pairing.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum Format { FORMAT_CSV, FORMAT_JSON, FORMAT_JSONL, FORMAT_TABLE } Format;

bool format_from_name(const char *name, Format *format); /* "csv" */

/* One line of JSON, ended by a line feed. */
void export_pairing_json(Buf *b, const char *file, const Pairing *p);
/* The same with "id" before all else, when there is one. */
void export_row_json(Buf *b, const Row *row);

/* All rows in the order given. No rows: the header of the CSV, "[]", else nothing. `width`
 * is the terminal's, for FORMAT_TABLE; what does not fit is cut and ends in "…". */
void export_format(Buf *b, Format format, const Row *rows, size_t n, int width);

#endif
