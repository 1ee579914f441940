/* rng: random numbers that are the same everywhere.
 *
 *     Rng rng;
 *     rng_init(&rng, 7, RNG_TEXT);
 *     int rows = rng_range(&rng, 20, 36);
 *
 * PCG32, XSH-RR 64/32 (O'Neill, PCG: a family of simple fast space-efficient statistically good algorithms for random
 * number generation, 2014). Integer arithmetic only, so that a seed gives the same page on every machine.
 */
#ifndef DRAW_RNG_H
#define DRAW_RNG_H

#include <stdbool.h>
#include <stdint.h>

typedef struct Rng {
    uint64_t state;
    uint64_t step; /* odd; picks one of 2^63 sequences */
} Rng;

/* Streams are independent sequences of one seed, so that wear does not change what is written. */
enum { RNG_TEXT = 1, RNG_LAYOUT = 2, RNG_WEAR = 3, RNG_SET = 4 };

void rng_init(Rng *rng, uint64_t seed, uint64_t stream);
uint32_t rng_next(Rng *rng);
int rng_range(Rng *rng, int low, int high); /* low..high, both included */
/* Evenly from low to below high. */
double rng_between(Rng *rng, double low, double high);
/* True with that probability, 0..1. */
bool rng_chance(Rng *rng, double probability);
double rng_normal(Rng *rng); /* near normal: mean 0, deviation 1, within +-3.5 */
/* Puts the items in a random order, each order equally likely. */
void rng_shuffle(Rng *rng, void **item, int count);

#endif
