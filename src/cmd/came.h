/* cmd/came: tells people how the text of pages was obtained: converted from an old charset, taken from a text layer or
 * not, read as the page lay because nothing told surely which way is up.
 *
 *     Came came = {0};
 *     came_count(&came, page.via);                      (each page)
 *     came_say(&came, "plan.pdf");                      (what is worth a word; NULL: of a whole run)
 */
#ifndef DAU_CMD_CAME_H
#define DAU_CMD_CAME_H

#include "base/arena.h"
#include "base/charset.h"
#include "base/str.h"

typedef struct Came {
    int converted[CHARSET_VIQR + 1]; /* pages, by the charset they were in; UTF-8 is not counted */
    int taken, unused;               /* pages whose text layer was taken, and not used */
    int unsure;                      /* pages that may lie on their side or upside down (CLEAN_UNSURE) */
} Came;

void came_count(Came *c, const char *via); /* Page.via (load/load.h); NULL counts as nothing */
/* Says it on stderr, unless there is nothing to say or -q was given. */
void came_say(const Came *c, const char *path);
/* Page.via of a page that page_dump() wrote; in the arena. NULL: the dump is not one. */
const char *came_via(const Buf *dump, Arena *a);

#endif
