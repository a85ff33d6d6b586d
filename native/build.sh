#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the JNI library with the system's C compiler, and for the other architecture where a cross compiler is there:
# build.sh TARGET_DIR.
#
# -nostdlib leaves out any need for a libc of a given name or version: the few symbols used resolve to the libc that the
# JVM has loaded already, glibc or musl. They are then held against the list below; all are in glibc 2.17 and in musl, but for the JVM's own, which may be missing.
set -eu
. ./common.sh
allowed='JVM_FindLoadedClass __errno_location __xpg_strerror_r close connect dl_iterate_phdr getsockopt memset recv sendto setsockopt shutdown socket strnlen'

fail() {
    echo "$*" >&2
    exit 1
}

# Names in the dynamic symbol table, of those that are (UND) or aren't (everything else) left to other libraries.
symbols() {
    readelf -W --dyn-syms "$1" | awk -v undefined="$2" \
        '$1 ~ /^[0-9]+:$/ && NF >= 8 && $4 != "SECTION" && ($7 == "UND") == undefined { sub(/@.*/, "", $8); print $8 }'
}

check() {
    for symbol in $(symbols "$1" 1); do
        case " $allowed " in
            *" $symbol "*) ;;
            *) fail "$1 needs $symbol, which isn't among the libc symbols that may be used" ;;
        esac
    done
    exported=$(symbols "$1" 0)
    [ "$exported" = JNI_OnLoad ] || fail "$1 exports something else than JNI_OnLoad: $exported"
    ! readelf -W -d "$1" | grep NEEDED >&2 || fail "$1 needs a library by name"
    ! readelf -W -V "$1" | grep 'Version needs' >&2 || fail "$1 needs symbols of a version"
    ! readelf -W -d "$1" | grep TEXTREL >&2 || fail "$1 has relocations in its code"
    readelf -W -l "$1" | grep GNU_STACK | grep -q 'RW ' || fail "$1 wants an executable stack"
}

for compiler in $(compilers); do
    library=$(library_for "$(architecture "$compiler")")
    compile "$compiler" "$library" -s
    check "$library"
done
for architecture in x86_64 aarch64; do
    if [ ! -f "$(library_for $architecture)" ]; then
        echo "The jar will have no native library for linux-$architecture: there is no $architecture-linux-gnu-gcc" \
            "(Debian: apt-get install gcc-$(echo $architecture | tr _ -)-linux-gnu)."
    fi
done
