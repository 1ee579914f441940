/* vec: arrays of any type that grow, on the heap.
 *
 *     typedef VEC(Word) Words;
 *     Words ws = {0};
 *     *vec_push(&ws) = (Word){...};             (the new element is zeroed)
 *     for (size_t i = 0; i < ws.n; i++) use(&ws.v[i]);
 *     vec_release(&ws);
 *
 * The vector owns its elements, not what they point to. A pointer into v is valid until the next push. Of our headers it
 * needs arena alone.
 */
#ifndef DAU_BASE_VEC_H
#define DAU_BASE_VEC_H

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

#define VEC(T)                              \
    struct {                                \
        T *v;       /* the elements */      \
        size_t n;   /* how many */          \
        size_t cap; /* room for how many */ \
    }

/* Appends a zeroed element and gives its address. */
#define vec_push(vec) \
    ((vec)->v = vec_room((vec)->v, (vec)->n, &(vec)->cap, sizeof *(vec)->v), &(vec)->v[(vec)->n++])

/* Makes room for `more` elements, which are neither counted nor zeroed. After it v[n++] needs no check. */
#define vec_reserve(vec, more) \
    ((vec)->v = vec_room_for((vec)->v, (vec)->n + (more), &(vec)->cap, sizeof *(vec)->v))

#define vec_release(vec) (free((vec)->v), (vec)->v = NULL, (vec)->n = (vec)->cap = 0)

/* Forgets the elements and keeps the room. */
#define vec_clear(vec) ((void)((vec)->n = 0))

/* Private to the macros: v with more room; v with room for element n, which is zeroed; v with room for n. */
void *vec_grow(void *v, size_t *cap, size_t size);
static inline void *vec_room(void *v, size_t n, size_t *cap, size_t size)
{
    if (n >= *cap) v = vec_grow(v, cap, size);
    memset((char *)v + n * size, 0, size);
    return v;
}
static inline void *vec_room_for(void *v, size_t n, size_t *cap, size_t size)
{
    while (n > *cap) v = vec_grow(v, cap, size);
    return v;
}

#endif
