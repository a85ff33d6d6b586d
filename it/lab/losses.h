// SPDX-License-Identifier: Apache-2.0
/* Which packets get lost at random: the same for the same seed. */
#ifndef LAB_LOSSES_H
#define LAB_LOSSES_H

#include "ends.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A direction of its own for each state: which packet of a direction gets lost then does not
 * hang on how the two directions happened to interleave.
 */
struct losses {
    uint64_t states[2];
};

void losses_seed(struct losses *losses, uint64_t seed);

bool losses_next(struct losses *losses, enum end from, double percent);

#endif
