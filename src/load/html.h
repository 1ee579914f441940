/* load/html: what a web page, or DocBook, says, as a flow. */
#ifndef DAU_LOAD_HTML_H
#define DAU_LOAD_HTML_H

#include "load/load.h"
#include "load/flow.h"

/* utf8 may be broken in any way. DAU_BAD_INPUT only when it is too large for the parser. `lines`: a line feed
 * ends a line, as in <pre>. */
bool html_walk(const Load *doc, const Buf *utf8, bool docbook, Flow *flow, Err *err);

#endif
