// SPDX-License-Identifier: Apache-2.0
#include "synproxy.h"

#include "failure.h"
#include "sysctls.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

/* A SYN that isn't tracked is the proxy's, and so is the ACK that belongs to no connection: nft(8), SYNPROXY STATEMENT. */
static char ADD[] =
    "table ip lab {"
    " chain raw { type filter hook prerouting priority raw;"
    "  tcp flags & (fin | syn | rst | ack) == syn notrack; };"
    " chain in { type filter hook input priority filter;"
    "  meta l4proto tcp ct state { invalid, untracked } synproxy mss 1460 wscale 7 timestamp sack-perm;"
    "  meta l4proto tcp ct state invalid drop; }; }";
static char DELETE[] = "delete table ip lab";

/* nft without the signals that the lab has blocked. */
static pid_t start(char *ruleset)
{
    char *words[] = {"nft", ruleset, NULL};
    posix_spawnattr_t attributes;
    sigset_t none;
    pid_t child;
    int error;

    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    error = posix_spawnp(&child, words[0], NULL, &attributes, words, environ);
    posix_spawnattr_destroy(&attributes);
    if (error != 0)
        fail(STATUS_NOT_PERMITTED, "synproxy: cannot run nft: %s", strerror(error));
    return child;
}

static void await(pid_t child)
{
    int status;

    while (waitpid(child, &status, 0) < 0) {
        if (errno != EINTR)
            fail(STATUS_LAB, "waitpid: %s", strerror(errno));
    }
    if (status != 0)
        fail(STATUS_NOT_PERMITTED, "synproxy: nft has refused it, or the kernel has none");
}

void synproxy_set(bool wanted)
{
    static bool in_force;

    if (wanted == in_force)
        return;
    await(start(wanted ? ADD : DELETE));
    if (wanted)
        sysctls_track_strictly();
    in_force = wanted;
}
