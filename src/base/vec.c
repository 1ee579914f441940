/* Room grows by half and eight, so that the vector of a page with 400 words is moved nine times, not 400. */
#include "base/vec.h"

void *vec_grow(void *v, size_t *cap, size_t size)
{
    *cap = *cap + *cap / 2 + 8;
    return xrealloc(v, arena_array_size(*cap, size));
}
