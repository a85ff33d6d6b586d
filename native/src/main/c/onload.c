// SPDX-License-Identifier: Apache-2.0
/*
 * The library's only exported symbol: the JVM calls it once, on the thread that loads the library. JDK 17 holds a lock of the whole
 * JVM meanwhile (JDK-8266310), so no class is loaded here: NativeLibrary, which is, has the rest registered.
 */
#include "natives.h"

JNIEXPORT jint JNICALL JNI_OnLoad(JavaVM *vm, void *reserved) {
    JNIEnv *env;
    (void) reserved;
    if ((*vm)->GetEnv(vm, (void **) &env, JNI_VERSION_1_8) != JNI_OK || register_native_library(env) != JNI_OK) {
        return JNI_ERR;
    }
    return JNI_VERSION_1_8;
}
