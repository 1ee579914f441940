/* wide: marks functions that the compiler shall build a second time, for processors with longer vectors.
 *
 *     WIDE static void add_row(float *to, const float *row, int n)
 *     {
 *         for (int i = 0; i < n; i++) to[i] += row[i];
 *     }
 *
 * The loader takes the build that fits the machine. WIDE is only for sums that come out the same however long the
 * vectors are: each number by itself, or in lanes that the code spells out. Compile with -ffp-contract=off. What such a
 * function calls must be inline to profit. On other processors and compilers, and under the address sanitizer, the marks
 * are empty.
 */
#ifndef DAU_BASE_WIDE_H
#define DAU_BASE_WIDE_H

#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__
#define WIDE __attribute__((target_clones("avx2", "default")))
/* Before a function that wants the registers of AVX-512. Call it only where has_widest(). */
#define WIDEST       __attribute__((target("avx512f")))
#define has_widest() __builtin_cpu_supports("avx512f")
/* Before a function that uses operations of <immintrin.h>. Call it only where has_avx2(); it is defined nowhere else. */
#define AVX2       __attribute__((target("avx2")))
#define has_avx2() __builtin_cpu_supports("avx2")
#else
#define WIDE
#define WIDEST
#define has_widest() 0
#endif

#ifdef __GNUC__
#define INLINED __attribute__((always_inline)) static inline
#else
#define INLINED static inline
#endif

#endif
