// SPDX-License-Identifier: Apache-2.0
/* The path: takes packets from one end's TUN, holds them for a while, gives them to the other. */
#ifndef LAB_PATH_H
#define LAB_PATH_H

#include "ends.h"
#include "faults.h"
#include "flows.h"
#include "pcap.h"
#include "queue.h"

#include <stdint.h>

struct path {
    int tuns[2];
    int signals; /* a signalfd */
    int64_t delay; /* one way */
    struct faults faults;
    struct pcap pcaps[2];
    struct flows flows;
    struct queue from[2];
    uint64_t packets;
    uint64_t dropped;
};

/* Carries packets until the deadline (returns 0) or a signal (returns its number). */
int path_run(struct path *path, int64_t deadline);

/*
 * Puts the lab before its children, where that is permitted: two busy commands on few processors
 * must not hold packets up beyond the delay.
 */
void path_go_first(void);

#endif
