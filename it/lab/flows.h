// SPDX-License-Identifier: Apache-2.0
/* The TCP connections on the path, as a witness at the near end's door sees them. */
#ifndef LAB_FLOWS_H
#define LAB_FLOWS_H

#include "ends.h"
#include "packet.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { SYN_HEAD_MAX = 16, ADDRESS_MAX = 16, FLOW_BUCKETS = 1024 };

enum cookie { COOKIE_NONE, COOKIE_ASKED, COOKIE_SENT };

struct endpoint {
    uint8_t address[ADDRESS_MAX];
    uint16_t port;
};

/* The sequence space one end has used, from the byte after its SYN. */
struct stream {
    bool known;
    uint32_t initial;
    uint64_t bytes;
};

/* Whether the faults have met these already, on this or an earlier flow between the same two sockets. */
struct met {
    bool syn;
    bool synack;
};

/* Times are on the monotonic clock, 0 for what was not seen. */
struct flow {
    struct flow *older; /* in the bucket */
    struct flow *next;  /* in order of the first SYN */
    size_t address_length;
    struct endpoint ends[2];
    enum end opener;
    struct stream streams[2];
    unsigned long syns;
    unsigned long resets;
    size_t syn_payload;
    uint8_t syn_head[SYN_HEAD_MAX];
    enum cookie cookie;
    bool synack_cookie;
    bool synack_acked_data;
    struct met met;
    int64_t syn;
    int64_t synack;
    int64_t first_server_data;
    uint64_t bytes_before_server_data; /* of the near end's, when the first of the far end's passed */
    int64_t second_flight;
    int64_t first_reply;
    int64_t fin;
    int64_t rst;
};

/* All zero is an empty table. */
struct flows {
    struct flow *first;
    struct flow *last;
    struct flow *buckets[FLOW_BUCKETS];
};

void flows_see(struct flows *flows, enum end from, const struct segment *segment, int64_t now);

/* The flow a segment belongs to, the youngest if there are several; NULL if none was seen. */
struct flow *flows_find(struct flows *flows, enum end from, const struct segment *segment);

/* One line for each flow, times as microseconds; syn_us counts from start. */
void flows_print(const struct flows *flows, int64_t start, FILE *out);

void flows_free(struct flows *flows);

#endif
