// SPDX-License-Identifier: Apache-2.0
/*
 * landlock PORT CMD [ARG...]: runs a command that may connect to one TCP port alone (landlock(7), Linux 6.7). Exit status 77 where
 * the kernel has no such rule.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

/* include/uapi/linux/landlock.h, which older headers have in part. */
enum { CREATE_RULESET_VERSION = 1, RULE_NET_PORT = 2, FIRST_ABI_WITH_PORTS = 4 };

static const uint64_t ACCESS_NET_CONNECT_TCP = 2;

struct ruleset {
    uint64_t handled_access_fs;
    uint64_t handled_access_net;
};

struct net_port {
    uint64_t allowed_access;
    uint64_t port;
};

static _Noreturn void give_up(const char *what) {
    perror(what);
    exit(125);
}

static void restrict_to(uint64_t port) {
    struct ruleset handled = {0, ACCESS_NET_CONNECT_TCP};
    struct net_port allowed = {ACCESS_NET_CONNECT_TCP, port};
    int ruleset = (int) syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (ruleset < 0 || syscall(SYS_landlock_add_rule, ruleset, RULE_NET_PORT, &allowed, 0) != 0) {
        give_up("landlock: rule");
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || syscall(SYS_landlock_restrict_self, ruleset, 0) != 0) {
        give_up("landlock: restrict");
    }
}

int main(int argc, char **argv) {
    if (argc < 3) {
        fprintf(stderr, "usage: landlock PORT CMD [ARG...]\n");
        return 2;
    }
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, CREATE_RULESET_VERSION) < FIRST_ABI_WITH_PORTS) {
        fprintf(stderr, "landlock: this kernel has no rules for ports\n");
        return 77;
    }
    restrict_to((uint64_t) atoi(argv[1]));
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}
