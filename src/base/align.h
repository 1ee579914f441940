/* align: all comparing of two sequences, in two ways.
 *
 *   - The number of changes (Levenshtein distance), bit-parallel: of texts of bytes, and of numbers of any length, the
 *     latter with the steps from one to the other.
 *
 *         edit_distance("tieu hoc", 8, "tieuhoc", 7, 2)                     1
 *         edit_distance_inside("truong thcs le loi", 18, "thcs", 4, 0)      0
 *
 *         unsigned char *way = xalloc(n + m + 1);
 *         size_t steps = align_way(a, n, b, m, way), i = 0, j = 0;
 *         for (size_t k = 0; k < steps; k++) {
 *             if (way[k] != ALIGN_B) i++;              (a[i] stands for itself, or beside b[j])
 *             if (way[k] != ALIGN_A) j++;
 *         }
 *
 *   - The cheapest cutting of both into pairs of segments, whose costs the caller tells: "rn" read as "m".
 *
 *         AlignTask task = {.n = n, .m = m, .most_a = 2, .most_b = 3, .band = m, .cost = my_cost, .context = &mine};
 *         float total = align_cheapest(&task, NULL);
 *
 * align_way() is exact at any length. Its memory grows with n + m, its time with n * m / 64: 300,000 words against
 * 300,000 others take some ten seconds. What is alike at both ends costs nothing. A caller that aligns
 * untrusted input bounds n * m first.
 *
 * Distance: Myers, A fast bit-vector algorithm for approximate string matching, Journal of the ACM 46 (1999), 395.
 * Way: Hirschberg, A linear space algorithm for computing maximal common subsequences, CACM 18 (1975), 341. Low:
 * sees only arena.
 */
#ifndef DAU_BASE_ALIGN_H
#define DAU_BASE_ALIGN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* ---- texts of bytes ---- */

/* Levenshtein distance of n and m bytes, at most `most` + 1. Strings of DISTANCE_MOST bytes or more are that far
 * apart from everything. */
enum { DISTANCE_MOST = 96 };
int edit_distance(const char *a, int n, const char *b, int m, int most);
/* The distance of the pattern from that part of the text that is nearest to it, at most `most` + 1. */
int edit_distance_inside(const char *text, int n, const char *pattern, int m, int most);

/* ---- numbers ---- */

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

/* ---- segments with costs ---- */

#define ALIGN_NEVER 1e9f /* the cost of a pair that cannot be */

/* Of a[i] to a[i + p - 1] beside b[j] to b[j + q - 1]; p and q are not both 0. */
typedef float AlignCost(void *context, size_t i, int p, size_t j, int q);
/* A pair of the cheapest cutting; pairs come last to first. */
typedef void AlignPair(void *context, size_t i, int p, size_t j, int q);

typedef struct AlignTask {
    size_t n, m;        /* how long the two are */
    int most_a, most_b; /* the longest segment of each, at least 1 */
    size_t band;        /* how far from the diagonal a pair may end, in steps of b; m: anywhere */
    AlignCost *cost;
    void *context;
} AlignTask;

/* The sum of the costs of the cheapest cutting, or ALIGN_NEVER. Of equal costs the pair with fewer of a, then
 * fewer of b wins. When `take` is given and there is a cutting, it is called for each of its pairs. */
float align_cheapest(const AlignTask *task, AlignPair *take);

#endif
