// SPDX-License-Identifier: Apache-2.0
#include "packet.h"

#include <string.h>

enum {
    OPTION_END = 0,
    OPTION_NOP = 1,
    OPTION_FAST_OPEN = 34,     /* RFC 7413 section 4.1.1 */
    OPTION_EXPERIMENT = 254,   /* RFC 4727, shared by means of RFC 6994 */
    FAST_OPEN_MAGIC = 0xF989   /* RFC 7413 section 10; older kernels still send it */
};

static void find_fast_open(struct segment *segment)
{
    uint8_t *option = segment->tcp + TCP_HEADER;
    uint8_t *end = segment->tcp + segment->header_length;

    while (option < end && *option != OPTION_END) {
        size_t length;

        if (*option == OPTION_NOP) {
            option++;
            continue;
        }
        if (end - option < 2)
            return;
        length = option[1];
        if (length < 2 || length > (size_t)(end - option))
            return;
        if (*option == OPTION_FAST_OPEN) {
            segment->fast_open = option;
            segment->fast_open_length = length;
            segment->cookie_length = length - 2;
            return;
        }
        if (*option == OPTION_EXPERIMENT && length >= 4 && get16(option + 2) == FAST_OPEN_MAGIC) {
            segment->fast_open = option;
            segment->fast_open_length = length;
            segment->cookie_length = length - 4;
            return;
        }
        option += length;
    }
}

static bool parse_tcp(struct segment *segment, size_t length)
{
    uint8_t *tcp = segment->tcp;

    if (length < TCP_HEADER)
        return false;
    segment->header_length = (size_t)(tcp[12] >> 4) * 4;
    if (segment->header_length < TCP_HEADER || segment->header_length > length)
        return false;
    segment->source_port = get16(tcp);
    segment->destination_port = get16(tcp + 2);
    segment->sequence = get32(tcp + 4);
    segment->acknowledgment = get32(tcp + 8);
    segment->flags = tcp[13];
    segment->payload = tcp + segment->header_length;
    segment->payload_length = length - segment->header_length;
    find_fast_open(segment);
    return true;
}

static bool parse_ipv4(struct segment *segment, size_t length)
{
    uint8_t *ip = segment->packet;
    size_t header, total;

    if (length < IPV4_HEADER)
        return false;
    header = (size_t)(ip[0] & 0x0f) * 4;
    total = get16(ip + 2);
    if (header < IPV4_HEADER || total < header || total > length || ip[9] != PROTOCOL_TCP)
        return false;
    if ((get16(ip + 6) & 0x3fff) != 0) /* more fragments, or not the first */
        return false;
    segment->packet_length = total;
    segment->address_length = 4;
    segment->source = ip + 12;
    segment->destination = ip + 16;
    segment->tcp = ip + header;
    return parse_tcp(segment, total - header);
}

/* No walk over extension headers: Linux puts none before TCP unless a program asks for them. */
static bool parse_ipv6(struct segment *segment, size_t length)
{
    uint8_t *ip = segment->packet;
    size_t total;

    if (length < IPV6_HEADER || ip[6] != PROTOCOL_TCP)
        return false;
    total = IPV6_HEADER + (size_t)get16(ip + 4);
    if (total > length)
        return false;
    segment->packet_length = total;
    segment->address_length = 16;
    segment->source = ip + 8;
    segment->destination = ip + 24;
    segment->tcp = ip + IPV6_HEADER;
    return parse_tcp(segment, total - IPV6_HEADER);
}

bool segment_parse(uint8_t *packet, size_t length, struct segment *segment)
{
    memset(segment, 0, sizeof *segment);
    segment->packet = packet;
    if (length == 0)
        return false;
    switch (packet[0] >> 4) {
    case 4:
        return parse_ipv4(segment, length);
    case 6:
        return parse_ipv6(segment, length);
    default:
        return false;
    }
}

bool packet_is_unicast(const uint8_t *packet, size_t length)
{
    if (length >= IPV4_HEADER && packet[0] >> 4 == 4)
        return packet[16] < 224; /* 224/4 is multicast, 240/4 holds the broadcast address */
    if (length >= IPV6_HEADER && packet[0] >> 4 == 6)
        return packet[24] != 0xff;
    return false;
}
