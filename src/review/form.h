/* review/form: reads application/x-www-form-urlencoded (WHATWG URL, 5.1), the form of queries and bodies.
 *
 *     Form f;
 *     if (!form_parse(&f, &arena, text, len)) ...      (bad escape, a NUL, not UTF-8, more than FORM_MOST fields)
 *     form_value(&f, "school")                         "Nguyễn Du"; NULL: it is not there
 *
 * Names and values are lent from the arena.
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

/* Reads a form; false when it cannot be read. At most FORM_MOST fields. */
bool form_parse(Form *f, Arena *a, const char *text, size_t len);
const char *form_value(const Form *f, const char *name);
/* The field as a whole number from `low` to `high`; `missing` where it is not there or not such a number. */
long form_number(const Form *f, const char *name, long low, long high, long missing);

#endif
