/* real: as near to the true value as a float may be, over the range that probabilities have. */
#include "base/real.h"

#include "tests/test.h"

#include <math.h>

static double apart(float x, double truth)
{
    return fabs((double)x - truth) / (fabs(truth) > 1e-3 ? fabs(truth) : 1e-3);
}

TEST(exp)
{
    double most = 0;
    for (float x = -86; x < 87; x += 0.00137f) most = fmax(most, apart(real_exp(x), exp((double)x)));
    CHECK(most < 2e-7);
    CHECK(real_exp(0) == 1);
    CHECK(real_exp(-INFINITY) > 0 && real_exp(-INFINITY) < 1e-37f);
    CHECK(real_exp(1000) > 1e38f && isfinite(real_exp(1000)));
}

TEST(log)
{
    double most = 0;
    for (float x = 1e-30f; x < 1e30f; x *= 1.00137f) most = fmax(most, apart(real_log(x), log((double)x)));
    CHECK(most < 2e-7);
    CHECK(real_log(1) == 0);
}

/* The bits, on every machine. */
TEST(bits)
{
    uint32_t sum = 0;
    for (int i = -8000; i < 8000; i++) {
        sum = sum * 31 + real_bits(real_exp((float)i / 128));
        sum = sum * 31 + real_bits(real_log((float)(i + 8001) / 64));
    }
    CHECK_INT(sum, 522246247);
}

int main(void)
{
    RUN(exp);
    RUN(log);
    RUN(bits);
    return TEST_DONE();
}
