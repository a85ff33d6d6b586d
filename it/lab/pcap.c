// SPDX-License-Identifier: Apache-2.0
#include "pcap.h"

#include "clock.h"
#include "failure.h"
#include "packet.h"

#include <errno.h>
#include <string.h>

/* The format: draft-ietf-opsawg-pcap. Numbers in the writer's byte order, told by the magic. */
struct file_header {
    uint32_t magic;
    uint16_t major;
    uint16_t minor;
    uint32_t reserved[2];
    uint32_t snap_length;
    uint32_t link_type;
};

struct packet_header {
    uint32_t seconds;
    uint32_t microseconds;
    uint32_t captured_length;
    uint32_t length;
};

enum { LINKTYPE_RAW = 101 };

void pcap_open(struct pcap *pcap, const char *name)
{
    struct file_header header = {
        .magic = UINT32_C(0xa1b2c3d4), /* stamps in microseconds */
        .major = 2,
        .minor = 4,
        .snap_length = PACKET_MAX,
        .link_type = LINKTYPE_RAW,
    };

    pcap->name = name;
    /* Once only: a clock set while the lab runs must not shuffle the packets. */
    pcap->epoch = clock_ns(CLOCK_REALTIME) - now_ns();
    pcap->file = fopen(name, "wbe");
    if (pcap->file == NULL)
        fail(STATUS_LAB, "cannot write the capture %s: %s", name, strerror(errno));
    fwrite(&header, sizeof header, 1, pcap->file);
}

void pcap_write(struct pcap *pcap, int64_t now, const uint8_t *packet, size_t length)
{
    int64_t time = now + pcap->epoch;
    struct packet_header header = {
        .seconds = (uint32_t)(time / NS_PER_SECOND),
        .microseconds = (uint32_t)(time % NS_PER_SECOND / NS_PER_US),
        .captured_length = (uint32_t)length,
        .length = (uint32_t)length,
    };

    if (pcap->file == NULL)
        return;
    fwrite(&header, sizeof header, 1, pcap->file);
    fwrite(packet, length, 1, pcap->file);
}

void pcap_close(struct pcap *pcap)
{
    int broken;

    if (pcap->file == NULL)
        return;
    broken = ferror(pcap->file);
    if (fclose(pcap->file) != 0 || broken)
        fail(STATUS_LAB, "the capture %s is incomplete, a write failed", pcap->name);
    pcap->file = NULL;
}
