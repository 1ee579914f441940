/* map: counts strings, and remembers which were met: a hash table from strings to int.
 *
 *     Map m = {0};
 *     (*map_at(&m, "mai"))++;                   (made with value 0 when it is not there)
 *     int n = map_lookup(&m, "hoa", 0);         (0 when it is not there)
 *     map_release(&m);
 *
 * The map copies its keys and owns them. Of our headers it needs arena alone.
 */
#ifndef DAU_BASE_MAP_H
#define DAU_BASE_MAP_H

#include "base/arena.h"

#include <stddef.h>

typedef struct MapSlot {
    const char *key; /* NULL: free */
    int value;
} MapSlot;

typedef struct Map {
    MapSlot *slot;
    size_t cap; /* a power of two, or 0 */
    size_t n;   /* keys held */
    Arena keys;
} Map;

int *map_at(Map *m, const char *key); /* lent until the next map_at() */
/* The value of the key; `otherwise` when it is not there. */
int map_lookup(const Map *m, const char *key, int otherwise);
void map_release(Map *m);

#endif
