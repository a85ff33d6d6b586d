// SPDX-License-Identifier: Apache-2.0
#include "rewrite.h"

#include <string.h>

enum { OPTION_NOP = 1, HOP_LIMIT = 64 };

/* RFC 1071 */
static uint32_t sum16(const uint8_t *bytes, size_t length, uint32_t sum)
{
    for (; length > 1; bytes += 2, length -= 2)
        sum += get16(bytes);
    if (length == 1)
        sum += (uint32_t)bytes[0] << 8;
    return sum;
}

static uint16_t fold(uint32_t sum)
{
    while (sum >> 16 != 0)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

static void fix_checksums(struct segment *segment)
{
    uint8_t *ip = segment->packet;
    size_t ip_header = (size_t)(segment->tcp - ip);
    size_t tcp_length = segment->packet_length - ip_header;
    uint32_t sum;

    if (segment->address_length == 4) {
        put16(ip + 10, 0);
        put16(ip + 10, fold(sum16(ip, ip_header, 0)));
    }
    /* The pseudo header: RFC 9293 section 3.1, for IPv6 RFC 8200 section 8.1. */
    sum = sum16(segment->source, segment->address_length, 0);
    sum = sum16(segment->destination, segment->address_length, sum);
    sum += PROTOCOL_TCP + (uint32_t)tcp_length;
    put16(segment->tcp + 16, 0);
    put16(segment->tcp + 16, fold(sum16(segment->tcp, tcp_length, sum)));
}

static void fix_length(struct segment *segment)
{
    uint8_t *ip = segment->packet;

    if (segment->address_length == 4)
        put16(ip + 2, (uint16_t)segment->packet_length);
    else
        put16(ip + 4, (uint16_t)(segment->packet_length - IPV6_HEADER));
}

void segment_strip_fast_open(struct segment *segment)
{
    if (segment->fast_open == NULL)
        return;
    memset(segment->fast_open, OPTION_NOP, segment->fast_open_length);
    segment->fast_open = NULL;
    fix_checksums(segment);
}

void segment_strip_payload(struct segment *segment)
{
    segment->packet_length -= segment->payload_length;
    segment->payload_length = 0;
    fix_length(segment);
    fix_checksums(segment);
}

size_t segment_refuse(const struct segment *syn, uint8_t *packet)
{
    size_t ip_header = syn->address_length == 4 ? IPV4_HEADER : IPV6_HEADER;
    size_t addresses = syn->address_length == 4 ? 12 : 8;
    struct segment reset = {.packet = packet, .address_length = syn->address_length};

    memset(packet, 0, RESET_MAX);
    if (syn->address_length == 4) {
        packet[0] = 0x45;
        packet[6] = 0x40; /* don't fragment, so that a zero identification is in order: RFC 6864 */
        packet[8] = HOP_LIMIT;
        packet[9] = PROTOCOL_TCP;
    } else {
        packet[0] = 0x60;
        packet[6] = PROTOCOL_TCP;
        packet[7] = HOP_LIMIT;
    }
    memcpy(packet + addresses, syn->destination, syn->address_length);
    memcpy(packet + addresses + syn->address_length, syn->source, syn->address_length);
    reset.source = packet + addresses;
    reset.destination = reset.source + syn->address_length;
    reset.tcp = packet + ip_header;
    reset.packet_length = ip_header + TCP_HEADER;

    /* RFC 9293 section 3.10.7.1: SEQ=0, ACK=SEG.SEQ+SEG.LEN, where the SYN counts for one. */
    put16(reset.tcp, syn->destination_port);
    put16(reset.tcp + 2, syn->source_port);
    put32(reset.tcp + 8, syn->sequence + 1 + (uint32_t)syn->payload_length);
    reset.tcp[12] = TCP_HEADER / 4 << 4;
    reset.tcp[13] = FLAG_RST | FLAG_ACK;
    fix_length(&reset);
    fix_checksums(&reset);
    return reset.packet_length;
}
