/* extract/extract: pairings from the restored words of a document, page by page in order.
 *
 *     Extract *x = extract_new();
 *     for each page: extract_page(x, &page, &err);      (keeps what it needs; the page may go)
 *     Pairings *found = extract_finish(x);              (yours: pairings_release and free)
 *     extract_free(x);
 *
 * From tables: which column is the ordinal, the level, the school, the partner, by the words of the header
 * and by content; section rows set the level of what follows; several schools in one cell become several
 * pairings; columns learnt once hold for the pages that follow. From flat text: numbered rows. What is not
 * sure is flagged, not dropped.
 */
#ifndef DAU_EXTRACT_EXTRACT_H
#define DAU_EXTRACT_EXTRACT_H

#include "base/err.h"
#include "doc/page.h"
#include "doc/pairing.h"
#include "model/confuse.h"
#include "model/gazetteer.h"
#include "model/registry.h"
#include "model/words.h"

typedef struct Extract Extract;

Extract *extract_new(void);
/* The same with lists that are lent and outlive it: names (NULL: opened by itself) and the user's schools,
 * which the names hold too (NULL: none). */
Extract *extract_new_with(const Gazetteer *names, const Registry *schools);
/* Words of the language: lent, they outlive it. Before the first page; without it those of dicts/ are opened. */
void extract_lend_words(Extract *x, const Keywords *words);
/* What an engine without Vietnamese makes of letters, for extract_finish(): lent, it outlives it. Without it
 * the table of dicts/ is opened. */
void extract_lend_letters(Extract *x, const Confuse *letters);
/* Say for each pairing why, and keep what was passed over: Pairing.why and .factors, Pairings.rejected.
 * Before extract_finish(). */
void extract_explain(Extract *x);
/* What the columns of the lists hold, from left to right, by a person who saw them: "no,school,partner,note". Tables of
 * as many columns are read so; others as always. The words: no, level, school, partner, district, partner-district,
 * note. False: it is not such a list (DAU_USAGE). Before extract_finish(); NULL: nothing is said. */
bool extract_say_columns(Extract *x, const char *columns, Err *err);
bool extract_page(Extract *x, const Page *page, Err *err);
bool extract_finish(Extract *x, Pairings *found, Err *err); /* found: empty; yours to release */
void extract_free(Extract *x);                              /* NULL is fine */

#endif
