// SPDX-License-Identifier: Apache-2.0
/*
 * The native function of io.github.niofastopen.linux.BootClasses: whatever Java code asks of a class by its name loads it.
 */
#include "natives.h"

/* libjvm.so's, for java.lang.ClassLoader.findLoadedClass; missing where the program that made this JVM hides its symbols. */
extern jclass JVM_FindLoadedClass(JNIEnv *env, jobject loader, jstring name) __attribute__((weak));

static jboolean JNICALL is_loaded(JNIEnv *env, jclass type, jstring name) {
    (void) type;
    jclass found = JVM_FindLoadedClass == NULL ? NULL : JVM_FindLoadedClass(env, NULL, name);
    if (found == NULL) {
        return JNI_FALSE;
    }
    (*env)->DeleteLocalRef(env, found);
    return JNI_TRUE;
}

static const JNINativeMethod methods[] = {
    {"isLoaded", "(Ljava/lang/String;)Z", (void *) is_loaded},
};

jint register_boot_classes(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/BootClasses", methods, sizeof methods / sizeof methods[0]);
}
