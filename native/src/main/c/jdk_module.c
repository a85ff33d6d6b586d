// SPDX-License-Identifier: Apache-2.0
/*
 * The two steps of io.github.niofastopen.linux.JdkModule that Java code may not take: JNI is exempt from the module
 * system's encapsulation (JNI specification, "Functionality that is not subject to access checks"). Package and class are
 * fixed here: the library opens nothing else to whoever can call it.
 */
#include "natives.h"

/* java.lang.Module.implAddExports(String, Module), JDK 9 and later: what the launcher's --add-exports calls. */
static void JNICALL export_sun_nio_ch(JNIEnv *env, jclass type, jobject java_base, jobject to) {
    (void) type;
    jclass module_class = (*env)->GetObjectClass(env, java_base);
    jmethodID impl_add_exports =
        (*env)->GetMethodID(env, module_class, "implAddExports", "(Ljava/lang/String;Ljava/lang/Module;)V");
    jstring package = impl_add_exports == NULL ? NULL : (*env)->NewStringUTF(env, "sun.nio.ch");
    if (package != NULL) {
        (*env)->CallVoidMethod(env, java_base, impl_add_exports, package, to);
        (*env)->DeleteLocalRef(env, package);
    }
    (*env)->DeleteLocalRef(env, module_class);
}

/* The null loader is the boot loader: the class becomes a member of java.base's package of the same name. */
static jclass JNICALL define_bridge(JNIEnv *env, jclass type, jbyteArray class_file) {
    (void) type;
    jsize length = (*env)->GetArrayLength(env, class_file);
    jclass defined = NULL;
    jbyte *bytes = (*env)->GetByteArrayElements(env, class_file, NULL);
    if (bytes != NULL) {
        defined = (*env)->DefineClass(env, "sun/nio/ch/SocketChannelBridge", NULL, bytes, length);
        (*env)->ReleaseByteArrayElements(env, class_file, bytes, JNI_ABORT);
    }
    return defined;
}

static const JNINativeMethod methods[] = {
    {"exportSunNioCh", "(Ljava/lang/Module;Ljava/lang/Module;)V", (void *) export_sun_nio_ch},
    {"defineBridge", "([B)Ljava/lang/Class;", (void *) define_bridge},
};

jint register_jdk_module(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/JdkModule", methods, sizeof methods / sizeof methods[0]);
}
