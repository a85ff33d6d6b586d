// SPDX-License-Identifier: Apache-2.0
/*
 * redirect FROM TO CMD [ARG...]: runs a command whose connect(2) to the IPv4 address FROM leads to TO, by a BPF program of its control
 * group, as load balancers have it that work on sockets; where TO is "-", it is refused. Exit status 77 where that can't be.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <mntent.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define OFFSET(field) ((short) offsetof(struct bpf_sock_addr, field))
#define LOAD(field) {BPF_LDX | BPF_MEM | BPF_W, 2, 1, OFFSET(field), 0}
#define STORE(field) {BPF_STX | BPF_MEM | BPF_W, 1, 3, OFFSET(field), 0}
#define SET(to, value) {BPF_ALU | BPF_MOV | BPF_K, to, 0, 0, (int) (value)}
#define UNLESS_EQUAL(value, skip) {BPF_JMP32 | BPF_JNE | BPF_K, 2, 0, skip, (int) (value)}
#define EXIT {BPF_JMP | BPF_EXIT, 0, 0, 0, 0}

enum { ALLOWED = 1 };

static char group[256];

static _Noreturn void unavailable(const char *what) {
    fprintf(stderr, "redirect: %s: %s\n", what, strerror(errno));
    if (group[0] != 0) {
        rmdir(group);
    }
    exit(77);
}

static int bpf(int command, union bpf_attr *attributes) {
    return (int) syscall(SYS_bpf, command, attributes, sizeof *attributes);
}

static void attach(int cgroup, enum bpf_attach_type type, const struct bpf_insn *code, size_t size) {
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof attributes);
    attributes.prog_type = BPF_PROG_TYPE_CGROUP_SOCK_ADDR;
    attributes.expected_attach_type = type;
    attributes.insns = (uintptr_t) code;
    attributes.insn_cnt = (unsigned) (size / sizeof *code);
    attributes.license = (uintptr_t) "Apache-2.0";
    int program = bpf(BPF_PROG_LOAD, &attributes);
    if (program < 0) {
        unavailable("BPF_PROG_LOAD");
    }
    memset(&attributes, 0, sizeof attributes);
    attributes.target_fd = (unsigned) cgroup;
    attributes.attach_bpf_fd = (unsigned) program;
    attributes.attach_type = type;
    if (bpf(BPF_PROG_ATTACH, &attributes) != 0) {
        unavailable("BPF_PROG_ATTACH");
    }
}

/* Sockets of IPv6 meet the other hook, with a mapped address (RFC 4291, 2.5.5.2). */
static void lead(int cgroup, unsigned from, unsigned to) {
    const struct bpf_insn v4[] = {LOAD(user_ip4), UNLESS_EQUAL(from, 2), SET(3, to), STORE(user_ip4), SET(0, ALLOWED), EXIT};
    const struct bpf_insn v6[] = {LOAD(user_ip6[2]), UNLESS_EQUAL(htonl(0xffff), 4), LOAD(user_ip6[3]), UNLESS_EQUAL(from, 2),
        SET(3, to), STORE(user_ip6[3]), SET(0, ALLOWED), EXIT};
    attach(cgroup, BPF_CGROUP_INET4_CONNECT, v4, sizeof v4);
    attach(cgroup, BPF_CGROUP_INET6_CONNECT, v6, sizeof v6);
}

static void refuse(int cgroup, unsigned from) {
    const struct bpf_insn v4[] = {LOAD(user_ip4), SET(0, ALLOWED), UNLESS_EQUAL(from, 1), SET(0, !ALLOWED), EXIT};
    const struct bpf_insn v6[] = {LOAD(user_ip6[3]), SET(0, ALLOWED), UNLESS_EQUAL(from, 1), SET(0, !ALLOWED), EXIT};
    attach(cgroup, BPF_CGROUP_INET4_CONNECT, v4, sizeof v4);
    attach(cgroup, BPF_CGROUP_INET6_CONNECT, v6, sizeof v6);
}

/* A control group of the second version, in whichever mount there is. */
static int make_group(void) {
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    struct mntent *mount = NULL;
    while (mounts != NULL && (mount = getmntent(mounts)) != NULL && strcmp(mount->mnt_type, "cgroup2") != 0) {
    }
    if (mount == NULL) {
        unavailable("no cgroup2 is mounted");
    }
    char name[sizeof group];
    snprintf(name, sizeof name, "%s/redirect-%d", mount->mnt_dir, (int) getpid());
    endmntent(mounts);
    if (mkdir(name, 0755) != 0) {
        unavailable(name);
    }
    strcpy(group, name);
    int cgroup = open(group, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (cgroup < 0) {
        unavailable(group);
    }
    return cgroup;
}

static _Noreturn void run(int cgroup, char **command) {
    int members = openat(cgroup, "cgroup.procs", O_WRONLY | O_CLOEXEC);
    if (members < 0 || write(members, "0", 1) != 1) {
        perror("redirect: cgroup.procs");
        _exit(125);
    }
    execvp(command[0], command);
    perror(command[0]);
    _exit(127);
}

int main(int argc, char **argv) {
    int status = 0;
    if (argc < 4) {
        fprintf(stderr, "usage: redirect FROM TO|- CMD [ARG...]\n");
        return 2;
    }
    int cgroup = make_group();
    if (strcmp(argv[2], "-") == 0) {
        refuse(cgroup, inet_addr(argv[1]));
    } else {
        lead(cgroup, inet_addr(argv[1]), inet_addr(argv[2]));
    }
    pid_t child = fork();
    if (child == 0) {
        run(cgroup, argv + 3);
    }
    waitpid(child, &status, 0);
    rmdir(group);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
