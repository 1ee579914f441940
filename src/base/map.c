/* Open addressing with linear probing, at most two thirds full, over the FNV-1a hash. "mai" and "mái" are two keys; a
 * caller that wants them as one passes viet_key() of both. */
#include "base/map.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAP = 64 };

static uint64_t hash(const char *s)
{
    uint64_t h = 14695981039346656037u;
    for (; *s; s++) h = (h ^ (unsigned char)*s) * 1099511628211u;
    return h ^ h >> 29;
}

static MapSlot *find(const Map *m, const char *key)
{
    size_t i = hash(key) & (m->cap - 1);
    while (m->slot[i].key && strcmp(m->slot[i].key, key) != 0) i = (i + 1) & (m->cap - 1);
    return &m->slot[i];
}

static void grow(Map *m)
{
    Map old = *m;
    m->cap = old.cap ? old.cap * 2 : FIRST_CAP;
    m->slot = xalloc(arena_array_size(m->cap, sizeof *m->slot));
    for (size_t i = 0; i < old.cap; i++)
        if (old.slot[i].key) *find(m, old.slot[i].key) = old.slot[i];
    free(old.slot);
}

int *map_at(Map *m, const char *key)
{
    if (m->n * 3 >= m->cap * 2) grow(m);
    MapSlot *s = find(m, key);
    if (!s->key) {
        s->key = arena_str(&m->keys, key);
        m->n++;
    }
    return &s->value;
}

int map_lookup(const Map *m, const char *key, int otherwise)
{
    if (!m->cap) return otherwise;
    const MapSlot *s = find(m, key);
    return s->key ? s->value : otherwise;
}

void map_release(Map *m)
{
    free(m->slot);
    arena_release(&m->keys);
    *m = (Map){0};
}
