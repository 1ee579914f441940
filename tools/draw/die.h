/* die: the drawing tool's one way out. A tool, not the program: it may print and exit anywhere.
 * Codes are the program's (base/err.h). */
#ifndef DRAW_DIE_H
#define DRAW_DIE_H

#include "base/err.h"

/* Prints "draw: " and the message (printf's manner, no newline) to stderr and exits with the code. */
_Noreturn void die(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
