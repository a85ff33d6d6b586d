// SPDX-License-Identifier: Apache-2.0
#include "punished.h"

#include <string.h>

bool punished_has(const struct punished *punished, const struct segment *syn, int64_t now)
{
    for (size_t i = 0; i < SOURCES_MAX; i++) {
        if (punished->sources[i].until > now &&
            punished->sources[i].address_length == syn->address_length &&
            memcmp(punished->sources[i].address, syn->source, syn->address_length) == 0)
            return true;
    }
    return false;
}

void punished_add(struct punished *punished, const struct segment *syn, int64_t until)
{
    size_t first = 0;

    for (size_t i = 1; i < SOURCES_MAX; i++) {
        if (punished->sources[i].until < punished->sources[first].until)
            first = i;
    }
    punished->sources[first].until = until;
    punished->sources[first].address_length = syn->address_length;
    memcpy(punished->sources[first].address, syn->source, syn->address_length);
}
