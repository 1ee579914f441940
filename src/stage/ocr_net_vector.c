/* The inner loops of the network, for any processor and for those with AVX2 or AVX-512 VNNI. Sums of whole
 * numbers come out the same in any order; what follows is done in the order and with the roundings of
 * Tesseract 5: functions from tables of 4,096 places with straight lines between, answers rounded to 8 bits.
 *
 * One gate: weights 12 and -7, inputs 100 and 50, bias 3 (times 127): 1200 - 350 + 381 = 1231; times a scale
 * of 0.0004 is 0.492; its logistic 0.621.
 */
#include "stage/ocr_net_own.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define WITH(isa) __attribute__((target(isa)))
#endif

enum { TABLE = 4096, PER_ONE = 256, LARGEST = 127 };
static const float STATE_LIMIT = 100;

static float tanh_table[TABLE], logistic_table[TABLE];

static void fill_tables(void)
{
    for (int i = 0; i < TABLE; i++) {
        tanh_table[i] = (float)tanh((double)i / PER_ONE);
        logistic_table[i] = (float)(1 / (1 + exp(-(double)i / PER_ONE)));
    }
}

/* ---- for any processor ---- */

static void times_plain(const Matrix *m, const int8_t *x, int32_t *sum)
{
    const int8_t *w = m->w;
    memcpy(sum, m->bias, (size_t)m->blocks * NET_BLOCK * sizeof *sum);
    for (int b = 0; b < m->blocks; b++)
        for (int g = 0; g < m->groups; g++)
            for (int o = 0; o < NET_BLOCK; o++)
                for (int k = 0; k < NET_GROUP; k++) sum[b * NET_BLOCK + o] += *w++ * x[g * NET_GROUP + k];
}

/* Of x that is not below 0. */
static float from_table(const float *table, float x)
{
    x *= PER_ONE;
    unsigned i = (unsigned)x;
    if (i >= TABLE - 1) return 1;
    return table[i] + (table[i + 1] - table[i]) * (x - (float)i);
}

static float tanh_of(float x)
{
    return x < 0 ? -from_table(tanh_table, -x) : from_table(tanh_table, x);
}

static float logistic_of(float x)
{
    return x < 0 ? 1 - from_table(logistic_table, -x) : from_table(logistic_table, x);
}

static int8_t rounded(float x)
{
    x *= LARGEST;
    return (int8_t)(x >= 0 ? (int)(x + 0.5F) : -(int)(-x + 0.5F));
}

static void tanh_plain(const int32_t *sum, const float *scale, int n, int8_t *out)
{
    for (int i = 0; i < n; i++) out[i] = rounded(tanh_of((float)sum[i] * scale[i]));
}

static void step_plain(const int32_t *sum, const float *scale, int cells, float *state, int8_t *out)
{
    for (int i = 0; i < cells; i++) {
        float gate[4];
        for (int g = 0; g < 4; g++) {
            float x = (float)sum[g * cells + i] * scale[g * cells + i];
            gate[g] = g == 0 ? tanh_of(x) : logistic_of(x);
        }
        float s = state[i] * gate[2];
        s += gate[0] * gate[1];
        s = s < -STATE_LIMIT ? -STATE_LIMIT : s > STATE_LIMIT ? STATE_LIMIT : s;
        state[i] = s;
        out[i] = rounded(tanh_of(s) * gate[3]);
    }
}

#if defined(__x86_64__)

/* ---- AVX2: 8 at a time ---- */

/* As Tesseract has it: no product of two bytes with a sign, so the sign goes over to the weights. */
WITH("avx2") static inline __m256i more_avx2(__m256i sum, __m256i size, __m256i x, __m256i w)
{
    __m256i pairs = _mm256_maddubs_epi16(size, _mm256_sign_epi8(w, x));
    return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

WITH("avx2") static void times_avx2(const Matrix *m, const int8_t *x, int32_t *sum)
{
    const int8_t *w = m->w;
    for (int b = 0; b < m->blocks; b++) {
        __m256i low = _mm256_loadu_si256((const __m256i *)(m->bias + b * NET_BLOCK));
        __m256i high = _mm256_loadu_si256((const __m256i *)(m->bias + b * NET_BLOCK + 8));
        for (int g = 0; g < m->groups; g++, w += NET_BLOCK * NET_GROUP) {
            int32_t four;
            memcpy(&four, x + g * NET_GROUP, sizeof four);
            __m256i in = _mm256_set1_epi32(four), size = _mm256_abs_epi8(in);
            low = more_avx2(low, size, in, _mm256_loadu_si256((const __m256i *)w));
            high = more_avx2(high, size, in, _mm256_loadu_si256((const __m256i *)(w + 32)));
        }
        _mm256_storeu_si256((__m256i *)(sum + b * NET_BLOCK), low);
        _mm256_storeu_si256((__m256i *)(sum + b * NET_BLOCK + 8), high);
    }
}

WITH("avx2") static inline __m256 sized(__m256 x)
{
    return _mm256_andnot_ps(_mm256_set1_ps(-0.0F), x);
}

/* from_table() of the sizes of 8. */
WITH("avx2") static inline __m256 look_up(const float *table, __m256 x)
{
    x = _mm256_mul_ps(sized(x), _mm256_set1_ps(PER_ONE));
    __m256i i = _mm256_cvttps_epi32(x), last = _mm256_set1_epi32(TABLE - 2);
    __m256 over = _mm256_castsi256_ps(_mm256_cmpgt_epi32(i, last));
    __m256i in = _mm256_min_epi32(i, last);
    __m256 a = _mm256_i32gather_ps(table, in, 4), b = _mm256_i32gather_ps(table + 1, in, 4);
    __m256 between = _mm256_mul_ps(_mm256_sub_ps(b, a), _mm256_sub_ps(x, _mm256_cvtepi32_ps(i)));
    return _mm256_blendv_ps(_mm256_add_ps(a, between), _mm256_set1_ps(1), over);
}

WITH("avx2") static inline __m256 tanh_avx2(__m256 x)
{
    return _mm256_xor_ps(look_up(tanh_table, x), _mm256_and_ps(x, _mm256_set1_ps(-0.0F)));
}

WITH("avx2") static inline __m256 logistic_avx2(__m256 x)
{
    __m256 p = look_up(logistic_table, x);
    return _mm256_blendv_ps(p, _mm256_sub_ps(_mm256_set1_ps(1), p), x); /* by the sign of x */
}

WITH("avx2") static inline __m256 scaled(const int32_t *sum, const float *scale)
{
    return _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_loadu_si256((const __m256i *)sum)), _mm256_loadu_ps(scale));
}

WITH("avx2") static inline void put_rounded(__m256 x, int8_t *out)
{
    x = _mm256_mul_ps(x, _mm256_set1_ps(LARGEST));
    __m256i n = _mm256_cvttps_epi32(_mm256_add_ps(sized(x), _mm256_set1_ps(0.5F)));
    n = _mm256_blendv_epi8(n, _mm256_sub_epi32(_mm256_setzero_si256(), n),
                           _mm256_srai_epi32(_mm256_castps_si256(x), 31));
    __m128i half = _mm_packs_epi32(_mm256_castsi256_si128(n), _mm256_extracti128_si256(n, 1));
    _mm_storel_epi64((__m128i *)out, _mm_packs_epi16(half, half));
}

WITH("avx2") static void tanh_of_avx2(const int32_t *sum, const float *scale, int n, int8_t *out)
{
    for (int i = 0; i < n; i += 8) put_rounded(tanh_avx2(scaled(sum + i, scale + i)), out + i);
}

WITH("avx2") static void step_avx2(const int32_t *sum, const float *scale, int cells, float *state, int8_t *out)
{
    for (int i = 0; i < cells; i += 8) {
        __m256 in = tanh_avx2(scaled(sum + i, scale + i));
        __m256 open = logistic_avx2(scaled(sum + cells + i, scale + cells + i));
        __m256 keep = logistic_avx2(scaled(sum + 2 * cells + i, scale + 2 * cells + i));
        __m256 show = logistic_avx2(scaled(sum + 3 * cells + i, scale + 3 * cells + i));
        __m256 s = _mm256_add_ps(_mm256_mul_ps(_mm256_loadu_ps(state + i), keep), _mm256_mul_ps(in, open));
        s = _mm256_min_ps(_mm256_max_ps(s, _mm256_set1_ps(-STATE_LIMIT)), _mm256_set1_ps(STATE_LIMIT));
        _mm256_storeu_ps(state + i, s);
        put_rounded(_mm256_mul_ps(tanh_avx2(s), show), out + i);
    }
}

/* ---- AVX-512 VNNI: 64 products an instruction ---- */

/* `blocks` of them, known when this is compiled. */
WITH("avx512f,avx512vnni")
static inline __attribute__((always_inline)) void times_blocks(const Matrix *m, int first, int blocks, const int8_t *x,
                                                               int32_t *sum)
{
    __m512i s[8];
    size_t block = (size_t)m->groups * NET_BLOCK * NET_GROUP;
    const int8_t *w = m->w + (size_t)first * block;
    for (int b = 0; b < blocks; b++) s[b] = _mm512_loadu_si512(m->shifted + (first + b) * NET_BLOCK);
    for (int g = 0; g < m->groups; g++, w += NET_BLOCK * NET_GROUP) {
        int32_t four;
        memcpy(&four, x + g * NET_GROUP, sizeof four);
        __m512i in = _mm512_set1_epi32((int32_t)((uint32_t)four ^ 0x80808080U)); /* 128 more, without a sign */
        for (int b = 0; b < blocks; b++)
            s[b] = _mm512_dpbusd_epi32(s[b], in, _mm512_loadu_si512(w + (size_t)b * block));
    }
    for (int b = 0; b < blocks; b++) _mm512_storeu_si512(sum + (first + b) * NET_BLOCK, s[b]);
}

WITH("avx512f,avx512vnni") static void times_avx512(const Matrix *m, const int8_t *x, int32_t *sum)
{
    int b = 0;
    for (; b + 8 <= m->blocks; b += 8) times_blocks(m, b, 8, x, sum);
    for (; b + 4 <= m->blocks; b += 4) times_blocks(m, b, 4, x, sum);
    for (; b < m->blocks; b++) times_blocks(m, b, 1, x, sum);
}

#endif

/* ---- which of them ---- */

static enum { PLAIN, AVX2, AVX512 } processor;

bool vector_set_up(bool plain)
{
    if (!logistic_table[0]) fill_tables();
    processor = PLAIN;
#if defined(__x86_64__)
    if (!plain && __builtin_cpu_supports("avx2")) processor = AVX2;
    if (processor && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni"))
        processor = AVX512;
#endif
    return processor != PLAIN;
}

#if defined(__x86_64__)

void matrix_times(const Matrix *m, const int8_t *x, int32_t *sum)
{
    if (processor == AVX512)
        times_avx512(m, x, sum);
    else if (processor == AVX2)
        times_avx2(m, x, sum);
    else
        times_plain(m, x, sum);
}

void tanh_of_sums(const int32_t *sum, const float *scale, int n, int8_t *out)
{
    if (processor == PLAIN)
        tanh_plain(sum, scale, n, out);
    else
        tanh_of_avx2(sum, scale, n, out);
}

void lstm_step(const int32_t *sum, const float *scale, int cells, float *state, int8_t *out)
{
    if (processor == PLAIN)
        step_plain(sum, scale, cells, state, out);
    else
        step_avx2(sum, scale, cells, state, out);
}

#else

void matrix_times(const Matrix *m, const int8_t *x, int32_t *sum)
{
    times_plain(m, x, sum);
}

void tanh_of_sums(const int32_t *sum, const float *scale, int n, int8_t *out)
{
    tanh_plain(sum, scale, n, out);
}

void lstm_step(const int32_t *sum, const float *scale, int cells, float *state, int8_t *out)
{
    step_plain(sum, scale, cells, state, out);
}

#endif
