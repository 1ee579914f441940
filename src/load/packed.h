/* load/packed: the parts of a document that is a zip file (DOCX, ODT), and walking through their XML. */
#ifndef DAU_LOAD_PACKED_H
#define DAU_LOAD_PACKED_H

#include "load/private.h"

#include <libxml/xmlreader.h>

/* The part of that name into out. *found false and no error when there is none. DAU_BAD_INPUT, DAU_ENCRYPTED,
 * or DAU_LIMIT when it unpacks to more than the options allow. */
bool packed_read(const Load *doc, const char *name, Buf *out, bool *found, Err *err);

/* One element or piece of text after the other. Elements are known by their names without the prefix. */
typedef struct Walker {
    void *data;
    void (*begin)(void *data, const char *name, xmlTextReader *at);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *utf8, size_t n);
} Walker;

/* No entities, no DTD, no network; depth and lengths as libxml2 limits them. DAU_BAD_INPUT when it is no
 * sound XML. `part` is for the message. */
bool packed_walk(const Load *doc, const char *part, const Buf *xml, const Walker *walker, Err *err);

/* The value of an attribute, by its name without the prefix, or otherwise, cut to fit. */
const char *walk_attr(xmlTextReader *at, const char *name, char *value, size_t cap);
int walk_number(xmlTextReader *at, const char *name, int otherwise);

#endif
