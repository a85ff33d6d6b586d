// SPDX-License-Identifier: Apache-2.0
/* Which faults are wanted, by their names. */
#ifndef LAB_FAULTSET_H
#define LAB_FAULTSET_H

#include <stdbool.h>
#include <stdint.h>

enum fault {
    DEAD = 1 << 0,
    DROP_SYN_DATA = 1 << 1,
    DROP_SYN_OPTION = 1 << 2,
    DROP_SYN_COOKIE = 1 << 3,
    DROP_SYN_ECN = 1 << 4,
    DROP_FIRST_SYN = 1 << 5,
    RST_SYN_DATA = 1 << 6,
    STRIP_OPTION = 1 << 7,
    STRIP_DATA = 1 << 8,
    DROP_FIRST_SYNACK = 1 << 9,
    DROP_CLIENT_DATA = 1 << 10,
    DROP_CLIENT_REST = 1 << 11,
    RST_CLIENT_REST = 1 << 12,
    DROP_SERVER_DATA = 1 << 13,
    DROP_SERVER_REST = 1 << 14,
    RST_SERVER_DATA = 1 << 15,
    SYNPROXY = 1 << 16 /* not the path's, but the far end's kernel's */
};

/* All zero is a good path. */
struct faultset {
    unsigned kinds; /* of enum fault */
    double loss_percent;
    bool mortal;         /* whether the far host dies */
    uint64_t syns_alive; /* how many more SYNs it answers before that */
    uint64_t mtu_hole;   /* 0: none */
    uint64_t mtu;        /* 0: as large as the ends' */
    int64_t penalty_ns;  /* 0: nobody is punished */
};

extern const char FAULT_NAMES[];

/* False for a word that names no fault. */
bool faultset_add(struct faultset *set, const char *word);

#endif
