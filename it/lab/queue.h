// SPDX-License-Identifier: Apache-2.0
/* Packets under way in one direction, in the order they came. */
#ifndef LAB_QUEUE_H
#define LAB_QUEUE_H

#include <stddef.h>
#include <stdint.h>

struct parcel {
    int64_t due; /* on the monotonic clock */
    size_t length;
    uint8_t *packet;
};

/* A ring; all zero is an empty one. */
struct queue {
    struct parcel *parcels;
    size_t capacity;
    size_t first;
    size_t count;
};

/* Takes a copy of the packet. Due times must not go back. */
void queue_push(struct queue *queue, int64_t due, const uint8_t *packet, size_t length);

/* The oldest, NULL when empty; valid until the next push or drop. */
struct parcel *queue_first(struct queue *queue);

void queue_drop_first(struct queue *queue);

void queue_free(struct queue *queue);

#endif
