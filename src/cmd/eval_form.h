/* eval_form: private to eval*.c. One form for values that count as equal. */
#ifndef DAU_CMD_EVAL_FORM_H
#define DAU_CMD_EVAL_FORM_H

#include "base/arena.h"

/* Case, blanks, stops at the ends and where the tone sits in oa, oe, uy do not count; marks do. */
const char *exact_form(Arena *a, const char *s);

#endif
