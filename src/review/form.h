/* form: application/x-www-form-urlencoded (WHATWG URL, 5.1), as queries and bodies have it.
 *
 *     Form f;
 *     if (!form_parse(&f, &arena, text, len)) ...      bad escape, a NUL, not UTF-8, too many fields
 *     form_value(&f, "school")                         NULL: not there
 */
#ifndef DAU_REVIEW_FORM_H
#define DAU_REVIEW_FORM_H

#include "base/arena.h"

#include <stdbool.h>

enum { FORM_MOST = 32 };

typedef struct Form {
    const char *name[FORM_MOST], *value[FORM_MOST];
    int n;
} Form;

bool form_parse(Form *f, Arena *a, const char *text, size_t len);
const char *form_value(const Form *f, const char *name);
/* A whole number within [low, high]; otherwise `missing`. */
long form_number(const Form *f, const char *name, long low, long high, long missing);

#endif
