// SPDX-License-Identifier: Apache-2.0
#include "losses.h"

/* SplitMix64 (Steele, Lea, Flood 2014): any seed is a good one, zero too. */
static uint64_t next_random(uint64_t *state)
{
    uint64_t mixed = *state += UINT64_C(0x9e3779b97f4a7c15);

    mixed = (mixed ^ mixed >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    mixed = (mixed ^ mixed >> 27) * UINT64_C(0x94d049bb133111eb);
    return mixed ^ mixed >> 31;
}

void losses_seed(struct losses *losses, uint64_t seed)
{
    losses->states[NEAR] = next_random(&seed);
    losses->states[FAR] = next_random(&seed);
}

bool losses_next(struct losses *losses, enum end from, double percent)
{
    return (double)(next_random(&losses->states[from]) >> 11) * 0x1p-53 * 100 < percent;
}
