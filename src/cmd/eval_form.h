/* cmd/eval_form: one form for all values that count as equal. Private to eval*.c.
 *
 *     exact_form(&a, "Trường  Hòa Bình - A.")            "trường hoà bình-a"
 */
#ifndef DAU_CMD_EVAL_FORM_H
#define DAU_CMD_EVAL_FORM_H

#include "base/arena.h"

/* What does not count: case, the number of blanks, blanks round a dash, punctuation at the ends, and where the tone of
 * oa, oe, uy is written. Marks count. In the arena. */
const char *exact_form(Arena *a, const char *s);

#endif
