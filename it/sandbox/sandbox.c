/*
 * sandbox RULE CMD [ARG...]: runs a command under a seccomp filter that refuses one system call of Fast Open's with
 * EPERM, as a container's profile might (seccomp(2), filter mode). Rules: fastopen-option (setsockopt of
 * TCP_FASTOPEN_CONNECT), sendto, sendto-data (sendto of one byte or more), sendto-data-full (the same with ENOBUFS, as
 * where a packet can't leave for now).
 */
#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UNLESS_EQUAL(value, skip) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (skip))
#define ALLOW BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)
#define FAIL(error) BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | (error))
#define REFUSE FAIL(EPERM)

/* args[] are 64 bits wide; their low halves come first on the little-endian machines that this runs on. */
static struct sock_filter fastopen_option[] = {
    LOAD(nr), UNLESS_EQUAL(__NR_setsockopt, 5), LOAD(args[1]), UNLESS_EQUAL(IPPROTO_TCP, 3),
    LOAD(args[2]), UNLESS_EQUAL(TCP_FASTOPEN_CONNECT, 1), REFUSE, ALLOW,
};

static struct sock_filter sendto_any[] = {LOAD(nr), UNLESS_EQUAL(__NR_sendto, 1), REFUSE, ALLOW};

#define SENDTO_OF_DATA(failure) \
    LOAD(nr), UNLESS_EQUAL(__NR_sendto, 3), LOAD(args[2]), \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0, 1, 0), failure, ALLOW

static struct sock_filter sendto_data[] = {SENDTO_OF_DATA(REFUSE)};

static struct sock_filter sendto_data_full[] = {SENDTO_OF_DATA(FAIL(ENOBUFS))};

#define RULE(name, filter) {name, {sizeof filter / sizeof filter[0], filter}}

static const struct {
    const char *name;
    struct sock_fprog program;
} rules[] = {
    RULE("fastopen-option", fastopen_option),
    RULE("sendto", sendto_any),
    RULE("sendto-data", sendto_data),
    RULE("sendto-data-full", sendto_data_full),
};

int main(int argc, char **argv) {
    for (size_t i = 0; argc > 2 && i < sizeof rules / sizeof rules[0]; i++) {
        if (strcmp(argv[1], rules[i].name) == 0) {
            if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0
                || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &rules[i].program) != 0) {
                perror("sandbox: prctl");
                return 125;
            }
            execvp(argv[2], argv + 2);
            perror(argv[2]);
            return 127;
        }
    }
    fprintf(stderr, "usage: sandbox fastopen-option|sendto|sendto-data|sendto-data-full CMD [ARG...]\n");
    return 2;
}
