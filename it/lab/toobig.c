// SPDX-License-Identifier: Apache-2.0
#include "answer.h"

#include "checksum.h"

#include <string.h>

enum {
    PROTOCOL_ICMP = 1,
    PROTOCOL_ICMPV6 = 58,
    ICMP_UNREACHABLE = 3,         /* RFC 792 */
    ICMP_FRAGMENTATION_NEEDED = 4,
    ICMPV6_PACKET_TOO_BIG = 2     /* RFC 4443 section 3.2 */
};

/* RFC 4443 section 2.3: with a pseudo header, where ICMP has none. */
static uint32_t pseudo_header(const struct segment *to, size_t length)
{
    uint32_t sum = PROTOCOL_ICMPV6 + (uint32_t)length;

    sum = sum16(to->source, to->address_length, sum);
    return sum16(to->destination, to->address_length, sum);
}

void answer_too_big(struct answer *answer, const struct segment *to, uint16_t mtu)
{
    bool ipv4 = to->address_length == 4;
    size_t quoted = to->packet_length < QUOTE_MAX ? to->packet_length : QUOTE_MAX;
    size_t length = ICMP_HEADER + quoted;
    uint8_t *icmp =
        answer->packet + answer_begin(answer, to, ipv4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6, length);

    icmp[0] = ipv4 ? ICMP_UNREACHABLE : ICMPV6_PACKET_TOO_BIG;
    icmp[1] = ipv4 ? ICMP_FRAGMENTATION_NEEDED : 0;
    put16(icmp + 6, mtu); /* RFC 1191 section 4; the low half of RFC 4443's */
    memcpy(icmp + ICMP_HEADER, to->packet, quoted);
    put16(icmp + 2, sum_fold(sum16(icmp, length, ipv4 ? 0 : pseudo_header(to, length))));
}
