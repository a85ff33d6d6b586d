// SPDX-License-Identifier: Apache-2.0
/*
 * For LD_PRELOAD: each TCP socket of the program becomes one of MPTCP (RFC 8684), as mptcpize(8) has it, and as BPF programs
 * of a cgroup do.
 */
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

enum { TYPE_MASK = 0xf };

int socket(int domain, int type, int protocol) {
    int internet = domain == AF_INET || domain == AF_INET6;
    int tcp = (type & TYPE_MASK) == SOCK_STREAM && (protocol == 0 || protocol == IPPROTO_TCP);
    return (int) syscall(SYS_socket, domain, type, internet && tcp ? IPPROTO_MPTCP : protocol);
}
