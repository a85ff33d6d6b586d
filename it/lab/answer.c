// SPDX-License-Identifier: Apache-2.0
#include "answer.h"

#include "checksum.h"

#include <string.h>

enum { HOP_LIMIT = 64 };

static void begin_ipv4(uint8_t *packet, const struct segment *to, uint8_t protocol, size_t length)
{
    packet[0] = 0x45;
    put16(packet + 2, (uint16_t)(IPV4_HEADER + length));
    packet[6] = 0x40; /* don't fragment, so that a zero identification is in order: RFC 6864 */
    packet[8] = HOP_LIMIT;
    packet[9] = protocol;
    memcpy(packet + 12, to->destination, 4);
    memcpy(packet + 16, to->source, 4);
    put16(packet + 10, sum_fold(sum16(packet, IPV4_HEADER, 0)));
}

static void begin_ipv6(uint8_t *packet, const struct segment *to, uint8_t protocol, size_t length)
{
    packet[0] = 0x60;
    put16(packet + 4, (uint16_t)length);
    packet[6] = protocol;
    packet[7] = HOP_LIMIT;
    memcpy(packet + 8, to->destination, 16);
    memcpy(packet + 24, to->source, 16);
}

size_t answer_begin(struct answer *answer, const struct segment *to, uint8_t protocol, size_t length)
{
    bool ipv4 = to->address_length == 4;
    size_t header = ipv4 ? IPV4_HEADER : IPV6_HEADER;

    memset(answer, 0, sizeof *answer);
    answer->length = header + length;
    (ipv4 ? begin_ipv4 : begin_ipv6)(answer->packet, to, protocol, length);
    return header;
}

void answer_reset(struct answer *answer, const struct segment *to)
{
    uint8_t *tcp = answer->packet + answer_begin(answer, to, PROTOCOL_TCP, TCP_HEADER);
    uint32_t counted = (to->flags & FLAG_SYN ? 1 : 0) + (to->flags & FLAG_FIN ? 1 : 0);
    struct segment reset;

    put16(tcp, to->destination_port);
    put16(tcp + 2, to->source_port);
    tcp[12] = TCP_HEADER / 4 << 4;
    /* RFC 9293 section 3.10.7.1: SEQ=SEG.ACK, or SEQ=0 and ACK=SEG.SEQ+SEG.LEN */
    if (to->flags & FLAG_ACK) {
        put32(tcp + 4, to->acknowledgment);
        tcp[13] = FLAG_RST;
    } else {
        put32(tcp + 8, to->sequence + counted + (uint32_t)to->payload_length);
        tcp[13] = FLAG_RST | FLAG_ACK;
    }
    segment_parse(answer->packet, answer->length, &reset);
    segment_fix_checksums(&reset);
}
