// SPDX-License-Identifier: Apache-2.0
/*
 * The system calls of io.github.niofastopen.linux.Netlink: one a function, never blocking, -errno for an error. Messages
 * are made and read in Java.
 */
#include "natives.h"

#include <linux/netlink.h>
#include <sys/socket.h>
#include <unistd.h>

/* A part of a dump fills at most what the last recv had room for, and 8 kB before (af_netlink.c, netlink_dump). */
#define MESSAGE_MAX (1 << 14)

static jint JNICALL open_socket(JNIEnv *env, jclass type, jint protocol) {
    (void) env, (void) type;
    return or_errno(socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol));
}

/* Without an address the receiver is the kernel, port 0. */
static jint JNICALL send_message(JNIEnv *env, jclass type, jint fd, jbyteArray bytes, jint length) {
    jbyte message[MESSAGE_MAX];
    jint count = length < MESSAGE_MAX ? length : MESSAGE_MAX;
    (void) type;
    (*env)->GetByteArrayRegion(env, bytes, 0, count, message);
    if ((*env)->ExceptionCheck(env)) {
        return 0;
    }
    return or_errno(sendto(fd, message, (size_t) count, MSG_DONTWAIT, NULL, 0));
}

static jint JNICALL receive_message(JNIEnv *env, jclass type, jint fd, jbyteArray bytes) {
    jbyte message[MESSAGE_MAX];
    (void) type;
    long received = recv(fd, message, sizeof message, MSG_DONTWAIT);
    if (received > 0) {
        (*env)->SetByteArrayRegion(env, bytes, 0, (jsize) received, message);
    }
    return or_errno(received);
}

static jint JNICALL close_socket(JNIEnv *env, jclass type, jint fd) {
    (void) env, (void) type;
    return or_errno(close(fd));
}

static const JNINativeMethod methods[] = {
    {"openSocket", "(I)I", (void *) open_socket},
    {"sendMessage", "(I[BI)I", (void *) send_message},
    {"receiveMessage", "(I[B)I", (void *) receive_message},
    {"closeSocket", "(I)I", (void *) close_socket},
};

jint register_netlink(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/Netlink", methods, sizeof methods / sizeof methods[0]);
}
