// SPDX-License-Identifier: Apache-2.0
/* A capture file of the packets as one end sees them. */
#ifndef LAB_PCAP_H
#define LAB_PCAP_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct pcap {
    FILE *file; /* NULL: no capture is wanted */
    const char *name;
    int64_t epoch; /* what to add to the monotonic clock for the time of day */
};

void pcap_open(struct pcap *pcap, const char *name);
void pcap_write(struct pcap *pcap, int64_t now, const uint8_t *packet, size_t length);
void pcap_close(struct pcap *pcap);

#endif
