/* cmd/progress: shows on stderr how far a long command is.
 *
 *     Progress p;
 *     progress_open(&p);
 *     progress_show(&p, &(Count){.done = 12, .all = 80, .failed = 1}, "plan-3.pdf");
 *     progress_hide(&p);                    (before anything else is printed)
 *     progress_close(&p);
 *
 * With messages_as_json it writes an object a second:
 *
 *     {"event":"progress","done":12,"all":80,"estimate":false,"failed":1,"seconds":6,"left":34,"file":"plan-3.pdf"}
 *
 * At a terminal it draws one line over and over, a few times a second at most. The line is as wide as the terminal, 40
 * to 200 columns. Elsewhere it writes a plain line now and then; with -q nothing. It respects NO_COLOR and TERM=dumb.
 *
 *     [##########>-----------------]  12/80 pages  1 failed  32 s left  2.1/s  plan-3.pdf
 */
#ifndef DAU_CMD_PROGRESS_H
#define DAU_CMD_PROGRESS_H

#include "base/str.h"

#include <stdbool.h>

typedef struct Count {
    long done, all, failed; /* pages; done includes those that failed, not those of earlier runs */
    bool guess;             /* `all` is an estimate: not every document was opened yet */
} Count;

typedef struct Progress {
    bool terminal, color, quiet, json;
    bool drawn;           /* a line stands there now */
    double started, last; /* seconds on the monotonic clock */
} Progress;

void progress_open(Progress *p);
/* Draws how far it is; `name` is the file that is at work. Calls that come too soon after one another draw nothing. */
void progress_show(Progress *p, const Count *count, const char *name);
/* Shows a sentence in place of a bar, for what has no known end ("looking at files: 1200"). */
void progress_say(Progress *p, const char *sentence);
void progress_hide(Progress *p);
void progress_close(Progress *p);

/* Appends the line itself, of `width` columns at most; `seconds` are since the start. */
void progress_line(Buf *b, const Count *count, const char *name, double seconds, int width, bool color);
/* The same as JSON, without a line feed. */
void progress_json(Buf *b, const Count *count, const char *name, double seconds);
/* Appends a duration in the reader's language: "41 s", "3 min 20 s", "2 h 5 min". */
void add_duration(Buf *b, double seconds);

/* Columns of the terminal behind a descriptor, else $COLUMNS, else 80; kept between 40 and 200. */
int terminal_width(int fd);

#endif
