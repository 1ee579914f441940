/* load/packed: reads the parts of a document that is a zip file (DOCX, ODT), and walks through their XML.
 *
 *     Buf xml = {0};
 *     bool found;
 *     if (packed_read(doc, "word/document.xml", &xml, &found, &err) && found)
 *         packed_walk(doc, "word/document.xml", &xml, &walker, &err);
 *     buf_release(&xml);
 */
#ifndef DAU_LOAD_PACKED_H
#define DAU_LOAD_PACKED_H

#include "load/private.h"

#include <libxml/xmlreader.h>

/* Reads the part of that name into out. *found becomes false, without an error, when there is none. DAU_BAD_INPUT,
 * DAU_ENCRYPTED, or DAU_LIMIT when it unpacks to more than the options allow. */
bool packed_read(const Load *doc, const char *name, Buf *out, bool *found, Err *err);

/* False, with DAU_ENCRYPTED, when the manifest of an OpenDocument says that its parts are encrypted. */
bool packed_open_document(const Load *doc, Err *err);

/* Gets one element or piece of text after the other. Elements are known by their names without the prefix. */
typedef struct Walker {
    void *data;
    void (*begin)(void *data, const char *name, xmlTextReader *at);
    void (*end)(void *data, const char *name);
    void (*text)(void *data, const char *utf8, size_t n);
} Walker;

/* Walks through the XML, without entities, DTD or network; libxml2 limits depth and lengths. DAU_BAD_INPUT when it is not
 * well-formed. `part` is for the message. */
bool packed_walk(const Load *doc, const char *part, const Buf *xml, const Walker *walker, Err *err);

/* The value of an attribute, by its name without the prefix: as text, cut to fit, NULL where it is not there; as a number,
 * `otherwise` where it is not. */
const char *walk_attr(xmlTextReader *at, const char *name, char *value, size_t cap);
int walk_number(xmlTextReader *at, const char *name, int otherwise);

#endif
