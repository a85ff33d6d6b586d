// SPDX-License-Identifier: Apache-2.0
#include "queue.h"

#include "failure.h"

#include <stdlib.h>
#include <string.h>

static void *allocate(size_t size)
{
    void *memory = malloc(size);

    if (memory == NULL)
        fail(STATUS_LAB, "out of memory for the packets under way");
    return memory;
}

static void grow(struct queue *queue)
{
    size_t capacity = queue->capacity == 0 ? 256 : queue->capacity * 2;
    struct parcel *parcels = allocate(capacity * sizeof *parcels);

    for (size_t i = 0; i < queue->count; i++)
        parcels[i] = queue->parcels[(queue->first + i) % queue->capacity];
    free(queue->parcels);
    queue->parcels = parcels;
    queue->capacity = capacity;
    queue->first = 0;
}

void queue_push(struct queue *queue, int64_t due, const uint8_t *packet, size_t length)
{
    struct parcel *parcel;

    if (queue->count == queue->capacity)
        grow(queue);
    parcel = &queue->parcels[(queue->first + queue->count) % queue->capacity];
    parcel->due = due;
    parcel->length = length;
    parcel->packet = allocate(length);
    memcpy(parcel->packet, packet, length);
    queue->count++;
}

struct parcel *queue_first(struct queue *queue)
{
    return queue->count == 0 ? NULL : &queue->parcels[queue->first];
}

void queue_drop_first(struct queue *queue)
{
    free(queue->parcels[queue->first].packet);
    queue->first = (queue->first + 1) % queue->capacity;
    queue->count--;
}

void queue_free(struct queue *queue)
{
    while (queue->count > 0)
        queue_drop_first(queue);
    free(queue->parcels);
    memset(queue, 0, sizeof *queue);
}
