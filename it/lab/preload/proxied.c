// SPDX-License-Identifier: Apache-2.0
/*
 * For LD_PRELOAD: connect(2) of a TCP socket returns with a connection, which is another socket's that takes its place, as libraries
 * have it that lead connections through a proxy, and supervisors of a sandbox.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int is_tcp(int fd, const struct sockaddr *address) {
    int type = 0;
    socklen_t length = sizeof type;
    return (address->sa_family == AF_INET || address->sa_family == AF_INET6)
        && getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &length) == 0 && type == SOCK_STREAM;
}

/* What the kernel says of it: 0, or -1 with errno. */
static int put_in_place(int fd, int other, const struct sockaddr *address, socklen_t length) {
    if (syscall(SYS_connect, other, address, length) != 0 || fcntl(other, F_SETFL, fcntl(fd, F_GETFL)) < 0) {
        return -1;
    }
    return dup3(other, fd, O_CLOEXEC) < 0 ? -1 : 0;
}

int connect(int fd, const struct sockaddr *address, socklen_t length) {
    if (!is_tcp(fd, address)) {
        return (int) syscall(SYS_connect, fd, address, length);
    }
    int other = socket(address->sa_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    int result = other < 0 ? -1 : put_in_place(fd, other, address, length);
    int error = errno;
    if (other >= 0) {
        close(other);
    }
    errno = error;
    return result;
}
