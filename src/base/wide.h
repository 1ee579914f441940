/* wide: WIDE before a function that counts rows of numbers: it is compiled once more for processors with
 * longer vectors, and the loader takes what fits the machine. Only for sums that come out the same however
 * long the vectors are: each number by itself, or in lanes that the code spells out; compile with
 * -ffp-contract=off. What such a function calls has to be inline to profit. Elsewhere, and under sanitizers,
 * it is nothing. */
#ifndef DAU_BASE_WIDE_H
#define DAU_BASE_WIDE_H

#if defined __x86_64__ && defined __GNUC__ && !defined __clang__ && !defined __SANITIZE_ADDRESS__
#define WIDE __attribute__((target_clones("avx2", "default")))
/* Before a function that wants more registers than most processors have: only where has_widest(). */
#define WIDEST       __attribute__((target("avx512f")))
#define has_widest() __builtin_cpu_supports("avx512f")
/* Before a function of <immintrin.h>'s operations: only where has_avx2(). Nowhere else defined. */
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
