/* export/tables: the tables of a document, whatever they hold, as data for other programs.
 *
 *     TableSet *set = tables_new();
 *     for each page, in order: tables_add(set, &page);
 *     tables_form("json")->write(&b, "plan.pdf", set);
 *     tables_free(set);
 *
 *     json   a line of JSON a table (docs/formats.md): cells with spans, page, box and probability
 *     csv    RFC 4180, a table after the other with an empty line between; a merged cell's text stands in its first place
 *     html   a page with a <table> each, merged cells merged
 *
 * A table that goes on at the top of the next page is one table: no text stands between, and both have as many columns.
 * A header that is printed again there is left out.
 */
#ifndef DAU_EXPORT_TABLES_H
#define DAU_EXPORT_TABLES_H

#include "base/str.h"
#include "doc/page.h"

typedef struct TableSet TableSet;

typedef struct TablesForm {
    const char *name; /* "json" */
    void (*write)(Buf *b, const char *file, const TableSet *set);
} TablesForm;

TableSet *tables_new(void);
void tables_free(TableSet *set);
/* Takes the page's tables. Pages come in order, all of one document; nothing of the page is kept. */
void tables_add(TableSet *set, const Page *page);
int tables_count(const TableSet *set);
const TablesForm *tables_form(const char *name); /* NULL: there is none of this name */

#endif
