// SPDX-License-Identifier: Apache-2.0
/*
 * The native functions of io.github.niofastopen.linux.OwnClasses: what java.lang.ClassLoader has for its subclasses, for the loader
 * of that class alone.
 */
#include "natives.h"

#define NAME "Ljava/lang/String;"
#define CLASS "Ljava/lang/Class;"
#define DOMAIN "Ljava/security/ProtectionDomain;"

/* Returns NULL with an exception pending. */
static jmethodID method(JNIEnv *env, const char *of, const char *name, const char *descriptor) {
    jclass type = (*env)->FindClass(env, of);
    if (type == NULL) {
        return NULL;
    }
    jmethodID found = (*env)->GetMethodID(env, type, name, descriptor);
    (*env)->DeleteLocalRef(env, type);
    return found;
}

static jmethodID of_loader(JNIEnv *env, const char *name, const char *descriptor) {
    return method(env, "java/lang/ClassLoader", name, descriptor);
}

/* Of a class that isn't the boot loader's. */
static jobject loader_of(JNIEnv *env, jclass type) {
    jmethodID get = method(env, "java/lang/Class", "getClassLoader", "()Ljava/lang/ClassLoader;");
    jobject loader = get == NULL ? NULL : (*env)->CallObjectMethod(env, type, get);
    return (*env)->ExceptionCheck(env) ? NULL : loader;
}

static jobject JNICALL lock(JNIEnv *env, jclass type, jstring name) {
    jobject loader = loader_of(env, type);
    jmethodID get = loader == NULL ? NULL : of_loader(env, "getClassLoadingLock", "(" NAME ")Ljava/lang/Object;");
    return get == NULL ? NULL : (*env)->CallObjectMethod(env, loader, get, name);
}

static jobject JNICALL loaded(JNIEnv *env, jclass type, jstring name) {
    jobject loader = loader_of(env, type);
    jmethodID find = loader == NULL ? NULL : of_loader(env, "findLoadedClass", "(" NAME ")" CLASS);
    return find == NULL ? NULL : (*env)->CallObjectMethod(env, loader, find, name);
}

/* Not by JNI's own DefineClass: an archive of classes takes only what has a protection domain that names a place of the class path. */
static jobject JNICALL define(JNIEnv *env, jclass type, jstring name, jbyteArray bytes, jint from, jint length, jobject domain) {
    jobject loader = loader_of(env, type);
    jmethodID define_class = loader == NULL ? NULL : of_loader(env, "defineClass", "(" NAME "[BII" DOMAIN ")" CLASS);
    return define_class == NULL ? NULL
        : (*env)->CallObjectMethod(env, loader, define_class, name, bytes, from, length, domain);
}

static const JNINativeMethod methods[] = {
    {"lock", "(" NAME ")Ljava/lang/Object;", (void *) lock},
    {"loaded", "(" NAME ")" CLASS, (void *) loaded},
    {"define", "(" NAME "[BII" DOMAIN ")" CLASS, (void *) define},
};

jint register_own_classes(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/OwnClasses", methods, sizeof methods / sizeof methods[0]);
}
