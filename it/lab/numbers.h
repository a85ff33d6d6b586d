// SPDX-License-Identifier: Apache-2.0
/* Numbers as people write them on a command line; nothing but the whole word counts. */
#ifndef LAB_NUMBERS_H
#define LAB_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

bool parse_decimal(const char *word, double least, double most, double *value);

/* Decimal, or hexadecimal after 0x. */
bool parse_whole(const char *word, uint64_t least, uint64_t most, uint64_t *value);

#endif
