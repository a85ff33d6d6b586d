// SPDX-License-Identifier: Apache-2.0
/*
 * The system calls of io.github.niofastopen.linux.NativeTcpSocket: one a function, -errno for an error. None blocks,
 * but for connect(2), on a descriptor that does, for as long as the send timeout says.
 */
#include "natives.h"

#include <errno.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>

/* A TLS record's 5 octets of header and at most 2^14 of payload (RFC 8446, 5.1): nothing longer is offered to a SYN. */
#define FIRST_FLIGHT_MAX (5 + (1 << 14))

static jint set_option(int fd, int option, jint value) {
    return or_errno(setsockopt(fd, IPPROTO_TCP, option, &value, sizeof value));
}

static jint JNICALL set_fast_open_connect(JNIEnv *env, jclass type, jint fd, jboolean on) {
    (void) env, (void) type;
    return set_option(fd, TCP_FASTOPEN_CONNECT, on);
}

static jint JNICALL set_fast_open_no_cookie(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return set_option(fd, TCP_FASTOPEN_NO_COOKIE, 1);
}

static jint JNICALL set_fast_open_queue(JNIEnv *env, jclass type, jint fd, jint pending) {
    (void) env, (void) type;
    return set_option(fd, TCP_FASTOPEN, pending);
}

static jint JNICALL send_to(JNIEnv *env, jclass type, jint fd, jbyteArray bytes, jint offset, jint length) {
    jbyte flight[FIRST_FLIGHT_MAX];
    jint count = length < FIRST_FLIGHT_MAX ? length : FIRST_FLIGHT_MAX;
    (void) type;
    (*env)->GetByteArrayRegion(env, bytes, offset, count, flight);
    if ((*env)->ExceptionCheck(env)) {
        return 0;
    }
    return or_errno(sendto(fd, flight, (size_t) count, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0));
}

/* Net.c and tcp_sendmsg_fastopen(): zero octets on a socket that holds its SYN back send that SYN without data. */
static jint JNICALL send_nothing(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return or_errno(sendto(fd, "", 0, MSG_DONTWAIT | MSG_NOSIGNAL, NULL, 0));
}

static jlong capped(jlong value, jlong most) {
    return value < most ? value : most;
}

/* Packed as io.github.niofastopen.linux.TcpInfo unpacks it: 63 bits, so that the sign is that of an error. */
static jlong packed(const struct tcp_info *info) {
    return info->tcpi_state | (jlong) !!(info->tcpi_options & TCPI_OPT_SYN_DATA) << 4
        | (jlong) info->tcpi_fastopen_client_fail << 5 | (jlong) (info->tcpi_bytes_received > 0) << 7
        | (jlong) (info->tcpi_unacked > 0) << 8 | capped(info->tcpi_total_retrans, 0xff) << 9
        | capped((jlong) info->tcpi_bytes_acked, 0x7fff) << 17 | capped(info->tcpi_rtt, 0x3fffffff) << 32
        | (jlong) (info->tcpi_rcv_ooopack > 0) << 62;
}

/* An older kernel fills less: the rest stays 0. */
static jlong JNICALL tcp_info(JNIEnv *env, jclass type, jint fd) {
    struct tcp_info info;
    socklen_t size = sizeof info;
    (void) env, (void) type;
    memset(&info, 0, sizeof info);
    if (getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size) < 0) {
        return -errno;
    }
    return packed(&info);
}

static jint JNICALL take_error(JNIEnv *env, jclass type, jint fd) {
    int error = 0;
    socklen_t size = sizeof error;
    (void) env, (void) type;
    int result = getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &size);
    return result < 0 ? -errno : -error;
}

/* ip(7), IP_RECVERR: what is taken is gone. How long it was, or -EAGAIN where there is none. */
static jint JNICALL take_queued_error(JNIEnv *env, jclass type, jint fd) {
    char first;
    (void) env, (void) type;
    return or_errno(recv(fd, &first, sizeof first, MSG_ERRQUEUE | MSG_DONTWAIT));
}

static jint JNICALL shut_down(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return or_errno(shutdown(fd, SHUT_RD));
}

static jint JNICALL linger_not(JNIEnv *env, jclass type, jint fd) {
    struct linger not_at_all = {.l_onoff = 1, .l_linger = 0};
    (void) env, (void) type;
    return or_errno(setsockopt(fd, SOL_SOCKET, SO_LINGER, &not_at_all, sizeof not_at_all));
}

/* connect(2) to AF_UNSPEC: af_inet.c, __inet_stream_connect() disconnects in any state. */
static jint JNICALL disconnect(JNIEnv *env, jclass type, jint fd) {
    struct sockaddr unspecified;
    (void) env, (void) type;
    memset(&unspecified, 0, sizeof unspecified);
    unspecified.sa_family = AF_UNSPEC;
    return or_errno(connect(fd, &unspecified, sizeof unspecified));
}

static jint JNICALL connect_4(JNIEnv *env, jclass type, jint fd, jbyteArray address, jint port) {
    struct sockaddr_in to;
    (void) type;
    memset(&to, 0, sizeof to);
    to.sin_family = AF_INET;
    to.sin_port = htons((uint16_t) port);
    (*env)->GetByteArrayRegion(env, address, 0, sizeof to.sin_addr, (jbyte *) &to.sin_addr);
    return or_errno(connect(fd, (struct sockaddr *) &to, sizeof to));
}

static jint JNICALL connect_6(JNIEnv *env, jclass type, jint fd, jbyteArray address, jint port, jint scope) {
    struct sockaddr_in6 to;
    (void) type;
    memset(&to, 0, sizeof to);
    to.sin6_family = AF_INET6;
    to.sin6_port = htons((uint16_t) port);
    to.sin6_scope_id = (uint32_t) scope;
    (*env)->GetByteArrayRegion(env, address, 0, sizeof to.sin6_addr, (jbyte *) &to.sin6_addr);
    return or_errno(connect(fd, (struct sockaddr *) &to, sizeof to));
}

static jint JNICALL domain(JNIEnv *env, jclass type, jint fd) {
    int family = 0;
    socklen_t size = sizeof family;
    (void) env, (void) type;
    int result = getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &family, &size);
    return result < 0 ? -errno : family;
}

static jint JNICALL protocol(JNIEnv *env, jclass type, jint fd) {
    int number = 0;
    socklen_t size = sizeof number;
    (void) env, (void) type;
    int result = getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, &number, &size);
    return result < 0 ? -errno : number;
}

static jint JNICALL set_send_timeout(JNIEnv *env, jclass type, jint fd, jint micros) {
    struct timeval timeout = {.tv_sec = 0, .tv_usec = micros};
    (void) env, (void) type;
    return or_errno(setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout));
}

static const JNINativeMethod methods[] = {
    {"setFastOpenConnect", "(IZ)I", (void *) set_fast_open_connect},
    {"setFastOpenNoCookie", "(I)I", (void *) set_fast_open_no_cookie},
    {"setFastOpenQueue", "(II)I", (void *) set_fast_open_queue},
    {"sendTo", "(I[BII)I", (void *) send_to},
    {"sendNothing", "(I)I", (void *) send_nothing},
    {"tcpInfo", "(I)J", (void *) tcp_info},
    {"takeError", "(I)I", (void *) take_error},
    {"takeQueuedError", "(I)I", (void *) take_queued_error},
    {"shutDown", "(I)I", (void *) shut_down},
    {"lingerNot", "(I)I", (void *) linger_not},
    {"disconnect", "(I)I", (void *) disconnect},
    {"connect4", "(I[BI)I", (void *) connect_4},
    {"connect6", "(I[BII)I", (void *) connect_6},
    {"domain", "(I)I", (void *) domain},
    {"protocol", "(I)I", (void *) protocol},
    {"setSendTimeout", "(II)I", (void *) set_send_timeout},
};

jint register_tcp_socket(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/NativeTcpSocket", methods,
                            sizeof methods / sizeof methods[0]);
}
