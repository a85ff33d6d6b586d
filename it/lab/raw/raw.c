// SPDX-License-Identifier: Apache-2.0
/*
 * raw serve PORT: sends back what it gets, and takes data from SYNs.
 * raw talk ADDRESS PORT WORD...: has two messages sent back on each connection, or says why not. Words: plain (connect,
 * then write) and fast (the first message is given to the kernel with the connect, for the SYN, tcp(7)) each make one
 * connection; bytes=N is the length of the messages from there on (300), port=N the local port of the next connection, and
 * wait=MS how long each of its calls may wait (10000).
 *
 * Sockets as the kernel has them, for tests of the path itself: no library is between.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { MESSAGE_MAX = 60000, BACKLOG = 64, PATIENCE_MS = 10000 };

static char message[MESSAGE_MAX];
static struct sockaddr_storage remote;
static socklen_t remote_length;
static size_t length = 300;
static long wait_ms = PATIENCE_MS;
static unsigned short local_port;

static _Noreturn void give_up(const char *what) {
    fprintf(stderr, "raw: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void set_address(const char *address, const char *port) {
    struct sockaddr_in *v4 = (struct sockaddr_in *) &remote;
    struct sockaddr_in6 *v6 = (struct sockaddr_in6 *) &remote;
    if (inet_pton(AF_INET, address, &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons((unsigned short) atoi(port));
        remote_length = sizeof *v4;
    } else if (inet_pton(AF_INET6, address, &v6->sin6_addr) == 1) {
        v6->sin6_family = AF_INET6;
        v6->sin6_port = htons((unsigned short) atoi(port));
        remote_length = sizeof *v6;
    } else {
        give_up(address);
    }
}

/* Of the family of the remote address; both have the port at the same place. */
static void bind_to(int fd, unsigned short port) {
    struct sockaddr_storage local = {.ss_family = remote.ss_family};
    int yes = 1;
    ((struct sockaddr_in *) &local)->sin_port = htons(port);
    setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(fd, (struct sockaddr *) &local, remote_length) != 0) {
        give_up("bind");
    }
}

static int open_socket(void) {
    struct timeval timeout = {wait_ms / 1000, wait_ms % 1000 * 1000};
    int fd = socket(remote.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout) != 0
        || setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout) != 0) {
        give_up("socket");
    }
    if (local_port != 0) {
        bind_to(fd, local_port);
    }
    local_port = 0;
    wait_ms = PATIENCE_MS;
    return fd;
}

/* What became of a call that didn't do what it should. */
static const char *outcome(ssize_t result) {
    if (result == 0) {
        return "closed";
    }
    switch (errno) {
        case EAGAIN:
        case EINPROGRESS:
            return "silent";
        case ECONNREFUSED:
            return "refused";
        case ECONNRESET:
        case EPIPE:
            return "reset";
        default:
            return strerror(errno);
    }
}

static const char *send_message(int fd, int fast) {
    ssize_t sent;
    if (fast) {
        sent = sendto(fd, message, length, MSG_FASTOPEN | MSG_NOSIGNAL, (struct sockaddr *) &remote, remote_length);
    } else {
        sent = send(fd, message, length, MSG_NOSIGNAL);
    }
    return sent == (ssize_t) length ? NULL : outcome(sent);
}

static const char *await_echo(int fd) {
    static char echo[MESSAGE_MAX];
    for (size_t got = 0; got < length;) {
        ssize_t more = recv(fd, echo + got, length - got, 0);
        if (more <= 0) {
            return outcome(more);
        }
        got += (size_t) more;
    }
    return memcmp(echo, message, length) == 0 ? "answered" : "garbled";
}

static const char *exchange(int fd, int fast) {
    const char *failure = send_message(fd, fast);
    return failure != NULL ? failure : await_echo(fd);
}

static void talk(int fast) {
    int fd = open_socket();
    const char *first;
    if (!fast && connect(fd, (struct sockaddr *) &remote, remote_length) != 0) {
        first = outcome(-1);
    } else {
        first = exchange(fd, fast);
    }
    printf("%s %s", fast ? "fast" : "plain", first);
    printf(" %s\n", strcmp(first, "answered") == 0 ? exchange(fd, 0) : "-");
    fflush(stdout);
    close(fd);
}

static void take(const char *word) {
    if (strcmp(word, "plain") == 0 || strcmp(word, "fast") == 0) {
        talk(strcmp(word, "fast") == 0);
    } else if (strncmp(word, "bytes=", 6) == 0 && atoi(word + 6) <= MESSAGE_MAX) {
        length = (size_t) atoi(word + 6);
    } else if (strncmp(word, "wait=", 5) == 0) {
        wait_ms = atol(word + 5);
    } else if (strncmp(word, "port=", 5) == 0) {
        local_port = (unsigned short) atoi(word + 5);
    } else {
        errno = EINVAL;
        give_up(word);
    }
}

static void echo(int fd) {
    static char buffer[MESSAGE_MAX];
    ssize_t got;
    while ((got = recv(fd, buffer, sizeof buffer, 0)) > 0 && send(fd, buffer, (size_t) got, MSG_NOSIGNAL) == got) {
        /* Until the other end has said all, or is gone. */
    }
}

static void serve(const char *port) {
    int queue = BACKLOG;
    int listener = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
    set_address("::", port);
    bind_to(listener, (unsigned short) atoi(port));
    if (setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN, &queue, sizeof queue) != 0 || listen(listener, BACKLOG) != 0) {
        give_up("listen");
    }
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int fd = accept(listener, NULL, NULL);
        if (fd >= 0 && fork() == 0) {
            echo(fd);
            _exit(0);
        }
        close(fd);
    }
}

int main(int argc, char **argv) {
    if (argc == 3 && strcmp(argv[1], "serve") == 0) {
        serve(argv[2]);
    } else if (argc > 4 && strcmp(argv[1], "talk") == 0) {
        set_address(argv[2], argv[3]);
        for (int i = 0; i < MESSAGE_MAX; i++) {
            message[i] = (char) ('a' + i % 26);
        }
        for (int i = 4; i < argc; i++) {
            take(argv[i]);
        }
        return 0;
    }
    fprintf(stderr, "usage: raw serve PORT | raw talk ADDRESS PORT WORD...\n");
    return 2;
}
