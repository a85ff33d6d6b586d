// SPDX-License-Identifier: Apache-2.0
/* What has to be put right in the headers of a packet whose bytes have changed. */
#ifndef LAB_CHECKSUM_H
#define LAB_CHECKSUM_H

#include "packet.h"

/* RFC 1071: sums up 16-bit words, an odd byte at the end being the high half of one. */
uint32_t sum16(const uint8_t *bytes, size_t length, uint32_t sum);

uint16_t sum_fold(uint32_t sum);

/* The length in the IP header becomes packet_length. */
void segment_fix_length(struct segment *segment);

/* That of the IPv4 header, and TCP's. */
void segment_fix_checksums(struct segment *segment);

#endif
