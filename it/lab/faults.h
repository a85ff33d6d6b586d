// SPDX-License-Identifier: Apache-2.0
/* The misbehaviour of the path, all of it at the far end's door. */
#ifndef LAB_FAULTS_H
#define LAB_FAULTS_H

#include "answer.h"
#include "ends.h"
#include "faultset.h"
#include "flows.h"
#include "losses.h"
#include "punished.h"

#include <stddef.h>
#include <stdint.h>

/* What is wanted may change at any time; what has been remembered stays. */
struct faults {
    struct faultset wanted;
    struct punished punished;
    struct losses losses;
};

enum verdict { PASS, DROP, ANSWER };

/* A packet at the door. */
struct crossing {
    enum end from;
    int64_t now;
    uint8_t *packet;
    size_t length;
    struct flows *flows; /* in which the near end's SYNs have been seen */
};

/* May shorten the packet. ANSWER: drop it and send the answer back to where it came from. */
enum verdict faults_apply(struct faults *faults, struct crossing *crossing, struct answer *answer);

#endif
