/* Grows by half and a few, so that a page of 400 words is moved about ten times, not 400. */
#include "base/vec.h"

#include <string.h>

void *vec_room(void *v, size_t n, size_t *cap, size_t size)
{
    if (n >= *cap) {
        *cap = *cap + *cap / 2 + 8;
        v = xrealloc(v, arena_array_size(*cap, size));
    }
    memset((char *)v + n * size, 0, size);
    return v;
}
