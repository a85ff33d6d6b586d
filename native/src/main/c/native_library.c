// SPDX-License-Identifier: Apache-2.0
/*
 * The native function of io.github.niofastopen.linux.NativeLibrary: whether connect(2) is called as the C library has it, or by a
 * library before it in the order of symbols (LD_PRELOAD, /etc/ld.so.preload), as those have it that lead connections elsewhere.
 */
#include "natives.h"

#include <link.h>
#include <stdint.h>
#include <sys/socket.h>

struct search {
    uintptr_t connect;
    uintptr_t own;
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

/* The program itself has no name: where it isn't position-independent, addresses of functions are in it (ELF, psABI). */
static int look(struct dl_phdr_info *object, size_t size, void *data) {
    struct search *search = data;
    (void) size;
    if (!contains(object, search->connect)) {
        return 0;
    }
    search->apart = object->dlpi_name[0] != '\0' && !contains(object, search->own);
    return 1;
}

/* errno's own function stands for the C library: nobody puts another in its place. */
static jboolean JNICALL has_other_connect(JNIEnv *env, jclass type) {
    struct search search = {.connect = (uintptr_t) connect, .own = (uintptr_t) __errno_location};
    (void) env, (void) type;
    dl_iterate_phdr(look, &search);
    return (jboolean) search.apart;
}

static const JNINativeMethod methods[] = {
    {"hasOtherConnect", "()Z", (void *) has_other_connect},
};

jint register_native_library(JNIEnv *env) {
    return register_natives(env, "io/github/niofastopen/linux/NativeLibrary", methods, sizeof methods / sizeof methods[0]);
}
