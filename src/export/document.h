/* export/document: writes what a document says of itself as a line of JSON (docs/formats.md).
 *
 *     export_document_json(&b, "plan.pdf", &facts);
 *
 *     {"kind":"document","file":"plan.pdf","type":"kế hoạch","number":"763/KH-PGDĐT", ...}
 */
#ifndef DAU_EXPORT_DOCUMENT_H
#define DAU_EXPORT_DOCUMENT_H

#include "export/rows.h"

/* Appends one line of JSON and a line feed. A field that was not found is null; a list of which nothing was found is
 * empty. */
void export_document_json(Buf *b, const char *file, const FactVec *facts);

/* Appends m documents and n rows, both ordered by file: each document stands before its pairings. For FORMAT_JSON and
 * FORMAT_JSONL. */
void export_with_documents(Buf *b, Format format, const DocumentRow *docs, size_t m, const Row *rows,
                           size_t n);

#endif
