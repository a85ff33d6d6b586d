/*
 * The two steps of io.github.niofastopen.linux.JdkModule that Java code may not take: JNI is exempt from the module
 * system's encapsulation (JNI specification, "Functionality that is not subject to access checks").
 */
#include "natives.h"

/* java.lang.Module.implAddExports(String, Module), JDK 9 and later: what the launcher's --add-exports calls. */
static void JNICALL add_exports(JNIEnv *env, jclass type, jobject module, jstring package, jobject to) {
    (void) type;
    jclass module_class = (*env)->GetObjectClass(env, module);
    jmethodID impl_add_exports =
        (*env)->GetMethodID(env, module_class, "implAddExports", "(Ljava/lang/String;Ljava/lang/Module;)V");
    if (impl_add_exports != NULL) {
        (*env)->CallVoidMethod(env, module, impl_add_exports, package, to);
    }
    (*env)->DeleteLocalRef(env, module_class);
}

/* The null loader is the boot loader: the class becomes a member of java.base's package of the same name. */
static jclass JNICALL define_in_boot_loader(JNIEnv *env, jclass type, jstring name, jbyteArray class_file) {
    (void) type;
    jsize length = (*env)->GetArrayLength(env, class_file);
    const char *name_chars = (*env)->GetStringUTFChars(env, name, NULL);
    if (name_chars == NULL) {
        return NULL;
    }
    jclass defined = NULL;
    jbyte *bytes = (*env)->GetByteArrayElements(env, class_file, NULL);
    if (bytes != NULL) {
        defined = (*env)->DefineClass(env, name_chars, NULL, bytes, length);
        (*env)->ReleaseByteArrayElements(env, class_file, bytes, JNI_ABORT);
    }
    (*env)->ReleaseStringUTFChars(env, name, name_chars);
    return defined;
}

static const JNINativeMethod methods[] = {
    {"addExports", "(Ljava/lang/Module;Ljava/lang/String;Ljava/lang/Module;)V", (void *) add_exports},
    {"defineInBootLoader", "(Ljava/lang/String;[B)Ljava/lang/Class;", (void *) define_in_boot_loader},
};

jint register_jdk_module(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/JdkModule", methods, sizeof methods / sizeof methods[0]);
}
