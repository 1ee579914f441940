/* load/kinds: the one table of the kinds of files, those that are read and those that are only recognised.
 *
 *     FileKind kind = kind_find(bytes, n);
 *     if (kind < 0 || !kind_reader(kind)) return kind_refuse(kind, path, err);
 *     kind_reader(kind)->open(doc, &err);
 *
 * A kind is its place in the table; nothing else counts kinds or is sized by them. To read one more kind, write its reader
 * and add its row to kinds.c: the bytes by which it is recognised, its endings, its reader. Messages, the walk through a
 * folder and the name in the database follow from the row. Bytes decide what a file is. Endings only tell that somebody
 * meant another file.
 */
#ifndef DAU_LOAD_KINDS_H
#define DAU_LOAD_KINDS_H

#include "load/private.h"

/* The kind of these n bytes; -1: none of the table. The first and the last 256 KB of a file are enough, except for old
 * Office files, whose directory may be anywhere. */
FileKind kind_find(const char *data, size_t n);
const Reader *kind_reader(FileKind kind); /* NULL: recognised, but not read */
/* Whether the file's name promises a scan or an Office document, so that text in it is a mistake. */
bool kind_promised(const char *path);
/* Records why a file of this kind, or of none (-1), is not read, and what to do. Returns false. */
bool kind_refuse(FileKind kind, const char *path, Err *err);
bool kind_is_text(FileKind kind);

#endif
