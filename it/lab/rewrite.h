// SPDX-License-Identifier: Apache-2.0
/* What middleboxes do to a segment on its way. Checksums come out right. */
#ifndef LAB_REWRITE_H
#define LAB_REWRITE_H

#include "packet.h"

void segment_strip_fast_open(struct segment *segment);

/* The packet becomes shorter: see packet_length afterwards. */
void segment_strip_payload(struct segment *segment);

/* The segment becomes a reset that its receiver accepts, as if its sender had sent that; the packet becomes shorter. */
void segment_become_reset(struct segment *segment);

#endif
