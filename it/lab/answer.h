// SPDX-License-Identifier: Apache-2.0
/* What a box on the path sends back to the sender of a packet that it doesn't let through. */
#ifndef LAB_ANSWER_H
#define LAB_ANSWER_H

#include "packet.h"

/* More than RFC 792 asks for, the whole TCP header among it, and less than any MTU. */
enum { QUOTE_MAX = 128, ICMP_HEADER = 8, ANSWER_MAX = IPV6_HEADER + ICMP_HEADER + QUOTE_MAX };

struct answer {
    uint8_t packet[ANSWER_MAX];
    size_t length;
};

/* Writes the IP header of an answer with so many bytes after it; returns that header's length. */
size_t answer_begin(struct answer *answer, const struct segment *to, uint8_t protocol, size_t length);

/* The reset that a closed port has for the segment. */
void answer_reset(struct answer *answer, const struct segment *to);

/* ICMP's or ICMPv6's message that the packet is larger than the MTU of what follows. */
void answer_too_big(struct answer *answer, const struct segment *to, uint16_t mtu);

#endif
