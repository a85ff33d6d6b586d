// SPDX-License-Identifier: Apache-2.0
/*
 * A laboratory for TCP Fast Open: a client and a server, each in a network namespace, and
 * between them a path that delays packets, misbehaves on demand and bears witness.
 */
#include "children.h"
#include "clock.h"
#include "environment.h"
#include "failure.h"
#include "faultsfile.h"
#include "listening.h"
#include "namespaces.h"
#include "options.h"
#include "path.h"
#include "synproxy.h"
#include "sysctls.h"
#include "tun.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>

/* Near's last FIN leaves as it exits; one round trip later the far end's has come too. */
enum { LINGER_MS = 50, LISTEN_POLL_MS = 10 };

struct lab {
    struct options options;
    sigset_t inherited_mask;
    int namespaces[2];
    int64_t started;
    int64_t rtt;
    FILE *flows;
    struct path path;
};

/* From here on signals come by way of the path's loop, never in the middle of something. */
static void take_signals(struct lab *lab)
{
    sigset_t signals;

    signal(SIGCHLD, SIG_DFL); /* a parent that ignored it would leave nothing to wait for */
    sigemptyset(&signals);
    sigaddset(&signals, SIGCHLD);
    sigaddset(&signals, SIGHUP);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    lab->path.signals = signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK);
    if (lab->path.signals < 0)
        fail(STATUS_LAB, "signalfd: %s", strerror(errno));
    sigaddset(&signals, SIGPIPE); /* a reader gone must not cost the other outputs */
    sigprocmask(SIG_BLOCK, &signals, &lab->inherited_mask);
}

static void open_outputs(struct lab *lab)
{
    lab->flows = stderr;
    if (lab->options.flows != NULL)
        lab->flows = fopen(lab->options.flows, "we");
    if (lab->flows == NULL)
        fail(STATUS_LAB, "--flows: cannot write %s: %s", lab->options.flows, strerror(errno));
    for (int end = NEAR; end <= FAR; end++) {
        if (lab->options.pcaps[end] != NULL)
            pcap_open(&lab->path.pcaps[end], lab->options.pcaps[end]);
    }
}

static void build_end(struct lab *lab, enum end end)
{
    lab->namespaces[end] = namespace_enter_new();
    sysctls_apply(lab->options.tcp_fastopen[end]);
    lab->path.tuns[end] = tun_open(end, lab->options.mtu);
}

static pid_t start(struct lab *lab, enum end end)
{
    struct command command = {end, lab->options.commands[end], lab->namespaces[end]};

    return child_start(&command, &lab->inherited_mask);
}

static void want(struct lab *lab, const struct faultset *faults)
{
    synproxy_set(faults->kinds & SYNPROXY);
    lab->path.faults.wanted = *faults;
}

static void take_faults(struct lab *lab)
{
    const char *file = lab->options.faults_from;
    struct faultset faults;

    faultsfile_read(file, &faults);
    want(lab, &faults);
    faultsfile_tell_taken(file);
}

/* As path_run, but for the signal that asks for other faults. */
static int carry(struct lab *lab, int64_t deadline)
{
    int signal = path_run(&lab->path, deadline);

    while (signal == SIGHUP && lab->options.faults_from != NULL) {
        take_faults(lab);
        signal = path_run(&lab->path, deadline);
    }
    return signal;
}

/* 0 when the server is ready; otherwise the status the lab ends with. */
static int await_server(struct lab *lab, pid_t far)
{
    int64_t deadline = now_ns() + lab->options.wait_ns;
    int status;

    while (!something_listens(far, lab->options.wait_port)) {
        int signal;

        if (child_ended(far, &status))
            fail(STATUS_LAB, "the far command '%s' ended with status %d before it listened",
                 lab->options.commands[FAR][0], status);
        if (now_ns() >= deadline)
            fail(STATUS_LAB, "the far command '%s' did not listen in time; see --wait-port, --wait",
                 lab->options.commands[FAR][0]);
        signal = carry(lab, now_ns() + LISTEN_POLL_MS * NS_PER_MS);
        if (signal != 0 && signal != SIGCHLD)
            return STATUS_SIGNAL + signal;
    }
    return 0;
}

/* Near's status, or why it had to be given up. */
static int await_client(struct lab *lab, pid_t near)
{
    int64_t deadline = now_ns() + lab->options.timeout_ns;
    int status, signal;

    while (!child_ended(near, &status)) {
        signal = carry(lab, deadline);
        if (signal == 0) {
            fprintf(stderr, "lab: near did not end in time, see --timeout\n");
            return STATUS_TIMEOUT;
        }
        if (signal != SIGCHLD)
            return STATUS_SIGNAL + signal;
    }
    deadline = now_ns() + lab->rtt + LINGER_MS * NS_PER_MS;
    do
        signal = carry(lab, deadline);
    while (signal == SIGCHLD);
    return signal == 0 ? status : STATUS_SIGNAL + signal;
}

static int experiment(struct lab *lab)
{
    pid_t far = start(lab, FAR);
    pid_t near;
    int status = await_server(lab, far);

    if (status != 0)
        return status;
    near = start(lab, NEAR);
    path_go_first(); /* not before: a child would inherit it */
    return await_client(lab, near);
}

static void tell(struct lab *lab)
{
    flows_print(&lab->path.flows, lab->started, lab->flows);
    fprintf(lab->flows, "lab packets=%llu dropped=%llu\n", (unsigned long long)lab->path.packets,
            (unsigned long long)lab->path.dropped);
    pcap_close(&lab->path.pcaps[NEAR]);
    pcap_close(&lab->path.pcaps[FAR]);
    if (fflush(lab->flows) != 0 || ferror(lab->flows))
        fail(STATUS_LAB, "--flows: the flow lines are incomplete, a write failed");
}

int main(int argc, char **argv)
{
    static struct lab lab;
    int status;

    lab.started = now_ns();
    if (argc < 1)
        return STATUS_USAGE;
    options_parse(argv, &lab.options);
    lab.rtt = (int64_t)(lab.options.rtt_ms * (double)NS_PER_MS);
    lab.path.delay = lab.rtt / 2;
    losses_seed(&lab.path.faults.losses, lab.options.seed);
    take_signals(&lab);
    if (!lab.options.check)
        open_outputs(&lab);
    build_end(&lab, NEAR);
    build_end(&lab, FAR);
    want(&lab, &lab.options.faults);
    if (lab.options.check)
        return EXIT_SUCCESS;
    if (lab.options.faults_from != NULL)
        take_faults(&lab);
    environment_set(&lab.options, lab.started);
    status = experiment(&lab);
    children_end();
    tell(&lab);
    queue_free(&lab.path.from[NEAR]);
    queue_free(&lab.path.from[FAR]);
    flows_free(&lab.path.flows);
    return status;
}
