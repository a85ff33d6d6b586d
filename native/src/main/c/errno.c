// SPDX-License-Identifier: Apache-2.0
/*
 * The native function of io.github.niofastopen.linux.Errno: what strerror(3) says, in the words of the libc that the JDK's
 * own messages come from.
 */
#include "natives.h"

#include <string.h>

/* glibc's longest has 49 octets in the C locale; other languages are longer. */
#define TEXT_MAX 256

/* POSIX's strerror_r, by the name that it has in glibc whatever is defined (string.h), and in musl as well. */
int __xpg_strerror_r(int error, char *text, size_t size);

static jint JNICALL error_text(JNIEnv *env, jclass type, jint error, jbyteArray into) {
    char text[TEXT_MAX] = "";
    (void) type;
    /* For a number that it doesn't know it fails, and has a text. */
    __xpg_strerror_r(error, text, sizeof text);
    jint length = (jint) strnlen(text, sizeof text);
    (*env)->SetByteArrayRegion(env, into, 0, length, (const jbyte *) text);
    return length;
}

static const JNINativeMethod methods[] = {
    {"strerror", "(I[B)I", (void *) error_text},
};

jint register_errno(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/Errno", methods, sizeof methods / sizeof methods[0]);
}
