/* real: computes e^x and ln x with the same bits on every machine, in a form that the compiler can vectorise.
 *
 *     for (int i = 0; i < n; i++) p[i] = real_exp(score[i] - most);
 *
 * The C library's differ in the last bit from machine to machine, and with them what is trained. These are the
 * polynomials of Cephes (Moshier, netlib.org/cephes), exact to two units in the last place. No multiplication may be
 * fused with an addition; -std=c17 sees to it.
 */
#ifndef DAU_BASE_REAL_H
#define DAU_BASE_REAL_H

#include <stdint.h>
#include <string.h>

static inline float real_of_bits(uint32_t bits)
{
    float x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

static inline uint32_t real_bits(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    return bits;
}

/* e^x. Below -87 it is e^-87, above 88 it is e^88. */
static inline float real_exp(float x)
{
    x = x > -87 ? x : -87;
    x = x < 88 ? x : 88;
    float turns = x * 1.44269504f;             /* e^x = 2^turns */
    int32_t whole = (int32_t)(turns + 127.5f); /* never negative, so that it is rounded */
    float n = (float)(whole - 127), r = (x - n * 0.693359375f) + n * 2.12194440e-4f; /* n ln 2 in two parts */
    float p = 1.9875691500e-4f;
    p = p * r + 1.3981999507e-3f;
    p = p * r + 8.3334519073e-3f;
    p = p * r + 4.1665795894e-2f;
    p = p * r + 1.6666665459e-1f;
    p = p * r + 5.0000001201e-1f;
    return (p * (r * r) + r + 1) * real_of_bits((uint32_t)whole << 23);
}

/* ln x, for x of at least 1.2e-38 (the least normal float). */
static inline float real_log(float x)
{
    enum { HALF_ROOT = 0x3F3504F3 }; /* the bits of sqrt(1/2): the mantissa is taken from there to sqrt(2) */
    uint32_t bits = real_bits(x) - HALF_ROOT;
    float n = (float)((int32_t)bits >> 23), r = real_of_bits((bits & 0x7FFFFF) + HALF_ROOT) - 1;
    float p = 7.0376836292e-2f;
    p = p * r - 1.1514610310e-1f;
    p = p * r + 1.1676998740e-1f;
    p = p * r - 1.2420140846e-1f;
    p = p * r + 1.4249322787e-1f;
    p = p * r - 1.6668057665e-1f;
    p = p * r + 2.0000714765e-1f;
    p = p * r - 2.4999993993e-1f;
    p = p * r + 3.3333331174e-1f;
    float square = r * r;
    p = p * r * square - n * 2.12194440e-4f - 0.5f * square;
    return r + p + n * 0.693359375f;
}

#endif
