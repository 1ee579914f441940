/* A chain of blocks, each twice the one before, up to a megabyte. A page's words and names, "Mầm non 3-2" and its like,
 * fill the block at the head. A request for more than half a block gets its own. That one is put behind the head, so
 * that the head's rest is not lost. */
#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 16 * 1024, LARGEST_BLOCK = 1024 * 1024, ALIGN = 16 }; /* bytes */

struct ArenaBlock {
    ArenaBlock *next;
    size_t size, used; /* of data[] */
    _Alignas(ALIGN) unsigned char data[];
};

static void out_of_memory(size_t size)
{
    fprintf(stderr, "dau: out of memory (asked for %zu bytes); close other programs or run fewer jobs (-j)\n",
            size);
    exit(15);
}

void *xalloc(size_t size)
{
    void *p = calloc(1, size ? size : 1);
    if (!p) out_of_memory(size);
    return p;
}

void *xalloc_lines(size_t size)
{
    enum { LINE = 64 };
    void *p = size <= SIZE_MAX - LINE ? aligned_alloc(LINE, (size + LINE) / LINE * LINE) : NULL;
    if (!p) out_of_memory(size);
    return memset(p, 0, size);
}

void *xrealloc(void *p, size_t size)
{
    void *q = realloc(p, size ? size : 1);
    if (!q) out_of_memory(size);
    return q;
}

char *xstrdup(const char *s)
{
    size_t n = strlen(s) + 1;
    return memcpy(xalloc(n), s, n);
}

size_t arena_array_size(size_t n, size_t size)
{
    if (size && n > (SIZE_MAX / 2) / size) out_of_memory(SIZE_MAX);
    return n * size;
}

static ArenaBlock *block_new(size_t size)
{
    ArenaBlock *b = xalloc(sizeof *b + size);
    b->size = size;
    return b;
}

static ArenaBlock *block_with_room(Arena *a, size_t size)
{
    ArenaBlock *head = a->head;
    if (head && head->size - head->used >= size) return head;
    size_t want = head ? head->size * 2 : FIRST_BLOCK;
    if (want > LARGEST_BLOCK) want = LARGEST_BLOCK;
    if (head && size > want / 2) { /* a big one: its own block behind the head */
        ArenaBlock *b = block_new(size);
        b->next = head->next;
        head->next = b;
        return b;
    }
    ArenaBlock *b = block_new(size > want ? size : want);
    b->next = head;
    a->head = b;
    return b;
}

void *arena_alloc(Arena *a, size_t size)
{
    size_t rounded = (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    if (rounded < size) out_of_memory(size);
    ArenaBlock *b = block_with_room(a, rounded);
    void *p = b->data + b->used;
    b->used += rounded;
    a->used += rounded;
    return p;
}

void *arena_dup(Arena *a, const void *p, size_t size)
{
    void *q = arena_alloc(a, size);
    if (size) memcpy(q, p, size);
    return q;
}

char *arena_strn(Arena *a, const char *s, size_t len)
{
    char *p = arena_alloc(a, len + 1);
    if (len) memcpy(p, s, len);
    return p;
}

char *arena_str(Arena *a, const char *s)
{
    return s ? arena_strn(a, s, strlen(s)) : NULL;
}

char *arena_printf(Arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    char *p = arena_alloc(a, n < 0 ? 1 : (size_t)n + 1);
    if (n > 0) vsnprintf(p, (size_t)n + 1, fmt, again);
    va_end(again);
    return p;
}

void arena_release(Arena *a)
{
    for (ArenaBlock *b = a->head; b;) {
        ArenaBlock *next = b->next;
        free(b);
        b = next;
    }
    *a = (Arena){0};
}
