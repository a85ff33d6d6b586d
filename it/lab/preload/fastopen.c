// SPDX-License-Identifier: Apache-2.0
/*
 * For LD_PRELOAD: each TCP socket of the program that connects is to hold its SYN back for the first write, where the kernel has
 * a cookie. It is what one might take instead of this project; what it breaks, ContractIT counts.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

int connect(int fd, const struct sockaddr *address, socklen_t length) {
    int on = 1;
    if (address->sa_family == AF_INET || address->sa_family == AF_INET6) {
        setsockopt(fd, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, &on, sizeof on);
    }
    return (int) syscall(SYS_connect, fd, address, length);
}
