#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Compiles the sandboxes with the system's C compiler: build.sh TARGET_DIR.
set -eu
mkdir -p "$1"
"${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$1/sandbox" ./*.c
for name in landlock redirect; do
    "${CC:-cc}" -std=c11 -D_GNU_SOURCE -O2 -Wall -Wextra -Werror -o "$1/$name" $name/*.c
done
