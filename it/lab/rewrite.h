// SPDX-License-Identifier: Apache-2.0
/* What middleboxes do to a segment on its way. Checksums come out right. */
#ifndef LAB_REWRITE_H
#define LAB_REWRITE_H

#include "packet.h"

void segment_strip_fast_open(struct segment *segment);

/* The packet becomes shorter: see packet_length afterwards. */
void segment_strip_payload(struct segment *segment);

enum { RESET_MAX = IPV6_HEADER + TCP_HEADER };

/* Writes the reset that refuses this SYN to packet (RESET_MAX bytes); returns its length. */
size_t segment_refuse(const struct segment *syn, uint8_t *packet);

#endif
