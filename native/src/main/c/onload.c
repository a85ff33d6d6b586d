// SPDX-License-Identifier: Apache-2.0
/*
 * The library's only exported symbol: the JVM calls it once, on the thread that loads the library.
 */
#include "natives.h"

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    JNIEnv *env;
    (void) reserved;
    if ((*vm)->GetEnv(vm, (void **) &env, JNI_VERSION_1_8) != JNI_OK) {
        return JNI_ERR;
    }
    if (register_own_classes(env) != JNI_OK || define_own_classes(env) != JNI_OK) {
        return JNI_ERR;
    }
    if (register_errno(env) != JNI_OK || register_tcp_socket(env) != JNI_OK || register_netlink(env) != JNI_OK
        || register_jdk_module(env) != JNI_OK || register_boot_classes(env) != JNI_OK || register_native_library(env) != JNI_OK) {
        return JNI_ERR;
    }
    return JNI_VERSION_1_8;
}
