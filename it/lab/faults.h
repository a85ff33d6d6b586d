// SPDX-License-Identifier: Apache-2.0
/* The misbehaviour of the path, all of it at the far end's door. */
#ifndef LAB_FAULTS_H
#define LAB_FAULTS_H

#include "ends.h"
#include "packet.h"
#include "rewrite.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct faults {
    unsigned kinds;
    double loss_percent;
    bool mortal;          /* whether the far host dies */
    uint64_t syns_alive;  /* how many more SYNs it answers before that */
    uint64_t random[2]; /* one state for each direction */
};

enum verdict { PASS, DROP, ANSWER };

struct answer {
    uint8_t packet[RESET_MAX];
    size_t length;
};

extern const char FAULT_NAMES[];

/* False for a word that names no fault. */
bool faults_add(struct faults *faults, const char *word);

void faults_seed(struct faults *faults, uint64_t seed);

/* May shorten the packet. ANSWER: drop it and send the answer back to where it came from. */
enum verdict faults_apply(struct faults *faults, enum end from, uint8_t *packet, size_t *length,
                          struct answer *answer);

#endif
