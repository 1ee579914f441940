/* store/search: finds where words stand in all that was read, whatever their marks and case.
 *
 *     Hits hits = {0};
 *     store_search(s, "nguyen trai", 100, &arena, &hits, &err);      also "Nguyễn Trãi", "NGUYEN TRAI"
 *     vec_release(&hits);
 *
 * The words must follow one another inside one cell or block, also over the ends of its lines. The last may be the
 * beginning of a word. Each page has an index of folded text (FTS5 over viet_key(), because FTS5 itself does not fold đ).
 */
#ifndef DAU_STORE_SEARCH_H
#define DAU_STORE_SEARCH_H

#include "store/store.h"

typedef struct Hit {
    int64_t doc;
    const char *file;
    int page;
    Rect box;           /* of the words found, as scanned */
    const char *before; /* a few words of its cell or block; restored text, "" when there are none */
    const char *found;
    const char *after;
} Hit;

typedef VEC(Hit) Hits;

/* Appends up to `most` hits in the order of file, page and reading; strings in the arena. DAU_USAGE when `words` has no
 * letter or digit. */
bool store_search(Store *s, const char *words, int most, Arena *a, Hits *hits, Err *err);

#endif
