#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the lab, and what its tests run at the ends of its path, with the system's C compiler: build.sh TARGET_DIR.
set -eu
cc=${CC:-cc}
if ! command -v "$cc" >/dev/null; then
    echo "No C compiler: $cc was not found. Install one (Debian: apt-get install gcc libc6-dev), or name it in CC." >&2
    exit 1
fi
mkdir -p "$1"
"$cc" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$1/lab" ./*.c
"$cc" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$1/raw" raw/*.c
"$cc" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -shared -fPIC -o "$1/mptcp.so" preload/mptcp.c
"$cc" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -shared -fPIC -o "$1/fastopen.so" preload/fastopen.c
"$cc" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -shared -fPIC -o "$1/proxied.so" preload/proxied.c
