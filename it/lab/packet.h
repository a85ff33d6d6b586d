// SPDX-License-Identifier: Apache-2.0
/* Reading an IPv4 or IPv6 packet with a TCP segment in it. */
#ifndef LAB_PACKET_H
#define LAB_PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PACKET_MAX = 65535 };

/* RFC 9293 section 3.1 */
enum {
    FLAG_FIN = 0x01,
    FLAG_SYN = 0x02,
    FLAG_RST = 0x04,
    FLAG_ACK = 0x10,
    FLAG_ECE = 0x40,
    FLAG_CWR = 0x80
};

enum { IPV4_HEADER = 20, IPV6_HEADER = 40, TCP_HEADER = 20, PROTOCOL_TCP = 6 };

/* Pointers lead into the packet that was parsed. */
struct segment {
    uint8_t *packet;
    size_t packet_length;
    size_t address_length; /* 4 or 16 */
    const uint8_t *source;
    const uint8_t *destination;
    uint8_t *tcp;
    size_t header_length; /* of TCP, with its options */
    uint16_t source_port;
    uint16_t destination_port;
    uint32_t sequence;
    uint32_t acknowledgment;
    uint8_t flags;
    uint8_t *payload;
    size_t payload_length;
    uint8_t *fast_open; /* the whole Fast Open option, NULL without one */
    size_t fast_open_length;
    size_t cookie_length; /* 0 in a request for a cookie */
};

/* False for anything that is not one whole TCP segment; such a packet is just carried. */
bool segment_parse(uint8_t *packet, size_t length, struct segment *segment);

bool packet_is_unicast(const uint8_t *packet, size_t length);

/* A SYN that is not a SYN-ACK. */
static inline bool segment_is_syn(const struct segment *segment)
{
    return (segment->flags & (FLAG_SYN | FLAG_ACK | FLAG_RST)) == FLAG_SYN;
}

/* A SYN that asks for ECN: RFC 3168 section 6.1.1. */
static inline bool segment_is_ecn_setup(const struct segment *segment)
{
    return segment_is_syn(segment) && (segment->flags & FLAG_ECE) && (segment->flags & FLAG_CWR);
}

static inline bool segment_is_synack(const struct segment *segment)
{
    return (segment->flags & (FLAG_SYN | FLAG_ACK | FLAG_RST)) == (FLAG_SYN | FLAG_ACK);
}

static inline uint16_t get16(const uint8_t *bytes)
{
    return (uint16_t)(bytes[0] << 8 | bytes[1]);
}

static inline uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)get16(bytes) << 16 | get16(bytes + 2);
}

static inline void put16(uint8_t *bytes, uint16_t value)
{
    bytes[0] = (uint8_t)(value >> 8);
    bytes[1] = (uint8_t)value;
}

static inline void put32(uint8_t *bytes, uint32_t value)
{
    put16(bytes, (uint16_t)(value >> 16));
    put16(bytes + 2, (uint16_t)value);
}

#endif
