#!/bin/sh
# Compiles the JNI library with the system's C compiler: build.sh TARGET_DIR.
#
# -nostdlib leaves out any need for a libc of a given name or version: the few symbols used resolve to the libc that the
# JVM has loaded already, glibc or musl. They are then held against the list below.
set -eu

target=$1
cc=${CC:-cc}
allowed='__errno_location close connect getsockopt memset recv sendto setsockopt shutdown socket'

if ! command -v "$cc" >/dev/null; then
    echo "No C compiler: $cc was not found. Install one (Debian: apt-get install gcc libc6-dev), or name it in CC." >&2
    exit 1
fi

# jni.h comes with every JDK; the one that builds is 17.
for home in ${JAVA_HOME:-} "$(dirname "$(dirname "$(readlink -f "$(command -v javac || echo /)")")")" /usr/lib/jvm/*; do
    if [ -f "$home/include/jni.h" ]; then
        include=$home/include
        break
    fi
done
if [ -z "${include:-}" ]; then
    echo "No jni.h was found: set JAVA_HOME to a JDK." >&2
    exit 1
fi

arch=$("$cc" -dumpmachine | cut -d- -f1)
folder=$target/classes/META-INF/native/linux-$arch
library=$folder/libniofastopen.so
mkdir -p "$folder"

"$cc" -std=c11 -D_GNU_SOURCE -O2 -fPIC -shared -Wall -Wextra -Werror -fvisibility=hidden -fno-stack-protector -nostdlib \
    -Wl,-z,now -Wl,-z,relro -Wl,-z,noexecstack -Wl,--build-id=none -s \
    -I "$include" -I "$include/linux" -ffile-prefix-map="$PWD"=. \
    -o "$library" src/main/c/*.c

undefined=$(nm -D --undefined-only "$library" | sed 's/.* //; s/@.*//')
for symbol in $undefined; do
    case " $allowed " in
        *" $symbol "*) ;;
        *) echo "$library needs $symbol, which isn't among the libc symbols that may be used" >&2; exit 1 ;;
    esac
done
exported=$(nm -D --defined-only "$library" | sed 's/.* //')
if [ "$exported" != JNI_OnLoad ]; then
    echo "$library exports more than JNI_OnLoad: $exported" >&2
    exit 1
fi
