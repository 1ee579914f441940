/* A line of a file of corrections is an object of JSON, as correction_json() writes it. It holds the act ("fix"), who made
 * it and when, the document, the row and its place. Then follow what stood there ("Nguyén Du") and what is right ("Nguyễn
 * Du").
 */
#include "cmd/corrections.h"

#include "store/correct.h"

#include <jansson.h>
#include <string.h>

static const char *text_of(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

static bool number_of(const json_t *value, int *out)
{
    json_int_t n = json_integer_value(value);
    *out = (int)n;
    return json_is_integer(value) && n >= -(1 << 30) && n <= 1 << 30;
}

static bool take_box(const json_t *o, Correction *c)
{
    const json_t *box = json_object_get(o, "box");
    int v[4];
    if (json_array_size(box) != 4) return false;
    for (size_t i = 0; i < 4; i++)
        if (!number_of(json_array_get(box, i), &v[i])) return false;
    c->place.box = (Rect){v[0], v[1], v[2], v[3]};
    return number_of(json_object_get(o, "page"), &c->place.page) &&
           number_of(json_object_get(o, "part"), &c->part);
}

static bool take_object(Store *s, const json_t *o, bool *fresh, Err *err)
{
    Correction c = {.act = text_of(o, "act"),
                    .made = text_of(o, "made"),
                    .who = text_of(o, "who"),
                    .kind = text_of(o, "kind"),
                    .sha256 = text_of(o, "sha256"),
                    .pairing = text_of(o, "pairing"),
                    .subject = text_of(o, "subject"),
                    .field = text_of(o, "field"),
                    .old = text_of(o, "old"),
                    .new = text_of(o, "new"),
                    .why = text_of(o, "why"),
                    .target = text_of(o, "target"),
                    .found = text_of(o, "found")};
    if (!take_box(o, &c)) return err_set(err, DAU_BAD_INPUT, "page, part and box must be whole numbers");
    return corrections_take(s, &c, fresh, err);
}

static bool take_line(Store *s, const char *line, size_t n, bool *fresh, Err *err)
{
    json_error_t why;
    json_t *o = json_loadb(line, n, 0, &why);
    if (!json_is_object(o))
        err_set(err, DAU_BAD_INPUT, "%s", o ? tr_later("not an object of JSON") : why.text);
    else
        take_object(s, o, fresh, err);
    json_decref(o);
    return !err_is(err);
}

bool corrections_take_lines(Store *s, const char *name, const char *text, size_t len, CorrectionsTaken *t,
                            Err *err)
{
    const char *p = text, *end = p + len;
    for (long line = 1; p < end && !err_is(err); line++) {
        size_t n = strcspn(p, "\n");
        bool fresh = false;
        if (strspn(p, " \t\r") < n && !take_line(s, p, n, &fresh, err))
            err_prefix(err, "'%s' line %ld", name, line);
        else if (strspn(p, " \t\r") < n)
            fresh ? t->fresh++ : t->known++;
        p += n + 1;
    }
    return !err_is(err);
}
