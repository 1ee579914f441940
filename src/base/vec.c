/* Grows by half and a few, so that a page of 400 words is moved about ten times, not 400. */
#include "base/vec.h"

void *vec_grow(void *v, size_t *cap, size_t size)
{
    *cap = *cap + *cap / 2 + 8;
    return xrealloc(v, arena_array_size(*cap, size));
}
