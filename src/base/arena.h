/* arena: memory that is allocated freely and freed at once.
 *
 * Each page has one arena. Whoever wants to keep something beyond the page copies it out.
 *
 *     Arena a = {0};
 *     char *s = arena_str(&a, "Mầm non");
 *     Word *w = arena_new(&a, Word, 12);        (zeroed)
 *     arena_release(&a);
 *
 * The arena owns what it hands out; nothing of it is freed singly. Its memory is zeroed and aligned for any type, and
 * a pointer stays valid until the release. When memory runs out, xalloc() and its sisters say so on standard error and
 * end the program with exit code 15: the only place below cmd/ that prints or exits. So none of these functions returns
 * NULL for want of memory. An arena is for one thread at a time. This header includes nothing of ours.
 */
#ifndef DAU_BASE_ARENA_H
#define DAU_BASE_ARENA_H

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *head; /* the block being filled; older blocks hang behind it */
    size_t used;      /* bytes handed out, for statistics */
} Arena;

/* `size` bytes, zeroed; 0 is allowed. */
void *arena_alloc(Arena *a, size_t size);
char *arena_str(Arena *a, const char *s);              /* a copy; NULL for NULL */
char *arena_strn(Arena *a, const char *s, size_t len); /* a copy of len bytes, NUL-terminated */
char *arena_printf(Arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* A copy of `size` bytes. */
void *arena_dup(Arena *a, const void *p, size_t size);
void arena_release(Arena *a); /* frees everything; the arena may be used again */

/* n zeroed elements of type T. */
#define arena_new(a, T, n) ((T *)arena_alloc((a), arena_array_size((n), sizeof(T))))

size_t arena_array_size(size_t n, size_t size); /* n * size; ends the program on overflow */

/* The heap, for what outlives an arena: the caller frees what it gets, with free(). xalloc() zeroes; the bytes that
 * xrealloc() adds are not set. */
void *xalloc(size_t size);
/* Zeroed, at an address divisible by 64: a line of the cache, and what the widest registers hold. */
void *xalloc_lines(size_t size);
void *xrealloc(void *p, size_t size);
char *xstrdup(const char *s);

#endif
