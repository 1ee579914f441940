/* arena: allocate freely, free once. One arena a page; what must outlive the page is copied out.
 *
 *     Arena a = {0};
 *     char *s = arena_str(&a, "Mầm non");
 *     Word *w = arena_new(&a, Word, 12);        (zeroed)
 *     arena_release(&a);
 *
 * Memory is zeroed and aligned for any type. A pointer stays where it is until the release. Out of memory
 * ends the program in xalloc(), the one place. Low: includes nothing of ours.
 */
#ifndef DAU_BASE_ARENA_H
#define DAU_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *head; /* the block being filled; older blocks hang behind it */
    size_t used;      /* bytes handed out, for statistics */
} Arena;

void *arena_alloc(Arena *a, size_t size);
char *arena_str(Arena *a, const char *s);              /* a copy; NULL gives NULL */
char *arena_strn(Arena *a, const char *s, size_t len); /* a copy of len bytes, NUL-terminated */
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void *arena_dup(Arena *a, const void *p, size_t size);
void arena_release(Arena *a); /* frees everything; the arena may be used again */

#define arena_new(a, T, n) ((T *)arena_alloc((a), arena_array_size((n), sizeof(T))))

size_t arena_array_size(size_t n, size_t size); /* n * size; ends the program on overflow */

/* malloc and realloc that end the program (exit 15) instead of returning NULL. */
void *xalloc(size_t size); /* zeroed */
void *xalloc_lines(
    size_t size); /* and on a border of 64 bytes: a cache's line, which the widest registers fill */
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

#endif
