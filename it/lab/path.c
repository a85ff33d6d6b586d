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

/* The near end's door: what the flow lines tell is what passes here. */
static void witness(struct path *path, enum end from, uint8_t *packet, size_t length, int64_t now)
{
    struct segment segment;

    pcap_write(&path->pcaps[NEAR], now, packet, length);
    if (segment_parse(packet, length, &segment))
        flows_see(&path->flows, from, &segment, now);
}

/* An answer starts at the far end's door, and travels as long as one of the far end's own would. */
static void answer(struct path *path, enum end to, const struct answer *answer, int64_t now)
{
    queue_push(&path->from[opposite(to)], now + path->delay, answer->packet, answer->length);
}

/* The far end's door: false for a packet that does not get through. */
static bool pass(struct path *path, struct crossing *crossing)
{
    struct answer reply;
    enum verdict verdict;

    if (crossing->from == FAR)
        pcap_write(&path->pcaps[FAR], crossing->now, crossing->packet, crossing->length);
    verdict = faults_apply(&path->faults, crossing, &reply);
    if (verdict == PASS && crossing->from == NEAR)
        pcap_write(&path->pcaps[FAR], crossing->now, crossing->packet, crossing->length);
    if (verdict == ANSWER)
        answer(path, crossing->from, &reply, crossing->now);
    path->dropped += verdict != PASS;
    return verdict == PASS;
}

static void take(struct path *path, enum end end)
{
    static uint8_t packet[PACKET_MAX];

    for (int i = 0; i < BATCH; i++) {
        ssize_t got = read(path->tuns[end], packet, sizeof packet);
        struct crossing crossing = {end, now_ns(), packet, (size_t)got, &path->flows};

        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0)
            fail(STATUS_LAB, "read from the TUN device: %s", strerror(errno));
        if (!packet_is_unicast(packet, crossing.length))
            continue; /* reports of multicast membership, of no use to the other end */
        path->packets++;
        if (end == NEAR)
            witness(path, NEAR, packet, crossing.length, crossing.now);
        else if (!pass(path, &crossing))
            continue;
        queue_push(&path->from[end], crossing.now + path->delay, packet, crossing.length);
    }
}

static void give(struct path *path, enum end from, uint8_t *packet, size_t length)
{
    struct crossing crossing = {from, now_ns(), packet, length, &path->flows};

    if (from == FAR)
        witness(path, FAR, packet, length, crossing.now);
    else if (!pass(path, &crossing))
        return;
    /* A refusal (no memory, device taken down by the test) is a loss like any on a network. */
    if (write(path->tuns[opposite(from)], packet, crossing.length) < 0)
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
