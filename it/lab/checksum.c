// SPDX-License-Identifier: Apache-2.0
#include "checksum.h"

uint32_t sum16(const uint8_t *bytes, size_t length, uint32_t sum)
{
    for (; length > 1; bytes += 2, length -= 2)
        sum += get16(bytes);
    if (length == 1)
        sum += (uint32_t)bytes[0] << 8;
    return sum;
}

uint16_t sum_fold(uint32_t sum)
{
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

void segment_fix_length(struct segment *segment)
{
    uint8_t *ip = segment->packet;

    if (segment->address_length == 4)
        put16(ip + 2, (uint16_t)segment->packet_length);
    else
        put16(ip + 4, (uint16_t)(segment->packet_length - IPV6_HEADER));
}

void segment_fix_checksums(struct segment *segment)
{
    uint8_t *ip = segment->packet;
    size_t ip_header = (size_t)(segment->tcp - ip);
    size_t tcp_length = segment->packet_length - ip_header;
    uint32_t sum;

    if (segment->address_length == 4) {
        put16(ip + 10, 0);
        put16(ip + 10, sum_fold(sum16(ip, ip_header, 0)));
    }
    /* The pseudo header: RFC 9293 section 3.1, for IPv6 RFC 8200 section 8.1. */
    sum = sum16(segment->source, segment->address_length, 0);
    sum = sum16(segment->destination, segment->address_length, sum);
    sum += PROTOCOL_TCP + (uint32_t)tcp_length;
    put16(segment->tcp + 16, 0);
    put16(segment->tcp + 16, sum_fold(sum16(segment->tcp, tcp_length, sum)));
}
