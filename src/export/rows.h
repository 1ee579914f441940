/* export/rows: writes pairings as lines of JSON, rows of CSV, or a table for the eye.
 *
 *     Buf b = {0};
 *     export_pairing_json(&b, "plan.pdf", &pairing);         (one line, as `dau extract` prints it)
 *     export_format(&b, FORMAT_CSV, rows, n, 0);             (all rows of a database)
 *
 * docs/formats.md fixes the form of a JSON line: names without the words of their level, `level` and `no` null when
 * nothing says them, `flags` a list. `box` is x, y, w, h on the page as scanned; on a page of text, characters and lines.
 *
 * CSV is RFC 4180: a header row, lines ended by CR LF, UTF-8 without a byte order mark. Text that a spreadsheet would take
 * for a formula (= + - @ at its start) gets an apostrophe before it. The same rows give the same bytes. Everything is
 * appended to a Buf of the caller's, and nothing fails.
 */
#ifndef DAU_EXPORT_ROWS_H
#define DAU_EXPORT_ROWS_H

#include "base/str.h"
#include "doc/pairing.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum Format { FORMAT_CSV, FORMAT_JSON, FORMAT_JSONL, FORMAT_TABLE } Format;

bool format_from_name(const char *name, Format *format); /* "csv" */

/* Appends one line of JSON and a line feed. */
void export_pairing_json(Buf *b, const char *file, const Pairing *p);
/* The same with "id" first, when the row has one. */
void export_row_json(Buf *b, const Row *row);

/* Appends all rows in their order. Without rows that is the header of the CSV, "[]", or nothing. `width` is the
 * terminal's, in characters, for FORMAT_TABLE (0: 80); what does not fit is cut and ends in "…". */
void export_format(Buf *b, Format format, const Row *rows, size_t n, int width);

#endif
