#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Tells what a build is about to test, on which JDK, in about how many minutes, and what it leaves out for want of what:
# plan.sh JDKS_PROPERTIES default|full|nightly
set -eu

of_jdks() {
    sed -n "s/^$1=//p" "$properties"
}

lacks() {
    if [ -n "$missing" ]; then
        missing="$missing
"
    fi
    missing="$missing    $1"
}

# Whether the lab's namespaces can be made: by root, or in a user namespace.
lab_can_be_made() {
    unshare --map-root-user --net true 2>/dev/null && : 3<>/dev/net/tun
}

properties=$1
case $2 in
    default) what='every module, the contracts, the lab'\''s core'; minutes=6 ;;
    full) what='everything but the nightly tests, with all clients and suites of others'; minutes=30 ;;
    *) what='everything, soak and fuzzing among it, clients and suites on every JDK'; minutes=150 ;;
esac
missing=
# In a subshell each: a redirection that fails ends a shell.
(lab_can_be_made) 2>/dev/null || lacks 'tests in the lab and on the wire: no network namespace with a /dev/net/tun can be made (be root, or allow user namespaces)'
command -v strace >/dev/null || lacks 'system calls of a connection: strace'
command -v aarch64-linux-gnu-gcc >/dev/null || lacks 'the native library for aarch64: gcc-aarch64-linux-gnu'
[ "$(of_jdks compile.jdk)" = 17 ] || lacks "the compiler of JDK 17: that of JDK $(of_jdks compile.jdk) compiles, for 17"
[ "$(of_jdks error.prone)" = -Xplugin:ErrorProne ] || lacks "Error Prone: it doesn't know JDK $(of_jdks compile.jdk); install JDK 17"
[ "$(of_jdks spotbugs.skip)" = false ] || lacks "SpotBugs: it doesn't know the JDK that Maven runs on; run it on JDK 17 or 21"
if [ "$2" != default ]; then
    for server in nginx haproxy redis-server; do
        command -v "$server" >/dev/null || [ -x "/usr/sbin/$server" ] || lacks "clients of $server"
    done
    ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || lacks 'clients of PostgreSQL'
fi

echo
echo "Tests: $what."
echo "  On JDK $(of_jdks test.jdk.version), $(of_jdks test.java); compiled by JDK $(of_jdks compile.jdk)."
echo "  About $minutes minutes on two idle processors, downloads aside. Nothing that is tested depends on their speed."
if [ -n "$missing" ]; then
    echo "  Left out for want of:"
    echo "$missing"
fi
echo
