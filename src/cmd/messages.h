/* cmd/messages: where say(), tell() and complain() of cmd.h write: to stderr, as lines for a person or as objects of JSON
 * for a program, and to a log.
 *
 *     messages_as_json = true;                     {"event":"error","code":2,"text":"..."}
 *     messages_log("run.log", &err);               2026-11-22T07:00:00Z error 2: ...
 *     note("page 3 of '%s': 1.2 s", path);         (to the log alone)
 *     messages_end();
 *
 * A control character, as a file name may hold it, is shown as '?'.
 */
#ifndef DAU_CMD_MESSAGES_H
#define DAU_CMD_MESSAGES_H

#include "base/err.h"
#include "base/str.h"

#include <stdarg.h>
#include <stdbool.h>

extern bool messages_as_json;

/* Opens a log, to which messages are appended: a line a message, with the time (UTC). DAU_FILE_ACCESS on error. */
bool messages_log(const char *path, Err *err);
void messages_end(void);

/* Writes a message to the log alone, where there is one. */
void note(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* ---- for cmd.h's own ---- */
typedef enum Seen { SEEN, LOGGED_ONLY } Seen;        /* LOGGED_ONLY: not on stderr */
void message(Seen seen, int code, const char *text); /* code 0: no error */
void messagev(Seen seen, const char *fmt, va_list ap);
/* Writes one object and a line feed to stderr. */
void message_json(const Buf *object);

#endif
