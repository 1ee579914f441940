/* load/html: turns a web page, or DocBook, into a flow.
 *
 *     html_walk(doc, &utf8, false, flow, &err);
 */
#ifndef DAU_LOAD_HTML_H
#define DAU_LOAD_HTML_H

#include "load/load.h"
#include "load/flow.h"

/* The bytes may be broken in any way; DAU_BAD_INPUT only when they are too many for the parser. */
bool html_walk(const Load *doc, const Buf *utf8, bool docbook, Flow *flow, Err *err);

#endif
