/* The row "25 Nguyễn Du - Phú Lãm" on page 4 is "4  212 804 1210 60  118 6": page, box, first word, words. A number is
 * read as a double first, so that one too large for an int is refused, not wrapped. */
#include "doc/place.h"

#include "base/tsv.h"

#include <math.h>
#include <stdlib.h>

void place_add(Buf *b, const Place *p)
{
    const int v[] = {p->page, p->box.x, p->box.y, p->box.w, p->box.h, p->first_word, p->words};
    for (int i = 0; i < PLACE_FIELDS; i++) tsv_addf(b, "%d", v[i]);
    tsv_end(b);
}

bool place_take(char *const *field, Place *p)
{
    int v[PLACE_FIELDS];
    for (int i = 0; i < PLACE_FIELDS; i++) {
        char *end = NULL;
        double d = field[i] ? strtod(field[i], &end) : 0;
        if (!field[i] || end == field[i] || *end || !(fabs(d) <= 2147483647.0)) return false;
        v[i] = (int)d;
    }
    *p = (Place){v[0], {v[1], v[2], v[3], v[4]}, v[5], v[6]};
    return true;
}

bool prob_take(const char *field, float *prob)
{
    char *end = NULL;
    double v = field ? strtod(field, &end) : -1;
    *prob = (float)v;
    return field && end != field && !*end && v >= 0 && v <= 1;
}
