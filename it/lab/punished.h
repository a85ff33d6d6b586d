// SPDX-License-Identifier: Apache-2.0
/* Whom a firewall that punishes doesn't let connect for a while. */
#ifndef LAB_PUNISHED_H
#define LAB_PUNISHED_H

#include "packet.h"

enum { SOURCES_MAX = 16 };

/* All zero is nobody. */
struct punished {
    struct {
        size_t address_length;
        uint8_t address[16];
        int64_t until;
    } sources[SOURCES_MAX];
};

bool punished_has(const struct punished *punished, const struct segment *syn, int64_t now);

/* Whoever has been there longest makes room for a new one. */
void punished_add(struct punished *punished, const struct segment *syn, int64_t until);

#endif
