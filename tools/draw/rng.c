/* PCG32: a 64-bit linear congruential step, then 32 bits of it folded and rotated. Seed 7 draws the same "Mầm non Vạn
 * Phúc" today and in ten years. */
#include "rng.h"

void rng_init(Rng *rng, uint64_t seed, uint64_t stream)
{
    rng->state = 0;
    rng->step = stream << 1 | 1;
    rng_next(rng);
    rng->state += seed;
    rng_next(rng);
}

uint32_t rng_next(Rng *rng)
{
    uint64_t old = rng->state;
    rng->state = old * 6364136223846793005u + rng->step;
    uint32_t folded = (uint32_t)((old >> 18 ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    return folded >> turn | folded << (-turn & 31);
}

int rng_range(Rng *rng, int low, int high)
{
    if (high <= low) return low;
    uint64_t span = (uint64_t)((int64_t)high - low + 1);
    return low + (int)(rng_next(rng) * span >> 32);
}

double rng_between(Rng *rng, double low, double high)
{
    return low + (high - low) * (rng_next(rng) * (1.0 / 4294967296.0));
}

bool rng_chance(Rng *rng, double probability)
{
    return rng_between(rng, 0, 1) < probability;
}

/* The sum of four bytes has mean 510 and deviation 147.8: near enough to a bell, and one draw. */
double rng_normal(Rng *rng)
{
    uint32_t r = rng_next(rng);
    int sum = (int)((r & 255) + (r >> 8 & 255) + (r >> 16 & 255) + (r >> 24));
    return (sum - 510) * (1.0 / 147.8);
}

void rng_shuffle(Rng *rng, void **item, int count)
{
    for (int i = count - 1; i > 0; i--) {
        int j = rng_range(rng, 0, i);
        void *keep = item[i];
        item[i] = item[j];
        item[j] = keep;
    }
}
