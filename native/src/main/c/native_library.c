// SPDX-License-Identifier: Apache-2.0
/*
 * The native functions of io.github.niofastopen.linux.NativeLibrary. One tells whether connect(2) is called as the C library has it,
 * or by a library before it in the order of symbols (LD_PRELOAD, /etc/ld.so.preload), as those have it that lead connections
 * elsewhere. The others tie the functions of the other files to their classes.
 */
#include "natives.h"

#include <link.h>
#include <stdint.h>
#include <sys/socket.h>

struct search {
    uintptr_t connect;
    uintptr_t own;
    int objects;
    int apart;
};

static int contains(const struct dl_phdr_info *object, uintptr_t address) {
    for (int i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *segment = &object->dlpi_phdr[i];
        uintptr_t begin = object->dlpi_addr + segment->p_vaddr;
        if (segment->p_type == PT_LOAD && address >= begin && address - begin < segment->p_memsz) {
            return 1;
        }
    }
    return 0;
}

/* The first is the program itself: where it isn't position-independent, addresses of functions are in it (ELF, psABI). */
static int look(struct dl_phdr_info *object, size_t size, void *data) {
    struct search *search = data;
    int is_program = search->objects++ == 0;
    (void) size;
    if (!contains(object, search->connect)) {
        return 0;
    }
    search->apart = !is_program && !contains(object, search->own);
    return 1;
}

/* errno's own function stands for the C library: nobody puts another in its place. */
static jboolean JNICALL has_other_connect(JNIEnv *env, jclass type) {
    struct search search = {.connect = (uintptr_t) connect, .own = (uintptr_t) __errno_location};
    (void) env, (void) type;
    dl_iterate_phdr(look, &search);
    return (jboolean) search.apart;
}

/* Where one fails an exception is pending. */
static void JNICALL bind_own_classes(JNIEnv *env, jclass type) {
    (void) type;
    register_own_classes(env);
}

static void JNICALL bind_others(JNIEnv *env, jclass type) {
    (void) type;
    if (register_errno(env) == JNI_OK && register_tcp_socket(env) == JNI_OK && register_netlink(env) == JNI_OK
        && register_jdk_module(env) == JNI_OK) {
        register_boot_classes(env);
    }
}

static const JNINativeMethod methods[] = {
    {"hasOtherConnect", "()Z", (void *) has_other_connect},
    {"bindOwnClasses", "()V", (void *) bind_own_classes},
    {"bindOthers", "()V", (void *) bind_others},
};

jint register_native_library(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/NativeLibrary", methods, sizeof methods / sizeof methods[0]);
}
