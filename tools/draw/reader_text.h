/* reader_text: invents the texts of the lines that the reader is trained with. They are what stands in plans: names of schools
 * with their endings, ordinals, headings, dates, numbers of documents, letterheads, prose.
 *
 *     ReaderText *source = reader_text_load("tools/draw", "dicts");
 *     char *line = reader_text_line(source, &rng);           ("Trường THCS Cao Viên II"; g_free it)
 *     reader_text_free(source);
 *
 * Names come from tools/draw/names.tsv and from schools.tsv, school-names.tsv, units.tsv and streets.tsv of `dicts`;
 * prose from tools/draw/sentences.tsv and the words of words.tsv. Their origins and licences
 * stand in tools/draw/README.md and dicts/README.md; no other text is used.
 */
#ifndef DRAW_READER_TEXT_H
#define DRAW_READER_TEXT_H

#include <glib.h>

#include "rng.h"

typedef struct ReaderText ReaderText;

/* Dies with a message when a file is missing. */
ReaderText *reader_text_load(const char *data, const char *dicts);
void reader_text_free(ReaderText *source);
/* One line without a newline, 1 to about 90 characters. The same state of rng gives the same line. */
char *reader_text_line(ReaderText *source, Rng *rng);

#endif
