// SPDX-License-Identifier: Apache-2.0
#include "flows.h"

#include "failure.h"

#include <stdlib.h>
#include <string.h>

struct key {
    size_t address_length;
    struct endpoint ends[2];
};

static struct key key_of(enum end from, const struct segment *segment)
{
    struct key key = {.address_length = segment->address_length};
    struct endpoint *sender = &key.ends[from];
    struct endpoint *receiver = &key.ends[opposite(from)];

    memcpy(sender->address, segment->source, segment->address_length);
    memcpy(receiver->address, segment->destination, segment->address_length);
    sender->port = segment->source_port;
    receiver->port = segment->destination_port;
    return key;
}

/* Ports are enough: the lab has a handful of addresses, ephemeral ports are what varies. */
static struct flow **bucket_of(struct flows *flows, const struct key *key)
{
    unsigned mixed = key->ends[NEAR].port * 31u + key->ends[FAR].port;

    return &flows->buckets[mixed % FLOW_BUCKETS];
}

static bool same_endpoint(const struct endpoint *one, const struct endpoint *other)
{
    return one->port == other->port && memcmp(one->address, other->address, ADDRESS_MAX) == 0;
}

/* The youngest of the flows that used this pair of sockets. */
static struct flow *find(struct flows *flows, const struct key *key)
{
    struct flow *flow = *bucket_of(flows, key);

    while (flow != NULL && !(flow->address_length == key->address_length &&
                             same_endpoint(&flow->ends[NEAR], &key->ends[NEAR]) &&
                             same_endpoint(&flow->ends[FAR], &key->ends[FAR])))
        flow = flow->older;
    return flow;
}

struct flow *flows_find(struct flows *flows, enum end from, const struct segment *segment)
{
    struct key key = key_of(from, segment);

    return find(flows, &key);
}

static struct flow *begin(struct flows *flows, const struct key *key, enum end opener,
                          const struct segment *syn, int64_t now)
{
    struct flow *flow = calloc(1, sizeof *flow);
    struct flow **bucket = bucket_of(flows, key);
    const struct flow *former = find(flows, key);
    size_t head = syn->payload_length < SYN_HEAD_MAX ? syn->payload_length : SYN_HEAD_MAX;

    if (flow == NULL)
        fail(STATUS_LAB, "out of memory for the flows");
    flow->address_length = key->address_length;
    memcpy(flow->ends, key->ends, sizeof flow->ends);
    flow->opener = opener;
    flow->streams[opener] = (struct stream){.known = true, .initial = syn->sequence};
    flow->syn_payload = syn->payload_length;
    memcpy(flow->syn_head, syn->payload, head);
    if (syn->fast_open != NULL)
        flow->cookie = syn->cookie_length > 0 ? COOKIE_SENT : COOKIE_ASKED;
    flow->syn = now;
    if (former != NULL)
        flow->met = former->met;

    flow->older = *bucket;
    *bucket = flow;
    if (flows->last == NULL)
        flows->first = flow;
    else
        flows->last->next = flow;
    flows->last = flow;
    return flow;
}

static void see_synack(struct flow *flow, enum end from, const struct segment *synack, int64_t now)
{
    const struct stream *opened = &flow->streams[flow->opener];

    if (from == flow->opener || flow->synack != 0)
        return;
    flow->synack = now;
    flow->streams[from] = (struct stream){.known = true, .initial = synack->sequence};
    flow->synack_cookie = synack->fast_open != NULL && synack->cookie_length > 0;
    /* RFC 7413 section 4.2: the SYN-ACK of a server that took the data acknowledges it. */
    flow->synack_acked_data =
        synack->acknowledgment == opened->initial + 1 + (uint32_t)flow->syn_payload;
}

/* True when the segment brings bytes not seen before, so it is no retransmission. */
static bool advance(struct stream *stream, const struct segment *segment)
{
    uint32_t syn = (segment->flags & FLAG_SYN) != 0;
    uint32_t end = segment->sequence + syn + (uint32_t)segment->payload_length;
    int32_t fresh;

    if (!stream->known || segment->payload_length == 0)
        return false;
    /* Modulo 2^32 (RFC 9293 section 3.4), while the count itself may pass 4 GB. */
    fresh = (int32_t)(end - (stream->initial + 1 + (uint32_t)stream->bytes));
    if (fresh <= 0)
        return false;
    stream->bytes += (uint64_t)fresh;
    return true;
}

static void first_time(int64_t *time, int64_t now)
{
    if (*time == 0)
        *time = now;
}

static void see_data(struct flow *flow, enum end from, int64_t now)
{
    if (from == NEAR) {
        if (flow->first_server_data != 0)
            first_time(&flow->second_flight, now);
        return;
    }
    if (flow->first_server_data == 0)
        flow->bytes_before_server_data = flow->streams[NEAR].bytes;
    first_time(&flow->first_server_data, now);
    if (flow->second_flight != 0)
        first_time(&flow->first_reply, now);
}

void flows_see(struct flows *flows, enum end from, const struct segment *segment, int64_t now)
{
    struct key key = key_of(from, segment);
    struct flow *flow = find(flows, &key);

    if (segment_is_syn(segment)) {
        if (flow == NULL || flow->opener != from ||
            flow->streams[from].initial != segment->sequence)
            flow = begin(flows, &key, from, segment, now);
        flow->syns++;
    }
    if (flow == NULL)
        return;
    if (segment_is_synack(segment))
        see_synack(flow, from, segment, now);
    if (segment->flags & FLAG_RST) {
        flow->resets++;
        first_time(&flow->rst, now);
        return;
    }
    if (advance(&flow->streams[from], segment))
        see_data(flow, from, now);
    if (segment->flags & FLAG_FIN)
        first_time(&flow->fin, now);
}

void flows_free(struct flows *flows)
{
    struct flow *flow = flows->first;

    while (flow != NULL) {
        struct flow *next = flow->next;

        free(flow);
        flow = next;
    }
    memset(flows, 0, sizeof *flows);
}
