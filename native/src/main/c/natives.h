// SPDX-License-Identifier: Apache-2.0
#ifndef NIO_FASTOPEN_NATIVES_H
#define NIO_FASTOPEN_NATIVES_H

#include <errno.h>
#include <jni.h>

/* Each returns JNI_OK, or an error with a Java exception pending. */
jint register_natives(JNIEnv *env, const char *class_name, const JNINativeMethod *methods, jint count);
jint register_own_classes(JNIEnv *env);
jint register_errno(JNIEnv *env);
jint register_tcp_socket(JNIEnv *env);
jint register_netlink(JNIEnv *env);
jint register_jdk_module(JNIEnv *env);
jint register_boot_classes(JNIEnv *env);
jint register_native_library(JNIEnv *env);

/* A system call's result as Java gets it. */
static inline jint or_errno(long result) {
    return result < 0 ? -errno : (jint) result;
}

#endif
