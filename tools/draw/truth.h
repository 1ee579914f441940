/* truth: writes down, beside the pages, what was drawn.
 *
 *     truth_write_gold(plan, true, 200, "bw", pages, "plan-7.gold.json");
 *     truth_write_text(book, "plan-7.txt");
 *
 * NAME.gold.json   number, date, issuer, title, signer, district, partner_district, style, dpi, mode,
 *                  pages and pairs [{no, level, school, partner, page}]; several schools of one cell
 *                  joined by ", "; "no" is "" where none is printed
 * NAME.txt         the text, a line a line, " | " between things on one line, form feed between pages
 * NAME.boxes.tsv   page, kind, x, y, w, h (pixels of the page as scanned), then for kind "line" its text,
 *                  for kind "cell" table, row, column, row span, column span
 */
#ifndef DRAW_TRUTH_H
#define DRAW_TRUTH_H

#include "plan.h"
#include "wear.h"

/* letter: the plan has its letter page, so its issuer, title and signer can be read. */
void truth_write_gold(const Plan *plan, bool letter, int dpi, const char *mode, int pages, const char *path);
void truth_write_text(const Book *book, const char *path);

/* `wears` has one for each sheet. */
void truth_write_boxes(const Book *book, const Wear *wears, const char *path);

/* The sheet's lines of text in reading order, as NAME.txt has them. The caller frees it with g_free(). */
char *truth_sheet_text(const Sheet *sheet);

/* Writes a whole file or dies. */
void truth_save(const char *path, const GString *text);

#endif
