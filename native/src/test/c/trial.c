// SPDX-License-Identifier: Apache-2.0
/*
 * trial LIBRARY: loads the JNI library as a JVM does, with what it needs of one, and calls its functions on sockets of its
 * own. It shows that the library loads and works where there is no JVM to try it with: on another libc, under another
 * architecture's emulator, or under a sanitizer.
 */
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <jni.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define METHODS_MAX 64
#define CHECK(condition) check((condition), #condition, __LINE__)

/* What stands for a Java array. */
struct array {
    jsize length;
    jbyte *bytes;
};

static JNINativeMethod registered[METHODS_MAX];
static int count;
static int thrown;

static void check(int holds, const char *text, int line) {
    if (!holds) {
        fprintf(stderr, "trial.c:%d: %s doesn't hold (errno %d)\n", line, text, errno);
        exit(1);
    }
}

static jclass JNICALL find_class(JNIEnv *env, const char *name) {
    (void) env;
    return (jclass) (uintptr_t) name;
}

static jint JNICALL register_methods(JNIEnv *env, jclass type, const JNINativeMethod *methods, jint length) {
    (void) env, (void) type;
    CHECK(count + length <= METHODS_MAX);
    memcpy(registered + count, methods, (size_t) length * sizeof *methods);
    count += length;
    return JNI_OK;
}

static void JNICALL delete_local_ref(JNIEnv *env, jobject reference) {
    (void) env, (void) reference;
}

static jboolean JNICALL exception_check(JNIEnv *env) {
    (void) env;
    return (jboolean) thrown;
}

static int in_bounds(const struct array *array, jsize start, jsize length) {
    thrown = start < 0 || length < 0 || start > array->length - length;
    return !thrown;
}

static void JNICALL get_bytes(JNIEnv *env, jbyteArray from, jsize start, jsize length, jbyte *to) {
    const struct array *array = (const struct array *) from;
    (void) env;
    if (in_bounds(array, start, length)) {
        memcpy(to, array->bytes + start, (size_t) length);
    }
}

static void JNICALL set_bytes(JNIEnv *env, jbyteArray to, jsize start, jsize length, const jbyte *from) {
    const struct array *array = (const struct array *) to;
    (void) env;
    if (in_bounds(array, start, length)) {
        memcpy(array->bytes + start, from, (size_t) length);
    }
}

static const struct JNINativeInterface_ functions = {
    .FindClass = find_class,
    .RegisterNatives = register_methods,
    .DeleteLocalRef = delete_local_ref,
    .ExceptionCheck = exception_check,
    .GetByteArrayRegion = get_bytes,
    .SetByteArrayRegion = set_bytes,
};
static JNIEnv env = &functions;

static jint JNICALL get_env(JavaVM *vm, void **to, jint version) {
    (void) vm, (void) version;
    *to = &env;
    return JNI_OK;
}

static const struct JNIInvokeInterface_ invocations = {.GetEnv = get_env};
static JavaVM vm = &invocations;

static void *method(const char *name) {
    for (int i = 0; i < count; i++) {
        if (strcmp(registered[i].name, name) == 0) {
            return registered[i].fnPtr;
        }
    }
    fprintf(stderr, "trial: the library has no %s\n", name);
    exit(1);
}

static jint of_fd(const char *name, int fd) {
    return ((jint (JNICALL *)(JNIEnv *, jclass, jint)) method(name))(&env, NULL, fd);
}

static jint of_fd_and_number(const char *name, int fd, jint number) {
    return ((jint (JNICALL *)(JNIEnv *, jclass, jint, jint)) method(name))(&env, NULL, fd, number);
}

static jint send_bytes(int fd, struct array *array, jint offset, jint length) {
    return ((jint (JNICALL *)(JNIEnv *, jclass, jint, jbyteArray, jint, jint)) method("sendTo"))(
        &env, NULL, fd, (jbyteArray) array, offset, length);
}

static jint connect_4(int fd, struct array *address, jint port) {
    return ((jint (JNICALL *)(JNIEnv *, jclass, jint, jbyteArray, jint)) method("connect4"))(
        &env, NULL, fd, (jbyteArray) address, port);
}

static jint connect_6(int fd, struct array *address, jint port) {
    return ((jint (JNICALL *)(JNIEnv *, jclass, jint, jbyteArray, jint, jint)) method("connect6"))(
        &env, NULL, fd, (jbyteArray) address, port, 0);
}

static jlong tcp_info(int fd) {
    return ((jlong (JNICALL *)(JNIEnv *, jclass, jint)) method("tcpInfo"))(&env, NULL, fd);
}

/* A descriptor that doesn't exist is told from every function, and nothing else happens. */
static void try_without_socket(void) {
    static const char *const names[] = {
        "sendNothing", "takeError", "shutDown", "lingerNot", "disconnect", "domain", "protocol", "closeSocket"};
    struct array address = {4, (jbyte[4]) {127, 0, 0, 1}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        CHECK(of_fd(names[i], -1) == -EBADF);
    }
    CHECK(of_fd_and_number("setFastOpenConnect", -1, 1) == -EBADF);
    CHECK(of_fd_and_number("setFastOpenQueue", -1, 1) == -EBADF);
    CHECK(of_fd_and_number("setSendTimeout", -1, 0) == -EBADF);
    CHECK(tcp_info(-1) == -EBADF);
    CHECK(send_bytes(-1, &address, 0, 4) == -EBADF);
    CHECK(connect_4(-1, &address, 443) == -EBADF);
    CHECK(connect_6(-1, &(struct array) {16, (jbyte[16]) {0}}, 443) == -EBADF);
}

static void try_connection(void) {
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof at;
    struct array address = {4, (jbyte[4]) {127, 0, 0, 1}};
    struct array large = {1 << 20, calloc(1, 1 << 20)};
    jbyte received[1 << 12];
    int listening = socket(AF_INET, SOCK_STREAM, 0);
    int near = socket(AF_INET, SOCK_STREAM, 0);

    CHECK(bind(listening, (struct sockaddr *) &at, size) == 0 && listen(listening, 1) == 0);
    CHECK(getsockname(listening, (struct sockaddr *) &at, &size) == 0);
    CHECK(of_fd("domain", near) == AF_INET);
    CHECK(of_fd("protocol", near) == IPPROTO_TCP);
    CHECK(of_fd_and_number("setSendTimeout", near, 1) == 0);
    CHECK(fcntl(near, F_SETFL, O_NONBLOCK) == 0);
    CHECK(of_fd_and_number("setFastOpenConnect", near, 0) == 0);
    jint connected = connect_4(near, &address, ntohs(at.sin_port));
    CHECK(connected == 0 || connected == -EINPROGRESS);
    int far = accept(listening, NULL, NULL);
    CHECK(far >= 0 && (tcp_info(near) & 0xff) == 1 && of_fd("takeError", near) == 0);

    /* More than one record isn't taken at a time, and what lies outside of the array not at all. */
    memset(large.bytes, 'x', 100);
    CHECK(send_bytes(near, &large, 50, 100) == 100);
    CHECK(recv(far, received, 100, MSG_WAITALL) == 100 && received[49] == 'x' && received[50] == 0);
    CHECK(send_bytes(near, &large, 0, large.length) <= 5 + (1 << 14));
    send_bytes(near, &large, large.length - 1, 2);
    CHECK(thrown);
    thrown = 0;

    CHECK(of_fd("shutDown", near) == 0 && of_fd("lingerNot", near) == 0 && of_fd("disconnect", near) == 0);
    CHECK((tcp_info(near) & 0xff) == 7);
    close(listening);
    connected = connect_4(near, &address, ntohs(at.sin_port));
    CHECK(connected == -ECONNREFUSED || (connected == -EINPROGRESS && of_fd("takeError", near) == -ECONNREFUSED));
    close(near);
    close(far);
    free(large.bytes);
}

static void try_netlink(void) {
    /* NETLINK_GENERIC, whose header musl-gcc does not find. */
    jint opened = of_fd("openSocket", 16);
    struct array message = {16, (jbyte[16]) {0}};
    if (opened == -EPROTONOSUPPORT) {
        /* QEMU's emulation of user programs (linux-user/syscall.c) knows no NETLINK_GENERIC. */
        return;
    }
    CHECK(opened >= 0);
    jint result = ((jint (JNICALL *)(JNIEnv *, jclass, jint, jbyteArray)) method("receiveMessage"))(
        &env, NULL, opened, (jbyteArray) &message);
    CHECK(result == -EAGAIN);
    CHECK(of_fd("closeSocket", opened) == 0);
}

static void try_strerror(void) {
    struct array text = {256, (jbyte[256]) {0}};
    jint (JNICALL *strerror_of)(JNIEnv *, jclass, jint, jbyteArray) = method("strerror");
    jint length = strerror_of(&env, NULL, ECONNREFUSED, (jbyteArray) &text);
    CHECK(length == (jint) strlen(strerror(ECONNREFUSED)) && memcmp(text.bytes, strerror(ECONNREFUSED), (size_t) length) == 0);
    CHECK(strerror_of(&env, NULL, 1 << 20, (jbyteArray) &text) >= 0 && !thrown);
}

/* There is no JVM whose function could be asked. */
static void try_boot_classes(void) {
    CHECK(!((jboolean (JNICALL *)(JNIEnv *, jclass, jstring)) method("isLoaded"))(&env, NULL, NULL));
}

/* Nothing is registered as the library is loaded but what registers the others. */
static void bind_all(void) {
    static const char *const names[] = {"bindOwnClasses", "bindOthers"};
    CHECK(count == 3);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ((void (JNICALL *)(JNIEnv *, jclass)) method(names[i]))(&env, NULL);
    }
}

static void try_connect_of_the_c_library(void) {
    CHECK(!((jboolean (JNICALL *)(JNIEnv *, jclass)) method("hasOtherConnect"))(&env, NULL));
}

int main(int argc, char **argv) {
    if (argc != 2) {
        fprintf(stderr, "usage: trial LIBRARY\n");
        return 2;
    }
    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        fprintf(stderr, "trial: %s\n", dlerror());
        return 1;
    }
    jint (JNICALL *on_load)(JavaVM *, void *);
    *(void **) &on_load = dlsym(library, "JNI_OnLoad");
    CHECK(on_load != NULL && on_load(&vm, NULL) == JNI_VERSION_1_8);
    bind_all();
    try_connect_of_the_c_library();
    try_without_socket();
    try_connection();
    try_netlink();
    try_strerror();
    try_boot_classes();
    return 0;
}
