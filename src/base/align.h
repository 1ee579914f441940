/* align: two sequences of numbers side by side, with the fewest changes (Levenshtein distance).
 *
 *     unsigned char *way = xalloc(n + m + 1);
 *     size_t steps = align_way(a, n, b, m, way), i = 0, j = 0;
 *     for (size_t k = 0; k < steps; k++) {
 *         if (way[k] != ALIGN_B) i++;              (a[i] stands for itself, or beside b[j])
 *         if (way[k] != ALIGN_A) j++;
 *     }
 *
 * Exact at any length. Memory grows with n + m, time with n * m / 64 (300,000 words against 300,000 others:
 * some ten seconds); what is alike at both ends costs nothing. Who aligns what strangers send bounds n * m
 * first. Distance: Myers, A fast bit-vector algorithm for approximate string matching, Journal of the ACM 46
 * (1999), 395. Way: Hirschberg, A linear space algorithm for computing maximal common subsequences, CACM 18
 * (1975), 341. For two words, `edit_distance()` of base/str.h. Low: sees only arena.
 */
#ifndef DAU_BASE_ALIGN_H
#define DAU_BASE_ALIGN_H

#include <stddef.h>
#include <stdint.h>

typedef enum AlignStep {
    ALIGN_BOTH = 1, /* one of a beside one of b, equal or not */
    ALIGN_A,        /* one of a that b lacks */
    ALIGN_B,        /* one of b that a lacks */
} AlignStep;

/* How many changes, losses and insertions make b of a. */
size_t align_distance(const int32_t *a, size_t n, const int32_t *b, size_t m);

/* The steps of a cheapest way from a to b, first to last, into `way`, which has room for n + m; gives their
 * number. */
size_t align_way(const int32_t *a, size_t n, const int32_t *b, size_t m, unsigned char *way);

#endif
