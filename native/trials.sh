#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tries the libraries without a JVM, on every libc and architecture that is there: trials.sh TARGET_DIR. With CI=true none
# may be missing.
set -eu
. ./common.sh
folder=$target/trials
mkdir -p "$folder"

# build CC NAME [FLAG...]: the trial program
build() {
    compiler=$1
    name=$2
    shift 2
    "$compiler" -std=c11 -D_GNU_SOURCE -O1 -g -Wall -Wextra -Werror -I "$include" -I "$include/linux" "$@" \
        -o "$folder/$name" src/test/c/trial.c
}

passed() {
    echo "The library passes its trial: $*"
}

skipped() {
    echo "The library is not tried: $*"
    if [ "${CI:-}" = true ]; then
        exit 1
    fi
}

own=$(architecture "$cc")
build "$cc" own -ldl
"$folder/own" "$(library_for "$own")"
passed "$own, $(getconf GNU_LIBC_VERSION 2>/dev/null || echo "the system's libc")"

if command -v musl-gcc >/dev/null; then
    build musl-gcc musl
    "$folder/musl" "$(library_for "$own")"
    passed "$own, musl"
else
    skipped "musl: there is no musl-gcc (Debian: apt-get install musl-tools)"
fi

if [ "$own" = aarch64 ]; then
    passed "aarch64 is this machine"
elif [ -f "$(library_for aarch64)" ] && command -v qemu-aarch64-static >/dev/null; then
    build aarch64-linux-gnu-gcc aarch64 -ldl
    qemu-aarch64-static -L /usr/aarch64-linux-gnu "$folder/aarch64" "$(library_for aarch64)"
    passed "aarch64, emulated"
else
    skipped "aarch64: there is no cross compiler or no qemu-aarch64-static (Debian: apt-get install" \
        "gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static)"
fi

# For the tests on JVMs too. The library takes the sanitizers' symbols from the program, as from a JVM with libasan preloaded.
sanitized=$target/sanitized/META-INF/native/linux-$own/libniofastopen.so
compile "$cc" "$sanitized" -g -fsanitize=address,undefined -fno-sanitize-recover=all
if build "$cc" sanitized -fsanitize=address,undefined -ldl 2>"$folder/sanitized.log"; then
    "$folder/sanitized" "$sanitized"
    passed "$own, AddressSanitizer and UndefinedBehaviorSanitizer"
else
    skipped "with sanitizers: $(head -1 "$folder/sanitized.log")"
fi
