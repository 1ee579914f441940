/* align: compares two sequences, in two ways.
 *
 *   - It counts changes (Levenshtein distance), 64 rows in one machine word. It does so for texts of bytes, and for
 *     numbers of any length. For numbers it also gives the steps from one sequence to the other.
 *
 *         edit_distance("tieu hoc", 8, "tieuhoc", 7, 2)                     1
 *         edit_distance_inside("truong thcs le loi", 18, "thcs", 4, 0)      0
 *
 *         unsigned char *way = xalloc(n + m + 1);
 *         size_t steps = align_way(a, n, b, m, way), i = 0, j = 0;
 *         for (size_t k = 0; k < steps; k++) {
 *             if (way[k] != ALIGN_B) i++;              (a[i] stands alone, or beside b[j])
 *             if (way[k] != ALIGN_A) j++;
 *         }
 *         free(way);
 *
 *   - It cuts both into pairs of segments, as cheaply as the caller's costs allow: "rn" read as "m".
 *
 *         AlignTask task = {.n = n, .m = m, .most_a = 2, .most_b = 3, .band = m, .cost = my_cost, .context = &mine};
 *         float total = align_cheapest(&task, NULL);
 *
 * align_way() is exact at any length. Its memory grows with n + m and its time with n * m / 64: 300,000 words against
 * 300,000 others take some ten seconds. What is alike at both ends costs nothing. A caller that aligns untrusted input
 * bounds n * m first. Nothing here fails; out of memory ends the program (arena.h).
 *
 * Distance: Myers, A fast bit-vector algorithm for approximate string matching, Journal of the ACM 46 (1999), 395.
 * Way: Hirschberg, A linear space algorithm for computing maximal common subsequences, CACM 18 (1975), 341.
 * Of our headers it needs arena alone.
 */
#ifndef DAU_BASE_ALIGN_H
#define DAU_BASE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- texts of bytes ---- */

/* Levenshtein distance of n and m bytes, or most + 1 where it is greater. A string of DISTANCE_MOST bytes or more
 * counts as further than `most` from every other. */
enum { DISTANCE_MOST = 96 };
int edit_distance(const char *a, int n, const char *b, int m, int most);
/* The distance of the pattern from the part of the text that is nearest to it, or most + 1. The text may have any
 * length; a pattern of DISTANCE_MOST bytes or more counts as further than `most`. */
int edit_distance_inside(const char *text, int n, const char *pattern, int m, int most);

/* ---- numbers ---- */

typedef enum AlignStep {
    ALIGN_BOTH = 1, /* one of a beside one of b, equal or not */
    ALIGN_A,        /* one of a that b lacks */
    ALIGN_B,        /* one of b that a lacks */
} AlignStep;

/* How many numbers have to be changed, dropped and inserted to make b of a. */
size_t align_distance(const int32_t *a, size_t n, const int32_t *b, size_t m);

/* Writes the steps of a cheapest way from a to b into `way`, first to last, each an AlignStep. The caller gives it room
 * for n + m. Returns how many there are. */
size_t align_way(const int32_t *a, size_t n, const int32_t *b, size_t m, unsigned char *way);

/* ---- segments with costs ---- */

#define ALIGN_NEVER 1e9f /* the cost of a pair that cannot be */

/* The cost of a[i] to a[i + p - 1] beside b[j] to b[j + q - 1]. p or q may be 0, not both. */
typedef float AlignCost(void *context, size_t i, int p, size_t j, int q);
/* Takes a pair of the cheapest cutting; pairs come last to first. */
typedef void AlignPair(void *context, size_t i, int p, size_t j, int q);

typedef struct AlignTask {
    size_t n, m;        /* how long the two are */
    int most_a, most_b; /* the longest segment of each, 1 to 255 */
    size_t band;        /* how far from the diagonal a pair may end, in steps of b; m: anywhere */
    AlignCost *cost;
    void *context;
} AlignTask;

/* The sum of the costs of the cheapest cutting, or ALIGN_NEVER where there is none. Of equal costs the pair with fewer
 * of a wins, then the one with fewer of b. When `take` is given and there is a cutting, it is called for each pair.
 * Memory: 8 bytes for each of (n + 1) * (m + 1) cells. */
float align_cheapest(const AlignTask *task, AlignPair *take);

#endif
