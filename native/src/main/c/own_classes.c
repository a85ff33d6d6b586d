// SPDX-License-Identifier: Apache-2.0
/*
 * The native functions of io.github.niofastopen.linux.OwnClasses: what java.lang.ClassLoader has for its subclasses, for the
 * loader of this library's own classes. None of it reaches into the JDK: any subclass may call it (Java SE API, ClassLoader).
 */
#include "natives.h"

#define LOADER "Ljava/lang/ClassLoader;"
#define NAME "Ljava/lang/String;"
#define CLASS "Ljava/lang/Class;"
#define DOMAIN "Ljava/security/ProtectionDomain;"

static jmethodID method(JNIEnv *env, const char *name, const char *descriptor) {
    jclass type = (*env)->FindClass(env, "java/lang/ClassLoader");
    if (type == NULL) {
        return NULL;
    }
    jmethodID found = (*env)->GetMethodID(env, type, name, descriptor);
    (*env)->DeleteLocalRef(env, type);
    return found;
}

static jobject JNICALL lock(JNIEnv *env, jclass type, jobject loader, jstring name) {
    (void) type;
    jmethodID get = method(env, "getClassLoadingLock", "(" NAME ")Ljava/lang/Object;");
    return get == NULL ? NULL : (*env)->CallObjectMethod(env, loader, get, name);
}

static jobject JNICALL loaded(JNIEnv *env, jclass type, jobject loader, jstring name) {
    (void) type;
    jmethodID find = method(env, "findLoadedClass", "(" NAME ")" CLASS);
    return find == NULL ? NULL : (*env)->CallObjectMethod(env, loader, find, name);
}

/* Not by JNI's own DefineClass: an archive of classes takes only what has a protection domain that names a place of the class path. */
static jobject JNICALL define(JNIEnv *env, jclass type, jobject loader, jstring name, jbyteArray bytes, jint from, jint length,
        jobject domain) {
    (void) type;
    jmethodID define_class = method(env, "defineClass", "(" NAME "[BII" DOMAIN ")" CLASS);
    return define_class == NULL ? NULL : (*env)->CallObjectMethod(env, loader, define_class, name, bytes, from, length, domain);
}

static const JNINativeMethod methods[] = {
    {"lock", "(" LOADER NAME ")Ljava/lang/Object;", (void *) lock},
    {"loaded", "(" LOADER NAME ")" CLASS, (void *) loaded},
    {"define", "(" LOADER NAME "[BII" DOMAIN ")" CLASS, (void *) define},
};

jint register_own_classes(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/OwnClasses", methods, sizeof methods / sizeof methods[0]);
}

/* What else this library registers is for classes that this defines. */
jint define_own_classes(JNIEnv *env) {
    jclass type = (*env)->FindClass(env, "io/github/niofastopen/linux/OwnClasses");
    jmethodID for_library = type == NULL ? NULL : (*env)->GetStaticMethodID(env, type, "defineForLibrary", "()V");
    if (for_library == NULL) {
        return JNI_ERR;
    }
    (*env)->CallStaticVoidMethod(env, type, for_library);
    (*env)->DeleteLocalRef(env, type);
    return (*env)->ExceptionCheck(env) ? JNI_ERR : JNI_OK;
}
