/* real: e^x and ln x that give the same bits on every machine, and that a loop over a row may take in
 * vectors.
 *
 * The library's differ in the last bit from machine to machine, and with it what is trained. Polynomials of
 * Cephes (Moshier), exact to two units of the last place; no operation may be fused (-std=c17 sees to it).
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

/* Below -87 and above 88 it is as there: next to nothing, and more than anybody sums. */
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

/* Of what is above 0, and no less than 1.2e-38. */
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
