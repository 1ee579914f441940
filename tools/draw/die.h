/* die: ends the drawing tool with a message. It is a tool, not the program: it may print and exit anywhere. Codes are the
 * program's (base/err.h).
 *
 *     if (!file) die(DAU_FILE_ACCESS, "cannot write '%s'", path);
 */
#ifndef DRAW_DIE_H
#define DRAW_DIE_H

#include "base/err.h"

/* Prints "draw: " and the message (printf's manner, no newline) to stderr and exits with the code. */
_Noreturn void die(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
