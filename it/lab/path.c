// SPDX-License-Identifier: Apache-2.0
#include "path.h"

#include "clock.h"
#include "failure.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Packets taken from one end before the other gets its turn. */
enum { BATCH = 64 };

/* The near end's door: what the capture and the flow lines tell is what passes here. */
static void witness(struct path *path, enum end from, uint8_t *packet, size_t length, int64_t now)
{
    struct segment segment;

    pcap_write(&path->pcap, now, packet, length);
    if (segment_parse(packet, length, &segment))
        flows_see(&path->flows, from, &segment, now);
}

/*
 * The far end's door: false for a packet that does not get through. An answer starts here and
 * travels as long as one of the far end's own would.
 */
static bool pass(struct path *path, enum end from, uint8_t *packet, size_t *length)
{
    struct answer answer;
    enum verdict verdict = faults_apply(&path->faults, from, packet, length, &answer);

    if (verdict == PASS)
        return true;
    path->dropped++;
    if (verdict == ANSWER)
        queue_push(&path->from[opposite(from)], now_ns() + path->delay, answer.packet,
                   answer.length);
    return false;
}

static void take(struct path *path, enum end end)
{
    static uint8_t packet[PACKET_MAX];

    for (int i = 0; i < BATCH; i++) {
        ssize_t got = read(path->tuns[end], packet, sizeof packet);
        int64_t now = now_ns();
        size_t length = (size_t)got;

        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0)
            fail(STATUS_LAB, "read from the TUN device: %s", strerror(errno));
        if (!packet_is_unicast(packet, length))
            continue; /* reports of multicast membership, of no use to the other end */
        path->packets++;
        if (end == NEAR)
            witness(path, NEAR, packet, length, now);
        else if (!pass(path, FAR, packet, &length))
            continue;
        queue_push(&path->from[end], now + path->delay, packet, length);
    }
}

static void give(struct path *path, enum end from, uint8_t *packet, size_t length)
{
    if (from == FAR)
        witness(path, FAR, packet, length, now_ns());
    else if (!pass(path, NEAR, packet, &length))
        return;
    /* A refusal (no memory, device taken down by the test) is a loss like any on a network. */
    if (write(path->tuns[opposite(from)], packet, length) < 0)
        path->dropped++;
}

static void give_due(struct path *path, enum end from)
{
    struct queue *queue = &path->from[from];
    int64_t now = now_ns();
    struct parcel *parcel;

    while ((parcel = queue_first(queue)) != NULL && parcel->due <= now) {
        give(path, from, parcel->packet, parcel->length);
        queue_drop_first(queue);
    }
}

static int64_t next_event(struct path *path, int64_t deadline)
{
    for (int end = NEAR; end <= FAR; end++) {
        struct parcel *parcel = queue_first(&path->from[end]);

        if (parcel != NULL && parcel->due < deadline)
            deadline = parcel->due;
    }
    return deadline;
}

static void wait_until(struct pollfd *polled, nfds_t count, int64_t time)
{
    int64_t left = time - now_ns();
    struct timespec timeout = {0};

    if (left > 0) {
        timeout.tv_sec = left / NS_PER_SECOND;
        timeout.tv_nsec = left % NS_PER_SECOND;
    }
    if (ppoll(polled, count, &timeout, NULL) < 0 && errno != EINTR)
        fail(STATUS_LAB, "ppoll: %s", strerror(errno));
}

int path_run(struct path *path, int64_t deadline)
{
    struct pollfd polled[] = {
        {.fd = path->tuns[NEAR], .events = POLLIN},
        {.fd = path->tuns[FAR], .events = POLLIN},
        {.fd = path->signals, .events = POLLIN},
    };

    while (now_ns() < deadline) {
        struct signalfd_siginfo signal;

        wait_until(polled, 3, next_event(path, deadline));
        for (int end = NEAR; end <= FAR; end++) {
            if (polled[end].revents != 0)
                take(path, end);
        }
        give_due(path, NEAR);
        give_due(path, FAR);
        if (polled[2].revents != 0 &&
            read(path->signals, &signal, sizeof signal) == (ssize_t)sizeof signal)
            return (int)signal.ssi_signo;
    }
    return 0;
}

void path_go_first(void)
{
    struct sched_param priority = {.sched_priority = 1};

    prctl(PR_SET_TIMERSLACK, 1UL, 0, 0, 0);
    /* The system call itself, since musl's function is a stub. */
    if (syscall(SYS_sched_setscheduler, 0, SCHED_FIFO, &priority) != 0)
        setpriority(PRIO_PROCESS, 0, -20);
}
