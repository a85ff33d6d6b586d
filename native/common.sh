# SPDX-License-Identifier: Apache-2.0
# What build.sh and trials.sh share; sourced.

# jni.h comes with every JDK; the one that builds is 17.
find_jni() {
    for home in ${JAVA_HOME:-} "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /)")")")" /usr/lib/jvm/*; do
        if [ -f "$home/include/jni.h" ]; then
            echo "$home/include"
            return
        fi
    done
    echo "No jni.h was found: set JAVA_HOME to a JDK." >&2
    exit 1
}

# compile CC LIBRARY [FLAG...]: the library as it is shipped, but for the flags.
compile() {
    compiler=$1
    library=$2
    shift 2
    mkdir -p "$(dirname "$library")"
    "$compiler" -std=c11 -D_GNU_SOURCE -O2 -fPIC -shared -Wall -Wextra -Werror -fvisibility=hidden -fno-stack-protector \
        -nostdlib -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack -Wl,--build-id=none \
        -I "$include" -I "$include/linux" -ffile-prefix-map="$PWD"=. "$@" \
        -o "$library" src/main/c/*.c
}

# The compilers that are there, the machine's own first.
compilers() {
    echo "$cc"
    for other in x86_64 aarch64; do
        if [ "$other" != "$(architecture "$cc")" ] && command -v "$other-linux-gnu-gcc" >/dev/null; then
            echo "$other-linux-gnu-gcc"
        fi
    done
}

architecture() {
    "$1" -dumpmachine | cut -d- -f1
}

library_for() {
    echo "$target/classes/META-INF/native/linux-$1/libniofastopen.so"
}

target=$1
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null; then
    echo "No C compiler: $cc was not found. Install one (Debian: apt-get install gcc libc6-dev), or name it in CC." >&2
    exit 1
fi
include=$(find_jni)
