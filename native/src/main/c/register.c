// SPDX-License-Identifier: Apache-2.0
/*
 * Ties the functions of the other files to the native methods of their classes.
 */
#include "natives.h"

jint register_natives(JNIEnv *env, const char *class_name, const JNINativeMethod *methods, jint count) {
    jclass type = (*env)->FindClass(env, class_name);
    if (type == NULL) {
        return JNI_ERR;
    }
    jint result = (*env)->RegisterNatives(env, type, methods, count);
    (*env)->DeleteLocalRef(env, type);
    return result;
}
