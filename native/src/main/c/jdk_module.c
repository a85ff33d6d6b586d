// SPDX-License-Identifier: Apache-2.0
/*
 * The steps of io.github.niofastopen.door.JdkModule that Java code may not take: JNI is exempt from the module
 * system's encapsulation (JNI specification, "Functionality that is not subject to access checks"). Packages and classes are
 * fixed here: the library opens nothing else to whoever can call it.
 */
#include "natives.h"

/* io.github.niofastopen.door.Bridge has each bridge's place in this list. */
static const struct {
    const char *package;
    const char *class_name;
} bridges[] = {
    {"sun.nio.ch", "sun/nio/ch/SocketChannelBridge"},
    {"sun.security.ssl", "sun/security/ssl/KeyShareBridge"},
    {"java.net", "java/net/SocketImplBridge"},
};

static int is_place(jint place) {
    return place >= 0 && place < (jint) (sizeof bridges / sizeof bridges[0]);
}

/*
 * java.lang.Module.addExports0(Module, String, Module), which has the JVM link to the package and its reflection doesn't know of. That
 * is what the classes behind the door need, and spares a cold JVM the lambdas of the other one: 2 to 7 ms.
 */
static void JNICALL link_package(JNIEnv *env, jclass type, jint place, jobject java_base, jobject to) {
    (void) type;
    jclass module_class = (*env)->GetObjectClass(env, java_base);
    jmethodID add_exports = (*env)->GetStaticMethodID(env, module_class, "addExports0",
        "(Ljava/lang/Module;Ljava/lang/String;Ljava/lang/Module;)V");
    jstring package = add_exports == NULL || !is_place(place) ? NULL : (*env)->NewStringUTF(env, bridges[place].package);
    if (package != NULL) {
        (*env)->CallStaticVoidMethod(env, module_class, add_exports, java_base, package, to);
        (*env)->DeleteLocalRef(env, package);
    }
    (*env)->DeleteLocalRef(env, module_class);
}

/* java.lang.Module.implAddExports(String, Module), JDK 9 and later: what the launcher's --add-exports calls. */
static void JNICALL export_package(JNIEnv *env, jclass type, jint place, jobject java_base, jobject to) {
    (void) type;
    jclass module_class = (*env)->GetObjectClass(env, java_base);
    jmethodID impl_add_exports =
        (*env)->GetMethodID(env, module_class, "implAddExports", "(Ljava/lang/String;Ljava/lang/Module;)V");
    jstring package = impl_add_exports == NULL || !is_place(place) ? NULL : (*env)->NewStringUTF(env, bridges[place].package);
    if (package != NULL) {
        (*env)->CallVoidMethod(env, java_base, impl_add_exports, package, to);
        (*env)->DeleteLocalRef(env, package);
    }
    (*env)->DeleteLocalRef(env, module_class);
}

/* The null loader is the boot loader: the class becomes a member of java.base's package of the same name. */
static jclass JNICALL define_bridge(JNIEnv *env, jclass type, jint place, jbyteArray class_file) {
    (void) type;
    jclass defined = NULL;
    jbyte *bytes = is_place(place) ? (*env)->GetByteArrayElements(env, class_file, NULL) : NULL;
    if (bytes != NULL) {
        defined = (*env)->DefineClass(env, bridges[place].class_name, NULL, bytes, (*env)->GetArrayLength(env, class_file));
        (*env)->ReleaseByteArrayElements(env, class_file, bytes, JNI_ABORT);
    }
    return defined;
}

/* By JNI, as a class of ours that is known by its name alone is made by no other means without reflection. */
static jobject JNICALL make(JNIEnv *env, jclass type, jclass behind, jobject attempts) {
    (void) type;
    jmethodID constructor = (*env)->GetMethodID(env, behind, "<init>", "(Lio/github/niofastopen/attempt/Attempts;)V");
    return constructor == NULL ? NULL : (*env)->NewObject(env, behind, constructor, attempts);
}

static const JNINativeMethod methods[] = {
    {"linkPackage", "(ILjava/lang/Module;Ljava/lang/Module;)V", (void *) link_package},
    {"exportPackage", "(ILjava/lang/Module;Ljava/lang/Module;)V", (void *) export_package},
    {"defineBridge", "(I[B)Ljava/lang/Class;", (void *) define_bridge},
    {"make", "(Ljava/lang/Class;Lio/github/niofastopen/attempt/Attempts;)Ljava/lang/Object;", (void *) make},
};

jint register_jdk_module(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/door/JdkModule", methods, sizeof methods / sizeof methods[0]);
}
