/* came: how the text of pages was come by, for people: converted from an old charset, taken from a text layer
 * or not.
 *
 *     Came came = {0};
 *     came_count(&came, page.via);                      each page
 *     came_say(&came, "plan.pdf");                      what is worth a word; NULL: of a whole run
 */
#ifndef DAU_CMD_CAME_H
#define DAU_CMD_CAME_H

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"

typedef struct Came {
    int converted[CHARSET_VIQR + 1]; /* pages, by what they were in; UTF-8 is none */
    int taken, unused;               /* pages whose text layer was taken, was passed over */
} Came;

void came_count(Came *c, const char *via); /* Page.via (stage/load.h); NULL counts as nothing */
void came_say(const Came *c, const char *path);
/* Page.via out of a page as page_dump() writes it, lent from the arena; NULL: there is none. */
const char *came_via(const Buf *dump, Arena *a);

#endif
