/*
 * The system calls of io.github.niofastopen.linux.NativeTcpSocket: one a function, never blocking, -errno for an error.
 */
#include "natives.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stddef.h>
#include <sys/socket.h>

/* linux/tcp.h, since 4.11; libc headers may be older than the kernel that runs. */
#ifndef TCP_FASTOPEN_CONNECT
#define TCP_FASTOPEN_CONNECT 30
#endif

/* A TLS record's 5 octets of header and at most 2^14 of payload (RFC 8446, 5.1): nothing longer is offered to a SYN. */
#define FIRST_FLIGHT_MAX (5 + (1 << 14))

static jint or_errno(long result) {
    return result < 0 ? -errno : (jint) result;
}

static jint set_option(int fd, int option, jint value) {
    return or_errno(setsockopt(fd, IPPROTO_TCP, option, &value, sizeof value));
}

static jint JNICALL set_fast_open_connect(JNIEnv *env, jclass type, jint fd, jboolean on) {
    (void) env, (void) type;
    return set_option(fd, TCP_FASTOPEN_CONNECT, on);
}

static jint JNICALL set_fast_open_queue(JNIEnv *env, jclass type, jint fd, jint pending) {
    (void) env, (void) type;
    return set_option(fd, TCP_FASTOPEN, pending);
}

static jint JNICALL send_to(JNIEnv *env, jclass type, jint fd, jbyteArray bytes, jint offset, jint length) {
    jbyte flight[FIRST_FLIGHT_MAX];
    (void) type;
    if (length > FIRST_FLIGHT_MAX) {
        length = FIRST_FLIGHT_MAX;
    }
    (*env)->GetByteArrayRegion(env, bytes, offset, length, flight);
    if ((*env)->ExceptionCheck(env)) {
        return 0;
    }
    return or_errno(sendto(fd, flight, (size_t) length, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0));
}

/* Net.c and tcp_sendmsg_fastopen(): zero octets on a socket that holds its SYN back send that SYN without data. */
static jint JNICALL send_nothing(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return or_errno(sendto(fd, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0));
}

static jint JNICALL tcp_state(JNIEnv *env, jclass type, jint fd) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    (void) env, (void) type;
    int result = getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size);
    return result < 0 ? -errno : info.tcpi_state;
}

static jint JNICALL take_error(JNIEnv *env, jclass type, jint fd) {
    int error = 0;
    socklen_t size = sizeof error;
    (void) env, (void) type;
    int result = getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return result < 0 ? -errno : -error;
}

static jint JNICALL shut_down(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return or_errno(shutdown(fd, SHUT_RDWR));
}

static const JNINativeMethod methods[] = {
    {"setFastOpenConnect", "(IZ)I", (void *) set_fast_open_connect},
    {"setFastOpenQueue", "(II)I", (void *) set_fast_open_queue},
    {"sendTo", "(I[BII)I", (void *) send_to},
    {"sendNothing", "(I)I", (void *) send_nothing},
    {"tcpState", "(I)I", (void *) tcp_state},
    {"takeError", "(I)I", (void *) take_error},
    {"shutDown", "(I)I", (void *) shut_down},
};

jint register_tcp_socket(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/NativeTcpSocket", methods,
                            sizeof methods / sizeof methods[0]);
}
