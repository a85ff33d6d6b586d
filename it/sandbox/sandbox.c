// SPDX-License-Identifier: Apache-2.0
/*
 * sandbox RULE[=ERRNO] CMD [ARG...]: runs a command under a seccomp filter that refuses one system call of Fast Open's
 * with an error number, EPERM by default, as a container's profile might (seccomp(2), filter mode). Rules: fastopen-option
 * (setsockopt of TCP_FASTOPEN_CONNECT), tcp-info (getsockopt of TCP_INFO), sendto, sendto-data (sendto of one byte or
 * more), netlink (socket of that family).
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define REFUSE BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)

/* args[] are 64 bits wide; their low halves come first on the little-endian machines that this runs on. */
static struct sock_filter fastopen_option[] = {
    LOAD(nr), UNLESS_EQUAL(__NR_setsockopt, 5), LOAD(args[1]), UNLESS_EQUAL(IPPROTO_TCP, 3),
    LOAD(args[2]), UNLESS_EQUAL(TCP_FASTOPEN_CONNECT, 1), REFUSE, ALLOW,
};

static struct sock_filter tcp_info[] = {
    LOAD(nr), UNLESS_EQUAL(__NR_getsockopt, 5), LOAD(args[1]), UNLESS_EQUAL(IPPROTO_TCP, 3),
    LOAD(args[2]), UNLESS_EQUAL(TCP_INFO, 1), REFUSE, ALLOW,
};

static struct sock_filter sendto_any[] = {LOAD(nr), UNLESS_EQUAL(__NR_sendto, 1), REFUSE, ALLOW};

static struct sock_filter sendto_data[] = {
    LOAD(nr), UNLESS_EQUAL(__NR_sendto, 3), LOAD(args[2]), BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), REFUSE, ALLOW,
};

static struct sock_filter netlink[] = {
    LOAD(nr), UNLESS_EQUAL(__NR_socket, 3), LOAD(args[0]), UNLESS_EQUAL(AF_NETLINK, 1), REFUSE, ALLOW,
};

#define RULE(name, filter) {name, {sizeof filter / sizeof filter[0], filter}}

static struct {
    const char *name;
    struct sock_fprog program;
} rules[] = {
    RULE("fastopen-option", fastopen_option), RULE("tcp-info", tcp_info), RULE("sendto", sendto_any),
    RULE("sendto-data", sendto_data), RULE("netlink", netlink),
};

static struct sock_fprog *find(const char *word) {
    size_t length = strcspn(word, "=");
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        if (strlen(rules[i].name) == length && strncmp(rules[i].name, word, length) == 0) {
            return &rules[i].program;
        }
    }
    return NULL;
}

static void refuse_with(int error, struct sock_fprog *program) {
    for (unsigned short i = 0; i < program->len; i++) {
        if (program->filter[i].k == (SECCOMP_RET_ERRNO | EPERM)) {
            program->filter[i].k = SECCOMP_RET_ERRNO | (unsigned) error;
        }
    }
}

int main(int argc, char **argv) {
    struct sock_fprog *program = argc > 2 ? find(argv[1]) : NULL;
    if (program == NULL) {
        fprintf(stderr, "usage: sandbox fastopen-option|tcp-info|sendto|sendto-data|netlink[=ERRNO] CMD [ARG...]\n");
        return 2;
    }
    const char *error = strchr(argv[1], '=');
    if (error != NULL) {
        refuse_with(atoi(error + 1), program);
    }
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program) != 0) {
        perror("sandbox: prctl");
        return 125;
    }
    execvp(argv[2], argv + 2);
    perror(argv[2]);
    return 127;
}
